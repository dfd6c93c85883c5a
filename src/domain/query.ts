/**
 * The query tree that the parser makes. Its words are surface forms as the user typed them: analysis and
 * expansion come later. The printer in `src/query/print-query.ts` is the parser's inverse.
 */
import type { Field } from './article.ts';

/** Field names a query may restrict a word to; `text` is not one: it is the default, every field. */
export type QueryField = Extract<Field, 'title' | 'heading' | 'body'>;

/** Article data a query may filter by. */
export const filterFields = ['source', 'author', 'tag', 'language', 'path', 'year'] as const;
export type FilterField = (typeof filterFields)[number];

export type Query =
  /** A word; `field` null = anywhere. `isLast` marks the word at the very end of the text, still being typed. */
  | { readonly kind: 'term'; readonly word: string; readonly field: QueryField | null; readonly isLast: boolean }
  /** Words in exactly this order, next to each other, in one paragraph. */
  | { readonly kind: 'phrase'; readonly text: string; readonly field: QueryField | null }
  /** Words that begin like this: `word*`. */
  | { readonly kind: 'prefix'; readonly prefix: string; readonly field: QueryField | null }
  | { readonly kind: 'all'; readonly queries: readonly Query[] }
  | { readonly kind: 'any'; readonly queries: readonly Query[] }
  | { readonly kind: 'not'; readonly query: Query }
  /** What must not be missing: `+word`, and what stands beside AND. Stands directly in the whole query or in an `all`. */
  | { readonly kind: 'must'; readonly query: Query }
  /** Article data equals the value (case and diacritics folded); for `path`, contains it. */
  | { readonly kind: 'filter'; readonly field: FilterField; readonly value: string }
  /** Articles dated from `from` to `to`, both included, `YYYY-MM-DD`; null = open. */
  | { readonly kind: 'range'; readonly from: string | null; readonly to: string | null }
  /** The empty query. */
  | { readonly kind: 'everything' };
