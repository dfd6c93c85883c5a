import { mkdir, mkdtemp, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findFiles } from '../../../index-build/find-files.ts';
import type { Hints } from '../../../src/service/path-hints.ts';
import { type CorpusWatch, watchCorpus } from '../../../src/service/watch-corpus.ts';

let folder: string;
let corpus: string;
let changes: number;
/** The paths that were told, without those of which `null` was told. */
let told: Set<string>;
/** Whether it was told that anything may have changed. */
let mayBeAnything: boolean;
let watching: CorpusWatch;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lede-watch-'));
  corpus = path.join(folder, 'corpus');
  await mkdir(path.join(corpus, 'deep/deeper'), { recursive: true });
  await writeFile(path.join(corpus, 'old.md'), 'old');
  changes = 0;
  told = new Set();
  mayBeAnything = false;
  watching = await watch(corpus);
});

afterEach(async () => {
  await watching.close();
  await rm(folder, { recursive: true, force: true });
});

const waits = { quietMs: 20, longestQuietMs: 40, goneMs: 20, patienceMs: 200, rootMs: 50 };
/** Long enough for a change to be told. */
const longMs = 100;

function watch(root: string): Promise<CorpusWatch> {
  const onChange = (paths: Hints) => {
    changes++;
    if (paths === null) mayBeAnything = true;
    for (const hint of paths ?? []) told.add(hint);
  };
  return watchCorpus(root, { onChange, onFailure: (error) => expect.fail(error.message), waits });
}

/** Waits until a change is told, and then some, so that what belongs to it is not taken for the next one. */
async function waitForChange(): Promise<void> {
  await vi.waitUntil(() => changes > 0, { timeout: 20_000, interval: 10 });
  while (changes > 0) {
    changes = 0;
    await sleep(longMs);
  }
}

async function expectSilence(): Promise<void> {
  await sleep(longMs);
  expect(changes).toBe(0);
}

const inside = (name: string) => path.join(corpus, name);

async function saveByRenaming(): Promise<void> {
  await writeFile(inside('old.md.tmp'), 'saved');
  await rename(inside('old.md.tmp'), inside('old.md'));
}

async function saveWithCopy(): Promise<void> {
  await rename(inside('old.md'), inside('old.md~'));
  await writeFile(inside('old.md'), 'saved');
  await rm(inside('old.md~'));
}

describe('a watched corpus', () => {
  it('is silent while nothing changes', async () => {
    await expectSilence();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a new file', () => writeFile(inside('new.md'), 'new')],
    ['a changed file', () => writeFile(inside('old.md'), 'changed')],
    ['a removed file', () => rm(inside('old.md'))],
    ['a renamed file', () => rename(inside('old.md'), inside('other.md'))],
    ['a file renamed out of a name that is left out', () => rename(inside('old.md'), inside('old.md~'))],
    ['a file deep inside', () => writeFile(inside('deep/deeper/new.md'), 'new')],
    ['a new folder', () => mkdir(inside('folder'))],
    ['a folder moved away', () => rename(inside('deep'), path.join(folder, 'deep'))],
    ['a removed folder', () => rm(inside('deep'), { recursive: true })],
    ['a symbolic link', () => symlink('old.md', inside('link.md'))],
    ['the corpus moved away', () => rename(corpus, path.join(folder, 'away'))],
    ['the corpus removed', () => rm(corpus, { recursive: true })],
  ])('tells of %s', async (_name, change) => {
    await change();
    await waitForChange();
  });

  it('tells of a file that is replaced by one of the same size and time', async () => {
    const time = new Date('2020-01-01');
    await utimes(inside('old.md'), time, time);
    await writeFile(path.join(folder, 'replacement'), 'new');
    await utimes(path.join(folder, 'replacement'), time, time);
    await waitForChange();
    await rename(path.join(folder, 'replacement'), inside('old.md'));
    await waitForChange();
  });

  it('tells of a burst of files once it is over, in few words', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, index) => writeFile(inside(`${index}.md`), 'text')));
    await vi.waitUntil(() => changes > 0, { timeout: 20_000 });
    await sleep(longMs);
    expect(changes).toBeLessThan(50);
  });

  it('tells of a folder that is never quiet all the same', async () => {
    let isRestless = true;
    const restless = async () => {
      for (let i = 0; isRestless; i++) {
        await writeFile(inside('log.txt'), String(i));
        await sleep(5);
      }
    };
    const writing = restless();
    await vi
      .waitUntil(() => changes > 0, { timeout: 20_000 })
      .finally(() => {
        isRestless = false;
      });
    await writing;
    expect(changes).toBeGreaterThan(0);
  });

  it('follows folders that are new, moved in, or moved about, to their depths', async () => {
    await mkdir(path.join(folder, 'outside/sub'), { recursive: true });
    await rename(path.join(folder, 'outside'), inside('inside'));
    await waitForChange();
    await writeFile(inside('inside/sub/a.md'), 'a');
    await waitForChange();
    await rename(inside('inside'), inside('deep/inside'));
    await waitForChange();
    await writeFile(inside('deep/inside/sub/b.md'), 'b');
    await waitForChange();
    await mkdir(inside('x/y/z'), { recursive: true });
    await waitForChange();
    await writeFile(inside('x/y/z/c.md'), 'c');
    await waitForChange();
  });

  it('follows a folder that took the name of another', async () => {
    await mkdir(path.join(folder, 'next'));
    await rename(inside('deep'), path.join(folder, 'deep'));
    await rename(path.join(folder, 'next'), inside('deep'));
    await waitForChange();
    await writeFile(inside('deep/a.md'), 'a');
    await waitForChange();
    await writeFile(path.join(folder, 'deep/deeper/b.md'), 'b');
    await expectSilence();
  });

  it('forgets a folder that is moved out', async () => {
    await rename(inside('deep'), path.join(folder, 'deep'));
    await waitForChange();
    await writeFile(path.join(folder, 'deep/deeper/a.md'), 'a');
    await expectSilence();
  });

  it('comes back with the folder, wherever it was and whichever it is', async () => {
    const away = path.join(folder, 'away');
    await rename(corpus, away);
    await waitForChange();
    await rename(away, corpus);
    await waitForChange();
    await writeFile(inside('deep/deeper/a.md'), 'a');
    await waitForChange();

    await rm(corpus, { recursive: true });
    await waitForChange();
    await mkdir(inside('other'), { recursive: true });
    await waitForChange();
    await writeFile(inside('other/b.md'), 'b');
    await waitForChange();

    await mkdir(path.join(folder, 'target'));
    await rm(corpus, { recursive: true });
    await symlink(path.join(folder, 'target'), corpus);
    await waitForChange();
    await writeFile(inside('c.md'), 'c');
    await waitForChange();
  });

  it('may be missing when the watch begins', async () => {
    await watching.close();
    const later = path.join(folder, 'later');
    watching = await watch(later);
    await expectSilence();
    await mkdir(later);
    await waitForChange();
    await writeFile(path.join(later, 'a.md'), 'a');
    await waitForChange();
  });

  it('tells nothing after it was closed', async () => {
    await writeFile(inside('new.md'), 'new');
    await watching.close();
    await expectSilence();
  });
});

describe('what is told of a change', () => {
  it.each<[string, () => Promise<unknown>, readonly string[]]>([
    ['a new file', () => writeFile(inside('new.md'), 'new'), ['new.md']],
    ['a changed file', () => writeFile(inside('old.md'), 'changed'), ['old.md']],
    ['a changed date', () => utimes(inside('old.md'), 1, 1), ['old.md']],
    ['a removed file', () => rm(inside('old.md')), ['old.md']],
    ['a renamed file', () => rename(inside('old.md'), inside('deep/other.md')), ['deep/other.md', 'old.md']],
    ['a file that another one is renamed to', saveByRenaming, ['old.md']],
    ['a file that a copy is kept of', saveWithCopy, ['old.md']],
    ['a file deep inside', () => writeFile(inside('deep/deeper/new.md'), 'new'), ['deep/deeper/new.md']],
    ['a new folder', () => mkdir(inside('folder')), ['folder']],
    ['a folder moved away', () => rename(inside('deep'), path.join(folder, 'deep')), ['deep']],
    ['a folder moved about', () => rename(inside('deep/deeper'), inside('moved')), ['deep/deeper', 'moved']],
    ['a removed folder', () => rm(inside('deep'), { recursive: true }), ['deep', 'deep/deeper']],
    ['a file named like its folder', () => writeFile(inside('deep/deep'), 'text'), ['deep']],
  ])('names the paths of %s', async (_name, change, paths) => {
    await change();
    await waitForChange();
    expect([...told].sort()).toEqual(paths);
    expect(mayBeAnything).toBe(false);
  });

  it('names a folder that is moved in, not what is in it', async () => {
    await mkdir(path.join(folder, 'outside/sub'), { recursive: true });
    await writeFile(path.join(folder, 'outside/sub/a.md'), 'a');
    await rename(path.join(folder, 'outside'), inside('deep/inside'));
    await waitForChange();
    expect([...told]).toEqual(['deep/inside']);
    expect(mayBeAnything).toBe(false);
  });

  it('covers everything that was written into new folders while they came', async () => {
    const files = Array.from({ length: 60 }, (_, index) => `new/${index % 3}/${index % 7}/${index}.md`);
    for (const file of files) {
      await mkdir(path.dirname(inside(file)), { recursive: true });
      await writeFile(inside(file), 'text');
    }
    await waitForChange();
    const isCovered = (file: string) => [...told].some((hint) => file === hint || file.startsWith(`${hint}/`));
    expect(mayBeAnything || files.every(isCovered)).toBe(true);
  });

  it('is that it may be anything where too many paths change', async () => {
    await watching.close();
    watching = await watchCorpus(corpus, {
      onChange: (paths) => {
        changes++;
        mayBeAnything = paths === null;
      },
      onFailure: (error) => expect.fail(error.message),
      waits: { ...waits, quietMs: 500, longestQuietMs: 500, patienceMs: 20_000 },
    });
    await Promise.all(Array.from({ length: 1001 }, (_, index) => writeFile(inside(`${index}.md`), 'text')));
    await vi.waitUntil(() => changes > 0, { timeout: 20_000 });
    expect(mayBeAnything).toBe(true);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['is moved away', () => rename(corpus, path.join(folder, 'away'))],
    ['is removed', () => rm(corpus, { recursive: true })],
    [
      'becomes another folder',
      async () => {
        await mkdir(path.join(folder, 'next'));
        await rename(corpus, path.join(folder, 'away'));
        await rename(path.join(folder, 'next'), corpus);
      },
    ],
  ])('is that it may be anything where the corpus %s', async (_name, change) => {
    await change();
    await waitForChange();
    expect(mayBeAnything).toBe(true);
  });

  it('waits a while for a name that is gone to be given to another file', async () => {
    await watching.close();
    const changesTold: Hints[] = [];
    watching = await watchCorpus(corpus, {
      onChange: (paths) => changesTold.push(paths),
      onFailure: (error) => expect.fail(error.message),
      waits: { ...waits, quietMs: 1, goneMs: 10_000, patienceMs: 20_000 },
    });
    await rename(inside('old.md'), inside('old.md~'));
    await sleep(longMs);
    await writeFile(inside('old.md'), 'saved');
    await vi.waitUntil(() => changesTold.length > 0, { timeout: 8000 });
    expect(changesTold).toEqual([['old.md']]);
  });
});

describe('names that a build leaves out', () => {
  const names = ['.hidden.md', 'old.md~', 'old.md.swp', 'old.md.tmp', '#old.md#', '.DS_Store'];

  it.each(names)('are no change: %s', async (name) => {
    await writeFile(inside(name), 'text');
    await expectSilence();
  });

  it.each(['.git', 'node_modules'])('are not followed: %s', async (name) => {
    await mkdir(inside(name));
    await writeFile(inside(`${name}/a.md`), 'a');
    await expectSilence();
  });

  it('are those that the build does not find, and no others', async () => {
    const others = ['a.md', 'tmp', 'swp.md', '#a.md', 'a.md#', 'node_modules.md', 'a~.md', 'a.tmp.md'];
    for (const name of [...names, ...others]) await writeFile(inside(name), 'text');
    const { files, problems } = await findFiles(corpus);
    const found = [...files, ...problems].map((entry) => entry.path);
    expect(found.sort()).toEqual((await readdir(corpus)).filter((name) => [...others, 'old.md'].includes(name)).sort());
  });
});
