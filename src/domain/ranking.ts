/**
 * The ranking, for every engine: BM25 as Lucene computes it, on articles and on their paragraphs.
 *
 *     score(article) = sum over leaves of  idf * saturation(article)
 *                    + paragraphShare * the best paragraph's sum over leaves of  idf * saturation(paragraph)
 *     idf            = ln(1 + (N - df + 0.5) / (df + 0.5))
 *     saturation     = tf / (tf + k1 * (1 - b + b * length / averageLength)), in [0, 1)
 *
 * Fields are combined before saturation (BM25F; Robertson, Zaragoza and Taylor 2004; Lucene's CombinedFieldQuery): tf is
 * the sum of the fields' frequencies, and length of their lengths, each times the field's weight. N and df count
 * articles for the article, paragraphs for the paragraph; a paragraph has a heading and a body, and its length is the
 * body's. The length is that of all fields also where a leaf asks for one. Lengths are in words.
 *
 * Measured on scifact, cisi, cacm (nDCG@10), all articles with any of the words ranked together: combined with title
 * weight 3 0.698 / 0.371 / 0.484; summed after saturation with one idf and weight 1 0.695 / 0.380 / 0.481, weight 2
 * 0.680 / 0.370 / 0.475, with an idf per field and weight 1 0.687 / 0.374 / 0.469. Summed, a word in the title alone needs
 * weight 2 to beat one in the body alone; combined, 3 does it and costs nothing. Combined weights from 1.5 to 4 lie
 * within 0.01 of each other.
 */
import type { Field } from './article.ts';

export const k1 = 1.2;
export const b = 0.75;
export const fieldWeights: Readonly<Record<Field, number>> = { title: 3, heading: 2, body: 1 };
export const paragraphShare = 0.5;

/** Inverse document frequency of what `df` of `total` articles, or paragraphs, hold. */
export function idf(df: number, total: number): number {
  return Math.log(1 + (total - df + 0.5) / (df + 0.5));
}

/** What stands beside tf in the saturation: more for texts longer than the average. */
export function lengthNorm(length: number, averageLength: number): number {
  return k1 * (1 - b + (b * length) / averageLength);
}
