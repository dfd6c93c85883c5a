/**
 * The most that a paragraph of an article can earn for a term, stored in a byte beside each entry of a posting list, so
 * that a search looks only into articles that can still be among the best.
 *
 * A saturation depends on the average length, which changes with every build. So it is stored as it would be at
 * `referenceLength`, rounded up, and carried over: with n(L) = k1 (1 - b + b L / average) and n'(L) the same at the
 * reference, n(L) >= c n'(L) for c = min(1, reference / average); from s' = tf / (tf + n') then follows
 * tf / n <= s' / (c (1 - s')).
 *
 * Bounds are carried as such odds tf / n: those of several terms in one paragraph add up exactly, and grow with a term's
 * weight, where saturations would add up to too much. The saturation of odds x is x / (1 + x).
 */
import { b, k1, lengthNorm, paragraphWeights } from '../../domain/ranking.ts';

/** Words of a paragraph, near the average of most corpora: the farther the average is, the looser the bounds. */
const referenceLength = 32;

/** What the stored bytes depend on; a segment with others is refused. */
export const boundsBasis = `k1=${k1} b=${b} heading=${paragraphWeights.heading} body=${paragraphWeights.body} reference=${referenceLength}`;

/** The byte for a weighted frequency in a paragraph of `length` words, rounded up. Greater for what can earn more. */
export function encodeBound(tf: number, length: number): number {
  return tf === 0 ? 0 : Math.ceil((255 * tf) / (tf + lengthNorm(length, referenceLength)));
}

/** For each byte the greatest odds of a paragraph in a corpus of this average length. */
export function decodeBounds(averageLength: number): Float64Array {
  const scale = Math.min(1, referenceLength / averageLength);
  return Float64Array.from({ length: 256 }, (_, byte) =>
    byte === 255 ? Number.MAX_VALUE : byte / 255 / (scale * (1 - byte / 255)),
  );
}

export function saturationOf(odds: number): number {
  return 1 / (1 + 1 / odds);
}
