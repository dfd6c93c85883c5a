/**
 * Damaged and hostile snapshots: whatever stands in the files, with right checksums, they are refused by `LedeError` or
 * answered within bounds. Nothing else is thrown, nothing runs on without end, and no score is not a number.
 */
import { openSync } from 'node:fs';
import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../../index-build/build.ts';
import { readCatalogue } from '../../../../index-build/catalogue.ts';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import { LedeError } from '../../../../src/domain/error.ts';
import type { ArticleId, ArticleOrdinal, BuildId, ParagraphOrdinal, Term } from '../../../../src/domain/ids.ts';
import { facetNames } from '../../../../src/domain/plan.ts';
import { closeSnapshot, loadSnapshot, openSnapshot } from '../../../../src/engine/embedded/open-snapshot.ts';
import { countPrefix } from '../../../../src/engine/embedded/prefix-frequencies.ts';
import { Segment } from '../../../../src/engine/embedded/segment.ts';
import type { SegmentHeader } from '../../../../src/engine/embedded/segment-format.ts';
import type { EngineAnswer, EngineRequest } from '../../../../src/engine/engine.ts';
import {
  closeSearchable,
  type LoadedSnapshot,
  openSearchable,
  type ViewedSearchable,
  viewSearchable,
} from '../../../../src/open-searchable.ts';
import { highlightArticle, search } from '../../../../src/search.ts';
import { buildPath, type Manifest, readCurrent, readManifest } from '../../../../src/snapshot/snapshot-folder.ts';
import { writeFiles } from '../../../contract/corpus-files.ts';
import { groupOf, type PlanTree, phrase, planOf, word } from '../../../contract/plan-of.ts';
import { alter, alterationArbitrary, buildHarbours, listAlterationArbitrary } from './altered-snapshot.ts';
import { harbourCorpus } from './harbour-corpus.ts';
import { bytesOf } from './tiny-segment.ts';

let root: string;
/** Never changed: a snapshot of two segments, with removed articles. */
let data: string;
let published: BuildId;
let loaded: LoadedSnapshot;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lede-test-'));
  data = await buildHarbours(root);
  published = (await readCurrent(data)) as BuildId;
  loaded = await loadSnapshot(data, published);
});

afterAll(async () => {
  await closeSnapshot(loaded);
  await rm(root, { recursive: true, force: true });
});

const everything = { limit: 50, offset: 0, facets: facetNames, facetLimit: 10, facetValues: {}, filters: [] } as const;
const trees: readonly PlanTree[] = [
  'everything',
  word('harbour'),
  word('the', { fields: ['heading'] }),
  { word: groupOf(['walk', ['walks', 0.9], ['walked', 0.9]]) },
  { word: groupOf(['harbour', ['ship', 0.5]], { fields: ['body'] }) },
  { word: groupOf([], { prefix: { prefix: 'c' as Term, weight: 1 } }) },
  { word: groupOf(['walk'], { prefix: { prefix: 'wa' as Term, weight: 0.5 }, fields: ['title', 'body'] }) },
  phrase(['the', 'harbour']),
  phrase(['walking', 'is', 'walking']),
  {
    phrase: [groupOf(['quay']), groupOf(['by', 'lights']), groupOf([], { prefix: { prefix: 'q' as Term, weight: 1 } })],
  },
  { all: [word('harbour'), { not: word('quay') }] },
  {
    enough: [
      [word('harbour'), 3],
      [word('the'), 1],
      [phrase(['der', 'hafen']), 5],
    ],
    minimum: 2,
  },
  { all: [{ match: phrase(['the', 'harbour']) }, { score: word('walking') }] },
  { all: [word('the'), { filter: { kind: 'facet', facet: 'tag', values: ['sea'] } }] },
  { filter: { kind: 'folded', facet: 'author', value: 'elodie' } },
  { filter: { kind: 'date', from: '2021-01-01', to: '2022-03-03' } },
  { filter: { kind: 'path', contains: 'en/' } },
];
const requests: readonly EngineRequest[] = trees.flatMap((tree) =>
  (['relevance', 'newest'] as const).map((sort) => ({
    ...everything,
    plan: planOf(tree),
    sort,
    deadline: Number.POSITIVE_INFINITY,
  })),
);
const queries = [
  '',
  'harbour lights',
  '"the harbour"',
  'harb',
  'walk -quay',
  'title:hafen',
  'harbuor',
  '東京',
  'läuft',
];

/** What a question comes to: an answer, or that it was refused. Anything but a refusal is a failure of the test. */
async function ask<T>(question: () => Promise<T>): Promise<T | 'refused'> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof LedeError)) throw error;
    expect(error.message).toMatch(/^[^:]*(?:is damaged|posting list).*run `lede build --full`$/s);
    return 'refused';
  }
}

function expectInRange({ hits, facets, total }: EngineAnswer, articles: number): void {
  expect(total.count).toBeLessThanOrEqual(articles);
  for (const { article, score, paragraphs } of hits) {
    expect(article >= 0 && article < articles).toBe(true);
    expect(Number.isFinite(score)).toBe(true);
    expect(paragraphs.every((paragraph) => Number.isFinite(paragraph.score))).toBe(true);
  }
  for (const { count } of Object.values(facets).flat()) expect(count >= 0 && count <= articles).toBe(true);
}

/** Asks all kinds of things of an opened snapshot. */
async function askAll({ engine, store }: ViewedSearchable, articles: number): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const request of requests) {
    const answer = await ask(() => engine.execute(request));
    if (answer !== 'refused') expectInRange(answer, articles);
    answers.push(answer);
  }
  for (const term of ['harbour', 'wall', 'läuft', '', 'zzz'] as Term[]) {
    const { dictionary } = engine;
    answers.push(await ask(() => dictionary.lookup([term])));
    answers.push(await ask(() => dictionary.completions(term.slice(0, 2) as Term, 5)));
    answers.push(await ask(() => dictionary.similar(term, { maxEdits: 2, leastArticles: 1, limit: 5 })));
    answers.push(await ask(() => dictionary.similar(term, { maxEdits: 2, leastArticles: 4, limit: 5 })));
    answers.push(await ask(() => dictionary.together([term], ['harbour' as Term, 'wall' as Term])));
    answers.push(await ask(() => dictionary.families([{ language: 'en', stem: term.slice(0, 4) }])));
  }
  for (let article = 0; article < articles; article++) {
    answers.push(await ask(() => store.readArticle(article as ArticleOrdinal)));
    answers.push(await ask(() => store.readParagraphs(article as ArticleOrdinal)));
    answers.push(await ask(() => store.readPassages(article as ArticleOrdinal, [])));
  }
  answers.push(await ask(() => store.readParagraph(0 as ParagraphOrdinal)));
  answers.push(await ask(() => store.find('lights' as ArticleId)));
  return answers;
}

async function searchAll(searchable: ViewedSearchable): Promise<void> {
  for (const query of queries) {
    await ask(() =>
      search(
        {
          query,
          facets: query === '' ? { tag: ['sea'] } : {},
          from: null,
          to: null,
          sort: 'relevance',
          offset: 0,
          limit: 10,
          isTyping: query === 'harb',
          correctsTypos: true,
          match: 'most',
        },
        searchable,
      ),
    );
    await ask(() => highlightArticle(query, searchable, 0 as ArticleOrdinal));
  }
}

/** Opens the snapshot with other bytes in one of its files, and asks everything twice. Returns whether it was opened. */
async function expectBounded(snapshot: LoadedSnapshot): Promise<boolean> {
  const opened = await ask(async () => {
    const searchable = viewSearchable(snapshot);
    void searchable.engine;
    return searchable;
  });
  if (opened === 'refused') return false;
  const articles = snapshot.manifest.segments.reduce((sum, entry) => sum + entry.articles, 0);
  const answers = await askAll(opened, articles);
  // Whatever failed in the middle left nothing behind.
  expect(await askAll(opened, articles)).toEqual(answers);
  await searchAll(opened);
  return true;
}

type FileKind = 'first' | 'second' | 'removed';

function withFile(kind: FileKind, change: (bytes: Uint8Array) => Uint8Array): LoadedSnapshot {
  const changed = (file: LoadedSnapshot['segments'][number]['segment']) => {
    const bytes = change(new Uint8Array(file.bytes.slice(0)));
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    return { ...file, bytes: shared };
  };
  return {
    ...loaded,
    segments: loaded.segments.map((entry, index) => {
      if (kind === 'removed') return entry.removed === null ? entry : { ...entry, removed: changed(entry.removed) };
      return index === (kind === 'first' ? 0 : 1) ? { ...entry, segment: changed(entry.segment) } : entry;
    }),
  };
}

const fileKind = fc.constantFrom<FileKind>('first', 'second', 'removed');
/** Checks the property for about three seconds at most; what comes later passes. Never leaves one running. */
function forSeconds<T extends unknown[]>(check: (...values: T) => Promise<void>): (...values: T) => Promise<void> {
  const end = performance.now() + 3000;
  return async (...values) => {
    if (performance.now() < end) await check(...values);
  };
}

describe('a hostile segment with right checksums', { timeout: 60_000 }, () => {
  it('is the harbours before it is altered', async () => {
    expect(loaded.segments.map(({ removed }) => removed !== null)).toEqual([true, false]);
    expect(await expectBounded(loaded)).toBe(true);
    expect(await expectBounded(withFile('first', (bytes) => alter(bytes, [])))).toBe(true);
  });

  it('is refused or answered within bounds, whatever is changed in its sections', async () => {
    await fc.assert(
      fc.asyncProperty(
        fileKind,
        fc.array(alterationArbitrary, { minLength: 1, maxLength: 3 }),
        forSeconds(async (kind, altered) => {
          await expectBounded(withFile(kind, (bytes) => alter(bytes, altered)));
        }),
      ),
      { numRuns: 1500 },
    );
  });

  it('is opened where only its posting lists are changed, and refused or answered within bounds as they are read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fileKind,
        fc.array(listAlterationArbitrary, { minLength: 1, maxLength: 2 }),
        forSeconds(async (kind, altered) => {
          await expectBounded(withFile(kind, (bytes) => alter(bytes, altered)));
        }),
      ),
      { numRuns: 400 },
    );
  });

  it('is refused or answered within bounds, whatever its header says', async () => {
    const key = fc.constantFrom(
      'format',
      'analyzer',
      'bounds',
      'articles',
      'paragraphs',
      'terms',
      'lengths',
      'familyLanguages',
    );
    const change = fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 0.5, 1e300, 2 ** 32, '', [], [1], {}, null));
    await fc.assert(
      fc.asyncProperty(
        fileKind,
        key,
        change,
        forSeconds(async (kind, name, value) => {
          const changeHeader = (header: SegmentHeader) => ({ ...header, [name]: value });
          const { message, opened } = await Promise.resolve(withFile(kind, (bytes) => alter(bytes, [], changeHeader)))
            .then((snapshot) => ({ message: '', opened: viewSearchable(snapshot) }))
            .catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'incompatible' });
              return { message: (error as Error).message, opened: null };
            });
          if (opened === null) expect(message).toMatch(/run `lede build --full`$/);
          else expect(name).toBe('familyLanguages');
        }),
      ),
      { numRuns: 150 },
    );
  });

  it('names the file and the remedy where a list is found malformed while it is read', async () => {
    const snapshot = withFile('first', (bytes) =>
      alter(bytes, [{ section: 'articleLists', edits: [{ kind: 'fill', at: 0, value: 0x7f, length: 5000 }] }]),
    );
    const { engine } = viewSearchable(snapshot);
    const request = requests[2] as EngineRequest;
    await expect(engine.execute(request)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(
        /segment\.bin is damaged: the posting list of term \d+ is malformed; run `lede build --full`$/,
      ),
    });
  });

  it('is refused or counted within bounds where a common beginning of words is counted at once', () => {
    const words = Array.from({ length: 26 }, (_, n) => `a${String.fromCharCode(97 + n)}`);
    const whole = bytesOf(
      Array.from({ length: 1500 }, (_, n) => ({
        title: words[n % 26] ?? '',
        paragraphs: [words.concat(words.slice(0, n % 26)).join(' '), 'ab'],
      })),
    );
    let refused = 0;
    fc.assert(
      fc.property(listAlterationArbitrary, (altered) => {
        const segment = openedOrNull(() => Segment.open('"s"', alter(whole, [altered]), fingerprint()));
        if (segment === null) return;
        const [start, end] = segment.terms.prefixRange('a');
        const counted = openedOrNull(() => countPrefix(segment, { prefix: 'a', start, end }));
        if (counted === null) refused++;
        else expect(counted.articles).toHaveLength(1500);
      }),
      { numRuns: 40 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});

function openedOrNull<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof LedeError && error.code === 'incompatible') return null;
    throw error;
  }
}

describe('a damaged snapshot', { timeout: 60_000 }, () => {
  /** Runs `work` on a copy of the snapshot. */
  async function withCopy(work: (copy: string, folder: string) => Promise<void>): Promise<void> {
    const copy = await mkdtemp(join(root, 'copy-'));
    await cp(data, copy, { recursive: true });
    await work(copy, buildPath(copy, published));
    await rm(copy, { recursive: true, force: true });
  }

  const refuses = (copy: string) =>
    expect(openSnapshot(copy, published, fingerprint())).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(/run `lede build --full`$/),
    });

  const binaries = async (folder: string) =>
    (await readdir(folder)).filter((name) => name.endsWith('.segment.bin') || name.endsWith('.removed.bin'));

  it('is refused with any bit of a segment turned, or cut off anywhere', () =>
    withCopy(async (copy, folder) => {
      const files = await binaries(folder);
      expect(files).toHaveLength(3);
      const damage = fc.record({
        file: fc.constantFrom(...files),
        at: fc.nat(),
        bit: fc.nat({ max: 7 }),
        isCut: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(
          damage,
          forSeconds(async ({ file, at, bit, isCut }) => {
            const path = join(folder, file);
            const whole = await readFile(path);
            const turned = Buffer.from(whole);
            turned[at % whole.length] = (turned[at % whole.length] as number) ^ (1 << bit);
            // Links are shared with nobody here; the file is restored for the next run.
            await writeFile(path, isCut ? whole.subarray(0, at % whole.length) : turned);
            await refuses(copy);
            await writeFile(path, whole);
          }),
        ),
        { numRuns: 300 },
      );
      await closeSnapshot(await openSnapshot(copy, published, fingerprint()));
    }));

  it('answers or says that its texts are damaged, whatever stands in them', () =>
    withCopy(async (_, folder) => {
      const [name = ''] = (await readdir(folder)).filter((file) => file.endsWith('.texts.bin'));
      const index = loaded.segments.findIndex((segment) => name.startsWith(segment.name));
      const whole = await readFile(join(folder, name));
      const change = fc.array(
        fc.tuple(fc.nat({ max: whole.length - 1 }), fc.constantFrom(...Buffer.from('"[]{}1,:\0ÿ'))),
        {
          minLength: 1,
          maxLength: 8,
        },
      );
      await fc.assert(
        fc.asyncProperty(
          change,
          forSeconds(async (bytes) => {
            const altered = Buffer.from(whole);
            for (const [at, byte] of bytes) altered[at] = byte;
            await writeFile(join(folder, name), altered);
            const texts = openSync(join(folder, name), 'r');
            const segments = loaded.segments.map((segment, place) =>
              place === index ? { ...segment, texts } : segment,
            );
            await expectBounded({ ...loaded, segments });
            await closeSnapshot({ segments: [{ texts }] });
          }),
        ),
        { numRuns: 60 },
      );
    }));

  /** A value somewhere in JSON, replaced or left out. */
  function changed(json: unknown, { path, value }: JsonChange): unknown {
    const [at, ...rest] = path;
    if (typeof json !== 'object' || json === null || at === undefined) return value === undefined ? null : value;
    const keys = Object.keys(json);
    const key = keys[at % Math.max(1, keys.length)];
    if (key === undefined) return value === undefined ? null : value;
    if (Array.isArray(json)) {
      return json.flatMap((item, place) => (String(place) !== key ? [item] : [changed(item, { path: rest, value })]));
    }
    const entries = Object.entries(json).flatMap(([name, item]) => {
      if (name !== key) return [[name, item]];
      return rest.length === 0 && value === undefined ? [] : [[name, changed(item, { path: rest, value })]];
    });
    return Object.fromEntries(entries);
  }

  interface JsonChange {
    readonly path: readonly number[];
    /** Undefined leaves it out. */
    readonly value: unknown;
  }

  const jsonChange: fc.Arbitrary<JsonChange> = fc.record({
    path: fc.array(fc.nat({ max: 20 }), { maxLength: 4 }),
    value: fc.oneof(
      fc.constantFrom(undefined, null, -1, 0, 1, 0.5, 1e300, 2 ** 53, 'x', '../../x', '', [], {}, [null], true),
      fc.jsonValue(),
    ),
  });

  it('is refused or opened with whatever its manifest says', () =>
    withCopy(async (copy, folder) => {
      const path = join(folder, 'manifest.json');
      const manifest: unknown = JSON.parse(await readFile(path, 'utf8'));
      await fc.assert(
        fc.asyncProperty(
          jsonChange,
          forSeconds(async (change) => {
            await writeFile(path, JSON.stringify(changed(manifest, change)));
            const opened = await openSearchable(copy).catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'incompatible' });
              expect((error as Error).message).toMatch(/run `lede build --full`$/);
              return null;
            });
            if (opened === null) return;
            await searchAll(opened);
            await closeSearchable(opened);
          }),
        ),
        { numRuns: 300 },
      );
    }));

  it.each([
    ['nothing', ''],
    ['half an object', '{'],
    ['a zero byte', '\0'],
    ['a text', '"manifest"'],
    ['lists in lists without end', '['.repeat(20_000)],
  ])('is refused with a manifest of %s', (_, text) =>
    withCopy(async (copy, folder) => {
      await writeFile(join(folder, 'manifest.json'), text);
      await refuses(copy);
    }),
  );

  it.each(['', '\n', '../x', 'a b', '\0', 'ü'])('is refused where the published build is called %j', (name) =>
    withCopy(async (copy) => {
      await writeFile(join(copy, 'current'), name);
      await expect(openSearchable(copy)).rejects.toMatchObject({ code: 'incompatible' });
    }),
  );

  it('is refused or read with whatever its catalogues say, and built anew', () =>
    withCopy(async (copy, folder) => {
      const manifestPath = join(folder, 'manifest.json');
      const manifest = await readManifest(copy, published);
      const [name = ''] = manifest.segments.map((segment) => segment.name);
      const path = join(folder, `${name}.files.json`);
      const lines: unknown = JSON.parse(await readFile(path, 'utf8'));
      const write = async (text: string): Promise<Manifest> => {
        await rm(path);
        await writeFile(path, text);
        const file = { bytes: Buffer.byteLength(text), crc32: crc32(text) };
        const told = { ...manifest, files: { ...manifest.files, [`${name}.files.json`]: file } };
        await writeFile(manifestPath, JSON.stringify(told));
        return told;
      };
      await fc.assert(
        fc.asyncProperty(
          jsonChange,
          forSeconds(async (change) => {
            const told = await write(JSON.stringify(changed(lines, change)));
            const read = await readCatalogue(copy, told, name).catch((error: unknown) => {
              expect(error).toMatchObject({
                code: 'incompatible',
                message: expect.stringContaining('lede build --full'),
              });
              return null;
            });
            for (const line of read ?? []) expect(typeof line.path).toBe('string');
          }),
        ),
        { numRuns: 300 },
      );
      for (const text of ['', '{}', '[null]', '[{"path": 1}]', '[{"path": "en/walk.md", "articles": 4}]']) {
        await write(text);
        const again = await mkdtemp(join(root, 'again-'));
        await cp(copy, again, { recursive: true });
        await copyFile(path, join(buildPath(again, published), `${name}.files.json`));
        const report = await build({ corpus: join(root, 'corpus'), data: again, isFull: false, keepBuilds: 1 });
        expect(report.articles.total).toBe(harbourCorpus.size);
        await rm(again, { recursive: true, force: true });
      }
    }));

  it('is refused or merged into a new build, whatever its posting lists say', () =>
    withCopy(async (copy, folder) => {
      const corpus = join(copy, 'corpus');
      await writeFiles(corpus, new Map([...harbourCorpus, ['new.txt', 'New\n\nOne more harbour.\n']]));
      const manifest = await readManifest(copy, published);
      const name = `${manifest.segments[0]?.name}.segment.bin`;
      const whole = new Uint8Array(await readFile(join(folder, name)));
      const rules = { alwaysTaken: 1000, mostGathered: 1000, muchChanged: 0 };
      await fc.assert(
        fc.asyncProperty(
          listAlterationArbitrary,
          forSeconds(async (altered) => {
            const bytes = alter(whole, [altered]);
            await rm(join(folder, name));
            await writeFile(join(folder, name), bytes);
            const file = { bytes: bytes.length, crc32: crc32(bytes) };
            const told = { ...manifest, files: { ...manifest.files, [name]: file } };
            await writeFile(join(folder, 'manifest.json'), JSON.stringify(told));
            await ask(() => build({ corpus, data: copy, isFull: false, keepBuilds: 100, rules }));
            await writeFile(join(copy, 'current'), published);
          }),
        ),
        { numRuns: 60 },
      );
    }));
});
