/**
 * What every peer is measured by: an index over paragraphs with title and body, saved to disk, opened from there, and
 * asked the same queries for the same number of hits. Each peer is set up as its documents recommend for this work.
 */
import type { BenchDocument } from '../documents.ts';
import type { DrawnQuery, QueryClass } from '../query-classes.ts';

export interface PeerIndex {
  /** Number of hits, at most `hitsAsked`. */
  search(query: DrawnQuery): number | Promise<number>;
}

export interface Peer {
  /** Classes it cannot do, with the reason in a few words. */
  readonly cannot: Readonly<Partial<Record<QueryClass, string>>>;
  /** What about its set-up the reader of the figures should know, in one sentence. */
  readonly remark: string;
  /** Whether it can be asked this very query; one that leaves out stop words cannot look for one. */
  suits?(query: DrawnQuery): boolean;
  build(documents: AsyncIterable<BenchDocument>, folder: string): Promise<PeerIndex>;
  /** Writes the built index into the folder, unless building did. */
  save(index: PeerIndex, folder: string): Promise<void>;
  open(folder: string): Promise<PeerIndex>;
}

/** Loads a peer's package from where it was installed. */
export type LoadPackage = (name: string) => Promise<unknown>;

/** What a class that the peer cannot do costs it: nothing, and it says so. */
export function cannotDo(names: readonly QueryClass[], reason: string): Peer['cannot'] {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

export const phraseClasses: readonly QueryClass[] = ['phrase', 'stop-phrase'];
export const prefixClasses: readonly QueryClass[] = ['prefix-1', 'prefix-2', 'prefix-3'];
