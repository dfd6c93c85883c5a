/** The oracle's dictionary: every question is answered by looking at all words of all texts. */
import { stem, stemLanguages } from '../../../src/analysis/stem.ts';
import type { Term } from '../../../src/domain/ids.ts';
import type { DocumentFrequency } from '../../../src/domain/plan.ts';
import type { CorpusSize, SimilarOptions, Stem, TermDictionary, TermStatistics } from '../../../src/engine/engine.ts';
import type { IndexedText, OracleArticle } from './texts.ts';

export class OracleDictionary implements TermDictionary {
  readonly #articles: readonly OracleArticle[];
  readonly #texts: readonly IndexedText[];
  readonly #terms: readonly TermStatistics[];

  constructor(articles: readonly OracleArticle[], texts: readonly IndexedText[]) {
    this.#articles = articles;
    this.#texts = texts;
    this.#terms = statisticsOf(articles, texts).terms;
  }

  async size(): Promise<CorpusSize> {
    const languages = new Map<string, number>();
    for (const { data } of this.#articles) {
      if (data.language !== null) languages.set(data.language, (languages.get(data.language) ?? 0) + 1);
    }
    const paragraphs = this.#articles.flatMap((article) => article.paragraphs).length;
    return { articles: this.#articles.length, paragraphs, languages };
  }

  async lookup(terms: readonly Term[]): Promise<(TermStatistics | null)[]> {
    return terms.map((term) => this.#terms.find((known) => known.term === term) ?? null);
  }

  async languages(): Promise<string[]> {
    const languages = this.#articles.flatMap(({ data }) => data.language ?? []);
    return [...new Set(languages)].filter((language) => stemLanguages.includes(language)).sort(compareText);
  }

  async families(stems: readonly Stem[]): Promise<TermStatistics[][]> {
    return stems.map((wanted) =>
      this.#terms.filter(({ term }) => stem(term, wanted.language) === wanted.stem && this.#isIn(term, wanted)),
    );
  }

  async completions(prefix: Term, limit: number): Promise<{ terms: TermStatistics[]; sums: DocumentFrequency }> {
    const found = this.#terms.filter(({ term }) => term.startsWith(prefix)).sort(byFrequency);
    const sums = {
      articles: found.reduce((sum, { articles }) => sum + articles, 0),
      paragraphs: found.reduce((sum, { paragraphs }) => sum + paragraphs, 0),
    };
    return { terms: found.slice(0, limit), sums };
  }

  async similar(term: Term, options: SimilarOptions): Promise<(TermStatistics & { edits: number })[]> {
    const { leastArticles, limit, maxEdits } = options;
    return this.#terms
      .filter((other) => other.term !== term && other.articles >= leastArticles)
      .map((other) => ({ ...other, edits: editsBetween(other.term, term) }))
      .filter(({ edits }) => edits <= maxEdits)
      .sort((a, b) => a.edits - b.edits || byFrequency(a, b))
      .slice(0, limit);
  }

  async together(terms: readonly Term[], others: readonly Term[]): Promise<number[][]> {
    return terms.map((term) =>
      others.map((other) => this.#articles.filter((_, article) => this.#holds(article, term, other)).length),
    );
  }

  #holds(article: number, ...terms: readonly Term[]): boolean {
    const own = this.#texts.filter((text) => text.article === article).flatMap(({ words }) => words.flat());
    return terms.every((term) => own.includes(term));
  }

  /** Whether an article of the language holds the term. */
  #isIn(term: Term, { language }: Stem): boolean {
    return this.#texts.some(
      ({ article, words }) => this.#articles[article]?.data.language === language && words.flat().includes(term),
    );
  }
}

/**
 * All terms, ascending. A title counts for the first paragraph of its article, as everything else that is said of
 * terms and paragraphs: a term that stands in titles only is in one paragraph of each.
 */
export function statisticsOf(articles: readonly OracleArticle[], texts: readonly IndexedText[]) {
  const firsts: number[] = [];
  let next = 0;
  for (const { paragraphs } of articles) {
    firsts.push(next);
    next += paragraphs.length;
  }
  const held = new Map<Term, { readonly paragraphs: Set<number>; readonly articles: Set<number> }>();
  for (const { article, paragraph, words } of texts) {
    for (const term of words.flat()) {
      const entry = held.get(term) ?? { paragraphs: new Set(), articles: new Set() };
      entry.paragraphs.add(paragraph ?? (firsts[article] as number));
      entry.articles.add(article);
      held.set(term, entry);
    }
  }
  const terms = [...held].map(
    ([term, entry]): TermStatistics => ({ term, paragraphs: entry.paragraphs.size, articles: entry.articles.size }),
  );
  return { terms: terms.sort((a, b) => compareText(a.term, b.term)) };
}

function byFrequency(a: TermStatistics, b: TermStatistics): number {
  return b.paragraphs - a.paragraphs || compareText(a.term, b.term);
}

/** Optimal string alignment by its textbook recurrence, on UTF-16 units. */
export function editsBetween(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] as number;
  for (let i = 0; i <= a.length; i++) {
    const row = table[i] as number[];
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        row[j] = i + j;
        continue;
      }
      const isSame = a[i - 1] === b[j - 1];
      const edits = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1)];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) edits.push(at(i - 2, j - 2) + 1);
      row[j] = Math.min(...edits);
    }
  }
  return at(a.length, b.length);
}

/** By UTF-16 units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
