/**
 * Opens a published snapshot: checks that its files belong to it, reads the segment into memory, and leaves the texts
 * on disk. Opened files stay readable when the snapshot is removed meanwhile.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedeError } from '../../domain/error.ts';
import type { BuildId } from '../../domain/ids.ts';
import { buildPath, type Manifest, readManifest, snapshotFiles } from '../../snapshot/snapshot-folder.ts';
import { Segment } from './segment.ts';

export interface OpenedSnapshot {
  readonly manifest: Manifest;
  readonly segment: Segment;
  /** To read texts from; whoever opened the snapshot closes it. */
  readonly texts: FileHandle;
}

/**
 * Throws `LedeError`: `not_found` where there is no such build, `incompatible` where its files are damaged or were made by
 * another version or analyzer; the message names the file and the remedy.
 */
export async function openSnapshot(data: string, build: BuildId, analyzer: string): Promise<OpenedSnapshot> {
  const manifest = await readManifest(data, build);
  const folder = buildPath(data, build);
  const segmentPath = join(folder, snapshotFiles.segment);
  const bytes = await readFile(segmentPath).catch((cause: unknown) => {
    throw new LedeError('incompatible', `"${segmentPath}" cannot be read: run \`lede build --full\``, { cause });
  });
  checkSize(manifest, snapshotFiles.segment, bytes.length);
  const segment = Segment.open(segmentPath, aligned(bytes), analyzer);
  const textsPath = join(folder, snapshotFiles.texts);
  const texts = await open(textsPath, 'r').catch((cause: unknown) => {
    throw new LedeError('incompatible', `"${textsPath}" cannot be read: run \`lede build --full\``, { cause });
  });
  try {
    checkSize(manifest, snapshotFiles.texts, (await texts.stat()).size);
  } catch (error) {
    await texts.close();
    throw error;
  }
  return { manifest, segment, texts };
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
