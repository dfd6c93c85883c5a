/** A segment's place in an index of several. */
import type { Segment } from './segment.ts';

export interface IndexPart {
  readonly name: string;
  readonly segment: Segment;
  /** Article number in the segment → in the index, ascending; null where they are the same. */
  readonly articleNumbers: Uint32Array | null;
  /** Number in the index of the segment's first paragraph. */
  readonly firstParagraph: number;
  /** A segment of what was removed of it, whose counts are taken off; null where nothing was. */
  readonly removed: Segment | null;
}
