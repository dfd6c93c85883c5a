import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { build } from '../../../index-build/build.ts';
import type { ArticleId, ArticleOrdinal } from '../../../src/domain/ids.ts';
import type { OpenedSearchable } from '../../../src/open-searchable.ts';
import { LiveSnapshot } from '../../../src/service/live-snapshot.ts';

let folder: string;
let data: string;
let live: LiveSnapshot;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lede-live-'));
  data = path.join(folder, 'data');
  await mkdir(path.join(folder, 'corpus'));
  live = new LiveSnapshot(data);
});

afterEach(async () => {
  await live.close();
  await rm(folder, { recursive: true, force: true });
});

/** Publishes a snapshot whose only article has this text, and removes the one before. */
async function publish(text: string): Promise<void> {
  await writeFile(path.join(folder, 'corpus/a.txt'), `Title\n\n${text}`);
  await build({ corpus: path.join(folder, 'corpus'), data, isFull: false, keepBuilds: 1 });
}

async function readText({ store }: OpenedSearchable): Promise<string | undefined> {
  const article = await store.find('a.txt' as ArticleId);
  return (await store.readParagraphs(article as ArticleOrdinal)).at(-1)?.text;
}

/** A request that goes on until `end` is called. */
function beginRequest(): { readonly text: Promise<string | undefined>; readonly end: () => void } {
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const text = live.use(async (snapshot) => {
    await held;
    return readText(snapshot);
  });
  return { text, end };
}

/** Counts how often the snapshot that answers now is closed. */
function watchClosing(): { readonly times: () => number } {
  const { engine, store } = live.current as OpenedSearchable;
  const closings = [vi.spyOn(engine, 'close'), vi.spyOn(store, 'close')];
  return { times: () => Math.max(...closings.map(({ mock }) => mock.calls.length)) };
}

describe('a live snapshot', () => {
  it('is none before anything is published, and says so to requests', async () => {
    expect(await live.follow()).toBe(false);
    expect(live.current).toBe(null);
    await expect(live.use(readText)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is the one that is published, and stays open while it is', async () => {
    await publish('one');
    expect(await live.follow()).toBe(true);
    const first = live.current;
    expect(await live.follow()).toBe(false);
    expect(live.current).toBe(first);
    expect(await live.use(readText)).toBe('one');
    expect(await live.use(readText)).toBe('one');
  });

  it('switches under running requests, which end on the one they began with', async () => {
    await publish('one');
    await live.follow();
    const request = beginRequest();
    await publish('two');
    expect(await live.follow()).toBe(true);
    expect(await live.use(readText)).toBe('two');
    request.end();
    expect(await request.text).toBe('one');
  });

  it('closes the old one exactly once, after the last of its requests', async () => {
    await publish('one');
    await live.follow();
    const closing = watchClosing();
    const requests = [beginRequest(), beginRequest(), beginRequest()];
    await publish('two');
    await live.follow();
    expect(closing.times()).toBe(0);
    for (const request of requests) {
      expect(closing.times()).toBe(0);
      request.end();
      expect(await request.text).toBe('one');
    }
    expect(closing.times()).toBe(1);
    await live.follow();
    await live.close();
    expect(closing.times()).toBe(1);
  });

  it('closes an old one that nobody uses at once', async () => {
    await publish('one');
    await live.follow();
    const closing = watchClosing();
    await publish('two');
    await live.follow();
    expect(closing.times()).toBe(1);
  });

  it('lets a request fail for its own reasons, and counts it as ended', async () => {
    await publish('one');
    await live.follow();
    const closing = watchClosing();
    await expect(live.use(() => Promise.reject(new Error('told in the test')))).rejects.toThrow('told in the test');
    await publish('two');
    await live.follow();
    expect(closing.times()).toBe(1);
  });

  it('opens a snapshot once, however many follow it at the same time', async () => {
    await publish('one');
    expect(await Promise.all([live.follow(), live.follow(), live.follow()])).toEqual([true, false, false]);
  });

  it('sees what was published before the call, even where another switch is under way', async () => {
    const early = live.follow();
    await publish('one');
    const late = live.follow();
    await early;
    await late;
    expect(await live.use(readText)).toBe('one');
  });

  it('keeps up with builds that come and go while it opens them', async () => {
    await publish('build 0');
    const following = async () => {
      for (let i = 0; i < 60; i++) await live.follow();
    };
    const publishing = async () => {
      for (let i = 1; i <= 8; i++) await publish(`build ${i}`);
    };
    await Promise.all([publishing(), following(), following()]);
    await live.follow();
    expect(await live.use(readText)).toBe('build 8');
  });

  it('goes on where the next one cannot be opened, and recovers with the one after', async () => {
    await publish('one');
    await live.follow();
    await writeFile(path.join(data, 'current'), 'no-such-build\n');
    await expect(live.follow()).rejects.toMatchObject({ code: 'not_found' });
    expect(await live.use(readText)).toBe('one');
    await publish('two');
    expect(await live.follow()).toBe(true);
    expect(await live.use(readText)).toBe('two');
  });

  it('answers running requests after it was closed, and no others', async () => {
    await publish('one');
    await live.follow();
    const closing = watchClosing();
    const request = beginRequest();
    await live.close();
    await expect(live.use(readText)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await live.follow()).toBe(false);
    request.end();
    expect(await request.text).toBe('one');
    expect(closing.times()).toBe(1);
  });

  it('is opened by its user before any request gets it, and closed by it after the last', async () => {
    const told: string[] = [];
    const watched = new LiveSnapshot(data, {
      open: async ({ build: opened }) => {
        await Promise.resolve();
        told.push(`open ${opened}, before it ${watched.current?.build}`);
      },
      close: ({ build: closed }) => told.push(`close ${closed}`),
    });
    await publish('one');
    await watched.follow();
    const first = watched.current?.build;
    let end = () => {};
    const request = watched.use(() => new Promise<void>((resolve) => (end = resolve)));
    await publish('two');
    await watched.follow();
    const second = watched.current?.build;
    expect(told).toEqual([`open ${first}, before it undefined`, `open ${second}, before it ${first}`]);
    end();
    await request;
    await watched.close();
    expect(told.slice(2)).toEqual([`close ${first}`, `close ${second}`]);
  });

  it('goes on with the one before where its user cannot open the next', async () => {
    let isAble = true;
    const watched = new LiveSnapshot(data, {
      open: async () => {
        if (!isAble) throw new Error('told in the test');
      },
      close: () => {},
    });
    await publish('one');
    await watched.follow();
    isAble = false;
    await publish('two');
    await expect(watched.follow()).rejects.toThrow('told in the test');
    expect(await watched.use(readText)).toBe('one');
    await watched.close();
  });

  it('leaves nothing open where it is closed during a switch', async () => {
    await publish('one');
    const following = live.follow();
    const closed = live.close();
    await Promise.all([following, closed]);
    expect(live.current).toBe(null);
  });
});
