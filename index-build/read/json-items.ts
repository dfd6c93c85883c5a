/**
 * Which objects of a JSON value are articles: those of a list, however deep the answer of an interface, an export or a
 * data frame holds it. Part of reading JSON. Walks are bounded: what strangers write may be nested without end.
 */
import { limits } from '../../src/domain/limits.ts';
import { isBodyKey } from './json-body.ts';
import { itemLines } from './json-parts.ts';
import { fieldsOfKey } from './stated-data.ts';

export interface FoundItem {
  readonly value: unknown;
  readonly line: number | null;
}

/** The first of them, up to the limit of a file, and how many there are. */
export interface FoundItems {
  readonly items: readonly FoundItem[];
  readonly total: number;
}

/** Objects and lists that may lie around articles. */
const nesting = 6;

/** The articles that a value holds, or null where it is one itself, or none is to be seen. `text` is its source. */
export function findItems(value: unknown, text: string): FoundItems | null {
  if (Array.isArray(value)) {
    const lines = itemLines(text, limits.articlesPerFile);
    const read = value.slice(0, limits.articlesPerFile);
    const items = read.map((item, index) => ({ value: item, line: lines[index] ?? null }));
    return { items, total: value.length };
  }
  const frame = readFrame(value);
  if (frame !== null) return withoutLines(frame);
  const entries = toEntries(value);
  if (entries === null || isArticle(entries)) return null;
  const list = findList(value);
  return list === null ? null : withoutLines(list);
}

function withoutLines(values: readonly unknown[]): FoundItems {
  const items = values.slice(0, limits.articlesPerFile).map((value) => ({ value, line: null }));
  return { items, total: values.length };
}

/** The first list of articles on the way down, the longest of those on one level. */
function findList(value: unknown): readonly unknown[] | null {
  const named = toItems(value);
  if (named !== null) return named;
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < nesting && level.length > 0; depth += 1) {
    const inner = level.flatMap((each) => [...(toEntries(each)?.values() ?? [])]);
    const lists = inner.map(toItems).filter((list) => list !== null);
    const [longest] = lists.sort((a, b) => b.length - a.length);
    if (longest !== undefined) return longest;
    // A list of one: `{"db": [{"data": {"posts": […]}}]}`.
    level = inner.flatMap((each) => (Array.isArray(each) ? each.slice(0, 3) : [each]));
  }
  return null;
}

/** The articles of a list, or of an object whose keys are their ids. */
function toItems(value: unknown): readonly unknown[] | null {
  const items = Array.isArray(value) ? value : [...(toEntries(value)?.values() ?? [])];
  const probe = items.slice(0, 20);
  const articles = probe.filter((item) => {
    const entries = unwrapItem(item);
    return entries !== null && isArticle(entries);
  });
  if (articles.length === 0 || articles.length * 2 < probe.length) return null;
  // One object among values that are none, such as `{"status": "ok", "article": {…}}`, is that article.
  return Array.isArray(value) || probe.length === articles.length ? items : null;
}

/** The article's keys and values, without what interfaces wrap around it; null for what is no object. */
export function unwrapItem(value: unknown): ReadonlyMap<string, unknown> | null {
  let entries = toEntries(value);
  for (let depth = 0; depth < nesting && entries !== null && !isArticle(entries); depth += 1) {
    const inner = wrappers.map((key) => toEntries(entries?.get(key))).find((each) => each !== null);
    const only = inner ?? (entries.size === 1 ? toEntries([...entries.values()][0]) : null);
    if (only === null) return entries;
    const outer = [...entries].filter(
      ([key, each]) => key === '_id' || (fieldsOfKey(key).length > 0 && toEntries(each) === null),
    );
    entries = new Map([...outer, ...only]);
  }
  return entries;
}

const wrappers = [
  '_source',
  'source',
  'article',
  'data',
  'node',
  'attributes',
  'fields',
  'doc',
  'document',
  'post',
  'item',
  'content',
  'story',
  'result',
  'response',
  'payload',
];

/** Whether an object has a title or a text of its own. */
function isArticle(entries: ReadonlyMap<string, unknown>): boolean {
  const given = [...entries].filter(([, value]) => !isNothing(value));
  const hasTitle = given.some(([key]) => fieldsOfKey(key).includes('title'));
  // Parts with titles of their own are the articles of a page of results, unless they have one in common.
  const hasBody = given.some(
    ([key, value]) =>
      isBodyKey(key) && isBodyText(value) && (hasTitle || !Array.isArray(value) || toItems(value) === null),
  );
  if (hasBody) return true;
  return hasTitle && ![...entries.values()].some((value) => Array.isArray(value) && toItems(value) !== null);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** A text, a list of texts or of parts of a text, or what holds one; no list of articles and no article. */
function isBodyText(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (!Array.isArray(value)) return typeof toEntries(value)?.get('rendered') === 'string';
  return value.slice(0, 5).some((each) => typeof each === 'string' || isPart(each));
}

/** A part of a text names its kind, or has a text and nothing that makes an article. */
function isPart(value: unknown): boolean {
  const entries = toEntries(value);
  if (entries === null) return false;
  const fields = new Set([...entries.keys()].flatMap(fieldsOfKey));
  const isArticleLike =
    ['date', 'authors', 'url', 'source', 'id'].filter((field) => fields.has(field as 'id')).length > 1;
  return !isArticleLike && [...entries.keys()].some((key) => isBodyKey(key) || /^_?type$/.test(key));
}

function toEntries(value: unknown): ReadonlyMap<string, unknown> | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? new Map(Object.entries(value)) : null;
}

/** A data frame: columns `{"title": {"0": …}, "text": {"0": …}}`, or `{"columns": […], "data": [[…]]}`; null for others. */
function readFrame(value: unknown): readonly object[] | null {
  const entries = toEntries(value);
  if (entries === null) return null;
  return readSplitFrame(entries) ?? readColumns(entries);
}

function readSplitFrame(entries: ReadonlyMap<string, unknown>): readonly object[] | null {
  const columns = entries.get('columns');
  const data = entries.get('data');
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return null;
  return data.map((row: unknown[]) => Object.fromEntries(columns.map((name, index) => [String(name), row[index]])));
}

function readColumns(entries: ReadonlyMap<string, unknown>): readonly object[] | null {
  const columns = [...entries].map(([key, value]) => [key, columnOf(value)] as const);
  const [first] = columns;
  const isFrame =
    first?.[1] !== null &&
    first !== undefined &&
    columns.length > 1 &&
    columns.every(([, column]) => column !== null && column.size === first[1]?.size) &&
    columns.some(([key]) => isBodyKey(key) || fieldsOfKey(key).includes('title'));
  if (!isFrame) return null;
  return [...(first[1]?.keys() ?? [])].map((row) =>
    Object.fromEntries(columns.map(([key, column]) => [key, column?.get(row)])),
  );
}

/** Values by their row, where the keys are numbers of rows. */
function columnOf(value: unknown): ReadonlyMap<string, unknown> | null {
  const entries = toEntries(value);
  if (entries === null || entries.size === 0) return null;
  return [...entries.keys()].every((key) => /^\d+$/.test(key)) ? entries : null;
}
