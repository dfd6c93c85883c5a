/** Searches in real threads, of the compiled program: they answer what the thread that asks would have answered. */
import { setMaxListeners } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from '../../index-build/build.ts';
import { decodeAnswer } from '../../src/domain/answer.ts';
import type { ArticleId, ArticleOrdinal } from '../../src/domain/ids.ts';
import type { Results } from '../../src/domain/results.ts';
import type { SearchRequest } from '../../src/domain/search-request.ts';
import { LiveSnapshot } from '../../src/service/live-snapshot.ts';
import { Searches, type SearchesOptions } from '../../src/service/searches.ts';
import { writeFiles } from '../contract/corpus-files.ts';

const program = path.resolve(import.meta.dirname, '../../dist/src/service/search-worker.js');

const corpus = new Map([
  ['ferry.md', '---\ntitle: The ferry\ntags: [sea]\n---\n\nThe ferry left <b>.\n\n## Fog\n\nIt came back, “Ґ” said.\n'],
  ['harbour.txt', 'Harbour\n\nA quay and a ferry.\n\nNobody came.'],
  ['empty.md', '---\ntitle: Ferries of the world\nurl: https://example.org/f\n---\n\nNothing else.\n'],
]);

let folder: string;
let data: string;
const opened: { readonly searches: Searches; readonly live: LiveSnapshot }[] = [];

beforeEach(async () => {
  if (!existsSync(program)) throw new Error(`"${program}" is missing: run "npm run build" first`);
  folder = await mkdtemp(path.join(tmpdir(), 'lede-threads-'));
  data = path.join(folder, 'data');
  await writeFiles(path.join(folder, 'corpus'), corpus);
  await publish();
});

afterEach(async () => {
  for (const { searches, live } of opened.splice(0)) {
    await live.close();
    searches.stop();
  }
  await rm(folder, { recursive: true, force: true });
});

async function publish(): Promise<void> {
  await build({ corpus: path.join(folder, 'corpus'), data, isFull: false, keepBuilds: 1 });
}

async function open(options: Partial<SearchesOptions> = {}) {
  const ends: string[] = [];
  const searches = new Searches({
    threads: 2,
    cacheBytes: 0,
    onThreadEnd: (reason) => ends.push(reason),
    program,
    ...options,
  });
  const live = new LiveSnapshot(data, searches);
  opened.push({ searches, live });
  await live.follow();
  const ask = (query: string, changes: Partial<SearchRequest> = {}, signal?: AbortSignal) =>
    live.use(async (snapshot) => decodeAnswer(await searches.search(requestOf(query, changes), snapshot, signal)));
  return { searches, live, ask, ends };
}

function requestOf(query: string, changes: Partial<SearchRequest> = {}): SearchRequest {
  const rest = {
    match: 'most',
    sort: 'relevance',
    offset: 0,
    limit: 10,
    isTyping: false,
    correctsTypos: true,
  } as const;
  return { query, facets: {}, from: null, to: null, ...rest, ...changes };
}

/** Without what differs from one time to the next. */
function withoutTime(results: Results): unknown {
  return { ...results, tookMs: 0 };
}

/** Files of texts that this process has open, of builds in the data folder. */
async function openTexts(): Promise<number> {
  const links = readdirSync('/proc/self/fd').map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((link) => link.startsWith(data) && link.includes('.texts.bin')).length;
}

describe('search threads', () => {
  it('answer what the thread that asks would have answered', async () => {
    const [threads, here] = [await open(), await open({ program: null })];
    const asked: [string, Partial<SearchRequest>][] = [
      ['ferry', {}],
      ['', {}],
      ['"came back" OR quay', {}],
      ['ferr', { isTyping: true }],
      ['fery', {}],
      ['ferry', { facets: { tag: ['sea'] }, sort: 'oldest' }],
      ['nothing of this', { limit: 1, offset: 1 }],
      ['( “', {}],
    ];
    const answers = await Promise.all(asked.map(([query, changes]) => threads.ask(query, changes)));
    for (const [index, [query, changes]] of asked.entries()) {
      expect(withoutTime(answers[index] as Results)).toEqual(withoutTime(await here.ask(query, changes)));
    }
    expect(answers[0]?.hits.length).toBe(2);
  });

  it('highlight articles as the thread that asks would', async () => {
    const highlight = ({ live, searches }: Awaited<ReturnType<typeof open>>) =>
      live.use(async (snapshot) => {
        const article = (await snapshot.store.find('ferry.md' as ArticleId)) as ArticleOrdinal;
        return searches.highlightArticle('ferry "came back"', snapshot, article);
      });
    const found = await highlight(await open());
    expect(found).toEqual(await highlight(await open({ program: null })));
    expect(found.title).toEqual([[4, 9]]);
  });

  it('give the cached answer, to the byte, until another snapshot answers', async () => {
    const { live, searches } = await open({ cacheBytes: 1_000_000 });
    const ask = (query: string) => live.use((snapshot) => searches.search(requestOf(query), snapshot));
    const first = await ask('ferry quay');
    expect(await ask('  ferry   quay ')).toBe(first);
    await writeFile(path.join(folder, 'corpus/new.txt'), 'New\n\nOne more ferry at the quay.');
    await publish();
    await live.follow();
    const second = await ask('ferry quay');
    expect(decodeAnswer(second).build).not.toBe(decodeAnswer(first).build);
    expect(decodeAnswer(second).total.count).toBe(decodeAnswer(first).total.count + 1);
  });

  it('search on across switches, and leave no file of old snapshots open', async () => {
    const { live, ask, ends } = await open();
    for (let round = 0; round < 5; round++) {
      const answers = Array.from({ length: 20 }, (_, i) => ask(`ferry ${i}`));
      await writeFile(path.join(folder, 'corpus/new.txt'), `New\n\nFerry number ${round}.`);
      await publish();
      const switching = live.follow();
      answers.push(...Array.from({ length: 20 }, () => ask('ferry')));
      for (const { total } of await Promise.all(answers)) expect(total.count).toBeGreaterThan(0);
      await switching;
      expect((await ask(`number ${round}`)).total.count).toBeGreaterThan(0);
    }
    expect(ends).toEqual([]);
    if (existsSync('/proc/self/fd')) expect(await openTexts()).toBe(1);
    await live.close();
    if (existsSync('/proc/self/fd')) expect(await openTexts()).toBe(0);
  });

  it('give up what nobody waits for, and answer the next one', async () => {
    const { ask } = await open({ threads: 1 });
    const controller = new AbortController();
    setMaxListeners(100, controller.signal);
    const asked = Array.from({ length: 30 }, (_, i) => ask(`ferry OR ${i}`, {}, controller.signal));
    controller.abort(new Error('gone'));
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(settled.map(() => 'rejected'));
    expect((await ask('ferry')).total.count).toBe(2);
  });

  it('leave the search to the thread that asks where they do not start', async () => {
    const broken = path.join(folder, 'broken.js');
    await writeFile(broken, 'throw new Error("no such thing");');
    const { ask, ends } = await open({ program: broken, threads: 1 });
    expect((await ask('ferry')).total.count).toBe(2);
    expect(ends).toEqual(['no such thing', 'no such thing', 'no such thing']);
  });
});
