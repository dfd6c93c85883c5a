/** What `.ci/run` learns of a run of tests. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withTemporaryFolder } from '../contract/corpus-files.ts';

interface TallyReporter {
  onTestRunEnd(modules: readonly unknown[], unhandledErrors: readonly unknown[]): void;
}
const reporter = join(import.meta.dirname, '../../.ci/tally-reporter.mjs');
const { default: Reporter } = (await import(reporter)) as { default: new () => TallyReporter };

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Told {
  readonly name: string;
  readonly state: string;
  readonly note?: string;
  readonly retryCount?: number;
}

/** A file of tests as vitest tells of it. */
function moduleOf(tests: readonly Told[], isOk: boolean) {
  const told = tests.map(({ name, state, note, retryCount }) => ({
    fullName: name,
    project: { name: 'process' },
    options: { mode: 'run' },
    result: () => ({ state, note }),
    diagnostic: () => (retryCount === undefined ? undefined : { retryCount }),
  }));
  return {
    ok: () => isOk,
    children: { allTests: (state?: string) => told.filter((test) => [undefined, test.result().state].includes(state)) },
  };
}

function tally(modules: readonly unknown[], errors: readonly unknown[] = []): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, 'tally');
    vi.stubEnv('TALLY', file);
    new Reporter().onTestRunEnd(modules, errors);
    return readFile(file, 'utf8');
  });
}

describe('the tally of a run', () => {
  it('counts, and names what was skipped and what was retried, with reason and project', async () => {
    const tests = [
      { name: 'adds', state: 'passed', retryCount: 0 },
      { name: 'serves', state: 'passed', retryCount: 1 },
      { name: 'ends', state: 'failed', retryCount: 1 },
      { name: 'measures', state: 'skipped', note: 'no data' },
    ];
    expect(await tally([moduleOf(tests, false)])).toBe(
      '2 1 1\nskipped\tmeasures: no data\nretried\tserves (project process): passed\n' +
        'retried\tends (project process): failed\n',
    );
  });

  it('counts as failures a file that cannot be loaded and an error outside of all tests', async () => {
    const whole = moduleOf([{ name: 'adds', state: 'passed', retryCount: 0 }], true);
    expect(await tally([whole, moduleOf([], false)], [new Error('thrown later')])).toBe('1 2 0\n');
  });
});
