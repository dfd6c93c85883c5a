import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTo,
  type BitSet,
  count,
  countCommon,
  emptySet,
  fullSet,
  has,
  intersectWith,
  members,
  removeFrom,
  uniteWith,
} from '../../../../src/engine/embedded/bit-set.ts';

const size = 100;
const numbers = fc.uniqueArray(fc.nat(size - 1), { maxLength: size }).map((all) => all.sort((a, b) => a - b));

function setOf(wanted: readonly number[]): BitSet {
  const set = emptySet(size);
  for (const number of wanted) addTo(set, number);
  return set;
}

describe('a bit set', () => {
  it('holds what was added, ascending', () => {
    fc.assert(
      fc.property(numbers, (wanted) => {
        const set = setOf(wanted);
        expect([...members(set)]).toEqual(wanted);
        expect(count(set)).toBe(wanted.length);
        for (let number = 0; number < size; number++) expect(has(set, number)).toBe(wanted.includes(number));
      }),
    );
  });

  it('unites, intersects and removes as sets do', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const changed = (change: (set: BitSet, other: BitSet) => void) => {
          const set = setOf(a);
          change(set, setOf(b));
          return [...members(set)];
        };
        expect(changed(uniteWith)).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
        expect(changed(intersectWith)).toEqual(a.filter((number) => b.includes(number)));
        expect(changed(removeFrom)).toEqual(a.filter((number) => !b.includes(number)));
        expect(countCommon(setOf(a), setOf(b))).toBe(a.filter((number) => b.includes(number)).length);
      }),
    );
  });

  it.each([0, 1, 31, 32, 33, 64, 100])('is full with all numbers below %i, and no other', (length) => {
    expect([...members(fullSet(length))]).toEqual(Array.from({ length }, (_, number) => number));
    expect(count(fullSet(length))).toBe(length);
    expect(count(emptySet(length))).toBe(0);
  });
});
