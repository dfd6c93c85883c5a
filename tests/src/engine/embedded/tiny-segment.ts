/** Segments made in memory from a few lines of text, by the program's own compiler. */
import { ArticleTable } from '../../../../index-build/compile/article-table.ts';
import { compileSegment } from '../../../../index-build/compile/compile-segment.ts';
import { type IndexedParagraph, indexBatch } from '../../../../index-build/index-batch.ts';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import { Segment } from '../../../../src/engine/embedded/segment.ts';
import { noDay } from '../../../../src/engine/embedded/segment-format.ts';

export interface TinySource {
  readonly id?: string;
  readonly title?: string;
  readonly heading?: string;
  readonly language?: string;
  readonly tags?: readonly string[];
  readonly day?: number;
  /** Hundredths. */
  readonly weight?: number;
  /** Bodies of its paragraphs. */
  readonly paragraphs: readonly string[];
}

/** The bytes of the segment file. Title and heading stand with an article's first paragraph. */
export function bytesOf(articles: readonly TinySource[]): Uint8Array {
  const paragraphs = articles.flatMap(({ title = '', heading = '', paragraphs: bodies }) =>
    bodies.map((body, i) => (i === 0 ? { title, heading, body } : { title: '', heading: '', body })),
  );
  const indexed = paragraphs.map((paragraph, id): IndexedParagraph => ({ id, ...paragraph }));
  const articleStarts = [0];
  for (const { paragraphs: bodies } of articles) articleStarts.push((articleStarts.at(-1) as number) + bodies.length);
  const { run, lengths, marks } = indexBatch(indexed, articleStarts);
  const table = new ArticleTable();
  let first = 0;
  let firstMark = 0;
  for (const [number, { id, language, tags = [], day = noDay, weight = 0, paragraphs: bodies }] of articles.entries()) {
    const markCounts = marks.counts.subarray(first, first + bodies.length);
    const lastMark = markCounts.reduce((sum, count) => sum + count, firstMark);
    table.add({
      id: id ?? `a${number}`,
      path: `${id ?? `a${number}`}.md`,
      day,
      weight,
      searchWeight: 0,
      facets: { source: [], author: [], tag: tags, language: language === undefined ? [] : [language] },
      titleLength: lengths.title[first] ?? 0,
      headingLengths: lengths.heading.subarray(first, first + bodies.length),
      paragraphLengths: lengths.body.subarray(first, first + bodies.length),
      markCounts,
      marks: marks.marks.subarray(firstMark, lastMark),
      dataBytes: 10,
      paragraphBytes: bodies.map(({ length }) => length),
    });
    first += bodies.length;
    firstMark = lastMark;
  }
  const { chunks } = compileSegment([{ run, articles: Int32Array.from(articles.keys()) }], table);
  return new Uint8Array(Buffer.concat(chunks));
}

export function segmentOf(articles: readonly TinySource[]): Segment {
  return Segment.open('"segment.bin"', bytesOf(articles), fingerprint());
}

/** One article of these paragraphs. */
export function segmentOfTexts(...paragraphs: readonly string[]): Segment {
  return segmentOf([{ paragraphs }]);
}
