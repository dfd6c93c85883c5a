import { defineConfig } from 'vitest/config';

const testFiles = ['tests/**/*.test.ts', 'tests/**/*.test.tsx'];
const browserTestFiles = ['tests/browser/**/*.test.ts'];

// Tests that start programs and browsers share two cores with whatever else the machine does: once more, not twice.
const retry = process.env.CI === undefined ? 0 : 1;

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'node', include: testFiles, exclude: browserTestFiles, testTimeout: 30_000, retry },
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
