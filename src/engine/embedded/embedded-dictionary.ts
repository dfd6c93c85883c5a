/** The words of an open index, for expansion. */
import type { Term } from '../../domain/ids.ts';
import type { CorpusSize, Stem, TermDictionary, TermStatistics } from '../engine.ts';
import type { OpenedIndex } from './opened-index.ts';
import { findSimilar } from './similar-terms.ts';
import { countTerm, familyTerms, findPrefixTerms } from './term-counts.ts';
import { topByKey } from './top-articles.ts';

export class EmbeddedDictionary implements TermDictionary {
  readonly #index: OpenedIndex;
  /** Ascending. */
  readonly #languages: ReadonlyMap<string, number>;

  constructor(index: OpenedIndex) {
    this.#index = index;
    const named = new Set(index.parts.flatMap(({ segment }) => segment.header.familyLanguages));
    const counted = [...named].sort().map((language) => [language, index.facets.total('language', language)] as const);
    this.#languages = new Map(counted.filter(([, articles]) => articles > 0));
  }

  async size(): Promise<CorpusSize> {
    const { articles, paragraphs } = this.#index;
    return { articles, paragraphs, languages: this.#languages };
  }

  async lookup(terms: readonly Term[]): Promise<readonly (TermStatistics | null)[]> {
    return terms.map((term) => this.#statistics(term));
  }

  async languages(): Promise<readonly string[]> {
    return [...this.#languages.keys()];
  }

  async families(stems: readonly Stem[]): Promise<readonly (readonly TermStatistics[])[]> {
    return stems.map(({ language, stem }) => this.#existing(familyTerms(this.#index, `${language}:${stem}`)));
  }

  async completions(prefix: Term, limit: number): Promise<{ terms: readonly TermStatistics[]; total: number }> {
    const found = findPrefixTerms(this.#index, prefix);
    if (found === null) return { terms: [], total: 0 };
    const { segment, start, paragraphs, others } = found;
    const numbers = Uint32Array.from(paragraphs, (_, place) => place);
    const best = Array.from(topByKey(numbers, paragraphs, limit), (place) => segment.terms.key(start + place));
    const added = [...others].sort(([a, held], [b, other]) => other - held || (a < b ? -1 : 1)).slice(0, limit);
    const terms = this.#existing([...best, ...added.map(([term]) => term)]);
    const total = paragraphs.reduce((count, held) => count + (held > 0 ? 1 : 0), 0);
    const more = [...others.values()].filter((held) => held > 0).length;
    return { terms: terms.sort(byFrequency).slice(0, limit), total: total + more };
  }

  async similar(
    term: Term,
    maxEdits: number,
    limit: number,
  ): Promise<readonly (TermStatistics & { readonly edits: number })[]> {
    const edits = new Map<string, number>();
    for (const { segment } of this.#index.parts) {
      for (const near of findSimilar(segment.terms, term, maxEdits))
        edits.set(segment.terms.key(near.term), near.edits);
    }
    return this.#existing([...edits.keys()])
      .map((statistics) => ({ ...statistics, edits: edits.get(statistics.term) as number }))
      .sort((a, b) => a.edits - b.edits || byFrequency(a, b))
      .slice(0, limit);
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
