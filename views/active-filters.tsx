/** The filters in force, each as a link that lifts it. */
import { facetNames } from '../src/domain/plan.ts';
import type { SearchRequest } from '../src/domain/search-request.ts';
import type { SearchLinks } from './search-page-data.ts';
import { dayText, facetLabels, facetValueText } from './wording.ts';

export function ActiveFilters({ request, links }: { request: SearchRequest; links: SearchLinks }) {
  const chips = listFilters(request);
  if (chips.length === 0) return null;
  return (
    <ul class="chips filters-in-force" aria-label="Filters in force">
      {chips.map(({ text, without }) => (
        <li>
          <a class="chip" href={links.search(without)} aria-label={`Remove filter ${text}`}>
            <bdi>{text}</bdi> <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <a class="chip plain" href={links.search(withoutFilters)}>
            Clear all
          </a>
        </li>
      )}
    </ul>
  );
}

/** The change that lifts every filter, also that articles need all the words. */
export const withoutFilters: Partial<SearchRequest> = {
  facets: {},
  from: null,
  to: null,
  match: 'most',
  correctsTypos: true,
};

export function hasFilters(request: SearchRequest): boolean {
  return request.match === 'all' || listFilters(request).length > 0;
}

interface ActiveFilter {
  readonly text: string;
  readonly without: Partial<SearchRequest>;
}

function listFilters(request: SearchRequest): readonly ActiveFilter[] {
  const filters: ActiveFilter[] = facetNames.flatMap((facet) => {
    const chosen = request.facets[facet] ?? [];
    return chosen.map((value) => ({
      text: `${facetLabels[facet]}: ${facetValueText(facet, value)}`,
      without: { facets: { ...request.facets, [facet]: chosen.filter((other) => other !== value) } },
    }));
  });
  if (request.from !== null) filters.push({ text: `From ${dayText(request.from)}`, without: { from: null } });
  if (request.to !== null) filters.push({ text: `To ${dayText(request.to)}`, without: { to: null } });
  if (!request.correctsTypos) filters.push({ text: 'My spelling only', without: { correctsTypos: true } });
  return filters;
}
