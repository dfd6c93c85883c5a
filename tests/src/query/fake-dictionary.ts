/** A tiny dictionary for the tests of expansion: terms with how often they occur, and in which languages. */
import { stem } from '../../../src/analysis/stem.ts';
import type { Term } from '../../../src/domain/ids.ts';
import type { DocumentFrequency } from '../../../src/domain/plan.ts';
import type { CorpusSize, SimilarOptions, Stem, TermDictionary, TermStatistics } from '../../../src/engine/engine.ts';

/** Articles that hold the term (paragraphs are twice as many), and the languages of these articles. */
export type FakeTerm = readonly [articles: number, ...languages: string[]];

export class FakeDictionary implements TermDictionary {
  /** How often misspellings were looked for. */
  walks = 0;
  /** How often it was asked which words are in the same articles. */
  companies = 0;
  readonly #articles: number;
  /** By both terms with a space between: the articles that hold both. */
  readonly #together: Readonly<Record<string, number>>;
  readonly #terms: ReadonlyMap<string, FakeTerm>;

  constructor(
    terms: Readonly<Record<string, FakeTerm>>,
    { articles = 10_000, together = {} }: { articles?: number; together?: Readonly<Record<string, number>> } = {},
  ) {
    this.#articles = articles;
    this.#together = together;
    this.#terms = new Map(Object.entries(terms).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Each language has as many articles as its most frequent term. */
  async size(): Promise<CorpusSize> {
    const languages = new Map<string, number>();
    for (const [articles, ...spoken] of this.#terms.values()) {
      for (const language of spoken) languages.set(language, Math.max(articles, languages.get(language) ?? 0));
    }
    return { articles: this.#articles, paragraphs: 2 * this.#articles, languages };
  }

  async together(terms: readonly Term[], others: readonly Term[]): Promise<number[][]> {
    this.companies++;
    return terms.map((term) => others.map((other) => this.#together[`${term} ${other}`] ?? 0));
  }

  async lookup(terms: readonly Term[]): Promise<(TermStatistics | null)[]> {
    return terms.map((term) => (this.#terms.has(term) ? this.#statistics(term) : null));
  }

  async languages(): Promise<string[]> {
    return [...new Set(Array.from(this.#terms.values(), ([, ...languages]) => languages).flat())].sort();
  }

  async families(stems: readonly Stem[]): Promise<TermStatistics[][]> {
    return stems.map(({ language, stem: wanted }) =>
      this.#select((term, [, ...languages]) => languages.includes(language) && stem(term, language) === wanted),
    );
  }

  async completions(prefix: Term, limit: number): Promise<{ terms: TermStatistics[]; sums: DocumentFrequency }> {
    const found = this.#select((term) => term.startsWith(prefix)).sort((a, b) => b.paragraphs - a.paragraphs);
    const sums = {
      articles: found.reduce((sum, { articles }) => sum + articles, 0),
      paragraphs: found.reduce((sum, { paragraphs }) => sum + paragraphs, 0),
    };
    return { terms: found.slice(0, limit), sums };
  }

  async similar(term: Term, options: SimilarOptions): Promise<(TermStatistics & { edits: number })[]> {
    const { leastArticles, limit, maxEdits } = options;
    this.walks++;
    return this.#select((other, [articles]) => other !== term && articles >= leastArticles)
      .map((statistics) => ({ ...statistics, edits: countEdits(term, statistics.term) }))
      .filter(({ edits }) => edits <= maxEdits)
      .sort((a, b) => a.edits - b.edits || b.paragraphs - a.paragraphs)
      .slice(0, limit);
  }

  #select(isWanted: (term: Term, entry: FakeTerm) => boolean): TermStatistics[] {
    return [...this.#terms]
      .filter(([term, entry]) => isWanted(term as Term, entry))
      .map(([term]) => this.#statistics(term));
  }

  #statistics(term: string): TermStatistics {
    const [articles] = this.#terms.get(term) ?? [0];
    return { term: term as Term, articles, paragraphs: 2 * articles };
  }
}

/** Optimal string alignment, by the textbook. */
export function countEdits(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j));
  const cell = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const substituted = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? cell(i - 2, j - 2) + 1 : substituted;
      (table[i] as number[])[j] = Math.min(substituted, swapped, cell(i - 1, j) + 1, cell(i, j - 1) + 1);
    }
  }
  return cell(a.length, b.length);
}
