import { describe, expect, it } from 'vitest';
import type { Results } from '../../src/domain/results.ts';
import { pagesInView } from '../../views/result-list.tsx';
import { SearchFragment, SearchPage } from '../../views/search-page.tsx';
import type { SearchPageData } from '../../views/search-page-data.ts';
import { type PageElement, parseElements } from './parsed-page.ts';
import { frame, hit, results, searchPageData, searchRequest } from './sample-data.ts';

function renderPage(changes: Partial<SearchPageData> = {}): readonly PageElement[] {
  return parseElements(`<!DOCTYPE html>${<SearchPage frame={frame} search={searchPageData(changes)} />}`);
}

function renderResults(changes: Partial<Results>): readonly PageElement[] {
  return renderPage({ results: results(changes) });
}

function find(elements: readonly PageElement[], className: string): readonly PageElement[] {
  return elements.filter(({ attributes }) => (attributes.class ?? '').split(' ').includes(className));
}

function byId(elements: readonly PageElement[], id: string): PageElement | undefined {
  return elements.find(({ attributes }) => attributes.id === id);
}

describe('the search page', () => {
  it('is a form that works by itself', () => {
    const page = renderPage();
    expect(byId(page, 'search')?.attributes).toMatchObject({ action: '/', method: 'get' });
    expect(byId(page, 'q')?.attributes).toMatchObject({ name: 'q', type: 'search', value: 'bridge' });
    const fields = page.filter(({ name, attributes }) => name !== 'button' && attributes.form === 'search');
    expect(new Set(fields.map(({ attributes }) => attributes.name))).toEqual(
      new Set(['sort', 'from', 'to', 'match', 'typos']),
    );
  });

  it('shows a hit with its data, passages and their places', () => {
    const page = renderPage();
    expect(find(page, 'hit-title')[0]).toMatchObject({
      text: 'The bridge',
      attributes: { href: '/articles/a.md?q=bridge' },
    });
    expect(find(page, 'kicker')[0]?.text).toBe('Eastern Courier13 September 2022Ana Petrova');
    expect(find(page, 'passage')[0]).toMatchObject({
      text: 'At the river a bridge there …',
      attributes: { href: '/articles/a.md?q=bridge#p-1' },
    });
    expect(page.filter(({ name }) => name === 'mark').map(({ text }) => text)).toEqual(['bridge', 'bridge']);
    expect(find(page, 'hit-foot')[0]?.text).toBe('+2 more paragraphsOriginal ↗');
  });

  it('links to the original by way of the best paragraph', () => {
    const original = renderPage().find(({ attributes }) => attributes.rel === 'external noopener');
    expect(original?.attributes.href).toBe('https://courier.example/a#:~:text=a%20bridge');
  });

  it('calls an article without a title by its path', () => {
    const { article } = hit();
    const page = renderResults({ hits: [hit({ article: { ...article, title: '' }, titleHighlights: [] })] });
    expect(find(page, 'hit-title')[0]?.text).toBe('a.md');
  });

  it('says which articles were chosen for the query', () => {
    const page = renderResults({ hits: [hit({ pinned: true }), hit()] });
    expect(find(page, 'pinned').map(({ text }) => text)).toEqual(['Chosen by the editors']);
    const { article } = hit();
    const bare = { ...article, source: null, date: null, authors: [] };
    expect(find(renderResults({ hits: [hit({ pinned: true, article: bare })] }), 'kicker')[0]?.text).toBe(
      'Chosen by the editors',
    );
  });

  it.each([
    [null, []],
    [{ pinned: 1, weights: 'none', recency: null }, []],
    [{ pinned: 0, weights: 'menu-order', recency: null }, []],
    [{ pinned: 0, weights: 'counted', recency: null }, ['The editors gave some articles more weight, or less.']],
    [
      { pinned: 0, weights: 'none', recency: { share: 0.25, halfLifeDays: 365 } },
      ['Newer articles are favoured: by 25 % at most, by half of that at an age of 365 days.'],
    ],
  ] as const)('says what owners added to the order: %j', (owners, sentences) => {
    const page = renderResults({ understood: { text: 'bridge', words: [], owners } });
    expect(find(page, 'understood').map(({ text }) => text)).toEqual(sentences);
  });

  it('strikes through what an article lacks', () => {
    const page = renderResults({ hits: [hit({ missing: ['ferry', '"trip wires"'] })] });
    expect(page.filter(({ name }) => name === 's').map(({ text }) => text)).toEqual(['ferry', '"trip wires"']);
  });

  it.each<[string, Partial<SearchPageData>]>([
    ['1 article for “bridge”', {}],
    ['1,805 articles for “bridge”', { results: results({ total: { count: 1805, allWords: 1805, exact: true } }) }],
    ['≥ 1,805 articles for “bridge”', { results: results({ total: { count: 1805, allWords: 1805, exact: false } }) }],
    [
      '30 articles for “bridge”, page 3',
      { request: searchRequest({ offset: 20 }), results: results({ total: { count: 30, allWords: 30, exact: true } }) },
    ],
    ['1 article, newest first', { request: searchRequest({ query: '' }) }],
    ['1 article, oldest first', { request: searchRequest({ query: '', sort: 'oldest' }) }],
    ['Nothing found for “bridge”', { results: results({ total: { count: 0, allWords: 0, exact: true }, hits: [] }) }],
  ])('has the heading “%s”', (heading, changes) => {
    expect(byId(renderPage(changes), 'count')?.text).toBe(heading);
  });

  it.each<[string, string | null, Partial<SearchPageData>]>([
    [
      '23 articles for “bridge”, 7 with all the words',
      '/?change={"match":"all"}',
      { results: results({ total: { count: 23, allWords: 7, exact: true } }) },
    ],
    [
      '≥ 23 articles for “bridge”, ≥ 7 with all the words',
      '/?change={"match":"all"}',
      { results: results({ total: { count: 23, allWords: 7, exact: false } }) },
    ],
    [
      '23 articles for “bridge”, none with all the words',
      null,
      { results: results({ total: { count: 23, allWords: 0, exact: true } }) },
    ],
    ['7 articles for “bridge”', null, { results: results({ total: { count: 7, allWords: 7, exact: true } }) }],
    [
      '7 articles with all the words for “bridge” · show also those with most',
      '/?change={"match":"most"}',
      {
        request: searchRequest({ match: 'all' }),
        results: results({ total: { count: 7, allWords: 7, exact: true } }),
      },
    ],
    [
      'Nothing found for “bridge”. Show those with most of the words',
      '/?change={"match":"most"}',
      {
        request: searchRequest({ match: 'all' }),
        results: results({ total: { count: 0, allWords: 0, exact: true }, hits: [] }),
      },
    ],
    ['1 article, newest first', null, { request: searchRequest({ query: '', match: 'all' }) }],
  ])('says and links who has all the words: “%s”', (heading, href, changes) => {
    const page = renderPage(changes);
    const count = byId(page, 'count');
    expect(count?.text).toBe(heading);
    const [link] = find(page, 'all-words');
    expect(link === undefined ? null : decodeURIComponent(link.attributes.href ?? '')).toBe(href);
  });

  it('keeps the choice of all words while the form is used', () => {
    const match = (page: readonly PageElement[]) => byId(page, 'match')?.attributes;
    expect(match(renderPage())).toMatchObject({ name: 'match', value: 'all', form: 'search', type: 'checkbox' });
    expect(match(renderPage())?.checked).toBeUndefined();
    expect(match(renderPage({ request: searchRequest({ match: 'all' }) }))?.checked).toBe('');
    expect(byId(renderPage(), 'search')?.attributes['hx-trigger']).toContain('change from:#match');
  });

  it('says how the query was understood only where that says more', () => {
    expect(find(renderPage(), 'understood')).toEqual([]);
    const page = renderResults({ understood: { text: 'bridge (also: bridges)', words: [], owners: null } });
    expect(find(page, 'understood')[0]?.text).toBe('Understood as bridge (also: bridges)');
  });

  it('shows problems, notices, a suggestion, and that time ran out', () => {
    const page = renderPage({
      notices: ['the address'],
      results: results({
        problems: [{ code: 'x', message: 'the query', range: null }],
        suggestion: 'bridges',
        partial: true,
      }),
    });
    expect(find(page, 'notices').map(({ text }) => text)).toEqual([
      expect.stringMatching(/the address.*the query/),
      expect.stringContaining('Time ran out'),
    ]);
    expect(find(page, 'suggestion')[0]?.text).toBe('Did you mean bridges?');
  });

  it('advises where nothing was found', () => {
    const empty = { total: { count: 0, allWords: 0, exact: true }, hits: [] };
    expect(find(renderResults(empty), 'advice')[0]?.text).not.toContain('without the filters');
    const filtered = renderPage({ request: searchRequest({ from: '2022-01-01' }), results: results(empty) });
    expect(find(filtered, 'advice')[0]?.text).toContain('Search without the filters');
    const strict = renderPage({ request: searchRequest({ match: 'all' }), results: results(empty) });
    expect(find(strict, 'advice')[0]?.text).toContain('Search without the filters');
    const bare = renderPage({ request: searchRequest({ query: ' ' }), results: results(empty) });
    expect(find(bare, 'advice')[0]?.text).toContain('holds no articles yet');
  });

  it('leads back from behind the last page', () => {
    const page = renderPage({
      request: searchRequest({ offset: 90 }),
      results: results({ hits: [], total: { count: 12, allWords: 12, exact: true } }),
    });
    expect(find(page, 'advice')[0]?.text).toContain('first page');
    expect(find(page, 'paging')).toHaveLength(1);
  });

  it('asks search machines to keep start pages only', () => {
    const robots = (elements: readonly PageElement[]) =>
      elements.some(({ attributes }) => attributes.name === 'robots');
    expect(robots(renderPage())).toBe(true);
    const start = searchPageData({ request: searchRequest({ query: '' }) });
    const links = { ...start.links, search: () => '/' };
    expect(robots(renderPage({ ...start, links }))).toBe(false);
  });
});

describe('the filters', () => {
  const facets: Results['facets'] = {
    source: [
      { value: 'Eastern Courier', count: 1200, selected: true },
      { value: '__proto__', count: 1, selected: false },
    ],
    author: [],
    tag: Array.from({ length: 12 }, (_, index) => ({ value: `tag ${index}`, count: 12 - index, selected: false })),
    language: [{ value: 'uk', count: 2, selected: false }],
    year: [],
  };

  it('count values and mark the chosen ones', () => {
    const page = renderResults({ facets });
    const choices = page.filter(({ attributes }) => attributes.name === 'source');
    expect(choices.map(({ attributes }) => [attributes.value, attributes.checked])).toEqual([
      ['Eastern Courier', ''],
      ['__proto__', undefined],
    ]);
    expect(find(page, 'tally')[0]?.text).toBe('1,200');
    expect(find(page, 'choice').some(({ text }) => text.startsWith('Ukrainian'))).toBe(true);
  });

  it('leave out facets without values and let long ones scroll', () => {
    const page = renderResults({ facets });
    expect(byId(page, 'facet-author')).toBeUndefined();
    expect(find(page, 'long')).toHaveLength(1);
  });

  it('keep chosen values that nothing has any more', () => {
    const page = renderPage({
      request: searchRequest({ facets: { tag: ['gone', 'tag 1'] } }),
      results: results({ facets }),
    });
    const gone = page.find(({ attributes }) => attributes.name === 'tag' && attributes.value === 'gone');
    expect(gone?.attributes.checked).toBe('');
    expect(page.filter(({ attributes }) => attributes.value === 'tag 1')).toHaveLength(1);
  });

  it('have ids of their own, the same each time', () => {
    const values = ['a b', 'a_b', 'a-b', 'A B', 'é', '"', '\ud800', 'constructor'];
    const source = values.map((value) => ({ value, count: 1, selected: false }));
    const idsOf = (page: readonly PageElement[]) => page.flatMap(({ attributes }) => attributes.id ?? []);
    const ids = idsOf(renderResults({ facets: { ...facets, source } }));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[\w-]+$/.test(id))).toEqual([]);
    const reversed = idsOf(renderResults({ facets: { ...facets, source: source.toReversed() } }));
    expect(new Set(reversed)).toEqual(new Set(ids));
  });

  it('are lifted one by one, or all at once', () => {
    const page = renderPage({
      request: searchRequest({
        facets: { tag: ['a', 'b'] },
        from: '2022-01-01',
        to: '2022-12-31',
        correctsTypos: false,
      }),
    });
    const changes = find(page, 'chip').map(({ attributes }) =>
      JSON.parse(decodeURIComponent((attributes.href ?? '').slice('/?change='.length))),
    );
    expect(changes).toEqual([
      { facets: { tag: ['b'] } },
      { facets: { tag: ['a'] } },
      { from: null },
      { to: null },
      { correctsTypos: true },
      { facets: {}, from: null, to: null, match: 'most', correctsTypos: true },
    ]);
  });
});

describe('paging', () => {
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [5, 20, [1, 3, 4, 5, 6, 7, 20]],
    [20, 20, [1, 18, 19, 20]],
  ])('on page %i of %i shows %j', (page, last, expected) => {
    expect(pagesInView(page, last)).toEqual(expected);
  });

  it('is left out for a single page', () => {
    expect(find(renderPage(), 'paging')).toEqual([]);
  });

  it('goes no deeper than the published limit', () => {
    const page = renderPage({
      request: searchRequest({ offset: 10_000 }),
      results: results({ total: { count: 5_000_000, allWords: 5_000_000, exact: true } }),
    });
    expect(page.some(({ attributes }) => attributes.rel === 'next')).toBe(false);
    expect(page.find(({ attributes }) => attributes['aria-current'] === 'page')?.text).toBe('Page 1,001');
  });
});

describe('the part that changes while someone types', () => {
  const fragment = (takesFocus: boolean) => `${<SearchFragment search={searchPageData({ takesFocus })} />}`;

  it('has a title, the results, and the new counts', () => {
    const elements = parseElements(fragment(false));
    expect(elements.find(({ name }) => name === 'title')?.text).toBe('bridge – Lede');
    expect(find(elements, 'hit')).toHaveLength(1);
    expect(elements.find(({ name }) => name === 'hx-partial')?.attributes).toEqual({
      'hx-target': '#facets',
      'hx-swap': 'innerMorph',
    });
    expect(byId(elements, 'q')).toBeUndefined();
  });

  it('takes the focus to its heading after a click only', () => {
    const headingOf = (html: string) => byId(parseElements(html), 'count')?.attributes;
    expect(headingOf(fragment(true))).toMatchObject({ autofocus: '', tabindex: '-1' });
    expect(headingOf(fragment(false))).toEqual({ id: 'count' });
  });
});
