/** Strings stored behind each other in a section, read in place. Two kinds: UTF-16 units for sorted keys, UTF-8 for names. */

/** Keys ascending by UTF-16 units, found by binary search without making strings. */
export class SortedKeys {
  readonly #starts: Uint32Array;
  readonly #units: Uint16Array;

  constructor(starts: Uint32Array, units: Uint16Array) {
    this.#starts = starts;
    this.#units = units;
  }

  get size(): number {
    return Math.max(0, this.#starts.length - 1);
  }

  key(index: number): string {
    const start = this.#starts[index] as number;
    const end = this.#starts[index + 1] as number;
    let text = '';
    for (let at = start; at < end; at += 1024) {
      text += String.fromCharCode(...this.#units.subarray(at, Math.min(end, at + 1024)));
    }
    return text;
  }

  /** Whether the keys ascend, each once; else searching for one finds nothing. */
  isAscending(): boolean {
    const starts = this.#starts;
    const units = this.#units;
    let before = starts[0] as number;
    let start = starts[1] as number;
    for (let index = 1; index < this.size; index++) {
      const end = starts[index + 1] as number;
      let a = before;
      let b = start;
      while (a < start && b < end && units[a] === units[b]) {
        a++;
        b++;
      }
      if (b === end || (a < start && (units[a] as number) > (units[b] as number))) return false;
      before = start;
      start = end;
    }
    return true;
  }

  /** The key's number, or -1. */
  find(key: string): number {
    const index = this.lowerBound(key);
    return index < this.size && this.#compare(index, key, false) === 0 ? index : -1;
  }

  /** The first key not before `key`; `size` where there is none. */
  lowerBound(key: string): number {
    return this.#bound((index) => this.#compare(index, key, false) < 0);
  }

  /** The keys that begin with `prefix`: [start, end). */
  prefixRange(prefix: string): readonly [start: number, end: number] {
    return [this.lowerBound(prefix), this.#bound((index) => this.#compare(index, prefix, true) <= 0)];
  }

  /** UTF-16 units of a key. */
  lengthOf(index: number): number {
    return (this.#starts[index + 1] as number) - (this.#starts[index] as number);
  }

  /** The unit of a key at `at`, which must be inside the key. */
  unitAt(index: number, at: number): number {
    return this.#units[(this.#starts[index] as number) + at] as number;
  }

  /** How many units the keys `a` and `b` begin with alike, `most` at most. */
  sharedLength(a: number, b: number, most: number): number {
    const startOfA = this.#starts[a] as number;
    const startOfB = this.#starts[b] as number;
    const longest = Math.min(most, this.lengthOf(a), this.lengthOf(b));
    let length = 0;
    while (length < longest && this.#units[startOfA + length] === this.#units[startOfB + length]) length++;
    return length;
  }

  /**
   * The first key behind `index` that is not before the first `length` units of key `index` followed by `unit`; 0x10000 as
   * the unit passes over all that begins with them. Gallops, so that a near key costs little.
   */
  seek(index: number, length: number, unit: number): number {
    let low = index;
    let step = 1;
    while (low + step < this.size && this.#isBeforeUnit(low + step, index, length, unit)) {
      low += step;
      step *= 2;
    }
    let high = Math.min(this.size, low + step);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#isBeforeUnit(middle, index, length, unit)) low = middle;
      else high = middle;
    }
    return high;
  }

  #isBeforeUnit(key: number, like: number, length: number, unit: number): boolean {
    if (this.sharedLength(key, like, length) < length) return false;
    return this.lengthOf(key) === length || this.unitAt(key, length) < unit;
  }

  #bound(isBefore: (index: number) => boolean): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Key against text; with `prefixOnly` a key that continues the text is equal to it. */
  #compare(index: number, text: string, prefixOnly: boolean): number {
    const start = this.#starts[index] as number;
    const length = (this.#starts[index + 1] as number) - start;
    const shared = Math.min(length, text.length);
    for (let i = 0; i < shared; i++) {
      const difference = (this.#units[start + i] as number) - text.charCodeAt(i);
      if (difference !== 0) return difference;
    }
    return prefixOnly && length > text.length ? 0 : length - text.length;
  }
}

/** Names by number. */
export class NameTable {
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array;

  constructor(starts: Uint32Array, bytes: Uint8Array) {
    this.#starts = starts;
    this.#bytes = bytes;
  }

  get size(): number {
    return Math.max(0, this.#starts.length - 1);
  }

  name(index: number): string {
    const bytes = this.#bytes.subarray(this.#starts[index], this.#starts[index + 1]);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }
}
