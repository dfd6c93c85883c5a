import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  b,
  coverOf,
  defaultRanking,
  fieldWeightsOf,
  idf,
  k1,
  lengthNorm,
  orderOf,
} from '../../../src/domain/ranking.ts';

describe('idf', () => {
  it.each([
    [1, 1, Math.log(4 / 3)],
    [0, 10, 0],
    [5, 10, Math.log(2)],
    [10, 10, Math.log(1 + 0.5 / 10.5)],
  ])('of what %i of %i hold is %d', (df, total, expected) => {
    expect(idf(df, total)).toBeCloseTo(expected, 12);
  });

  it('is above zero, and less the more hold it', () => {
    const counts = fc
      .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }))
      .map((all) => all.sort((x, y) => x - y));
    fc.assert(
      fc.property(counts, ([few = 0, many = 0, total = 0]) => {
        expect(idf(many, total)).toBeGreaterThan(0);
        expect(idf(few, total)).toBeGreaterThanOrEqual(idf(many, total));
      }),
    );
  });
});

describe('lengthNorm', () => {
  it.each([
    [100, 100, k1],
    [200, 100, 1.2 * (0.25 + 1.5)],
    [0, 100, 1.2 * 0.25],
  ])('of a text of %i words where the average is %i is %d', (length, average, expected) => {
    expect(lengthNorm(length, average)).toBeCloseTo(expected, 12);
  });

  it('lets a word of a short text earn more than one of a long text, and never all of its idf', () => {
    const earned = (tf: number, length: number) => tf / (tf + lengthNorm(length, 50));
    expect(earned(1, 10)).toBeGreaterThan(earned(1, 100));
    expect(earned(2, 100)).toBeGreaterThan(earned(1, 100));
    expect(earned(1e9, 0)).toBeLessThan(1);
  });
});

const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe('coverOf', () => {
  it.each([
    [1, 1, 1],
    [0.5, 1, (2 / 3) ** 3],
    [1, 0.5, (2 / 3) ** 3],
    [0.5, 0.5, 0.125],
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, 0],
  ])('of %d of the query in %d of the text is %d', (query, text, expected) => {
    expect(coverOf(query, text)).toBeCloseTo(expected, 12);
  });

  it('is bounded by the cover of greater shares', () => {
    fc.assert(
      fc.property(shares, shares, shares, (query, text, more) => {
        const bound = coverOf(Math.min(1, query + more), 1);
        expect(coverOf(query, text)).toBeLessThanOrEqual(bound * (1 + 1e-12));
        expect(bound).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('orderOf', () => {
  it.each([
    [0, 0, 0],
    [0, 3, 0],
    [1, 1, 0.5],
    [1, 2, 0.125],
    [2, 2, 2 / 3],
    [3, 4, (9 / 16) * 0.75],
  ])('of %i of %i pairs is %d', (held, pairs, expected) => {
    expect(orderOf(held, pairs)).toBeCloseTo(expected, 12);
  });

  it('grows with the pairs that are held, and stays below 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(100), (pairs, drawn) => {
        const held = drawn % pairs;
        expect(orderOf(held, pairs)).toBeLessThan(orderOf(held + 1, pairs));
        expect(orderOf(held + 1, pairs)).toBeLessThan(1);
      }),
    );
  });
});

describe('the weights', () => {
  it('are those of Lucene’s BM25, with title over heading over body', () => {
    expect([k1, b]).toEqual([1.2, 0.75]);
    const weights = fieldWeightsOf(defaultRanking);
    expect(weights.title).toBeGreaterThan(weights.heading);
    expect(weights.heading).toBeGreaterThan(weights.body);
    expect(fieldWeightsOf({ titleWeight: 7 })).toEqual({ ...weights, title: 7 });
  });
});
