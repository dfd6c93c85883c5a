import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BuildReport } from '../../../src/domain/build-report.ts';
import { Builder, type BuilderOptions } from '../../../src/service/builder.ts';

/**
 * Stands for `lede build --json`: writes down that it began, waits while the file `hold` is there, and does what the
 * file `next` says: a line to print, `exit N`, or `crash`.
 */
const program = `
  const fs = require('node:fs');
  fs.appendFileSync('begun', process.pid + '\\n');
  const wait = () => {
    if (fs.existsSync('hold')) return void setTimeout(wait, 5);
    const next = fs.readFileSync('next', 'utf8');
    if (next === 'crash') throw new Error('told in the test');
    if (next.startsWith('exit')) process.exit(Number(next.slice(5)));
    console.log('a line before it');
    console.log(next);
  };
  wait();
`;

const report = JSON.stringify({ report: { build: 'b1' } });
const busy = JSON.stringify({ error: { code: 'unavailable', message: 'another build is running' } });

let folder: string;
let builder: Builder;
let reports: BuildReport[];
let failures: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lede-builder-'));
  reports = [];
  failures = [];
  await answer(report);
  builder = makeBuilder({});
});

afterEach(async () => {
  await builder.close();
  await rm(folder, { recursive: true, force: true });
});

function makeBuilder(options: Partial<BuilderOptions>): Builder {
  return new Builder({
    command: ['sh', '-c', 'cd "$0" && exec "$@"', folder, process.execPath, '-e', program],
    onReport: async (told) => {
      reports.push(told);
    },
    onFailure: (message) => failures.push(message),
    ...options,
  });
}

function answer(next: string): Promise<void> {
  return writeFile(path.join(folder, 'next'), next);
}

function hold(): Promise<void> {
  return writeFile(path.join(folder, 'hold'), '');
}

function release(): Promise<void> {
  return rm(path.join(folder, 'hold'));
}

/** Process numbers of the builds that began, in order. */
async function begun(): Promise<readonly number[]> {
  const text = await readFile(path.join(folder, 'begun'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
}

async function waitForBuilds(count: number): Promise<void> {
  await expect.poll(async () => (await begun()).length, { timeout: 20_000 }).toBe(count);
}

describe('a builder', () => {
  it('builds when asked, tells the report, and says since when', async () => {
    expect(builder.buildingSince).toBe(null);
    const built = builder.request();
    expect(builder.buildingSince).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    await built;
    expect(builder.buildingSince).toBe(null);
    expect(reports).toEqual([{ build: 'b1' }]);
    expect(failures).toEqual([]);
  });

  it('takes all that is asked for during a build together into one more', async () => {
    await hold();
    const first = builder.request();
    await waitForBuilds(1);
    const others = [builder.request(), builder.request(), builder.request()];
    await release();
    await Promise.all([first, ...others]);
    expect(await begun()).toHaveLength(2);
    expect(reports).toHaveLength(2);
  });

  it('keeps the promise of a request only when a build that began after it is over', async () => {
    builder = makeBuilder({
      onReport: async (told) => {
        // The second build has not begun yet: it is to stop in the middle as well.
        if (reports.push(told) === 1) await hold();
      },
    });
    await hold();
    builder.request();
    await waitForBuilds(1);
    let isKept = false;
    const second = builder.request().then(() => {
      isKept = true;
    });
    await release();
    await waitForBuilds(2);
    expect(reports).toHaveLength(1);
    expect(isKept).toBe(false);
    await release();
    await second;
    expect(reports).toHaveLength(2);
  });

  it('builds again when asked again', async () => {
    await builder.request();
    await builder.request();
    expect(reports).toHaveLength(2);
  });

  it.each([
    ['an error of its own', JSON.stringify({ error: { code: 'not_found', message: 'no corpus' } }), /^no corpus$/],
    ['an exit without a word', 'exit 3', /^the build ended with code 3: $/],
    ['a crash', 'crash', /^the build ended with code 1: .*told in the test/s],
    ['another program', 'done', /^the build ended with code 0: $/],
    ['JSON that is no report', '[]', /^the build ended with code 0: $/],
  ])('tells of a build that fails with %s', async (_name, next, message) => {
    await answer(next);
    await builder.request();
    expect(failures).toEqual([expect.stringMatching(message)]);
    expect(reports).toEqual([]);
    await answer(report);
    await builder.request();
    expect(reports).toHaveLength(1);
  });

  it('tells of a build that is killed', async () => {
    await hold();
    const built = builder.request();
    await waitForBuilds(1);
    process.kill((await begun())[0] as number, 'SIGKILL');
    await built;
    expect(failures).toEqual([expect.stringContaining('the build ended with SIGKILL')]);
  });

  it('tells of a program that cannot be started', async () => {
    builder = makeBuilder({ command: [path.join(folder, 'nowhere')] });
    await builder.request();
    expect(failures).toEqual([expect.stringContaining('the build could not be started: ')]);
  });

  it('takes a report that cannot be used for a failure', async () => {
    builder = makeBuilder({ onReport: () => Promise.reject(new Error('the snapshot is damaged')) });
    await builder.request();
    expect(failures).toEqual(['the snapshot is damaged']);
    expect(builder.buildingSince).toBe(null);
  });

  it('tries again while another process builds in the same folder', async () => {
    builder = makeBuilder({ waits: { busyMs: 1 } });
    await answer(busy);
    const built = builder.request();
    await expect.poll(async () => (await begun()).length, { timeout: 20_000 }).toBeGreaterThan(2);
    expect(builder.buildingSince).not.toBe(null);
    await answer(report);
    await built;
    expect(reports).toHaveLength(1);
    expect(failures).toEqual([]);
  });

  it('tries a failed build again by itself, until one ends well', async () => {
    builder = makeBuilder({ waits: { failedMs: 1, longestMs: 4 } });
    await answer('exit 1');
    await builder.request();
    await vi.waitUntil(() => failures.length > 3, { timeout: 20_000 });
    await answer(report);
    await vi.waitUntil(() => reports.length === 1, { timeout: 20_000 });
    const builds = await begun();
    await sleep(100);
    expect(await begun()).toEqual(builds);
  });

  describe('that is closed', () => {
    it('ends the running build and tells nothing of it', async () => {
      await hold();
      const built = builder.request();
      await waitForBuilds(1);
      await builder.close();
      await built;
      expect(isAlive((await begun())[0] as number)).toBe(false);
      expect([...reports, ...failures]).toEqual([]);
    });

    it('ends a build that does not listen', async () => {
      builder = makeBuilder({ waits: { endMs: 50 } });
      await hold();
      builder.request();
      await waitForBuilds(1);
      const pid = (await begun())[0] as number;
      process.kill(pid, 'SIGSTOP');
      await builder.close();
      expect(isAlive(pid)).toBe(false);
    });

    it('does not wait for another process to be done', async () => {
      builder = makeBuilder({ waits: { busyMs: 3_600_000 } });
      await answer(busy);
      builder.request();
      await waitForBuilds(1);
      await builder.close();
      expect(builder.buildingSince).toBe(null);
    });

    it('drops what was asked for, and takes no more', async () => {
      await hold();
      builder.request();
      await waitForBuilds(1);
      builder.request();
      await builder.close();
      await builder.request();
      expect(await begun()).toHaveLength(1);
    });

    it('does not try a failed build again', async () => {
      builder = makeBuilder({ waits: { failedMs: 20 } });
      await answer('exit 1');
      await builder.request();
      await builder.close();
      await sleep(100);
      expect(await begun()).toHaveLength(1);
    });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
