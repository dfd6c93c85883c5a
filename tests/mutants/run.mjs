/**
 * Tests the tests: applies each patch of this folder to a copy of the tree, and wants the tests that the patch names to
 * fail. Prints a line per mutant; ends with 1 where one survives, no longer applies, or the tests fail without any.
 *
 *     node tests/mutants/run.mjs [NAME…]
 *
 * A patch begins with a sentence that says what is wrong, and a line `Tests: FILE…`. Properties draw from one seed, so that
 * a mutant that is caught once is always caught.
 */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const seed = '20220912';
const timeoutMs = 120_000;
const root = resolve(import.meta.dirname, '../..');
/** What the tests need of the tree. */
const copied = ['src', 'index-build', 'views', 'tests', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

const mutants = readMutants(process.argv.slice(2));
const copy = mkdtempSync(join(tmpdir(), 'lede-mutants-'));
try {
  process.exitCode = runAll() ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function readMutants(wanted) {
  const names = readdirSync(import.meta.dirname).flatMap((file) =>
    file.endsWith('.patch') ? [file.slice(0, -6)] : [],
  );
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`no such mutant: ${unknown.join(', ')}; there are ${names.join(', ')}`);
  return names
    .filter((name) => wanted.length === 0 || wanted.includes(name))
    .map((name) => {
      const patch = join(import.meta.dirname, `${name}.patch`);
      const tests = /^Tests: (.+)$/m.exec(readFileSync(patch, 'utf8'))?.[1]?.split(' ');
      if (tests === undefined) throw new Error(`"${patch}" has no line "Tests: FILE…"`);
      return { name, patch, tests };
    });
}

/** Whether the tests pass without any mutant, and fail with each. */
function runAll() {
  for (const path of copied) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // The first counter-example will do: to look for the smallest one takes long.
  appendFileSync(
    join(copy, 'tests/ci/seed-properties.ts'),
    '\nfc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });\n',
  );
  const whole = runTests([...new Set(mutants.flatMap(({ tests }) => tests))]);
  print(whole.isPassed ? 'ok' : 'FAILED', 'without a mutant', whole);
  const caught = mutants.map((mutant) => runMutant(mutant));
  console.log(`${caught.filter(Boolean).length} of ${mutants.length} mutants caught`);
  return whole.isPassed && !caught.includes(false);
}

function runMutant({ name, patch, tests }) {
  const files = readFileSync(patch, 'utf8').match(/(?<=^\+\+\+ b\/).+$/gm) ?? [];
  const applied = spawnSync('git', ['apply', '--whitespace=nowarn', patch], { cwd: copy, encoding: 'utf8' });
  try {
    if (applied.status !== 0 || !files.some((file) => isChanged(file))) {
      print('FAILED', name, { seconds: 0, told: `the patch does not apply: ${applied.stderr.trim()}` });
      return false;
    }
    const result = runTests(tests);
    const isCaught = result.failed > 0;
    print(isCaught ? 'caught' : 'FAILED', name, isCaught ? result : { ...result, told: `${result.told}: it survives` });
    return isCaught;
  } finally {
    for (const file of files) writeFileSync(join(copy, file), readFileSync(join(root, file)));
  }
}

function isChanged(file) {
  return !readFileSync(join(copy, file)).equals(readFileSync(join(root, file)));
}

function runTests(files) {
  const start = Date.now();
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const options = ['--project', 'node', '--bail', '1', '--reporter', 'json', '--outputFile', report];
  const run = spawnSync(process.execPath, [vitest, 'run', ...options, ...files], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, PROPERTY_SEED: seed },
    timeout: timeoutMs,
  });
  const seconds = Math.round((Date.now() - start) / 1000);
  const counts = readReport(report);
  // A file that cannot be loaded fails without a test: that is no mutant that a test has caught.
  if (counts === null || counts.numTotalTests === 0) {
    return {
      isPassed: false,
      failed: 0,
      seconds,
      told: `no test ran: ${(run.stderr || run.stdout).trim().slice(-500)}`,
    };
  }
  const { numFailedTests: failed, numPassedTests: passed, success } = counts;
  return { isPassed: success && run.status === 0, failed, seconds, told: `${failed} failed, ${passed} passed` };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function print(outcome, name, { seconds, told }) {
  console.log(`${outcome.padEnd(7)} ${name.padEnd(36)} ${String(seconds).padStart(3)} s  ${told}`);
}
