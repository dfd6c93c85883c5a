/** A segment that was just compiled: opened from memory, written to its file. */
import { join } from 'node:path';
import { fingerprint } from '../src/analysis/analyze.ts';
import { Segment } from '../src/engine/embedded/segment.ts';
import { type Manifest, segmentFiles } from '../src/snapshot/snapshot-folder.ts';
import { type Catalogue, encodeCatalogue } from './catalogue.ts';
import type { CompiledSegment } from './compile/compile-segment.ts';
import { FileWriter } from './file-writer.ts';

/** Opens the bytes of a segment without its file; `name` stands in error messages. */
export function openCompiled(name: string, { chunks }: Pick<CompiledSegment, 'chunks'>): Segment {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return Segment.open(name, bytes, fingerprint());
}

/** What the manifest says of a file. */
export interface WrittenFile {
  readonly bytes: number;
  readonly crc32: number;
}

/** Writes a new file durably, chunk by chunk. */
export async function writeFile(path: string, chunks: Iterable<Uint8Array>): Promise<WrittenFile> {
  const writer = await FileWriter.create(path);
  try {
    for (const chunk of chunks) await writer.write(chunk);
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** A new segment in the folder of a build. */
export interface WrittenSegment {
  readonly compiled: CompiledSegment;
  readonly catalogue: Catalogue;
  readonly files: Manifest['files'];
}

/** Writes the files of a new segment; its texts are there already. */
export async function writeSegment(
  name: string,
  folder: string,
  { compiled, catalogue, texts }: { compiled: CompiledSegment; catalogue: Catalogue; texts: FileWriter },
): Promise<WrittenSegment> {
  const names = segmentFiles(name);
  const files = {
    [names.texts]: await texts.finish(),
    [names.segment]: await writeFile(join(folder, names.segment), compiled.chunks),
    [names.catalogue]: await writeFile(join(folder, names.catalogue), encodeCatalogue(catalogue)),
  };
  return { compiled, catalogue, files };
}
