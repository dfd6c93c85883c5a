import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BuildReport } from '../../../src/domain/build-report.ts';
import type { BuildId } from '../../../src/domain/ids.ts';
import {
  buildPath,
  listBuilds,
  type Manifest,
  openBuildFolder,
  publish,
  readCurrent,
  readManifest,
  snapshotFormat,
} from '../../../src/snapshot/snapshot-folder.ts';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'lede-test-'));
});

afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

function manifestOf(build: string): Manifest {
  const report: BuildReport = {
    build: build as BuildId,
    outcome: 'published',
    startedAt: '2022-09-12T00:00:00.000Z',
    tookMs: 1,
    files: { found: 0, read: 0, unchanged: 0, skipped: 0 },
    articles: { total: 0, added: 0, changed: 0, removed: 0 },
    paragraphs: 0,
    terms: 0,
    peakMemoryBytes: 1,
    problems: [],
  };
  const counts = { articles: 0, paragraphs: 0, terms: 0, segments: [] };
  const publishedAt = '2022-09-12T00:00:01.000Z';
  return { format: snapshotFormat, build: build as BuildId, publishedAt, analyzer: 'a', ...counts, files: {}, report };
}

async function publishEmpty(build: string, keep: number): Promise<void> {
  await openBuildFolder(data, build as BuildId);
  await publish(data, manifestOf(build), keep);
}

async function writeManifest(text: string): Promise<void> {
  await mkdir(buildPath(data, 'b1' as BuildId), { recursive: true });
  await writeFile(join(buildPath(data, 'b1' as BuildId), 'manifest.json'), text);
}

describe('publish', () => {
  it('gives the build folder its name, then makes it the current one', async () => {
    const folder = await openBuildFolder(data, 'b1' as BuildId);
    await writeFile(join(folder, 'segment.bin'), 'postings');
    expect(await listBuilds(data)).toEqual([]);
    expect(await readCurrent(data)).toBeNull();

    await publish(data, manifestOf('b1'), 3);
    expect(await readCurrent(data)).toBe('b1');
    expect(await listBuilds(data)).toEqual(['b1']);
    expect(await readFile(join(buildPath(data, 'b1' as BuildId), 'segment.bin'), 'utf8')).toBe('postings');
    expect(await readManifest(data, 'b1' as BuildId)).toEqual(manifestOf('b1'));
    expect((await readdir(data)).sort()).toEqual(['builds', 'current']);
  });

  it('keeps the last builds, the new one included', async () => {
    for (const build of ['b1', 'b2', 'b3', 'b4']) await publishEmpty(build, 3);
    expect(await listBuilds(data)).toEqual(['b2', 'b3', 'b4']);
    await publishEmpty('b5', 1);
    expect(await listBuilds(data)).toEqual(['b5']);
  });

  it.each([0, 1, 2, 5])(
    'never removes the build it publishes, even if its name is the oldest, keeping %i',
    async (keep) => {
      for (const build of ['b7', 'b8', 'b9']) await publishEmpty(build, 9);
      // As after the clock was set back.
      await publishEmpty('b1', keep);
      expect(await readCurrent(data)).toBe('b1');
      expect(await listBuilds(data)).toContain('b1');
      expect(await listBuilds(data)).toHaveLength(Math.max(1, Math.min(keep, 4)));
    },
  );

  it('leaves the old build current where the new one cannot take its name', async () => {
    await publishEmpty('b1', 3);
    await openBuildFolder(data, 'b2' as BuildId);
    await mkdir(buildPath(data, 'b2' as BuildId));
    await writeFile(join(buildPath(data, 'b2' as BuildId), 'in-the-way'), '');
    await expect(publish(data, manifestOf('b2'), 3)).rejects.toThrow();
    expect(await readCurrent(data)).toBe('b1');
  });
});

describe('openBuildFolder', () => {
  it('removes what killed builds left, and no published build', async () => {
    await publishEmpty('b1', 3);
    const killed = await openBuildFolder(data, 'b2' as BuildId);
    await writeFile(join(killed, 'texts.bin'), 'half');
    const folder = await openBuildFolder(data, 'b3' as BuildId);
    expect(await readdir(join(data, 'builds'))).toEqual([expect.stringMatching(/^\.b3/), 'b1']);
    expect(await readdir(folder)).toEqual([]);
    expect(await listBuilds(data)).toEqual(['b1']);
  });
});

describe('readCurrent', () => {
  it('is null where nothing was published, or the folder is not there', async () => {
    expect(await readCurrent(data)).toBeNull();
    expect(await readCurrent(join(data, 'absent'))).toBeNull();
    expect(await listBuilds(join(data, 'absent'))).toEqual([]);
  });

  it.each(['', '\n', '../../etc', 'b1\nb2', 'b1/..', '.', 'b 1', '\u0000', 'бб'])(
    'refuses %j as a name',
    async (text) => {
      await writeFile(join(data, 'current'), text);
      await expect(readCurrent(data)).rejects.toMatchObject({
        code: 'incompatible',
        message: expect.stringContaining(`"${join(data, 'current')}" does not name a build`),
      });
    },
  );

  it('takes a name with white space around it, as editors leave it', async () => {
    await writeFile(join(data, 'current'), ' 20220912T000000000Z-1a2b\r\n');
    expect(await readCurrent(data)).toBe('20220912T000000000Z-1a2b');
  });
});

describe('readManifest', () => {
  it('says which build is not there', async () => {
    await expect(readManifest(data, 'b9' as BuildId)).rejects.toMatchObject({
      code: 'not_found',
      message: `no build "b9" in "${data}": run \`lede build\``,
    });
  });

  it.each(['', '{', 'null', '1', '[]', '{}', '{"format": "1"}', '{"format": 2}', '{"format": 2, "files": null}'])(
    'refuses %j as damaged',
    async (text) => {
      await writeManifest(text);
      await expect(readManifest(data, 'b1' as BuildId)).rejects.toMatchObject({
        code: 'incompatible',
        message: expect.stringContaining('manifest.json" is damaged: run `lede build --full`'),
      });
    },
  );

  it('refuses another format by its number, whatever else is in it', async () => {
    await writeManifest('{"format": 99}');
    await expect(readManifest(data, 'b1' as BuildId)).rejects.toMatchObject({
      code: 'incompatible',
      message: `snapshot "b1" has format 99, this version of Lede reads ${snapshotFormat}: run \`lede build --full\``,
    });
  });
});
