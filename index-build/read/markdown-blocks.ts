/**
 * Tokens of the Markdown parser → blocks. HTML between them goes the way of HTML pages. Part of reading Markdown.
 */
import type { Token } from 'markdown-it';
import type { ParagraphKind } from '../../src/domain/article.ts';
import { limits } from '../../src/domain/limits.ts';
import type { BlockCollector } from './block-collector.ts';
import { isLeftOut } from './hidden-elements.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { type HtmlElement, isElement } from './html-tree.ts';

import { countMarks } from './markdown-chunks.ts';
import { type MarkdownDialect, type MarkdownEnv, parseLines } from './markdown-parser.ts';
import { parsePart } from './parse-html.ts';
import { stripTemplates } from './template-tags.ts';

/** Kinds of what stands in blocks of these types. */
const kinds: ReadonlyMap<string, ParagraphKind> = new Map([
  ['list_item_open', 'item'],
  ['term_open', 'item'],
  ['definition_open', 'item'],
  ['blockquote_open', 'quote'],
]);

interface HiddenElement {
  readonly tagName: string;
  /** How many elements of its name are open. */
  depth: number;
}

/** Takes block tokens of one file one after the other: the tokens of nested blocks follow each other as well. */
export class MarkdownBlockWalk {
  isTooDeep = false;
  /** Whether HTML between the paragraphs had more elements than `limits` allow. */
  isCut = false;
  /** Whether there were more marks than `limits` allow, so that lines were taken as they are. */
  isTooMarked = false;
  readonly #collector: BlockCollector;
  readonly #dialect: MarkdownDialect;
  readonly #env: MarkdownEnv;
  #marksLeft: number = limits.markdownMarks;
  /** What surrounds the next text, innermost last. */
  readonly #kinds: ParagraphKind[] = ['text'];
  #headingLevel: number | null = null;
  #cells: string[] | null = null;
  #notes: string[] = [];
  /** Set inside an element that is not shown. */
  #hidden: HiddenElement | null = null;

  constructor(collector: BlockCollector, dialect: MarkdownDialect, env: MarkdownEnv) {
    this.#collector = collector;
    this.#dialect = dialect;
    this.#env = env;
  }

  take(token: Token): void {
    if (this.#hidden !== null && token.type !== 'html_block') return;
    switch (token.type) {
      case 'inline':
        this.#takeInline(token);
        return;
      case 'fence':
      case 'code_block':
      case 'math_block':
        this.#collector.add('code', bareCode(token.content));
        return;
      case 'html_block':
        this.#takeHtml(token.content);
        return;
      case 'heading_open':
        this.#headingLevel = Number(token.tag.slice(1));
        return;
      case 'heading_close':
        this.#headingLevel = null;
        return;
      case 'tr_open':
        this.#cells = [];
        return;
      case 'tr_close':
        this.#collector.add('row', (this.#cells ?? []).filter((cell) => cell !== '').join(' | '));
        this.#cells = null;
        this.#addNotes();
        return;
      default:
        this.#takeNesting(token.type);
    }
  }

  #takeNesting(type: string): void {
    const kind = kinds.get(type);
    if (kind !== undefined) this.#kinds.push(kind);
    else if (kinds.has(type.replace(/_close$/, '_open'))) this.#kinds.pop();
  }

  #takeInline(token: Token): void {
    const { text, imageText, notes } = this.#readLines(token.content);
    this.#notes.push(...notes);
    if (this.#headingLevel !== null) this.#collector.addHeading(this.#headingLevel, text);
    else if (this.#cells !== null) this.#cells.push(text.trim());
    else if (!this.#collector.add(this.#kinds.at(-1) ?? 'text', text)) this.#collector.add('caption', imageText);
    if (this.#cells === null && this.#headingLevel === null) this.#addNotes();
  }

  /** Footnotes written inside a paragraph stand behind it. */
  #addNotes(): void {
    const notes = this.#notes;
    this.#notes = [];
    for (const note of notes) this.#collector.add('text', this.#readLines(note).text);
  }

  #readLines(content: string): InlineText {
    const marks = countMarks(content);
    if (marks > limits.paragraphMarks || marks > this.#marksLeft) {
      this.isTooMarked = true;
      return { text: content, imageText: '', notes: [] };
    }
    this.#marksLeft -= marks;
    return flattenInline(parseLines(content, this.#dialect, this.#env));
  }

  #takeHtml(html: string): void {
    if (this.#hidden !== null) {
      this.#leaveHidden(html, this.#hidden);
      return;
    }
    const { root: fragment, isCut } = parsePart(stripTemplates(html));
    this.#hidden = openHiddenElement(html, fragment.childNodes.find(isElement));
    const { isTooDeep } = addHtmlBlocks(fragment, this.#collector);
    this.isTooDeep ||= isTooDeep;
    this.isCut ||= isCut;
  }

  #leaveHidden(html: string, hidden: HiddenElement): void {
    hidden.depth += countOpen(html, hidden.tagName);
    if (hidden.depth <= 0) this.#hidden = null;
  }
}

/** An element that is not shown and that a block of HTML leaves open, as Markdown between its tags does; else null. */
function openHiddenElement(html: string, element: HtmlElement | undefined): HiddenElement | null {
  if (element === undefined || !isLeftOut(element)) return null;
  const depth = countOpen(html, element.tagName);
  return depth > 0 ? { tagName: element.tagName, depth } : null;
}

/** Start tags of a name less its end tags. */
function countOpen(html: string, tagName: string): number {
  const tags = html.match(new RegExp(`</?${tagName}\\b`, 'gi')) ?? [];
  return tags.reduce((open, tag) => open + (tag.startsWith('</') ? -1 : 1), 0);
}

/** Code as it is shown: tags of generators in it are kept from being run by tags around or comments inside them. */
function bareCode(code: string): string {
  if (!code.includes('{')) return code;
  return code
    .replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, '')
    .replace(/\{\{([<%])\/\*([^{}]{0,500})\*\/([>%])\}\}/g, '{{$1$2$3}}');
}

interface InlineText {
  readonly text: string;
  /** Texts of images: they count where nothing else is. */
  readonly imageText: string;
  /** Footnotes that stand inside the line. */
  readonly notes: readonly string[];
}

/** The readable text of a line: marks and tags gone, link texts and code kept. */
function flattenInline(children: readonly Token[]): InlineText {
  let text = '';
  let imageText = '';
  const notes: string[] = [];
  let hiddenTag: string | null = null;
  for (const child of children) {
    if (child.type === 'html_inline') {
      hiddenTag = nextHiddenTag(child.content, hiddenTag);
      if (/^<br\b/i.test(child.content)) text += ' ';
    } else if (hiddenTag === null) {
      if (child.type === 'text' || child.type === 'text_special') text += child.content;
      else if (child.type === 'code_inline') text += bareCode(child.content);
      else if (child.type === 'softbreak' || child.type === 'hardbreak') text += '\n';
      else if (child.type === 'image') imageText += ` ${child.content}`;
      else if (child.type === 'footnote_inline') notes.push(child.content);
    }
  }
  return { text, imageText, notes };
}

/** Inside `<script>` or `<style>` in a line there is code, not text, up to the end tag. */
function nextHiddenTag(tag: string, hiddenTag: string | null): string | null {
  if (hiddenTag !== null) return tag.toLowerCase().startsWith(`</${hiddenTag}`) ? null : hiddenTag;
  return /^<(script|style)\b[^>]*(?<!\/)>$/i.exec(tag)?.[1]?.toLowerCase() ?? null;
}
