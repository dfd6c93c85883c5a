/** Which tests are run again where they fail: those that drive a program or a browser, and no property. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { processTestFiles } from '../../vitest.config.ts';

const root = resolve(import.meta.dirname, '../..');
const testFiles = readdirSync(resolve(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .map((file) => `tests/${file.replaceAll('\\', '/')}`)
  .filter((file) => /\.test\.tsx?$/.test(file));
const patterns = [...processTestFiles, 'tests/browser/**/*.test.ts'];
const retried = testFiles.filter((file) => patterns.some((pattern) => isMatch(file, pattern)));
const inProcess = testFiles.filter((file) => !retried.includes(file));
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** Patterns are whole paths, or all tests of a folder. */
function isMatch(file: string, pattern: string): boolean {
  const [folder = '', rest] = pattern.split('**/*.test.ts');
  return rest === undefined ? file === pattern : file.startsWith(folder);
}

/** Imports of what starts a program. `mkfifo` and its like are over before the test begins. */
const startsPrograms =
  /import [^;]*\b(?:spawn|fork)\b[^;]*'node:child_process'|from '[^']*\/(?:start-program|fake-[a-z-]*process)\.ts'/;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** How often each project's tests are run again, by its name. */
async function readRetries(): Promise<Record<string, unknown>> {
  vi.resetModules();
  const { default: config } = await import('../../vitest.config.ts');
  const projects = (config.test?.projects ?? []) as { test: { name: string; retry?: number } }[];
  return Object.fromEntries(projects.map(({ test: { name, retry = 0 } }) => [name, retry]));
}

describe('a test that fails', () => {
  it('is run again under CI where it drives a program or a browser', async () => {
    vi.stubEnv('CI', 'true');
    expect(await readRetries()).toEqual({ node: 0, process: 1, browser: 1 });
  });

  it('is not run again elsewhere', async () => {
    vi.stubEnv('CI', undefined);
    expect(await readRetries()).toEqual({ node: 0, process: 0, browser: 0 });
  });
});

describe('the tests that are retried', () => {
  it('are found by every pattern', () => {
    expect(patterns.filter((pattern) => !testFiles.some((file) => isMatch(file, pattern)))).toEqual([]);
  });

  it('hold no property, which would draw its counter-example away', () => {
    expect(retried.filter((file) => read(file).includes("from 'fast-check'"))).toEqual([]);
  });
});

describe('the tests that are not', () => {
  it('start no program', () => {
    expect(inProcess.filter((file) => startsPrograms.test(read(file)))).toEqual([]);
  });
});
