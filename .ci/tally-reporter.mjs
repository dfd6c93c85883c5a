/**
 * A reporter for vitest that `.ci/run` adds up: writes "PASSED FAILED SKIPPED" into the file that TALLY names. Below it
 * stand "skipped", a tab, a test and its reason for each test that was skipped, and "retried", a tab, a test and its
 * project for each that was run again, however it ended.
 */
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    // A file that cannot be loaded, a hook that throws and an error outside of all tests are failures without a test.
    const failedElsewhere = modules.filter((module) => !module.ok() && !hasFailedTest(module)).length;
    const failed = inState('failed').length + failedElsewhere + unhandledErrors.length;
    const skipped = [...inState('skipped'), ...inState('pending')];
    const retried = tests.filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0);
    const lines = [
      `${inState('passed').length} ${failed} ${skipped.length}`,
      ...skipped.map((test) => `skipped\t${test.fullName}: ${test.result().note ?? test.options.mode}`),
      ...retried.map((test) => `retried\t${test.fullName} (project ${test.project.name}): ${test.result().state}`),
    ];
    writeFileSync(process.env.TALLY, `${lines.join('\n')}\n`);
  }
}

function hasFailedTest(module) {
  return [...module.children.allTests('failed')].length > 0;
}
