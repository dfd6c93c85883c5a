import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPropertySeed } from './property-seed.ts';

describe('readPropertySeed', () => {
  it.each([
    ['0', 0],
    ['1749', 1749],
    ['-2147483648', -2147483648],
    ['2147483647', 2147483647],
  ])('reads "%s"', (text, seed) => {
    expect(readPropertySeed(text)).toBe(seed);
  });

  it.each(['2147483648', '-2147483649', '1.5', 'seed', '0x10', ' 1'])('refuses "%s"', (text) => {
    expect(() => readPropertySeed(text)).toThrow(
      `PROPERTY_SEED is "${text}", expected a whole number from -2147483648 to 2147483647`,
    );
  });

  it.each([undefined, ''])('draws one where the variable is %j', (text) => {
    const seeds = Array.from({ length: 20 }, () => readPropertySeed(text));
    expect(new Set(seeds).size).toBeGreaterThan(1);
    for (const seed of seeds) expect(readPropertySeed(String(seed))).toBe(seed);
  });
});

describe('a property', () => {
  it('draws from the seed of the run, and prints it when it fails', () => {
    const seed = Number(process.env.PROPERTY_SEED);
    const drawn = () => fc.sample(fc.nat(), 20);
    expect(drawn()).toEqual(fc.sample(fc.nat(), { numRuns: 20, seed }));
    expect(() => fc.assert(fc.property(fc.nat(), () => false))).toThrow(`seed: ${seed}, path: `);
  });
});
