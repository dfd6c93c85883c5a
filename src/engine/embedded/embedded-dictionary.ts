/** The words of an open segment, for expansion. */
import type { Term } from '../../domain/ids.ts';
import type { Stem, TermDictionary, TermStatistics } from '../engine.ts';
import type { Segment } from './segment.ts';
import { findSimilar } from './similar-terms.ts';
import { topByKey } from './top-articles.ts';

export class EmbeddedDictionary implements TermDictionary {
  readonly #segment: Segment;

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  async lookup(terms: readonly Term[]): Promise<readonly (TermStatistics | null)[]> {
    return terms.map((term) => {
      const number = this.#segment.terms.find(term);
      return number < 0 ? null : this.#statistics(number);
    });
  }

  async languages(): Promise<readonly string[]> {
    return this.#segment.header.familyLanguages;
  }

  async families(stems: readonly Stem[]): Promise<readonly (readonly TermStatistics[])[]> {
    const { familyMembers, familyMemberStarts } = this.#segment.sections;
    return stems.map(({ language, stem }) => {
      const family = this.#segment.families.find(`${language}:${stem}`);
      if (family < 0) return [];
      const members = familyMembers.subarray(familyMemberStarts[family], familyMemberStarts[family + 1]);
      return Array.from(members, (member) => this.#statistics(member));
    });
  }

  async completions(prefix: Term, limit: number): Promise<{ terms: readonly TermStatistics[]; total: number }> {
    const [start, end] = this.#segment.terms.prefixRange(prefix);
    const { termParagraphs } = this.#segment.sections;
    const numbers = Uint32Array.from({ length: end - start }, (_, index) => start + index);
    const best = topByKey(numbers, Float64Array.from(termParagraphs.subarray(start, end)), limit);
    return { terms: Array.from(best, (number) => this.#statistics(number)), total: end - start };
  }

  async similar(
    term: Term,
    maxEdits: number,
    limit: number,
  ): Promise<readonly (TermStatistics & { readonly edits: number })[]> {
    const { termParagraphs } = this.#segment.sections;
    const found = findSimilar(this.#segment.terms, term, maxEdits);
    found.sort(
      (a, b) =>
        a.edits - b.edits || (termParagraphs[b.term] as number) - (termParagraphs[a.term] as number) || a.term - b.term,
    );
    return found.slice(0, limit).map(({ term: number, edits }) => ({ ...this.#statistics(number), edits }));
  }

  #statistics(number: number): TermStatistics {
    const { termArticles, termParagraphs } = this.#segment.sections;
    return {
      term: this.#segment.terms.key(number) as Term,
      paragraphs: termParagraphs[number] as number,
      articles: termArticles[number] as number,
    };
  }
}
