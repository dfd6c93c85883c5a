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

/** Articles that follow each other both in their part and in the index. Runs follow each other in the index's order. */
export interface ArticleRun {
  /** Place of the part among the index's parts. */
  readonly part: number;
  /** Number in the part. */
  readonly first: number;
  readonly count: number;
}
