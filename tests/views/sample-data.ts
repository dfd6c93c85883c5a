/** Small data for tests of views; each test changes what it is about. */
import type { ArticleId, BuildId, ParagraphId } from '../../src/domain/ids.ts';
import type { Hit, Results } from '../../src/domain/results.ts';
import type { SearchRequest } from '../../src/domain/search-request.ts';
import type { Frame } from '../../views/layout.tsx';
import type { SearchPageData } from '../../views/search-page-data.ts';

export const frame: Frame = {
  assets: {
    styles: '/assets/1/styles.css',
    script: '/assets/1/app.js',
    htmx: '/assets/1/htmx.js',
    icon: '/assets/1/i.svg',
  },
  version: '1.2.3',
  snapshot: {
    build: 'build-1' as BuildId,
    publishedAt: '2022-09-13T05:00:00.000Z',
    articles: 18,
    paragraphs: 240,
    terms: 3000,
  },
};

export function searchRequest(changes: Partial<SearchRequest> = {}): SearchRequest {
  return {
    query: 'bridge',
    facets: {},
    from: null,
    to: null,
    match: 'most',
    sort: 'relevance',
    offset: 0,
    limit: 10,
    isTyping: false,
    correctsTypos: true,
    ...changes,
  };
}

export function hit(changes: Partial<Hit> = {}): Hit {
  return {
    score: 1,
    article: {
      id: 'a.md' as ArticleId,
      title: 'The bridge',
      date: '2022-09-13',
      source: 'Eastern Courier',
      authors: ['Ana Petrova'],
      tags: [],
      language: 'en',
      url: 'https://courier.example/a',
      path: 'a.md',
    },
    titleHighlights: [[4, 10]],
    paragraphs: [
      {
        id: 'a.md#p-1' as ParagraphId,
        kind: 'text',
        heading: 'At the river',
        headingHighlights: [],
        text: 'a bridge there',
        highlights: [[2, 8]],
        truncated: { start: false, end: true },
        href: '/articles/a.md?q=bridge#p-1',
        source: 'https://courier.example/a#:~:text=a%20bridge',
      },
    ],
    moreParagraphs: 2,
    missing: [],
    pinned: false,
    ...changes,
  };
}

export function results(changes: Partial<Results> = {}): Results {
  return {
    query: 'bridge',
    understood: { text: 'bridge', words: [], owners: null },
    problems: [],
    total: { count: 1, allWords: 1, exact: true },
    tookMs: 1.9,
    build: 'build-1' as BuildId,
    partial: false,
    hits: [hit()],
    facets: { source: [], author: [], tag: [], language: [], year: [] },
    suggestion: null,
    ...changes,
  };
}

export function searchPageData(changes: Partial<SearchPageData> = {}): SearchPageData {
  return {
    request: searchRequest(),
    results: results(),
    notices: [],
    links: {
      search: (change) => `/?change=${encodeURIComponent(JSON.stringify(change))}`,
      article: (id, query) => `/articles/${encodeURIComponent(id)}?q=${encodeURIComponent(query)}`,
    },
    takesFocus: false,
    ...changes,
  };
}
