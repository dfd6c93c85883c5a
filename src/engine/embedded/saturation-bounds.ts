/**
 * The most that a paragraph of an article can earn for a term, stored in a byte beside each entry of a posting list, so
 * that a search looks only into articles that can still be among the best.
 *
 * A saturation depends on the average length, which changes with every build. So it is stored as it would be at
 * `referenceLength`, rounded up, and carried over: with n(L) = k1 (1 - b + b L / average) and n'(L) the same at the
 * reference, n(L) >= c n'(L) for c = min(1, reference / average); from s' = tf / (tf + n') then follows
 * tf / (tf + n) <= 1 / (1 + c (1 - s') / s').
 */
import { b, fieldWeights, k1, lengthNorm } from '../../domain/ranking.ts';

/** Words of a paragraph, near the average of most corpora: the farther the average is, the looser the bounds. */
const referenceLength = 32;

/** What the stored bytes depend on; a segment with others is refused. */
export const boundsBasis = `k1=${k1} b=${b} heading=${fieldWeights.heading} body=${fieldWeights.body} reference=${referenceLength}`;

/** The byte for a weighted frequency in a paragraph of `length` words, rounded up. Greater for what can earn more. */
export function encodeBound(tf: number, length: number): number {
  return tf === 0 ? 0 : Math.ceil((255 * tf) / (tf + lengthNorm(length, referenceLength)));
}

/** For each byte the greatest saturation of a paragraph in a corpus of this average length. */
export function decodeBounds(averageLength: number): Float64Array {
  const scale = Math.min(1, referenceLength / averageLength);
  return Float64Array.from({ length: 256 }, (_, byte) =>
    byte === 0 ? 0 : 1 / (1 + (scale * (1 - byte / 255)) / (byte / 255)),
  );
}
