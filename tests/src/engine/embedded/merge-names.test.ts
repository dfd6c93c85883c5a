import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeNames } from '../../../../src/engine/embedded/merge-names.ts';

/** Few different names, so that tables share many. */
const name = fc.constantFrom('', 'a', 'aa', 'ab', 'b', 'ж', '東', '\ud83d\ude00', '\uffff');
const repeating = fc.array(fc.array(name, { maxLength: 8 }), { maxLength: 5 }).map((tables) => tables.map(sorted));
const distinct = repeating.map((tables) => tables.map((names) => [...new Set(names)]));

function sorted(names: readonly string[]): string[] {
  return names.toSorted(byUnits);
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function merge(tables: readonly string[][], areDistinct: boolean) {
  return mergeNames(
    tables.map((names) => ({ size: names.length, name: (index: number) => names[index] as string })),
    { areDistinct },
  );
}

describe('mergeNames', () => {
  it('gives each entry a number, in the order of names and then of tables', () => {
    fc.assert(
      fc.property(repeating, (tables) => {
        const entries = tables.flatMap((names, table) => names.map((own, place) => ({ own, table, place })));
        const expected = entries.toSorted((a, b) => byUnits(a.own, b.own) || a.table - b.table || a.place - b.place);
        const merged = merge(tables, false);
        expect(merged.size).toBe(expected.length);
        expect([...merged.tables]).toEqual(expected.map(({ table }) => table));
        expect([...merged.places]).toEqual(expected.map(({ place }) => place));
        const numbers = tables.map((_, table) =>
          expected.flatMap((entry, number) => (entry.table === table ? [number] : [])),
        );
        expect(merged.numbers.map((own) => [...own])).toEqual(numbers);
      }),
    );
  });

  it('gives each entry one number also where names do not ascend, as in a damaged file', () => {
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 8 }), { maxLength: 5 }), (tables) => {
        const { numbers, size } = merge(tables, false);
        const all = numbers.flatMap((own) => [...own]).toSorted((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: size }, (_, number) => number));
        expect(size).toBe(tables.flat().length);
        for (const own of numbers) expect([...own]).toEqual([...own].toSorted((a, b) => a - b));
      }),
    );
  });

  it('gives each different name one number, whichever tables have it', () => {
    fc.assert(
      fc.property(distinct, (tables) => {
        const names = sorted([...new Set(tables.flat())]);
        const merged = merge(tables, true);
        expect(merged.size).toBe(names.length);
        expect(Array.from(merged.places, (place, at) => tables[merged.tables[at] as number]?.[place])).toEqual(names);
        expect(merged.numbers.map((own) => [...own])).toEqual(
          tables.map((own) => own.map((one) => names.indexOf(one))),
        );
      }),
    );
  });
});
