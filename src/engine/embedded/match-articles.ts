/** Which articles match a plan: its tree and the filters, evaluated on sets of articles. */
import { type ArticleFilter, allLeaves, type PlanNode } from '../../domain/plan.ts';
import { addTo, type BitSet, emptySet, fullSet, intersectWith, removeFrom, uniteWith } from './bit-set.ts';
import type { OpenedIndex } from './opened-index.ts';
import { dayOf, noDay } from './segment-format.ts';

/** What the tree is evaluated on. */
export interface Matching {
  readonly index: OpenedIndex;
  /**
   * The articles of each leaf; null for one that time did not suffice for: the tree is taken as if it were not there. Where
   * it would exclude articles nothing matches, since nobody knows which.
   */
  readonly leaves: readonly (BitSet | null)[];
  /** Whether all nodes of an `enough` node must match. */
  readonly wantsAllWords: boolean;
}

/** Articles that the tree lets through; a new set. */
export function matchTree(root: PlanNode, matching: Matching): BitSet {
  return matchNode(root, matching) ?? everything(matching.index);
}

/** Null for a node that says nothing. */
function matchNode(node: PlanNode, matching: Matching): BitSet | null {
  const { index, leaves } = matching;
  switch (node.kind) {
    case 'everything':
      return everything(index);
    case 'leaf':
      return leaves[node.leaf]?.slice() ?? null;
    case 'filter':
      return matchFilter(node.filter, index);
    case 'match':
      return matchNode(node.node, matching);
    case 'score':
      return everything(index);
    case 'not':
      return isKnown(node.node, leaves)
        ? matchNot(matchNode(node.node, matching), index)
        : emptySet(index.articleNumbers);
    case 'all':
      return matchAll(node.nodes, matching);
    case 'any':
      return matchAny(node.nodes, matching);
    case 'enough':
      if (matching.wantsAllWords) {
        return node.nodes.length === 0
          ? emptySet(index.articleNumbers)
          : matchAll(
              node.nodes.map((member) => member.node),
              matching,
            );
      }
      return matchEnough(node, matching);
  }
}

function isKnown(node: PlanNode, leaves: Matching['leaves']): boolean {
  for (const leaf of allLeaves(node)) if (leaves[leaf] === null) return false;
  return true;
}

function matchNot(excluded: BitSet | null, index: OpenedIndex): BitSet | null {
  if (excluded === null) return null;
  const rest = everything(index);
  removeFrom(rest, excluded);
  return rest;
}

function matchAll(nodes: readonly PlanNode[], matching: Matching): BitSet {
  const all = everything(matching.index);
  for (const child of nodes) {
    const matched = matchNode(child, matching);
    if (matched !== null) intersectWith(all, matched);
  }
  return all;
}

function matchAny(nodes: readonly PlanNode[], matching: Matching): BitSet | null {
  const any = emptySet(matching.index.articleNumbers);
  let says = nodes.length === 0;
  for (const child of nodes) {
    const matched = matchNode(child, matching);
    if (matched === null) continue;
    says = true;
    uniteWith(any, matched);
  }
  return says ? any : null;
}

/** Articles in so many of the sets that their masses suffice. */
function matchEnough({ nodes, minimum }: Extract<PlanNode, { kind: 'enough' }>, matching: Matching): BitSet | null {
  const sets: { readonly set: BitSet; readonly mass: number }[] = [];
  let least = minimum;
  for (const { node, mass } of nodes) {
    const set = matchNode(node, matching);
    if (set === null) least -= mass;
    else sets.push({ set, mass });
  }
  if (sets.length === 0 && nodes.length > 0) return null;
  const enough = emptySet(matching.index.articleNumbers);
  const rest: typeof sets = [];
  for (const member of sets) {
    if (member.mass >= least) uniteWith(enough, member.set);
    else rest.push(member);
  }
  addSums(rest, least, enough);
  return enough;
}

/** Adds the articles for which the sets' masses add up to `least`, which none of them reaches alone. */
function addSums(sets: readonly { readonly set: BitSet; readonly mass: number }[], least: number, into: BitSet): void {
  const total = sets.reduce((sum, { mass }) => sum + mass, 0);
  if (total < least) return;
  const held = new Float64Array(into.length * 32);
  for (const { set, mass } of sets) {
    if (mass === 0) continue;
    for (let i = 0; i < set.length; i++) {
      for (let word = (set[i] as number) & ~(into[i] as number); word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        const sum = (held[article] as number) + mass;
        held[article] = sum;
        if (sum >= least) addTo(into, article);
      }
    }
  }
}

/** Every article that is left. */
function everything({ articleNumbers, live }: OpenedIndex): BitSet {
  return live === null ? fullSet(articleNumbers) : live.slice();
}

/** Articles that the filter lets through, removed ones perhaps among them; a new set. */
export function matchFilter(filter: ArticleFilter, index: OpenedIndex): BitSet {
  switch (filter.kind) {
    case 'date':
      return matchDays(index, filter.from, filter.to);
    case 'path':
      return matchPath(index, filter.contains);
    case 'facet':
      return index.facets.match(filter.facet, filter.values);
    case 'folded':
      return index.facets.matchFolded(filter.facet, filter.value);
  }
}

function matchDays({ days }: OpenedIndex, from: string | null, to: string | null): BitSet {
  const first = from === null ? noDay + 1 : dayOf(from);
  const last = to === null ? Number.POSITIVE_INFINITY : dayOf(to);
  const set = emptySet(days.length);
  for (let article = 0; article < days.length; article++) {
    const day = days[article] as number;
    if (day >= first && day <= last) addTo(set, article);
  }
  return set;
}

function matchPath({ articleNumbers: size, parts }: OpenedIndex, contains: string): BitSet {
  const wanted = contains.toLowerCase();
  const set = emptySet(size);
  for (const { segment, articleNumbers } of parts) {
    for (let local = 0; local < segment.header.articles; local++) {
      if (!segment.paths.name(local).toLowerCase().includes(wanted)) continue;
      addTo(set, articleNumbers === null ? local : (articleNumbers[local] as number));
    }
  }
  return set;
}
