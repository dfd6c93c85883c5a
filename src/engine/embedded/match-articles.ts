/** Which articles match a plan: its tree and the filters, evaluated on sets of articles. */
import { foldText } from '../../domain/fold-text.ts';
import type { ArticleFilter, PlanNode } from '../../domain/plan.ts';
import { addTo, type BitSet, emptySet, fullSet, intersectWith, removeFrom, uniteWith } from './bit-set.ts';
import type { LeafMatch } from './evaluate-leaf.ts';
import type { Segment, StoredFacet } from './segment.ts';
import { dayOf, noDay } from './segment-format.ts';

/** Articles that the tree lets through; a new set. */
export function matchNode(node: PlanNode, leaves: readonly LeafMatch[], segment: Segment): BitSet {
  const { articles } = segment.header;
  switch (node.kind) {
    case 'everything':
      return fullSet(articles);
    case 'leaf':
      return (leaves[node.leaf] as LeafMatch).articles.slice();
    case 'filter':
      return matchFilter(node.filter, segment);
    case 'not': {
      const rest = fullSet(articles);
      removeFrom(rest, matchNode(node.node, leaves, segment));
      return rest;
    }
    case 'all': {
      const all = fullSet(articles);
      for (const child of node.nodes) intersectWith(all, matchNode(child, leaves, segment));
      return all;
    }
    case 'any': {
      const any = emptySet(articles);
      for (const child of node.nodes) uniteWith(any, matchNode(child, leaves, segment));
      return any;
    }
    case 'some':
      return matchSome(
        node.nodes.map((child) => matchNode(child, leaves, segment)),
        node.minimum,
        articles,
      );
  }
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

/** Articles that the filter lets through; a new set. */
export function matchFilter(filter: ArticleFilter, segment: Segment): BitSet {
  switch (filter.kind) {
    case 'date':
      return matchDays(segment, filter.from, filter.to);
    case 'path':
      return matchPath(segment, filter.contains);
    case 'facet':
      return filter.facet === 'year'
        ? matchYears(segment, filter.values)
        : matchNames(segment, filter.facet, (name) => filter.values.includes(name));
    case 'folded': {
      const folded = foldText(filter.value);
      return filter.facet === 'year'
        ? matchYears(segment, [folded])
        : matchNames(segment, filter.facet, (name) => foldText(name) === folded);
    }
  }
}

function matchDays(segment: Segment, from: string | null, to: string | null): BitSet {
  const first = from === null ? noDay + 1 : dayOf(from);
  const last = to === null ? Number.POSITIVE_INFINITY : dayOf(to);
  const { articleDays } = segment.sections;
  return select(segment, (article) => {
    const day = articleDays[article] as number;
    return day >= first && day <= last;
  });
}

function matchPath(segment: Segment, contains: string): BitSet {
  const wanted = contains.toLowerCase();
  return select(segment, (article) => segment.paths.name(article).toLowerCase().includes(wanted));
}

function matchYears(segment: Segment, years: readonly string[]): BitSet {
  const { articleDays } = segment.sections;
  return select(segment, (article) => {
    const day = articleDays[article] as number;
    return day !== noDay && years.includes(yearOf(day));
  });
}

/** Days since 1970-01-01 → `YYYY`. */
export function yearOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 4);
}

function matchNames(segment: Segment, facet: StoredFacet, isWanted: (name: string) => boolean): BitSet {
  const { names, starts, values } = segment.facets[facet];
  const wanted = Uint8Array.from({ length: names.size }, (_, name) => (isWanted(names.name(name)) ? 1 : 0));
  return select(segment, (article) => {
    const end = starts[article + 1] as number;
    for (let i = starts[article] as number; i < end; i++) if (wanted[values[i] as number] === 1) return true;
    return false;
  });
}

function select(segment: Segment, isIn: (article: number) => boolean): BitSet {
  const { articles } = segment.header;
  const set = emptySet(articles);
  for (let article = 0; article < articles; article++) if (isIn(article)) addTo(set, article);
  return set;
}
