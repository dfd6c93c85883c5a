import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import type { Field } from '../../../../src/domain/article.ts';
import { LedeError } from '../../../../src/domain/error.ts';
import { ArticleCursor, OccurrenceCursor } from '../../../../src/engine/embedded/postings.ts';
import { Segment } from '../../../../src/engine/embedded/segment.ts';
import {
  dayOf,
  noDay,
  type SegmentHeader,
  segmentKind,
  segmentSections,
} from '../../../../src/engine/embedded/segment-format.ts';
import { encodeContainer, openContainer } from '../../../../src/snapshot/container.ts';
import { bytesOf, segmentOf, type TinySource } from './tiny-segment.ts';

const articles: readonly TinySource[] = [
  { id: 'b', title: 'Harbour lights', paragraphs: ['quay by quay', 'lane'], tags: ['sea', 'law'], language: 'en' },
  { id: 'a', heading: 'Quay', paragraphs: ['lane and lane'], tags: ['law'], day: 19_000 },
];

/** Article, paragraph of the article and positions of each record. */
function recordsOf(segment: Segment, term: string, field: Field): [number, number, number[]][] {
  const list = segment.list(segment.terms.find(term));
  const articles = new ArticleCursor(list);
  const records = new OccurrenceCursor(list.occurrences.bytes);
  const found: [number, number, number[]][] = [];
  while (articles.advance()) {
    records.open(articles.occurrencesStart, articles.occurrencesEnd);
    while (records.advance()) {
      if (records.field !== field) continue;
      found.push([articles.article, records.paragraph, records.positions.slice(0, records.frequency)]);
    }
  }
  return found;
}

/** The same segment with another header. */
function withHeader(change: (header: SegmentHeader) => unknown): Uint8Array {
  const opened = openContainer('x', bytesOf(articles), { kind: segmentKind, types: segmentSections });
  const header = change(opened.header as SegmentHeader);
  const { sections } = opened;
  return new Uint8Array(
    Buffer.concat(encodeContainer({ kind: segmentKind, header, types: segmentSections, sections })),
  );
}

function refusalOf(bytes: Uint8Array, analyzer = fingerprint()): LedeError {
  try {
    Segment.open('"segment.bin"', bytes, analyzer);
  } catch (error) {
    if (error instanceof LedeError) return error;
    throw error;
  }
  throw new Error('it was opened');
}

describe('a segment', () => {
  const segment = segmentOf(articles);

  it('holds its terms in order, with how many paragraphs and articles hold each', () => {
    const { termParagraphs, termArticles } = segment.sections;
    const terms = Array.from({ length: segment.terms.size }, (_, i) => [
      segment.terms.key(i),
      termParagraphs[i],
      termArticles[i],
    ]);
    expect(terms).toEqual([
      ['and', 1, 1],
      ['by', 1, 1],
      ['harbour', 1, 1],
      ['lane', 2, 2],
      ['lights', 1, 1],
      ['quay', 2, 2],
    ]);
  });

  it.each<[term: string, field: Field, records: [number, number, number[]][]]>([
    ['quay', 'body', [[0, 0, [0, 2]]]],
    ['quay', 'heading', [[1, 0, [0]]]],
    ['quay', 'title', []],
    [
      'lane',
      'body',
      [
        [0, 1, [0]],
        [1, 0, [0, 2]],
      ],
    ],
    ['lights', 'title', [[0, 0, [1]]]],
  ])('holds where %j stands in the %s', (term, field, records) => {
    expect(recordsOf(segment, term, field)).toEqual(records);
  });

  it('finds articles by id, and the article of a paragraph', () => {
    expect(['a', 'b', 'c', '', '__proto__'].map((id) => segment.findArticle(id))).toEqual([1, 0, -1, -1, -1]);
    expect([0, 1, 2].map((paragraph) => segment.articleOf(paragraph))).toEqual([0, 0, 1]);
    expect([segment.paths.name(0), segment.paths.name(1)]).toEqual(['b.md', 'a.md']);
  });

  it('finds the article of a paragraph beside articles without any', () => {
    const sparse = segmentOf([
      { paragraphs: [] },
      { paragraphs: ['x'] },
      { paragraphs: [] },
      { paragraphs: ['y', 'z'] },
    ]);
    expect([0, 1, 2].map((paragraph) => sparse.articleOf(paragraph))).toEqual([1, 3, 3]);
  });

  it('holds article data for filters: values in order, days, lengths', () => {
    expect([segment.facetValues(0, 'tag'), segment.facetValues(1, 'tag')]).toEqual([['law', 'sea'], ['law']]);
    expect([segment.facetValues(0, 'language'), segment.facetValues(1, 'language')]).toEqual([['en'], []]);
    expect([...segment.sections.articleDays]).toEqual([noDay, 19_000]);
    expect([...segment.sections.paragraphLengths]).toEqual([3, 1, 3]);
    expect(segment.header.lengths).toEqual({ title: 2, heading: 1, body: 7 });
  });

  it('may be empty', () => {
    const empty = segmentOf([]);
    expect([empty.terms.size, empty.findArticle('a'), empty.header.paragraphs]).toEqual([0, -1, 0]);
  });

  it('is refused if another version made it', () => {
    const { code, message } = refusalOf(withHeader((header) => ({ ...header, format: 77 })));
    expect(code).toBe('incompatible');
    expect(message).toMatch(
      /^"segment\.bin" has segment format 77, this version of Lede reads \d+: run `lede build --full`$/,
    );
  });

  it('is refused if its words were analyzed in another way', () => {
    const { code, message } = refusalOf(bytesOf(articles), 'words-99 unicode-1');
    expect(code).toBe('incompatible');
    expect(message).toContain(`was analyzed by "${fingerprint()}", this version analyzes by "words-99 unicode-1"`);
  });

  it.each<[what: string, change: (header: SegmentHeader) => unknown]>([
    ['is nothing', () => null],
    ['is a text', () => 'header'],
    ['counts too many articles', (header) => ({ ...header, articles: 1e9 })],
    ['counts too few paragraphs', (header) => ({ ...header, paragraphs: 0 })],
    ['counts no terms', ({ terms: _, ...header }) => header],
  ])('is refused if its header %s', (_, change) => {
    const { code, message } = refusalOf(withHeader(change));
    expect(code).toBe('incompatible');
    expect(message).toMatch(/^"segment\.bin" .*run `lede build --full`$/);
  });
});

describe('dayOf', () => {
  it.each([
    ['1970-01-01', 0],
    ['1970-01-02', 1],
    ['1969-12-31', -1],
    ['2022-09-12', 19_247],
    ['2000-02-29', 11_016],
    ['0001-01-01', -719_162],
    ['9999-12-31', 2_932_896],
  ])('counts for %s %i days', (date, days) => {
    expect(dayOf(date)).toBe(days);
  });
});
