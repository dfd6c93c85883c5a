import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../../src/domain/article.ts';
import { fullSet } from '../../../../src/engine/embedded/bit-set.ts';
import { Clock } from '../../../../src/engine/embedded/clock.ts';
import { findPhrase } from '../../../../src/engine/embedded/find-phrase.ts';
import { PhrasePlaces } from '../../../../src/engine/embedded/read-places.ts';
import type { Member } from '../../../../src/engine/embedded/resolve-group.ts';
import type { Segment } from '../../../../src/engine/embedded/segment.ts';
import { segmentOf, segmentOfTexts } from './tiny-segment.ts';

/** A slot as the test writes it: weights by term. */
type Slot = Readonly<Record<string, number>>;

function slotsIn(segment: Segment, slots: readonly Slot[]): Member[][] {
  return slots.map((slot) =>
    Object.entries(slot)
      .map(([term, weight]) => ({ term: segment.terms.find(term), weight }))
      .filter(({ term }) => term >= 0),
  );
}

function find(texts: readonly string[], slots: readonly Slot[]): [paragraph: number, sum: number][] {
  const segment = segmentOfTexts(...texts);
  return findIn(segment, slots, 'body');
}

/** In the only article of a segment. */
function findIn(segment: Segment, slots: readonly Slot[], field: Field): [paragraph: number, sum: number][] {
  const part = { name: 'a', segment, articleNumbers: null, firstParagraph: 0, removed: null };
  const clock = new Clock(Number.POSITIVE_INFINITY, undefined);
  const search = { part, fields: [field], candidates: fullSet(segment.header.articles), clock };
  const found = new PhrasePlaces();
  findPhrase(search, slotsIn(segment, slots), found);
  return Array.from({ length: found.length }, (_, i) => [found.paragraphs[i] ?? -1, found.frequencies[i] ?? -1]);
}

/** Word by word, as the rule says it. */
function findSlowly(texts: readonly string[], slots: readonly Slot[]): [paragraph: number, sum: number][] {
  return texts.flatMap((text, paragraph): [number, number][] => {
    const words = text.split(' ');
    const sum = words
      .map((_, start) => Math.min(...slots.map((slot, i) => slot[words[start + i] ?? ''] ?? 0)))
      .reduce((total, weight) => total + weight, 0);
    return sum > 0 ? [[paragraph, sum]] : [];
  });
}

describe('findPhrase', () => {
  it.each<[texts: string[], slots: Slot[], found: [number, number][], why: string]>([
    [
      ['white house', 'house white', 'white old house'],
      [{ white: 1 }, { house: 1 }],
      [[0, 1]],
      'words stand in order, next to each other',
    ],
    [['a b a b', 'b a'], [{ a: 1 }, { b: 1 }], [[0, 2]], 'each place counts'],
    [['a a a'], [{ a: 1 }, { a: 1 }], [[0, 2]], 'places may overlap'],
    [
      ['a b', 'a c'],
      [{ a: 1 }, { b: 1, c: 0.5 }],
      [
        [0, 1],
        [1, 0.5],
      ],
      'a place weighs as its lightest member',
    ],
    [['a b'], [{ a: 0.5 }, { b: 0.9 }], [[0, 0.5]], 'whichever slot it stands in'],
    [['a b'], [{ a: 1 }, {}], [], 'a slot without members stands nowhere'],
    [['a b'], [{ a: 1 }, { missing: 1 }], [], 'nor does one whose members are missing'],
    [['b a'], [{ a: 1 }, { b: 1 }], [], 'a place does not reach over the end'],
    [['a', 'b'], [{ a: 1 }, { b: 1 }], [], 'nor into the next paragraph'],
    [['x y z'], [{ x: 1 }, { y: 1 }, { z: 1 }], [[0, 1]], 'three words do as two'],
    [['x'], [{ x: 0.7 }], [[0, 0.7]], 'one word does as well'],
    [['x'], [], [], 'none does not'],
  ])('in %j of %j finds %j: %s', (texts, slots, found) => {
    expect(find(texts, slots)).toEqual(found);
    if (slots.length > 0) expect(findSlowly(texts, slots)).toEqual(found);
  });

  it('keeps fields apart', () => {
    const segment = segmentOf([{ title: 'white', heading: 'white house', paragraphs: ['house'] }]);
    const slots = [{ white: 1 }, { house: 1 }];
    expect(findIn(segment, slots, 'title')).toEqual([]);
    expect(findIn(segment, slots, 'heading')).toEqual([[0, 1]]);
    expect(findIn(segment, slots, 'body')).toEqual([]);
  });

  it('counts the heaviest member where two stand at one position, as a tag and its word do', () => {
    const segment = segmentOfTexts('#war now');
    const slots = [{ '#war': 0.9, war: 0.4 }, { now: 1 }];
    expect(findIn(segment, slots, 'body')).toEqual([[0, 0.9]]);
  });

  it('finds what looking word by word finds, however many members a slot has', () => {
    const letters = 'abcdefgh';
    const texts = fc.array(
      fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 }).map((all) => all.join(' ')),
      { minLength: 1, maxLength: 12 },
    );
    const slot = fc.dictionary(fc.constantFrom(...letters), fc.constantFrom(1, 0.5, 0.25), { maxKeys: 8 });
    fc.assert(
      fc.property(texts, fc.array(slot, { minLength: 1, maxLength: 4 }), (all, slots) => {
        expect(find(all, slots)).toEqual(findSlowly(all, slots));
      }),
      { numRuns: 300 },
    );
  });
});
