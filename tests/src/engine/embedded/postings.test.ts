import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Field, fields } from '../../../../src/domain/article.ts';
import {
  ArticleCursor,
  ByteWriter,
  ListEncoder,
  OccurrenceCursor,
  type OccurrenceRecord,
} from '../../../../src/engine/embedded/postings.ts';

type Article = readonly [article: number, records: readonly OccurrenceRecord[]];

interface Encoded {
  readonly articleLists: Uint8Array;
  readonly occurrences: Uint8Array;
}

function encode(list: readonly Article[]): Encoded {
  const encoder = new ListEncoder({ articleLists: 1, occurrences: 1 });
  for (const [article, records] of list) encoder.addRecords(article, records);
  return { articleLists: encoder.articleLists.finish(), occurrences: encoder.occurrences.finish() };
}

function cursorOf({ articleLists, occurrences }: Encoded): ArticleCursor {
  return new ArticleCursor({
    articles: { bytes: articleLists, start: 0, end: articleLists.length },
    occurrences: { bytes: occurrences, start: 0, end: occurrences.length },
  });
}

function decode(encoded: Encoded): Article[] {
  const articles = cursorOf(encoded);
  const records = new OccurrenceCursor(encoded.occurrences);
  const found: Article[] = [];
  while (articles.advance()) {
    const own: OccurrenceRecord[] = [];
    records.open(articles.occurrencesStart, articles.occurrencesEnd);
    while (records.advance()) {
      const { paragraph, field, frequency } = records;
      own.push({ paragraph, field, positions: records.positions.slice(0, frequency) });
    }
    found.push([articles.article, own]);
  }
  return found;
}

function frequencyOf(records: readonly OccurrenceRecord[], field: Field): number {
  return records.filter((one) => one.field === field).reduce((sum, { positions }) => sum + positions.length, 0);
}

const record = (paragraph: number, field: Field, ...positions: number[]): OccurrenceRecord => {
  return { paragraph, field, positions };
};

const numbers = (max: number) => fc.oneof(fc.nat(200), fc.constantFrom(63, 64, 127, 128, 8191, 8192), fc.nat(max));
const positions = fc
  .uniqueArray(numbers(2 ** 31 - 1), { minLength: 1, maxLength: 8 })
  .map((all) => all.sort((a, b) => a - b));
const records = fc
  .uniqueArray(fc.record({ paragraph: numbers(2 ** 29 - 1), field: fc.constantFrom(...fields), positions }), {
    minLength: 1,
    maxLength: 8,
    selector: (one) => `${one.paragraph} ${one.field}`,
  })
  .map((all) => all.sort((a, b) => a.paragraph - b.paragraph || fields.indexOf(a.field) - fields.indexOf(b.field)));
const lists: fc.Arbitrary<Article[]> = fc
  .uniqueArray(fc.tuple(numbers(2 ** 29 - 1), records), { maxLength: 12, selector: ([article]) => article })
  .map((all) => all.sort(([a], [b]) => a - b));

describe('a posting list', () => {
  it('comes back as it was encoded', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(decode(encode(list))).toEqual(list);
      }),
    );
  });

  it('tells the frequencies of each article without its occurrences', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const cursor = cursorOf(encode(list));
        const found: [number, number, number, number][] = [];
        while (cursor.advance()) found.push([cursor.article, cursor.title, cursor.heading, cursor.body]);
        expect(found).toEqual(
          list.map(([article, own]) => [article, ...fields.map((field) => frequencyOf(own, field))]),
        );
      }),
    );
  });

  it.each<[what: string, list: readonly Article[], articleBytes: number, occurrenceBytes: number]>([
    ['nothing', [], 0, 0],
    ['once in a body: a byte for the article, two for the place', [[0, [record(0, 'body', 5)]]], 1, 2],
    ['a position of 128: three bytes', [[0, [record(0, 'body', 128)]]], 1, 3],
    ['a far paragraph too: four bytes', [[0, [record(32, 'body', 128)]]], 1, 4],
    ['five bytes: the article says so', [[0, [record(32, 'body', 16_384)]]], 4, 5],
    [
      'neighbours, a byte each',
      [
        [0, [record(0, 'body', 1)]],
        [1, [record(0, 'body', 1)]],
      ],
      2,
      4,
    ],
    ['the article 31', [[31, [record(0, 'body', 0)]]], 1, 2],
    ['the article 32: two bytes', [[32, [record(0, 'body', 0)]]], 2, 2],
    ['once in a title', [[0, [record(0, 'title', 1)]]], 6, 3],
    ['once in a heading', [[0, [record(0, 'heading', 1)]]], 6, 3],
    ['twice in one body', [[0, [record(0, 'body', 1, 2)]]], 4, 4],
    ['in two bodies', [[0, [record(0, 'body', 1), record(1, 'body', 1)]]], 4, 4],
    [
      'in all fields of a paragraph',
      [[0, [record(3, 'title', 0), record(3, 'heading', 1), record(3, 'body', 2)]]],
      6,
      8,
    ],
    [
      'more than 127 in one paragraph',
      [[0, [record(0, 'body', ...Array.from({ length: 200 }, (_, i) => i * 2))]]],
      6,
      203,
    ],
    ['the last article and paragraph there can be', [[2 ** 29 - 1, [record(2 ** 29 - 1, 'body', 2 ** 31 - 1)]]], 8, 10],
  ])('holds %s', (_, list, articleBytes, occurrenceBytes) => {
    const encoded = encode(list);
    expect(decode(encoded)).toEqual(list);
    expect(encoded.articleLists).toHaveLength(articleBytes);
    expect(encoded.occurrences).toHaveLength(occurrenceBytes);
  });

  it('may be walked without positions, or with some of them', () => {
    fc.assert(
      fc.property(records, fc.nat(2), (own, wanted) => {
        const { occurrences } = encode([[7, own]]);
        const cursor = new OccurrenceCursor(occurrences);
        cursor.open(0, occurrences.length);
        for (const [i, { paragraph, field, positions: expected }] of own.entries()) {
          const isWanted = i % 3 === wanted;
          expect(isWanted ? cursor.advance() : cursor.advanceOnly()).toBe(true);
          expect([cursor.paragraph, cursor.field, cursor.frequency]).toEqual([paragraph, field, expected.length]);
          if (isWanted) expect(cursor.positions.slice(0, cursor.frequency)).toEqual(expected);
        }
        expect([cursor.advance(), cursor.advanceOnly()]).toEqual([false, false]);
      }),
    );
  });

  it('stands among others, each read from its own start', () => {
    const encoder = new ListEncoder();
    encoder.addRecords(7, [record(2, 'body', 1, 9)]);
    const [start, place] = [encoder.articleLists.length, encoder.occurrences.length];
    encoder.beginList();
    encoder.addRecords(3, [record(0, 'body', 4)]);
    encoder.addRecords(5, [record(1, 'title', 2)]);
    const cursor = cursorOf({ articleLists: encoder.articleLists.finish(), occurrences: encoder.occurrences.finish() });
    expect([cursor.advance(), cursor.article]).toEqual([true, 7]);
    cursor.open(start, encoder.articleLists.length, place);
    expect([cursor.advance(), cursor.article, cursor.body]).toEqual([true, 3, 1]);
    expect([cursor.occurrencesStart, cursor.occurrencesEnd]).toEqual([place, place + 2]);
    expect([cursor.advance(), cursor.article, cursor.title, cursor.body]).toEqual([true, 5, 1, 0]);
    expect([cursor.occurrencesStart, cursor.occurrencesEnd]).toEqual([place + 2, encoder.occurrences.length]);
    expect([cursor.advance(), cursor.advance()]).toEqual([false, false]);
  });

  it('takes the occurrences of another as they are', () => {
    fc.assert(
      fc.property(lists, fc.nat(1000), (list, shift) => {
        const moved = list
          .filter(([article]) => article < 2 ** 28)
          .map(([article, own]): Article => [article + shift, own]);
        const from = encode(list);
        const encoder = new ListEncoder();
        const cursor = cursorOf(from);
        while (cursor.advance() && cursor.article < 2 ** 28) {
          const { occurrencesStart, occurrencesEnd } = cursor;
          encoder.occurrences.writeBytes(from.occurrences, occurrencesStart, occurrencesEnd);
          encoder.addEntry(cursor.article + shift, cursor, occurrencesEnd - occurrencesStart);
        }
        expect(encoder.articleLists.finish()).toEqual(encode(moved).articleLists);
        expect(encoder.occurrences.finish()).toEqual(encode(moved).occurrences);
      }),
    );
  });
});

describe('ByteWriter', () => {
  it('grows as it is written', () => {
    const writer = new ByteWriter(1);
    for (let i = 0; i < 1000; i++) writer.writeVarint(i);
    expect(writer.length).toBe(128 + 2 * 872);
    const bytes = writer.finish();
    expect(bytes).toHaveLength(writer.length);
    expect([...bytes.subarray(0, 3), ...bytes.subarray(128, 130)]).toEqual([0, 1, 2, 0x80, 1]);
  });

  it.each([0, 1, 32, 33, 1000])('takes %i bytes of another array', (length) => {
    const source = Uint8Array.from({ length: length + 7 }, (_, i) => i);
    const writer = new ByteWriter(1);
    writer.writeVarint(5);
    writer.writeBytes(source, 3, 3 + length);
    expect(writer.finish()).toEqual(Uint8Array.of(5, ...source.subarray(3, 3 + length)));
  });
});
