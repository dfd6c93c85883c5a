/** Collects the groups and leaves of a plan while its tree is made. */
import { type Field, fields } from '../domain/article.ts';
import { limits } from '../domain/limits.ts';
import type { DocumentFrequency, Leaf, Plan, PlanNode, TermGroup } from '../domain/plan.ts';
import type { QueryProblem } from '../domain/problem.ts';
import type { QueryField } from '../domain/query.ts';
import type { Expansion } from './expand-word.ts';
import { groupFrequency } from './group-frequency.ts';

/** The part of a group that its word does not decide. */
export interface GroupOptions {
  readonly field: QueryField | null;
  readonly weight: number;
}

export class PlanBuilder {
  /** For each leaf the word or phrase as typed. */
  readonly leafWords: string[] = [];
  /** What was left out for being too much, each told once. */
  readonly problems = new Map<string, QueryProblem>();
  readonly #total: DocumentFrequency;
  readonly #groups: TermGroup[] = [];
  readonly #leaves: Leaf[] = [];
  readonly #neighbours = new Map<string, readonly [number, number]>();

  /** `total`: the articles and paragraphs of the corpus. */
  constructor(total: DocumentFrequency) {
    this.#total = total;
  }

  /** Whether so many more groups may be added; tells where not. */
  hasRoom(groups: number): boolean {
    if (this.#groups.length + groups <= limits.queryTerms) return true;
    const message = `Only ${limits.queryTerms} words and parts of words are looked for at once; the rest was left out.`;
    this.problems.set('too-many-terms', { code: 'too-many-terms', message, range: null });
    return false;
  }

  addGroup(word: string, expansion: Expansion, { field, weight }: GroupOptions): number {
    const { terms, prefix } = expansion;
    const groupFields: readonly Field[] = field === null ? fields : [field];
    const df = groupFrequency(expansion, this.#total);
    return this.#groups.push({ word, terms, prefix, fields: groupFields, df, weight }) - 1;
  }

  group(number: number): TermGroup {
    return this.#groups[number] as TermGroup;
  }

  /** The word of a group stands in the query once more, and counts as much. */
  repeat(number: number): void {
    const group = this.group(number);
    this.#groups[number] = { ...group, weight: group.weight + 1 };
  }

  addLeaf(surface: string, leaf: Leaf): Extract<PlanNode, { kind: 'leaf' }> {
    this.leafWords.push(surface);
    return { kind: 'leaf', leaf: this.#leaves.push(leaf) - 1 };
  }

  leaf(number: number): Leaf {
    return this.#leaves[number] as Leaf;
  }

  /** The second group stands behind the first in the query. */
  addNeighbours(first: number, second: number): void {
    this.#neighbours.set(`${first} ${second}`, [first, second]);
  }

  finish(root: PlanNode): Plan {
    return { groups: this.#groups, leaves: this.#leaves, root, neighbours: [...this.#neighbours.values()] };
  }
}
