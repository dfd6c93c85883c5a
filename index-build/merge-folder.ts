/** Which segments are being merged beside builds: those must stay as they are, or the merge was for nothing. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mergingPath } from '../src/snapshot/snapshot-folder.ts';
import { isMerging } from './build-lock.ts';

const pinnedFile = 'segments.json';

/** Says which segments are being merged. Needs the lock for merging. */
export async function pinSegments(data: string, names: readonly string[]): Promise<void> {
  await writeFile(join(mergingPath(data), pinnedFile), JSON.stringify(names));
}

/** The segments that builds must not merge. */
export async function pinnedSegments(data: string): Promise<ReadonlySet<string>> {
  if (!(await isMerging(data))) return new Set();
  const text = await readFile(join(mergingPath(data), pinnedFile), 'utf8').catch(() => '[]');
  try {
    return new Set(JSON.parse(text) as string[]);
  } catch {
    // It is being written: that merge looks again afterwards whether its segments are there.
    return new Set();
  }
}
