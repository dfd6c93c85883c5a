import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkerPool } from '../../index-build/worker-pool.ts';
import { LedeError } from '../../src/domain/error.ts';

/** A worker that waits as long as it is told, then doubles, fails or ends. */
const source = `
import { serveJobs } from ${JSON.stringify(new URL('../../dist/index-build/worker-pool.js', import.meta.url).href)};
serveJobs(({ number, waitMs = 0, fails, ends }) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
  if (fails) throw new Error('the job of ' + number + ' failed');
  if (ends) process.exit(3);
  const grown = new Uint8Array(1000);
  grown[0] = 2 * number;
  return { number: 2 * number, bytes: grown.subarray(0, 1), room: grown.subarray(0, 1).buffer.byteLength };
});
`;

interface Job {
  readonly number: number;
  readonly waitMs?: number;
  readonly fails?: boolean;
  readonly ends?: boolean;
}

interface Doubled {
  readonly number: number;
  readonly bytes: Uint8Array;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lede-pool-'));
  await writeFile(join(folder, 'worker.mjs'), source);
});
afterAll(() => rm(folder, { recursive: true }));

async function withPool(workers: number, use: (pool: WorkerPool<Job, Doubled>) => Promise<void>): Promise<void> {
  const pool = new WorkerPool<Job, Doubled>(join(folder, 'worker.mjs'), workers);
  try {
    await use(pool);
  } finally {
    await pool.close();
  }
}

describe('a pool of workers', () => {
  it('gives each job its own result, however long the others take', () =>
    withPool(3, async (pool) => {
      const waits = [50, 0, 20, 0, 5, 30, 1, 0, 10, 0];
      const results = await Promise.all(waits.map((waitMs, number) => pool.run({ number, waitMs })));
      expect(results.map(({ number }) => number)).toEqual(waits.map((_, number) => 2 * number));
    }));

  it('hands over arrays without the room that was left in their buffers', () =>
    withPool(1, async (pool) => {
      const { bytes } = await pool.run({ number: 21 });
      expect([bytes[0], bytes.length, bytes.buffer.byteLength]).toEqual([42, 1, 1]);
    }));

  it('does an urgent job before those that wait', () =>
    withPool(1, async (pool) => {
      const order: string[] = [];
      const first = pool.run({ number: 1, waitMs: 20 }).then(() => order.push('first'));
      const waiting = pool.run({ number: 2 }).then(() => order.push('waiting'));
      const urgent = pool.run({ number: 3 }, { isUrgent: true }).then(() => order.push('urgent'));
      await Promise.all([first, waiting, urgent]);
      expect(order).toEqual(['first', 'urgent', 'waiting']);
    }));

  it('throws what a job threw, and does the next one', () =>
    withPool(1, async (pool) => {
      await expect(pool.run({ number: 7, fails: true })).rejects.toThrow('the job of 7 failed');
      expect((await pool.run({ number: 8 })).number).toBe(16);
    }));

  it('fails all jobs once a worker ended', () =>
    withPool(2, async (pool) => {
      const jobs = [{ number: 1, ends: true }, { number: 2, waitMs: 200 }, { number: 3 }].map((job) => pool.run(job));
      const outcomes = await Promise.allSettled(jobs);
      expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: expect.any(LedeError) });
      await expect(pool.run({ number: 4 })).rejects.toThrow('worker thread ended with code 3');
    }));

  it('fails what is not done when it is closed', () =>
    withPool(1, async (pool) => {
      const job = pool.run({ number: 1, waitMs: 5000 });
      const outcome = expect(job).rejects.toThrow('the worker threads were ended');
      await pool.close();
      await outcome;
    }));
});
