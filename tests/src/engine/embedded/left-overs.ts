/** Counts what searches left behind in the memory that they share. */
import type { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import type { SearchMemory } from '../../../../src/engine/embedded/search-memory.ts';

/** Numbers that are not zero although they must be between searches. */
export function leftOvers(memory: SearchMemory, index: OpenedIndex): number {
  const arrays = memory.reserve(index.articleNumbers, index.paragraphNumbers);
  const { boundKeys: _, scoreKeys: __, otherArticles: ___, holders, notes: ____, paragraphTfs, ...sums } = arrays;
  const zeros = [...Object.values(sums), ...holders, paragraphTfs.values];
  const left = zeros.reduce((count, array) => count + array.filter((value) => value !== 0).length, 0);
  return left + paragraphTfs.length + paragraphTfs.headings.size;
}
