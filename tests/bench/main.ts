/**
 * `npm run bench`: measures Lede, and on request its peers, on a corpus; `npm run bench -- --help` lists what it takes.
 * Each thing is measured in a process of its own, which is this program again, called `step NAME`.
 */
import { answerStep } from './steps.ts';

const [first, ...others] = process.argv.slice(2);

if (first === 'step') {
  await answerStep(others[0] ?? '');
} else {
  const { runBench } = await import('./run-bench.ts');
  process.exitCode = await runBench(process.argv.slice(2));
}
