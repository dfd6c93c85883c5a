/**
 * Opens a published snapshot: checks that its files belong to it, reads the segment into memory, and leaves the texts
 * on disk. Opened files stay readable when the snapshot is removed meanwhile.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedeError } from '../../domain/error.ts';
import type { BuildId } from '../../domain/ids.ts';
import {
  buildPath,
  type Manifest,
  readManifest,
  type SegmentEntry,
  segmentFiles,
} from '../../snapshot/snapshot-folder.ts';
import { Segment } from './segment.ts';

export interface OpenedSnapshot {
  readonly manifest: Manifest;
  /** In the order of the manifest. */
  readonly segments: readonly OpenedSegment[];
}

export interface OpenedSegment {
  readonly name: string;
  readonly segment: Segment;
  /** Articles that were removed since, and what counts for them; null where none were. */
  readonly removed: RemovedArticles | null;
  /** To read texts from; whoever opened the snapshot closes it. */
  readonly texts: FileHandle;
}

export interface RemovedArticles {
  /** Numbers in the segment, ascending. */
  readonly articles: readonly number[];
  /** A segment of these articles alone, in this order: its counts are taken off those of the segment. */
  readonly segment: Segment;
}

/**
 * Throws `LedeError`: `not_found` where there is no such build, `incompatible` where its files are damaged or were made by
 * another version or analyzer; the message names the file and the remedy.
 */
export async function openSnapshot(data: string, build: BuildId, analyzer: string): Promise<OpenedSnapshot> {
  const manifest = await readManifest(data, build);
  const segments: OpenedSegment[] = [];
  try {
    for (const entry of manifest.segments) segments.push(await openSegment({ data, manifest, analyzer }, entry));
    return { manifest, segments };
  } catch (error) {
    await closeSnapshot({ manifest, segments });
    throw error;
  }
}

/** Closes the files of texts. */
export async function closeSnapshot({ segments }: OpenedSnapshot): Promise<void> {
  for (const { texts } of segments) await texts.close();
}

export interface Opening {
  readonly data: string;
  readonly manifest: Manifest;
  readonly analyzer: string;
}

/** Opens one of the snapshot's segments; throws as `openSnapshot` does. */
export async function openSegment(opening: Opening, { name, removed }: SegmentEntry): Promise<OpenedSegment> {
  const files = segmentFiles(name);
  const segment = await readSegment(opening, files.segment);
  const removedSegment = removed.length === 0 ? null : await readSegment(opening, files.removed);
  return {
    name,
    segment,
    removed: removedSegment === null ? null : { articles: removed, segment: removedSegment },
    texts: await openTexts(opening, files.texts),
  };
}

async function readSegment({ data, manifest, analyzer }: Opening, file: string): Promise<Segment> {
  const path = join(buildPath(data, manifest.build), file);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new LedeError('incompatible', `"${path}" cannot be read: run \`lede build --full\``, { cause });
  });
  checkSize(manifest, file, bytes.length);
  return Segment.open(path, aligned(bytes), analyzer);
}

async function openTexts({ data, manifest }: Opening, file: string): Promise<FileHandle> {
  const path = join(buildPath(data, manifest.build), file);
  const texts = await open(path, 'r').catch((cause: unknown) => {
    throw new LedeError('incompatible', `"${path}" cannot be read: run \`lede build --full\``, { cause });
  });
  try {
    checkSize(manifest, file, (await texts.stat()).size);
    return texts;
  } catch (error) {
    await texts.close();
    throw error;
  }
}

/** Small files come in a shared buffer at any offset. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}

function checkSize(manifest: Manifest, file: string, bytes: number): void {
  const expected = manifest.files[file]?.bytes;
  if (bytes !== expected) {
    throw new LedeError(
      'incompatible',
      `${file} of build "${manifest.build}" has ${bytes} bytes, its manifest says ${expected}: run \`lede build --full\``,
    );
  }
}
