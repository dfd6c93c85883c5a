/** What each article's score is multiplied by: its owner's weight, and the favour for newer articles. */
import { countUse, isMenuOrder, ownerWeight, type Recency, recencyFactor } from '../../domain/owner-choices.ts';
import type { EngineStatus } from '../engine.ts';
import { type BitSet, has } from './bit-set.ts';
import type { IndexPart } from './index-part.ts';
import { dayOf, noDay } from './segment-format.ts';

/** What it needs of an index. */
interface FactoredArticles {
  readonly parts: readonly IndexPart[];
  readonly articleNumbers: number;
  readonly live: BitSet | null;
  readonly days: Int32Array;
}

export class ArticleFactors {
  /** How the weights that articles state are taken. */
  readonly weights: EngineStatus['weights'];
  readonly #index: FactoredArticles;
  /** Per article; null where all are 1. */
  readonly #weights: Float64Array | null;
  /** The last ones with recency, which its settings and the day make. */
  #kept: { readonly key: string; readonly factors: Float64Array } | null = null;

  constructor(index: FactoredArticles) {
    this.#index = index;
    this.weights = findUse(index);
    this.#weights = this.weights === 'none' ? null : joinWeights(index, this.weights === 'menu-order');
  }

  /** One per article; null where all are 1. Costs a pass over all articles where recency or its day is new. */
  of(recency: Recency | null): Float64Array | null {
    if (recency === null || recency.share === 0) return this.#weights;
    const key = JSON.stringify([recency.share, recency.halfLifeDays, recency.today]);
    if (this.#kept?.key !== key) this.#kept = { key, factors: this.#compute(recency) };
    return this.#kept.factors;
  }

  #compute(recency: Recency): Float64Array {
    const { days } = this.#index;
    const newest = newestDay(this.#index, dayOf(recency.today));
    return Float64Array.from(days, (day, article) => {
      const weight = this.#weights === null ? 1 : (this.#weights[article] as number);
      return day === noDay ? weight : weight * recencyFactor(newest - day, recency);
    });
  }
}

function findUse(index: FactoredArticles): EngineStatus['weights'] {
  const use = { articles: 0, whole: 0, above: 0 };
  let isStated = false;
  for (const { segment, articleNumbers } of index.parts) {
    const { articleSearchWeights, articleWeights } = segment.sections;
    for (let local = 0; local < articleWeights.length; local++) {
      const article = articleNumbers === null ? local : (articleNumbers[local] as number);
      if (index.live !== null && !has(index.live, article)) continue;
      const [weight, searchWeight] = [articleWeights[local] as number, articleSearchWeights[local] as number];
      countUse(use, { weight, searchWeight });
      isStated ||= weight > 0 || searchWeight > 0;
    }
  }
  return isMenuOrder(use) ? 'menu-order' : isStated ? 'counted' : 'none';
}

function joinWeights({ articleNumbers: size, parts }: FactoredArticles, isOrderOfMenus: boolean): Float64Array {
  const weights = new Float64Array(size);
  for (const { segment, articleNumbers } of parts) {
    const { articleSearchWeights, articleWeights } = segment.sections;
    for (let local = 0; local < articleWeights.length; local++) {
      const stated = { weight: articleWeights[local] as number, searchWeight: articleSearchWeights[local] as number };
      weights[articleNumbers === null ? local : (articleNumbers[local] as number)] = ownerWeight(
        stated,
        isOrderOfMenus,
      );
    }
  }
  return weights;
}

/** The latest day of an article that is left, `latest` at most; `latest` where there is none. */
function newestDay({ days, live }: FactoredArticles, latest: number): number {
  let newest = noDay;
  for (let article = 0; article < days.length; article++) {
    const day = days[article] as number;
    if (day > newest && day <= latest && (live === null || has(live, article))) newest = day;
  }
  return newest === noDay ? latest : newest;
}
