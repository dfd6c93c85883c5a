/**
 * Puts a new snapshot together, article by article in corpus order: texts are written as they come, new paragraphs are
 * indexed in batches, articles of the snapshot before are taken over without reading or analyzing them again.
 * Memory is bounded by a batch and the compiled index, not by the texts.
 */
import { LedeError } from '../src/domain/error.ts';
import type { OpenedSegment } from '../src/engine/embedded/open-snapshot.ts';
import type { SegmentHeader } from '../src/engine/embedded/segment-format.ts';
import { readRecord } from '../src/engine/embedded/text-file.ts';
import { type ArticleRow, ArticleTable, readArticleRow } from './compile/article-table.ts';
import { compileSegment } from './compile/compile-segment.ts';
import type { MergeSource } from './compile/merge-runs.ts';
import { runOf } from './compile/run.ts';
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
  readonly #before: OpenedSegment | null;
  readonly #crew: Crew;
  /** New article numbers of the snapshot before; -1 = gone. */
  readonly #kept: Int32Array;
  readonly #sources: MergeSource[] = [];
  /** Batches that are being indexed, in corpus order. */
  readonly #indexing: Indexing[] = [];
  #batch = new Batch();
  #nextArticle = 0;
  #paragraphs = 0;

  /** Without a crew everything is indexed in this thread. */
  constructor(texts: FileWriter, before: OpenedSegment | null, crew = new Crew({ workers: 0 })) {
    this.#texts = texts;
    this.#before = before;
    this.#crew = crew;
    this.#kept = new Int32Array(before?.segment.header.articles ?? 0).fill(-1);
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

  /** Takes over an article of the snapshot before, by its number there. */
  async keep(article: number): Promise<void> {
    const { segment, texts } = this.#before as OpenedSegment;
    const { articleTextStarts } = segment.sections;
    const row = readArticleRow(segment, article);
    this.#kept[article] = this.#nextArticle++;
    this.#paragraphs += row.paragraphLengths.length;
    this.#batch.rows.push(row);
    const from = articleTextStarts[article] as number;
    const record = await readRecord(texts, from, (articleTextStarts[article + 1] as number) - from);
    if (record === null) {
      throw new LedeError('incompatible', `the text file of the last build ends too early: run \`lede build --full\``);
    }
    await this.#texts.write(record);
  }

  /** Indexes what is left and compiles the segment. */
  async finish(): Promise<{ readonly header: SegmentHeader; readonly chunks: readonly Uint8Array[] }> {
    await this.#index();
    while (this.#indexing.length > 0) await this.#takeIndexed();
    if (this.#before !== null) {
      this.#sources.unshift({ run: runOf(this.#before.segment.sections), articles: this.#kept });
    }
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
    const { run, lengths } = await indexed;
    for (const row of batch.finishRows(lengths)) this.#table.add(row);
    if (batch.paragraphs > 0) this.#sources.push({ run, articles: Int32Array.from(batch.numbers) });
  }
}

interface Indexing {
  readonly batch: Batch;
  readonly indexed: Promise<IndexedBatch>;
}

/** Articles that are indexed at once, and the rows up to the last of them. */
class Batch {
  readonly articles: EncodedArticle[] = [];
  /** Rows that wait for the lengths of their batch; taken-over ones wait with them to keep the order. */
  readonly rows: (ArticleRow | EncodedArticle)[] = [];
  paragraphs = 0;
  bytes = 0;
  /** Of the articles in the segment. */
  readonly numbers: number[] = [];

  add(article: EncodedArticle, number: number): void {
    this.articles.push(article);
    this.rows.push(article);
    this.numbers.push(number);
    this.paragraphs += article.paragraphBytes.length;
    this.bytes += article.record.length;
  }

  *finishRows(lengths: IndexedBatch['lengths']): Generator<ArticleRow> {
    let start = 0;
    for (const row of this.rows) {
      if (!('record' in row)) {
        yield row;
        continue;
      }
      const { record: _, ...known } = row;
      const end = start + row.paragraphBytes.length;
      let headingLength = 0;
      for (let i = start; i < end; i++) headingLength += lengths.heading[i] as number;
      const titleLength = lengths.title[start] as number;
      yield { ...known, titleLength, headingLength, paragraphLengths: lengths.body.subarray(start, end) };
      start = end;
    }
  }
}
