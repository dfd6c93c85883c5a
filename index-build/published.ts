/** The published snapshot as a build finds it: its segments opened, and what it knows of the files of the corpus. */
import { fingerprint } from '../src/analysis/analyze.ts';
import { LedeError } from '../src/domain/error.ts';
import type { BuildId } from '../src/domain/ids.ts';
import { closeSnapshot, type OpenedSegment, openRecurring, openSegment } from '../src/engine/embedded/open-snapshot.ts';
import { type Manifest, readCurrent, readManifest, type SegmentEntry } from '../src/snapshot/snapshot-folder.ts';
import { readCatalogue } from './catalogue.ts';
import { type KnownFile, KnownFiles } from './known-files.ts';

export interface PublishedSegment {
  readonly entry: SegmentEntry;
  readonly opened: OpenedSegment;
}

type PublishedContent = Pick<Published, 'manifest' | 'segments' | 'known' | 'recurring'>;

export class Published {
  readonly manifest: Manifest;
  /** In the order of the manifest. */
  readonly segments: readonly PublishedSegment[];
  /** Segments go by their names here, since what is removed of them changes. */
  readonly known: KnownFiles<string>;

  /** The marks that recur in its articles, ascending. */
  readonly recurring: Uint32Array;

  constructor({ manifest, segments, known, recurring }: PublishedContent) {
    this.manifest = manifest;
    this.segments = segments;
    this.known = known;
    this.recurring = recurring;
  }

  /** The file that has the article with this id. */
  ownerOf(id: string): KnownFile<string> | null {
    for (const { opened } of this.segments) {
      const article = opened.segment.findArticle(id);
      if (article < 0) continue;
      const file = this.known.get(opened.segment.paths.name(article));
      if (file?.segment === opened.name) return file;
    }
    return null;
  }

  /** The ids of a file's articles, in their order. */
  idsOf({ entry, segment: name, first }: KnownFile<string>): string[] {
    const { segment } = this.segment(name).opened;
    return Array.from({ length: entry.articles }, (_, index) => segment.ids.name(first + index));
  }

  segment(name: string): PublishedSegment {
    const segment = this.segments.find(({ entry }) => entry.name === name);
    if (segment === undefined) throw new LedeError('internal', `no segment "${name}" is open`);
    return segment;
  }

  /** Closes the files of texts. */
  async close(): Promise<void> {
    await closeSnapshot({ segments: this.segments.map(({ opened }) => opened) });
  }
}

/** The build that is published; null where what names it is damaged, too. */
export async function findCurrent(data: string): Promise<BuildId | null> {
  return replaceable(() => readCurrent(data));
}

/** The published snapshot, if it can be built on: an incompatible one is replaced by a full build. */
export async function openPublished(data: string): Promise<Published | null> {
  return replaceable(async () => {
    const build = await readCurrent(data);
    return build === null ? null : openBuild(data, build);
  });
}

async function openBuild(data: string, build: BuildId): Promise<Published> {
  const manifest = await readManifest(data, build);
  if (manifest.segments.length === 0) throw new LedeError('incompatible', `build "${build}" has no segment`);
  const segments: PublishedSegment[] = [];
  try {
    const known = new KnownFiles<string>();
    for (const entry of manifest.segments) {
      segments.push({ entry, opened: await openSegment({ data, manifest, analyzer: fingerprint() }, entry) });
      known.adopt(entry.name, await readCatalogue(data, manifest, entry.name));
    }
    const { marks } = await openRecurring(data, manifest);
    return new Published({ manifest, segments, known, recurring: marks });
  } catch (error) {
    await closeSnapshot({ segments: segments.map(({ opened }) => opened) });
    throw error;
  }
}

/** What `open` gives, or null where it finds a snapshot that cannot be built on. */
export async function replaceable<T>(open: () => Promise<T>): Promise<T | null> {
  try {
    return await open();
  } catch (error) {
    const isReplaceable = error instanceof LedeError && ['incompatible', 'not_found'].includes(error.code);
    if (isReplaceable || error instanceof SyntaxError) return null;
    throw error;
  }
}
