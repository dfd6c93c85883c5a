/**
 * Compiles an indexed batch into a run: joins what MiniSearch counted, per term and field, to the positions that were
 * written down beside it, article by article.
 */
import { type Field, fields } from '../src/domain/article.ts';
import type { Term } from '../src/domain/ids.ts';
import { fieldWeights } from '../src/domain/ranking.ts';
import { type ListEncoder, recordCodes } from '../src/engine/embedded/postings.ts';
import { encodeBound } from '../src/engine/embedded/saturation-bounds.ts';
import type { GroupedPositions, PositionLog } from './compile/position-log.ts';
import { type Run, RunWriter } from './compile/run.ts';

/** The part of MiniSearch's `toJSON()` that is read: terms in any order, per field number and paragraph a frequency. */
export interface CountedTerms {
  readonly index: readonly (readonly [string, Readonly<Record<string, Readonly<Record<string, number>>>>])[];
  readonly fieldIds: Readonly<Record<string, number>>;
}

/** Where the batch's articles begin and end, and how long its paragraphs are. */
export interface BatchShape {
  /** Each article's first paragraph, and the end of the last one. */
  readonly articleStarts: ArrayLike<number>;
  /** Words of each paragraph's body. */
  readonly bodyLengths: ArrayLike<number>;
}

export function compileBatch(
  { index, fieldIds }: CountedTerms,
  positions: Readonly<Record<Field, PositionLog>>,
  shape: BatchShape,
): Run {
  const columns = fields.map((field) => new FieldColumn(recordCodes[field], positions[field].group()));
  const numbers = fields.map((field) => String(fieldIds[field]));
  const articles = new ArticleEntries(shape);
  const writer = new RunWriter();
  for (const [term, byField] of [...index].sort(([a], [b]) => (a < b ? -1 : 1))) {
    columns.forEach((column, i) => {
      column.open(term as Term, byField[numbers[i] as string]);
    });
    articles.write(columns, writer.lists);
    writer.terms.add(term);
    writer.endTerm(articles.paragraphs, articles.textParagraphs);
  }
  return writer.finish();
}

/** A term's paragraphs in one field, ascending, walked by `paragraph` and `addTo`. */
class FieldColumn {
  readonly #code: number;
  readonly #weight: number;
  readonly #grouped: GroupedPositions;
  #positions: Uint32Array = new Uint32Array(0);
  #position = 0;
  readonly #paragraphs: number[] = [];
  readonly #frequencies: number[] = [];
  #at = 0;
  #length = 0;
  /** The next one, `Infinity` at the end. */
  paragraph = Number.POSITIVE_INFINITY;

  constructor(code: number, grouped: GroupedPositions) {
    this.#code = code;
    this.#weight =
      code === recordCodes.title ? 0 : code === recordCodes.heading ? fieldWeights.heading : fieldWeights.body;
    this.#grouped = grouped;
  }

  /** Of `paragraph`, as it counts for the paragraph: a title does not. */
  get weightedFrequency(): number {
    return this.#weight * (this.#frequencies[this.#at] as number);
  }

  open(term: Term, frequencies: Readonly<Record<string, number>> | undefined): void {
    this.#at = 0;
    this.#length = 0;
    this.#position = 0;
    if (frequencies !== undefined) {
      this.#positions = this.#grouped.positionsOf(term);
      // Keys that are array indexes come in ascending order.
      for (const paragraph in frequencies) {
        this.#paragraphs[this.#length] = Number(paragraph);
        this.#frequencies[this.#length++] = frequencies[paragraph] as number;
      }
    }
    this.#look();
  }

  /** Adds the record of `paragraph`, `first` being its article's first one, and goes on. */
  addTo(lists: ListEncoder, first: number): void {
    const end = this.#position + (this.#frequencies[this.#at] as number);
    lists.addRecord(this.paragraph - first, this.#code, this.#positions, this.#position, end);
    this.#position = end;
    this.#at++;
    this.#look();
  }

  #look(): void {
    this.paragraph = this.#at < this.#length ? (this.#paragraphs[this.#at] as number) : Number.POSITIVE_INFINITY;
  }
}

/** Writes the entries of a term, and counts its paragraphs on the way. */
class ArticleEntries {
  readonly #articleStarts: ArrayLike<number>;
  readonly #bodyLengths: ArrayLike<number>;
  readonly #articleOf: Uint32Array;
  paragraphs = 0;
  textParagraphs = 0;

  constructor({ articleStarts, bodyLengths }: BatchShape) {
    this.#articleStarts = articleStarts;
    this.#bodyLengths = bodyLengths;
    this.#articleOf = new Uint32Array(articleStarts[articleStarts.length - 1] ?? 0);
    for (let article = 0; article < articleStarts.length - 1; article++) {
      this.#articleOf.fill(article, articleStarts[article], articleStarts[article + 1]);
    }
  }

  /** The columns are in the order of the format: title, heading, body. */
  write(columns: readonly FieldColumn[], lists: ListEncoder): void {
    this.paragraphs = 0;
    this.textParagraphs = 0;
    let paragraph = least(columns);
    while (paragraph !== Number.POSITIVE_INFINITY) {
      const article = this.#articleOf[paragraph] as number;
      const first = this.#articleStarts[article] as number;
      const end = this.#articleStarts[article + 1] as number;
      lists.beginArticle();
      for (; paragraph < end; paragraph = least(columns)) this.#writeParagraph(paragraph, first, columns, lists);
      lists.endArticle(article);
    }
  }

  #writeParagraph(paragraph: number, first: number, columns: readonly FieldColumn[], lists: ListEncoder): void {
    let tf = 0;
    for (const column of columns) {
      if (column.paragraph !== paragraph) continue;
      tf += column.weightedFrequency;
      column.addTo(lists, first);
    }
    this.paragraphs++;
    if (tf === 0) return;
    this.textParagraphs++;
    lists.addBound(encodeBound(tf, this.#bodyLengths[paragraph] as number));
  }
}

function least(columns: readonly FieldColumn[]): number {
  let paragraph = Number.POSITIVE_INFINITY;
  for (const column of columns) if (column.paragraph < paragraph) paragraph = column.paragraph;
  return paragraph;
}
