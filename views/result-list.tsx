/** The results of a search: how many, how the query was read, the hits, and the way to more of them. */
import { limits } from '../src/domain/limits.ts';
import type { Results } from '../src/domain/results.ts';
import { ActiveFilters, hasFilters, withoutFilters } from './active-filters.tsx';
import { HitItem } from './hit.tsx';
import type { SearchPageData } from './search-page-data.ts';
import { countText, durationText, numberText, ownersSentences } from './wording.ts';

export function ResultList({ search }: { search: SearchPageData }) {
  const { request, results, links, takesFocus } = search;
  return (
    <>
      {isStart(search) && <Standfirst />}
      <div class="result-head">
        <h1 id="count" tabindex={takesFocus ? -1 : undefined} autofocus={takesFocus}>
          {headline(search)}
          <AllWords search={search} />
        </h1>
        {request.query.trim() !== '' && <p class="took">{durationText(results.tookMs)}</p>}
      </div>
      <ActiveFilters request={request} links={links} />
      <Notices search={search} />
      {results.hits.length === 0 ? (
        <NothingFound search={search} />
      ) : (
        <ol class="hits" start={request.offset + 1}>
          {results.hits.map((hit) => (
            <HitItem hit={hit} query={request.query} links={links} />
          ))}
        </ol>
      )}
      <Paging search={search} />
    </>
  );
}

/** What this is, for those who come for the first time. Gives way to results with the first key. */
function Standfirst() {
  return (
    <p class="standfirst">
      Type a few words. Every result shows the paragraphs that hold them, and each paragraph links to its place in the
      article. <a href="/help">What a query can say</a>
    </p>
  );
}

/** Whether nothing was asked for yet: no words, no filters, the first page. */
function isStart({ request }: SearchPageData): boolean {
  return request.query.trim() === '' && request.offset === 0 && !hasFilters(request);
}

function headline({ request, results }: SearchPageData): string {
  const query = request.query.trim();
  if (results.total.count === 0) return query === '' ? 'No articles' : `Nothing found for “${query}”`;
  const count = `${boundText(results.total)}${countText(results.total.count, 'article')}`;
  const having = request.match === 'all' && query !== '' ? ' with all the words' : '';
  const page = request.offset === 0 ? '' : `, page ${currentPage(request)}`;
  return query === ''
    ? `${count}, ${request.sort === 'oldest' ? 'oldest' : 'newest'} first${page}`
    : `${count}${having} for “${query}”${page}`;
}

/** Says of a number that there may be more. */
function boundText({ exact }: Results['total']): string {
  return exact ? '' : '≥ ';
}

/** How many articles have all the words, as a link to these alone, and back. Where that says nothing, nothing. */
function AllWords({ search: { request, results, links } }: { search: SearchPageData }) {
  if (request.query.trim() === '') return null;
  const { count, allWords, exact } = results.total;
  if (request.match === 'all') {
    const text = count === 0 ? 'Show those with most of the words' : 'show also those with most';
    return (
      <>
        {count === 0 ? '. ' : ' · '}
        <a class="all-words" href={links.search({ match: 'most' })}>
          {text}
        </a>
      </>
    );
  }
  if (allWords === count) return null;
  if (allWords === 0) return <>, {exact ? 'none' : 'none so far'} with all the words</>;
  return (
    <>
      {', '}
      <a
        class="all-words"
        href={links.search({ match: 'all' })}
      >{`${boundText(results.total)}${numberText(allWords)} with all the words`}</a>
    </>
  );
}

/** How the query was taken, what was wrong with it, and what else may have been meant. */
function Notices({ search: { request, results, notices, links } }: { search: SearchPageData }) {
  const { owners } = results.understood;
  const problems = [...notices, ...results.problems.map((problem) => problem.message)];
  return (
    <>
      {results.suggestion !== null && (
        <p class="suggestion">
          Did you mean <a href={links.search({ query: results.suggestion })}>{results.suggestion}</a>?
        </p>
      )}
      {saysMore(results, request.query) && (
        <p class="understood">
          Understood as <bdi>{results.understood.text}</bdi>
        </p>
      )}
      {owners !== null && ownersSentences(owners).map((sentence) => <p class="understood">{sentence}</p>)}
      {problems.length > 0 && (
        <ul class="notices" aria-label="About this search">
          {problems.map((message) => (
            <li dir="auto">{message}</li>
          ))}
        </ul>
      )}
      {results.partial && (
        <p class="notices">
          Time ran out before everything was looked through. These are the best of what was found; there may be more.
        </p>
      )}
    </>
  );
}

function saysMore(results: Results, query: string): boolean {
  const understood = withSingleSpaces(results.understood.text);
  return understood !== '' && understood !== withSingleSpaces(query);
}

function withSingleSpaces(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function NothingFound({ search: { request, results, links } }: { search: SearchPageData }) {
  if (request.offset > 0 && results.total.count > 0) {
    return (
      <p class="advice">
        This page lies behind the last result. <a href={links.search({})}>Go to the first page</a>.
      </p>
    );
  }
  if (request.query.trim() === '' && !hasFilters(request)) {
    return <p class="advice">The folder holds no articles yet. They appear here as soon as it does.</p>;
  }
  return (
    <div class="advice">
      <p>What may help:</p>
      <ul>
        {hasFilters(request) && (
          <li>
            <a href={links.search(withoutFilters)}>Search without the filters</a>
          </li>
        )}
        <li>Check the spelling, or try another spelling of a name.</li>
        <li>Use fewer words, or less specific ones.</li>
        <li>
          Try the beginning of a word with a star: <code>bridg*</code>
        </li>
        <li>
          <a href="/help">See what else a query can say</a>
        </li>
      </ul>
    </div>
  );
}

/** Previous, numbers, next. Clicks swap the results in place and take the focus to their heading. */
function Paging({ search: { request, results, links } }: { search: SearchPageData }) {
  const page = currentPage(request);
  const last = Math.min(Math.ceil(results.total.count / request.limit), Math.floor(limits.offset / request.limit) + 1);
  if (last <= 1 && page === 1) return null;
  const href = (target: number) => links.search({ offset: (target - 1) * request.limit });
  return (
    <nav
      class="paging"
      aria-label="Pages of results"
      {...{
        'hx-target:inherited': '#results',
        'hx-swap:inherited': 'innerHTML show:top',
        'hx-push-url:inherited': 'true',
        'hx-sync:inherited': '#search:replace',
        'hx-indicator:inherited': '#busy',
      }}
    >
      {page > 1 && <PageLink href={href(Math.min(page - 1, last))} text="← Previous" rel="prev" />}
      <ol>
        {pagesInView(page, last).map((target) => (
          <li>
            {target === page ? (
              <span aria-current="page">
                <span class="unseen">Page </span>
                {numberText(target)}
              </span>
            ) : (
              <PageLink href={href(target)} text={numberText(target)} label={`Page ${target}`} />
            )}
          </li>
        ))}
      </ol>
      {page < last && <PageLink href={href(page + 1)} text="Next →" rel="next" />}
    </nav>
  );
}

function PageLink({ href, text, label, rel }: { href: string; text: string; label?: string; rel?: string }) {
  return (
    <a href={href} hx-get={href} rel={rel} aria-label={label}>
      {text}
    </a>
  );
}

/** The first and last page and those around this one, ascending. */
export function pagesInView(page: number, last: number): readonly number[] {
  const around = [1, page - 2, page - 1, page, page + 1, page + 2, last];
  return [...new Set(around)].filter((candidate) => candidate >= 1 && candidate <= last).sort((a, b) => a - b);
}

function currentPage(request: { readonly offset: number; readonly limit: number }): number {
  return Math.floor(request.offset / request.limit) + 1;
}
