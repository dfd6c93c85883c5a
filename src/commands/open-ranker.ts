/** Rankings for measuring: the search that users get, without its clock, and with other parameters where asked for. */
import { LedeError } from '../domain/error.ts';
import type { ArticleOrdinal } from '../domain/ids.ts';
import { type RankingParameters, rankingParameters } from '../evaluation/ranking-settings.ts';
import { rankArticles } from '../search.ts';
import type { Searchable } from '../searchable.ts';

/** The best `depth` articles for a query as typed, best first; whole, however long it takes. */
export type Rank = (query: string, depth: number) => Promise<readonly ArticleOrdinal[]>;

export type Ranker = (searchable: Searchable) => Rank;

/** The default ranking, and behind it the one to compare it with, if there is one. */
export function openRankers(set: RankingParameters | null): readonly [Ranker, ...Ranker[]] {
  const standard = openRanker(rankingParameters);
  return set === null ? [standard] : [standard, openRanker(set)];
}

function openRanker(parameters: RankingParameters): Ranker {
  // SEAM: the one place where parameters go to the search. As long as `rankArticles` takes none, others are refused.
  if (parameters !== rankingParameters) {
    throw new LedeError('unsupported', '"--set" is not available yet: the search takes no other parameters');
  }
  return (searchable) => (query, limit) => {
    const request = { query, facets: {}, from: null, to: null, sort: 'relevance', offset: 0, limit } as const;
    const options = { timeMs: Number.POSITIVE_INFINITY };
    return rankArticles({ ...request, isTyping: false, correctsTypos: true }, searchable, options);
  };
}
