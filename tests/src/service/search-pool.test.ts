import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/answer.ts';
import { limits } from '../../../src/domain/limits.ts';
import { noChoices } from '../../../src/domain/owner-choices.ts';
import type { SearchRequest } from '../../../src/domain/search-request.ts';
import type { LoadedSnapshot } from '../../../src/open-searchable.ts';
import type { SearchTask, ToThread } from '../../../src/service/search-messages.ts';
import { SearchPool, type SearchPoolOptions } from '../../../src/service/search-pool.ts';
import type { SearchThread, ThreadListener } from '../../../src/service/search-thread.ts';

const loaded = { segments: [] } as unknown as LoadedSnapshot;

/** A thread that does what the test says, when it says so. */
class FakeThread implements SearchThread {
  readonly received: ToThread[] = [];
  readonly cancelled: number[] = [];
  readonly #listener: ThreadListener;

  constructor(listener: ThreadListener) {
    this.#listener = listener;
  }

  post(message: ToThread): void {
    this.received.push(message);
    if (message.kind === 'open') {
      queueMicrotask(() => this.#listener.onMessage({ kind: 'opened', snapshot: message.snapshot }));
    }
  }

  cancel(job: number): void {
    this.cancelled.push(job);
  }

  terminate(): void {
    this.end('it was terminated');
  }

  end(reason: string): void {
    this.#listener.onEnd(reason);
  }

  /** Queries of the searches that it was given, in order. */
  get queries(): string[] {
    return this.#runs.map(({ task }) => (task.kind === 'search' ? task.request.query : ''));
  }

  /** Answers the search that it was given last. */
  answer(): void {
    this.#listener.onMessage({ kind: 'done', job: this.#lastJob, result: answerOf(this.queries.at(-1) as string) });
  }

  fail(code: 'invalid' | null, message: string): void {
    const failure = { code, message, stack: null };
    this.#listener.onMessage({ kind: 'failed', job: this.#lastJob, failure });
  }

  get #runs() {
    return this.received.filter((message) => message.kind === 'run');
  }

  get #lastJob(): number {
    return this.#runs.at(-1)?.job as number;
  }
}

function answerOf(query: string): Answer {
  return {
    json: new TextEncoder().encode(query),
    tookMs: 1,
    partial: false,
    total: { count: 0, allWords: 0, exact: true },
    hits: 0,
  };
}

async function openPool(threads: number, options: Partial<SearchPoolOptions> = {}) {
  const started = startPool(threads, options);
  await started.pool.open(loaded);
  return started;
}

function startPool(threads: number, options: Partial<SearchPoolOptions> = {}) {
  const started: FakeThread[] = [];
  const ends: string[] = [];
  const pool = new SearchPool({
    threads,
    start: (listener) => {
      const thread = new FakeThread(listener);
      started.push(thread);
      return thread;
    },
    onThreadEnd: (reason) => ends.push(reason),
    ...options,
  });
  const ask = async (query: string, signal?: AbortSignal) => {
    const answer = await pool.run(1, taskOf(query), signal ?? null);
    return new TextDecoder().decode(answer.json);
  };
  return { pool, started, ends, ask, thread: (number = 0) => started[number] as FakeThread };
}

/** Until everything has been heard that was said. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function taskOf(query: string): Extract<SearchTask, { kind: 'search' }> {
  return { kind: 'search', request: { query } as SearchRequest, choices: noChoices };
}

describe('a pool of search threads', () => {
  it('gives each thread one search at a time, in the order in which they came', async () => {
    const { ask, thread } = await openPool(2);
    const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map((query) => ask(query)));
    expect([thread(0).queries, thread(1).queries]).toEqual([['a'], ['b']]);
    thread(1).answer();
    thread(0).answer();
    expect([thread(0).queries, thread(1).queries]).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ]);
    thread(0).answer();
    thread(0).answer();
    thread(1).answer();
    expect(await answers).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('hands on what a search throws, as the error it was', async () => {
    const { ask, thread } = await openPool(1);
    const refused = ask('a');
    thread().fail('invalid', 'told in the test');
    await expect(refused).rejects.toMatchObject({ name: 'LedeError', code: 'invalid', message: 'told in the test' });
    const broken = ask('b');
    thread().fail(null, 'unforeseen');
    await expect(broken).rejects.toMatchObject({ name: 'Error', message: 'unforeseen' });
  });

  it('turns away what comes when too much waits already', async () => {
    const { ask, thread } = await openPool(1);
    const answers = Array.from({ length: limits.waitingSearches + 1 }, (_, i) => ask(`${i}`));
    await expect(ask('one too many')).rejects.toMatchObject({ name: 'LedeError', code: 'unavailable' });
    thread().answer();
    expect(await answers[0]).toBe('0');
    const last = ask('there is room again');
    for (let i = 1; i <= limits.waitingSearches + 1; i++) thread().answer();
    expect(await last).toBe('there is room again');
  });

  it('drops what waits and is cancelled', async () => {
    const { ask, thread } = await openPool(1);
    const controller = new AbortController();
    const [first, second, third] = [ask('a'), ask('b', controller.signal), ask('c')];
    controller.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    thread().answer();
    thread().answer();
    expect([await first, await third]).toEqual(['a', 'c']);
    expect(thread().queries).toEqual(['a', 'c']);
    expect(thread().cancelled).toEqual([]);
  });

  it('has a running search give up, and waits for its thread, which may still be reading', async () => {
    const { ask, thread } = await openPool(1);
    const controller = new AbortController();
    let isThrough = false;
    const running = ask('a', controller.signal).finally(() => {
      isThrough = true;
    });
    const next = ask('b');
    controller.abort(new Error('gone'));
    await settle();
    expect(thread().cancelled).toHaveLength(1);
    expect([isThrough, thread().queries]).toEqual([false, ['a']]);
    thread().fail('invalid', 'given up');
    await expect(running).rejects.toThrow('gone');
    thread().answer();
    expect(await next).toBe('b');
  });

  it('does not begin what was cancelled before', async () => {
    const { ask, thread } = await openPool(1);
    await expect(ask('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(thread().queries).toEqual([]);
  });

  it('ends a thread that does not give up, and goes on with another', async () => {
    const { ask, started, thread, ends } = await openPool(1, { stuckMs: 1 });
    const controller = new AbortController();
    const stuck = ask('a', controller.signal);
    const next = ask('b');
    controller.abort(new Error('gone'));
    await expect(stuck).rejects.toThrow('gone');
    expect([started.length, ends]).toEqual([2, ['it was terminated']]);
    await settle();
    thread(1).answer();
    expect(await next).toBe('b');
  });

  it('replaces a thread that dies: only its own search fails', async () => {
    const { ask, started, thread, ends } = await openPool(2);
    const [first, second, third] = [ask('a'), ask('b'), ask('c')];
    thread(0).end('out of memory');
    await expect(first).rejects.toMatchObject({
      code: 'internal',
      message: 'a search thread ended: out of memory',
    });
    expect([started.length, ends]).toEqual([3, ['out of memory']]);
    await settle();
    expect(thread(2).received.map(({ kind }) => kind)).toEqual(['open', 'run']);
    thread(1).answer();
    thread(2).answer();
    expect([await second, await third]).toEqual(['b', 'c']);
  });

  it('replaces threads that searches kill as often as it takes', async () => {
    const { pool, ask, thread } = await openPool(1);
    for (let i = 0; i < 10; i++) {
      const failing = ask('deadly');
      await settle();
      thread(i).end('crash');
      await expect(failing).rejects.toMatchObject({ code: 'internal' });
    }
    expect(pool.isAlive).toBe(true);
  });

  it('gives up where threads do not even start, and says so to what waits', async () => {
    const { pool, started, ends, thread } = startPool(1);
    for (let i = 0; i < started.length; i++) thread(i).end('no room');
    expect([pool.isAlive, ends.length]).toEqual([false, 3]);
    await expect(pool.run(1, taskOf('a'))).rejects.toMatchObject({ code: 'unavailable' });
    const refusing = startPool(2, {
      start: () => {
        throw new Error('no threads here');
      },
    });
    expect([refusing.pool.isAlive, refusing.ends]).toEqual([false, ['no threads here', 'no threads here']]);
  });

  it('gives no search to a thread that has not opened a snapshot yet', async () => {
    const { pool, ask, thread } = startPool(2);
    thread(0).post = () => {};
    const opening = pool.open(loaded);
    await settle();
    const answers = [ask('a'), ask('b')];
    expect(thread(1).queries).toEqual(['a']);
    thread(1).answer();
    thread(1).answer();
    expect(await Promise.all(answers)).toEqual(['a', 'b']);
    thread(0).end('slow');
    await opening;
  });

  it('opens a snapshot in every thread before it is searched, and closes it there', async () => {
    const { pool, thread } = startPool(2);
    const [one, two] = [await pool.open(loaded), await pool.open(loaded)];
    expect(one).not.toBe(two);
    pool.close(one);
    for (const number of [0, 1]) {
      expect(thread(number).received).toEqual([
        { kind: 'open', snapshot: one, loaded },
        { kind: 'open', snapshot: two, loaded },
        { kind: 'close', snapshot: one },
      ]);
    }
  });

  it('does not wait for a thread that dies while it opens a snapshot', async () => {
    const { pool, thread } = startPool(1);
    thread().post = () => {};
    const opening = pool.open(loaded);
    thread().end('crash');
    expect(await opening).toBe(1);
    expect(thread(1).received).toEqual([{ kind: 'open', snapshot: 1, loaded }]);
  });

  it('fails what is under way when it is stopped, and starts nothing any more', async () => {
    const { pool, started, ask, ends } = await openPool(1);
    const [running, waiting] = [ask('a'), ask('b')];
    const settled = Promise.allSettled([running, waiting]);
    pool.stop();
    expect(await settled).toMatchObject([{ reason: { code: 'unavailable' } }, { reason: { code: 'unavailable' } }]);
    await expect(ask('c')).rejects.toMatchObject({ code: 'unavailable' });
    expect([started.length, ends]).toEqual([1, []]);
  });
});
