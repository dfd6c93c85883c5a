/**
 * The paired randomisation test: could the difference between two runs over the same queries be chance? Under the null
 * hypothesis each query's difference could as well have the other sign, so the observed mean is compared with those
 * of random signs (Fisher 1935; Smucker, Allan and Carterette 2007, "A comparison of statistical significance tests for
 * information retrieval evaluation").
 */
import { openRandom } from './random.ts';

export interface RandomisationOptions {
  readonly seed: number;
  /** Draws of signs; where there are no more combinations than that, each of them is tried instead. */
  readonly permutations?: number;
}

/** With so many draws a p of 0.05 is off by 0.0015 (one standard error). */
const defaultPermutations = 20_000;

/**
 * The two-sided p value of the differences of two runs, one a query: the share of sign combinations whose sum is at
 * least as far from 0 as the observed one, in (0, 1]. Drawn combinations count the observed one as well, so that p is never 0.
 * The same seed gives the same value.
 */
export function randomisationTest(
  differences: readonly number[],
  { seed, permutations = defaultPermutations }: RandomisationOptions,
): number {
  // An equal query adds nothing under either sign.
  const sizes = Float64Array.from(differences.filter((difference) => difference !== 0));
  const observed = Math.abs(sizes.reduce((sum, size) => sum + size, 0));
  // Sums of the same numbers differ in their last bits by the order of adding.
  const atLeast = observed - 1e-9 * sizes.reduce((sum, size) => sum + Math.abs(size), 0);
  const isExtreme = (sum: number) => Math.abs(sum) >= atLeast;
  const combinations = 2 ** sizes.length;
  if (combinations <= permutations) return countAll(sizes, isExtreme) / combinations;
  return (1 + countDrawn(sizes, isExtreme, { seed, permutations })) / (1 + permutations);
}

function countAll(sizes: Float64Array, isExtreme: (sum: number) => boolean): number {
  let count = 0;
  for (let signs = 0; signs < 2 ** sizes.length; signs++) {
    let sum = 0;
    for (let i = 0; i < sizes.length; i++) sum += (signs >>> i) & 1 ? -(sizes[i] as number) : (sizes[i] as number);
    if (isExtreme(sum)) count++;
  }
  return count;
}

/** A drawn number gives the signs of 32 queries. */
const signsPerDraw = 32;

function countDrawn(
  sizes: Float64Array,
  isExtreme: (sum: number) => boolean,
  { seed, permutations }: Required<RandomisationOptions>,
): number {
  const random = openRandom(seed, 'signs');
  let count = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    let sum = 0;
    let signs = 0;
    for (let i = 0; i < sizes.length; i++) {
      const bit = i % signsPerDraw;
      if (bit === 0) signs = random() * 2 ** signsPerDraw;
      sum += (signs >>> bit) & 1 ? -(sizes[i] as number) : (sizes[i] as number);
    }
    if (isExtreme(sum)) count++;
  }
  return count;
}
