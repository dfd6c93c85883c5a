/** Measures of a ranking against judgments, as trec_eval computes them. Grades above 0 are relevant. */

/** Grade by document id. */
export type Judgments = ReadonlyMap<string, number>;

/**
 * Normalized discounted cumulative gain of the first `depth` documents, in [0, 1]: gain is the grade, the discount
 * log2(rank + 1) (Järvelin and Kekäläinen 2002, as `ndcg_cut` of trec_eval). `ranking` holds ids, best first.
 */
export function ndcg(ranking: readonly string[], judgments: Judgments, depth: number): number {
  const gains = ranking.slice(0, depth).map((id) => judgments.get(id) ?? 0);
  const ideal = [...judgments.values()].sort((a, b) => b - a).slice(0, depth);
  const best = discounted(ideal);
  return best === 0 ? 0 : discounted(gains) / best;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + Math.max(0, gain) / Math.log2(index + 2), 0);
}

/** Mean of the precision at each relevant document, 0 for those not in the ranking: in [0, 1]. */
export function averagePrecision(ranking: readonly string[], judgments: Judgments): number {
  let found = 0;
  let sum = 0;
  ranking.forEach((id, index) => {
    if ((judgments.get(id) ?? 0) <= 0) return;
    found++;
    sum += found / (index + 1);
  });
  const relevant = countRelevant(judgments);
  return relevant === 0 ? 0 : sum / relevant;
}

/** 1 / the place of the first relevant document, 0 where there is none: in [0, 1]. Its mean is the MRR. */
export function reciprocalRank(ranking: readonly string[], judgments: Judgments): number {
  const index = ranking.findIndex((id) => (judgments.get(id) ?? 0) > 0);
  return index < 0 ? 0 : 1 / (index + 1);
}

/** 1 where a relevant document is among the first `depth`, else 0. */
export function success(ranking: readonly string[], judgments: Judgments, depth: number): 0 | 1 {
  return ranking.slice(0, depth).some((id) => (judgments.get(id) ?? 0) > 0) ? 1 : 0;
}

/** Share of the relevant documents among the first `depth`. */
export function recall(ranking: readonly string[], judgments: Judgments, depth: number): number {
  const found = ranking.slice(0, depth).filter((id) => (judgments.get(id) ?? 0) > 0).length;
  const relevant = countRelevant(judgments);
  return relevant === 0 ? 0 : found / relevant;
}

/** The arithmetic mean; 0 of no numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function countRelevant(judgments: Judgments): number {
  return [...judgments.values()].filter((grade) => grade > 0).length;
}
