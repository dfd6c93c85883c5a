/** Facet counts over the articles that match. */
import type { ArticleFilter, FacetName } from '../../domain/plan.ts';
import { type ArticleMask, yearOf } from './match-articles.ts';
import type { Segment, StoredFacet } from './segment.ts';
import { noDay } from './segment-format.ts';

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** Filters with the articles each lets through. */
export type MaskedFilters = readonly { readonly filter: ArticleFilter; readonly mask: ArticleMask }[];

/** Articles that match and pass all filters but those of `except`. */
export function passing(matched: ArticleMask, filters: MaskedFilters, except: FacetName | null): ArticleMask {
  const mask = matched.slice();
  for (const { filter, mask: passes } of filters) {
    if (filter.kind === 'facet' && filter.facet === except) continue;
    for (let article = 0; article < mask.length; article++) {
      mask[article] = (mask[article] as number) & (passes[article] as number);
    }
  }
  return mask;
}

/** Values that occur, by falling count, then by value. */
export function countFacet(segment: Segment, facet: FacetName, mask: ArticleMask): FacetCount[] {
  const counts = facet === 'year' ? countYears(segment, mask) : countNames(segment, facet, mask);
  return counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function countNames(segment: Segment, facet: StoredFacet, mask: ArticleMask): FacetCount[] {
  const { names, starts, values } = segment.facets[facet];
  const counts = new Uint32Array(names.size);
  for (let article = 0; article < mask.length; article++) {
    if (mask[article] === 0) continue;
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

function countYears(segment: Segment, mask: ArticleMask): FacetCount[] {
  const byDay = new Map<number, number>();
  segment.sections.articleDays.forEach((day, article) => {
    if (mask[article] === 1 && day !== noDay) byDay.set(day, (byDay.get(day) ?? 0) + 1);
  });
  const byYear = new Map<string, number>();
  for (const [day, count] of byDay) byYear.set(yearOf(day), (byYear.get(yearOf(day)) ?? 0) + count);
  return Array.from(byYear, ([value, count]) => ({ value, count }));
}
