import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { b, fieldWeights, idf, k1, lengthNorm, paragraphShare } from '../../../src/domain/ranking.ts';

describe('idf', () => {
  it.each([
    [1, 1, Math.log(4 / 3)],
    [0, 10, Math.log(22)],
    [5, 10, Math.log(2)],
    [10, 10, Math.log(1 + 0.5 / 10.5)],
  ])('of what %i of %i hold is %d', (df, total, expected) => {
    expect(idf(df, total)).toBeCloseTo(expected, 12);
  });

  it('is above zero, and less the more hold it', () => {
    const counts = fc.tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6)).map((all) => all.sort((x, y) => x - y));
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

describe('the weights', () => {
  it('are those of Lucene’s BM25, with title over heading over body', () => {
    expect([k1, b]).toEqual([1.2, 0.75]);
    expect(fieldWeights.title).toBeGreaterThan(fieldWeights.heading);
    expect(fieldWeights.heading).toBeGreaterThan(fieldWeights.body);
    expect(paragraphShare).toBeGreaterThan(0);
  });
});
