/** Facet counts over the articles that match. */
import type { ArticleFilter, FacetName } from '../../domain/plan.ts';
import { type BitSet, intersectWith, members } from './bit-set.ts';
import { yearOf } from './match-articles.ts';
import type { Segment, StoredFacet } from './segment.ts';
import { noDay } from './segment-format.ts';

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

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

/** Values that occur in the articles, by falling count, then by value. */
export function countFacet(segment: Segment, facet: FacetName, articles: BitSet): FacetCount[] {
  const chosen = members(articles);
  const counts = facet === 'year' ? countYears(segment, chosen) : countNames(segment, facet, chosen);
  return counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function countNames(segment: Segment, facet: StoredFacet, articles: Uint32Array): FacetCount[] {
  const { names, starts, values } = segment.facets[facet];
  const counts = new Uint32Array(names.size);
  for (const article of articles) {
    const end = starts[article + 1] as number;
    for (let i = starts[article] as number; i < end; i++) {
      counts[values[i] as number] = (counts[values[i] as number] as number) + 1;
    }
  }
  const found: FacetCount[] = [];
  counts.forEach((count, name) => {
    if (count > 0) found.push({ value: names.name(name), count });
  });
  return found;
}

function countYears(segment: Segment, articles: Uint32Array): FacetCount[] {
  const { articleDays } = segment.sections;
  const byDay = new Map<number, number>();
  for (const article of articles) {
    const day = articleDays[article] as number;
    if (day !== noDay) byDay.set(day, (byDay.get(day) ?? 0) + 1);
  }
  const byYear = new Map<string, number>();
  for (const [day, count] of byDay) byYear.set(yearOf(day), (byYear.get(yearOf(day)) ?? 0) + count);
  return Array.from(byYear, ([value, count]) => ({ value, count }));
}
