import { describe, expect, it } from 'vitest';
import { drawBelow, drawOne, openRandom, shuffle } from '../../../src/evaluation/random.ts';

describe('openRandom', () => {
  it('gives the same numbers for the same seed and name, and others for others', () => {
    const first = (seed: number, name: string) => Array.from({ length: 3 }, openRandom(seed, name));
    expect(first(1, 'a')).toEqual(first(1, 'a'));
    expect(first(1, 'a')).not.toEqual(first(2, 'a'));
    expect(first(1, 'a')).not.toEqual(first(1, 'b'));
  });

  it('spreads its numbers evenly over [0, 1)', () => {
    const random = openRandom(1, 'spread');
    const counts = Array.from({ length: 10 }, () => 0);
    for (let drawn = 0; drawn < 10_000; drawn++) {
      const bin = Math.floor(random() * 10);
      counts[bin] = (counts[bin] ?? Number.NaN) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1150);
  });
});

describe('drawing', () => {
  it('draws whole numbers below the bound', () => {
    const random = openRandom(1, 'below');
    expect(new Set(Array.from({ length: 200 }, () => drawBelow(random, 3)))).toEqual(new Set([0, 1, 2]));
  });

  it('draws nothing from nothing', () => {
    expect(drawOne(openRandom(1, 'one'), [])).toBeUndefined();
  });

  it('shuffles without losing anything or touching what it was given', () => {
    const values = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = shuffle(openRandom(1, 'shuffle'), values);
    expect(shuffled).not.toEqual(values);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(values);
  });
});
