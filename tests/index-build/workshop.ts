/** An empty corpus folder with a place to build into, and what a build of it published. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from '../../index-build/build.ts';
import type { BuildReport } from '../../src/domain/build-report.ts';
import { closeSearchable, openSearchable } from '../../src/open-searchable.ts';
import { withTemporaryFolder } from '../contract/corpus-files.ts';

interface Workshop {
  readonly corpus: string;
  readonly data: string;
  readonly run: (options?: Partial<BuildOptions>) => Promise<BuildReport>;
}

/** Runs `work` with an empty workshop, and removes it afterwards. */
export function withWorkshop(work: (workshop: Workshop) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const corpus = join(folder, 'corpus');
    const data = join(folder, 'data');
    await mkdir(corpus);
    await work({ corpus, data, run: (options) => build({ corpus, data, isFull: false, keepBuilds: 3, ...options }) });
  });
}

/** The paragraphs of the published snapshot, in its order. */
export async function textsOf(data: string): Promise<string[]> {
  const searchable = await openSearchable(data);
  try {
    const { paragraphs } = await searchable.engine.status();
    const ordinals = Array.from(
      { length: paragraphs },
      (_, i) => i as Parameters<typeof searchable.store.readParagraph>[0],
    );
    return (await Promise.all(ordinals.map((paragraph) => searchable.store.readParagraph(paragraph)))).map(
      ({ text }) => text,
    );
  } finally {
    await closeSearchable(searchable);
  }
}
