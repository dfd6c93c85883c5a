/** The bench from the command line to the tables: what is measured in which order, and where it is written. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { type BenchOptions, helpText, parseBenchOptions } from './bench-options.ts';
import type { BenchReport } from './bench-report.ts';
import { drawCounts } from './draw-counts.ts';
import { type LedeMeasure, measureLede } from './measure-lede.ts';
import { measurePeers } from './measure-peers.ts';
import { measureScale } from './measure-scale.ts';
import { medianOfRuns } from './measures.ts';
import { plotScale } from './plot-scale.ts';
import { prepareCorpus } from './prepare-corpus.ts';
import { printReport } from './print-report.ts';
import { runStep } from './run-step.ts';

/** Returns the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function runBench(parameters: readonly string[]): Promise<number> {
  let options: BenchOptions | null;
  try {
    options = parseBenchOptions(parameters, process.cwd());
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n${helpText}`);
    return 2;
  }
  if (options === null) {
    process.stdout.write(helpText);
    return 0;
  }
  try {
    const report = await inWorkFolder(options, (work) => measure(work, options, parameters));
    process.stdout.write(printReport(report));
    await writeFiles(report, options);
    return 0;
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

async function inWorkFolder<T>({ work }: BenchOptions, use: (work: string) => Promise<T>): Promise<T> {
  if (work !== null) {
    await mkdir(work, { recursive: true });
    return use(work);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'lede-bench-'));
  const clean = () => rm(folder, { recursive: true, force: true });
  const interrupt = () => void clean().finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await use(folder);
  } finally {
    await clean();
  }
}

async function measure(work: string, options: BenchOptions, parameters: readonly string[]): Promise<BenchReport> {
  const facts = { command: `npm run bench -- ${parameters.join(' ')}`, at: new Date().toISOString(), ...describe() };
  const empty = { corpus: null, lede: null, runs: [], peers: [], scale: [] };
  if (options.scale !== null) {
    return { ...facts, ...empty, scale: await measureScale({ work, largest: options.scale, options, say }) };
  }
  return { ...facts, ...empty, ...(await measureAll(work, options)) };
}

type Measured = Pick<BenchReport, 'corpus' | 'lede' | 'runs' | 'peers'>;

async function measureAll(work: string, options: BenchOptions): Promise<Measured> {
  const { sources, seed, paragraphs } = options;
  say('corpus');
  const prepared = await prepareCorpus(work, { sources, seed, sizes: paragraphs === null ? null : [paragraphs] });
  const { corpus, documents, part } = await prepared.stage(1);
  say('drawing queries');
  const queries = path.join(work, 'queries.json');
  const drawn = await runStep('queries', { documents, seed, counts: drawCounts(options), file: queries });
  const runs: LedeMeasure[] = [];
  const data = path.join(work, 'data');
  for (let run = 1; run <= options.runs; run++) {
    const sayRun = (line: string) => say(`run ${run} of ${options.runs}: ${line}`);
    runs.push(await measureLede({ corpus, data, queries, options, say: sayRun }));
  }
  const peers =
    options.peers.length === 0
      ? []
      : await measurePeers({ work, cache: path.resolve('.cache', 'bench'), documents, queries, options, say });
  return { corpus: { ...part, seed, words: drawn.words }, lede: medianOfRuns(runs), runs, peers };
}

function describe(): Pick<BenchReport, 'machine'> {
  const [cpu] = cpus();
  const machine = { cpu: cpu?.model.trim() ?? 'unknown', cores: cpus().length, memoryBytes: totalmem() };
  return { machine: { ...machine, platform: `${process.platform} ${process.arch}`, node: process.version } };
}

const startedMs = performance.now();

/** Progress, on the error stream: the output is for the tables. */
function say(line: string): void {
  process.stderr.write(`[${((performance.now() - startedMs) / 1000).toFixed(0).padStart(5)} s] ${line}\n`);
}

async function writeFiles(report: BenchReport, { json, svg }: BenchOptions): Promise<void> {
  if (json !== null) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  if (svg !== null && report.scale.length > 0) await writeFile(svg, plotScale(report.scale));
}
