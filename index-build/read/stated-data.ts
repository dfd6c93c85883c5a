/**
 * What a source states about its article, before anything is checked: front matter, meta tags and JSON keys all
 * become the same map. Part of step 2 of an article's journey.
 */

/** The fields that a source may state. */
export type DataField =
  | 'id'
  | 'title'
  | 'date'
  | 'authors'
  | 'source'
  | 'url'
  | 'tags'
  | 'language'
  | 'weight'
  | 'searchWeight';

/** A value of whatever type the source gave it, and its 1-based line where one is known. */
export interface Statement {
  readonly value: unknown;
  readonly line: number | null;
}

export type StatedData = ReadonlyMap<DataField, Statement>;

/** Keys are compared in lower case. The field's own name goes before its other names. */
const keyFields: ReadonlyMap<string, DataField> = new Map([
  ['id', 'id'],
  ['title', 'title'],
  ['date', 'date'],
  ['published', 'date'],
  ['pubdate', 'date'],
  ['authors', 'authors'],
  ['author', 'authors'],
  ['source', 'source'],
  ['publisher', 'source'],
  ['outlet', 'source'],
  ['url', 'url'],
  ['link', 'url'],
  ['canonical', 'url'],
  ['tags', 'tags'],
  ['keywords', 'tags'],
  ['categories', 'tags'],
  ['language', 'language'],
  ['lang', 'language'],
  ['weight', 'weight'],
  ['search_weight', 'searchWeight'],
  ['search-weight', 'searchWeight'],
  ['searchweight', 'searchWeight'],
]);

/** Picks what the program knows from keys and values; empty values and unknown keys are left out. */
export function pickStatedData(entries: Iterable<readonly [key: string, statement: Statement]>): StatedData {
  const data = new Map<DataField, Statement>();
  for (const [key, statement] of entries) {
    const field = keyFields.get(key.toLowerCase());
    if (field === undefined || isEmpty(statement.value)) continue;
    if (!data.has(field) || key === field) data.set(field, statement);
  }
  return data;
}

/** The first source's statements, with the second's for what the first leaves open. */
export function mergeStatedData(first: StatedData, second: StatedData): StatedData {
  return new Map([...second, ...first]);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
