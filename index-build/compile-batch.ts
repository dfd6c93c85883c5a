/** Compiles an indexed batch into a run, article by article. */
import { type Field, fields } from '../src/domain/article.ts';
import type { Term } from '../src/domain/ids.ts';
import { paragraphWeights } from '../src/domain/ranking.ts';
import { type ListEncoder, recordCodes } from '../src/engine/embedded/postings.ts';
import { encodeBound } from '../src/engine/embedded/saturation-bounds.ts';
import type { TermPostings } from './compile/position-log.ts';
import { type Run, RunWriter } from './compile/run.ts';

/** A term of a batch with its lists; fields that lack it are left out. */
export interface TermLists {
  readonly term: Term;
  readonly lists: Readonly<Partial<Record<Field, TermPostings>>>;
}

/** Where the batch's articles begin and end, and how long its paragraphs are. */
export interface BatchShape {
  /** Each article's first paragraph, and the end of the last one. */
  readonly articleStarts: ArrayLike<number>;
  /** Words of each paragraph's body. */
  readonly bodyLengths: ArrayLike<number>;
}

/** `entries` come in ascending order of their terms. */
export function compileBatch(entries: Iterable<TermLists>, shape: BatchShape): Run {
  const columns = fields.map((field) => new FieldColumn(recordCodes[field]));
  const articles = new ArticleEntries(shape);
  const writer = new RunWriter();
  for (const { term, lists } of entries) {
    columns.forEach((column, i) => {
      column.open(lists[fields[i] as Field] ?? noPostings);
    });
    articles.write(columns, writer.lists);
    writer.terms.add(term);
    writer.endTerm(articles.paragraphs);
  }
  return writer.finish();
}

const none = new Uint32Array(0);
const noPostings: TermPostings = { paragraphs: none, frequencies: none, positions: none };

/** A term's paragraphs in one field, ascending, walked by `paragraph` and `addTo`. */
class FieldColumn {
  readonly #code: number;
  readonly #weight: number;
  #list = noPostings;
  #position = 0;
  #at = 0;
  /** The next one, `Infinity` at the end. */
  paragraph = Number.POSITIVE_INFINITY;

  constructor(code: number) {
    this.#code = code;
    this.#weight =
      code === recordCodes.title ? 0 : code === recordCodes.heading ? paragraphWeights.heading : paragraphWeights.body;
  }

  /** Of `paragraph`, as it counts for the paragraph: a title does not. */
  get weightedFrequency(): number {
    return this.#weight * (this.#list.frequencies[this.#at] as number);
  }

  open(list: TermPostings): void {
    this.#list = list;
    this.#at = 0;
    this.#position = 0;
    this.#look();
  }

  /** Adds the record of `paragraph`, `first` being its article's first one, and goes on. */
  addTo(lists: ListEncoder, first: number): void {
    const end = this.#position + (this.#list.frequencies[this.#at] as number);
    lists.addRecord(this.paragraph - first, this.#code, this.#list.positions, this.#position, end);
    this.#position = end;
    this.#at++;
    this.#look();
  }

  #look(): void {
    this.paragraph = this.#list.paragraphs[this.#at] ?? Number.POSITIVE_INFINITY;
  }
}

/** Writes the entries of a term, and counts its paragraphs on the way. */
class ArticleEntries {
  readonly #articleStarts: ArrayLike<number>;
  readonly #bodyLengths: ArrayLike<number>;
  readonly #articleOf: Uint32Array;
  paragraphs = 0;

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
    if (tf > 0) lists.addBound(encodeBound(tf, this.#bodyLengths[paragraph] as number));
  }
}

function least(columns: readonly FieldColumn[]): number {
  let paragraph = Number.POSITIVE_INFINITY;
  for (const column of columns) if (column.paragraph < paragraph) paragraph = column.paragraph;
  return paragraph;
}
