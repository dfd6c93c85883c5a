/** Small nodes of a plan, for the planner. */
import type { ArticleFilter, FacetName, PlanNode } from '../domain/plan.ts';
import type { FilterField } from '../domain/query.ts';

/** What asks for nothing, like a word without letters, neither narrows an `all` nor opens an `any`. */
export function combineNodes(kind: 'all' | 'any', nodes: readonly PlanNode[]): PlanNode {
  const asking = nodes.filter(isAsking);
  const [only] = asking;
  if (only === undefined) return { kind: 'everything' };
  return asking.length === 1 ? only : { kind, nodes: asking };
}

/** Whether it asks for anything. */
export function isAsking(node: PlanNode): boolean {
  return node.kind === 'match' ? isAsking(node.node) : node.kind !== 'everything';
}

/** Whether it asks for words, and not for a condition or against something. */
export function isAskingForWords({ kind }: PlanNode): boolean {
  return kind !== 'not' && kind !== 'filter' && kind !== 'everything';
}

/** Matches what the node matches, and earns nothing. */
export function matching(node: PlanNode): PlanNode {
  return node.kind === 'match' ? node : { kind: 'match', node };
}

const facetOf: Readonly<Record<Exclude<FilterField, 'path'>, FacetName>> = {
  source: 'source',
  author: 'author',
  tag: 'tag',
  language: 'language',
  year: 'year',
};

/** The condition `field:value` of a query. */
export function toFilter(field: FilterField, value: string): ArticleFilter {
  return field === 'path' ? { kind: 'path', contains: value } : { kind: 'folded', facet: facetOf[field], value };
}
