/** The pages for people: search, reader, help, and what problems mean. The address is the state of each. */
import { type Context, Hono } from 'hono';
import { ArticlePage, type HighlightedParagraph } from '../../views/article-page.tsx';
import { ProblemKindPage } from '../../views/error-page.tsx';
import { HelpPage } from '../../views/help-page.tsx';
import { SearchFragment, SearchPage } from '../../views/search-page.tsx';
import type { SearchLinks } from '../../views/search-page-data.ts';
import { decodeAnswer } from '../domain/answer.ts';
import { readArticlePath, writeArticlePath } from '../domain/article-path.ts';
import { LedeError } from '../domain/error.ts';
import type { ArticleId } from '../domain/ids.ts';
import type { SearchRequest } from '../domain/search-request.ts';
import type { Searchable } from '../searchable.ts';
import { dayOfAnswer, hasEntityTag, makeEntityTag } from './entity-tag.ts';
import type { AppDependencies, Environment } from './environment.ts';
import { wantsFragment } from './errors.ts';
import { isProblemName, problemKinds } from './problems.ts';
import { renderFragment, renderPage } from './render.ts';
import { readPageParameters, writePageParameters } from './search-parameters.ts';
import { withSearchSignal } from './search-signal.ts';

/** A page may show what the visitor typed, so only the visitor's browser keeps it, and asks each time. */
const cacheControl = 'private, no-cache';

export interface PageSettings {
  /** Changes with the program and its assets: pages made by another version are not the same pages. */
  readonly pageVersion: string;
}

export function createPages(dependencies: AppDependencies, settings: PageSettings): Hono<Environment> {
  const pages = new Hono<Environment>();
  pages.get('/', (c) => answerSearch(c, dependencies, settings));
  pages.get('/articles/:id{[\\s\\S]+}', (c) => answerArticle(c, dependencies, settings));
  pages.get('/help', (c) => answerHelp(c, dependencies));
  pages.get('/problems/:name', answerProblemKind);
  return pages;
}

/** `GET /`: the whole page, or for htmx the part that changes. */
async function answerSearch(
  c: Context<Environment>,
  { use, search, edition }: AppDependencies,
  { pageVersion }: PageSettings,
): Promise<Response> {
  const { request, problems } = readPageParameters(new URL(c.req.url).searchParams);
  const isFragment = wantsFragment(c);
  // A click on a page number leads to the results; keys and filters leave the focus where it is.
  const takesFocus = isFragment && (c.req.header('hx-source') ?? '').startsWith('a');
  const notices = problems.map((problem) => problem.message);
  c.header('Vary', 'HX-Request-Type');
  return use(async (snapshot) => {
    const shape = `${isFragment} ${takesFocus}`;
    const asked = [await edition(snapshot), dayOfAnswer(), JSON.stringify(request), ...notices];
    const tag = makeEntityTag([pageVersion, snapshot.build, shape, ...asked]);
    if (hasEntityTag(c, tag)) return answerUnchanged(c, tag);
    const results = decodeAnswer(await withSearchSignal(c, (signal) => search(request, snapshot, signal)));
    const data = { request, results, notices, links: linksOf(request), takesFocus };
    c.header('Server-Timing', `search;dur=${results.tookMs.toFixed(1)}`);
    nameAnswer(c, results.partial ? null : tag);
    if (isFragment) return c.html(renderFragment(SearchFragment({ search: data })));
    return c.html(renderPage(SearchPage({ frame: c.get('frame')(), search: data })));
  });
}

/** `GET /articles/{id}`: the reader. */
async function answerArticle(
  c: Context<Environment>,
  dependencies: AppDependencies,
  { pageVersion }: PageSettings,
): Promise<Response> {
  const id = readArticlePath(c.req.url, '/articles/');
  const { request } = readPageParameters(new URL(c.req.url).searchParams);
  return dependencies.use(async (snapshot) => {
    const found = id === null ? null : await readStory(dependencies, snapshot, { id, query: request.query });
    if (id === null || found === null) throw new LedeError('not_found', 'The index has no article of this name.');
    const tag = makeEntityTag([pageVersion, snapshot.build, id, JSON.stringify(request)]);
    if (hasEntityTag(c, tag)) return answerUnchanged(c, tag);
    nameAnswer(c, tag);
    const data = {
      ...found,
      query: request.query,
      resultsHref: `/${writePageParameters({ ...request, offset: 0 })}`,
      facetHref: (facet: 'source' | 'author' | 'tag', value: string) =>
        `/?${new URLSearchParams({ [facet]: value }).toString()}`,
      canonical: canonicalOf(dependencies, `/articles/${writeArticlePath(id)}`),
    };
    return c.html(renderPage(ArticlePage({ frame: c.get('frame')(), data })));
  });
}

async function readStory(
  { highlightArticle }: AppDependencies,
  snapshot: Searchable,
  { id, query }: { id: ArticleId; query: string },
) {
  const ordinal = await snapshot.store.find(id);
  if (ordinal === null) return null;
  const [article, paragraphs, highlights] = await Promise.all([
    snapshot.store.readArticle(ordinal),
    snapshot.store.readParagraphs(ordinal),
    query.trim() === '' ? { title: [], paragraphs: [] } : highlightArticle(query, snapshot, ordinal),
  ]);
  const highlighted = paragraphs.map(
    (paragraph, index): HighlightedParagraph => ({ ...paragraph, highlights: highlights.paragraphs[index] ?? [] }),
  );
  return { article, titleHighlights: highlights.title, paragraphs: highlighted };
}

function answerHelp(c: Context<Environment>, dependencies: AppDependencies): Response {
  c.header('Cache-Control', cacheControl);
  const help = {
    searchHref: (query: string) => `/?${new URLSearchParams({ q: query }).toString()}`,
    origin: canonicalOf(dependencies, '') ?? new URL(c.req.url).origin,
    canonical: canonicalOf(dependencies, '/help'),
  };
  return c.html(renderPage(HelpPage({ frame: c.get('frame')(), help }))) as Response;
}

function answerProblemKind(c: Context<Environment, '/problems/:name'>): Response {
  const name = c.req.param('name');
  if (!isProblemName(name)) throw new LedeError('not_found', 'No problem has this name.');
  c.header('Cache-Control', cacheControl);
  const problem = { name, ...problemKinds[name] };
  return c.html(renderPage(ProblemKindPage({ frame: c.get('frame')(), problem }))) as Response;
}

function linksOf(request: SearchRequest): SearchLinks {
  return {
    search: (change) => `/${writePageParameters({ ...request, offset: 0, ...change })}`,
    article: (id, query) => {
      const parameters = query.trim() === '' ? '' : `?${new URLSearchParams({ q: query }).toString()}`;
      return `/articles/${writeArticlePath(id)}${parameters}`;
    },
  };
}

/** Null: what this answer says may be different the next time. */
function nameAnswer(c: Context, tag: string | null): void {
  c.header('Cache-Control', tag === null ? 'no-store' : cacheControl);
  if (tag !== null) c.header('ETag', tag);
}

function answerUnchanged(c: Context, tag: string): Response {
  nameAnswer(c, tag);
  return c.body(null, 304);
}

function canonicalOf({ publicUrl }: AppDependencies, path: string): string | null {
  return publicUrl === null ? null : `${publicUrl.replace(/\/+$/, '')}${path}`;
}
