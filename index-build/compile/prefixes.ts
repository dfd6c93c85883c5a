/** Finds the beginnings that many terms share, and counts the paragraphs that hold any of those terms. */
import { prefixLength, prefixTerms } from '../../src/engine/embedded/segment-format.ts';
import { SortedKeys } from '../../src/engine/embedded/string-table.ts';
import { KeyWriter, type Run } from './run.ts';
import { keepNew, type TextParagraphs } from './text-paragraphs.ts';

const none = -1;

export function compilePrefixes(run: Run, reader: TextParagraphs) {
  const keys = new KeyWriter();
  const counts: number[] = [];
  const terms = new SortedKeys(run.termStarts, run.termUnits);
  // By length: the prefix that the terms at hand have, and for each paragraph the last one that was found in it, plus 1.
  const open = new Array<number>(prefixLength + 1).fill(none);
  const stamps = open.map((_, length) => new Uint32Array(length === 0 ? 0 : reader.total));

  for (let term = 0; term < terms.size; term++) {
    const start = run.termStarts[term] as number;
    for (let length = sharedWithPrevious(terms, term) + 1; length <= prefixLength; length++) {
      if (isShared(terms, term, length)) {
        open[length] = counts.length;
        counts.push(0);
        keys.addUnits(run.termUnits, start, start + length);
      } else open[length] = none;
    }
    let deepest = prefixLength;
    while (deepest > 0 && open[deepest] === none) deepest--;
    if (deepest === 0) continue;
    let left = reader.read(term);
    for (let length = deepest; length > 0 && left > 0; length--) {
      // Where a prefix was found in a paragraph, so were the shorter ones: those are left out.
      const prefix = open[length] as number;
      left = keepNew(reader.found, left, stamps[length] as Uint32Array, prefix + 1);
      counts[prefix] = (counts[prefix] as number) + left;
    }
  }
  const { starts, units } = keys.finish();
  return { prefixKeyStarts: starts, prefixKeyUnits: units, prefixTextParagraphs: Uint32Array.from(counts) };
}

function sharedWithPrevious(terms: SortedKeys, term: number): number {
  return term === 0 ? 0 : terms.sharedLength(term - 1, term, prefixLength);
}

/** Whether more than `prefixTerms` terms, of which `term` is the first one, begin with its first `length` units. */
function isShared(terms: SortedKeys, term: number, length: number): boolean {
  return term + prefixTerms < terms.size && terms.sharedLength(term, term + prefixTerms, length) === length;
}
