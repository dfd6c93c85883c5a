/** Random numbers from a seed: the same seed gives the same draws in the same order, everywhere. */

/** The next number in [0, 1). */
export type Random = () => number;

/** A generator of its own for each name, so that drawing more of one thing does not change another. */
export function openRandom(seed: number, name: string): Random {
  let drawn = 0;
  return () => hashText(`${seed}:${name}:${drawn++}`) / 4_294_967_296;
}

/** FNV-1a with a last mix, as an unsigned 32-bit number. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A whole number in [0, bound). */
export function drawBelow(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

/** One of the values, or undefined where there are none. */
export function drawOne<T>(random: Random, values: readonly T[]): T | undefined {
  return values[drawBelow(random, values.length)];
}

/** The values in another order (Fisher and Yates). */
export function shuffle<T>(random: Random, values: readonly T[]): T[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = drawBelow(random, last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}
