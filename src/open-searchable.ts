/** Opens the published snapshot for searching. */
import { fingerprint } from './analysis/analyze.ts';
import { LedeError } from './domain/error.ts';
import type { BuildId } from './domain/ids.ts';
import type { RankingParameters } from './domain/ranking.ts';
import { EmbeddedEngine } from './engine/embedded/embedded-engine.ts';
import {
  closeSnapshot,
  type LoadedSnapshot,
  loadSnapshot,
  type SegmentViews,
  viewSnapshot,
} from './engine/embedded/open-snapshot.ts';
import { OpenedIndex } from './engine/embedded/opened-index.ts';
import { SearchMemory } from './engine/embedded/search-memory.ts';
import { SnapshotTexts } from './engine/embedded/snapshot-texts.ts';
import { TextFile } from './engine/embedded/text-file.ts';
import type { Searchable } from './searchable.ts';
import { type Manifest, readCurrent, segmentFiles } from './snapshot/snapshot-folder.ts';

export type { LoadedSnapshot } from './engine/embedded/open-snapshot.ts';

/** A searchable on a snapshot that somebody else keeps open. */
export interface ViewedSearchable extends Searchable {
  readonly reusable: Reusable;
  /** Computes what many searches need before the first of them does, in small steps. */
  warmUp(signal: AbortSignal): Promise<void>;
  /** Leaves the snapshot as it is. */
  close(): Promise<void>;
}

/** What the next snapshot of the same thread can use as well. */
interface Reusable {
  readonly views: SegmentViews;
  readonly memory: SearchMemory;
}

/** A snapshot open for searching, with what it says of itself. */
export interface OpenedSearchable extends ViewedSearchable {
  readonly manifest: Manifest;
  /** What other threads can search it by, as long as it is open here. */
  readonly loaded: LoadedSnapshot;
}

/**
 * Opens the build that is published in the data folder; what `before` has in memory of it is not read again. Throws
 * `LedeError` `not_found` where nothing was published, `incompatible` where it cannot be read by this version.
 */
export async function openSearchable(data: string, before: OpenedSearchable | null = null): Promise<OpenedSearchable> {
  const build = await readCurrent(data);
  if (build === null) throw new LedeError('not_found', `nothing is indexed in "${data}" yet: run \`lede build\``);
  try {
    return await openBuild(data, build, before);
  } catch (error) {
    // It may have been replaced and removed since its name was read: then the next one is there.
    if ((await readCurrent(data)) === build) throw error;
    return openSearchable(data, before);
  }
}

/**
 * A searchable on a snapshot that may have been loaded by another thread, which closes it. `before` is one of the same
 * thread. The engine is made when it is first asked for: a thread that leaves searches to others needs none.
 */
export function viewSearchable(
  loaded: LoadedSnapshot,
  { before = null, ranking }: { readonly before?: ViewedSearchable | null; readonly ranking?: RankingParameters } = {},
): ViewedSearchable {
  const { manifest, segments, recurring, views } = viewSnapshot(loaded, fingerprint(), before?.reusable.views);
  const memory = before?.reusable.memory ?? new SearchMemory();
  const index = new OpenedIndex(segments, { ranking, recurring });
  const { build } = manifest;
  let made: EmbeddedEngine | null = null;
  const engine = () => {
    made ??= new EmbeddedEngine(manifest, index, { memory });
    return made;
  };
  const files = segments.map(
    ({ name, segment, texts }) => [name, new TextFile(segment, texts, `"${segmentFiles(name).texts}"`)] as const,
  );
  const store = new SnapshotTexts(index, new Map(files));
  return {
    build,
    reusable: { views, memory },
    get engine() {
      return engine();
    },
    store,
    warmUp: (signal) => engine().warmUp(signal),
    close: async () => {
      await made?.close();
      await store.close();
    },
  };
}

/** Closes what `openSearchable` opened; once, and when nobody uses it any more. */
export async function closeSearchable(searchable: OpenedSearchable): Promise<void> {
  await searchable.close();
  await closeSnapshot(searchable.loaded);
}

async function openBuild(data: string, build: BuildId, before: OpenedSearchable | null): Promise<OpenedSearchable> {
  const loaded = await loadSnapshot(data, build, before?.loaded);
  try {
    return Object.assign(viewSearchable(loaded, { before }), { manifest: loaded.manifest, loaded });
  } catch (error) {
    await closeSnapshot(loaded);
    throw error;
  }
}
