/** Finds the beginnings that many terms share. */
import { prefixLength, prefixTerms } from '../../src/engine/embedded/segment-format.ts';
import { SortedKeys } from '../../src/engine/embedded/string-table.ts';
import { KeyWriter, type Run } from './run.ts';

export function compilePrefixes(run: Run) {
  const keys = new KeyWriter();
  const terms = new SortedKeys(run.termStarts, run.termUnits);
  for (let term = 0; term < terms.size; term++) {
    const start = run.termStarts[term] as number;
    for (let length = sharedWithPrevious(terms, term) + 1; length <= prefixLength; length++) {
      if (isShared(terms, term, length)) keys.addUnits(run.termUnits, start, start + length);
    }
  }
  const { starts, units } = keys.finish();
  return { prefixKeyStarts: starts, prefixKeyUnits: units };
}

function sharedWithPrevious(terms: SortedKeys, term: number): number {
  return term === 0 ? 0 : terms.sharedLength(term - 1, term, prefixLength);
}

/** Whether more than `prefixTerms` terms, of which `term` is the first one, begin with its first `length` units. */
function isShared(terms: SortedKeys, term: number, length: number): boolean {
  return term + prefixTerms < terms.size && terms.sharedLength(term, term + prefixTerms, length) === length;
}
