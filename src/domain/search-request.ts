/**
 * What is asked of a search, independent of HTTP. `src/http/search-parameters.ts` turns URLs into it and back.
 */
import type { FacetName } from './plan.ts';

export const sorts = ['relevance', 'newest', 'oldest'] as const;
export type Sort = (typeof sorts)[number];

/** Whether articles that lack some of the words are listed. */
export const matches = ['most', 'all'] as const;
export type Match = (typeof matches)[number];

export interface SearchRequest {
  /** The text as typed. Empty: every article, newest first. */
  readonly query: string;
  /** Values chosen per facet: any of one facet, all facets. */
  readonly facets: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  /** First and last day, both included, `YYYY-MM-DD`; null = open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly match: Match;
  readonly sort: Sort;
  readonly offset: number;
  readonly limit: number;
  /** Whether the last word is still being typed, so that words beginning with it count as well. */
  readonly isTyping: boolean;
  /** Whether missing and very rare words are also looked for in similar spellings. */
  readonly correctsTypos: boolean;
}
