/** Indexes of several segments in memory, of which articles were removed since. */
import { EmbeddedEngine } from '../../../../src/engine/embedded/embedded-engine.ts';
import type { OpenedSegment, OpenedSnapshot } from '../../../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import type { Pruning } from '../../../../src/engine/embedded/rank-articles.ts';
import { SearchMemory } from '../../../../src/engine/embedded/search-memory.ts';
import type { Segment } from '../../../../src/engine/embedded/segment.ts';
import { segmentOf, type TinySource } from './tiny-segment.ts';

export interface PlacedSource extends TinySource {
  readonly id: string;
  /** Number of its segment. */
  readonly segment: number;
  readonly isRemoved: boolean;
}

export interface Opened {
  readonly engine: EmbeddedEngine;
  readonly index: OpenedIndex;
}

/** Shared by all engines of a file, as by those of a thread: what one leaves behind the next one would add to. */
export const memory = new SearchMemory();

export function openSegments(
  segments: readonly { readonly segment: Segment; readonly removed: OpenedSegment['removed'] }[],
): Opened {
  const index = new OpenedIndex(
    segments.map(({ segment, removed }, number) => ({
      name: `s${number}`,
      segment,
      removed,
      texts: null as unknown as OpenedSegment['texts'],
    })),
  );
  return { engine: engineOn(index), index };
}

/** Another engine on an index, which looks into other articles at first. */
export function engineOn(index: OpenedIndex, pruning?: Pruning): EmbeddedEngine {
  const options = pruning === undefined ? { memory } : { memory, pruning };
  return new EmbeddedEngine({} as OpenedSnapshot['manifest'], index, options);
}

export function openSeveral(sources: readonly PlacedSource[]): Opened {
  const numbers = [...new Set(sources.map(({ segment }) => segment))].sort();
  return openSegments(
    numbers.map((number) => {
      const own = sources.filter(({ segment }) => segment === number);
      const articles = own.flatMap(({ isRemoved }, place) => (isRemoved ? [place] : []));
      const removed = own.filter(({ isRemoved }) => isRemoved);
      return {
        segment: segmentOf(own),
        removed: articles.length === 0 ? null : { articles, segment: segmentOf(removed) },
      };
    }),
  );
}

/** One segment of what is left. */
export function openOne(sources: readonly PlacedSource[]): Opened {
  return openSegments([{ segment: segmentOf(sources.filter(({ isRemoved }) => !isRemoved)), removed: null }]);
}
