/**
 * A reporter for vitest that `.ci/run` adds up: writes "PASSED FAILED SKIPPED" into the file that TALLY names, and
 * below it a line for each test that was skipped, with its reason.
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
    const lines = skipped.map((test) => `${test.fullName}: ${test.result().note ?? test.options.mode}`);
    const counts = `${inState('passed').length} ${failed} ${skipped.length}`;
    writeFileSync(process.env.TALLY, `${[counts, ...lines].join('\n')}\n`);
  }
}

function hasFailedTest(module) {
  return [...module.children.allTests('failed')].length > 0;
}
