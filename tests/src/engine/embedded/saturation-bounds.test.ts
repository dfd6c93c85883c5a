import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthNorm } from '../../../../src/domain/ranking.ts';
import { decodeBounds, encodeBound, saturationOf } from '../../../../src/engine/embedded/saturation-bounds.ts';

describe('stored bounds', () => {
  it('are never below what a paragraph earns, whatever the average length is by then', () => {
    const tfs = fc.integer({ min: 1, max: 3000 });
    const lengths = fc.integer({ min: 0, max: 4000 });
    const averages = fc.double({ min: 0.5, max: 2000, noNaN: true });
    fc.assert(
      fc.property(tfs, lengths, averages, (tf, length, average) => {
        const bound = saturationOf(decodeBounds(average)[encodeBound(tf, length)] as number);
        expect(bound).toBeGreaterThanOrEqual(tf / (tf + lengthNorm(length, average)));
        expect(bound).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });

  it('are near it at the average they are stored for', () => {
    const bounds = decodeBounds(32);
    for (const [tf, length] of [
      [1, 40],
      [3, 12],
      [9, 200],
    ] as const) {
      const earned = tf / (tf + lengthNorm(length, 32));
      expect(saturationOf(bounds[encodeBound(tf, length)] as number) - earned).toBeLessThan(0.005);
    }
  });

  it('are nothing for a paragraph without the word', () => {
    expect(decodeBounds(32)[encodeBound(0, 10)]).toBe(0);
    expect(saturationOf(0)).toBe(0);
  });

  it('of several terms in one paragraph add up to no less than they earn together, and to less than each for itself', () => {
    const tfs = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 5 });
    const weights = fc.constantFrom(0.4, 0.5, 0.9, 1);
    fc.assert(
      fc.property(tfs, fc.integer({ min: 0, max: 400 }), weights, (all, length, weight) => {
        const decoded = decodeBounds(40);
        const odds = all.map((tf) => weight * (decoded[encodeBound(tf, length)] as number));
        const tf = weight * all.reduce((sum, own) => sum + own, 0);
        const together = saturationOf(odds.reduce((sum, own) => sum + own, 0));
        expect(together * (1 + 1e-9)).toBeGreaterThanOrEqual(tf / (tf + lengthNorm(length, 40)));
        expect(together).toBeLessThan(odds.reduce((sum, own) => sum + saturationOf(own), 0));
      }),
    );
  });
});
