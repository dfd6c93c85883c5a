/** Plans as tests write them: a tree with its words in place, made into numbered groups and leaves. */
import { type Field, fields } from '../../src/domain/article.ts';
import type { Term } from '../../src/domain/ids.ts';
import type { ArticleFilter, Leaf, Plan, PlanNode, PlannedTerm, TermGroup } from '../../src/domain/plan.ts';

export type PlanTree =
  | 'everything'
  | { readonly word: TermGroup }
  | { readonly phrase: readonly TermGroup[] }
  | { readonly near: readonly TermGroup[]; readonly distance: number }
  | { readonly all: readonly PlanTree[] }
  | { readonly any: readonly PlanTree[] }
  | { readonly enough: readonly (readonly [PlanTree, mass: number])[]; readonly minimum: number }
  | { readonly match: PlanTree }
  | { readonly score: PlanTree }
  | { readonly not: PlanTree }
  | { readonly filter: ArticleFilter };

export interface GroupOptions {
  readonly fields?: readonly Field[];
  readonly prefix?: TermGroup['prefix'];
  /** In how many articles and paragraphs; 1 and 1 unless said. */
  readonly df?: readonly [articles: number, paragraphs: number];
  readonly weight?: number;
}

/** A group of terms, each `term` or `[term, weight]`. */
export function groupOf(
  members: readonly (string | readonly [string, number])[],
  options: GroupOptions = {},
): TermGroup {
  const terms = members.map((member): PlannedTerm => {
    const [term, weight] = typeof member === 'string' ? [member, 1] : member;
    return { term: term as Term, kind: weight === 1 ? 'exact' : 'stem', weight };
  });
  terms.sort((a, b) => (a.term < b.term ? -1 : 1));
  const [articles, paragraphs] = options.df ?? [1, 1];
  return {
    word: terms[0]?.term ?? '',
    terms,
    prefix: options.prefix ?? null,
    fields: options.fields ?? fields,
    df: { articles, paragraphs },
    weight: options.weight ?? 1,
  };
}

/** One term alone. */
export function word(term: string, options: GroupOptions = {}): PlanTree {
  return { word: groupOf([term], options) };
}

/** Terms one behind the other. */
export function phrase(terms: readonly string[], options: GroupOptions = {}): PlanTree {
  return { phrase: terms.map((term) => groupOf([term], options)) };
}

/** Terms within so many further words. */
export function near(terms: readonly string[], distance: number, options: GroupOptions = {}): PlanTree {
  return { near: terms.map((term) => groupOf([term], options)), distance };
}

/** Numbers groups and leaves in the order in which the tree names them; `neighbours` are pairs of these numbers. */
export function planOf(tree: PlanTree, neighbours: Plan['neighbours'] = []): Plan {
  const groups: TermGroup[] = [];
  const leaves: Leaf[] = [];
  const addLeaf = (leaf: Leaf): PlanNode => ({ kind: 'leaf', leaf: leaves.push(leaf) - 1 });
  const addGroup = (group: TermGroup): number => groups.push(group) - 1;
  const nodeOf = (node: PlanTree): PlanNode => {
    if (node === 'everything') return { kind: 'everything' };
    if ('word' in node) return addLeaf({ kind: 'term', group: addGroup(node.word) });
    if ('near' in node) {
      return addLeaf({ kind: 'near', groups: node.near.map(addGroup), distance: node.distance });
    }
    if ('phrase' in node) return addLeaf({ kind: 'phrase', groups: node.phrase.map(addGroup) });
    if ('all' in node) return { kind: 'all', nodes: node.all.map(nodeOf) };
    if ('any' in node) return { kind: 'any', nodes: node.any.map(nodeOf) };
    if ('enough' in node) {
      const nodes = node.enough.map(([member, mass]) => ({ node: nodeOf(member), mass }));
      return { kind: 'enough', nodes, minimum: node.minimum };
    }
    if ('match' in node) return { kind: 'match', node: nodeOf(node.match) };
    if ('score' in node) return { kind: 'score', node: nodeOf(node.score) };
    if ('not' in node) return { kind: 'not', node: nodeOf(node.not) };
    return { kind: 'filter', filter: node.filter };
  };
  const root = nodeOf(tree);
  return { groups, leaves, root, neighbours };
}
