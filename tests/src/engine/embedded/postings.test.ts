import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ByteWriter,
  encodePostings,
  PositionsCursor,
  type Postings,
  PostingsCursor,
} from '../../../../src/engine/embedded/postings.ts';

/** One paragraph of a list: its number and the positions of the term in it. */
type Posting = readonly [paragraph: number, positions: readonly number[]];

function encode(list: readonly Posting[]): { readonly postings: Uint8Array; readonly positions: Uint8Array } {
  const encoded: Postings = {
    paragraphs: list.map(([paragraph]) => paragraph),
    frequencies: list.map(([, positions]) => positions.length),
    positions: list.flatMap(([, positions]) => positions),
  };
  const [postings, positions] = [new ByteWriter(1), new ByteWriter(1)];
  encodePostings(encoded, postings, positions);
  return { postings: postings.finish(), positions: positions.finish() };
}

function decode({ postings, positions }: ReturnType<typeof encode>): Posting[] {
  const cursor = new PostingsCursor(postings, 0, postings.length);
  const reader = new PositionsCursor(positions, 0);
  const found: Posting[] = [];
  while (cursor.advance()) {
    const places: number[] = [];
    reader.read(cursor.frequency, places);
    found.push([cursor.paragraph, places]);
  }
  return found;
}

const ascending = (max: number, maxLength: number) =>
  fc.uniqueArray(fc.nat(max), { minLength: 1, maxLength }).map((all) => all.sort((a, b) => a - b));
const lists = ascending(2 ** 30 - 1, 20).chain((paragraphs) =>
  fc.tuple(...paragraphs.map((paragraph) => fc.tuple(fc.constant(paragraph), ascending(2 ** 31 - 1, 8)))),
);

describe('a posting list', () => {
  it('comes back as it was encoded', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(decode(encode(list))).toEqual(list);
      }),
    );
  });

  it.each<[what: string, list: readonly Posting[], postingBytes: number, positionBytes: number]>([
    ['nothing', [], 0, 0],
    ['the first paragraph once', [[0, [0]]], 1, 1],
    [
      'neighbours once each, a byte each',
      [
        [0, [5]],
        [1, [5]],
        [2, [5]],
      ],
      3,
      3,
    ],
    ['a paragraph twice: its frequency takes a byte', [[0, [1, 2]]], 2, 2],
    ['a gap of 63', [[63, [0]]], 1, 1],
    ['a gap of 64: two bytes', [[64, [0]]], 2, 1],
    [
      'a great gap',
      [
        [0, [0]],
        [2 ** 30 - 1, [0]],
      ],
      6,
      2,
    ],
    ['a position of 128: two bytes', [[0, [128]]], 1, 2],
    ['two positions far behind, near to each other', [[0, [10_000, 10_001]]], 2, 3],
    ['more than 127 in one paragraph', [[3, Array.from({ length: 200 }, (_, i) => i * 2)]], 3, 200],
  ])('holds %s', (_, list, postingBytes, positionBytes) => {
    const encoded = encode(list);
    expect(decode(encoded)).toEqual(list);
    expect(encoded.postings).toHaveLength(postingBytes);
    expect(encoded.positions).toHaveLength(positionBytes);
  });

  it('may be walked without its positions, or with some of them', () => {
    fc.assert(
      fc.property(lists, fc.nat(2), (list, wanted) => {
        const { postings, positions } = encode(list);
        const cursor = new PostingsCursor(postings, 0, postings.length);
        const reader = new PositionsCursor(positions, 0);
        const found: Posting[] = [];
        for (let i = 0; cursor.advance(); i++) {
          const places: number[] = [];
          if (i % 3 === wanted) reader.read(cursor.frequency, places);
          else reader.skip(cursor.frequency);
          found.push([cursor.paragraph, places]);
        }
        expect(found).toEqual(list.map(([paragraph, places], i) => [paragraph, i % 3 === wanted ? places : []]));
      }),
    );
  });

  it('stands among others, each read from its own start', () => {
    const [postings, positions] = [new ByteWriter(), new ByteWriter()];
    encodePostings({ paragraphs: [7], frequencies: [2], positions: [1, 9] }, postings, positions);
    const [start, place] = [postings.length, positions.length];
    encodePostings({ paragraphs: [3, 5], frequencies: [1, 1], positions: [4, 2] }, postings, positions);
    const cursor = new PostingsCursor(postings.finish(), start, postings.length);
    const reader = new PositionsCursor(positions.finish(), place);
    const into = [99, 99];
    expect([cursor.advance(), cursor.paragraph, cursor.frequency]).toEqual([true, 3, 1]);
    reader.readAt(1, into, 1);
    expect([cursor.advance(), cursor.paragraph]).toEqual([true, 5]);
    reader.readAt(1, into, 0);
    expect(into).toEqual([2, 4]);
    expect(cursor.advance()).toBe(false);
    expect(cursor.advance()).toBe(false);
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
});
