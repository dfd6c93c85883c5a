/** Collects the groups and leaves of a plan while its tree is made. */
import { type Field, fields } from '../domain/article.ts';
import { limits } from '../domain/limits.ts';
import type { DocumentFrequency, Leaf, MatchKind, Plan, PlanNode, TermGroup } from '../domain/plan.ts';
import type { QueryProblem } from '../domain/problem.ts';
import type { QueryField } from '../domain/query.ts';
import type { Expansion } from './expand-word.ts';
import { groupFrequency } from './group-frequency.ts';

/** The part of a group that its word does not decide. */
export interface GroupOptions {
  readonly field: QueryField | null;
  readonly weight: number;
}

/** A word of the plan, as what it is asked for. */
export interface PlannedWord {
  readonly group: number;
  readonly node: PlanNode;
}

/** What the idf of the spelling that was probably meant counts beside the word as typed. Not measured. */
const slipWeight = 0.1;

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

  /**
   * A word that scores, with its group. Beside a word that articles hold, what it may be a slip of is a group of its own that
   * weighs little: in one group a title or many mentions of the common spelling would outrank what was typed.
   */
  addWord(word: string, expansion: Expansion, options: GroupOptions): PlannedWord {
    const { typed, meant } = splitSlip(expansion);
    const group = this.addGroup(word, typed, options);
    const leaf = this.addLeaf(word, { kind: 'term', group });
    if (meant === null || !this.hasRoom(1)) return { group, node: leaf };
    const other = this.addGroup(word, meant, { ...options, weight: options.weight * slipWeight });
    return { group, node: { kind: 'any', nodes: [leaf, this.addLeaf(word, { kind: 'term', group: other })] } };
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

/** Parts a word that articles hold from what it is a slip of; null where it is none. */
function splitSlip(expansion: Expansion): { readonly typed: Expansion; readonly meant: Expansion | null } {
  const isSlip = expansion.correction !== null && expansion.terms.some(({ kind }) => kind === 'exact');
  if (!isSlip) return { typed: expansion, meant: null };
  const { terms, understood } = expansion;
  const heaviest = Math.max(...terms.filter(isGuess).map(({ weight }) => weight));
  const guesses = terms.filter(isGuess).map((term) => ({ ...term, weight: term.weight / heaviest }));
  return {
    typed: { ...expansion, terms: terms.filter((term) => !isGuess(term)) },
    meant: { ...expansion, terms: guesses, prefix: null, understood: understood.filter(isGuess) },
  };
}

function isGuess({ kind }: { readonly kind: MatchKind }): boolean {
  return kind === 'fuzzy';
}
