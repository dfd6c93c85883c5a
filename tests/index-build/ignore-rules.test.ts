/** What is left out of the corpus, and by which rule: patterns in the folder, in the settings, and names. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFile, findFiles, findFilesAt } from '../../index-build/find-files.ts';
import { withTemporaryFolder } from '../contract/corpus-files.ts';

async function find(files: Readonly<Record<string, string>>, options?: Parameters<typeof findFiles>[1]) {
  return withTemporaryFolder(async (root) => {
    await put(root, files);
    const { files: found, ignored, problems } = await findFiles(root, options);
    return { paths: found.map(({ path }) => path), ignored, problems };
  });
}

async function put(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

describe('what is left out', () => {
  it('is what .gitignore says, from its folder down, and the rule is told', async () => {
    const files = {
      '.gitignore': '/build\n*.tmp.md\n',
      'a.md': '',
      'b.tmp.md': '',
      'build/c.md': '',
      'n/build/d.md': '',
    };
    expect(await find(files)).toEqual({
      paths: ['a.md', 'n/build/d.md'],
      ignored: [
        { path: 'b.tmp.md', rule: '*.tmp.md in .gitignore' },
        { path: 'build', rule: '/build in .gitignore' },
      ],
      problems: [],
    });
  });

  it('is not what .gitignore says where it does not count', async () => {
    const files = { '.gitignore': '*', '.ledeignore': 'b.md', 'a.md': '', 'b.md': '' };
    expect((await find(files, { patterns: [], usesGitignore: false })).paths).toEqual(['a.md']);
  });

  it('is what the nearest file says, .ledeignore before .gitignore, the setting before both', async () => {
    const files = {
      '.gitignore': 'drafts/\n*.txt\n',
      '.ledeignore': '!drafts/\nold.md\n',
      'n/.gitignore': '!keep.txt\n',
      'drafts/a.md': '',
      'old.md': '',
      'n/keep.txt': '',
      'n/b.txt': '',
      'n/c.md': '',
    };
    expect((await find(files, { patterns: ['c.md'], usesGitignore: true })).paths).toEqual([
      'drafts/a.md',
      'n/keep.txt',
    ]);
  });

  it('is what is never an article, unless it is asked for', async () => {
    const files = {
      'robots.txt': '',
      'requirements.txt': '',
      LICENSE: '',
      'n/LICENSE.md': '',
      'package.json': '{}',
      'sub/.git/HEAD': '',
      'sub/a.md': '',
      'README.md': '',
      'license-to-fish.md': '',
      'n/node_modules/x/y.md': '',
    };
    expect(await find(files)).toMatchObject({ paths: ['README.md', 'license-to-fish.md'], problems: [] });
    expect((await find({ ...files, '.ledeignore': '!robots.txt\n!sub/\n!n/LICENSE.md' })).paths).toEqual([
      'README.md',
      'license-to-fish.md',
      'n/LICENSE.md',
      'robots.txt',
      'sub/a.md',
    ]);
  });

  it('is left out as well where only some places are looked at', async () => {
    await withTemporaryFolder(async (root) => {
      await put(root, { 'n/.gitignore': 'x/\n', 'n/x/a.md': '', 'n/b.md': '' });
      expect(await findFilesAt(root, ['n/x/a.md'])).toMatchObject({ files: [], places: ['n/x'] });
      expect(await findFile(root, 'n/x/a.md')).toBeNull();
      expect(await findFilesAt(root, ['n/.gitignore'])).toMatchObject({ files: [{ path: 'n/b.md' }], places: ['n'] });
      expect(await findFilesAt(root, ['.ledeignore'])).toBeNull();
    });
  });
});
