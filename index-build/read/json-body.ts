/**
 * The text of an article in JSON or a table: under which keys it stands, and in which of its forms: one text, a list of
 * paragraphs, sections with headings, parts of an editor, HTML or Markdown. Part of reading JSON.
 */
import { parseFragment } from 'parse5';
import type { Block } from '../../src/domain/article.ts';
import { BlockCollector } from './block-collector.ts';
import { cleanText } from './clean-text.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { textIn } from './html-tree.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import type { StatedData } from './stated-data.ts';
import { toParagraphs } from './text-paragraphs.ts';

export interface BodyText {
  readonly blocks: readonly Block[];
  /** The keys that hold the text, in whatever form. */
  readonly keys: ReadonlySet<string>;
  /** What a page in place of a text says about itself. */
  readonly stated: StatedData;
  readonly complaint?: string;
}

/** In lower case and without marks, the plainest text first. */
const bodyKeys = (
  'text paragraphs maintext articlebody body content contenttext fulltext articletext articlecontent newscontent ' +
  'bodytext fullcontent contentencoded article story plaintext cleanedtext rawtext textcontent selftext bodymarkdown markdown ' +
  'contentmarkdown html contenthtml bodyhtml articlehtml rawhtml sections blocks ' +
  // As columns are named elsewhere.
  'texto contenido conteúdo texte contenu testo contenuto inhalt treść текст isi konten metin içerik nộidung 内容 正文 本文 본문 내용 النص المحتوى'
).split(' ');

const ranks: ReadonlyMap<string, number> = new Map(bodyKeys.map((key, rank) => [key, rank]));

/** Whether a key holds an article's text. */
export function isBodyKey(key: string): boolean {
  return ranks.has(plainKey(key));
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[\s_.:-]+/g, '');
}

/** The text under the first key that holds one. */
export function readBody(entries: ReadonlyMap<string, unknown>, path: string): BodyText {
  const keys = [...entries.keys()].filter(isBodyKey).sort((a, b) => rankOf(a) - rankOf(b));
  const common = { keys: new Set(keys), stated: new Map() };
  let complaint: string | undefined;
  for (const key of keys) {
    const value = entries.get(key);
    if (value === null || value === undefined || value === '') continue;
    const read = readValue(value, plainKey(key), path);
    if (read.blocks.length > 0) return { ...common, ...read };
    complaint ??= read.complaint ?? describe(key, value);
  }
  return complaint === undefined ? { ...common, blocks: [] } : { ...common, blocks: [], complaint };
}

function rankOf(key: string): number {
  return ranks.get(plainKey(key)) ?? 0;
}

function describe(key: string, value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : `"${key}" holds no text: expected a text or a list of texts`;
}

type ReadText = Partial<BodyText> & Pick<BodyText, 'blocks'>;

/** Lists in lists that may hold a text. */
const nesting = 8;

function readValue(value: unknown, key: string, path: string): ReadText {
  if (typeof value === 'string') return readText(value, key, path);
  if (Array.isArray(value)) return readList(value, key, path);
  const rendered = typeof value === 'object' && value !== null ? renderedIn(value) : null;
  return rendered === null ? { blocks: [] } : readText(rendered, key, path);
}

/** `{"rendered": …}` of WordPress, `{"$t": …}` and `{"#text": …}` of converted XML. */
function renderedIn(value: object): string | null {
  const entries = new Map<string, unknown>(Object.entries(value));
  const text = ['rendered', 'value', '$t', '#text', '_', 'html', 'text'].map((key) => entries.get(key));
  return text.find((each) => typeof each === 'string') ?? null;
}

function readText(text: string, key: string, path: string): ReadText {
  if (isPage(text)) {
    const [page] = readHtml(text, path).articles;
    return { blocks: page?.blocks ?? [], stated: statedByPage(page?.title) };
  }
  if (isHtml(text) || (/html/.test(key) && /<[a-z]/i.test(text))) return { blocks: readFragment(text) };
  if (/markdown/.test(key)) return { blocks: readMarkdown(text, path).articles[0]?.blocks ?? [] };
  const blocks = toParagraphs(text);
  return { blocks: /&(?:[a-z]{2,8}|#\d{2,5});|<\/[a-z]{1,10}>/i.test(text) ? blocks.map(withoutTags) : blocks };
}

/** Character references, and tags inside a line. */
function withoutTags(block: Block): Block {
  const text = plainTextOf(block.text);
  return typeof text === 'string' && text !== '' ? { ...block, text } : block;
}

function statedByPage(title: string | undefined): StatedData {
  return title === undefined ? new Map() : new Map([['title', { value: title, line: null }]]);
}

/** A whole page, as crawlers keep it. */
function isPage(text: string): boolean {
  return /^\s*(?:<!doctype html|<html[\s>])/i.test(text) || /^\s*<\?xml[^>]*>\s*<(?:!doctype )?html/i.test(text);
}

const blockTag = /<\/?(?:p|div|br|ul|ol|li|h[1-6]|blockquote|table|tr|td|section|article|figure|pre|hr)\b[^<>]*>/i;

/** Whether a text is HTML: it begins with a tag and holds blocks, or holds several of these. */
function isHtml(text: string): boolean {
  if (!blockTag.test(text)) return false;
  if (/^\s*<[a-z!]/i.test(text)) return true;
  return (text.match(new RegExp(blockTag, 'gi'))?.length ?? 0) > 1 || /<br\s*\/?>|<\/p>/i.test(text);
}

function readFragment(html: string): readonly Block[] {
  const collector = new BlockCollector(null);
  addHtmlBlocks(parseFragment(html), collector);
  return collector.finish();
}

/** Character references in a text that is none of HTML's. */
function decoded(text: string): string {
  return textIn(parseFragment(text.replace(/</g, '&lt;')));
}

/** The text of a value that may be HTML, in one line; other values as they are. */
export function plainTextOf(value: unknown): unknown {
  const text = typeof value === 'object' && value !== null && !Array.isArray(value) ? renderedIn(value) : value;
  if (typeof text !== 'string' || !/<[a-z!/]|&[a-z#]/i.test(text)) return text ?? value;
  return cleanText(/<\/?[a-z][^<>]*>/i.test(text) ? textIn(parseFragment(text)) : decoded(text));
}

interface Part {
  readonly value: unknown;
  readonly heading: string | null;
  readonly depth: number;
}

/** Texts, sections and parts of editors, in their order; a part that is none of these is counted. */
function readList(values: readonly unknown[], key: string, path: string): ReadText {
  const blocks: Block[] = [];
  let wrong = 0;
  const stack: Part[] = values.map((value) => ({ value, heading: null, depth: 0 })).reverse();
  let heading: string | null = null;
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (typeof part.value === 'string') {
      for (const block of readText(part.value, key, path).blocks) {
        blocks.push({ ...block, heading: block.heading ?? part.heading ?? heading });
      }
      continue;
    }
    const inner = readPart(part);
    if (inner === null) wrong += 1;
    else if (inner.isHeading) heading = inner.text;
    else for (const each of inner.parts.toReversed()) stack.push(each);
  }
  return wrong === 0 ? { blocks } : { blocks, complaint: `${wrong} of "${key}" left out: expected texts` };
}

type InnerPart =
  | { readonly isHeading: true; readonly text: string }
  | { readonly isHeading: false; readonly parts: readonly Part[] };

/** What is in a part: `{"type": "heading", "text": …}`, `{"title": …, "text": …}`, `{"content": […]}`. */
function readPart({ value, heading, depth }: Part): InnerPart | null {
  if (typeof value !== 'object' || value === null || depth > nesting) return null;
  if (Array.isArray(value)) {
    return { isHeading: false, parts: value.map((each) => ({ value: each, heading, depth: depth + 1 })) };
  }
  const entries = new Map<string, unknown>(Object.entries(value));
  const type = [entries.get('type'), entries.get('style')].filter((each) => typeof each === 'string').join(' ');
  const texts = ['text', 'content', 'paragraphs', 'body', 'value', 'html', 'children', 'items', 'data', 'caption', 'p']
    .map((key) => entries.get(key))
    .filter((each) => typeof each === 'string' || (typeof each === 'object' && each !== null));
  const [first] = texts;
  if (first === undefined) return { isHeading: false, parts: [] };
  const text = joinSpans(first);
  const ownText = typeof text === 'object' && text !== null && !Array.isArray(text) ? renderedIn(text) : text;
  if (/head(?:ing|er)|(?:^| )h[1-6]$|subtitle/i.test(type) && typeof ownText === 'string') {
    return { isHeading: true, text: cleanText(ownText) };
  }
  const title = entries.get('heading') ?? entries.get('title') ?? entries.get('header') ?? entries.get('name');
  const below = typeof title === 'string' && title.trim() !== '' ? cleanText(title) : heading;
  return { isHeading: false, parts: [{ value: text, heading: below, depth: depth + 1 }] };
}

/** Pieces of one paragraph, as editors keep them: `[{"text": "a "}, {"text": "b", "marks": […]}]`. */
function joinSpans(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  const texts = value.map((each) => (typeof each === 'object' && each !== null && 'text' in each ? each.text : null));
  const isSpans = value.every(
    (each) =>
      typeof each === 'object' &&
      each !== null &&
      !('children' in each) &&
      !/^paragraph|^block/.test(String('type' in each ? each.type : '')),
  );
  return isSpans && texts.every((text) => typeof text === 'string') ? texts.join('') : value;
}
