/**
 * JSON and JSON Lines → articles. Step 2 of an article's journey: an object with a title or a text is an article,
 * wherever in the file it stands; a JSON file holds one or many, a JSON Lines file one per line. What is broken costs
 * itself and nothing else.
 */
import type { SourceArticle } from '../../src/domain/article.ts';
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import { assembleArticle, firstWords } from './article-data.ts';
import { type BodyText, plainTextOf, readBody } from './json-body.ts';
import { findItems, unwrapItem } from './json-items.ts';
import { type JsonPart, parseJson, splitJson, splitLines } from './json-parts.ts';
import { type DateOrder, findDateOrder } from './parse-date.ts';
import type { ReadResult } from './reader.ts';
import { fieldsOfKey, mergeStatedData, pickStatedData, type StatedData } from './stated-data.ts';

/** Reads a file that is one JSON value, or several behind each other. */
export function readJson(text: string, path: string): ReadResult {
  const whole = parseJson(text);
  if (whole.error === null) {
    const found = findItems(whole.value, text);
    if (found === null) return readItems([{ value: whole.value, line: null, id: path }], path);
    return readItems(numbered(found.items, path), path, found.total);
  }
  const read = readParts(splitJson(text), path);
  // One broken value: where the parser stopped in the whole is the better place to look at.
  if (read.articles.length > 0 || read.problems.length > 1) return read;
  return { articles: [], problems: [skip(path, whole.error.line, notJson(whole.error.message))] };
}

/** Reads a file that is one JSON object per line. A line that is none is skipped, and the others are read. */
export function readJsonLines(text: string, path: string): ReadResult {
  // One value over many lines, under the wrong name.
  const [first, second] = splitLines(text);
  const isBroken = [first, second].every((part) => part !== undefined && parseJson(part.source).error !== null);
  if (isBroken) {
    const whole = readJson(text, path);
    if (whole.articles.length > 0) return whole;
  }
  return readParts(splitLines(text), path);
}

/** Broken values of a file that are told; where there are more, it is another format. */
const mostBroken = 10_000;

function readParts(parts: Iterable<JsonPart>, path: string): ReadResult {
  const values: { value: unknown; line: number }[] = [];
  const problems: FileProblem[] = [];
  let total = 0;
  for (const { source, line } of parts) {
    if (values.length >= limits.articlesPerFile) {
      total += 1;
      continue;
    }
    const { value, error } = parseJson(source);
    if (error === null) values.push({ value, line });
    else problems.push(skip(path, line + (error.line ?? 1) - 1, notJson(error.message)));
    if (problems.length >= mostBroken) {
      problems.push(skip(path, line, `${mostBroken} values are not valid JSON: what follows was not read`));
      break;
    }
  }
  const read = readItems(numbered(values, path), path, values.length + total);
  return { articles: read.articles, problems: [...problems, ...read.problems].sort(byLine) };
}

/** One value that should be an article. */
export interface Item {
  readonly value: unknown;
  readonly line: number | null;
  /** Its id where it states none. */
  readonly id: string;
}

function numbered(values: readonly { value: unknown; line: number | null }[], path: string): Item[] {
  return values.map(({ value, line }, index) => ({ value, line, id: `${path}~${index + 1}` }));
}

/** Reads each value as an article, up to the limit of a file; `total` is how many the file has. */
export function readItems(items: readonly Item[], path: string, total = items.length): ReadResult {
  const articles: SourceArticle[] = [];
  const problems: FileProblem[] = [];
  const read = items.slice(0, limits.articlesPerFile);
  const dateOrder = read.length > 1 ? findDateOrder(datesOf(read)) : null;
  let skipped = 0;
  for (const item of read) {
    const outcome = readItem(item, path, dateOrder);
    // One at a time: a list of arguments as long as the file would not fit on the stack.
    for (const article of outcome.articles) articles.push(article);
    for (const problem of outcome.problems) problems.push(problem);
    if (outcome.articles.length > 0) continue;
    skipped += 1;
    if (skipped < mostBroken) continue;
    problems.push(skip(path, item.line, `${mostBroken} values are no articles: what follows was not read`));
    return { articles, problems };
  }
  const left = total - read.length;
  if (left > 0) {
    const line = items.at(-1)?.line ?? null;
    problems.push(skip(path, line, `${left} articles beyond the first ${limits.articlesPerFile}: split the file`));
  }
  return { articles, problems };
}

/** What the items say under keys for dates: a day over 12 in one of them tells how the others are meant. */
function* datesOf(items: readonly Item[]): Generator<string> {
  for (const { value } of items) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, entry] of Object.entries(value)) {
      if (typeof entry === 'string' && entry.length < 60 && fieldsOfKey(key).includes('date')) yield entry;
    }
  }
}

function readItem({ value, line, id }: Item, path: string, dateOrder: DateOrder | null): ReadResult {
  const entries = unwrapItem(value);
  if (entries === null) {
    return { articles: [], problems: [skip(path, line, 'expected an object with a title or a text')] };
  }
  const body = readBody(entries, path);
  const stated = mergeStatedData(stateOf(entries, body, line), body.stated);
  if (body.blocks.length === 0 && !stated.has('title') && !stated.has('description')) {
    const reason = body.complaint ?? 'no text in it: expected "title", and "text", "content" or "paragraphs"';
    return { articles: [], problems: [skip(path, line, reason)] };
  }
  const guessedTitle = firstWords(body.blocks[0]?.text ?? '');
  const { article, problems } = assembleArticle({
    path,
    line,
    fallbackId: id,
    stated,
    guessed: { title: guessedTitle },
    blocks: body.blocks,
    dateOrder,
  });
  if (body.complaint === undefined) return { articles: [article], problems };
  return { articles: [article], problems: [{ path, line, severity: 'warning', reason: body.complaint }, ...problems] };
}

function stateOf(entries: ReadonlyMap<string, unknown>, { keys }: BodyText, line: number | null): StatedData {
  const others = [...entries].filter(([key]) => !keys.has(key));
  return pickStatedData(others.map(([key, value]) => [key, { value: withoutMarkup(key, value), line }]));
}

/** Titles and summaries of interfaces are HTML as well: `{"rendered": "A &amp; B"}`. */
function withoutMarkup(key: string, value: unknown): unknown {
  const isText = fieldsOfKey(key).some((field) => field === 'title' || field === 'description');
  return isText ? plainTextOf(value) : value;
}

function notJson(message: string): string {
  return `not valid JSON: ${message.slice(0, 200)}`;
}

function byLine(a: FileProblem, b: FileProblem): number {
  return (a.line ?? 0) - (b.line ?? 0);
}

function skip(path: string, line: number | null, reason: string): FileProblem {
  return { path, line, severity: 'skipped', reason };
}
