/** Builds that follow each other: what is looked at, written, shared and kept, and what a session does about others. */
import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { build } from '../../index-build/build.ts';
import { type BuildSession, openBuildSession } from '../../index-build/build-session.ts';
import { type MergeRules, mergeRules } from '../../index-build/merge-rules.ts';
import type { BuildId } from '../../src/domain/ids.ts';
import { buildPath, listBuilds, type Manifest, readCurrent, readManifest } from '../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder, writeFiles } from '../contract/corpus-files.ts';
import { readLiveContent } from './live-content.ts';

/** A segment for every build. */
const keepAll: MergeRules = { alwaysTaken: 0, mostGathered: 0, muchChanged: Number.POSITIVE_INFINITY };

interface Workshop {
  readonly corpus: string;
  readonly data: string;
  readonly session: BuildSession;
  /** Looks at these paths, or at everything. */
  readonly run: (paths?: readonly string[]) => ReturnType<BuildSession['build']>;
  readonly manifest: () => Promise<Manifest>;
  /** Ids of the live articles in path order; those of Markdown files without their ending. */
  readonly ids: () => Promise<string[]>;
}

function withWorkshop(rules: MergeRules, work: (workshop: Workshop) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const corpus = join(folder, 'corpus');
    const data = join(folder, 'data');
    await mkdir(corpus);
    const session = openBuildSession({ corpus, data, keepBuilds: 2, rules });
    try {
      await work({
        corpus,
        data,
        session,
        run: (paths) => session.build({ isFull: false, paths: paths ?? null }),
        manifest: async () => readManifest(data, (await readCurrent(data)) as BuildId),
        ids: async () =>
          (await readLiveContent(data)).articles.map((article) =>
            String((article as unknown[])[0]).replace(/\.md$/, ''),
          ),
      });
    } finally {
      await session.close();
    }
  });
}

const threeFiles = new Map([
  ['a.md', 'one'],
  ['b.md', 'two'],
  ['c.jsonl', '{"id": "x", "text": "three"}\n{"id": "y", "text": "four"}\n'],
]);

describe('a build on the snapshot before', () => {
  it('writes a segment of what changed, and what it takes off the others', async () => {
    await withWorkshop(keepAll, async ({ corpus, manifest, run, ids }) => {
      await writeFiles(corpus, threeFiles);
      const first = await run();
      await writeFile(join(corpus, 'c.jsonl'), '{"id": "x", "text": "five"}\n');
      const second = await run();
      expect(second).toMatchObject({ articles: { total: 3, added: 0, changed: 1, removed: 1 }, files: { read: 1 } });
      expect(await manifest()).toMatchObject({
        articles: 3,
        paragraphs: 3,
        segments: [
          { name: first.build, articles: 4, removed: [2, 3] },
          { name: second.build, articles: 1, removed: [] },
        ],
      });
      expect(await ids()).toEqual(['a', 'b', 'x']);
    });
  });

  it('shares the files of segments that stay, and keeps them when the older build goes', async () => {
    await withWorkshop(keepAll, async ({ corpus, data, run }) => {
      await writeFiles(corpus, threeFiles);
      const first = await run();
      await writeFile(join(corpus, 'd.md'), 'five');
      const second = await run();
      const shared = `${first.build}.segment.bin`;
      const inodes = await Promise.all(
        [first.build, second.build].map(async (each) => (await stat(join(buildPath(data, each), shared))).ino),
      );
      expect(inodes[0]).toBe(inodes[1]);
      await writeFile(join(corpus, 'e.md'), 'six');
      const third = await run();
      expect(await listBuilds(data)).toEqual([second.build, third.build]);
      expect((await readdir(buildPath(data, third.build))).filter((name) => name.startsWith(first.build))).toHaveLength(
        3,
      );
      expect((await readLiveContent(data)).articles).toHaveLength(6);
    });
  });

  it('takes off what was removed earlier together with what is removed now', async () => {
    await withWorkshop(keepAll, async ({ corpus, manifest, run, ids }) => {
      await writeFiles(corpus, threeFiles);
      await run();
      await rm(join(corpus, 'c.jsonl'));
      await run();
      await rm(join(corpus, 'a.md'));
      await run();
      expect((await manifest()).segments[0]?.removed).toEqual([0, 2, 3]);
      expect(await ids()).toEqual(['b']);
    });
  });

  it('drops a segment of which nothing is left, and still knows its other files', async () => {
    await withWorkshop(keepAll, async ({ corpus, manifest, run, ids }) => {
      await writeFiles(corpus, new Map([['a.md', 'one']]));
      await run();
      await writeFiles(
        corpus,
        new Map([
          ['b.md', 'two'],
          ['broken.json', '{'],
        ]),
      );
      const second = await run();
      await rm(join(corpus, 'b.md'));
      const third = await run();
      expect((await manifest()).segments.map(({ name }) => name)).not.toContain(second.build);
      expect(third).toMatchObject({
        files: { found: 2, read: 0, unchanged: 1, skipped: 1 },
        problems: second.problems,
      });
      expect(await run()).toMatchObject({ outcome: 'unchanged', build: third.build, problems: second.problems });
      expect(await ids()).toEqual(['a']);
    });
  });

  it('makes one segment of all where much changed, without reading the rest again', async () => {
    await withWorkshop({ ...keepAll, muchChanged: 0.25 }, async ({ corpus, manifest, run }) => {
      await writeFiles(corpus, threeFiles);
      await run();
      await writeFile(join(corpus, 'a.md'), 'five\n\nsix');
      expect(await run()).toMatchObject({ files: { read: 1, unchanged: 2 }, paragraphs: 5 });
      expect((await manifest()).segments).toMatchObject([{ articles: 4, paragraphs: 5, removed: [] }]);
    });
  });

  it('takes in segments that are not much larger', async () => {
    await withWorkshop({ ...mergeRules, muchChanged: Number.POSITIVE_INFINITY }, async ({ corpus, manifest, run }) => {
      await writeFiles(corpus, threeFiles);
      await run();
      await writeFile(join(corpus, 'a.md'), 'five');
      await run();
      expect((await manifest()).segments).toMatchObject([{ articles: 4, removed: [] }]);
    });
  });

  it('reads a file again that loses an id to one before it, and none that does not', async () => {
    await withWorkshop(keepAll, async ({ corpus, run, ids }) => {
      await writeFiles(corpus, threeFiles);
      await run();
      await writeFile(join(corpus, 'b.jsonl'), '{"id": "y", "text": "mine"}');
      const report = await run();
      expect(report.problems).toEqual([
        {
          path: 'c.jsonl',
          line: null,
          severity: 'skipped',
          reason: 'article id "y" is taken by "b.jsonl": give it another id',
        },
      ]);
      expect(report).toMatchObject({
        files: { found: 4, read: 1, unchanged: 3 },
        articles: { total: 4, added: 0, changed: 1, removed: 0 },
      });
      expect(await ids()).toEqual(['a', 'y', 'b', 'x']);
      await rm(join(corpus, 'b.jsonl'));
      expect(await run()).toMatchObject({ problems: [], articles: { total: 4, changed: 1, removed: 0 } });
      expect(await ids()).toEqual(['a', 'b', 'x', 'y']);
    });
  });
});

describe('the catalogue of a segment', () => {
  const lines = Array.from({ length: 30 }, (_, i) => [`${String(i).padStart(2, '0')}.md`, `text ${i}`] as const);
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ['is shared where few files were only touched', 2, true],
    ['is written again where many were, so that they need not be hashed by every build', 20, false],
  ])('%s', async (_, touched, isShared) => {
    await withWorkshop(keepAll, async ({ corpus, data, run, ids }) => {
      await writeFiles(corpus, new Map(lines));
      // What is younger than the clock's grain is hashed in any case: let it seem older.
      const now = Date.now.bind(Date);
      vi.spyOn(Date, 'now').mockImplementation(() => now() + 10_000);
      const first = await run();
      await rm(join(corpus, '05.md'));
      const second = await run();
      for (const [path] of lines.slice(10, 10 + touched)) await utimes(join(corpus, path), new Date(), new Date());
      await writeFile(join(corpus, 'a.md'), 'news');
      const third = await run();
      const catalogues = await Promise.all(
        [second, third].map(({ build: each }) => readFile(join(buildPath(data, each), `${first.build}.files.json`))),
      );
      expect(catalogues[0]?.equals(catalogues[1] as Buffer)).toBe(isShared);
      expect(await build({ corpus, data, keepBuilds: 2, isFull: false, rules: keepAll })).toMatchObject({
        outcome: 'unchanged',
        files: { found: 30, unchanged: 30 },
      });
      await rm(join(corpus, '29.md'));
      await run();
      expect(await ids()).toEqual([
        ...lines.map(([path]) => path.slice(0, 2)).filter((id) => !['05', '29'].includes(id)),
        'a',
      ]);
    });
  });
});

describe('a session', () => {
  it('looks only at the paths that it is given', async () => {
    await withWorkshop(keepAll, async ({ corpus, run, ids }) => {
      await writeFiles(corpus, threeFiles);
      await run();
      await writeFile(join(corpus, 'a.md'), 'changed and not told');
      await writeFile(join(corpus, 'd.md'), 'new and told');
      expect(await run(['d.md'])).toMatchObject({ files: { found: 4, read: 1, unchanged: 3 } });
      expect(await ids()).toEqual(['a', 'b', 'x', 'y', 'd']);
      expect(await run([])).toMatchObject({ outcome: 'unchanged', files: { found: 4, read: 0, unchanged: 4 } });
      expect(await run()).toMatchObject({ outcome: 'published', articles: { changed: 1 } });
    });
  });

  it('takes a folder for all that is and was in it', async () => {
    await withWorkshop(keepAll, async ({ corpus, run, ids }) => {
      await writeFiles(
        corpus,
        new Map([...threeFiles, ['sub/1.md', 'one'], ['sub/deep/2.md', 'two'], ['subway.md', 's']]),
      );
      await run();
      await rm(join(corpus, 'sub'), { recursive: true });
      expect(await run(['sub'])).toMatchObject({ articles: { removed: 2 }, files: { found: 4 } });
      await writeFiles(corpus, new Map([['sub/3.md', 'three']]));
      expect(await run(['sub'])).toMatchObject({ articles: { added: 1 }, files: { found: 5 } });
      expect(await ids()).toEqual(['a', 'b', 'x', 'y', 'sub/3', 'subway']);
    });
  });

  it('tells the problems of files that it did not look at, and no longer those that are gone', async () => {
    await withWorkshop(keepAll, async ({ corpus, run }) => {
      await writeFiles(corpus, new Map([...threeFiles, ['notes.xyz', '?'], ['more/x.xyz', '?'], ['broken.json', '{']]));
      await symlink(join(corpus, 'a.md'), join(corpus, 'link.md'));
      const first = await run();
      await writeFile(join(corpus, 'a.md'), 'changed');
      expect(await run(['a.md'])).toMatchObject({
        problems: first.problems,
        files: { found: 7, read: 1, unchanged: 2, skipped: 4 },
      });
      await rm(join(corpus, 'more'), { recursive: true });
      await rm(join(corpus, 'link.md'));
      const last = await run(['more', 'link.md', 'b.md']);
      expect(last.problems.map(({ path }) => path)).toEqual(['broken.json', 'notes.xyz']);
      expect(last).toMatchObject({ outcome: 'unchanged', files: { found: 5, skipped: 2 } });
    });
  });

  it('looks at everything first, and again where another process published meanwhile', async () => {
    await withWorkshop(keepAll, async ({ corpus, data, run, ids }) => {
      await writeFiles(corpus, threeFiles);
      expect(await run(['a.md'])).toMatchObject({ articles: { total: 4 } });
      await writeFile(join(corpus, 'd.md'), 'five');
      await build({ corpus, data, keepBuilds: 2, isFull: true });
      await writeFile(join(corpus, 'b.md'), 'changed and not told');
      expect(await run(['a.md'])).toMatchObject({ articles: { total: 5, changed: 1 } });
      expect(await ids()).toHaveLength(5);
    });
  });

  it('looks at everything again after a build that failed', async () => {
    await withWorkshop(keepAll, async ({ corpus, data, run }) => {
      await writeFiles(corpus, threeFiles);
      const { build: published } = await run();
      await writeFile(join(corpus, 'a.md'), 'changed');
      // No folder can be made where a file is.
      const builds = join(data, 'builds');
      const aside = join(data, 'aside');
      await rename(builds, aside);
      await writeFile(builds, 'in the way');
      await expect(run(['a.md'])).rejects.toThrow();
      await rm(builds);
      await rename(aside, builds);
      expect(await readCurrent(data)).toBe(published);
      await writeFile(join(corpus, 'b.md'), 'changed and not told');
      expect(await run(['c.jsonl'])).toMatchObject({ articles: { total: 4, changed: 2 } });
    });
  });

  it('builds from nothing where that is asked for', async () => {
    await withWorkshop(keepAll, async ({ corpus, session, manifest, run, ids }) => {
      await writeFiles(corpus, threeFiles);
      await run();
      await writeFile(join(corpus, 'a.md'), 'changed');
      await run();
      const report = await session.build({ isFull: true, paths: null });
      expect(report).toMatchObject({ outcome: 'published', files: { read: 3, unchanged: 0 } });
      expect((await manifest()).segments).toMatchObject([{ name: report.build, articles: 4, removed: [] }]);
      await writeFile(join(corpus, 'b.md'), 'changed');
      expect(await run(['b.md'])).toMatchObject({ articles: { changed: 1, total: 4 } });
      expect(await ids()).toEqual(['a', 'b', 'x', 'y']);
    });
  });

  it('builds on what it published after a segment of it was damaged on disk, from nothing', async () => {
    await withWorkshop(keepAll, async ({ corpus, data, manifest, run, ids }) => {
      await writeFiles(corpus, threeFiles);
      await run();
      await writeFile(join(corpus, 'a.md'), 'changed');
      const second = await run();
      const file = join(buildPath(data, second.build), `${second.build}.segment.bin`);
      await writeFile(file, (await readFile(file)).subarray(0, 100));
      await writeFile(join(corpus, 'b.md'), 'changed');
      expect(await run(['b.md'])).toMatchObject({ files: { read: 3 }, articles: { total: 4 } });
      expect((await manifest()).segments).toHaveLength(1);
      expect(await ids()).toEqual(['a', 'b', 'x', 'y']);
    });
  });
});
