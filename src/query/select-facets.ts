/** The facets' values that an answer shows, of those that an engine counted. */
import { limits } from '../domain/limits.ts';
import { type FacetName, facetNames } from '../domain/plan.ts';
import type { FacetValue, Results } from '../domain/results.ts';
import type { SearchRequest } from '../domain/search-request.ts';
import type { EngineAnswer } from '../engine/engine.ts';

/** The most frequent values, and those that are selected even where nothing has them. */
export function selectFacets(counted: EngineAnswer['facets'], request: SearchRequest): Results['facets'] {
  return byFacet((facet) => {
    const chosen = new Set(request.facets[facet] ?? []);
    const shown = counted[facet]
      .slice(0, limits.facetValues)
      .map(({ value, count }): FacetValue => ({ value, count, selected: chosen.delete(value) }));
    // There may be thousands of authors: they are looked through only for what is selected beyond the first ones.
    for (let i = shown.length; i < counted[facet].length && chosen.size > 0; i++) {
      const entry = counted[facet][i];
      if (entry !== undefined && chosen.delete(entry.value)) shown.push({ ...entry, selected: true });
    }
    return [...shown, ...Array.from(chosen, (value) => ({ value, count: 0, selected: true }))];
  });
}

function byFacet<T>(make: (facet: FacetName) => T): Record<FacetName, T> {
  return Object.fromEntries(facetNames.map((facet) => [facet, make(facet)])) as Record<FacetName, T>;
}
