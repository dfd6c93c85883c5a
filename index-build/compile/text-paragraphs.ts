/** Reads which paragraphs hold a term in heading or body, out of its posting list. */
import { ArticleCursor, OccurrenceCursor, recordCodes } from '../../src/engine/embedded/postings.ts';
import type { Run } from './run.ts';

export class TextParagraphs {
  readonly #run: Run;
  readonly #articleStarts: Uint32Array;
  readonly #articles: ArticleCursor;
  readonly #records: OccurrenceCursor;
  /** What `read` found. */
  readonly found: Uint32Array;

  /** `articleStarts` as in a segment: the run's articles are numbered like it. */
  constructor(run: Run, articleStarts: Uint32Array) {
    this.#run = run;
    this.#articleStarts = articleStarts;
    this.#articles = new ArticleCursor({
      articles: { bytes: run.articleLists, start: 0, end: 0 },
      occurrences: { bytes: run.occurrences, start: 0, end: 0 },
    });
    this.#records = new OccurrenceCursor(run.occurrences);
    this.found = new Uint32Array(articleStarts.at(-1) ?? 0);
  }

  /** All paragraphs. */
  get total(): number {
    return this.found.length;
  }

  /** Writes the term's paragraphs to `found`, ascending, each once, and returns how many they are. */
  read(term: number): number {
    const run = this.#run;
    const articles = this.#articles;
    const records = this.#records;
    let length = 0;
    articles.open(
      run.articleListStarts[term] as number,
      run.articleListStarts[term + 1] as number,
      run.occurrenceStarts[term] as number,
    );
    while (articles.advance()) {
      const first = this.#articleStarts[articles.article] as number;
      let last = -1;
      records.open(articles.occurrencesStart, articles.occurrencesEnd);
      while (records.advanceOnly()) {
        if (records.code === recordCodes.title || records.paragraph === last) continue;
        last = records.paragraph;
        this.found[length++] = first + last;
      }
    }
    return length;
  }
}

/**
 * Stamps the first `length` of the paragraphs with `mark`. Those that did not have it are moved to the front, in order;
 * returns how many they are.
 */
export function keepNew(paragraphs: Uint32Array, length: number, stamps: Uint32Array, mark: number): number {
  let kept = 0;
  for (let i = 0; i < length; i++) {
    const paragraph = paragraphs[i] as number;
    if (stamps[paragraph] === mark) continue;
    stamps[paragraph] = mark;
    paragraphs[kept++] = paragraph;
  }
  return kept;
}
