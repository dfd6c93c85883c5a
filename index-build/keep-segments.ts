/**
 * Takes segments of the snapshot before over into the folder of a build: their files are shared, and where articles of
 * one are removed now, what is taken off it is written anew.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPath, type Manifest, segmentFiles, shareFiles } from '../src/snapshot/snapshot-folder.ts';
import { type Catalogue, encodeCatalogue, readCatalogue } from './catalogue.ts';
import { type WrittenFile, writeFile } from './compiled-segment.ts';
import type { KnownFiles } from './known-files.ts';
import type { PublishedSegment } from './published.ts';
import { writeRemoval } from './removals.ts';

interface Keeping {
  readonly data: string;
  /** Of the snapshot that has the segments. */
  readonly manifest: Manifest | null;
  readonly folder: string;
  /** For each segment the articles that are removed from it now. */
  readonly removed: ReadonlyMap<string, readonly number[]>;
  /** What is known of the files now; null: what the catalogues say. */
  readonly known: KnownFiles<string> | null;
}

/** Takes segments over into the folder of a build. */
export async function keepSegments(
  { data, manifest, folder, removed, known }: Keeping,
  segments: readonly PublishedSegment[],
): Promise<{ segments: readonly PublishedSegment[]; files: Manifest['files'] }> {
  const kept: PublishedSegment[] = [];
  const files: Record<string, WrittenFile> = {};
  const inFolder = new Set(await readdir(folder));
  for (const segment of segments) {
    if (manifest === null) break;
    const names = segmentFiles(segment.entry.name);
    const newlyRemoved = removed.get(segment.entry.name) ?? [];
    const shared: string[] = [names.segment, names.texts];
    if (known !== null && isOutdated(segment, known)) {
      const catalogue = await readCatalogue(data, manifest, segment.entry.name);
      const lines = bringUpToDate(catalogue, segment.entry.name, known);
      files[names.catalogue] = await writeFile(join(folder, names.catalogue), encodeCatalogue(lines));
    } else {
      shared.push(names.catalogue);
    }
    if (newlyRemoved.length === 0) {
      if (segment.opened.removed !== null) shared.push(names.removed);
      kept.push(segment);
    } else {
      const removal = await writeRemoval(segment.opened, newlyRemoved, folder);
      files[names.removed] = removal.file;
      kept.push({
        entry: { ...segment.entry, removed: removal.removed.articles },
        opened: { ...segment.opened, removed: removal.removed },
      });
    }
    // A merged segment lies in the folder already.
    const elsewhere = shared.filter((name) => !inFolder.has(name));
    await shareFiles(buildPath(data, manifest.build), folder, elsewhere);
    for (const name of shared) files[name] = manifest.files[name] as WrittenFile;
  }
  return { segments: kept, files };
}

/** Part of a segment's files whose times changed, e.g. when the folder was copied, that is worth a new catalogue. */
const outdatedShare = 0.1;

function isOutdated({ entry }: PublishedSegment, known: KnownFiles<string>): boolean {
  // Counted in articles, since how many files there are is not at hand: most files hold one.
  return known.refreshed(entry.name) > Math.max(1, outdatedShare * entry.articles);
}

/** Every line stays in its place, since the articles of the segment follow in the same order. */
function bringUpToDate(catalogue: Catalogue, segment: string, known: KnownFiles<string>): Catalogue {
  known.forgetRefreshed(segment);
  return catalogue.map((line) => {
    const file = known.get(line.path);
    return file?.segment === segment ? file.entry : line;
  });
}
