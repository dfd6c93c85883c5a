/** Opening files that may have changed since they were found. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FoundFile, findFiles } from '../../../index-build/find-files.ts';
import { readFoundFile } from '../../../index-build/read/read-found-file.ts';
import { limits } from '../../../src/domain/limits.ts';

let folder = '';
let root = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lede-open-'));
  root = join(folder, 'corpus');
  await mkdir(join(root, 'sub'), { recursive: true });
  await writeFile(join(root, 'sub', 'a.md'), 'Ізюм');
  await writeFile(join(folder, 'secret.md'), 'secret');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function find(): Promise<FoundFile> {
  const [file] = (await findFiles(root)).files;
  if (file === undefined) throw new Error('expected a file');
  return file;
}

describe('readFoundFile', () => {
  it('reads the bytes with their hash', async () => {
    const bytes = Buffer.from('Ізюм');
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    expect(await readFoundFile(await find(), root)).toEqual({
      kind: 'read',
      file: { path: 'sub/a.md', bytes, contentHash },
    });
  });

  it('reads what is there now, when the file has grown since it was found', async () => {
    const found = await find();
    await writeFile(join(root, 'sub', 'a.md'), 'x'.repeat(300_000));
    const outcome = await readFoundFile(found, root);
    expect(outcome.kind === 'read' && outcome.file.bytes.length).toBe(300_000);
  });

  it('reads the old or the new one of a file that an editor replaces meanwhile', async () => {
    const found = await find();
    const path = join(root, 'sub', 'a.md');
    const texts = ['old', 'new'];
    await writeFile(path, 'old');
    for (let round = 0; round < 100; round++) {
      await writeFile(`${path}.tmp`, texts[round % 2] as string);
      const [outcome] = await Promise.all([readFoundFile(found, root), rename(`${path}.tmp`, path)]);
      expect(outcome.kind === 'read' && Buffer.from(outcome.file.bytes).toString()).toBeOneOf(texts);
    }
  });

  it.each([
    ['is gone', async () => rm(join(root, 'sub', 'a.md')), 'gone'],
    [
      'became a symbolic link',
      async () => {
        await rm(join(root, 'sub', 'a.md'));
        await symlink(join(folder, 'secret.md'), join(root, 'sub', 'a.md'));
      },
      'symbolic link',
    ],
    [
      'lies in a folder that became a symbolic link',
      async () => {
        await rename(join(root, 'sub'), join(folder, 'moved'));
        await symlink(join(folder, 'moved'), join(root, 'sub'));
      },
      'moved out',
    ],
    [
      'became a FIFO',
      async () => {
        await rm(join(root, 'sub', 'a.md'));
        execFileSync('mkfifo', [join(root, 'sub', 'a.md')]);
      },
      'no longer a regular file',
    ],
    [
      'became a folder',
      async () => {
        await rm(join(root, 'sub', 'a.md'));
        await mkdir(join(root, 'sub', 'a.md'));
      },
      'regular file',
    ],
    ['grew beyond the limit', async () => truncate(join(root, 'sub', 'a.md'), limits.fileBytes + 1), 'grew beyond'],
  ])('reports a file that %s', async (_name, change, reason) => {
    const found = await find();
    await change();
    expect(await readFoundFile(found, root)).toEqual({
      kind: 'problem',
      problem: { path: 'sub/a.md', line: null, severity: 'skipped', reason: expect.stringContaining(reason) },
    });
  });
});
