/**
 * The file of a snapshot that tells which marks recur in its articles (`src/domain/recurrence.ts`). It belongs to the
 * snapshot, not to a segment: what recurs depends on all articles together.
 */
import { recurs } from '../../domain/recurrence.ts';
import { encodeContainer, openContainer } from '../../snapshot/container.ts';
import { addTo, type BitSet, emptySet } from './bit-set.ts';
import type { IndexPart } from './index-part.ts';

const recurringKind = 'recurring';
const recurringSections = { marks: 'u32' } as const;

/** `marks` ascending, each once → the file, to be written chunk by chunk. */
export function encodeRecurringMarks(marks: Uint32Array): Uint8Array[] {
  return encodeContainer({ kind: recurringKind, header: {}, types: recurringSections, sections: { marks } });
}

/** Bits of the filter for each mark: of marks that do not recur, which most are, one in 32 passes it. */
const filterBits = 32;

export class RecurringMarks {
  /** Ascending, each once. */
  readonly marks: Uint32Array;
  readonly #filter: Uint32Array;
  readonly #mask: number;

  constructor(marks: Uint32Array) {
    this.marks = marks;
    const bits = 2 ** Math.ceil(Math.log2(filterBits * Math.max(1, marks.length)));
    this.#mask = bits - 1;
    this.#filter = emptySet(bits);
    for (const mark of marks) addTo(this.#filter, mark & this.#mask);
  }

  /** For bytes that were compared with the checksum of their file. Throws `LedeError` `incompatible` for damaged ones. */
  static openVerified(name: string, bytes: Uint8Array): RecurringMarks {
    const expected = { kind: recurringKind, types: recurringSections, isVerified: true };
    return new RecurringMarks(openContainer(name, bytes, expected).sections.marks);
  }

  /** How many of the marks [start, end) recur. Nearly all are told by the filter, which is read in place. */
  count(marks: Uint32Array, start: number, end: number): number {
    const filter = this.#filter;
    const mask = this.#mask;
    let count = 0;
    for (let i = start; i < end; i++) {
      const bit = (marks[i] as number) & mask;
      if ((((filter[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1 && this.#has(marks[i] as number)) count++;
    }
    return count;
  }

  #has(mark: number): boolean {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.marks[middle] as number) < mark) low = middle + 1;
      else high = middle;
    }
    return this.marks[low] === mark;
  }
}

export const noRecurringMarks = new RecurringMarks(new Uint32Array(0));

/** The paragraphs that recur, of an index of `size` paragraphs. A pass over all marks: 60 ms for 1,000,000 paragraphs. */
export function findRecurringParagraphs(
  parts: readonly Pick<IndexPart, 'segment' | 'firstParagraph'>[],
  size: number,
  recurring: RecurringMarks,
): BitSet {
  const found = emptySet(size);
  if (recurring.marks.length === 0) return found;
  for (const { segment, firstParagraph } of parts) {
    const { paragraphMarks, paragraphMarkStarts } = segment.sections;
    for (let paragraph = 0; paragraph + 1 < paragraphMarkStarts.length; paragraph++) {
      const start = paragraphMarkStarts[paragraph] as number;
      const end = paragraphMarkStarts[paragraph + 1] as number;
      if (recurs(recurring.count(paragraphMarks, start, end), end - start)) addTo(found, firstParagraph + paragraph);
    }
  }
  return found;
}
