/**
 * The search page, whole or only the part that changes while someone types. Works as a plain GET form and links;
 * htmx adds that results follow the keys. The address is the state: every link and field says all it takes.
 */
import { limits } from '../src/domain/limits.ts';
import { Facets, Filters } from './filters.tsx';
import { type Frame, Layout, pageTitle } from './layout.tsx';
import { ResultList } from './result-list.tsx';
import type { SearchPageData } from './search-page-data.ts';

/** The whole page. */
export function SearchPage({ frame, search }: { frame: Frame; search: SearchPageData }) {
  const { request } = search;
  const isStart = request.offset === 0 && search.links.search({}) === '/';
  return (
    <Layout
      frame={frame}
      title={request.query.trim()}
      kind="search"
      isUnlisted={!isStart}
      masthead={<SearchForm query={request.query} takesFocus={isStart} />}
    >
      <div id="main" class="desk" tabindex={-1}>
        <Filters request={request} results={search.results} />
        <main id="results" aria-label="Results">
          <ResultList search={search} />
        </main>
      </div>
      <p id="failure" class="failure" role="alert" hidden></p>
    </Layout>
  );
}

/** What replaces the results, and what updates the counts beside them. */
export function SearchFragment({ search }: { search: SearchPageData }) {
  return (
    <>
      <title>{pageTitle(search.request.query.trim())}</title>
      <ResultList search={search} />
      <hx-partial hx-target="#facets" hx-swap="innerMorph">
        <Facets request={search.request} results={search.results} />
      </hx-partial>
    </>
  );
}

/**
 * Every key asks anew and the newest question wins (`this:replace`); a word that an input method is still composing
 * asks nothing. The box carries no `required` or `pattern`: while someone types, nothing is wrong yet.
 */
function SearchForm({ query, takesFocus }: { query: string; takesFocus: boolean }) {
  return (
    <search>
      <form
        id="search"
        class="search-box"
        action="/"
        method="get"
        novalidate
        hx-get="/"
        hx-target="#results"
        hx-swap="innerHTML"
        hx-sync="this:replace"
        hx-indicator="#busy"
        hx-trigger="submit, input changed delay:150ms from:#q, compositionend delay:150ms from:#q, change from:#facets, change from:#sort, change from:#match, change from:#typos, change delay:500ms from:#dates"
      >
        <SearchInput query={query} takesFocus={takesFocus} hint="hint" />
        <p id="hint" class="unseen">
          Results change as you type.
        </p>
      </form>
    </search>
  );
}

/** The box of all other pages: leads to the search page. */
export function QuickSearch({ query }: { query: string }) {
  return (
    <search>
      <form class="search-box" action="/" method="get">
        <SearchInput query={query} takesFocus={false} />
      </form>
    </search>
  );
}

function SearchInput({ query, takesFocus, hint }: { query: string; takesFocus: boolean; hint?: string }) {
  return (
    <>
      <label class="unseen" for="q">
        Search the articles
      </label>
      <div class="search-field">
        <input
          id="q"
          name="q"
          type="search"
          value={query}
          maxlength={limits.queryLength}
          placeholder="Search the articles"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="search"
          aria-describedby={hint}
          autofocus={takesFocus}
        />
        <span id="busy" class="busy htmx-indicator" aria-hidden="true"></span>
        <span class="shortcut" aria-hidden="true">
          /
        </span>
      </div>
      <button class="button" type="submit">
        Search
      </button>
    </>
  );
}
