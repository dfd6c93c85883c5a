import { link, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shareFiles } from '../../../src/snapshot/snapshot-folder.ts';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, link: vi.fn(original.link) };
});

let from: string;
let to: string;

beforeEach(async () => {
  from = await mkdtemp(join(tmpdir(), 'lede-from-'));
  to = await mkdtemp(join(tmpdir(), 'lede-to-'));
  for (const name of ['one', 'two', 'three']) await writeFile(join(from, name), `bytes of ${name}`);
});

afterEach(async () => {
  vi.mocked(link).mockReset();
  for (const folder of [from, to]) await rm(folder, { recursive: true, force: true });
});

function failWith(code: string): void {
  vi.mocked(link).mockRejectedValue(Object.assign(new Error(code), { code }));
}

describe('shareFiles', () => {
  it('gives another folder the same files, which stay when the first folder goes', async () => {
    await shareFiles(from, to, ['one', 'two']);
    expect((await readdir(to)).sort()).toEqual(['one', 'two']);
    expect((await stat(join(to, 'one'))).ino).toBe((await stat(join(from, 'one'))).ino);
    await rm(from, { recursive: true });
    expect(await readFile(join(to, 'two'), 'utf8')).toBe('bytes of two');
  });

  it.each(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'])(
    'copies where links fail with %s',
    async (code) => {
      failWith(code);
      await shareFiles(from, to, ['one', 'three']);
      expect(await readFile(join(to, 'one'), 'utf8')).toBe('bytes of one');
      expect((await stat(join(to, 'one'))).ino).not.toBe((await stat(join(from, 'one'))).ino);
    },
  );

  it.each(['ENOSPC', 'EIO', 'EROFS'])('fails with %s, which no copy would cure', async (code) => {
    failWith(code);
    await expect(shareFiles(from, to, ['one'])).rejects.toMatchObject({ code });
    expect(await readdir(to)).toEqual([]);
  });

  it('fails where a file is not there', async () => {
    await expect(shareFiles(from, to, ['one', 'absent'])).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
