/**
 * Puts a new segment together, article by article in corpus order: texts are written as they come, paragraphs are indexed
 * in batches. Memory is bounded by the batches in work and the compiled index, not by the texts.
 */
import { type ArticleRow, ArticleTable } from './compile/article-table.ts';
import { type CompiledSegment, compileSegment } from './compile/compile-segment.ts';
import type { MergeSource } from './compile/merge-runs.ts';
import { Crew } from './crew.ts';
import type { EncodedArticle } from './encode-article.ts';
import type { FileWriter } from './file-writer.ts';
import type { IndexedBatch } from './index-batch.ts';

/** Bounds the memory that MiniSearch takes. */
const batchParagraphs = 5_000;
const batchBytes = 16 * 1024 * 1024;

export class Assembly {
  readonly #table = new ArticleTable();
  readonly #texts: FileWriter;
  readonly #crew: Crew;
  readonly #sources: MergeSource[] = [];
  /** Batches that are being indexed, in corpus order. */
  readonly #indexing: Indexing[] = [];
  #batch = new Batch();
  #nextArticle = 0;
  #paragraphs = 0;

  /** Without a crew everything is indexed in this thread. */
  constructor(texts: FileWriter, crew = new Crew({ workers: 0 })) {
    this.#texts = texts;
    this.#crew = crew;
  }

  /** Of all articles so far. */
  get paragraphs(): number {
    return this.#paragraphs;
  }

  /** Adds an article that was read. Waits where too many batches are being indexed; throws what failed of them. */
  async add(article: EncodedArticle): Promise<void> {
    this.#batch.add(article, this.#nextArticle++);
    this.#paragraphs += article.paragraphBytes.length;
    await this.#texts.write(article.record);
    if (this.#batch.paragraphs >= batchParagraphs || this.#batch.bytes >= batchBytes) await this.#index();
  }

  /** Indexes what is left and compiles the segment. */
  async finish(): Promise<CompiledSegment> {
    await this.#index();
    while (this.#indexing.length > 0) await this.#takeIndexed();
    return compileSegment(this.#sources, this.#table);
  }

  async #index(): Promise<void> {
    const batch = this.#batch;
    this.#batch = new Batch();
    const indexed = this.#crew.index(batch.articles);
    // What fails ahead of its turn is told when it is its turn.
    indexed.catch(() => undefined);
    this.#indexing.push({ batch, indexed });
    while (this.#indexing.length > this.#crew.ahead) await this.#takeIndexed();
  }

  async #takeIndexed(): Promise<void> {
    const { batch, indexed } = this.#indexing.shift() as Indexing;
    const { run, lengths, marks } = await indexed;
    for (const row of batch.finishRows(lengths, marks)) this.#table.add(row);
    if (batch.paragraphs > 0) this.#sources.push({ run, articles: Int32Array.from(batch.numbers) });
  }
}

interface Indexing {
  readonly batch: Batch;
  readonly indexed: Promise<IndexedBatch>;
}

/** Articles that are indexed at once. */
class Batch {
  readonly articles: EncodedArticle[] = [];
  paragraphs = 0;
  bytes = 0;
  /** Of the articles in the segment. */
  readonly numbers: number[] = [];

  add(article: EncodedArticle, number: number): void {
    this.articles.push(article);
    this.numbers.push(number);
    this.paragraphs += article.paragraphBytes.length;
    this.bytes += article.record.length;
  }

  *finishRows(lengths: IndexedBatch['lengths'], { counts, marks }: IndexedBatch['marks']): Generator<ArticleRow> {
    let start = 0;
    let firstMark = 0;
    for (const { record: _, ...known } of this.articles) {
      const end = start + known.paragraphBytes.length;
      const markCounts = counts.subarray(start, end);
      const lastMark = markCounts.reduce((sum, count) => sum + count, firstMark);
      yield {
        ...known,
        titleLength: lengths.title[start] as number,
        headingLengths: lengths.heading.subarray(start, end),
        paragraphLengths: lengths.body.subarray(start, end),
        markCounts,
        marks: marks.subarray(firstMark, lastMark),
      };
      start = end;
      firstMark = lastMark;
    }
  }
}
