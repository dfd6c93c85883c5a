import { describe, expect, it } from 'vitest';
import { compareRuns, formatComparisons } from '../../../src/evaluation/compare-runs.ts';

const before = [0.2, 0.4, 0.6, 0.8].map((ndcg) => ({ ndcg, success: 1 }));
const after = [0.3, 0.3, 0.8, 0.8].map((ndcg) => ({ ndcg, success: 1 }));

describe('compareRuns', () => {
  it('compares each measure, query by query', () => {
    const [ndcg, success] = compareRuns(before, after, 1);
    expect(ndcg).toMatchObject({ measure: 'ndcg', before: 0.5, after: expect.closeTo(0.55), better: 2, worse: 1 });
    // Of the eight sums of ±0.1 ±0.1 ±0.2 only 0 is less extreme, twice.
    expect(ndcg).toMatchObject({ difference: expect.closeTo(0.05), p: 6 / 8 });
    expect(success).toEqual({ measure: 'success', before: 1, after: 1, difference: 0, p: 1, better: 0, worse: 0 });
  });

  it('refuses runs over different queries', () => {
    expect(() => compareRuns(before, after.slice(1), 1)).toThrow('runs of 4 and 3 queries, expected the same ones');
  });
});

describe('formatComparisons', () => {
  it('prints a table', () => {
    expect(formatComparisons(compareRuns(before, after, 1))).toEqual([
      '         default     set  difference       p  better  worse',
      'ndcg      0.5000  0.5500     +0.0500  0.7500       2      1',
      'success   1.0000  1.0000     +0.0000  1.0000       0      0',
    ]);
  });
});
