/**
 * The classes of query that are measured, and how a drawn query is asked of Lede: as a request of its own and as an
 * address of its JSON interface. How peers are asked stands in `peers/`.
 */
import type { SearchRequest } from '../../src/domain/search-request.ts';

/** What a query asks for, whatever its words. */
export type QueryForm =
  /** Every word. */
  | 'all'
  /** Any of the words. */
  | 'any'
  /** Every word, and one that begins with the prefix, as somebody types. */
  | 'typing'
  /** A word that begins with the prefix. */
  | 'prefix'
  /** A word that is not in the corpus, but one edit away from one that is. */
  | 'misspelled'
  /** The words one after the other. */
  | 'phrase'
  /** Every word, in one year, newest first. */
  | 'filtered';

interface QueryClassDefinition {
  readonly name: string;
  readonly label: string;
  readonly form: QueryForm;
}

export const queryClasses = [
  { name: 'common', label: 'common word', form: 'all' },
  { name: 'middle', label: 'middle word', form: 'all' },
  { name: 'rare', label: 'rare word', form: 'all' },
  { name: 'three-words', label: 'three words as they stand', form: 'all' },
  { name: 'three-content', label: 'three content words', form: 'all' },
  { name: 'eight-any', label: 'eight content words, any', form: 'any' },
  { name: 'typing', label: 'two words and a prefix (typing)', form: 'typing' },
  { name: 'prefix-1', label: 'prefix of 1 letter', form: 'prefix' },
  { name: 'prefix-2', label: 'prefix of 2 letters', form: 'prefix' },
  { name: 'prefix-3', label: 'prefix of 3 letters', form: 'prefix' },
  { name: 'misspelled', label: 'misspelled word', form: 'misspelled' },
  { name: 'phrase', label: 'phrase of three words', form: 'phrase' },
  { name: 'stop-phrase', label: 'phrase of stop words', form: 'phrase' },
  { name: 'filtered', label: 'year filter, newest first', form: 'filtered' },
] as const satisfies readonly QueryClassDefinition[];

export type QueryClass = (typeof queryClasses)[number]['name'];

export const classNames: readonly QueryClass[] = queryClasses.map(({ name }) => name);

/** Words and prefix are letters only, in lower case. */
export interface DrawnQuery {
  readonly class: QueryClass;
  readonly words: readonly string[];
  /** The beginning of a further word, or null. */
  readonly prefix: string | null;
  /** `YYYY`, or null for any. */
  readonly year: string | null;
}

export function formOf(query: DrawnQuery): QueryForm {
  return formsByClass[query.class];
}

/** Hits asked for, of Lede and of peers. */
export const hitsAsked = 10;

export function toSearchRequest(query: DrawnQuery): SearchRequest {
  const form = formOf(query);
  return {
    query: toQueryText(query),
    facets: query.year === null ? {} : { year: [query.year] },
    from: null,
    to: null,
    match: 'most',
    sort: form === 'filtered' ? 'newest' : 'relevance',
    offset: 0,
    limit: hitsAsked,
    isTyping: form === 'typing',
    correctsTypos: true,
  };
}

/** Path and parameters of the same search over HTTP. */
export function toAddress(query: DrawnQuery): string {
  const request = toSearchRequest(query);
  const parameters = new URLSearchParams({ q: request.query, limit: String(request.limit) });
  if (query.year !== null) parameters.set('year', query.year);
  if (request.sort !== 'relevance') parameters.set('sort', request.sort);
  if (request.isTyping) parameters.set('typing', 'on');
  return `/api/v1/search?${parameters}`;
}

function toQueryText(query: DrawnQuery): string {
  const { words, prefix } = query;
  switch (formOf(query)) {
    case 'any':
      return words.join(' OR ');
    case 'phrase':
      return `"${words.join(' ')}"`;
    case 'prefix':
      return `${prefix}*`;
    case 'typing':
      return [...words, prefix].join(' ');
    default:
      return words.join(' ');
  }
}

const formsByClass = Object.fromEntries(queryClasses.map(({ name, form }) => [name, form])) as Readonly<
  Record<QueryClass, QueryForm>
>;

/** One value per class; `make` may leave a class out by returning undefined. */
export function byClass<T>(make: (name: QueryClass) => T | undefined): Partial<Record<QueryClass, T>> {
  const table: Partial<Record<QueryClass, T>> = {};
  for (const name of classNames) {
    const value = make(name);
    if (value !== undefined) table[name] = value;
  }
  return table;
}
