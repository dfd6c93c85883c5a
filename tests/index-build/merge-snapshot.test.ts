/** Merging all segments of a snapshot in the background, and what comes between. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BuildOptions, build } from '../../index-build/build.ts';
import { withBuildLock } from '../../index-build/build-lock.ts';
import type { MergeRules } from '../../index-build/merge-rules.ts';
import { mergeIfWanted, mergeSnapshot } from '../../index-build/merge-snapshot.ts';
import type { BuildReport } from '../../src/domain/build-report.ts';
import type { BuildId } from '../../src/domain/ids.ts';
import { buildPath, listBuilds, type Manifest, readCurrent, readManifest } from '../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder, writeFiles } from '../contract/corpus-files.ts';
import { readLiveContent } from './live-content.ts';

const keepAll: MergeRules = { alwaysTaken: 0, mostGathered: 0, muchChanged: Number.POSITIVE_INFINITY };

interface Workshop {
  readonly corpus: string;
  readonly data: string;
  readonly put: (path: string, text: string) => Promise<BuildReport>;
  readonly run: (options?: Partial<BuildOptions>) => Promise<BuildReport>;
  readonly manifest: () => Promise<Manifest>;
  /** What each live article says, in path order. */
  readonly texts: () => Promise<string[]>;
}

/** A snapshot of three segments: a.md, b.md, and a.md again. */
function withThreeSegments(work: (workshop: Workshop) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const corpus = join(folder, 'corpus');
    const data = join(folder, 'data');
    await mkdir(corpus);
    const run: Workshop['run'] = (options) =>
      build({ corpus, data, isFull: false, keepBuilds: 1, rules: keepAll, ...options });
    const put: Workshop['put'] = async (path, text) => {
      await writeFiles(corpus, new Map([[path, text]]));
      return run();
    };
    await writeFiles(corpus, new Map([['0.md', 'stays']]));
    await put('a.md', 'one');
    await put('b.md', 'two');
    await put('a.md', 'three');
    await work({
      corpus,
      data,
      put,
      run,
      manifest: async () => readManifest(data, (await readCurrent(data)) as BuildId),
      texts: async () => {
        const { articles } = await readLiveContent(data);
        return (articles as [string, unknown, [{ text: string }]][]).map(([, , [first]]) => first.text);
      },
    });
  });
}

describe('mergeSnapshot', () => {
  it('makes one segment of all, with the bytes that a build from nothing gives', async () => {
    await withThreeSegments(async ({ data, run, manifest, texts }) => {
      const before = await manifest();
      expect(before.segments).toHaveLength(3);
      const report = await mergeSnapshot({ data, keepBuilds: 1 });
      const merged = await manifest();
      expect(merged).toMatchObject({ articles: 3, paragraphs: 3, terms: before.terms, report });
      expect(merged.segments).toMatchObject([{ articles: 3, removed: [] }]);
      expect(report).toMatchObject({
        outcome: 'published',
        files: { found: 3, read: 0, unchanged: 3 },
        articles: { total: 3, added: 0, changed: 0, removed: 0 },
      });
      expect(await texts()).toEqual(['stays', 'three', 'two']);
      const files = await readFiles(data, merged);
      await run({ isFull: true });
      const expected = await readFiles(data, await manifest());
      expect(files.map((bytes, index) => bytes.equals(expected[index] as Buffer))).toEqual([true, true]);
    });
  });

  it('leaves nothing beside the snapshot, and only as many builds as are kept', async () => {
    await withThreeSegments(async ({ data }) => {
      const report = await mergeSnapshot({ data, keepBuilds: 1 });
      expect((await readdir(data)).sort()).toEqual(['builds', 'current']);
      expect(await readdir(join(data, 'builds'))).toEqual([report?.build]);
      expect(await listBuilds(data)).toEqual([report?.build]);
    });
  });

  it('has nothing to do for one segment, and for no snapshot', async () => {
    await withThreeSegments(async ({ data }) => {
      await mergeSnapshot({ data, keepBuilds: 1 });
      const current = await readCurrent(data);
      expect(await mergeSnapshot({ data, keepBuilds: 1 })).toBeNull();
      expect(await readCurrent(data)).toBe(current);
      expect(await mergeSnapshot({ data: join(data, 'absent'), keepBuilds: 1 })).toBeNull();
    });
  });

  it('keeps what was built meanwhile, and takes off what was removed', async () => {
    await withThreeSegments(async ({ corpus, data, put, run, manifest, texts }) => {
      const onWritten = async () => {
        await put('c.md', 'four');
        await rm(join(corpus, 'b.md'));
        await put('a.md', 'five');
      };
      const report = await mergeSnapshot({ data, keepBuilds: 1, onWritten });
      expect(report).toMatchObject({ articles: { total: 3 }, files: { found: 3 } });
      expect((await manifest()).segments[0]).toMatchObject({ articles: 3, removed: [1, 2] });
      expect(await texts()).toEqual(['stays', 'five', 'four']);
      expect(await run()).toMatchObject({ outcome: 'unchanged', articles: { total: 3 } });
      expect(await put('a.md', 'six')).toMatchObject({ articles: { total: 3, changed: 1 } });
      expect(await texts()).toEqual(['stays', 'six', 'four']);
    });
  });

  it('is for nothing where a build from nothing came between', async () => {
    await withThreeSegments(async ({ data, run, manifest }) => {
      const onWritten = async () => void (await run({ isFull: true }));
      expect(await mergeSnapshot({ data, keepBuilds: 1, onWritten })).toBeNull();
      expect((await manifest()).segments).toHaveLength(1);
      expect((await readdir(data)).sort()).toEqual(['builds', 'current']);
    });
  });

  it('keeps builds from merging the segments that it merges', async () => {
    await withThreeSegments(async ({ data, put, run, manifest, texts }) => {
      const rules: MergeRules = { alwaysTaken: 100, mostGathered: 100, muchChanged: Number.POSITIVE_INFINITY };
      const onWritten = async () => {
        await put('c.md', 'four');
        await writeFiles(join(data, '..', 'corpus'), new Map([['d.md', 'five']]));
        await run({ rules });
        expect((await manifest()).segments).toHaveLength(4);
      };
      expect(await mergeSnapshot({ data, keepBuilds: 1, onWritten })).not.toBeNull();
      expect((await manifest()).segments).toHaveLength(2);
      expect(await texts()).toEqual(['stays', 'three', 'two', 'four', 'five']);
    });
  });

  it('runs once at a time, and waits for a build before it publishes', async () => {
    await withThreeSegments(async ({ data, manifest }) => {
      const order: string[] = [];
      let merge: Promise<unknown> = Promise.resolve();
      await withBuildLock(data, async () => {
        const isWritten = new Promise<void>((resolve) => {
          const onWritten = async () => resolve();
          merge = mergeSnapshot({ data, keepBuilds: 1, onWritten }).then(() => order.push('merged'));
        });
        await isWritten;
        await expect(mergeSnapshot({ data, keepBuilds: 1 })).rejects.toMatchObject({ code: 'unavailable' });
        expect(await mergeIfWanted({ data, keepBuilds: 1 })).toBeNull();
        order.push('built');
      });
      await merge;
      expect(order).toEqual(['built', 'merged']);
      expect((await manifest()).segments).toHaveLength(1);
    });
  });

  it('leaves the snapshot as it is where it fails, and cleans up', async () => {
    await withThreeSegments(async ({ data, manifest, put }) => {
      const before = await manifest();
      const onWritten = async () => {
        throw new Error('no room');
      };
      await expect(mergeSnapshot({ data, keepBuilds: 1, onWritten })).rejects.toThrow('no room');
      expect(await manifest()).toEqual(before);
      expect((await readdir(data)).sort()).toEqual(['builds', 'current']);
      expect(await put('c.md', 'four')).toMatchObject({ articles: { total: 4 } });
    });
  });

  it('clears away what a killed merge left', async () => {
    await withThreeSegments(async ({ data, manifest }) => {
      await mkdir(join(data, 'merging'));
      await writeFile(join(data, 'merging', 'half.segment.bin'), 'half');
      await mergeSnapshot({ data, keepBuilds: 1 });
      expect((await readdir(data)).sort()).toEqual(['builds', 'current']);
      expect((await manifest()).segments).toHaveLength(1);
    });
  });
});

describe('mergeIfWanted', () => {
  it('merges where much lies beside the largest segment', async () => {
    await withThreeSegments(async ({ data, manifest }) => {
      expect(await mergeIfWanted({ data, keepBuilds: 1 })).not.toBeNull();
      expect((await manifest()).segments).toHaveLength(1);
      expect(await mergeIfWanted({ data, keepBuilds: 1 })).toBeNull();
    });
  });

  it('does nothing without a snapshot', async () => {
    await withTemporaryFolder(async (folder) => {
      expect(await mergeIfWanted({ data: folder, keepBuilds: 1 })).toBeNull();
    });
  });
});

/** Segment and texts of the only segment. */
function readFiles(data: string, { build: name, segments }: Manifest): Promise<Buffer[]> {
  const [only] = segments;
  const files = ['segment.bin', 'texts.bin'].map((file) => join(buildPath(data, name), `${only?.name}.${file}`));
  return Promise.all(files.map((file) => readFile(file)));
}
