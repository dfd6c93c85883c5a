/** Known items measured: queries are drawn from a folder of articles, and asked of the search that users get. */
import { type Comparison, compareRuns, formatComparisons } from '../evaluation/compare-runs.ts';
import { formatTable } from '../evaluation/format-table.ts';
import { type Half, isInHalf } from '../evaluation/half.ts';
import { drawKnownItems, type KnownItemClass, knownItemClasses } from '../evaluation/known-items/draw-known-items.ts';
import {
  depthFor,
  type KnownItem,
  type KnownItemOutcome,
  measureKnownItem,
} from '../evaluation/known-items/known-item.ts';
import { mean } from '../evaluation/measures.ts';
import { countText } from './count-text.ts';
import { withArticles } from './index-articles-aside.ts';
import type { Rank, Ranker } from './open-ranker.ts';

export interface KnownItemsOptions {
  readonly seed: number;
  /** Queries of a class. */
  readonly limit: number;
  readonly half: Half | null;
  /** The default ranking first; another one behind it is compared with it. */
  readonly rankers: readonly [Ranker, ...Ranker[]];
}

export interface KnownItemsEvaluation {
  readonly articles: number;
  readonly classes: readonly ClassMeasures[];
  /** One outcome per query, class by class. */
  readonly outcomes: readonly ItemOutcome[];
}

export interface ClassMeasures {
  readonly class: KnownItemClass;
  readonly queries: number;
  /** Shares of the queries, and means over them: in [0, 1]. */
  readonly success1: number;
  readonly success3: number;
  readonly success10: number;
  readonly mrr: number;
  /** For titles of several articles: the mean share of these k articles in the first k places. */
  readonly share?: number;
  /** The other ranking beside the default one, where there is one. */
  readonly comparisons: readonly Comparison[];
}

export interface ItemOutcome extends KnownItemOutcome {
  readonly class: KnownItemClass;
  readonly text: string;
  /** Ids of the articles that are looked for. */
  readonly articles: readonly string[];
}

/** Throws `LedeError` as `withArticles` does. */
export function evaluateKnownItems(
  folder: string,
  { seed, limit, half, rankers }: KnownItemsOptions,
): Promise<KnownItemsEvaluation> {
  return withArticles(folder, async (searchable, articles) => {
    const drawn = await drawKnownItems(searchable.store, articles, { seed, limit });
    const classes: ClassMeasures[] = [];
    const outcomes: ItemOutcome[] = [];
    for (const name of Object.keys(knownItemClasses) as KnownItemClass[]) {
      const items = drawn[name].filter((_, index) => isInHalf(index + 1, half));
      const runs: MeasuredItem[][] = [];
      for (const ranker of rankers) runs.push(await measureItems(items, ranker(searchable)));
      const [standard = [], ...others] = runs;
      const comparisons = others.flatMap((other) => compareRuns(standard.map(byName), other.map(byName), seed));
      classes.push({ ...summarize(name, standard), comparisons });
      for (const { item, outcome } of standard) {
        const ids = await Promise.all(item.articles.map(async (each) => (await searchable.store.readArticle(each)).id));
        outcomes.push({ class: name, text: item.text, articles: ids, ...outcome });
      }
    }
    return { articles, classes, outcomes };
  });
}

interface MeasuredItem {
  readonly item: KnownItem;
  readonly outcome: KnownItemOutcome;
}

async function measureItems(items: readonly KnownItem[], rank: Rank): Promise<MeasuredItem[]> {
  const measured: MeasuredItem[] = [];
  for (const item of items) {
    measured.push({ item, outcome: measureKnownItem(item, await rank(item.text, depthFor(item))) });
  }
  return measured;
}

function summarize(name: KnownItemClass, measured: readonly MeasuredItem[]): Omit<ClassMeasures, 'comparisons'> {
  const meanOf = (key: Exclude<keyof KnownItemOutcome, 'rank'>) => mean(measured.map(({ outcome }) => outcome[key]));
  return {
    class: name,
    queries: measured.length,
    success1: meanOf('success1'),
    success3: meanOf('success3'),
    success10: meanOf('success10'),
    mrr: meanOf('reciprocalRank'),
    ...(name === 'title-shared' ? { share: meanOf('share') } : {}),
  };
}

function byName({ outcome }: MeasuredItem): Record<string, number> {
  return {
    'success@1': outcome.success1,
    'success@3': outcome.success3,
    'success@10': outcome.success10,
    MRR: outcome.reciprocalRank,
    share: outcome.share,
  };
}

/** A line for each class, and below it, where two rankings were measured, how they compare. */
export function formatKnownItems({ articles, classes }: KnownItemsEvaluation): string[] {
  const rows = classes.map(({ class: name, queries, success1, success3, success10, mrr, share }) => [
    knownItemClasses[name],
    String(queries),
    ...(queries === 0 ? [] : [success1, success3, success10, mrr, ...(share === undefined ? [] : [share])]).map(
      (value) => value.toFixed(3),
    ),
  ]);
  const heading = ['', 'queries', 'success@1', 'success@3', 'success@10', 'MRR', 'share'];
  const compared = classes.filter(({ comparisons }) => comparisons.length > 0);
  return [
    countText(articles, 'article'),
    ...formatTable([heading, ...rows]),
    ...compared.flatMap(({ class: name, comparisons }) => [
      '',
      knownItemClasses[name],
      ...formatComparisons(comparisons),
    ]),
  ];
}
