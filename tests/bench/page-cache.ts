/**
 * Puts files out of the system's page cache, so that opening them reads from the disk. Asks for these files only: the
 * whole machine's cache is not ours to empty.
 */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether it worked, as far as can be told: GNU dd and Linux's fincore have to be there. */
export async function dropFromPageCache(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  try {
    // Only pages that are on the disk can be dropped.
    await run('sync', ['-d', ...files]);
    for (const file of files) await run('dd', [`if=${file}`, 'iflag=nocache', 'count=0']);
    const { stdout } = await run('fincore', ['--bytes', '--noheadings', '--output', 'RES', ...files]);
    return stdout
      .trim()
      .split(/\s+/)
      .every((resident) => Number(resident) === 0);
  } catch {
    // One of the tools is missing: the caller says that nothing cold was measured.
    return false;
  }
}
