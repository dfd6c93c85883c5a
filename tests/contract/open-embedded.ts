/** Builds a snapshot of a test's corpus as the program does, and opens it for searching. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../index-build/build.ts';
import { closeSearchable, openSearchable } from '../../src/open-searchable.ts';
import type { Searchable } from '../../src/searchable.ts';
import { type CorpusFiles, withTemporaryFolder, writeFiles } from './corpus-files.ts';

/** Runs `work` on the built corpus; closes and removes everything afterwards. */
export function withEmbedded<T>(files: CorpusFiles, work: (searchable: Searchable) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const corpus = join(folder, 'corpus');
    const data = join(folder, 'data');
    await mkdir(corpus);
    await writeFiles(corpus, files);
    await build({ corpus, data, isFull: true, keepBuilds: 1 });
    const searchable = await openSearchable(data);
    try {
      return await work(searchable);
    } finally {
      await closeSearchable(searchable);
    }
  });
}
