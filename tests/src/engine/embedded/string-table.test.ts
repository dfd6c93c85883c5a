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

  it('gives some of its keys as a table of their own', () => {
    fc.assert(
      fc.property(sortedKeys, (keys) => {
        const some = tableOf(keys).select((index) => index % 3 !== 1);
        const wanted = keys.filter((_, index) => index % 3 !== 1);
        expect(wanted.map((_, index) => some.key(index))).toEqual(wanted);
        expect(some.size).toBe(wanted.length);
        for (const each of wanted) expect(some.find(each)).toBe(wanted.indexOf(each));
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

  it('finds the next key that shares no more than so many units with the one before it', () => {
    // Long enough runs of keys with a common beginning to pass over whole blocks of them.
    const many = fc.nat(300).map((count) => Array.from({ length: count }, (_, i) => `m${String(i).padStart(4, '0')}`));
    const keys = fc.tuple(sortedKeys, many).map((all) => [...new Set(all.flat())].sort());
    fc.assert(
      fc.property(keys, fc.nat(), fc.integer({ min: -1, max: 6 }), (all, at, length) => {
        fc.pre(all.length > 0);
        const table = tableOf(all);
        const index = at % all.length;
        const shared = all.map((_, place) => (place === 0 ? 0 : table.sharedLength(place - 1, place, 255)));
        expect(all.map((_, place) => table.sharedBefore(place))).toEqual(shared);
        const next = shared.findIndex((units, place) => place > index && units <= length);
        expect(table.nextBranch(index, length)).toBe(next < 0 ? all.length : next);
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
