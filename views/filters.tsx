/** What restricts and sorts a search: the panel beside the results. Its fields belong to the search form. */

import { type FacetName, facetNames } from '../src/domain/plan.ts';
import type { FacetValue, Results } from '../src/domain/results.ts';
import type { SearchRequest } from '../src/domain/search-request.ts';
import { facetLabels, facetValueText, numberText } from './wording.ts';

/** More values than this scroll inside their group. */
const valuesInView = 8;

interface FilterProperties {
  readonly request: SearchRequest;
  readonly results: Results;
}

export function Filters({ request, results }: FilterProperties) {
  return (
    <aside class="filters" aria-label="Sort and filter">
      <details id="filters">
        <summary>Sort and filter</summary>
        <div class="filter-groups">
          <p class="filter-group">
            <label class="filter-name" for="sort">
              Sort
            </label>
            <select id="sort" name="sort" form="search">
              <option value="" selected={request.sort === 'relevance'}>
                Best match
              </option>
              <option value="newest" selected={request.sort === 'newest'}>
                Newest
              </option>
              <option value="oldest" selected={request.sort === 'oldest'}>
                Oldest
              </option>
            </select>
          </p>
          <fieldset id="dates" class="filter-group dates">
            <legend class="filter-name">Date</legend>
            <label>
              <span>From</span>
              <input id="from" type="date" name="from" form="search" value={request.from ?? ''} />
            </label>
            <label>
              <span>To</span>
              <input id="to" type="date" name="to" form="search" value={request.to ?? ''} />
            </label>
          </fieldset>
          <div id="facets">
            <Facets request={request} results={results} />
          </div>
          <p class="filter-group">
            <label class="choice">
              <input
                id="match"
                type="checkbox"
                name="match"
                value="all"
                form="search"
                checked={request.match === 'all'}
              />
              <span>All the words</span>
            </label>
            <label class="choice">
              <input
                id="typos"
                type="checkbox"
                name="typos"
                value="off"
                form="search"
                checked={!request.correctsTypos}
              />
              <span>My spelling only</span>
            </label>
          </p>
          <noscript>
            <button class="button" type="submit" form="search">
              Apply
            </button>
          </noscript>
        </div>
      </details>
    </aside>
  );
}

/** The values of each facet with counts. Chosen ones stay, with 0, when nothing has them any more. */
export function Facets({ request, results }: FilterProperties) {
  return (
    <>
      {facetNames.map((facet) => {
        const values = withChosen(results.facets[facet] ?? [], request.facets[facet] ?? []);
        return values.length === 0 ? null : <FacetGroup facet={facet} values={values} />;
      })}
    </>
  );
}

function FacetGroup({ facet, values }: { facet: FacetName; values: readonly FacetValue[] }) {
  return (
    <fieldset id={`facet-${facet}`} class="filter-group">
      <legend class="filter-name">{facetLabels[facet]}</legend>
      <ul class={values.length > valuesInView ? 'choices long' : 'choices'}>
        {values.map((value) => (
          <li>
            <label class="choice">
              <input
                id={choiceId(facet, value.value)}
                type="checkbox"
                name={facet}
                value={value.value}
                form="search"
                checked={value.selected}
              />
              <span dir="auto">{facetValueText(facet, value.value)}</span>
              <span class="tally">{numberText(value.count)}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function withChosen(values: readonly FacetValue[], chosen: readonly string[]): readonly FacetValue[] {
  const listed = new Set(values.map((value) => value.value));
  const vanished = chosen.filter((value) => !listed.has(value));
  return [...values, ...vanished.map((value) => ({ value, count: 0, selected: true }))];
}

/** The same for the same value each time, so that focus stays where it is when counts change. */
function choiceId(facet: FacetName, value: string): string {
  return `${facet}-${value.replace(/[^A-Za-z0-9]/g, (unit) => `_${unit.charCodeAt(0).toString(36)}_`)}`;
}
