import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomisationTest } from '../../../src/evaluation/randomisation-test.ts';

const seed = 1;

/** Differences of average precision between two runs, 20 queries; p by enumeration of all 2^20 signs below. */
const twenty = [
  0.1, -0.05, 0.2, 0.02, -0.11, 0.31, 0.07, 0.0, 0.12, -0.03, 0.09, 0.15, -0.2, 0.05, 0.01, 0.08, -0.02, 0.18, 0.04,
  -0.06,
];

describe('randomisationTest', () => {
  it.each<[differences: number[], p: number, why: string]>([
    [[], 1, 'no queries differ by chance'],
    [[0, 0, 0], 1, 'nor do equal runs'],
    [[0.3], 1, 'one query has two signs, both as extreme'],
    [[1, 1], 1 / 2, 'two of four'],
    [[1, 1, 1, 1, 1], 2 / 32, 'all up or all down, of 32'],
    [[-1, -1, -1, -1, -1], 2 / 32, 'two-sided: worse is as telling as better'],
    [[1, 1, 1, 1, 1, 0, 0, 0], 2 / 32, 'equal queries say nothing'],
    [[3, 2, -1], 4 / 8, 'of eight sums ±4 and ±6 are as extreme'],
    [[0.1, 0.2, -0.3], 1, 'a sum of 0 is no difference, whatever its last bits'],
  ])('of %j is %d: %s', (differences, p) => {
    expect(randomisationTest(differences, { seed })).toBe(p);
  });

  it('comes near the exact value when it draws, and gives the same for the same seed', () => {
    const exact = randomisationTest(twenty, { seed, permutations: 2 ** 20 });
    const drawn = randomisationTest(twenty, { seed, permutations: 50_000 });
    expect(exact).toBeGreaterThan(0.01);
    expect(exact).toBeLessThan(0.1);
    expect(Math.abs(drawn - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 50_000));
    expect(randomisationTest(twenty, { seed, permutations: 50_000 })).toBe(drawn);
  });

  it('is never 0, however clear the difference', () => {
    expect(randomisationTest(Array(100).fill(1), { seed, permutations: 10_000 })).toBe(1 / 10_001);
  });

  it('finds what is chance in about as many cases as it should', () => {
    const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
    const values = fc.sample(differences, { numRuns: 300, seed: 3 }).map((sample) =>
      randomisationTest(
        sample.map((value) => (value > 0 ? 1 : -1) * Math.sqrt(Math.abs(value))),
        { seed, permutations: 500 },
      ),
    );
    const low = values.filter((p) => p <= 0.5).length / values.length;
    expect(low).toBeGreaterThan(0.35);
    expect(low).toBeLessThan(0.65);
  });

  it('lies in (0, 1] and does not care which run is which', () => {
    const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(differences, (values) => {
        const p = randomisationTest(values, { seed });
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(
          randomisationTest(
            values.map((value) => -value),
            { seed },
          ),
        ).toBe(p);
      }),
      { numRuns: 50 },
    );
  });
});
