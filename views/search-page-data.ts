/** What the search page and its parts are made from. */
import type { Results } from '../src/domain/results.ts';
import type { SearchRequest } from '../src/domain/search-request.ts';

export interface SearchPageData {
  readonly request: SearchRequest;
  readonly results: Results;
  /** What of the address was not understood, one sentence each. */
  readonly notices: readonly string[];
  readonly links: SearchLinks;
  /** Whether the results' heading takes the focus: after a click on a page number, not while someone types. */
  readonly takesFocus: boolean;
}

/** Builds the addresses that results link to. */
export interface SearchLinks {
  /** The page of this search with something changed, from its first page unless the change names an offset. */
  readonly search: (change: Partial<SearchRequest>) => string;
  /** The reader page of an article, highlighting the query's words. */
  readonly article: (id: string, query: string) => string;
}
