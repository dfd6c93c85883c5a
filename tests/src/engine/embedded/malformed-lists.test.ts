/** Posting lists that do not add up, byte by byte, and which of those who read them find it. */
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import { emptySet, fullSet } from '../../../../src/engine/embedded/bit-set.ts';
import { Clock } from '../../../../src/engine/embedded/clock.ts';
import { findHolders } from '../../../../src/engine/embedded/find-holders.ts';
import { findPhrase } from '../../../../src/engine/embedded/find-phrase.ts';
import type { OpenedSegment } from '../../../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import { OccurrenceCursor } from '../../../../src/engine/embedded/postings.ts';
import { countPrefix } from '../../../../src/engine/embedded/prefix-frequencies.ts';
import { addArticles, addParagraphs } from '../../../../src/engine/embedded/read-lists.ts';
import { PhrasePlaces } from '../../../../src/engine/embedded/read-places.ts';
import { Segment } from '../../../../src/engine/embedded/segment.ts';
import { segmentKind, segmentSections } from '../../../../src/engine/embedded/segment-format.ts';
import { encodeContainer, openContainer } from '../../../../src/snapshot/container.ts';
import { bytesOf } from './tiny-segment.ts';

/** So many that the lists of all words with `x` are counted at once. */
const articles = 20_000;
// The first article has two paragraphs, all others one.
const whole = openContainer(
  'x',
  bytesOf(Array.from({ length: articles }, (_, n) => ({ paragraphs: n === 0 ? ['x xa xa', 'xa'] : ['xa xa'] }))),
  { kind: segmentKind, types: segmentSections },
);

/** Two words, of which `x` has these lists, in front of the other's. */
function segmentOf(lists: readonly number[], records: readonly number[]): Segment {
  const { sections, header } = whole;
  const behind = (own: readonly number[], name: 'articleLists' | 'occurrences', starts: Uint32Array) =>
    Uint8Array.from([...own, ...sections[name].subarray(starts[1])]);
  const articleLists = behind(lists, 'articleLists', sections.articleListStarts);
  const occurrences = behind(records, 'occurrences', sections.occurrenceStarts);
  const chunks = encodeContainer({
    kind: segmentKind,
    header,
    types: segmentSections,
    sections: {
      ...sections,
      articleLists,
      occurrences,
      articleListStarts: Uint32Array.of(0, lists.length, articleLists.length),
      occurrenceStarts: Uint32Array.of(0, records.length, occurrences.length),
    },
  });
  return Segment.open('"s"', new Uint8Array(Buffer.concat(chunks)), fingerprint());
}

const weights = { title: 3, heading: 2, body: 1 };
const covers = { title: true, heading: true };
const part = (segment: Segment) => ({ name: 's', segment, articleNumbers: null, firstParagraph: 0, removed: null });

const readers = {
  articles: (segment: Segment) => {
    const into = {
      numbers: null,
      tfs: new Float64Array(articles),
      bounds: new Float64Array(articles),
      titles: new Uint32Array(articles),
      headings: new Uint8Array(articles),
    };
    const weight = { weights, covers, odds: new Float64Array(256), onceOdds: 0, share: 1 };
    addArticles(segment, 0, weight, { ...into, articles: emptySet(articles), wanted: null });
  },
  paragraphs: (segment: Segment) => {
    const { articleStarts: paragraphStarts } = segment.sections;
    const tfs = {
      values: new Float64Array(articles + 1),
      found: new Uint32Array(articles + 1),
      length: 0,
      headings: new Map(),
    };
    addParagraphs(segment, 0, { weights, covers }, { numbers: null, wanted: fullSet(articles), paragraphStarts, tfs });
  },
  holders: (segment: Segment) => {
    const index = new OpenedIndex([
      { name: 's', segment, removed: null, texts: null as unknown as OpenedSegment['texts'] },
    ]);
    findHolders(index, 'x');
  },
  prefix: (segment: Segment) => {
    expect(countPrefix(segment, { prefix: 'x', start: 0, end: 2 }).articles).toHaveLength(articles);
  },
  phrase: (segment: Segment) => {
    const clock = new Clock(Number.POSITIVE_INFINITY, undefined);
    const slot = [{ term: 0, weight: 1 }];
    findPhrase(
      { part: part(segment), fields: ['body'], candidates: fullSet(articles), clock },
      [slot, slot],
      new PhrasePlaces(),
    );
  },
} as const;

type Reader = keyof typeof readers;
const all = Object.keys(readers) as Reader[];
const ofOccurrences = all.filter((reader) => reader !== 'articles' && reader !== 'holders');

/** A varint of -1, as far as shifts reach. */
const minusOne = [0xff, 0xff, 0xff, 0xff, 0x0f];
/** An article's entry with more than one occurrence: bytes of occurrences, bound, twice the frequency in bodies. */
const more = (bytes: readonly number[], body = [4]) => [3, ...bytes, 0, ...body];

function refusalOf(read: () => void): unknown {
  try {
    read();
    return null;
  } catch (error) {
    return error;
  }
}

describe('a posting list', () => {
  it.each<[what: string, lists: number[], records: number[], refusedBy: readonly Reader[]]>([
    ['that is right', [0, 0], [0, 0, 0, 0], []],
    ['that is right, of several occurrences', more([6], [6]), [1, 2, 0, 1, 4, 0], []],
    ['that is empty', [], [], []],
    ['with an article that there is not', [0, 0xfc, 0xff, 0x7f], [0, 0, 0, 0], all.filter((r) => r !== 'phrase')],
    ['whose last entry goes on in the next list', [3, 2, 9], [0, 0], ['articles', 'paragraphs', 'prefix']],
    ['with a heading less than no times', more([2], [1, ...minusOne, 0]), [0, 0], ['articles']],
    ['with a title less than no times', more([2], [1, 0, ...minusOne]), [0, 0], ['articles']],
    ['with less than no bytes of occurrences', more(minusOne), [0, 0], all.filter((r) => r !== 'articles')],
    ['with more bytes of occurrences than it has', more([5]), [0, 0], ofOccurrences],
    ['with 2^30 bytes of occurrences', more([0x80, 0x80, 0x80, 0x80, 0x04]), [0, 0], ofOccurrences],
    ['with fewer occurrences than bytes', [0], [0, 0, 0, 0], ofOccurrences],
    ['with fewer bytes than occurrences', [0, 0], [0, 0], ofOccurrences],
    ['with a word more often than it has bytes', [0, 0], [1, 2, 0, 0], ofOccurrences],
    ['with a word 2^30 times', more([7]), [1, 0x80, 0x80, 0x80, 0x80, 0x04, 0], ofOccurrences],
    ['with a word less than no times', more([6]), [1, ...minusOne], ofOccurrences],
    ['with a position that ends in the next article', [0, 0], [0, 0x80, 0, 0], ofOccurrences],
    ['with a paragraph that its article has not', [0, 0], [0, 0, 4, 0], ofOccurrences],
    ['with a position before the field', more([6]), [0, ...minusOne], ['phrase']],
    ['with a position behind any field', more([5]), [0, 0x80, 0x80, 0x80, 0x01], ['phrase']],
  ])('%s is refused by those who read what is wrong', (_, lists, records, refusedBy) => {
    const refusals = all.flatMap((reader) => {
      const error = refusalOf(() => readers[reader](segmentOf(lists, records)));
      return error === null ? [] : [{ reader, error }];
    });
    expect(refusals.map(({ reader }) => reader)).toEqual(refusedBy);
    const message = expect.stringMatching(/(?:^"s" is damaged|^a posting list is damaged).*run `lede build --full`$/);
    for (const { error } of refusals) expect(error).toMatchObject({ code: 'incompatible', message });
  });

  it('has phrases up to the last position that a field can have', () => {
    const clock = new Clock(Number.POSITIVE_INFINITY, undefined);
    const frequenciesAt = (position: readonly number[]) => {
      const segment = segmentOf(more([1 + position.length]), [0, ...position]);
      const search = { part: part(segment), fields: ['body'], candidates: fullSet(articles), clock } as const;
      const found = new PhrasePlaces();
      findPhrase(search, [[{ term: 0, weight: 1 }]], found);
      return [...found.frequencies.subarray(0, found.length)];
    };
    expect(frequenciesAt([0xff, 0xf7, 0x3f])).toEqual([1]);
    expect(() => frequenciesAt([0x80, 0xf8, 0x3f])).toThrow('is damaged');
  });

  it.each<[what: string, bytes: number[]]>([
    ['more often than there are bytes', [1, 9, 0]],
    ['2^30 times', [1, 0x80, 0x80, 0x80, 0x80, 0x04, 0]],
    ['less than no times', [1, ...minusOne, 0]],
  ])('is refused by a cursor over its records where a word stands %s', (_, bytes) => {
    for (const way of ['advance', 'advanceOnly'] as const) {
      const records = new OccurrenceCursor(Uint8Array.from(bytes));
      records.open(0, bytes.length);
      expect(refusalOf(() => records[way]())).toMatchObject({ code: 'incompatible' });
    }
  });

  it('is passed over to its end by a cursor, where its last bytes are missing', () => {
    const records = new OccurrenceCursor(Uint8Array.of(1, 3, 0x80, 0x80, 0));
    records.open(0, 5);
    expect([records.advanceOnly(), records.advanceOnly()]).toEqual([true, false]);
  });
});
