/** The words of an open index, for expansion. */
import type { Term } from '../../domain/ids.ts';
import type { DocumentFrequency } from '../../domain/plan.ts';
import type { CorpusSize, SimilarOptions, Stem, TermDictionary, TermStatistics } from '../engine.ts';
import { countCommon, fullSet } from './bit-set.ts';
import { findHolders } from './find-holders.ts';
import type { OpenedIndex } from './opened-index.ts';
import { commonArticles } from './segment.ts';
import { findSimilar } from './similar-terms.ts';
import { countTerm, familyTerms, findPrefixTerms, largestPart, sumPrefix } from './term-counts.ts';
import { topByKey } from './top-articles.ts';

export class EmbeddedDictionary implements TermDictionary {
  readonly #index: OpenedIndex;
  /** Ascending. */
  readonly #families: readonly string[];
  readonly #languages: ReadonlyMap<string, number>;

  constructor(index: OpenedIndex) {
    this.#index = index;
    const named = new Set(index.parts.flatMap(({ segment }) => segment.header.familyLanguages));
    const { facets } = index;
    const articles = facets.prepare(index.live ?? fullSet(index.articleNumbers));
    const counted = facets.count('language', articles, { limit: Number.POSITIVE_INFINITY, always: [] });
    this.#languages = new Map(counted.map(({ value, count }) => [value, count]));
    this.#families = [...named].filter((language) => this.#languages.has(language)).sort();
  }

  async size(): Promise<CorpusSize> {
    const { articles, paragraphs } = this.#index;
    return { articles, paragraphs, languages: this.#languages };
  }

  async lookup(terms: readonly Term[]): Promise<readonly (TermStatistics | null)[]> {
    return terms.map((term) => this.#statistics(term));
  }

  async languages(): Promise<readonly string[]> {
    return this.#families;
  }

  async families(stems: readonly Stem[]): Promise<readonly (readonly TermStatistics[])[]> {
    return stems.map(({ language, stem }) => this.#existing(familyTerms(this.#index, `${language}:${stem}`)));
  }

  async completions(prefix: Term, limit: number): Promise<{ terms: TermStatistics[]; sums: DocumentFrequency }> {
    const found = findPrefixTerms(this.#index, prefix);
    const sums = sumPrefix(this.#index, prefix);
    if (found === null) return { terms: [], sums };
    const { segment, start, paragraphs, others } = found;
    const numbers = Uint32Array.from(paragraphs, (_, place) => place);
    const best = Array.from(topByKey(numbers, paragraphs, limit), (place) => segment.terms.key(start + place));
    const added = [...others].sort(([a, held], [b, other]) => other - held || (a < b ? -1 : 1)).slice(0, limit);
    const terms = this.#existing([...best, ...added.map(([term]) => term)]);
    return { terms: terms.sort(byFrequency).slice(0, limit), sums };
  }

  async similar(
    term: Term,
    { maxEdits, leastArticles, limit }: SimilarOptions,
  ): Promise<readonly (TermStatistics & { readonly edits: number })[]> {
    const edits = new Map<string, number>();
    const largest = largestPart(this.#index);
    for (const part of this.#index.parts) {
      // A term in so many articles is a common one of the largest part, or a term of another one.
      const isCommonEnough = part === largest && leastArticles >= commonArticles;
      const keys = isCommonEnough ? part.segment.commonTerms : part.segment.terms;
      for (const near of findSimilar(keys, term, maxEdits)) edits.set(keys.key(near.term), near.edits);
    }
    return this.#existing([...edits.keys()])
      .filter(({ articles }) => articles >= leastArticles)
      .map((statistics) => ({ ...statistics, edits: edits.get(statistics.term) as number }))
      .sort((a, b) => a.edits - b.edits || byFrequency(a, b))
      .slice(0, limit);
  }

  async together(terms: readonly Term[], others: readonly Term[]): Promise<readonly (readonly number[])[]> {
    const sets = others.map((other) => findHolders(this.#index, other));
    return terms.map((term) => {
      const holders = findHolders(this.#index, term);
      return sets.map((set) => countCommon(set, holders));
    });
  }

  #existing(terms: readonly string[]): TermStatistics[] {
    return terms.flatMap((term) => this.#statistics(term) ?? []);
  }

  #statistics(term: string): TermStatistics | null {
    const counts = countTerm(this.#index, term);
    return counts === null ? null : { term: term as Term, ...counts };
  }
}

function byFrequency(a: TermStatistics, b: TermStatistics): number {
  return b.paragraphs - a.paragraphs || (a.term < b.term ? -1 : 1);
}
