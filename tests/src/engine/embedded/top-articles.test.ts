import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topByKey } from '../../../../src/engine/embedded/top-articles.ts';

describe('topByKey', () => {
  it('gives the first of what sorting gives: greatest key first, then the smaller number', () => {
    const keys = fc.array(fc.constantFrom(0, 0.5, 1, 2, 3.25, -1, Number.NEGATIVE_INFINITY), { maxLength: 60 });
    fc.assert(
      fc.property(keys, fc.nat(70), (all, limit) => {
        const numbers = Uint32Array.from(all, (_, i) => 3 * i + 1);
        const sorted = all
          .map((key, i) => ({ key, number: numbers[i] as number }))
          .sort((a, b) => (a.key === b.key ? a.number - b.number : b.key - a.key));
        const expected = sorted.slice(0, limit).map(({ number }) => number);
        expect([...topByKey(numbers, Float64Array.from(all), limit)]).toEqual(expected);
      }),
    );
  });
});
