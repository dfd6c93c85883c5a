/** When which segments of a snapshot are merged: the fewer there are, the faster searches are; the smaller those that a build merges, the sooner it is done. */
import type { Manifest } from '../src/snapshot/snapshot-folder.ts';

export interface MergeRules {
  /** A build takes in segments with so many live paragraphs at most, whatever it has itself … */
  readonly alwaysTaken: number;
  /** … and larger ones with at most twice the paragraphs that it has gathered, up to so many together. */
  readonly mostGathered: number;
  /** Where more than this share of the live paragraphs is new or removed, a build makes one segment of all. */
  readonly muchChanged: number;
}

export const mergeRules: MergeRules = { alwaysTaken: 1000, mostGathered: 20_000, muchChanged: 0.25 };

export interface Mergeable {
  readonly name: string;
  readonly liveParagraphs: number;
}

/**
 * Which segments a build of so many new paragraphs takes in. Those without live articles always are; of the others each
 * that stays is more than twice as large as all smaller ones, so that there are few of them.
 */
export function chooseMerged(segments: readonly Mergeable[], newParagraphs: number, rules: MergeRules): Set<string> {
  const chosen = new Set<string>();
  let gathered = newParagraphs;
  for (const { name, liveParagraphs } of [...segments].sort((a, b) => a.liveParagraphs - b.liveParagraphs)) {
    const isSmall = liveParagraphs <= Math.max(2 * gathered, rules.alwaysTaken);
    if (liveParagraphs > 0 && !(isSmall && gathered + liveParagraphs <= rules.mostGathered)) break;
    chosen.add(name);
    gathered += liveParagraphs;
  }
  return chosen;
}

/** More segments than this, or a larger part of the snapshot beside the largest one, are worth a merge of all. */
const mostSegments = 10;
const mostBeside = 0.2;
/** What was removed from a segment is compiled anew by every change that removes more of it. */
const mostParagraphsBeside = 30_000;

/** Whether merging all segments of a snapshot into one is worth its cost. */
export function wantsMerge({ paragraphs: live, segments }: Manifest): boolean {
  const held = segments.reduce((sum, { paragraphs }) => sum + paragraphs, 0);
  const largest = segments.reduce((most, { paragraphs }) => Math.max(most, paragraphs), 0);
  // What is removed is held and not live, and wherever it is, it costs.
  const beside = held - largest + (held - live);
  return segments.length > mostSegments || beside > Math.min(mostBeside * largest, mostParagraphsBeside);
}
