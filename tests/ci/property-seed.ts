/** The seed of all properties of a run: that of the environment variable PROPERTY_SEED, or a new one. */
import { randomInt } from 'node:crypto';

/** A 32-bit number, as fast-check takes them. `text` is undefined where the variable is not set. Throws for what is none. */
export function readPropertySeed(text: string | undefined): number {
  if (text === undefined || text === '') return randomInt(greatest + 1);
  const seed = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (seed >= -greatest - 1 && seed <= greatest) return seed;
  throw new Error(`PROPERTY_SEED is "${text}", expected a whole number from ${-greatest - 1} to ${greatest}`);
}

const greatest = 2 ** 31 - 1;
