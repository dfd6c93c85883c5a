import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyWriter } from '../../../../index-build/compile/run.ts';
import { NameTable, SortedKeys } from '../../../../src/engine/embedded/string-table.ts';

function tableOf(keys: readonly string[]): SortedKeys {
  const writer = new KeyWriter();
  for (const key of keys) writer.add(key);
  const { starts, units } = writer.finish();
  return new SortedKeys(starts, units);
}

/** Few different units, among them the last ones, so that keys share beginnings. */
const text = fc.array(fc.constantFrom('a', 'b', 'é', '東', '\ud83d', '\ude00', '\uffff', '\ufffe'), { maxLength: 5 });
const key = text.map((units) => units.join(''));
const sortedKeys = fc.uniqueArray(key, { maxLength: 30 }).map((keys) => keys.sort());

describe('SortedKeys', () => {
  it('gives back its keys', () => {
    fc.assert(
      fc.property(sortedKeys, (keys) => {
        const table = tableOf(keys);
        expect(table.size).toBe(keys.length);
        expect(keys.map((_, index) => table.key(index))).toEqual(keys);
        expect(keys.map((_, index) => table.lengthOf(index))).toEqual(keys.map(({ length }) => length));
      }),
    );
  });

  it('finds each key, and no other', () => {
    fc.assert(
      fc.property(sortedKeys, key, (keys, other) => {
        const table = tableOf(keys);
        for (const wanted of [...keys, other]) expect(table.find(wanted)).toBe(keys.indexOf(wanted));
      }),
    );
  });

  it('finds the first key that is not before another', () => {
    fc.assert(
      fc.property(sortedKeys, key, (keys, wanted) => {
        const after = keys.findIndex((candidate) => candidate >= wanted);
        expect(tableOf(keys).lowerBound(wanted)).toBe(after < 0 ? keys.length : after);
      }),
    );
  });

  it('finds the keys that begin alike, also at the end of all characters', () => {
    fc.assert(
      fc.property(sortedKeys, key, (keys, prefix) => {
        const [start, end] = tableOf(keys).prefixRange(prefix);
        expect(keys.slice(start, end)).toEqual(keys.filter((candidate) => candidate.startsWith(prefix)));
      }),
    );
  });

  it('counts the units that two keys begin with alike, up to a bound', () => {
    fc.assert(
      fc.property(sortedKeys, fc.nat(), fc.nat(), fc.nat(6), (keys, a, b, most) => {
        fc.pre(keys.length > 0);
        const [first, second] = [a % keys.length, b % keys.length];
        const [left, right] = [keys[first] as string, keys[second] as string];
        let shared = 0;
        while (shared < most && shared < left.length && left[shared] === right[shared]) shared++;
        expect(tableOf(keys).sharedLength(first, second, most)).toBe(Math.min(shared, right.length));
      }),
    );
  });

  it('seeks the next key that goes on with a unit or a greater one', () => {
    const units = fc.constantFrom(0x61, 0x62, 0xe9, 0x6771, 0xd83d, 0xffff, 0x10000);
    fc.assert(
      fc.property(sortedKeys, fc.nat(), fc.nat(5), units, (keys, at, cut, unit) => {
        const index = at % (keys.length || 1);
        const from = keys[index];
        fc.pre(from !== undefined && from.length > 0);
        const length = cut % from.length;
        fc.pre(from.charCodeAt(length) < unit);
        const prefix = from.slice(0, length);
        const isPassed = (candidate: string) => candidate.startsWith(prefix) && !(candidate.charCodeAt(length) >= unit);
        const next = keys.findIndex((candidate, place) => place > index && !isPassed(candidate));
        expect(tableOf(keys).seek(index, length, unit)).toBe(next < 0 ? keys.length : next);
      }),
    );
  });

  it('holds long keys', () => {
    const long = 'x'.repeat(200_000);
    const table = tableOf(['a', long]);
    expect(table.key(1)).toBe(long);
    expect(table.find(long)).toBe(1);
  });

  it('may be empty', () => {
    for (const table of [tableOf([]), new SortedKeys(new Uint32Array(0), new Uint16Array(0))]) {
      expect([table.size, table.find('a'), table.lowerBound('a'), table.prefixRange('')]).toEqual([0, -1, 0, [0, 0]]);
    }
  });
});

describe('NameTable', () => {
  it('gives back names in UTF-8', () => {
    const names = ['', 'Änderung', '東京', '😀', '<b>'];
    const encoded = names.map((name) => Buffer.from(name));
    const starts = [0];
    for (const { length } of encoded) starts.push((starts.at(-1) as number) + length);
    const table = new NameTable(Uint32Array.from(starts), Buffer.concat(encoded));
    expect(names.map((_, index) => table.name(index))).toEqual(names);
    expect(table.size).toBe(names.length);
    expect(new NameTable(new Uint32Array(0), new Uint8Array(0)).size).toBe(0);
  });
});
