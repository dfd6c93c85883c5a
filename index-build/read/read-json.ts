/**
 * JSON and JSON Lines → articles. Step 2 of an article's journey: an object is an article
 * `{id?, title, text | paragraphs, date?, authors?, source?, url?, tags?, language?}`; a JSON file holds one or a list
 * of them, a JSON Lines file one per line. Unknown keys are left out.
 */
import type { Block, SourceArticle } from '../../src/domain/article.ts';
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import { assembleArticle, firstWords } from './article-data.ts';
import { toParagraphs } from './read-plain-text.ts';
import type { ReadResult } from './reader.ts';
import { pickStatedData } from './stated-data.ts';

/** Reads a file that is one JSON value. */
export function readJson(text: string, path: string): ReadResult {
  const parsed = parseJson(text);
  if (parsed.error !== null) {
    return { articles: [], problems: [skip(path, lineOfError(parsed.error, text), notJson(parsed.error))] };
  }
  const { value } = parsed;
  if (!Array.isArray(value)) return readItems([{ value, line: null, id: path }], path);
  const lines = itemLines(text);
  return readItems(
    value.map((item, index) => ({ value: item, line: lines[index] ?? null, id: `${path}~${index + 1}` })),
    path,
  );
}

/** Reads a file that is one JSON object per line. A line that is none is skipped, and the others are read. */
export function readJsonLines(text: string, path: string): ReadResult {
  const items: Item[] = [];
  const problems: FileProblem[] = [];
  for (const [index, source] of text.split('\n').entries()) {
    if (source.trim() === '') continue;
    const line = index + 1;
    const parsed = parseJson(source);
    if (parsed.error === null) items.push({ value: parsed.value, line, id: `${path}~${items.length + 1}` });
    else problems.push(skip(path, line, notJson(parsed.error)));
  }
  const read = readItems(items, path);
  return { articles: read.articles, problems: [...problems, ...read.problems].sort(byLine) };
}

/** One value that should be an article. */
interface Item {
  readonly value: unknown;
  readonly line: number | null;
  /** Its id where it states none. */
  readonly id: string;
}

function readItems(items: readonly Item[], path: string): ReadResult {
  const articles: SourceArticle[] = [];
  const problems: FileProblem[] = [];
  for (const item of items.slice(0, limits.articlesPerFile)) {
    const read = readItem(item, path);
    articles.push(...read.articles);
    problems.push(...read.problems);
  }
  const left = items.length - limits.articlesPerFile;
  if (left > 0) {
    const line = items[limits.articlesPerFile]?.line ?? null;
    problems.push(skip(path, line, `${left} articles beyond the first ${limits.articlesPerFile}: split the file`));
  }
  return { articles, problems };
}

function readItem({ value, line, id }: Item, path: string): ReadResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { articles: [], problems: [skip(path, line, 'expected an object with "title" and "text" or "paragraphs"')] };
  }
  const entries = new Map<string, unknown>(Object.entries(value));
  const stated = pickStatedData([...entries].map(([key, entry]) => [key, { value: entry, line }]));
  const { blocks, complaint } = readBlocks(entries);
  if (blocks.length === 0 && !stated.has('title')) {
    return {
      articles: [],
      problems: [skip(path, line, complaint ?? 'neither "title" nor "text" nor "paragraphs" in it')],
    };
  }
  const guessedTitle = firstWords(blocks[0]?.text ?? '');
  const { article, problems } = assembleArticle({
    path,
    line,
    fallbackId: id,
    stated,
    guessed: { title: guessedTitle },
    blocks,
  });
  if (complaint === undefined) return { articles: [article], problems };
  return { articles: [article], problems: [{ path, line, severity: 'warning', reason: complaint }, ...problems] };
}

interface ReadBlocks {
  readonly blocks: readonly Block[];
  readonly complaint?: string;
}

function readBlocks(entries: ReadonlyMap<string, unknown>): ReadBlocks {
  const text = entries.get('text') ?? null;
  const paragraphs = entries.get('paragraphs') ?? null;
  if (typeof text === 'string' && text.trim() !== '') return { blocks: toParagraphs(text) };
  if (Array.isArray(paragraphs)) return readParagraphs(paragraphs);
  if (paragraphs !== null) return { blocks: [], complaint: '"paragraphs" is no list: expected a list of texts' };
  if (text !== null && typeof text !== 'string')
    return { blocks: [], complaint: '"text" is no text: expected a string' };
  return { blocks: [] };
}

function readParagraphs(paragraphs: readonly unknown[]): ReadBlocks {
  const texts = paragraphs.filter((paragraph) => typeof paragraph === 'string');
  const blocks = texts.flatMap(toParagraphs);
  const wrong = paragraphs.length - texts.length;
  return wrong === 0 ? { blocks } : { blocks, complaint: `${wrong} of "paragraphs" left out: expected texts` };
}

type Parsed = { readonly value: unknown; readonly error: null } | { readonly value: null; readonly error: Error };

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text), error: null };
  } catch (error) {
    return { value: null, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function notJson(error: Error): string {
  return `not valid JSON: ${error.message.slice(0, 200)}`;
}

/** Where the parser stopped, as far as its message tells: it names a position, or quotes what stands around it. */
function lineOfError(error: Error, text: string): number | null {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  const quoted = /, \.\.\."([\s\S]+?)"(?:\.\.\.)? is not valid JSON$/.exec(error.message)?.[1];
  const start = quoted === undefined ? -1 : text.indexOf(quoted);
  return quoted === undefined || start < 0 || start !== text.lastIndexOf(quoted)
    ? null
    : lineAt(text, start + quotedBefore);
}

/** Characters that the message quotes in front of the place. */
const quotedBefore = 10;

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** The 1-based lines on which the items of a JSON list begin. The text is known to be valid. */
function itemLines(text: string): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let isItemNext = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+|\S|\n/g)) {
    if (token === '\n') {
      line += 1;
      continue;
    }
    const isEnd = token === ']' || token === '}';
    if (depth === 1 && isItemNext && !isEnd) lines.push(line);
    if (token === '[' || token === '{') depth += 1;
    else if (isEnd) depth -= 1;
    isItemNext = depth === 1 && (token === ',' || (token === '[' && lines.length === 0));
  }
  return lines;
}

function byLine(a: FileProblem, b: FileProblem): number {
  return (a.line ?? 0) - (b.line ?? 0);
}

function skip(path: string, line: number | null, reason: string): FileProblem {
  return { path, line, severity: 'skipped', reason };
}
