import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, mean, ndcg, recall, reciprocalRank, success } from '../../../src/evaluation/measures.ts';

const binary = new Map([
  ['a', 1],
  ['b', 1],
]);
const graded = new Map([
  ['a', 3],
  ['b', 1],
  ['c', 0],
]);

describe('ndcg', () => {
  it.each<[ranking: string[], judgments: ReadonlyMap<string, number>, depth: number, value: number, why: string]>([
    [['a', 'b'], binary, 10, 1, 'the best ranking is 1'],
    [['b', 'a', 'x'], binary, 10, 1, 'equal grades may swap'],
    [['x', 'a', 'b'], binary, 10, (1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)), 'each place down is discounted'],
    [['x', 'a', 'b'], binary, 2, 1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 'what lies deeper does not count'],
    [['b', 'a'], graded, 10, (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 'the gain is the grade'],
    [['b', 'a'], graded, 1, 1 / 3, 'the ideal is cut at the same depth'],
    [['c', 'x'], graded, 10, 0, 'grade 0 is worth nothing'],
    [[], binary, 10, 0, 'no ranking is 0'],
    [['a'], new Map(), 10, 0, 'so is one of nothing relevant'],
    [['a'], new Map([['a', 0]]), 10, 0, 'or of nothing but grade 0'],
    [
      ['x', 'a'],
      new Map([
        ['x', -1],
        ['a', 1],
      ]),
      10,
      1 / Math.log2(3),
      'a grade below 0 takes nothing away',
    ],
  ])('of %j by %j to depth %i is %d: %s', (ranking, judgments, depth, value) => {
    expect(ndcg(ranking, judgments, depth)).toBeCloseTo(value, 12);
  });
});

describe('averagePrecision', () => {
  it.each<[ranking: string[], judgments: ReadonlyMap<string, number>, value: number]>([
    [['a', 'b'], binary, 1],
    [['x', 'a', 'y', 'b'], binary, (1 / 2 + 2 / 4) / 2],
    [['x', 'a'], binary, 1 / 2 / 2],
    [['c', 'a', 'b'], graded, (1 / 2 + 2 / 3) / 2],
    [['x'], binary, 0],
    [[], binary, 0],
    [['a'], new Map(), 0],
  ])('of %j by %j is %d', (ranking, judgments, value) => {
    expect(averagePrecision(ranking, judgments)).toBeCloseTo(value, 12);
  });
});

describe('recall', () => {
  it.each<[ranking: string[], judgments: ReadonlyMap<string, number>, depth: number, value: number]>([
    [['a', 'b'], binary, 100, 1],
    [['x', 'a', 'b'], binary, 2, 0.5],
    [['c', 'a'], graded, 100, 0.5],
    [[], binary, 100, 0],
    [['a'], new Map(), 100, 0],
  ])('of %j by %j to depth %i is %d', (ranking, judgments, depth, value) => {
    expect(recall(ranking, judgments, depth)).toBe(value);
  });
});

describe('reciprocalRank', () => {
  it.each<[ranking: string[], judgments: ReadonlyMap<string, number>, value: number]>([
    [['a', 'x'], binary, 1],
    [['x', 'y', 'b', 'a'], binary, 1 / 3],
    [['c', 'b'], graded, 1 / 2],
    [['x'], binary, 0],
    [[], binary, 0],
  ])('of %j by %j is %d', (ranking, judgments, value) => {
    expect(reciprocalRank(ranking, judgments)).toBe(value);
  });
});

describe('success', () => {
  it.each<[ranking: string[], judgments: ReadonlyMap<string, number>, depth: number, value: number]>([
    [['b', 'x'], binary, 1, 1],
    [['x', 'b'], binary, 1, 0],
    [['x', 'b'], binary, 2, 1],
    [['c'], graded, 1, 0],
    [[], binary, 10, 0],
  ])('of %j by %j to depth %i is %d', (ranking, judgments, depth, value) => {
    expect(success(ranking, judgments, depth)).toBe(value);
  });
});

describe('mean', () => {
  it('is 0 of nothing', () => {
    expect([mean([]), mean([2]), mean([1, 2, 6])]).toEqual([0, 2, 3]);
  });
});

describe('every measure', () => {
  it('lies between 0 and 1, and never falls when a relevant document moves up', () => {
    const documents = [...'abcdefgh'];
    const judgments = fc
      .dictionary(fc.constantFrom(...documents), fc.nat(3))
      .map((grades) => new Map(Object.entries(grades)));
    fc.assert(
      fc.property(fc.shuffledSubarray(documents, { minLength: 2 }), judgments, fc.nat(), (ranking, grades, at) => {
        const place = 1 + (at % (ranking.length - 1));
        const better = [...ranking];
        better.splice(place - 1, 2, ranking[place] as string, ranking[place - 1] as string);
        const measures = [
          (ids: string[]) => ndcg(ids, grades, 5),
          (ids: string[]) => averagePrecision(ids, grades),
          (ids: string[]) => recall(ids, grades, 3),
          (ids: string[]) => reciprocalRank(ids, grades),
          (ids: string[]) => success(ids, grades, 2),
        ];
        const isImproved =
          (grades.get(ranking[place] as string) ?? 0) > (grades.get(ranking[place - 1] as string) ?? 0);
        for (const measure of measures) {
          expect(measure(ranking)).toBeGreaterThanOrEqual(0);
          expect(measure(ranking)).toBeLessThanOrEqual(1 + 1e-12);
          if (isImproved) expect(measure(better)).toBeGreaterThanOrEqual(measure(ranking) - 1e-12);
        }
      }),
    );
  });
});
