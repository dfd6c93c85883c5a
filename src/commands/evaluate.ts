/**
 * `lede evaluate`: how well is ranked what people type? Measures a judged collection, known items of a folder of articles,
 * or known misspellings; prints the figures, and on request writes those of each query into a file.
 */
import { writeFile } from 'node:fs/promises';
import type { CommandOptions } from '../command-options.ts';
import { formatComparisons } from '../evaluation/compare-runs.ts';
import { evaluateJudged, type JudgedEvaluation, type JudgedMeasures, measureNames } from './evaluate-judged.ts';
import { evaluateKnownItems, formatKnownItems } from './evaluate-known-items.ts';
import { evaluateMisspellings, formatMisspellings } from './evaluate-misspellings.ts';
import { openRankers } from './open-ranker.ts';

/** What an evaluation found, for each way of reading it. */
interface Report {
  /** For programs. */
  readonly figures: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly lines: readonly string[];
  /** Of each query, for `--per-query`. */
  readonly outcomes: readonly object[];
}

/** `folder` is null where `--known-items` stands in its place. Returns the exit code. */
export async function runEvaluate(folder: string | null, options: CommandOptions): Promise<number> {
  const startedMs = performance.now();
  const { figures, lines, outcomes } = await evaluate(folder ?? '', options);
  if (options.perQuery !== null) {
    await writeFile(options.perQuery, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
  }
  const tookMs = Math.round(performance.now() - startedMs);
  const [first = '', ...rest] = lines;
  const text = [`${first} (${(tookMs / 1000).toFixed(1)} s)`, ...rest].join('\n');
  process.stdout.write(`${options.isJson ? JSON.stringify({ ...figures, tookMs }) : text}\n`);
  return 0;
}

async function evaluate(folder: string, options: CommandOptions): Promise<Report> {
  const { half, knownItems, limit, misspellings, seed, set } = options;
  if (misspellings !== null) {
    const found = await evaluateMisspellings(folder, misspellings, half);
    const { outcomes, ...figures } = found;
    return { figures: { ...figures, half }, lines: formatMisspellings(found), outcomes };
  }
  const rankers = openRankers(set);
  if (knownItems !== null) {
    const found = await evaluateKnownItems(knownItems, { half, limit, rankers, seed });
    const { outcomes, ...figures } = found;
    return { figures: { ...figures, half, limit, seed, set }, lines: formatKnownItems(found), outcomes };
  }
  const found = await evaluateJudged(folder, { half, rankers, seed });
  if (found.warning !== null) process.stderr.write(`lede: ${found.warning}\n`);
  return { figures: { ...figuresOf(found), half, set }, lines: formatJudged(found), outcomes: found.outcomes };
}

function figuresOf({ outcomes, documents, unjudged, means, comparisons }: JudgedEvaluation): Report['figures'] {
  const { ndcg10, reciprocalRank, success1, averagePrecision, recall100 } = means;
  return {
    queries: outcomes.length,
    documents,
    unjudged,
    ndcg10,
    mrr: reciprocalRank,
    success1,
    map: averagePrecision,
    recall100,
    comparisons,
  };
}

function formatJudged({ outcomes, documents, unjudged, means, comparisons }: JudgedEvaluation): string[] {
  const keys = Object.keys(measureNames) as (keyof JudgedMeasures)[];
  const measures = keys.map((key) => `${measureNames[key]} ${means[key].toFixed(4)}`).join(', ');
  const left = unjudged === 0 ? '' : `, ${unjudged} without a relevant document left out`;
  return [
    `${outcomes.length} queries on ${documents} documents${left}: ${measures}`,
    ...(comparisons.length === 0 ? [] : formatComparisons(comparisons)),
  ];
}
