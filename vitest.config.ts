/**
 * Three projects, by what a test drives: functions (`node`), whole programs (`process`), a browser (`browser`). Only the
 * last two are retried under CI: a property draws new values each time, so that a counter-example would pass if it were
 * drawn again.
 */
import { defineConfig } from 'vitest/config';
import { readPropertySeed } from './tests/ci/property-seed.ts';

const testFiles = ['tests/**/*.test.ts', 'tests/**/*.test.tsx'];
const browserTestFiles = ['tests/browser/**/*.test.ts'];

/** Tests that start programs. `tests/ci/retries.test.ts` compares them with what the files import. */
export const processTestFiles = [
  'tests/journeys/**/*.test.ts',
  'tests/index-build/build-lock.test.ts',
  'tests/index-build/build-lock-takeover.test.ts',
  'tests/index-build/killed-build.test.ts',
  'tests/src/service/builder.test.ts',
  'tests/src/service/merger.test.ts',
];

// Programs and browsers share two cores with whatever else the machine does: once more, not twice.
const retry = process.env.CI === undefined ? 0 : 1;

// Drawn here and not in each test file, so that one number repeats the run.
const env = { PROPERTY_SEED: String(readPropertySeed(process.env.PROPERTY_SEED)) };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: testFiles,
          exclude: [...browserTestFiles, ...processTestFiles],
          testTimeout: 30_000,
          setupFiles: 'tests/ci/seed-properties.ts',
          env,
        },
      },
      {
        test: { name: 'process', include: processTestFiles, testTimeout: 30_000, retry },
      },
      {
        // Of its own, so that only a run with browser tests unpacks a browser.
        test: {
          name: 'browser',
          include: browserTestFiles,
          globalSetup: 'tests/browser/unpack-chromium.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
        },
      },
    ],
  },
});
