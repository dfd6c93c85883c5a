import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthNorm } from '../../../../src/domain/ranking.ts';
import { decodeBounds, encodeBound } from '../../../../src/engine/embedded/saturation-bounds.ts';

describe('stored bounds', () => {
  it('are never below what a paragraph earns, whatever the average length is by then', () => {
    const tfs = fc.integer({ min: 1, max: 3000 });
    const lengths = fc.integer({ min: 0, max: 4000 });
    const averages = fc.double({ min: 0.5, max: 2000, noNaN: true });
    fc.assert(
      fc.property(tfs, lengths, averages, (tf, length, average) => {
        const bound = decodeBounds(average)[encodeBound(tf, length)] as number;
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
      expect((bounds[encodeBound(tf, length)] as number) - earned).toBeLessThan(0.005);
    }
  });

  it('are nothing for a paragraph without the word', () => {
    expect(decodeBounds(32)[encodeBound(0, 10)]).toBe(0);
  });
});
