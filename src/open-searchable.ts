/** Opens the published snapshot for searching. */
import { fingerprint } from './analysis/analyze.ts';
import { LedeError } from './domain/error.ts';
import type { BuildId } from './domain/ids.ts';
import { EmbeddedEngine } from './engine/embedded/embedded-engine.ts';
import { openSnapshot } from './engine/embedded/open-snapshot.ts';
import { OpenedIndex } from './engine/embedded/opened-index.ts';
import { SnapshotTexts } from './engine/embedded/snapshot-texts.ts';
import { TextFile } from './engine/embedded/text-file.ts';
import type { Searchable } from './searchable.ts';
import { type Manifest, readCurrent } from './snapshot/snapshot-folder.ts';

/** A snapshot open for searching, with what it says of itself. */
export interface OpenedSearchable extends Searchable {
  readonly manifest: Manifest;
}

/**
 * Opens the build that is published in the data folder. Throws `LedeError` `not_found` where nothing was published,
 * `incompatible` where it cannot be read by this version.
 */
export async function openSearchable(data: string): Promise<OpenedSearchable> {
  const build = await readCurrent(data);
  if (build === null) throw new LedeError('not_found', `nothing is indexed in "${data}" yet: run \`lede build\``);
  try {
    return await openBuild(data, build);
  } catch (error) {
    // It may have been replaced and removed since its name was read: then the next one is there.
    if ((await readCurrent(data)) === build) throw error;
    return openSearchable(data);
  }
}

async function openBuild(data: string, build: BuildId): Promise<OpenedSearchable> {
  const { manifest, segments } = await openSnapshot(data, build, fingerprint());
  const index = new OpenedIndex(segments);
  const files = segments.map(
    ({ name, segment, texts }) => [name, new TextFile(segment, texts, `"${name}.texts.bin"`)] as const,
  );
  return {
    build,
    manifest,
    engine: new EmbeddedEngine(manifest, index),
    store: new SnapshotTexts(index, new Map(files)),
  };
}

export async function closeSearchable({ engine, store }: Searchable): Promise<void> {
  await engine.close();
  await store.close();
}
