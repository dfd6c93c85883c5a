/** What a build's report says of all files, those that nobody looked at included: counts, problems, what is left out. */
import type { BuildReport, LeftOut } from '../src/domain/build-report.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { type CatalogueEntry, isSkipped } from './catalogue.ts';
import type { Delta } from './delta.ts';
import type { LeftFiles } from './look-at-corpus.ts';
import type { Published } from './published.ts';
import type { Tally } from './tally.ts';

export interface Surveyed {
  readonly before: Published | null;
  readonly delta: Delta;
  readonly tally: Tally;
  readonly left: LeftFiles;
}

export type Survey = Required<
  Pick<BuildReport, 'files' | 'articles' | 'problems' | 'leftOut' | 'unknownKeys' | 'nextChangeAt'>
>;

/** Rules and keys that a report lists. */
const mostListed = 50;

export function surveyFiles({ before, delta, tally, left }: Surveyed): Survey {
  const superseded = tally.superseded.map(({ entry }) => entry);
  const isSuperseded = new Set(superseded.map(({ path }) => path));
  const known = before?.known;
  // Most files have nothing to tell: of these only their number counts.
  const stay = known?.withProblems().filter(({ entry }) => !isSuperseded.has(entry.path)) ?? [];
  const entries = [...stay.map(({ entry }) => entry), ...delta.files];
  const problems = [...left.problems.values(), ...left.unreadable.values()];
  const found = (known?.size ?? 0) - isSuperseded.size + delta.files.length + problems.length;
  const skipped = entries.filter(isSkipped).length + problems.length;
  const read = tally.filesRead;
  const due = [...(known?.due ?? [])].filter(([path]) => !isSuperseded.has(path)).map(([, dueMs]) => dueMs);
  return {
    files: { found, read, unchanged: found - read - skipped, skipped },
    articles: tally.articles,
    problems: inPathOrder([...problems, ...entries.flatMap((entry) => entry.problems)]),
    leftOut: listLeftOut(left.ignored, entries),
    unknownKeys: listUnknownKeys(known?.unknownKeys ?? new Map(), superseded, delta.files),
    nextChangeAt: earliest([...due, ...delta.files.flatMap(({ dueMs }) => dueMs ?? [])]),
  };
}

function listLeftOut(ignored: ReadonlyMap<string, string>, entries: readonly CatalogueEntry[]): LeftOut[] {
  const counts = new Map<string, { count: number; example: string }>();
  const add = (reason: string, path: string, count: number) => {
    const known = counts.get(reason);
    if (known === undefined) counts.set(reason, { count, example: path });
    else counts.set(reason, { count: known.count + count, example: path < known.example ? path : known.example });
  };
  for (const [path, rule] of ignored) add(rule, path, 1);
  for (const { path, heldBack = [] } of entries) for (const { name, count } of heldBack) add(name, path, count);
  return [...counts]
    .map(([reason, { count, example }]) => ({ reason, count, example }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
    .slice(0, mostListed);
}

function listUnknownKeys(
  known: ReadonlyMap<string, number>,
  gone: readonly CatalogueEntry[],
  come: readonly CatalogueEntry[],
): Survey['unknownKeys'] {
  const counts = new Map(known);
  const add = (entries: readonly CatalogueEntry[], sign: 1 | -1) => {
    for (const { unknownKeys = [] } of entries) {
      for (const { name, count } of unknownKeys) counts.set(name, (counts.get(name) ?? 0) + sign * count);
    }
  };
  add(gone, -1);
  add(come, 1);
  return [...counts]
    .filter(([, articles]) => articles > 0)
    .map(([key, articles]) => ({ key, articles }))
    .sort((a, b) => b.articles - a.articles || (a.key < b.key ? -1 : 1))
    .slice(0, mostListed);
}

/** The latest moment that a Date can hold, in ms. */
const lastMoment = 8.64e15;

function earliest(moments: readonly number[]): string | null {
  const first = moments.reduce((least, moment) => Math.min(least, moment), Number.POSITIVE_INFINITY);
  return first <= lastMoment ? new Date(first).toISOString() : null;
}

function inPathOrder(problems: readonly FileProblem[]): FileProblem[] {
  return [...problems].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
