/**
 * Misspellings: dictionary terms within a few edits of a word. The sorted dictionary is walked like a trie: rows of the
 * edit table are kept for what a term shares with the one before it, and what cannot come near any more is passed over.
 *
 * Stands on the way of every missing word, hence the care: one edit takes 0.15 ms on 68,000 terms and 0.4 ms on 211,000,
 * two edits 0.8 and 2.6 ms.
 */
import type { SortedKeys } from './string-table.ts';

export interface SimilarTerm {
  readonly term: number;
  readonly edits: number;
}

/**
 * All terms within `maxEdits` of `word`, 14 at most: insertions, deletions, substitutions and transpositions of
 * neighbours on UTF-16 units, each unit edited at most once (optimal string alignment). In dictionary order, without the
 * word itself.
 */
export function findSimilar(terms: SortedKeys, word: string, maxEdits: number): SimilarTerm[] {
  const found: SimilarTerm[] = [];
  const table = new EditTable(word, maxEdits);
  let filled = 0;
  for (let term = 0; term < terms.size; ) {
    const length = terms.lengthOf(term);
    let isNear = true;
    for (; filled < length && isNear; filled++) isNear = table.fill(filled, terms.unitAt(term, filled));
    let next = term + 1;
    if (isNear) {
      const edits = table.edits(length);
      if (edits > 0 && edits <= maxEdits) found.push({ term, edits });
    } else {
      const dead = filled - 1;
      // Units that are not among the word's next ones all fare alike, so the next one that is decides where to go on.
      const unit = table.nextUnit(dead, terms.unitAt(term, dead));
      next = unit === noUnit ? terms.nextBranch(term, dead - 1) : terms.nextBranch(term, dead);
      while (next < terms.size && terms.sharedBefore(next) === dead && terms.unitAt(next, dead) < unit) {
        next = terms.nextBranch(next, dead);
      }
    }
    if (next < terms.size) filled = Math.min(filled, terms.sharedBefore(next));
    term = next;
  }
  return found;
}

/** Behind every UTF-16 unit. */
const noUnit = 0x10000;

/**
 * The table of edits between a word and a prefix that grows unit by unit: row n stands behind n units of the prefix. A
 * row is a set of places in the word for each number of edits, as bits: bit b of row n stands for place n + b - `maxEdits`,
 * so that what lies within `maxEdits` of the diagonal fits a number however long the word is. (Wu and Manber 1992, along
 * the diagonal; swapped neighbours as an edge of its own.)
 */
class EditTable {
  readonly #maxEdits: number;
  readonly #length: number;
  /** Of the word, with `maxEdits` + 1 units in front of it that nothing is equal to. */
  readonly #units: Int32Array;
  /** Row n, with e edits: the places that the prefix can reach. */
  readonly #places: Int32Array;
  /** Row n: where the word has the unit that leads there; bit b for place n + b - `maxEdits` - 2. */
  readonly #matches: Int32Array;
  /** All bits of a row. */
  readonly #band: number;

  constructor(word: string, maxEdits: number) {
    this.#maxEdits = maxEdits;
    this.#length = word.length;
    // Behind the deepest row that is filled a window of units.
    this.#units = new Int32Array(word.length + 3 * maxEdits + 3).fill(-1);
    for (let at = 0; at < word.length; at++) this.#units[maxEdits + 1 + at] = word.charCodeAt(at);
    // Behind the longest term that can be near no place is left.
    const rows = word.length + maxEdits + 2;
    this.#places = new Int32Array(rows * (maxEdits + 1));
    this.#matches = new Int32Array(rows);
    this.#band = (1 << (2 * maxEdits + 1)) - 1;
    // Before the first unit e edits have dropped as many units of the word.
    let places = 0;
    for (let edits = 0; edits <= maxEdits; edits++) {
      if (edits <= word.length) places |= 1 << (maxEdits + edits);
      this.#places[edits] = places;
    }
  }

  /** Fills the row behind `unit`, which stands at `depth`; false where no continuation can come within `maxEdits`. */
  fill(depth: number, unit: number): boolean {
    const most = this.#maxEdits;
    const places = this.#places;
    const units = this.#units;
    let matches = 0;
    for (let bit = 0; bit < 2 * most + 3; bit++) if (units[depth + bit] === unit) matches |= 1 << bit;
    this.#matches[depth + 1] = matches;
    const equal = (matches >>> 1) & this.#band;
    // Where the prefix ends in two neighbours of the word in the wrong order.
    const swapped = matches & ((this.#matches[depth] as number) >>> 2) & this.#band;
    // Places that have a unit of the word behind them.
    const inside = (1 << Math.min(2 * most + 1, Math.max(0, this.#length - depth + most))) - 1;
    const above = depth * (most + 1);
    const row = above + most + 1;
    let fewer = (places[above] as number) & equal;
    places[row] = fewer;
    for (let edits = 1; edits <= most; edits++) {
      const before = places[above + edits - 1] as number;
      const added = before >>> 1;
      const changed = before & inside;
      const dropped = (fewer << 1) & inside;
      let reached = ((places[above + edits] as number) & equal) | added | changed | dropped;
      if (depth > 0) reached |= (places[above - most - 1 + edits - 1] as number) & swapped;
      places[row + edits] = reached;
      fewer = reached;
    }
    return fewer !== 0;
  }

  /** Edits between the word and a term of this length whose rows are filled; more than `maxEdits` where too many. */
  edits(length: number): number {
    const bit = this.#length - length + this.#maxEdits;
    if (bit < 0 || bit > 2 * this.#maxEdits) return this.#maxEdits + 1;
    const row = length * (this.#maxEdits + 1);
    let edits = 0;
    while (edits <= this.#maxEdits && (((this.#places[row + edits] as number) >>> bit) & 1) === 0) edits++;
    return edits;
  }

  /** The least unit above `unit` that the word has where a prefix of `depth` units could go on. */
  nextUnit(depth: number, unit: number): number {
    let next = noUnit;
    for (let at = depth; at < depth + 2 * this.#maxEdits + 3; at++) {
      const candidate = this.#units[at] as number;
      if (candidate > unit && candidate < next) next = candidate;
    }
    return next;
  }
}
