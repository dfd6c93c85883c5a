/**
 * The ranking, for every engine: one score, made of BM25 on articles and on their paragraphs, and of how well title,
 * heading and word order fit the query; times what the corpus' owners give the article.
 *
 *     score(article)   = weight * recency * ( sum over leaves of  w * idf * saturation(article)
 *                                           + titleCover * M * cover(title)^3
 *                                           + paragraphShare * the best of score(paragraph) )
 *     score(paragraph) = sum over leaves of  r * w * idf * saturation(paragraph)
 *                      + headingCover * M * cover(heading)^3
 *                      + wordOrder * M * order(paragraph)^2 * held / (held + 1)
 *
 *     idf        = ln(1 + (N - df + 0.5) / (df + 0.5)), Lucene's; 0 for what nothing holds
 *     saturation = tf / (tf + k1 * (1 - b + b * length / averageLength)), in [0, 1)
 *     M          = sum over leaves of  w * idf, the query's idf mass
 *     r          = recurringShare where the paragraph recurs across articles (`recurrence.ts`) and its heading lacks the
 *                  named terms of the leaf, else 1
 *
 * N, df and M count articles for the article, paragraphs for the paragraph. A leaf's weight w and df stand in the plan; a
 * phrase earns for all its groups.
 *
 * **BM25F.** Fields are combined before saturation (Robertson, Zaragoza and Taylor 2004; Lucene's CombinedFieldQuery): tf
 * is the sum of the fields' frequencies, and length of their lengths, each times the field's weight. A paragraph has a
 * heading and a body, and its length is the body's. Lengths are in words.
 *
 * **Cover.** The harmonic mean of two shares: of the query's idf mass, what stands in the title; of the title's words,
 * how many the query names. The first alone rewards long titles, the second short ones. Raised to the third power it
 * counts only where it is nearly whole, so that a title which is the query wins and one that shares a word earns nothing.
 * A leaf stands in a title by any occurrence; an occurrence names a word, that of a phrase as many as it has groups, and
 * all of them together no more than there are. A word alone is sought in headings by its named terms only: what merely
 * begins with a prefix is too much to look up. Every word of the title counts alike: a share by idf would change with other articles, and brought no more.
 * Combined fields alone let three mentions of a word equal a title: typing a page's title brought it first in 61 of 100
 * cases on a documentation site; with cover in 98.
 *
 * **Order.** Of the pairs of words that are neighbours in the query, the share that are neighbours in the same order in
 * one text: the paragraph's body, its heading, or the article's title, whichever has most. Squared, since half of the pairs of a long
 * question are set phrases that stand everywhere; less for few pairs (`held / (held + 1)`), since one pair says little. It
 * brings a remembered sentence first although a word of it is wrong: 97 instead of 64 of 100.
 *
 * **Weight and recency** (`owner-choices.ts`) are 1 where nobody asked for more. They multiply the whole score, so that they
 * mean the same for every query, and bounds times them are bounds: both are known before anything is looked into. The age
 * of an article is counted from the newest date of the corpus, not from today: an archive that ended in 1990 has newer
 * articles too, and scores do not change overnight.
 *
 * **Recurrence.** Captions, credits, promotion and links that stand in many articles say little of any one of them: the
 * words of such a paragraph count a small share for it, and their order does not. Its heading and the title are the
 * article's own and keep what they earn: on a documentation site "Introduced 1.0" stands below many titles, and lowered
 * as a whole it cost 4 of 300 titles their first place. An article's own frequencies keep all words: to leave some out, each list of
 * articles would have to be read with that of paragraphs.
 *
 * Lucene's sum of fields after saturation was measured as well, and a score of the title by its own length: both needed
 * weights that hurt elsewhere, and added nothing beside cover.
 */
import type { Field } from './article.ts';

export const k1 = 1.2;
export const b = 0.75;

/** What may differ between two evaluations of the same index. All are 0 or more. */
export interface RankingParameters {
  /** How many occurrences in a body one in a title counts. */
  readonly titleWeight: number;
  /** How many times the query's idf mass a title earns that is the query, … */
  readonly titleCover: number;
  /** … and a heading for its paragraph, … */
  readonly headingCover: number;
  /** … and a text with all neighbours of the query in order, were they many. */
  readonly wordOrder: number;
  /** What the best paragraph's score counts for its article. */
  readonly paragraphShare: number;
  /** What the words of a paragraph earn that recurs across articles, beside those of others. */
  readonly recurringShare: number;
  /** Weight of a function word beside other words. */
  readonly functionWordWeight: number;
  /** What an article must hold to be listed, as a share of what a word of the query weighs on average. */
  readonly enoughShare: number;
}

export const defaultRanking: RankingParameters = {
  titleWeight: 3,
  titleCover: 2.5,
  headingCover: 0.6,
  wordOrder: 1.75,
  paragraphShare: 0.5,
  recurringShare: 0.2,
  functionWordWeight: 0.3,
  enoughShare: 0.7,
};

/** What an occurrence in a paragraph counts: segments hold bounds that depend on it. */
export const paragraphWeights: Readonly<Record<'heading' | 'body', number>> = { heading: 2, body: 1 };

/** What an occurrence in each field counts. */
export function fieldWeightsOf({
  titleWeight,
}: Pick<RankingParameters, 'titleWeight'>): Readonly<Record<Field, number>> {
  return { title: titleWeight, ...paragraphWeights };
}

/** Inverse document frequency of what `df` of `total` articles, or paragraphs, hold; 0 where none does. */
export function idf(df: number, total: number): number {
  return df === 0 ? 0 : Math.log(1 + (total - df + 0.5) / (df + 0.5));
}

/** What stands beside tf in the saturation: more for texts longer than the average. */
export function lengthNorm(length: number, averageLength: number): number {
  return k1 * (1 - b + (b * length) / averageLength);
}

/** Cover, cubed, in [0, 1], from both shares in [0, 1]. Grows with each of them: what bounds them bounds it. */
export function coverOf(queryShare: number, textShare: number): number {
  if (queryShare <= 0 || textShare <= 0) return 0;
  const cover = (2 * queryShare * textShare) / (queryShare + textShare);
  return cover * cover * cover;
}

/** What word order earns for `held` of `pairs` pairs, in [0, 1). Grows with `held`. */
export function orderOf(held: number, pairs: number): number {
  if (held === 0) return 0;
  const share = held / pairs;
  return (share * share * held) / (held + 1);
}
