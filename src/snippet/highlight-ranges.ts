/** What to highlight in a text that is shown whole: a title, a heading, a paragraph of the reader page. */
import type { Token } from '../analysis/token.ts';
import type { Field } from '../domain/article.ts';
import type { Plan } from '../domain/plan.ts';
import type { Range } from '../domain/results.ts';
import { openMatcher } from './open-matcher.ts';

/** Ascending, neither overlapping nor touching. For several texts of one plan, use `openMatcher` and `mergeRanges`. */
export function highlightRanges(tokens: readonly Token[], plan: Plan, field: Field): Range[] {
  return mergeRanges(openMatcher(plan).find(tokens, field));
}

/** Merges places that overlap or touch; empty ones are dropped. Any order in, ascending out. */
export function mergeRanges(places: readonly { readonly start: number; readonly end: number }[]): Range[] {
  const merged: [number, number][] = [];
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (end <= start) continue;
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
