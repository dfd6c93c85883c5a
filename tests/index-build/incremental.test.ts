/**
 * Incremental equals full: after any series of changes to a corpus folder, what can be searched after a build on the
 * snapshot before is what a build from nothing gives, with the same problems and totals; and merged, it has its bytes.
 */
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { build } from '../../index-build/build.ts';
import { type BuildSession, openBuildSession } from '../../index-build/build-session.ts';
import { type MergeRules, mergeRules } from '../../index-build/merge-rules.ts';
import { mergeSnapshot } from '../../index-build/merge-snapshot.ts';
import type { BuildReport } from '../../src/domain/build-report.ts';
import type { BuildId } from '../../src/domain/ids.ts';
import { buildPath, readCurrent, readManifest, segmentFiles } from '../../src/snapshot/snapshot-folder.ts';
import { type CorpusFiles, withTemporaryFolder, writeFiles } from '../contract/corpus-files.ts';
import { corpusFileOf, corpusFilesOf, corpusWords } from '../contract/random-corpora.ts';
import { readLiveContent } from './live-content.ts';

/** One thing that somebody does in the folder. Numbers choose among the files that are there. */
type Change =
  | { readonly kind: 'write'; readonly file: readonly [path: string, text: string] }
  | { readonly kind: 'delete'; readonly at: number }
  | { readonly kind: 'rename'; readonly at: number; readonly to: string }
  | { readonly kind: 'swap'; readonly at: number; readonly with: number }
  | { readonly kind: 'copy'; readonly at: number; readonly to: string }
  | { readonly kind: 'reverse-lines'; readonly at: number }
  | { readonly kind: 'touch'; readonly at: number };

const names = fc.constantFrom('a', '0', 'b/harbour', 'b/z', 'Київ', 'zz');

function changeOf(words: readonly string[]): fc.Arbitrary<Change> {
  const at = fc.nat({ max: 20 });
  const change = <K extends Change['kind']>(kind: K) => fc.constant(kind);
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: change('write'), file: corpusFileOf(words) }) },
    { weight: 12, arbitrary: fc.record({ kind: change('write'), file: fileOfFewIds(words) }) },
    { weight: 2, arbitrary: fc.record({ kind: change('delete'), at }) },
    { weight: 2, arbitrary: fc.record({ kind: change('rename'), at, to: names }) },
    { weight: 1, arbitrary: fc.record({ kind: change('swap'), at, with: at }) },
    { weight: 2, arbitrary: fc.record({ kind: change('copy'), at, to: names }) },
    { weight: 2, arbitrary: fc.record({ kind: change('reverse-lines'), at }) },
    { weight: 1, arbitrary: fc.record({ kind: change('touch'), at }) },
  );
}

/** Several files that want the same ids. */
function fileOfFewIds(words: readonly string[]): fc.Arbitrary<readonly [path: string, text: string]> {
  const line = fc.record({ id: fc.constantFrom('w', 'x', 'y', 'z'), text: fc.constantFrom(...words) });
  return fc
    .tuple(names, fc.array(line, { minLength: 1, maxLength: 3 }))
    .map(([name, lines]) => [`${name}.jsonl`, lines.map((each) => `${JSON.stringify(each)}\n`).join('')] as const);
}

const cases = corpusWords.chain((words) =>
  fc.record({
    files: corpusFilesOf(words, { max: 6 }),
    steps: fc.array(fc.array(changeOf(words), { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
    isClockAhead: fc.boolean(),
    manner: fc.constantFrom<Manner>('one by one', 'in a session', 'by hints', 'by hints of folders'),
    rules: fc.constantFrom(keepAll, takeSome, mergeRules),
    mergesAt: fc.nat({ max: 4 }),
  }),
);

/** How builds follow each other. */
type Manner = 'one by one' | 'in a session' | 'by hints' | 'by hints of folders';

/** A segment for every build, unless nothing of it is left. */
const keepAll: MergeRules = { alwaysTaken: 0, mostGathered: 0, muchChanged: Number.POSITIVE_INFINITY };
const takeSome: MergeRules = { alwaysTaken: 2, mostGathered: 8, muchChanged: Number.POSITIVE_INFINITY };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a build on the snapshot before', { timeout: 120_000 }, () => {
  it('gives what a build from nothing gives, after any series of changes', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ files, steps, isClockAhead, manner, rules, mergesAt }) =>
        withTemporaryFolder(async (folder) => {
          const corpus = await openCorpus(folder, files, isClockAhead);
          await using builds = openBuilds(folder, manner, rules);
          await builds.expectEqualsFull([]);
          for (const [index, changes] of steps.entries()) {
            const take = async () => {
              for (const change of changes) await corpus.apply(change);
              if (changes.length > 0) await pastTheClockTick();
              await builds.expectEqualsFull(corpus.takeChanged(), `after step ${index + 1}`);
            };
            if (index === mergesAt) await builds.expectMergedBeside(take);
            else await take();
          }
          await builds.expectMergedEqualsFull();
        }),
      ),
      { numRuns: 50, unbiased: true },
    );
  });

  it('gives them also where paragraphs come in several batches', async () => {
    await withTemporaryFolder(async (folder) => {
      const lines = (word: string) =>
        Array.from({ length: 3500 }, (_, i) => `{"id": "${word}${i}", "text": "${word} ${i % 50}\\n\\nship"}\n`).join(
          '',
        );
      const files = new Map(['quay', 'lane', 'wall'].map((word) => [`${word}.jsonl`, lines(word)]));
      const corpus = await openCorpus(folder, files, false);
      expect((await expectEqualsFull(folder)).paragraphs).toBe(21_000);
      await corpus.apply({ kind: 'write', file: ['quay.jsonl', `{"text": "new"}\n${lines('quay')}`] });
      await using builds = openBuilds(folder, 'one by one', keepAll);
      expect(await builds.expectEqualsFull([])).toMatchObject({
        paragraphs: 21_001,
        articles: { added: 1, removed: 0 },
      });
      await builds.expectMergedEqualsFull();
    });
  });

  it.each<[string, CorpusFiles, readonly Change[], Partial<BuildReport['articles']>]>([
    [
      'a file that is renamed',
      new Map([
        ['a.md', 'one'],
        ['b.md', 'two'],
      ]),
      [{ kind: 'rename', at: 0, to: 'z' }],
      { total: 2, added: 1, removed: 1, changed: 0 },
    ],
    [
      'an id that moves to another file',
      new Map([
        ['a.jsonl', '{"id": "x", "text": "one"}'],
        ['b.jsonl', '{"id": "y", "text": "two"}'],
      ]),
      [
        { kind: 'write', file: ['a.jsonl', '{"id": "z", "text": "three"}'] },
        { kind: 'write', file: ['b.jsonl', '{"id": "y", "text": "two"}\n{"id": "x", "text": "one"}'] },
      ],
      { total: 3, added: 1, removed: 0, changed: 2 },
    ],
    [
      'a second article with an id that is taken',
      new Map([['b.jsonl', '{"id": "x", "text": "one"}\n{"id": "y", "text": "two"}']]),
      [{ kind: 'write', file: ['c.jsonl', '{"id": "x", "text": "three"}'] }],
      { total: 2, added: 0, removed: 0, changed: 0 },
    ],
    [
      'an article that takes the id of a later file, which stays',
      new Map([['b.jsonl', '{"id": "x", "text": "one"}\n{"id": "y", "text": "two"}']]),
      [{ kind: 'write', file: ['a.jsonl', '{"id": "x", "text": "three"}'] }],
      { total: 2, added: 0, removed: 0, changed: 1 },
    ],
    [
      'a duplicate that becomes the first when the other one goes',
      new Map([
        ['a.jsonl', '{"id": "x", "text": "one"}'],
        ['b.jsonl', '{"id": "x", "text": "two"}\n{"id": "y", "text": "three"}'],
      ]),
      [{ kind: 'delete', at: 0 }],
      { total: 2, added: 0, removed: 0, changed: 1 },
    ],
    [
      'articles that change their order in a file',
      new Map([['a.jsonl', '{"id": "x", "text": "one"}\n{"id": "y", "text": "two"}']]),
      [{ kind: 'reverse-lines', at: 0 }],
      { total: 2, added: 0, removed: 0, changed: 2 },
    ],
    ['the last file that goes', new Map([['a.md', 'one']]), [{ kind: 'delete', at: 0 }], { total: 0, removed: 1 }],
    ['the first file that comes', new Map(), [{ kind: 'write', file: ['a.md', 'one'] }], { total: 1, added: 1 }],
  ])('counts and indexes %s', async (_, files, changes, expected) => {
    await withTemporaryFolder(async (folder) => {
      const corpus = await openCorpus(folder, files, false);
      await expectEqualsFull(folder);
      for (const change of changes) await corpus.apply(change);
      expect((await expectEqualsFull(folder)).articles).toMatchObject(expected);
    });
  });

  it('publishes nothing where nothing changed, also beside duplicate ids', async () => {
    await withTemporaryFolder(async (folder) => {
      const files = new Map([
        ['a.jsonl', '{"id": "x", "text": "one"}'],
        ['b.jsonl', '{"id": "y", "text": "two"}\n{"id": "x", "text": "three"}'],
        ['c.md', 'four'],
      ]);
      await openCorpus(folder, files, false);
      const first = await expectEqualsFull(folder);
      const second = await expectEqualsFull(folder);
      expect(second).toMatchObject({
        outcome: 'unchanged',
        build: first.build,
        articles: { total: 3, added: 0, changed: 0, removed: 0 },
        problems: first.problems,
      });
    });
  });
});

/** The corpus of the folder, with what changes it. */
async function openCorpus(folder: string, files: CorpusFiles, isClockAhead: boolean) {
  const root = join(folder, 'corpus');
  await mkdir(root);
  await writeFiles(root, files);
  // Files count as certainly unchanged once they are older than the clock's grain: let it seem so.
  vi.restoreAllMocks();
  if (isClockAhead) {
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 10_000);
    await pastTheClockTick();
  }
  const paths = new Set(files.keys());
  let changed: string[] = [];
  const pick = (at: number): string | undefined => [...paths].sort()[paths.size === 0 ? 0 : at % paths.size];
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    paths.add(path);
    changed.push(path);
  };
  const move = async (from: string, to: string) => {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await rename(join(root, from), join(root, to));
    paths.delete(from);
    paths.add(to);
    changed.push(from, to);
  };

  return {
    /** Paths that were touched since the last call. */
    takeChanged(): string[] {
      const taken = changed;
      changed = [];
      return taken;
    },

    async apply(change: Change): Promise<void> {
      if (change.kind === 'write') return write(...change.file);
      const path = pick(change.at);
      if (path === undefined) return;
      const absolute = join(root, path);
      switch (change.kind) {
        case 'delete':
          await rm(absolute);
          paths.delete(path);
          changed.push(path);
          return;
        case 'rename':
          return move(path, `${change.to}${extensionOf(path)}`);
        case 'copy':
          return write(`${change.to}${extensionOf(path)}`, await readFile(absolute, 'utf8'));
        case 'reverse-lines':
          return write(path, (await readFile(absolute, 'utf8')).split('\n').reverse().join('\n'));
        case 'swap': {
          const other = pick(change.with) as string;
          const texts = [await readFile(absolute, 'utf8'), await readFile(join(root, other), 'utf8')] as const;
          await write(path, texts[1]);
          return write(other, texts[0]);
        }
        case 'touch':
          return utimes(absolute, new Date(), new Date());
      }
    },
  };
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf('.'));
}

/** File times advance by some milliseconds at once; a change must not fall into the tick of the one before. */
function pastTheClockTick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 25));
}

/** Builds on the snapshot before, and from nothing beside it. Returns the first's report. */
async function expectEqualsFull(folder: string): Promise<BuildReport> {
  await using builds = openBuilds(folder, 'one by one', keepAll);
  return builds.expectEqualsFull([]);
}

/** Builds of the folder's corpus that follow each other, each compared with one from nothing. */
function openBuilds(folder: string, manner: Manner, rules: MergeRules) {
  const corpus = join(folder, 'corpus');
  const incremental = join(folder, 'incremental');
  const full = join(folder, 'full');
  const options = { corpus, data: incremental, keepBuilds: 1, rules };
  const session: BuildSession | null = manner === 'one by one' ? null : openBuildSession(options);

  const buildNext = (changed: readonly string[]): Promise<BuildReport> => {
    if (session === null) return build({ ...options, isFull: false });
    const paths = manner === 'by hints of folders' ? changed.map(dirname) : changed;
    return session.build({ isFull: false, paths: manner === 'in a session' ? null : paths });
  };

  return {
    async expectEqualsFull(changed: readonly string[], when = ''): Promise<BuildReport> {
      const report = await buildNext(changed);
      const expected = await build({ corpus, data: full, isFull: true, keepBuilds: 1 });
      expect(await readLiveContent(incremental), when).toEqual(await readLiveContent(full));
      expect(totalsOf(report), when).toEqual(totalsOf(expected));
      const { found, read, unchanged, skipped } = report.files;
      expect(read + unchanged + skipped).toBe(found);
      return report;
    },

    /** Merges, and builds meanwhile. */
    async expectMergedBeside(buildMeanwhile: () => Promise<void>): Promise<void> {
      let hasBuilt = false;
      const onWritten = () => {
        hasBuilt = true;
        return buildMeanwhile();
      };
      await mergeSnapshot({ data: incremental, keepBuilds: 1, onWritten });
      if (!hasBuilt) await buildMeanwhile();
      expect(await readLiveContent(incremental)).toEqual(await readLiveContent(full));
    },

    async expectMergedEqualsFull(): Promise<void> {
      await mergeSnapshot({ data: incremental, keepBuilds: 1 });
      expect(await readSegments(incremental)).toBe(1);
      for (const file of ['segment', 'texts'] as const) {
        const isEqual = (await readPublished(incremental, file)).equals(await readPublished(full, file));
        expect(isEqual, `the ${file} differ from those of a full build once merged`).toBe(true);
      }
    },

    async [Symbol.asyncDispose](): Promise<void> {
      await session?.close();
    },
  };
}

function totalsOf({ articles, files, paragraphs, problems, terms }: BuildReport) {
  return { articles: articles.total, found: files.found, skipped: files.skipped, paragraphs, problems, terms };
}

async function readSegments(data: string): Promise<number> {
  return (await readManifest(data, (await readCurrent(data)) as BuildId)).segments.length;
}

/** A file of the only segment. */
async function readPublished(data: string, file: 'segment' | 'texts'): Promise<Buffer> {
  const current = (await readCurrent(data)) as BuildId;
  const [only] = (await readManifest(data, current)).segments;
  return readFile(join(buildPath(data, current), segmentFiles(only?.name ?? '')[file]));
}
