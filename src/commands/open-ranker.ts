/** Rankings for measuring: the search that users get, without its clock, and with other parameters where asked for. */
import type { ArticleOrdinal } from '../domain/ids.ts';
import { defaultRanking, type RankingParameters } from '../domain/ranking.ts';
import { type OpenedSearchable, viewSearchable } from '../open-searchable.ts';
import { rankArticles } from '../search.ts';

/** The best `depth` articles for a query as typed, best first; whole, however long it takes. */
export type Rank = (query: string, depth: number) => Promise<readonly ArticleOrdinal[]>;

export type Ranker = (searchable: OpenedSearchable) => Rank;

/** The default ranking, and behind it the one to compare it with, if there is one. */
export function openRankers(set: RankingParameters | null): readonly [Ranker, ...Ranker[]] {
  const standard = openRanker(defaultRanking);
  return set === null ? [standard] : [standard, openRanker(set)];
}

function openRanker(ranking: RankingParameters): Ranker {
  return (opened) => {
    const searchable = ranking === defaultRanking ? opened : viewSearchable(opened.loaded, { ranking });
    return (query, limit) => {
      const request = {
        query,
        facets: {},
        from: null,
        to: null,
        match: 'most',
        sort: 'relevance',
        offset: 0,
        limit,
      } as const;
      const options = { timeMs: Number.POSITIVE_INFINITY, ranking };
      return rankArticles({ ...request, isTyping: false, correctsTypos: true }, searchable, options);
    };
  };
}
