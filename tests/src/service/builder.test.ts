import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BuildReport } from '../../../src/domain/build-report.ts';
import { Builder, type BuilderOptions, type BuildNews } from '../../../src/service/builder.ts';
import type { Hints } from '../../../src/service/path-hints.ts';
import { FakeBuildProcess, isAlive } from './fake-build-process.ts';

const report = { build: 'b1', files: { read: 1 } };
const done = { report, wantsMerge: false };
const busy = { error: { code: 'unavailable', message: 'another build is running' } };

let fake: FakeBuildProcess;
let builder: Builder;
let reports: BuildReport[];
let news: BuildNews[];
let failures: string[];
let idle: number;

beforeEach(async () => {
  fake = await FakeBuildProcess.make(done);
  reports = [];
  news = [];
  failures = [];
  idle = 0;
  builder = makeBuilder({});
});

afterEach(async () => {
  await builder.close();
  await fake.remove();
});

function makeBuilder(options: Partial<BuilderOptions>): Builder {
  return new Builder({
    command: fake.command,
    onReport: async (told, toldBeside) => {
      reports.push(told);
      news.push(toldBeside);
    },
    onFailure: (message) => failures.push(message),
    onIdle: () => idle++,
    mayLook: true,
    ...options,
  });
}

/** The paths that builds were asked to look at, in order. */
async function hinted(): Promise<readonly Hints[]> {
  return (await fake.asked()).map(({ request }) => (request.work === 'build' ? request.paths : expect.fail()));
}

async function processes(): Promise<readonly number[]> {
  return (await fake.asked()).map(({ pid }) => pid);
}

describe('a builder', () => {
  it('builds when asked, tells the report, and says since when', async () => {
    expect(builder.buildingSince).toBe(null);
    const built = builder.request(null);
    expect(builder.buildingSince).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    await built;
    expect(builder.buildingSince).toBe(null);
    expect(reports).toEqual([report]);
    expect(news).toEqual([{ isLook: false, wantsMerge: false }]);
    expect(failures).toEqual([]);
    expect(idle).toBe(1);
  });

  it('takes all that is asked for during a build together into one more', async () => {
    await fake.hold();
    const first = builder.request(null);
    await fake.waitForRequests(1);
    const others = [builder.request(null), builder.request(null), builder.request(null)];
    await fake.release();
    await Promise.all([first, ...others]);
    expect(await fake.asked()).toHaveLength(2);
    expect(reports).toHaveLength(2);
    expect(idle).toBe(1);
  });

  it('keeps the promise of a request only when a build that began after it is over', async () => {
    builder = makeBuilder({
      onReport: async (told) => {
        // The second build has not begun yet: it is to stop in the middle as well.
        if (reports.push(told) === 1) await fake.hold();
      },
    });
    await fake.hold();
    builder.request(null);
    await fake.waitForRequests(1);
    let isKept = false;
    const second = builder.request(null).then(() => {
      isKept = true;
    });
    await fake.release();
    await fake.waitForRequests(2);
    expect(reports).toHaveLength(1);
    expect(isKept).toBe(false);
    await fake.release();
    await second;
    expect(reports).toHaveLength(2);
  });

  it('builds again when asked again, in the same process', async () => {
    await builder.request(null);
    await builder.request(null);
    expect(reports).toHaveLength(2);
    expect(new Set(await processes()).size).toBe(1);
  });

  it('says whether what is published had better be merged', async () => {
    await fake.answer({ report, wantsMerge: true });
    await builder.request(null);
    expect(news).toEqual([{ isLook: false, wantsMerge: true }]);
  });

  it.each([
    ['an error of its own', { error: { code: 'not_found', message: 'no corpus' } }, /^no corpus$/],
    ['an exit without a word', 'exit 3', /^the build ended with code 3: $/],
    ['a crash', 'crash', /^the build ended with code 1: .*told in the test/s],
    ['an answer that is none', [], /^the build process said something that is no answer$/],
    ['an answer without a report', { report: null, wantsMerge: false }, /^the build gave no report$/],
  ])('tells of a build that fails with %s', async (_name, next, message) => {
    await fake.answer(next);
    await builder.request(null);
    expect(failures).toEqual([expect.stringMatching(message)]);
    expect(reports).toEqual([]);
    await fake.answer(done);
    await builder.request(null);
    expect(reports).toHaveLength(1);
  });

  it('tells of a build that is killed, and has another process for the next one', async () => {
    await fake.hold();
    const built = builder.request(null);
    const [{ pid } = { pid: 0 }] = await fake.waitForRequests(1);
    process.kill(pid, 'SIGKILL');
    await built;
    expect(failures).toEqual([expect.stringContaining('the build ended with SIGKILL')]);
    await fake.release();
    await builder.request(null);
    expect(reports).toHaveLength(1);
    expect(new Set(await processes()).size).toBe(2);
  });

  it('tells of a program that cannot be started', async () => {
    builder = makeBuilder({ command: [path.join(fake.folder, 'nowhere')] });
    await builder.request(null);
    expect(failures).toEqual([expect.stringContaining('the build could not be started: ')]);
  });

  it('takes a report that cannot be used for a failure', async () => {
    builder = makeBuilder({ onReport: () => Promise.reject(new Error('the snapshot is damaged')) });
    await builder.request(null);
    expect(failures).toEqual(['the snapshot is damaged']);
    expect(builder.buildingSince).toBe(null);
  });

  it('tries again while another process builds in the same folder', async () => {
    builder = makeBuilder({ waits: { busyMs: 1, longestBusyMs: 4 } });
    await fake.answer(busy);
    const built = builder.request(['a.md']);
    await vi.waitUntil(async () => (await fake.asked()).length > 2, { timeout: 20_000 });
    expect(builder.buildingSince).not.toBe(null);
    await fake.answer(done);
    await built;
    expect(reports).toHaveLength(1);
    expect(failures).toEqual([]);
    expect(new Set((await hinted()).map(String))).toEqual(new Set(['a.md']));
  });

  it('tries a failed build again by itself, until one ends well', async () => {
    builder = makeBuilder({ waits: { failedMs: 1, longestMs: 4 } });
    await fake.answer('exit 1');
    await builder.request(null);
    await vi.waitUntil(() => failures.length > 3, { timeout: 20_000 });
    await fake.answer(done);
    await vi.waitUntil(() => reports.length === 1, { timeout: 20_000 });
    const builds = await fake.asked();
    await sleep(100);
    expect(await fake.asked()).toEqual(builds);
  });
});

describe('the hints of a builder', () => {
  it('go to the build that follows them, once', async () => {
    await builder.request(['a.md']);
    await builder.request(['b.md', 'folder']);
    await builder.request(null);
    expect(await hinted()).toEqual([['a.md'], ['b.md', 'folder'], null]);
  });

  it.each<[string, readonly Hints[], Hints]>([
    ['several are united', [['b.md', 'c.md'], ['a.md'], ['b.md']], ['a.md', 'b.md', 'c.md']],
    ['one that may be anything makes it all', [['a.md'], null, ['b.md']], null],
    ['too many are as good as none', [Array.from({ length: 1001 }, (_, index) => `${index}.md`)], null],
  ])('wait for the running build: %s', async (_name, requests, expected) => {
    await fake.hold();
    builder.request(['first.md']);
    await fake.waitForRequests(1);
    const last = requests.map((hints) => builder.request(hints)).at(-1);
    await fake.release();
    await last;
    expect(await hinted()).toEqual([['first.md'], expected]);
  });

  it('are forgotten with a build that fails: the next one looks at everything', async () => {
    await fake.answer('exit 1');
    await builder.request(['a.md']);
    await fake.answer(done);
    await builder.request(['b.md']);
    await builder.request(['c.md']);
    expect(await hinted()).toEqual([['a.md'], null, ['c.md']]);
  });

  it('are followed by a look at everything once it is quiet', async () => {
    builder = makeBuilder({ waits: { lookMs: 1 } });
    await builder.request(['a.md']);
    await vi.waitUntil(() => reports.length === 2, { timeout: 20_000 });
    expect(await hinted()).toEqual([['a.md'], null]);
    expect(news.map(({ isLook }) => isLook)).toEqual([false, true]);
    await sleep(100);
    expect(reports).toHaveLength(2);
  });

  it('are followed by a look at everything in the end where it is never quiet', async () => {
    builder = makeBuilder({ waits: { lookMs: 3_600_000, longestLookMs: 1 } });
    await builder.request(['a.md']);
    await vi.waitUntil(() => reports.length === 2, { timeout: 20_000 });
    expect(await hinted()).toEqual([['a.md'], null]);
  });

  it('are followed by no look where everything was looked at', async () => {
    builder = makeBuilder({ waits: { lookMs: 20 } });
    await builder.request(null);
    await sleep(100);
    expect(reports).toHaveLength(1);
  });
});

describe('the process of a builder', () => {
  it('ends when it is not needed for long, and is there again when it is', async () => {
    builder = makeBuilder({ waits: { idleMs: 1 } });
    await builder.request(null);
    const [first = 0] = await processes();
    await vi.waitUntil(() => !isAlive(first), { timeout: 20_000 });
    await builder.request(null);
    expect(reports).toHaveLength(2);
    expect(failures).toEqual([]);
  });

  it('is replaced where it died while nothing was built', async () => {
    await builder.request(null);
    const [first = 0] = await processes();
    process.kill(first, 'SIGKILL');
    await vi.waitUntil(() => !isAlive(first), { timeout: 20_000 });
    await builder.request(null);
    expect(reports).toHaveLength(2);
    expect(failures).toEqual([]);
  });

  it('is replaced after it read many files, by one that looks at everything', async () => {
    builder = makeBuilder({ waits: { manyFiles: 2, lookMs: 1 } });
    await fake.answer({ report: { ...report, files: { read: 2 } }, wantsMerge: false });
    builder.request(null);
    await fake.waitForRequests(1);
    await fake.answer(done);
    await vi.waitUntil(() => news.some(({ isLook }) => isLook), { timeout: 20_000 });
    expect(new Set(await processes()).size).toBe((await fake.asked()).length);
    expect(failures).toEqual([]);
  });

  it('is not made ready by a look where nothing may be built unasked', async () => {
    builder = makeBuilder({ mayLook: false, waits: { manyFiles: 1, lookMs: 1 } });
    await builder.request(null);
    await sleep(100);
    expect(reports).toHaveLength(1);
  });
});

describe('a builder that is closed', () => {
  it('ends the running build and tells nothing of it', async () => {
    await fake.hold();
    const built = builder.request(null);
    const [{ pid } = { pid: 0 }] = await fake.waitForRequests(1);
    await builder.close();
    await built;
    expect(isAlive(pid)).toBe(false);
    expect([...reports, ...failures]).toEqual([]);
    expect(idle).toBe(0);
  });

  it('ends a process that waits for the next build', async () => {
    await builder.request(null);
    await builder.close();
    expect((await processes()).map(isAlive)).toEqual([false]);
  });

  it('ends a build that does not listen', async () => {
    builder = makeBuilder({ waits: { endMs: 50 } });
    await fake.hold();
    builder.request(null);
    const [{ pid } = { pid: 0 }] = await fake.waitForRequests(1);
    process.kill(pid, 'SIGSTOP');
    await builder.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('does not wait for another process to be done', async () => {
    builder = makeBuilder({ waits: { busyMs: 3_600_000, longestBusyMs: 3_600_000 } });
    await fake.answer(busy);
    builder.request(null);
    await fake.waitForRequests(1);
    await builder.close();
    expect(builder.buildingSince).toBe(null);
  });

  it('drops what was asked for, and takes no more', async () => {
    await fake.hold();
    builder.request(null);
    await fake.waitForRequests(1);
    builder.request(null);
    await builder.close();
    await builder.request(null);
    expect(await fake.asked()).toHaveLength(1);
  });

  it.each([
    ['a failed build again', 'exit 1'],
    ['to look at everything', done],
  ])('does not try %s', async (_name, next) => {
    builder = makeBuilder({ waits: { failedMs: 20, lookMs: 20 } });
    await fake.answer(next);
    await builder.request(['a.md']);
    await builder.close();
    await sleep(100);
    expect(await fake.asked()).toHaveLength(1);
  });
});
