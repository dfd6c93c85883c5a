/** A segment that was just compiled: its articles assembled, opened from memory, written to its file. */
import { fingerprint } from '../src/analysis/analyze.ts';
import { Segment } from '../src/engine/embedded/segment.ts';
import { Assembly } from './assembly.ts';
import type { CompiledSegment } from './compile/compile-segment.ts';
import type { Crew } from './crew.ts';
import { FileWriter } from './file-writer.ts';

/** Takes articles in path order, writes their texts, and gives a segment of them. Without a crew in this thread. */
export function openAssembly(texts: FileWriter, crew?: Crew): Assembly {
  return new Assembly(texts, null, crew);
}

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
