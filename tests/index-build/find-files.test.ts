/** Which entries of a corpus folder are found, reported or left out, on a real folder. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFile, findFiles, findFilesAt } from '../../index-build/find-files.ts';
import { limits } from '../../src/domain/limits.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lede-find-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function put(path: string, text = 'text'): Promise<string> {
  const absolutePath = join(root, path);
  await mkdir(dirname(absolutePath), { recursive: true });
  await writeFile(absolutePath, text);
  return absolutePath;
}

const paths = (found: Awaited<ReturnType<typeof findFiles>>) => found.files.map((file) => file.path);

describe('findFiles', () => {
  it('finds known formats in all folders, sorted by path in plain string order', async () => {
    for (const path of ['b/2.html', 'b.md', 'a/deep/er/1.TXT', 'Z.jsonl', 'é.json', 'b-1.md']) await put(path);
    const found = await findFiles(root);
    expect(paths(found)).toEqual(['Z.jsonl', 'a/deep/er/1.TXT', 'b-1.md', 'b.md', 'b/2.html', 'é.json']);
    expect(found.problems).toEqual([]);
    expect(found.found).toBe(6);
  });

  it('gives what tells a changed file from an unchanged one', async () => {
    const absolutePath = await put('a.md', 'four');
    const [file] = (await findFiles(root)).files;
    expect(file).toMatchObject({ path: 'a.md', absolutePath, sizeBytes: 4 });
    expect(file?.mtimeNs).toMatch(/^\d{19}$/);
    expect(file?.ctimeNs).toMatch(/^\d{19}$/);
    expect(file?.inode).toMatch(/^\d+$/);
  });

  it('leaves hidden names, node_modules and editors’ temporary files out without a word', async () => {
    const left = ['.git/a.md', '.hidden.md', 'node_modules/x/a.md', 'a.md~', '.a.md.swp', 'a.swp', 'a.tmp', '#a.md#'];
    for (const path of left) await put(path);
    expect(await findFiles(root)).toEqual({ files: [], problems: [], ignored: [], found: 0 });
  });

  it('reports unknown formats with what was expected', async () => {
    await put('photo.jpg');
    await put('notes.xyz');
    const { problems, found } = await findFiles(root);
    expect(problems.map(({ path, severity }) => [path, severity])).toEqual([
      ['notes.xyz', 'skipped'],
      ['photo.jpg', 'skipped'],
    ]);
    expect(problems[1]?.reason).toMatch(/unknown format "\.jpg", expected one of \.md .*\.jsonl/);
    expect(found).toBe(2);
  });

  it('reports files above the size limit and takes those at it', async () => {
    await truncate(await put('large.md'), limits.fileBytes + 1);
    await truncate(await put('largest.md'), limits.fileBytes);
    const found = await findFiles(root);
    expect(paths(found)).toEqual(['largest.md']);
    expect(found.problems).toMatchObject([{ path: 'large.md', severity: 'skipped' }]);
  });

  it('reports symbolic links and follows none of them', async () => {
    await put('real/a.md');
    await symlink(join(root, 'real'), join(root, 'inside'));
    await symlink('/etc', join(root, 'outside'));
    await symlink(join(root, 'nothing'), join(root, 'nowhere.md'));
    await symlink(root, join(root, 'real', 'circle'));
    const found = await findFiles(root);
    expect(paths(found)).toEqual(['real/a.md']);
    expect(found.problems.map(({ path }) => path)).toEqual(['inside', 'nowhere.md', 'outside', 'real/circle']);
    expect(found.problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('found by itself'),
      expect.stringContaining('leads nowhere'),
      expect.stringContaining('out of the corpus folder'),
      expect.stringContaining('found by itself'),
    ]);
    expect(found.found).toBe(5);
  });

  it('takes a root that is itself a symbolic link', async () => {
    await put('real/a.md');
    await symlink(join(root, 'real'), join(root, 'link'));
    expect(paths(await findFiles(join(root, 'link')))).toEqual(['a.md']);
  });

  it('reports FIFOs without opening them', async () => {
    execFileSync('mkfifo', [join(root, 'pipe.md')]);
    expect((await findFiles(root)).problems).toEqual([
      { path: 'pipe.md', line: null, severity: 'skipped', reason: 'a FIFO, expected a regular file' },
    ]);
  });

  it('reports names that are not valid UTF-8 and goes on', async () => {
    await put('a.md');
    await writeFile(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.md')]), 'x');
    const found = await findFiles(root);
    expect(paths(found)).toEqual(['a.md']);
    expect(found.problems).toMatchObject([{ path: 'caf\uFFFD.md', severity: 'skipped' }]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'reports folders that cannot be listed (not as root, who can list all)',
    async () => {
      await put('closed/a.md');
      await chmod(join(root, 'closed'), 0o000);
      const { problems, found } = await findFiles(root);
      await chmod(join(root, 'closed'), 0o700);
      expect(problems).toMatchObject([{ path: 'closed', severity: 'skipped' }]);
      expect(found).toBe(1);
    },
  );

  it('walks folders deeper than any call stack', async () => {
    let folder = root;
    for (let depth = 0; depth < 300; depth += 1) folder = join(folder, 'd');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a.md'), 'x');
    expect((await findFiles(root)).files).toHaveLength(1);
  });

  it('throws for a root that is missing or no folder', async () => {
    await expect(findFiles(join(root, 'missing'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(findFiles(await put('file.md'))).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('findFilesAt', () => {
  it('looks at the named files and folders alone', async () => {
    for (const path of ['a.md', 'b/1.md', 'b/c/2.md', 'd/3.md', 'd/4.xyz']) await put(path);
    const found = await findFilesAt(root, ['d', 'b/c/2.md', 'gone.md']);
    expect(found).toMatchObject({ places: ['b/c/2.md', 'd', 'gone.md'], found: 3 });
    expect(found?.files.map(({ path }) => path)).toEqual(['b/c/2.md', 'd/3.md']);
    expect(found?.problems.map(({ path }) => path)).toEqual(['d/4.xyz']);
  });

  it('finds the same as the walk does, whatever is named', async () => {
    for (const path of ['a.md', 'b/1.md', 'b/c/2.md', 'b.md']) await put(path);
    const all = await findFiles(root);
    expect(await findFilesAt(root, ['b', 'a.md', 'b.md', './b/c/', 'b//1.md', 'b'])).toEqual({
      ...all,
      places: ['a.md', 'b', 'b.md'],
    });
  });

  it.each(['', '.', './', '/', '..', 'b/../../x', 'b/\uFFFD.md/../', '\uFFFD.md'])(
    'gives null for %j, which may be anything',
    async (path) => {
      await put('b/1.md');
      expect(await findFilesAt(root, ['b/1.md', path])).toBeNull();
    },
  );

  it.each(['.git/a.md', 'b/.hidden.md', 'node_modules/x/a.md', 'b/a.md~', 'b/x.swp'])(
    'leaves %s out, as the walk does',
    async (path) => {
      await put(path);
      expect(await findFilesAt(root, [path])).toEqual({ files: [], problems: [], ignored: [], found: 0, places: [] });
    },
  );

  it('takes the first folder on the way that is none for the place', async () => {
    await put('b');
    await mkdir(join(root, 'real'));
    await put('real/1.md');
    await symlink(join(root, 'real'), join(root, 'link'));
    const found = await findFilesAt(root, ['b/c/1.md', 'link/1.md', 'absent/x/y.md']);
    expect(found).toMatchObject({ places: ['absent', 'b', 'link'], files: [] });
    expect(found?.problems.map(({ path }) => path)).toEqual(['b', 'link']);
  });

  it('looks at the folder of a name that is not valid UTF-8', async () => {
    await put('b/1.md');
    await put('b/2.md');
    expect(await findFilesAt(root, ['b/\uFFFD.md'])).toMatchObject({ places: ['b'], found: 2 });
  });

  it('fails by name where there is no corpus', async () => {
    await expect(findFilesAt(join(root, 'absent'), ['a.md'])).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('findFile', () => {
  it('gives the file as the walk does, or null', async () => {
    await put('b/1.md');
    await put('b/2.xyz');
    const [file] = (await findFiles(root)).files;
    expect(await findFile(root, 'b/1.md')).toEqual(file);
    expect(await findFile(root, 'b/2.xyz')).toBeNull();
    expect(await findFile(root, 'b/3.md')).toBeNull();
    expect(await findFile(root, 'b')).toBeNull();
  });
});
