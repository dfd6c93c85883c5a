import { describe, expect, it } from 'vitest';
import { type ArticleRow, ArticleTable, readArticleRow } from '../../../index-build/compile/article-table.ts';
import { compileSegment } from '../../../index-build/compile/compile-segment.ts';
import { fingerprint } from '../../../src/analysis/analyze.ts';
import { Segment } from '../../../src/engine/embedded/segment.ts';
import { noDay } from '../../../src/engine/embedded/segment-format.ts';

const full: ArticleRow = {
  id: 'b#1',
  path: '2022/новини b.md',
  day: 19_247,
  weight: 250,
  searchWeight: 1000,
  facets: { source: ['Wire'], author: ['Zoë', 'Ann'], tag: ['war', 'sea', 'war'], language: ['en'] },
  titleLength: 3,
  headingLengths: [2, 0, 0],
  paragraphLengths: [5, 0, 65_535],
  markCounts: [2, 0, 1],
  marks: [7, 4_294_967_295, 0],
  dataBytes: 100,
  paragraphBytes: [10, 20, 70_000],
};

const bare: ArticleRow = {
  id: 'a',
  path: 'a.txt',
  day: noDay,
  weight: 0,
  searchWeight: 0,
  facets: { source: [], author: [], tag: [], language: [] },
  titleLength: 0,
  headingLengths: [0],
  paragraphLengths: [1],
  markCounts: [1],
  marks: [12],
  dataBytes: 7,
  paragraphBytes: [3],
};

function tableOf(...rows: readonly ArticleRow[]): ArticleTable {
  const table = new ArticleTable();
  for (const row of rows) table.add(row);
  return table;
}

function segmentOf(table: ArticleTable): Segment {
  return Segment.open('s', new Uint8Array(Buffer.concat(compileSegment([], table).chunks)), fingerprint());
}

describe('ArticleTable', () => {
  it('numbers articles in the order of adding, and their paragraphs behind each other', () => {
    const table = new ArticleTable();
    expect([table.add(full), table.add(bare)]).toEqual([0, 1]);
    expect([table.articles, table.paragraphs]).toEqual([2, 4]);
    expect([...table.sections().articleStarts]).toEqual([0, 3, 4]);
    expect([table.language(0), table.language(1), table.language(2)]).toEqual(['en', null, null]);
    expect(table.totalLengths()).toEqual({ title: 3, heading: 2, body: 65_541 });
  });

  it('gives an opened segment its rows back, values once and in order', () => {
    const segment = segmentOf(tableOf(full, bare));
    const [first, second] = [readArticleRow(segment, 0), readArticleRow(segment, 1)];
    expect({
      ...first,
      headingLengths: [...Array.from(first.headingLengths)],
      paragraphLengths: [...Array.from(first.paragraphLengths)],
      markCounts: [...Array.from(first.markCounts)],
      marks: [...Array.from(first.marks)],
      paragraphBytes: [...Array.from(first.paragraphBytes)],
    }).toEqual({
      ...full,
      facets: { ...full.facets, author: ['Ann', 'Zoë'], tag: ['sea', 'war'] },
    });
    expect({
      ...second,
      headingLengths: [...Array.from(second.headingLengths)],
      paragraphLengths: [...Array.from(second.paragraphLengths)],
      markCounts: [...Array.from(second.markCounts)],
      marks: [...Array.from(second.marks)],
      paragraphBytes: [...Array.from(second.paragraphBytes)],
    }).toEqual(bare);
  });

  it('gives the same bytes for rows that were read back', () => {
    const without = { headingLengths: [], paragraphLengths: [], markCounts: [], marks: [], paragraphBytes: [] };
    const rows = [full, bare, { ...bare, id: 'c', ...without }];
    const bytes = Buffer.concat(compileSegment([], tableOf(...rows)).chunks);
    const segment = Segment.open('s', new Uint8Array(bytes), fingerprint());
    const again = tableOf(...rows.map((_, article) => readArticleRow(segment, article)));
    expect(Buffer.concat(compileSegment([], again).chunks).equals(bytes)).toBe(true);
  });

  it('says where the text file holds each article', () => {
    const { articleTextStarts, articleDataBytes, paragraphBytes } = segmentOf(tableOf(full, bare)).sections;
    expect([...articleTextStarts]).toEqual([0, 70_130, 70_140]);
    expect([...articleDataBytes]).toEqual([100, 7]);
    expect([...paragraphBytes]).toEqual([10, 20, 70_000, 3]);
  });

  it('sorts articles by id, whatever their order', () => {
    const ids = ['b', 'a', 'Z', 'é', '東', 'a/1', '😀', '\uffee', '__proto__', ''];
    const segment = segmentOf(tableOf(...ids.map((id) => ({ ...bare, id }))));
    expect(ids.map((id) => segment.findArticle(id))).toEqual(ids.map((_, article) => article));
    expect(segment.findArticle('c')).toBe(-1);
  });
});
