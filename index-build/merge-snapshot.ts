/** Merges segments of the published snapshot into fewer, while builds go on. */
import type { BuildReport } from '../src/domain/build-report.ts';
import type { Manifest } from '../src/snapshot/snapshot-folder.ts';
import type { BuildOptions } from './build.ts';

/** Whether the snapshot has segments that are worth merging. */
export function wantsMerge(_manifest: Manifest): boolean {
  return false;
}

/** Merges and publishes; null where there was nothing to merge. */
export async function mergeSnapshot(_options: BuildOptions): Promise<BuildReport | null> {
  return null;
}
