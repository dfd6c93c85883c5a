/**
 * Sets of articles or paragraphs as bits, 32 to a number. A set over a million paragraphs takes 125 kB, and uniting,
 * intersecting, counting and walking it in order take some ten microseconds.
 */

export type BitSet = Uint32Array;

/** The empty set over the numbers from 0 to `size` - 1. */
export function emptySet(size: number): BitSet {
  return new Uint32Array((size + 31) >>> 5);
}

/** All numbers from 0 to `size` - 1. */
export function fullSet(size: number): BitSet {
  const set = emptySet(size).fill(0xffffffff);
  const last = set.length - 1;
  if (size % 32 !== 0) set[last] = (1 << (size % 32)) - 1;
  return set;
}

export function addTo(set: BitSet, member: number): void {
  const word = member >>> 5;
  set[word] = (set[word] as number) | (1 << (member & 31));
}

export function has(set: BitSet, member: number): boolean {
  return (((set[member >>> 5] as number) >>> (member & 31)) & 1) === 1;
}

export function intersectWith(set: BitSet, other: BitSet): void {
  for (let i = 0; i < set.length; i++) set[i] = (set[i] as number) & (other[i] as number);
}

export function uniteWith(set: BitSet, other: BitSet): void {
  for (let i = 0; i < set.length; i++) set[i] = (set[i] as number) | (other[i] as number);
}

export function removeFrom(set: BitSet, other: BitSet): void {
  for (let i = 0; i < set.length; i++) set[i] = (set[i] as number) & ~(other[i] as number);
}

export function count(set: BitSet): number {
  return countCommon(set, set);
}

/** How many are in both sets. */
export function countCommon(set: BitSet, other: BitSet): number {
  let total = 0;
  for (let i = 0; i < set.length; i++) {
    let word = (set[i] as number) & (other[i] as number);
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    total += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return total;
}

/** The members, ascending. */
export function members(set: BitSet): Uint32Array {
  const found = new Uint32Array(count(set));
  let next = 0;
  for (let i = 0; i < set.length; i++) {
    for (let word = set[i] as number; word !== 0; word &= word - 1) {
      found[next++] = i * 32 + (31 - Math.clz32(word & -word));
    }
  }
  return found;
}
