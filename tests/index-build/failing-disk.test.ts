/**
 * A disk that fails at any moment: what was published stays, or the new snapshot is there, whole; and the next build is
 * as if nothing had been.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { build } from '../../index-build/build.ts';
import { openBuildSession } from '../../index-build/build-session.ts';
import type { MergeRules } from '../../index-build/merge-rules.ts';
import { mergeSnapshot } from '../../index-build/merge-snapshot.ts';
import { withTemporaryFolder, writeFiles } from '../contract/corpus-files.ts';
import { type LiveContent, readLiveContent } from './live-content.ts';

/** Calls that write below a folder; the one whose turn it is fails. */
const disk = vi.hoisted(() => ({ folder: '', calls: 0, failsAt: -1 }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  const failing =
    <P extends unknown[], R>(call: (...parameters: P) => Promise<R>, writes: (...parameters: P) => boolean) =>
    async (...parameters: P): Promise<R> => {
      const isCounted = disk.folder !== '' && String(parameters[0]).startsWith(disk.folder) && writes(...parameters);
      if (isCounted && disk.calls++ === disk.failsAt) {
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      }
      return call(...parameters);
    };
  return {
    ...original,
    open: failing(original.open, (_path, flags) => flags !== 'r'),
    link: failing(original.link, (path) => !String(path).includes('.lock')),
    rename: failing(original.rename, (path) => !String(path).includes('.lock')),
    mkdir: failing(original.mkdir, () => true),
  };
});

afterEach(() => {
  disk.folder = '';
});

const keepAll: MergeRules = { alwaysTaken: 0, mostGathered: 0, muchChanged: Number.POSITIVE_INFINITY };
const takeAll: MergeRules = { alwaysTaken: 100, mostGathered: 100, muchChanged: Number.POSITIVE_INFINITY };

describe('a build on a disk that fails', { timeout: 60_000 }, () => {
  it.each<[string, MergeRules]>([
    ['adds a segment', keepAll],
    ['merges segments', takeAll],
  ])('leaves the old snapshot or the new one where it %s', async (_, rules) => {
    await withTemporaryFolder(async (folder) => {
      const corpus = join(folder, 'corpus');
      const data = join(folder, 'data');
      await mkdir(corpus);
      const files = new Map([
        ['a.md', 'one'],
        ['b.md', 'two'],
        ['c.jsonl', '{"id": "x", "text": "three"}\n{"id": "y", "text": "four"}\n'],
      ]);
      await writeFiles(corpus, files);
      await build({ corpus, data, keepBuilds: 1, isFull: true });
      const session = openBuildSession({ corpus, data, keepBuilds: 1, rules });
      const failures = await countFailures(data, async (n, attempt) => {
        const old = await readLiveContent(data);
        await writeFile(join(corpus, 'a.md'), `words of ${n}`);
        const next = await contentOf(corpus, join(folder, `full-${n}`));
        await attempt(() => session.build({ isFull: false, paths: ['a.md'] }));
        expect([old, next]).toContainEqual(await readLiveContent(data));
        await session.build({ isFull: false, paths: ['a.md'] });
        expect(await readLiveContent(data)).toEqual(next);
      });
      await session.close();
      expect(failures).toBeGreaterThan(8);
    });
  });
});

describe('a merge on a disk that fails', { timeout: 60_000 }, () => {
  it('changes nothing that can be searched, and leaves builds to go on', async () => {
    await withTemporaryFolder(async (folder) => {
      const corpus = join(folder, 'corpus');
      const data = join(folder, 'data');
      await mkdir(corpus);
      await writeFiles(
        corpus,
        new Map([
          ['a.md', 'one'],
          ['b.md', 'two'],
        ]),
      );
      const run = () => build({ corpus, data, keepBuilds: 1, isFull: false, rules: keepAll });
      await run();
      const failures = await countFailures(data, async (n, attempt) => {
        await writeFile(join(corpus, 'a.md'), `words of ${n}`);
        await run();
        const content = await readLiveContent(data);
        await attempt(() => mergeSnapshot({ data, keepBuilds: 1 }));
        expect(await readLiveContent(data)).toEqual(content);
        expect(await run()).toMatchObject({ outcome: 'unchanged' });
      });
      expect(failures).toBeGreaterThan(8);
    });
  });
});

/** Calls `round` with an attempt whose n-th write fails, for every n until it no longer fails. Returns how often it did. */
async function countFailures(
  data: string,
  round: (n: number, attempt: (run: () => Promise<unknown>) => Promise<void>) => Promise<void>,
): Promise<number> {
  for (let n = 0; ; n++) {
    let hasFailed = false;
    await round(n, async (run) => {
      Object.assign(disk, { folder: data, calls: 0, failsAt: n });
      await run().catch((error: NodeJS.ErrnoException) => {
        hasFailed = true;
        expect(error.code, error.stack).toBe('ENOSPC');
      });
      disk.folder = '';
    });
    if (!hasFailed) return n;
  }
}

async function contentOf(corpus: string, data: string): Promise<LiveContent> {
  await build({ corpus, data, keepBuilds: 1, isFull: true });
  const content = await readLiveContent(data);
  await rm(data, { recursive: true });
  return content;
}
