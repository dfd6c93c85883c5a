/** Which articles match a plan: its tree and the filters, evaluated on sets of articles. */
import type { ArticleFilter, PlanNode } from '../../domain/plan.ts';
import { addTo, type BitSet, emptySet, fullSet, intersectWith, removeFrom, uniteWith } from './bit-set.ts';
import type { OpenedIndex } from './opened-index.ts';
import { dayOf, noDay } from './segment-format.ts';

/** Articles that the tree lets through; a new set. `leaves` are the articles of each leaf. */
export function matchNode(node: PlanNode, leaves: readonly BitSet[], index: OpenedIndex): BitSet {
  const { articleNumbers } = index;
  switch (node.kind) {
    case 'everything':
      return everything(index);
    case 'leaf':
      return (leaves[node.leaf] as BitSet).slice();
    case 'filter':
      return matchFilter(node.filter, index);
    case 'not': {
      const rest = everything(index);
      removeFrom(rest, matchNode(node.node, leaves, index));
      return rest;
    }
    case 'all': {
      const all = everything(index);
      for (const child of node.nodes) intersectWith(all, matchNode(child, leaves, index));
      return all;
    }
    case 'any': {
      const any = emptySet(articleNumbers);
      for (const child of node.nodes) uniteWith(any, matchNode(child, leaves, index));
      return any;
    }
    case 'some':
      return matchSome(
        node.nodes.map((child) => matchNode(child, leaves, index)),
        node.minimum,
        articleNumbers,
      );
  }
}

/** Every article that is left. */
function everything({ articleNumbers, live }: OpenedIndex): BitSet {
  return live === null ? fullSet(articleNumbers) : live.slice();
}

/** Articles in at least `minimum` of the sets, but not in all of them. */
function matchSome(sets: readonly BitSet[], minimum: number, articles: number): BitSet {
  // atLeast[n] holds what is in more than n of the sets seen so far.
  const atLeast = Array.from({ length: minimum }, () => emptySet(articles));
  const all = fullSet(articles);
  for (const set of sets) {
    for (let n = minimum - 1; n > 0; n--) {
      const more = (atLeast[n - 1] as BitSet).slice();
      intersectWith(more, set);
      uniteWith(atLeast[n] as BitSet, more);
    }
    if (atLeast[0] !== undefined) uniteWith(atLeast[0], set);
    intersectWith(all, set);
  }
  const some = (atLeast.at(-1) ?? fullSet(articles)).slice();
  removeFrom(some, all);
  return some;
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
