/** The document frequency of a query word, from what the dictionary says of the terms that stand for it. */
import type { DocumentFrequency } from '../domain/plan.ts';
import type { Expansion } from './expand-word.ts';

/**
 * The word as typed and its inflections count, as if they stood in articles independently of each other: N times the
 * chance that one of them does. So a word in each of its forms is as common as all of them, and never in more articles
 * than there are. Names, synonyms, beginnings and corrections never change it: a rare right word stays rare. Where all
 * that begins with it counts in full (`elect*`, 東), all of that does. Where the word is nowhere as typed, the most frequent of what stands for it counts.
 *
 * nDCG@10 on cisi, cacm and xquad-en beside the exact union of the articles: 0.408 / 0.519 / 0.970 instead of 0.406 /
 * 0.519 / 0.970; with the most frequent form alone 0.401 / 0.507 / 0.970, with the typed form alone 0.337 / 0.447 / 0.965.
 */
export function groupFrequency({ sums, understood }: Expansion, total: DocumentFrequency): DocumentFrequency {
  if (sums !== null) {
    return {
      articles: holdSome(sums.articles, total.articles),
      paragraphs: holdSome(sums.paragraphs, total.paragraphs),
    };
  }
  const isTyped = understood.some(({ kind }) => kind === 'exact');
  const counted = isTyped ? understood.filter(({ kind }) => kind === 'exact' || kind === 'stem') : understood;
  const frequency = (of: keyof DocumentFrequency): number => {
    const counts = counted.map((term) => term[of]);
    return isTyped ? holdAny(counts, total[of]) : Math.max(0, ...counts);
  };
  return { articles: frequency('articles'), paragraphs: frequency('paragraphs') };
}

/** The same of very many, of which only the sum is known. */
function holdSome(sum: number, total: number): number {
  return total === 0 ? 0 : Math.round(total * (1 - Math.exp(-sum / total)));
}

/** How many of `total` hold any of what so many of them hold each, were they independent. A whole number. */
function holdAny(counts: readonly number[], total: number): number {
  const [only] = counts;
  if (counts.length === 1 && only !== undefined) return only;
  const without = counts.reduce((chance, count) => chance * (1 - Math.min(1, count / total)), 1);
  return Math.round(total * (1 - without));
}
