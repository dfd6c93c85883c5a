/**
 * Misspellings: dictionary terms within a few edits of a word. The sorted dictionary is walked like a trie: rows of the
 * edit table are kept for what a term shares with the one before it, and once a prefix is too far away everything that
 * begins with it is passed over.
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
  const rows: Uint16Array[] = [Uint16Array.from({ length: word.length + 1 }, (_, column) => column)];
  let shared = 0;
  let previous = '';
  for (let term = 0; term < terms.size; ) {
    const key = terms.key(term);
    shared = sharedLength(previous, key, shared);
    previous = key;
    let depth = shared;
    let isAlive = true;
    while (depth < key.length && isAlive) {
      isAlive = fillRow(rows, word, key, depth, maxEdits);
      depth++;
    }
    if (!isAlive) {
      shared = depth;
      term = terms.prefixRange(key.slice(0, depth))[1];
      continue;
    }
    const edits = (rows[key.length] as Uint16Array)[word.length] as number;
    if (edits > 0 && edits <= maxEdits) found.push({ term, edits });
    shared = key.length;
    term++;
  }
  return found;
}

/** How much two neighbours share, no more than what rows are filled for. */
function sharedLength(a: string, b: string, filled: number): number {
  const longest = Math.min(a.length, b.length, filled);
  let length = 0;
  while (length < longest && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** Fills the row behind `key[depth]`; false where no continuation can come within `maxEdits`. */
function fillRow(rows: Uint16Array[], word: string, key: string, depth: number, maxEdits: number): boolean {
  const above = rows[depth] as Uint16Array;
  const twoAbove = depth > 0 ? (rows[depth - 1] as Uint16Array) : null;
  rows[depth + 1] ??= new Uint16Array(word.length + 1);
  const row = rows[depth + 1] as Uint16Array;
  const unit = key.charCodeAt(depth);
  const unitBefore = depth > 0 ? key.charCodeAt(depth - 1) : -1;
  row[0] = depth + 1;
  let least = depth + 1;
  for (let column = 1; column <= word.length; column++) {
    const wordUnit = word.charCodeAt(column - 1);
    const substituted = (above[column - 1] as number) + (unit === wordUnit ? 0 : 1);
    let value = Math.min(substituted, (above[column] as number) + 1, (row[column - 1] as number) + 1);
    const isSwapped =
      twoAbove !== null && column > 1 && unit === word.charCodeAt(column - 2) && unitBefore === wordUnit;
    if (isSwapped) value = Math.min(value, (twoAbove[column - 2] as number) + 1);
    row[column] = value;
    if (value < least) least = value;
  }
  return least <= maxEdits || leastOf(above) < maxEdits;
}

/** A transposition may reach two rows up, so a row alone does not prove that a prefix is too far away. */
function leastOf(row: Uint16Array): number {
  let least = row[0] as number;
  for (const value of row) if (value < least) least = value;
  return least;
}
