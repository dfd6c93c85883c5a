/**
 * Misspellings: dictionary terms within a few edits of a word. The sorted dictionary is walked like a trie: rows of the
 * edit table are kept for what a term shares with the one before it, and what cannot come near any more is passed over.
 *
 * Stands on the way of every missing word, hence the care: on 99,409 terms two edits take 1 to 2 ms, where whole rows
 * and a step per prefix took 12.
 */
import type { SortedKeys } from './string-table.ts';

export interface SimilarTerm {
  readonly term: number;
  readonly edits: number;
}

/**
 * All terms within `maxEdits` of `word`: insertions, deletions, substitutions and transpositions of neighbours on
 * UTF-16 units, each unit edited at most once (optimal string alignment). In dictionary order, without the word itself.
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
      // Units that are not among the word's next ones all fare alike, so the next one that is decides where to go on.
      const dead = filled - 1;
      next = terms.seek(term, dead, table.nextUnit(dead, terms.unitAt(term, dead)));
    }
    if (next < terms.size) filled = terms.sharedLength(term, next, filled);
    term = next;
  }
  return found;
}

/** Behind every UTF-16 unit. */
const noUnit = 0x10000;

/**
 * The table of edits between a word and a prefix that grows unit by unit: row n stands behind n units of the prefix. Only
 * the band of columns is kept that can hold `maxEdits` or fewer.
 */
class EditTable {
  readonly #word: string;
  readonly #maxEdits: number;
  readonly #width: number;
  readonly #cells: Uint8Array;
  /** The least of each row. */
  readonly #least: Uint8Array;
  /** The prefix that rows are filled for. */
  readonly #prefix: Uint16Array;

  constructor(word: string, maxEdits: number) {
    this.#word = word;
    this.#maxEdits = maxEdits;
    this.#width = word.length + 2;
    // One row behind the longest term that can be near, and one more that a transposition could reach.
    const rows = word.length + maxEdits + 3;
    this.#cells = new Uint8Array(rows * this.#width).fill(maxEdits + 1);
    for (let column = 0; column <= Math.min(word.length, maxEdits); column++) this.#cells[column] = column;
    this.#least = new Uint8Array(rows);
    this.#prefix = new Uint16Array(rows);
  }

  /** Fills the row behind `unit`, which stands at `depth`; false where no continuation can come within `maxEdits`. */
  fill(depth: number, unit: number): boolean {
    const word = this.#word;
    const cells = this.#cells;
    const far = this.#maxEdits + 1;
    const row = (depth + 1) * this.#width;
    const above = row - this.#width;
    const first = Math.max(1, depth + 1 - this.#maxEdits);
    const last = Math.min(word.length, depth + 1 + this.#maxEdits);
    const unitBefore = depth > 0 ? (this.#prefix[depth - 1] as number) : -1;
    this.#prefix[depth] = unit;
    cells[row + first - 1] = first === 1 ? Math.min(depth + 1, far) : far;
    let least = cells[row + first - 1] as number;
    for (let column = first; column <= last; column++) {
      const wordUnit = word.charCodeAt(column - 1);
      let edits = (cells[above + column - 1] as number) + (unit === wordUnit ? 0 : 1);
      edits = Math.min(edits, (cells[above + column] as number) + 1, (cells[row + column - 1] as number) + 1);
      if (column > 1 && unitBefore === wordUnit && unit === word.charCodeAt(column - 2)) {
        edits = Math.min(edits, (cells[above - this.#width + column - 2] as number) + 1);
      }
      edits = Math.min(edits, far);
      cells[row + column] = edits;
      if (edits < least) least = edits;
    }
    cells[row + last + 1] = far;
    this.#least[depth + 1] = least;
    // A transposition reaches two rows up, so a row alone does not prove that the prefix is too far away.
    return least < far || (this.#least[depth] as number) < this.#maxEdits;
  }

  /** Edits between the word and a term of this length whose rows are filled; more than `maxEdits` where too many. */
  edits(length: number): number {
    const isInBand = Math.abs(length - this.#word.length) <= this.#maxEdits;
    return isInBand ? (this.#cells[length * this.#width + this.#word.length] as number) : this.#maxEdits + 1;
  }

  /** The least unit above `unit` that the word has where a prefix of `depth` units could go on. */
  nextUnit(depth: number, unit: number): number {
    const first = Math.max(0, depth - this.#maxEdits - 1);
    const last = Math.min(this.#word.length, depth + this.#maxEdits + 1);
    let next = noUnit;
    for (let at = first; at < last; at++) {
      const candidate = this.#word.charCodeAt(at);
      if (candidate > unit && candidate < next) next = candidate;
    }
    return next;
  }
}
