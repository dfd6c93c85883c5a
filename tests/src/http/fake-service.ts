/**
 * A service made of a list of articles, for tests of the web side: the dependencies of the app, with a search that is
 * slow and obvious. It knows words, filters and paging, and nothing of ranking, stems or query language.
 */
import pino from 'pino';
import { encodeAnswer } from '../../../src/domain/answer.ts';
import type { ArticleData, Paragraph, ParagraphKind } from '../../../src/domain/article.ts';
import { LedeError } from '../../../src/domain/error.ts';
import type { ArticleId, ArticleOrdinal, BuildId, ParagraphId } from '../../../src/domain/ids.ts';
import { type FacetName, facetNames } from '../../../src/domain/plan.ts';
import type { FacetValue, Hit, Range, Results } from '../../../src/domain/results.ts';
import type { SearchRequest } from '../../../src/domain/search-request.ts';
import type { ServiceStatus } from '../../../src/domain/service-status.ts';
import { type AppDependencies, createApp } from '../../../src/http/app.ts';
import type { Searchable } from '../../../src/searchable.ts';

export interface FakeArticle extends Partial<Omit<ArticleData, 'id'>> {
  readonly id: string;
  readonly paragraphs: readonly string[] | readonly FakeParagraph[];
}

interface FakeParagraph {
  readonly text: string;
  readonly kind?: ParagraphKind;
  readonly heading?: string;
}

interface StoredArticle {
  readonly article: ArticleData;
  readonly paragraphs: readonly Paragraph[];
}

/** An app that answers from these articles; `changes` replaces any of its dependencies. */
export function createFakeApp(articles: readonly FakeArticle[], changes: Partial<AppDependencies> = {}) {
  return createApp({ ...fakeDependencies(articles), ...changes });
}

export function fakeDependencies(articles: readonly FakeArticle[]): AppDependencies {
  const stored = articles.map(storeArticle);
  const searchable = fakeSearchable(stored);
  return {
    use: (work) => work(searchable),
    search: async (request) => encodeAnswer(searchArticles(request, stored)),
    edition: async () => 'the only one',
    highlightArticle: async (query, _searchable, ordinal) => {
      const story = stored[ordinal];
      const words = wordsOf(query);
      return {
        title: findWords(story?.article.title ?? '', words, false),
        paragraphs: (story?.paragraphs ?? []).map((paragraph) => findWords(paragraph.text, words, false)),
      };
    },
    status: () => fakeStatus(stored),
    requestRebuild: () => {},
    adminToken: null,
    publicUrl: null,
    allowedHosts: ['localhost', '127.0.0.1'],
    logger: pino({ level: 'silent' }),
    isDraining: () => false,
  };
}

/** `use` of a service whose first build has not ended. */
export const useOfUnreadyService: AppDependencies['use'] = async () => {
  throw new LedeError('unavailable', 'there is no index yet');
};

function fakeStatus(stored: readonly StoredArticle[]): ServiceStatus {
  return {
    version: '0.1.0',
    snapshot: {
      build: 'build-1' as BuildId,
      publishedAt: '2022-12-24T18:30:00.000Z',
      articles: stored.length,
      paragraphs: stored.flatMap(({ paragraphs }) => paragraphs).length,
      terms: 4321,
    },
    isWatching: true,
    buildingSince: null,
    lastBuild: null,
    lastFailure: null,
    pins: null,
  };
}

function storeArticle({ id, paragraphs, ...data }: FakeArticle): StoredArticle {
  const article: ArticleData = {
    path: `${id}.md`,
    title: `Title of ${id}`,
    date: null,
    authors: [],
    source: null,
    url: null,
    tags: [],
    language: 'en',
    guessed: [],
    ...data,
    id: id as ArticleId,
  };
  return {
    article,
    paragraphs: paragraphs.map((paragraph, index) => {
      const { text, kind = 'text', heading = null } = typeof paragraph === 'string' ? { text: paragraph } : paragraph;
      return { id: `${id}#p-${index.toString(16).padStart(12, '0')}` as ParagraphId, kind, heading, text };
    }),
  };
}

function fakeSearchable(stored: readonly StoredArticle[]): Searchable {
  const storyAt = (ordinal: number): StoredArticle => {
    const story = stored[ordinal];
    if (story === undefined) throw new LedeError('internal', `there is no article ${ordinal}`);
    return story;
  };
  const unused = () => {
    throw new Error('the web side asks the engine for nothing');
  };
  return {
    build: 'build-1' as BuildId,
    engine: {
      dictionary: {
        size: unused,
        lookup: unused,
        languages: unused,
        families: unused,
        completions: unused,
        similar: unused,
        together: unused,
      },
      execute: unused,
      status: unused,
      close: unused,
    },
    store: {
      find: async (id) => {
        const ordinal = stored.findIndex(({ article }) => article.id === id);
        return ordinal === -1 ? null : (ordinal as ArticleOrdinal);
      },
      findPath: unused,
      readArticle: async (ordinal) => storyAt(ordinal).article,
      readParagraph: unused,
      readPassages: unused,
      readOpening: unused,
      readParagraphs: async (ordinal) => storyAt(ordinal).paragraphs,
      close: async () => {},
    },
  };
}

function searchArticles(request: SearchRequest, stored: readonly StoredArticle[]): Results {
  const words = wordsOf(request.query);
  const matching = stored.filter((story) => words.every((word) => holds(story, word, request)));
  const found = matching.filter((story) => isWithinDays(story, request) && passes(story, request, facetNames));
  const sorted = sortByDate(found, request);
  return {
    query: request.query,
    understood: { text: words.join(' '), words: words.map((word) => ({ word, terms: [] })), owners: null },
    problems: [],
    total: { count: found.length, allWords: found.length, exact: true },
    tookMs: 1.9,
    build: 'build-1' as BuildId,
    partial: false,
    hits: sorted
      .slice(request.offset, request.offset + request.limit)
      .map((story) => makeHit(story, words, request.isTyping)),
    facets: countFacets(matching, request),
    suggestion: null,
  };
}

function sortByDate(stories: readonly StoredArticle[], request: SearchRequest): readonly StoredArticle[] {
  if (request.sort === 'relevance' && request.query !== '') return stories;
  const sign = request.sort === 'oldest' ? 1 : -1;
  const dateOf = (story: StoredArticle) => story.article.date ?? '';
  return [...stories].sort((a, b) => sign * (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0));
}

function wordsOf(query: string): string[] {
  return query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function holds({ article, paragraphs }: StoredArticle, word: string, { isTyping }: SearchRequest): boolean {
  const texts = [article.title, ...paragraphs.map((paragraph) => paragraph.text)];
  return texts.some((text) => findWords(text, [word], isTyping).length > 0);
}

function findWords(text: string, words: readonly string[], isTyping: boolean): Range[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)]
    .filter((match) => words.some((word) => isWord(match[0].toLowerCase(), word, isTyping)))
    .map((match) => [match.index, match.index + match[0].length]);
}

function isWord(candidate: string, word: string, isTyping: boolean): boolean {
  return isTyping ? candidate.startsWith(word) : candidate === word;
}

function makeHit({ article, paragraphs }: StoredArticle, words: readonly string[], isTyping: boolean): Hit {
  const { guessed: _, ...summary } = article;
  const matches = paragraphs
    .map((paragraph) => ({ paragraph, highlights: findWords(paragraph.text, words, isTyping) }))
    .filter(({ highlights }) => highlights.length > 0);
  const query = words.length === 0 ? '' : `?q=${encodeURIComponent(words.join(' '))}`;
  return {
    score: 1,
    article: summary,
    titleHighlights: findWords(article.title, words, isTyping),
    paragraphs: matches.slice(0, 3).map(({ paragraph, highlights }) => ({
      ...paragraph,
      headingHighlights: findWords(paragraph.heading ?? '', words, isTyping),
      highlights,
      truncated: { start: false, end: false },
      href: `/articles/${article.id}${query}#${paragraph.id.split('#').at(-1)}`,
      source: article.url,
    })),
    moreParagraphs: Math.max(0, matches.length - 3),
    missing: [],
    pinned: false,
  };
}

function isWithinDays({ article }: StoredArticle, { from, to }: SearchRequest): boolean {
  if (from === null && to === null) return true;
  return article.date !== null && article.date >= (from ?? '') && article.date <= (to ?? '9999');
}

function passes(story: StoredArticle, request: SearchRequest, names: readonly FacetName[]): boolean {
  return names.every((name) => {
    const chosen = request.facets[name] ?? [];
    return chosen.length === 0 || valuesOf(story, name).some((value) => chosen.includes(value));
  });
}

function valuesOf({ article }: StoredArticle, name: FacetName): readonly string[] {
  const values = {
    source: [article.source],
    author: article.authors,
    tag: article.tags,
    language: [article.language],
    year: [article.date?.slice(0, 4) ?? null],
  }[name];
  return values.filter((value) => value !== null);
}

function countFacets(stories: readonly StoredArticle[], request: SearchRequest): Results['facets'] {
  const count = (name: FacetName): readonly FacetValue[] => {
    const others = facetNames.filter((other) => other !== name);
    const counts = new Map<string, number>();
    for (const story of stories.filter((story) => passes(story, request, others))) {
      for (const value of valuesOf(story, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count, selected: (request.facets[name] ?? []).includes(value) }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return {
    source: count('source'),
    author: count('author'),
    tag: count('tag'),
    language: count('language'),
    year: count('year'),
  };
}
