/** Latencies → the figures that are shown: percentiles, rates, and medians of several runs. */

/** What asking the queries of one class gave. Times are in milliseconds. */
export interface ClassMeasure {
  /** How many were asked, each once. */
  readonly queries: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Queries a second, asked one after the other (of a mixed load: by all clients together). */
  readonly perSecond: number;
  /** Share of the queries that found anything, from 0 to 1: far below 1 is a query that was not understood. */
  readonly answeredShare: number;
}

export interface Latencies {
  readonly ms: readonly number[];
  /** How many of them found anything. */
  readonly answered: number;
  /** From the first question to the last answer. */
  readonly passedMs: number;
}

export function summarize({ ms, answered, passedMs }: Latencies): ClassMeasure {
  const sorted = ms.toSorted((a, b) => a - b);
  return {
    queries: ms.length,
    p50Ms: round(percentile(sorted, 0.5)),
    p95Ms: round(percentile(sorted, 0.95)),
    p99Ms: round(percentile(sorted, 0.99)),
    perSecond: passedMs === 0 ? 0 : round((ms.length / passedMs) * 1000),
    answeredShare: ms.length === 0 ? 0 : round(answered / ms.length),
  };
}

/** The smallest value that at least this share of the ascending values does not exceed (nearest rank). */
export function percentile(ascending: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * ascending.length));
  return ascending[rank - 1] ?? 0;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Results of several runs → one of the same shape: medians of the numbers, all else as in the first run that has it. */
export function medianOfRuns<T>(runs: readonly T[]): T {
  return medianOf(runs) as T;
}

function medianOf(values: readonly unknown[]): unknown {
  const present = values.filter((value) => value !== null && value !== undefined);
  const [first] = present;
  if (typeof first === 'number') return median(present.filter((value) => typeof value === 'number'));
  if (typeof first !== 'object' || first === null || Array.isArray(first)) return first ?? null;
  const objects = present.map((value) => new Map<string, unknown>(Object.entries(value ?? {})));
  const names = new Set(objects.flatMap((object) => [...object.keys()]));
  return Object.fromEntries([...names].map((name) => [name, medianOf(objects.map((object) => object.get(name)))]));
}

/** To a thousandth: finer than a clock of a process that shares its machine tells. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
