import { describe, expect, it } from 'vitest';
import { median, medianOfRuns, percentile, summarize } from './measures.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe('percentile', () => {
  it.each([
    [hundred, 0.5, 50],
    [hundred, 0.95, 95],
    [hundred, 0.99, 99],
    [hundred, 1, 100],
    [[7], 0.5, 7],
    [[7], 0.99, 7],
    [[1, 2], 0.5, 1],
    [[1, 2, 3], 0.5, 2],
    [[], 0.5, 0],
  ])('of %j at %d is %d, the nearest rank', (ascending, share, expected) => {
    expect(percentile(ascending, share)).toBe(expected);
  });
});

describe('summarize', () => {
  it('sorts before it takes percentiles, and counts by the time that passed', () => {
    expect(summarize({ ms: [30, 10, 20, 40], answered: 3, passedMs: 200 })).toEqual({
      queries: 4,
      p50Ms: 20,
      p95Ms: 40,
      p99Ms: 40,
      perSecond: 20,
      answeredShare: 0.75,
    });
  });

  it('says nothing wrong of no queries at all', () => {
    expect(summarize({ ms: [], answered: 0, passedMs: 0 })).toEqual({
      queries: 0,
      p50Ms: 0,
      p95Ms: 0,
      p99Ms: 0,
      perSecond: 0,
      answeredShare: 0,
    });
  });
});

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9], 9.5],
    [[5], 5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('medianOfRuns', () => {
  it('takes the median of each number, however deep, and the first of everything else', () => {
    const run = (ms: number, name: string) => ({ name, build: { ms, files: [ms] }, none: null });
    expect(medianOfRuns([run(30, 'a'), run(10, 'b'), run(20, 'c')])).toEqual({
      name: 'a',
      build: { ms: 20, files: [30] },
      none: null,
    });
  });

  it('takes what only some runs have from those', () => {
    const runs: { readonly cold: number | null }[] = [{ cold: null }, { cold: 4 }, { cold: 6 }];
    expect(medianOfRuns(runs)).toEqual({ cold: 5 });
  });
});
