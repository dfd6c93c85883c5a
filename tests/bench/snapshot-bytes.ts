/** What a published snapshot takes on disk: by file, and by section for files that have a directory of sections. */
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

export interface SnapshotBytes {
  /** All files but the texts. */
  readonly index: number;
  readonly texts: number;
  readonly files: readonly FileBytes[];
}

export interface FileBytes {
  /** Its name, without the folder of its build. */
  readonly name: string;
  readonly bytes: number;
  /** In the order of the file; empty where it has none that can be listed. */
  readonly sections: readonly { readonly name: string; readonly bytes: number }[];
}

/** `data` holds one build. */
export async function measureBytes(data: string): Promise<SnapshotBytes> {
  const entries = await readdir(data, { recursive: true, withFileTypes: true });
  const files: FileBytes[] = [];
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    files.push({ name: entry.name, bytes: (await stat(file)).size, sections: await listSections(file) });
  }
  files.sort((a, b) => b.bytes - a.bytes);
  const sum = (wanted: readonly FileBytes[]) => wanted.reduce((total, { bytes }) => total + bytes, 0);
  const isText = ({ name }: FileBytes) => name.endsWith('.texts.bin');
  return { index: sum(files.filter((file) => !isText(file))), texts: sum(files.filter(isText)), files };
}

const directoryStart = 24;

/** The container's directory as `src/snapshot/container.ts` draws it; a file without it has no sections to list. */
async function listSections(file: string): Promise<FileBytes['sections']> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(directoryStart);
    await handle.read(head, 0, directoryStart, 0);
    if (head.toString('latin1', 0, 4) !== 'LEDE') return [];
    const directory = Buffer.alloc(Math.min(head.readUInt32LE(12), 1_000_000));
    await handle.read(directory, 0, directory.length, directoryStart);
    const { sections } = JSON.parse(directory.toString('utf8')) as { sections: { name: string; length: number }[] };
    return sections.map(({ name, length }) => ({ name, bytes: length }));
  } finally {
    await handle.close();
  }
}
