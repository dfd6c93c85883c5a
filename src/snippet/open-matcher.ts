/**
 * Finds where the words and phrases of a plan stand in an analyzed text: the basis of snippets and highlights.
 * Engines find paragraphs by postings; this finds places by the paragraph's own tokens, by the same rules.
 */
import type { Token } from '../analysis/token.ts';
import { type Field, fields } from '../domain/article.ts';
import { type Leaf, type Plan, type PlanNode, wantedLeaves } from '../domain/plan.ts';

/** A place where a leaf of the plan stands: UTF-16 units, end excluded. */
export interface Match {
  readonly leaf: number;
  readonly start: number;
  readonly end: number;
}

export interface Matcher {
  /**
   * The places in a text of this field, by start, then end, then leaf. A phrase is one place from its first to its
   * last word; of words near each other each is a place of its own; places may overlap. Excluded leaves are never
   * found. Cost: linear in the tokens for each phrase word.
   */
  find(tokens: readonly Token[], field: Field): Match[];
}

/** Made once per plan, used for each text that is shown. */
export function openMatcher(plan: Plan): Matcher {
  const matchers = new Map(fields.map((field) => [field, new FieldMatcher(plan, field)]));
  return { find: (tokens, field) => matchers.get(field)?.find(tokens) ?? [] };
}

interface ShownLeaf {
  readonly number: number;
  /** One for a word, several for a phrase and for words near each other. */
  readonly groups: readonly number[];
  /** Further words between the first and the last in any order; null where they stand one behind the other. */
  readonly distance: number | null;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

const noGroups: readonly number[] = [];

class FieldMatcher {
  readonly #leaves: readonly ShownLeaf[];
  readonly #groupsByTerm = new Map<string, number[]>();
  readonly #prefixes: { readonly prefix: string; readonly group: number }[] = [];

  constructor(plan: Plan, field: Field) {
    const excluded = excludedLeaves(plan.root, plan.leaves.length);
    this.#leaves = plan.leaves
      .map((leaf, number) => ({
        number,
        groups: groupsOf(leaf),
        distance: leaf.kind === 'near' ? leaf.distance : null,
      }))
      .filter(({ number, groups }) => groups.length > 0 && !excluded.has(number));
    plan.groups.forEach((group, number) => {
      if (!group.fields.includes(field)) return;
      for (const { term } of group.terms) {
        const groups = this.#groupsByTerm.get(term);
        if (groups === undefined) this.#groupsByTerm.set(term, [number]);
        else groups.push(number);
      }
      if (group.prefix !== null) this.#prefixes.push({ prefix: group.prefix.prefix, group: number });
    });
  }

  find(tokens: readonly Token[]): Match[] {
    const places = this.#findGroups(tokens);
    const matches = this.#leaves.flatMap((leaf) => findLeaf(leaf, places));
    return matches.sort((a, b) => a.start - b.start || a.end - b.end || a.leaf - b.leaf);
  }

  /** Per group: where it stands, by position. Tokens that share a position make one place. */
  #findGroups(tokens: readonly Token[]): ReadonlyMap<number, ReadonlyMap<number, Place>> {
    const found = new Map<number, Map<number, Place>>();
    for (const token of tokens) {
      for (const group of this.#groupsOfTerm(token.term)) {
        const places = found.get(group) ?? new Map<number, Place>();
        found.set(group, places);
        const other = places.get(token.position);
        const start = Math.min(token.start, other?.start ?? token.start);
        places.set(token.position, { start, end: Math.max(token.end, other?.end ?? token.end) });
      }
    }
    return found;
  }

  /** Called for each word of each text that is shown, nearly always in vain. */
  #groupsOfTerm(term: string): readonly number[] {
    const exact = this.#groupsByTerm.get(term) ?? noGroups;
    if (this.#prefixes.length === 0) return exact;
    const begun = this.#prefixes.filter(({ prefix }) => term.startsWith(prefix)).map(({ group }) => group);
    return begun.length === 0 ? exact : [...exact, ...begun];
  }
}

function findLeaf(leaf: ShownLeaf, found: ReadonlyMap<number, ReadonlyMap<number, Place>>): Match[] {
  const steps = leaf.groups.map((group) => found.get(group));
  if (leaf.distance !== null) return findNear(leaf, steps, leaf.distance);
  const matches: Match[] = [];
  for (const [position, first] of steps[0] ?? []) {
    const last = lastOfSequence(steps, position);
    if (last !== null) matches.push({ leaf: leaf.number, start: first.start, end: Math.max(first.end, last.end) });
  }
  return matches;
}

/** The words of each stretch in which all stand near enough to each other; see the plan's leaf of kind `near`. */
function findNear(
  { number: leaf, groups }: ShownLeaf,
  steps: readonly (ReadonlyMap<number, Place> | undefined)[],
  distance: number,
): Match[] {
  const positions = [...new Set(steps.flatMap((places) => [...(places?.keys() ?? [])]))].sort((a, b) => a - b);
  const last = groups.map(() => Number.NEGATIVE_INFINITY);
  const found = new Map<number, Place>();
  let begun = Number.NEGATIVE_INFINITY;
  for (const position of positions) {
    steps.forEach((places, step) => {
      if (places?.has(position)) last[step] = position;
    });
    const start = Math.min(...last);
    if (position - start > distance + groups.length - 1 || start <= begun) continue;
    begun = start;
    last.forEach((at, step) => {
      found.set(at, steps[step]?.get(at) as Place);
    });
  }
  return Array.from(found.values(), ({ start, end }) => ({ leaf, start, end }));
}

/** The place of the last step where all steps stand at consecutive positions, else null. */
function lastOfSequence(steps: readonly (ReadonlyMap<number, Place> | undefined)[], position: number): Place | null {
  let last: Place | null = null;
  for (const [index, places] of steps.entries()) {
    last = places?.get(position + index) ?? null;
    if (last === null) return null;
  }
  return last;
}

function groupsOf(leaf: Leaf): readonly number[] {
  return leaf.kind === 'term' ? [leaf.group] : leaf.groups;
}

/** The leaves that stand under a `not` and nowhere else. */
function excludedLeaves(root: PlanNode, leaves: number): ReadonlySet<number> {
  const wanted = new Set(wantedLeaves(root));
  return new Set(Array.from({ length: leaves }, (_, leaf) => leaf).filter((leaf) => !wanted.has(leaf)));
}
