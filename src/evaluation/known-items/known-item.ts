/** A query for articles that are known to be what is looked for, and how a ranking answers it. */
import type { ArticleOrdinal } from '../../domain/ids.ts';

export interface KnownItem {
  /** The query as typed. */
  readonly text: string;
  /** What is looked for: one article, or all that share a title. */
  readonly articles: readonly ArticleOrdinal[];
}

export interface KnownItemOutcome {
  /** The 1-based place of the first of the articles; null where none is in the ranking. */
  readonly rank: number | null;
  readonly success1: 0 | 1;
  readonly success3: 0 | 1;
  readonly success10: 0 | 1;
  readonly reciprocalRank: number;
  /** Of k articles, the share that is in the first k places. */
  readonly share: number;
}

/** How deep a ranking must be to be measured: places beyond the hundredth count as none. */
export function depthFor({ articles }: KnownItem): number {
  return Math.max(100, articles.length);
}

export function measureKnownItem({ articles }: KnownItem, ranking: readonly ArticleOrdinal[]): KnownItemOutcome {
  const wanted = new Set(articles);
  const index = ranking.findIndex((article) => wanted.has(article));
  const isWithin = (depth: number) => (index >= 0 && index < depth ? 1 : 0);
  return {
    rank: index < 0 ? null : index + 1,
    success1: isWithin(1),
    success3: isWithin(3),
    success10: isWithin(10),
    reciprocalRank: index < 0 ? 0 : 1 / (index + 1),
    share: ranking.slice(0, wanted.size).filter((article) => wanted.has(article)).length / wanted.size,
  };
}
