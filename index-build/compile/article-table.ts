/**
 * Collects what a segment says of each article and paragraph beside the posting lists: boundaries, lengths, places in
 * the text file, columns for filters, facets and sorting. Articles come in corpus order, new ones and those taken
 * over from the segment before alike.
 */
import type { Field } from '../../src/domain/article.ts';
import type { StatedWeight } from '../../src/domain/owner-choices.ts';
import type { Segment, StoredFacet } from '../../src/engine/embedded/segment.ts';

import { noDay } from '../../src/engine/embedded/segment-format.ts';

export interface ArticleRow extends StatedWeight {
  readonly id: string;
  readonly path: string;
  /** Days since 1970-01-01, or `noDay`. */
  readonly day: number;
  readonly facets: Readonly<Record<StoredFacet, readonly string[]>>;
  /** Words of the title, and of each paragraph's heading and body; 0 for a heading that stands with a paragraph before. */
  readonly titleLength: number;
  readonly headingLengths: ArrayLike<number>;
  readonly paragraphLengths: ArrayLike<number>;
  /** How many marks each paragraph has, and all of them behind each other. */
  readonly markCounts: ArrayLike<number>;
  readonly marks: ArrayLike<number>;
  /** Bytes in the text file: of the article's data, and of each paragraph. */
  readonly dataBytes: number;
  readonly paragraphBytes: ArrayLike<number>;
}

/** An article's row as an opened segment holds it. */
export function readArticleRow(segment: Segment, article: number): ArticleRow {
  const { sections } = segment;
  const start = sections.articleStarts[article] as number;
  const end = sections.articleStarts[article + 1] as number;
  const markStarts = sections.paragraphMarkStarts.subarray(start, end + 1);
  return {
    id: segment.ids.name(article),
    path: segment.paths.name(article),
    day: sections.articleDays[article] ?? noDay,
    weight: sections.articleWeights[article] as number,
    searchWeight: sections.articleSearchWeights[article] as number,
    facets: {
      source: segment.facetValues(article, 'source'),
      author: segment.facetValues(article, 'author'),
      tag: segment.facetValues(article, 'tag'),
      language: segment.facetValues(article, 'language'),
    },
    titleLength: sections.articleTitleLengths[article] as number,
    headingLengths: sections.paragraphHeadingLengths.subarray(start, end),
    paragraphLengths: sections.paragraphLengths.subarray(start, end),
    markCounts: markStarts.subarray(1).map((markEnd, paragraph) => markEnd - (markStarts[paragraph] as number)),
    marks: sections.paragraphMarks.subarray(markStarts[0], markStarts.at(-1)),
    dataBytes: sections.articleDataBytes[article] as number,
    paragraphBytes: sections.paragraphBytes.subarray(start, end),
  };
}

/** Sections of a segment with the marks of its paragraphs, by their names there. */
export type ArticleMarks = Pick<Segment['sections'], 'articleStarts' | 'paragraphMarkStarts' | 'paragraphMarks'>;

export class ArticleTable {
  readonly #rows: ArticleRow[] = [];
  readonly #articleStarts = [0];

  get articles(): number {
    return this.#rows.length;
  }

  get paragraphs(): number {
    return this.#articleStarts.at(-1) as number;
  }

  /** Returns the article's number. */
  add(row: ArticleRow): number {
    this.#rows.push(row);
    this.#articleStarts.push(this.paragraphs + row.paragraphLengths.length);
    return this.#rows.length - 1;
  }

  /** The article's language, or null. */
  language(article: number): string | null {
    return this.#rows[article]?.facets.language[0] ?? null;
  }

  totalLengths(): Record<Field, number> {
    let title = 0;
    let heading = 0;
    let body = 0;
    for (const row of this.#rows) {
      title += row.titleLength;
      heading += sum(row.headingLengths);
      body += sum(row.paragraphLengths);
    }
    return { title, heading, body };
  }

  sections() {
    const rows = this.#rows;
    const paragraphLengths = new Uint16Array(this.paragraphs);
    const paragraphHeadingLengths = new Uint16Array(this.paragraphs);
    const paragraphBytes = new Uint32Array(this.paragraphs);
    const articleTextStarts = new Float64Array(rows.length + 1);
    const paragraphMarkStarts = new Uint32Array(this.paragraphs + 1);
    const paragraphMarks = new Uint32Array(rows.reduce((total, row) => total + row.marks.length, 0));
    rows.forEach((row, article) => {
      const start = this.#articleStarts[article] as number;
      paragraphLengths.set(row.paragraphLengths, start);
      paragraphHeadingLengths.set(row.headingLengths, start);
      paragraphBytes.set(row.paragraphBytes, start);
      paragraphMarks.set(row.marks, paragraphMarkStarts[start]);
      for (let i = 0; i < row.markCounts.length; i++) {
        paragraphMarkStarts[start + i + 1] = (paragraphMarkStarts[start + i] as number) + (row.markCounts[i] as number);
      }
      articleTextStarts[article + 1] = (articleTextStarts[article] as number) + row.dataBytes + sum(row.paragraphBytes);
    });
    const ids = rows.map((row) => row.id);
    const [sourceNameStarts, sourceNames, sourceValueStarts, sourceValues] = this.#column('source');
    const [authorNameStarts, authorNames, authorValueStarts, authorValues] = this.#column('author');
    const [tagNameStarts, tagNames, tagValueStarts, tagValues] = this.#column('tag');
    const [languageNameStarts, languageNames, languageValueStarts, languageValues] = this.#column('language');
    const [articlePathStarts, articlePaths] = encodeNames(rows.map((row) => row.path));
    const [articleIdStarts, articleIds] = encodeNames(ids);
    return {
      paragraphLengths,
      paragraphHeadingLengths,
      paragraphMarkStarts,
      paragraphMarks,
      articleTitleLengths: Uint32Array.from(rows, (row) => row.titleLength),
      articleHeadingLengths: Uint32Array.from(rows, (row) => sum(row.headingLengths)),
      articleBodyLengths: Uint32Array.from(rows, (row) => sum(row.paragraphLengths)),
      articleStarts: Uint32Array.from(this.#articleStarts),
      articleDays: Int32Array.from(rows, (row) => row.day),
      articleWeights: Uint16Array.from(rows, (row) => row.weight),
      articleSearchWeights: Uint16Array.from(rows, (row) => row.searchWeight),
      sourceNameStarts,
      sourceNames,
      sourceValueStarts,
      sourceValues,
      authorNameStarts,
      authorNames,
      authorValueStarts,
      authorValues,
      tagNameStarts,
      tagNames,
      tagValueStarts,
      tagValues,
      languageNameStarts,
      languageNames,
      languageValueStarts,
      languageValues,
      articlePathStarts,
      articlePaths,
      articleIdStarts,
      articleIds,
      articlesById: Uint32Array.from(ids.map((_, article) => article).sort((a, b) => compare(ids[a], ids[b]))),
      articleTextStarts,
      articleDataBytes: Uint32Array.from(rows, (row) => row.dataBytes),
      paragraphBytes,
    };
  }

  #column(facet: StoredFacet): readonly [Uint32Array, Uint8Array, Uint32Array, Uint32Array] {
    const names = [...new Set(this.#rows.flatMap((row) => row.facets[facet]))].sort();
    const numbers = new Map(names.map((name, number) => [name, number]));
    const starts = [0];
    const values: number[] = [];
    for (const row of this.#rows) {
      const own = [...new Set(row.facets[facet].map((name) => numbers.get(name) as number))].sort((a, b) => a - b);
      values.push(...own);
      starts.push(values.length);
    }
    return [...encodeNames(names), Uint32Array.from(starts), Uint32Array.from(values)];
  }
}

/** Names as UTF-8 behind each other: starts, bytes. */
function encodeNames(names: readonly string[]): readonly [Uint32Array, Uint8Array] {
  const encoded = names.map((name) => Buffer.from(name, 'utf8'));
  const starts = new Uint32Array(names.length + 1);
  encoded.forEach((bytes, index) => {
    starts[index + 1] = (starts[index] as number) + bytes.length;
  });
  return [starts, Buffer.concat(encoded)];
}

function sum(numbers: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < numbers.length; i++) total += numbers[i] as number;
  return total;
}

function compare(a: string | undefined, b: string | undefined): number {
  return (a as string) < (b as string) ? -1 : 1;
}
