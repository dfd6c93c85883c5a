/** A corpus indexed in a temporary folder, for measuring: nothing of the user's own index is touched. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../index-build/build.ts';
import type { BuildReport } from '../domain/build-report.ts';
import { closeSearchable, type OpenedSearchable, openSearchable } from '../open-searchable.ts';

/** Runs `work` with an empty folder, and removes it afterwards. */
export async function withWorkFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lede-evaluate-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Builds the corpus into the data folder, from nothing, and runs `work` on what was published. `check` sees the report
 * first, and may throw.
 */
export async function withIndex<T>(
  { corpus, data, check }: { readonly corpus: string; readonly data: string; check(report: BuildReport): void },
  work: (searchable: OpenedSearchable, report: BuildReport) => Promise<T>,
): Promise<T> {
  const report = await build({ corpus, data, isFull: true, keepBuilds: 1 });
  check(report);
  const searchable = await openSearchable(data);
  try {
    return await work(searchable, report);
  } finally {
    await closeSearchable(searchable);
  }
}
