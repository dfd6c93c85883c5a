/**
 * The ranking, for every engine: BM25 as Lucene computes it (BM25Similarity), on articles and on their paragraphs.
 *
 *     score(article) = sum over leaves and fields of  weight(field) * idf * saturation
 *                    + paragraphShare * the best paragraph's sum over leaves of  idf * saturation
 *     idf            = ln(1 + (N - df + 0.5) / (df + 0.5))
 *     saturation     = tf / (tf + k1 * (1 - b + b * length / averageLength))
 *
 * For articles N, df, tf and lengths are counted in articles, per field, with one df for all fields; for paragraphs in
 * paragraphs, headings and body together as tf, the body alone as length. Lengths are in words.
 *
 * Measured on scifact, cisi, cacm (nDCG@10): fields summed with one idf 0.695 / 0.380 / 0.481, with an idf per field
 * 0.687 / 0.374 / 0.469, title and body as one field 0.693 / 0.366 / 0.448. Title weight 1 gives 0.691 / 0.380 / 0.483,
 * 1.2 gives 0.687 / 0.382 / 0.490, 2 gives 0.680 / 0.370 / 0.475: a title's few words already weigh more than a
 * body's many, since each field has its own average length.
 */
import type { Field } from './article.ts';

export const k1 = 1.2;
export const b = 0.75;
export const fieldWeights: Readonly<Record<Field, number>> = { title: 1.1, heading: 1.1, body: 1 };
export const paragraphShare = 0.5;

/** Inverse document frequency of what `df` of `total` articles, or paragraphs, hold. */
export function idf(df: number, total: number): number {
  return Math.log(1 + (total - df + 0.5) / (df + 0.5));
}

/** How much of its idf a term frequency earns: in [0, 1), more the higher it is and the shorter the text. */
export function saturation(tf: number, length: number, averageLength: number): number {
  return tf / (tf + k1 * (1 - b + (b * length) / averageLength));
}
