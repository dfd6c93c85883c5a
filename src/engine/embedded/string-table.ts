/** Strings stored behind each other in a section, read in place. Two kinds: UTF-16 units for sorted keys, UTF-8 for names. */

/** Keys ascending by UTF-16 units, found by binary search without making strings. */
export class SortedKeys {
  readonly #starts: Uint32Array;
  readonly #units: Uint16Array;
  #branches: Branching | null = null;

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

  /** Some of the keys, copied. */
  select(isWanted: (index: number) => boolean): SortedKeys {
    const wanted = Array.from({ length: this.size }, (_, index) => index).filter(isWanted);
    const starts = new Uint32Array(wanted.length + 1);
    wanted.forEach((index, place) => {
      starts[place + 1] = (starts[place] as number) + this.lengthOf(index);
    });
    const units = new Uint16Array(starts[wanted.length] as number);
    wanted.forEach((index, place) => {
      units.set(this.#units.subarray(this.#starts[index], this.#starts[index + 1]), starts[place]);
    });
    return new SortedKeys(starts, units);
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

  /** How many units a key shares with the one before it; 255 where more. */
  sharedBefore(index: number): number {
    return this.#branching().shared[index] as number;
  }

  /** The first key behind `index` that shares at most `length` units with the one before it; `size` where there is none. */
  nextBranch(index: number, length: number): number {
    const { shared, least } = this.#branching();
    let next = index + 1;
    while (next < shared.length && (shared[next] as number) > length) {
      next++;
      if (next % branchBlock !== 0) continue;
      while ((least[next / branchBlock] as number) > length) next += branchBlock;
    }
    return Math.min(next, shared.length);
  }

  /** Does what `sharedBefore` and `nextBranch` do when first asked: a pass over the keys. */
  prepareBranches(): void {
    this.#branching();
  }

  #branching(): Branching {
    this.#branches ??= findBranches(this);
    return this.#branches;
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

/** What keys share with the one before each, and the least of every `branchBlock` of them: to pass over many at once. */
interface Branching {
  readonly shared: Uint8Array;
  readonly least: Uint8Array;
}

const branchBlock = 64;

function findBranches(keys: SortedKeys): Branching {
  const shared = new Uint8Array(keys.size);
  for (let index = 1; index < keys.size; index++) shared[index] = keys.sharedLength(index - 1, index, 255);
  const least = new Uint8Array(Math.ceil(keys.size / branchBlock)).fill(255);
  for (let index = 0; index < keys.size; index++) {
    const block = Math.floor(index / branchBlock);
    least[block] = Math.min(least[block] as number, shared[index] as number);
  }
  return { shared, least };
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
