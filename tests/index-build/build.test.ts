/** An article's whole journey: what a build reads, counts, reports, publishes, and leaves alone. */
import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../index-build/build.ts';
import type { BuildId } from '../../src/domain/ids.ts';
import { closeSearchable, openSearchable } from '../../src/open-searchable.ts';
import { buildPath, listBuilds, type Manifest, readCurrent, readManifest } from '../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder, writeFiles } from '../contract/corpus-files.ts';
import { textsOf, withWorkshop } from './workshop.ts';

describe('the report of a build', () => {
  it('counts what was found as read, unchanged or skipped, and says why', async () => {
    await withWorkshop(async ({ corpus, run }) => {
      await writeFiles(
        corpus,
        new Map([
          ['a.md', '# One\n\ntext\n\nmore'],
          ['b.jsonl', '{"title": "Two", "text": "words"}\nnot json\n{"title": "Three", "text": "words"}\n'],
          ['broken.json', '{"title": '],
          ['empty.jsonl', ''],
          ['notes.xyz', 'unknown'],
          ['.hidden.md', 'left out by rule'],
        ]),
      );
      await symlink(join(corpus, 'a.md'), join(corpus, 'link.md'));
      const first = await run();
      expect(first).toMatchObject({
        outcome: 'published',
        files: { found: 6, read: 2, unchanged: 0, skipped: 4 },
        articles: { total: 3, added: 3, changed: 0, removed: 0 },
        paragraphs: 4,
      });
      const told = first.problems.map(({ path, severity }) => [path, severity]);
      expect(told).toEqual([
        ['b.jsonl', 'skipped'],
        ['broken.json', 'skipped'],
        ['empty.jsonl', 'skipped'],
        ['link.md', 'skipped'],
        ['notes.xyz', 'skipped'],
      ]);

      await writeFile(join(corpus, 'a.md'), '# One\n\nother text');
      expect(await run()).toMatchObject({
        outcome: 'published',
        files: { found: 6, read: 1, unchanged: 1, skipped: 4 },
        articles: { total: 3, added: 0, changed: 1, removed: 0 },
        paragraphs: 3,
        problems: first.problems,
      });
      expect(await run()).toMatchObject({
        outcome: 'unchanged',
        files: { found: 6, read: 0, unchanged: 2, skipped: 4 },
        articles: { total: 3, added: 0, changed: 0, removed: 0 },
        paragraphs: 3,
        problems: first.problems,
      });
    });
  });

  it('names an article whose id is taken, and the file that has it', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      await writeFiles(
        corpus,
        new Map([
          ['a.jsonl', '{"id": "x", "text": "first"}\n{"id": "x", "text": "second"}'],
          ['b.jsonl', '{"id": "x", "text": "third"}\n{"id": "y", "text": "fourth"}'],
          ['c.jsonl', '{"id": "y", "text": "fifth"}'],
        ]),
      );
      const { articles, files, problems } = await run();
      expect(articles.total).toBe(2);
      expect(files).toEqual({ found: 3, read: 2, unchanged: 0, skipped: 1 });
      expect(problems.map(({ path, severity, reason }) => [path, severity, reason])).toEqual([
        ['a.jsonl', 'skipped', 'article id "x" is taken by "a.jsonl": give it another id'],
        ['b.jsonl', 'skipped', 'article id "x" is taken by "a.jsonl": give it another id'],
        ['c.jsonl', 'skipped', 'article id "y" is taken by "b.jsonl": give it another id'],
      ]);
      expect(await textsOf(data)).toEqual(['first', 'fourth']);
    });
  });

  it('is kept in the manifest of the snapshot', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      await writeFile(join(corpus, 'a.md'), 'text');
      const report = await run();
      expect(report.build).toBe(await readCurrent(data));
      expect(await readManifest(data, report.build)).toMatchObject({
        build: report.build,
        articles: 1,
        paragraphs: 1,
        terms: report.terms,
        report,
      });
    });
  });

  it('is preceded by progress up to the number of files', async () => {
    await withWorkshop(async ({ corpus, run }) => {
      await writeFiles(
        corpus,
        new Map([
          ['a.md', 'one'],
          ['b.md', 'two'],
          ['c.md', 'three'],
        ]),
      );
      const told: [number, number][] = [];
      await run({
        onProgress: ({ filesDone, filesFound, phase }) => phase === 'reading' && told.push([filesDone, filesFound]),
      });
      expect(told.at(-1)).toEqual([3, 3]);
      expect(told.every(([done]) => done >= 0 && done <= 3)).toBe(true);
    });
  });
});

describe('what a build reads', () => {
  it('is a file whose content changed, even where size and modification time were kept', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      const path = join(corpus, 'a.md');
      await writeFiles(
        corpus,
        new Map([
          ['a.md', 'quay'],
          ['b.md', 'wall'],
        ]),
      );
      const long = new Date('2020-02-02T02:02:02Z');
      await utimes(path, long, long);
      await run();
      const before = await stat(path);
      await writeFile(path, 'lane');
      await utimes(path, long, long);
      expect(await stat(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
      expect((await run()).files).toMatchObject({ read: 1, unchanged: 1 });
      expect(await textsOf(data)).toEqual(['lane', 'wall']);
    });
  });

  it('is not a file that was only touched, or written again as it was', async () => {
    await withWorkshop(async ({ corpus, run }) => {
      await writeFiles(
        corpus,
        new Map([
          ['a.md', 'quay'],
          ['b.md', 'wall'],
          ['c.md', 'lane'],
        ]),
      );
      const { build: published } = await run();
      await utimes(join(corpus, 'a.md'), new Date(), new Date());
      await writeFile(join(corpus, 'b.md'), 'wall');
      await writeFile(join(corpus, 'c.md.new'), 'lane');
      await rename(join(corpus, 'c.md.new'), join(corpus, 'c.md'));
      expect(await run()).toMatchObject({
        outcome: 'unchanged',
        build: published,
        files: { found: 3, read: 0, unchanged: 3, skipped: 0 },
      });
    });
  });

  it('is every file where a full build is asked for', async () => {
    await withWorkshop(async ({ corpus, run }) => {
      await writeFiles(
        corpus,
        new Map([
          ['a.md', 'quay'],
          ['b.md', 'wall'],
        ]),
      );
      const first = await run();
      const second = await run({ isFull: true });
      expect(second).toMatchObject({ outcome: 'published', files: { read: 2, unchanged: 0 } });
      expect(second.build > first.build).toBe(true);
    });
  });

  it('counts as removed what is gone, and as added what is new', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      await writeFiles(
        corpus,
        new Map([
          ['a.md', 'quay'],
          ['b.md', 'wall'],
        ]),
      );
      await run();
      await rm(join(corpus, 'a.md'));
      await writeFile(join(corpus, 'c.md'), 'lane');
      expect((await run()).articles).toEqual({ total: 2, added: 1, changed: 0, removed: 1 });
      expect(await textsOf(data)).toEqual(['wall', 'lane']);
    });
  });
});

describe('a build', () => {
  it('gives equal bytes for equal files, in whatever order they were written', async () => {
    await withTemporaryFolder(async (folder) => {
      const files = [
        ['b/x.md', '# B\n\nquay'],
        ['a.jsonl', '{"id": "1", "text": "wall"}'],
        ['ä.txt', 'Title\n\nlane'],
      ] as const;
      for (const [name, order] of [
        ['one', files],
        ['two', files.toReversed()],
      ] as const) {
        await writeFiles(join(folder, name), new Map(order));
        await build({ corpus: join(folder, name), data: join(folder, `${name}-data`), isFull: true, keepBuilds: 1 });
      }
      for (const file of ['segment.bin', 'texts.bin']) {
        const one = await readPublished(join(folder, 'one-data'), file);
        expect(one.equals(await readPublished(join(folder, 'two-data'), file)), file).toBe(true);
      }
    });
  });

  it('publishes an empty snapshot of an empty folder', async () => {
    await withWorkshop(async ({ data, run }) => {
      expect(await run()).toMatchObject({ outcome: 'published', articles: { total: 0 }, paragraphs: 0, terms: 0 });
      expect(await textsOf(data)).toEqual([]);
    });
  });

  it('fails by name where there is no corpus, and leaves what was published and the lock free', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      await writeFile(join(corpus, 'a.md'), 'quay');
      const { build: published } = await run();
      await rename(corpus, `${corpus}-away`);
      await expect(run()).rejects.toMatchObject({ name: 'LedeError', code: 'not_found' });
      expect(await readCurrent(data)).toBe(published);
      expect(await textsOf(data)).toEqual(['quay']);
      await rename(`${corpus}-away`, corpus);
      expect((await run()).outcome).toBe('unchanged');
    });
  });

  it('keeps so many builds, the published one among them, the oldest go first', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      const built: BuildId[] = [];
      for (const word of ['one', 'two', 'three', 'four']) {
        await writeFile(join(corpus, 'a.md'), word);
        built.push((await run({ keepBuilds: 2 })).build);
        expect(await listBuilds(data)).toEqual(built.slice(-2));
      }
      await writeFile(join(corpus, 'a.md'), 'five');
      const last = await run({ keepBuilds: 1 });
      expect(await listBuilds(data)).toEqual([last.build]);
      expect(await readCurrent(data)).toBe(last.build);
    });
  });

  it('leaves opened snapshots readable when it removes them', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      await writeFile(join(corpus, 'a.md'), 'one');
      await run();
      const old = await openSearchable(data);
      await writeFile(join(corpus, 'a.md'), 'two');
      await run({ keepBuilds: 1 });
      expect((await old.store.readParagraphs(0 as Parameters<typeof old.store.readParagraphs>[0]))[0]?.text).toBe(
        'one',
      );
      await closeSearchable(old);
      expect(await textsOf(data)).toEqual(['two']);
    });
  });

  it('removes what a killed build left, and leaves nothing of its own beside the snapshot', async () => {
    await withWorkshop(async ({ corpus, data, run }) => {
      await writeFile(join(corpus, 'a.md'), 'one');
      await run();
      const leftover = join(data, 'builds', '.20200101T000000000Z-abcd.tmp');
      await mkdir(leftover);
      await writeFile(join(leftover, 'texts.bin'), 'half a text');
      await writeFile(join(corpus, 'a.md'), 'two');
      const { build: published } = await run({ keepBuilds: 1 });
      expect(await readdir(join(data, 'builds'))).toEqual([published]);
      expect((await readdir(data)).sort()).toEqual(['builds', 'current']);
    });
  });
});

/** A file of the only segment, which has the name of the build. */
function ofSegment(folder: string, file: string): string {
  return join(folder, `${basename(folder)}.${file}`);
}

describe('a snapshot that cannot be built on', () => {
  it.each<[string, (folder: string, data: string) => Promise<void>]>([
    ['has a damaged segment', async (folder) => flipByte(ofSegment(folder, 'segment.bin'), -1)],
    ['has a segment that is cut off', async (folder) => truncate(ofSegment(folder, 'segment.bin'), 100)],
    ['lacks its segment', async (folder) => rm(ofSegment(folder, 'segment.bin'))],
    ['has texts that are cut off', async (folder) => truncate(ofSegment(folder, 'texts.bin'), 3)],
    ['lacks its texts', async (folder) => rm(ofSegment(folder, 'texts.bin'))],
    ['lacks its catalogue', async (folder) => rm(ofSegment(folder, 'files.json'))],
    ['has a damaged catalogue', async (folder) => flipByte(ofSegment(folder, 'files.json'), 40)],
    ['has a damaged manifest', async (folder) => appendFile(join(folder, 'manifest.json'), '}')],
    ['is of another format', async (folder) => editManifest(folder, { format: 999 })],
    ['is gone', async (folder) => rm(folder, { recursive: true })],
    ['is named by nonsense', async (_, data) => writeFile(join(data, 'current'), '../../etc\n')],
  ])('leads to a full build where it %s', async (_, damage) => {
    await withWorkshop(async ({ corpus, data, run }) => {
      await writeFiles(
        corpus,
        new Map([
          ['a.md', 'quay'],
          ['b.md', 'wall'],
        ]),
      );
      const { build: damaged } = await run();
      await damage(buildPath(data, damaged), data);
      const report = await run();
      expect(report).toMatchObject({ outcome: 'published', files: { found: 2, read: 2, unchanged: 0 } });
      expect(await readCurrent(data)).toBe(report.build);
      expect(await textsOf(data)).toEqual(['quay', 'wall']);
    });
  });
});

async function readPublished(data: string, file: string): Promise<Buffer> {
  const current = (await readCurrent(data)) as BuildId;
  return readFile(ofSegment(buildPath(data, current), file));
}

async function flipByte(path: string, at: number): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  const position = at < 0 ? size + at : at;
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, position);
  byte[0] = (byte[0] as number) ^ 1;
  await file.write(byte, 0, 1, position);
  await file.close();
}

async function editManifest(folder: string, change: Partial<Manifest>): Promise<void> {
  const path = join(folder, 'manifest.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...change }));
}
