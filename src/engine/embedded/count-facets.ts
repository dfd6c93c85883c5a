/** Facet counts over the articles that match. */
import { type ArticleFilter, type FacetName, facetNames } from '../../domain/plan.ts';
import type { EngineRequest } from '../engine.ts';
import { type BitSet, intersectWith } from './bit-set.ts';
import type { FacetColumns, FacetCount } from './facet-columns.ts';

/** Filters with the articles each lets through. */
export type EvaluatedFilters = readonly { readonly filter: ArticleFilter; readonly articles: BitSet }[];

/** Articles that match and pass all filters but those of `except`. */
export function passing(matched: BitSet, filters: EvaluatedFilters, except: FacetName | null): BitSet {
  const passed = matched.slice();
  for (const { filter, articles } of filters) {
    if (filter.kind !== 'facet' || filter.facet !== except) intersectWith(passed, articles);
  }
  return passed;
}

/** For each facet that is asked for the values of the articles that match; others stay empty. */
export function countFacets(
  { facets, facetLimit, facetValues }: EngineRequest,
  columns: FacetColumns,
  { matched, filters }: { readonly matched: BitSet; readonly filters: EvaluatedFilters },
): Record<FacetName, readonly FacetCount[]> {
  const passed = columns.prepare(passing(matched, filters, null));
  const count = (facet: FacetName) => {
    if (!facets.includes(facet)) return [];
    const isFiltered = filters.some(({ filter }) => filter.kind === 'facet' && filter.facet === facet);
    const articles = isFiltered ? columns.prepare(passing(matched, filters, facet)) : passed;
    return columns.count(facet, articles, { limit: facetLimit, always: facetValues[facet] ?? [] });
  };
  return Object.fromEntries(facetNames.map((facet) => [facet, count(facet)])) as Record<FacetName, FacetCount[]>;
}
