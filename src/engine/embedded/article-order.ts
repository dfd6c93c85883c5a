/** In which order the articles of several segments are numbered: by path, as in a single segment of them all. */
import type { ArticleRun } from './index-part.ts';
import { mergeNames } from './merge-names.ts';
import type { OpenedSegment } from './open-snapshot.ts';

export interface ArticleOrder {
  readonly size: number;
  /** Per segment; null where its own numbers stay. */
  readonly numbers: readonly (Uint32Array | null)[];
  readonly partOf: Uint8Array;
  readonly localOf: Uint32Array | null;
}

export function orderArticles(segments: readonly OpenedSegment[]): ArticleOrder {
  const [only, ...others] = segments;
  if (only === undefined || others.length === 0) {
    const size = only?.segment.header.articles ?? 0;
    return { size, numbers: [null], partOf: new Uint8Array(size), localOf: null };
  }
  const merged = mergeNames(
    segments.map(({ segment }) => segment.paths),
    { areDistinct: false },
  );
  return { size: merged.size, numbers: merged.numbers, partOf: merged.tables, localOf: merged.places };
}

export function findRuns({ size, partOf, localOf }: ArticleOrder): ArticleRun[] {
  if (localOf === null) return size === 0 ? [] : [{ part: 0, first: 0, count: size }];
  const runs: ArticleRun[] = [];
  for (let start = 0; start < size; ) {
    const part = partOf[start] as number;
    let end = start + 1;
    // In one part numbers ascend without a gap, since all its articles are in the index.
    while (end < size && partOf[end] === part) end++;
    runs.push({ part, first: localOf[start] as number, count: end - start });
    start = end;
  }
  return runs;
}
