/** How many queries are drawn. */
import type { BenchOptions } from './bench-options.ts';
import type { DrawCounts } from './draw-queries.ts';

/** Enough that a mixed load rarely asks the same twice. */
const loadQueries = 20_000;

export function drawCounts({ queries }: BenchOptions): DrawCounts {
  return { measured: queries, load: Math.min(loadQueries, queries * 100) };
}
