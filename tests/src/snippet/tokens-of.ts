/** A tiny analyzer for the tests of this room: lower-cased runs of letters and digits, and plans made of such words. */
import type { Token } from '../../../src/analysis/token.ts';
import { fields } from '../../../src/domain/article.ts';
import type { Term } from '../../../src/domain/ids.ts';
import type { Leaf, Plan, PlanNode, TermGroup } from '../../../src/domain/plan.ts';

export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), (match, position) => ({
    term: match[0].toLowerCase() as Term,
    start: match.index,
    end: match.index + match[0].length,
    position,
  }));
}

/** A group of exact terms; a last one with a star is its prefix. */
export function group(...words: readonly string[]): TermGroup {
  const prefix = words.find((word) => word.endsWith('*'))?.slice(0, -1) ?? null;
  const terms = words.filter((word) => !word.endsWith('*')) as Term[];
  return {
    word: words[0] ?? '',
    terms: terms.map((term) => ({ term, kind: 'exact' as const, weight: 1 })),
    prefix: prefix === null ? null : { prefix: prefix as Term, weight: 0.5 },
    fields,
    df: { articles: 1, paragraphs: 1 },
    weight: 1,
  };
}

/** Leaves given as group numbers: one for a word, a list for a phrase. All must match, unless `root` says otherwise. */
export function planOf(groups: readonly TermGroup[], leaves: readonly (number | number[])[], root?: PlanNode): Plan {
  return {
    groups,
    leaves: leaves.map(
      (leaf): Leaf => (typeof leaf === 'number' ? { kind: 'term', group: leaf } : { kind: 'phrase', groups: leaf }),
    ),
    root: root ?? { kind: 'all', nodes: leaves.map((_, leaf) => ({ kind: 'leaf', leaf })) },
    neighbours: [],
  };
}
