/** Two runs over the same queries, side by side: the default settings and changed ones. */
import { formatTable } from './format-table.ts';
import { mean } from './measures.ts';
import { randomisationTest } from './randomisation-test.ts';

/** The measures of one query, by their names. Both runs have the same names. */
export type QueryMeasures = Readonly<Record<string, number>>;

/** One measure of two runs. */
export interface Comparison {
  readonly measure: string;
  /** Means over the queries. */
  readonly before: number;
  readonly after: number;
  /** `after` - `before`. */
  readonly difference: number;
  /** Two-sided, in (0, 1], by `randomisationTest`. */
  readonly p: number;
  /** Queries whose measure is higher, or lower, in `after`. */
  readonly better: number;
  readonly worse: number;
}

/** Compares each measure of two runs, whose queries stand in the same order. Throws `RangeError` for runs of other lengths. */
export function compareRuns(
  before: readonly QueryMeasures[],
  after: readonly QueryMeasures[],
  seed: number,
): Comparison[] {
  if (before.length !== after.length) {
    throw new RangeError(`runs of ${before.length} and ${after.length} queries, expected the same ones`);
  }
  return Object.keys(before[0] ?? {}).map((measure) => {
    const [first, second] = [before, after].map((run) => run.map((query) => query[measure] ?? 0)) as [
      number[],
      number[],
    ];
    const differences = second.map((value, index) => value - (first[index] as number));
    return {
      measure,
      before: mean(first),
      after: mean(second),
      difference: mean(differences),
      p: randomisationTest(differences, { seed }),
      better: differences.filter((difference) => difference > 0).length,
      worse: differences.filter((difference) => difference < 0).length,
    };
  });
}

/** A line for each measure, below a line of headings. */
export function formatComparisons(comparisons: readonly Comparison[]): string[] {
  const rows = comparisons.map(({ measure, before, after, difference, p, better, worse }) => [
    measure,
    before.toFixed(4),
    after.toFixed(4),
    `${difference < 0 ? '' : '+'}${difference.toFixed(4)}`,
    p.toFixed(4),
    String(better),
    String(worse),
  ]);
  return formatTable([['', 'default', 'set', 'difference', 'p', 'better', 'worse'], ...rows]);
}
