/** What owners add to the order by relevance, for the oracle: one article after the other, by the definitions. */
import type { ArticleData } from '../../src/domain/article.ts';
import {
  countUse,
  isMenuOrder,
  ownerWeight,
  type Recency,
  recencyFactor,
  type StatedWeight,
} from '../../src/domain/owner-choices.ts';
import type { EngineStatus } from '../../src/engine/engine.ts';

export function weightUse(articles: readonly ArticleData[]): EngineStatus['weights'] {
  const use = { articles: 0, whole: 0, above: 0 };
  for (const article of articles) countUse(use, statedBy(article));
  if (isMenuOrder(use)) return 'menu-order';
  return articles.some(({ weight, searchWeight }) => weight !== undefined || searchWeight !== undefined)
    ? 'counted'
    : 'none';
}

/** What the score of one of the articles is multiplied by. */
export function factorOf(
  article: ArticleData,
  articles: readonly ArticleData[],
  recency: Recency | null | undefined,
): number {
  const weight = ownerWeight(statedBy(article), weightUse(articles) === 'menu-order');
  if (recency === null || recency === undefined || article.date === null) return weight;
  const dates = articles.flatMap(({ date }) => (date === null || date > recency.today ? [] : [date]));
  const newest = dates.sort().at(-1) ?? recency.today;
  return weight * recencyFactor((Date.parse(newest) - Date.parse(article.date)) / 86_400_000, recency);
}

function statedBy({ weight = 0, searchWeight = 0 }: ArticleData): StatedWeight {
  return { weight: Math.round(weight * 100), searchWeight: Math.round(searchWeight * 100) };
}
