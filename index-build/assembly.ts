/**
 * Puts a new snapshot together, article by article in corpus order: texts are written as they come, new paragraphs are
 * indexed in batches, articles of the snapshot before are taken over without reading or analyzing them again.
 * Memory is bounded by a batch and the compiled index, not by the texts.
 */
import type { ArticleData, Paragraph } from '../src/domain/article.ts';
import { LedeError } from '../src/domain/error.ts';
import type { OpenedSegment } from '../src/engine/embedded/open-snapshot.ts';
import { dayOf, noDay, type SegmentHeader } from '../src/engine/embedded/segment-format.ts';
import { encodeArticleData, encodeParagraph, readRecord } from '../src/engine/embedded/text-file.ts';
import { type ArticleRow, ArticleTable, readArticleRow } from './compile/article-table.ts';
import { compileSegment } from './compile/compile-segment.ts';
import type { MergeSource } from './compile/merge-runs.ts';
import { runOf } from './compile/run.ts';
import type { FileWriter } from './file-writer.ts';
import { type IndexedParagraph, indexBatch } from './index-batch.ts';
import type { PreparedArticle } from './prepare-article.ts';

/** Bounds the memory that MiniSearch takes. The time of other sizes was not compared. */
const batchParagraphs = 10_000;
const batchCharacters = 16 * 1024 * 1024;

export class Assembly {
  readonly #table = new ArticleTable();
  readonly #texts: FileWriter;
  readonly #before: OpenedSegment | null;
  /** New article numbers of the snapshot before; -1 = gone. */
  readonly #kept: Int32Array;
  readonly #sources: MergeSource[] = [];
  #pending: PreparedArticle[] = [];
  #pendingParagraphs = 0;
  #pendingCharacters = 0;
  /** Rows that wait for the lengths of their batch; taken-over ones wait with them to keep the order. */
  #rows: (ArticleRow | PreparedArticle)[] = [];
  #nextArticle = 0;
  readonly #numbers = new Map<PreparedArticle, number>();

  constructor(texts: FileWriter, before: OpenedSegment | null) {
    this.#texts = texts;
    this.#before = before;
    this.#kept = new Int32Array(before?.segment.header.articles ?? 0).fill(-1);
  }

  /** Adds an article that was read. */
  async add(article: PreparedArticle): Promise<void> {
    this.#rows.push(article);
    this.#numbers.set(article, this.#nextArticle++);
    this.#pending.push(article);
    this.#pendingParagraphs += article.paragraphs.length;
    await this.#texts.write(encodeArticleData(article.data));
    for (const paragraph of article.paragraphs) {
      this.#pendingCharacters += paragraph.text.length;
      await this.#texts.write(encodeParagraph(paragraph));
    }
    if (this.#pendingParagraphs >= batchParagraphs || this.#pendingCharacters >= batchCharacters) this.#indexPending();
  }

  /** Takes over an article of the snapshot before, by its number there. */
  async keep(article: number): Promise<void> {
    const { segment, texts } = this.#before as OpenedSegment;
    const { articleTextStarts } = segment.sections;
    this.#kept[article] = this.#nextArticle++;
    this.#rows.push(readArticleRow(segment, article));
    const from = articleTextStarts[article] as number;
    const record = await readRecord(texts, from, (articleTextStarts[article + 1] as number) - from);
    if (record === null) {
      throw new LedeError('incompatible', `the text file of the last build ends too early: run \`lede build --full\``);
    }
    await this.#texts.write(record);
  }

  /** Indexes what is left and compiles the segment. */
  finish(): { readonly header: SegmentHeader; readonly chunks: readonly Uint8Array[] } {
    this.#indexPending();
    if (this.#before !== null) {
      this.#sources.unshift({ run: runOf(this.#before.segment.sections), articles: this.#kept });
    }
    return compileSegment(this.#sources, this.#table);
  }

  #indexPending(): void {
    const starts = [0];
    for (const { paragraphs } of this.#pending) starts.push((starts.at(-1) as number) + paragraphs.length);
    const { run, lengths } = indexBatch(indexedParagraphs(this.#pending), starts);
    const rows = new Map<PreparedArticle, ArticleRow>();
    this.#pending.forEach((article, i) => {
      rows.set(article, rowOf(article, lengths, [starts[i] as number, starts[i + 1] as number]));
    });
    const articles = Int32Array.from(this.#pending, (article) => this.#numbers.get(article) as number);
    for (const row of this.#rows) this.#table.add('data' in row ? (rows.get(row) as ArticleRow) : row);
    if (this.#pendingParagraphs > 0) this.#sources.push({ run, articles });
    this.#rows = [];
    this.#pending = [];
    this.#pendingParagraphs = 0;
    this.#pendingCharacters = 0;
    this.#numbers.clear();
  }
}

function indexedParagraphs(articles: readonly PreparedArticle[]): IndexedParagraph[] {
  const indexed: IndexedParagraph[] = [];
  for (const { data, paragraphs } of articles) {
    let heading: string | null = null;
    paragraphs.forEach((paragraph, index) => {
      const isFirstBelow = paragraph.heading !== null && paragraph.heading !== heading;
      heading = paragraph.heading;
      indexed.push({
        id: indexed.length,
        title: index === 0 && !repeatsText(data, paragraph) ? data.title : '',
        heading: isFirstBelow ? (paragraph.heading as string) : '',
        body: paragraph.text,
      });
    });
  }
  return indexed;
}

/** A title that was made from the first words of the text would count them twice; one that was cut ends in `…`. */
function repeatsText({ title, guessed }: ArticleData, first: Paragraph): boolean {
  if (!guessed.includes('title')) return false;
  if (title.endsWith('…')) return first.text.startsWith(title.slice(0, -1));
  // The name of a file `art.txt` does not stand at the beginning of a text about Arthur.
  return first.text.startsWith(title) && !/^[\p{L}\p{N}\p{M}]/u.test(first.text.slice(title.length));
}

type Lengths = ReturnType<typeof indexBatch>['lengths'];

function rowOf(article: PreparedArticle, lengths: Lengths, [start, end]: readonly [number, number]): ArticleRow {
  const { data, paragraphs } = article;
  let headingLength = 0;
  for (let i = start; i < end; i++) headingLength += lengths.heading[i] as number;
  return {
    id: data.id,
    path: data.path,
    day: data.date === null ? noDay : dayOf(data.date),
    facets: {
      source: data.source === null ? [] : [data.source],
      author: data.authors,
      tag: data.tags,
      language: data.language === null ? [] : [data.language],
    },
    titleLength: lengths.title[start] as number,
    headingLength,
    paragraphLengths: lengths.body.subarray(start, end),
    dataBytes: encodeArticleData(data).length,
    paragraphBytes: paragraphs.map((paragraph) => encodeParagraph(paragraph).length),
  };
}
