/**
 * Merges runs into one, term by term, without tokenizing again: articles get their new numbers, those that are gone are
 * left out, occurrences are copied as they are.
 */
import { ArticleCursor, OccurrenceCursor } from '../../src/engine/embedded/postings.ts';
import { type Run, RunWriter } from './run.ts';
import { TermQueue } from './term-queue.ts';

export interface MergeSource {
  readonly run: Run;
  /** Old article number → new one, ascending where not -1; -1 = gone. No two articles get one number. */
  readonly articles: Int32Array;
}

/** Sources may come in any order, their new numbers may interleave. Terms without articles vanish. */
export function mergeRuns(sources: readonly MergeSource[]): Run {
  const ordered = sources
    .map((source) => new SourceArticles(source))
    .filter((source) => source.kept > 0)
    .sort((a, b) => a.first - b.first);
  const isInSequence = ordered.every((source, i) => i === 0 || (ordered[i - 1] as SourceArticles).last < source.first);
  const queue = new TermQueue(ordered.map(({ run }) => run));
  const writer = new RunWriter(capacities(ordered));
  const places: SourceArticles[] = [];
  while (queue.take()) {
    places.length = 0;
    for (let i = 0; i < queue.places; i++) {
      const source = ordered[queue.placeRuns[i] as number] as SourceArticles;
      source.open(queue.placeTerms[i] as number);
      places.push(source);
    }
    if (isInSequence || places.length === 1) for (const source of places) source.copyUntil(ended, writer);
    else interleave(places, writer);
    endTerm(queue, places, writer);
  }
  return writer.finish();
}

/** Stands for the number of the article behind the last one. */
const ended = Number.POSITIVE_INFINITY;

/** Copies from the place that is behind until it gets before another one. */
function interleave(places: readonly SourceArticles[], writer: RunWriter): void {
  for (;;) {
    let least: SourceArticles | null = null;
    let limit = ended;
    for (const source of places) {
      if (source.article === ended) continue;
      if (least === null || source.article < least.article) {
        if (least !== null) limit = least.article;
        least = source;
      } else if (source.article < limit) limit = source.article;
    }
    if (least === null) return;
    least.copyUntil(limit, writer);
  }
}

function endTerm(queue: TermQueue, places: readonly SourceArticles[], writer: RunWriter): void {
  let copied = 0;
  let paragraphs = 0;
  for (const source of places) {
    copied += source.copied;
    paragraphs += source.paragraphs;
  }
  if (copied === 0) return;
  const { run } = places[0] as SourceArticles;
  const term = queue.placeTerms[0] as number;
  writer.terms.addUnits(run.termUnits, run.termStarts[term] as number, run.termStarts[term + 1] as number);
  writer.endTerm(paragraphs);
}

/**
 * Exact for occurrences where nothing is gone. Room that is never written takes no memory, growing takes twice as much as
 * there is.
 */
function capacities(sources: readonly SourceArticles[]) {
  let articleLists = 0;
  let occurrences = 0;
  for (const { run, kept, gone } of sources) {
    const share = Math.min(1, (kept / (kept + gone)) * 1.1);
    articleLists += Math.ceil(share * run.articleLists.length) + run.termStarts.length * 2;
    occurrences += Math.ceil(share * run.occurrences.length);
  }
  return { articleLists, occurrences };
}

/** One source's articles of a term, in their new numbers: those that are gone are passed over. */
class SourceArticles {
  readonly run: Run;
  readonly kept: number;
  readonly gone: number;
  /** New numbers of the first and last article that is kept. */
  readonly first: number;
  readonly last: number;
  readonly #articles: Int32Array;
  readonly #cursor: ArticleCursor;
  readonly #occurrences: OccurrenceCursor;
  /** The current article, or `ended`. */
  article = ended;
  /** Entries copied of the term, and how many paragraphs they are. */
  copied = 0;
  paragraphs = 0;
  /** Counts are of what is gone, taken off the run's own, or, where more is gone than kept, of what is kept. */
  readonly #countsGone: boolean;

  constructor({ run, articles }: MergeSource) {
    this.run = run;
    this.#articles = articles;
    let kept = 0;
    let last = -1;
    let first = ended;
    for (const article of articles) {
      if (article < 0) continue;
      if (kept++ === 0) first = article;
      last = article;
    }
    this.kept = kept;
    this.gone = articles.length - kept;
    this.first = first;
    this.last = last;
    this.#countsGone = this.gone <= kept;
    this.#cursor = new ArticleCursor({
      articles: { bytes: run.articleLists, start: 0, end: 0 },
      occurrences: { bytes: run.occurrences, start: 0, end: 0 },
    });
    this.#occurrences = new OccurrenceCursor(run.occurrences);
  }

  open(term: number): void {
    const { run } = this;
    this.#cursor.open(
      run.articleListStarts[term] as number,
      run.articleListStarts[term + 1] as number,
      run.occurrenceStarts[term] as number,
    );
    this.copied = 0;
    this.paragraphs = this.#countsGone ? (run.termParagraphs[term] as number) : 0;
    this.#advance();
  }

  /** Copies the articles below `limit`: their occurrences at once where nothing is gone between. */
  copyUntil(limit: number, { lists }: RunWriter): void {
    const cursor = this.#cursor;
    let start = cursor.occurrencesStart;
    let end = start;
    while (this.article < limit) {
      if (cursor.occurrencesStart !== end) {
        lists.occurrences.writeBytes(this.run.occurrences, start, end);
        start = cursor.occurrencesStart;
      }
      end = cursor.occurrencesEnd;
      lists.addEntry(this.article, cursor, end - cursor.occurrencesStart);
      this.copied++;
      if (!this.#countsGone) this.#count(1);
      this.#advance();
    }
    lists.occurrences.writeBytes(this.run.occurrences, start, end);
  }

  #advance(): void {
    const cursor = this.#cursor;
    while (cursor.advance()) {
      this.article = this.#articles[cursor.article] as number;
      if (this.article >= 0) return;
      if (this.#countsGone) this.#count(-1);
    }
    this.article = ended;
  }

  #count(sign: 1 | -1): void {
    const records = this.#occurrences;
    let last = -1;
    records.open(this.#cursor.occurrencesStart, this.#cursor.occurrencesEnd);
    while (records.advanceOnly()) {
      if (records.paragraph !== last) this.paragraphs += sign;
      last = records.paragraph;
    }
  }
}
