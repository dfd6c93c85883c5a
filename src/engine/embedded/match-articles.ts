/** Which articles match a plan: its tree and the filters, evaluated on one byte an article. */
import { foldText } from '../../domain/fold-text.ts';
import type { ArticleFilter, PlanNode } from '../../domain/plan.ts';
import type { LeafScores } from './score-leaf.ts';
import type { Segment, StoredFacet } from './segment.ts';
import { dayOf, noDay } from './segment-format.ts';

/** 1 for each article that matches, 0 for the others. */
export type ArticleMask = Uint8Array;

/** Articles that the tree lets through. */
export function matchNode(node: PlanNode, leaves: readonly LeafScores[], segment: Segment): ArticleMask {
  const mask = new Uint8Array(segment.header.articles);
  switch (node.kind) {
    case 'everything':
      return mask.fill(1);
    case 'leaf':
      for (const article of (leaves[node.leaf] as LeafScores).articles) mask[article] = 1;
      return mask;
    case 'filter':
      return matchFilter(node.filter, segment);
    case 'not':
      return matchNode(node.node, leaves, segment).map((bit) => 1 - bit);
    case 'all':
      return atLeast(node.nodes, leaves, segment, (count) => count === node.nodes.length);
    case 'any':
      return atLeast(node.nodes, leaves, segment, (count) => count > 0);
    case 'some':
      return atLeast(node.nodes, leaves, segment, (count) => count >= node.minimum && count < node.nodes.length);
  }
}

function atLeast(
  nodes: readonly PlanNode[],
  leaves: readonly LeafScores[],
  segment: Segment,
  isEnough: (count: number) => boolean,
): ArticleMask {
  const counts = new Uint16Array(segment.header.articles);
  for (const node of nodes) {
    const mask = matchNode(node, leaves, segment);
    for (let article = 0; article < counts.length; article++) {
      counts[article] = (counts[article] as number) + (mask[article] as number);
    }
  }
  return Uint8Array.from(counts, (count) => (isEnough(count) ? 1 : 0));
}

/** Articles that the filter lets through. */
export function matchFilter(filter: ArticleFilter, segment: Segment): ArticleMask {
  switch (filter.kind) {
    case 'date':
      return matchDays(segment, filter.from, filter.to);
    case 'path':
      return matchPath(segment, filter.contains);
    case 'facet':
      return filter.facet === 'year'
        ? matchYear(segment, new Set(filter.values))
        : matchNames(segment, filter.facet, (name) => filter.values.includes(name));
    case 'folded': {
      const folded = foldText(filter.value);
      return filter.facet === 'year'
        ? matchYear(segment, new Set([folded]))
        : matchNames(segment, filter.facet, (name) => foldText(name) === folded);
    }
  }
}

function matchDays(segment: Segment, from: string | null, to: string | null): ArticleMask {
  const first = from === null ? noDay + 1 : dayOf(from);
  const last = to === null ? Number.POSITIVE_INFINITY : dayOf(to);
  return Uint8Array.from(segment.sections.articleDays, (day) => (day >= first && day <= last ? 1 : 0));
}

function matchPath(segment: Segment, contains: string): ArticleMask {
  const wanted = contains.toLowerCase();
  const mask = new Uint8Array(segment.header.articles);
  for (let article = 0; article < mask.length; article++) {
    if (segment.paths.name(article).toLowerCase().includes(wanted)) mask[article] = 1;
  }
  return mask;
}

function matchYear(segment: Segment, years: ReadonlySet<string>): ArticleMask {
  return Uint8Array.from(segment.sections.articleDays, (day) => (day !== noDay && years.has(yearOf(day)) ? 1 : 0));
}

/** Days since 1970-01-01 → `YYYY`. */
export function yearOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 4);
}

function matchNames(segment: Segment, facet: StoredFacet, isWanted: (name: string) => boolean): ArticleMask {
  const { names, starts, values } = segment.facets[facet];
  const wanted = Uint8Array.from({ length: names.size }, (_, name) => (isWanted(names.name(name)) ? 1 : 0));
  const mask = new Uint8Array(segment.header.articles);
  for (let article = 0; article < mask.length; article++) {
    const end = starts[article + 1] as number;
    for (let i = starts[article] as number; i < end; i++) {
      if (wanted[values[i] as number] === 1) mask[article] = 1;
    }
  }
  return mask;
}
