import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BuildReport } from '../../../src/domain/build-report.ts';
import { Merger, type MergerOptions } from '../../../src/service/merger.ts';
import { FakeBuildProcess, isAlive } from './fake-build-process.ts';

const merged = { report: { build: 'b2' }, wantsMerge: false };

let fake: FakeBuildProcess;
let merger: Merger;
let reports: (BuildReport | null)[];
let failures: string[];

beforeEach(async () => {
  fake = await FakeBuildProcess.make(merged);
  reports = [];
  failures = [];
  merger = makeMerger({});
});

afterEach(async () => {
  await merger.close();
  await fake.remove();
});

function makeMerger(options: Partial<MergerOptions>): Merger {
  return new Merger({
    command: fake.command,
    onMerged: (report) => reports.push(report),
    onFailure: (message) => failures.push(message),
    ...options,
  });
}

function waitForReports(count: number): Promise<unknown> {
  return vi.waitUntil(() => reports.length === count, { timeout: 20_000 });
}

describe('a merger', () => {
  it('merges what had better be merged, at a low priority, in a process that ends with it', async () => {
    merger.want(true);
    merger.start();
    await waitForReports(1);
    expect(reports).toEqual([merged.report]);
    const [asked] = await fake.asked();
    expect(asked?.request).toEqual({ work: 'merge' });
    expect(asked?.priority).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
    await vi.waitUntil(() => !isAlive(asked?.pid ?? 0), { timeout: 20_000 });
  });

  it('does nothing where nothing is to be merged', async () => {
    merger.start();
    merger.want(true);
    merger.want(false);
    merger.start();
    await sleep(100);
    expect(await fake.asked()).toEqual([]);
  });

  it('runs one merge at a time, and then goes on as long as there is something to merge', async () => {
    await fake.hold();
    await fake.answer({ ...merged, wantsMerge: true });
    merger.want(true);
    merger.start();
    await fake.waitForRequests(1);
    merger.want(true);
    merger.start();
    await sleep(50);
    expect(await fake.asked()).toHaveLength(1);
    await fake.release();
    await vi.waitUntil(() => reports.length > 2, { timeout: 20_000 });
    await fake.answer(merged);
    await vi.waitUntil(async () => (await fake.asked()).length === reports.length, { timeout: 20_000 });
    expect(failures).toEqual([]);
  });

  it('leaves it at that where a merge found nothing to do', async () => {
    await fake.answer({ report: null, wantsMerge: true });
    merger.want(true);
    merger.start();
    await waitForReports(1);
    await sleep(100);
    expect(reports).toEqual([null]);
  });

  it.each([
    ['an error', { error: { code: 'internal', message: 'the disk is full' } }, /^the disk is full$/],
    ['its end', 'exit 3', /^the build ended with code 3/],
  ])('tells of a merge that fails with %s, and tries again after the next builds', async (_name, next, message) => {
    merger = makeMerger({ waits: { failedMs: 0 } });
    await fake.answer(next);
    merger.want(true);
    merger.start();
    await vi.waitUntil(() => failures.length === 1, { timeout: 20_000 });
    expect(failures).toEqual([expect.stringMatching(message)]);
    await fake.answer(merged);
    await vi.waitUntil(
      () => {
        merger.want(true);
        merger.start();
        return reports.length > 0;
      },
      { timeout: 20_000 },
    );
    expect(failures).toHaveLength(1);
  });

  it('waits a while after a failure', async () => {
    merger = makeMerger({ waits: { failedMs: 3_600_000, longestMs: 3_600_000 } });
    await fake.answer('exit 1');
    merger.want(true);
    merger.start();
    await vi.waitUntil(() => failures.length === 1, { timeout: 20_000 });
    await sleep(50);
    merger.want(true);
    merger.start();
    await sleep(100);
    expect(await fake.asked()).toHaveLength(1);
  });

  it('ends a running merge when it is closed, tells nothing of it, and begins no more', async () => {
    await fake.hold();
    merger.want(true);
    merger.start();
    const [{ pid } = { pid: 0 }] = await fake.waitForRequests(1);
    await merger.close();
    expect(isAlive(pid)).toBe(false);
    merger.want(true);
    merger.start();
    await sleep(50);
    expect(await fake.asked()).toHaveLength(1);
    expect([...reports, ...failures]).toEqual([]);
  });
});
