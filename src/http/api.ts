/**
 * The interface for programs, under `/api/v1`. Routes, their documentation and the types of their answers are one
 * definition each. Everything is anonymous and read-only but `POST /rebuild`, which exists only with a token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { bodyLimit } from 'hono/body-limit';
import { type Answer, decodeAnswer, encodeAnswer, extendAnswer } from '../domain/answer.ts';
import { readArticlePath } from '../domain/article-path.ts';
import { LedeError } from '../domain/error.ts';
import { limits } from '../domain/limits.ts';
import type { QueryProblem } from '../domain/problem.ts';
import type { SearchRequest } from '../domain/search-request.ts';
import { articleAnswer, openApiAnswer, problemAnswer, searchAnswer, statusAnswer } from './api-schemas.ts';
import { dayOfAnswer, hasEntityTag, makeEntityTag } from './entity-tag.ts';
import type { AppDependencies, Environment } from './environment.ts';
import { answerProblem, type RequestFault } from './errors.ts';
import { findStrayParameters, readApiParameters, searchParameters, writeApiParameters } from './search-parameters.ts';
import { withSearchSignal } from './search-signal.ts';

const root = '/api/v1';
/** Anyone may keep an answer, and asks each time whether it still holds. */
const cacheControl = 'public, max-age=0, must-revalidate';
/** The rebuild route takes no body; this much is forgiven. */
const rebuildBodyBytes = 1024;

/** What every route may answer. */
const anyAnswer = { 421: problem('The host that was asked for is not served here.') };

const routes = {
  search: createRoute({
    method: 'get',
    path: '/search',
    summary: 'Search the articles',
    description: 'Never fails for what a query says: see `problems` and `understood` of the answer.',
    request: { query: searchParameters },
    responses: {
      ...anyAnswer,
      200: jsonAnswer(searchAnswer, 'The articles found, best first.'),
      304: { description: 'The client has this answer: `If-None-Match` names it.' },
      422: problem('A parameter is not valid.'),
      503: problem('There is no index yet, or too many searches are waiting already.'),
    },
  }),
  article: createRoute({
    method: 'get',
    // One parameter that takes slashes; the document says plainly `{id}`.
    path: '/articles/{id{[\\s\\S]+}}',
    summary: 'Read an article',
    request: {
      params: z.object({ id: z.string().openapi({ description: 'As in search answers, percent-encoded.' }) }),
    },
    responses: {
      ...anyAnswer,
      200: jsonAnswer(articleAnswer, 'The article with its paragraphs.'),
      304: { description: 'The client has this answer: `If-None-Match` names it.' },
      404: problem('The snapshot has no such article.'),
      503: problem('There is no index yet.'),
    },
  }),
  status: createRoute({
    method: 'get',
    path: '/status',
    summary: 'State of the service',
    responses: { ...anyAnswer, 200: jsonAnswer(statusAnswer, 'The snapshot that answers, and the last build.') },
  }),
  rebuild: createRoute({
    method: 'post',
    path: '/rebuild',
    summary: 'Bring the index up to date',
    description: 'Starts a build, or queues one behind the one that runs. Searches go on meanwhile.',
    security: [{ token: [] }],
    responses: {
      ...anyAnswer,
      202: jsonAnswer(statusAnswer, 'The build was asked for; `/status` shows how it goes.'),
      401: problem('The token is missing or wrong.'),
      413: problem('The request has a body, and it is too large.'),
    },
  }),
  openApi: createRoute({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    responses: { ...anyAnswer, 200: jsonAnswer(openApiAnswer, 'OpenAPI 3.1.') },
  }),
};

export function createApi(dependencies: AppDependencies): OpenAPIHono<Environment> {
  const api = new OpenAPIHono<Environment>();
  addSearch(api, dependencies);
  addArticle(api, dependencies);
  addStatus(api, dependencies);
  addRebuild(api, dependencies);
  addOpenApi(api, dependencies);
  return api;
}

function addSearch(api: OpenAPIHono<Environment>, { use, search, edition }: AppDependencies): void {
  // Not by `api.openapi`: hono decodes the query itself, and leaves bytes that are no UTF-8 as they are written.
  api.openAPIRegistry.registerPath(routes.search);
  api.get(routes.search.path, (c) => {
    const parameters = new URL(c.req.url).searchParams;
    const read = readApiParameters(parameters);
    if (!read.success) return answerFaults(c, readFaults(read.error));
    const request = read.data;
    const stray = findStrayParameters(parameters);
    if (stray.later.length > 0) {
      const detail = 'not available in this version';
      return answerFaults(
        c,
        stray.later.map((name) => ({ pointer: `#/${name}`, detail })),
      );
    }
    return use(async (snapshot) => {
      const unknown = stray.unknown.map((problem) => problem.message);
      const parts = [snapshot.build, await edition(snapshot), dayOfAnswer(), JSON.stringify(request), ...unknown];
      const tag = makeEntityTag(['search', ...parts]);
      c.header('Cache-Control', cacheControl);
      c.header('ETag', tag);
      if (hasEntityTag(c, tag)) return c.body(null, 304);
      const answer = await withSearchSignal(c, (signal) => search(request, snapshot, signal));
      const next = nextAddress(request, answer);
      c.header('Server-Timing', `search;dur=${answer.tookMs.toFixed(1)}`);
      if (next !== null) c.header('Link', `<${next}>; rel="next"`);
      if (answer.partial) forbidKeeping(c);
      c.header('Content-Type', 'application/json');
      return c.body(extendAnswer(withProblems(answer, stray.unknown), { next }), 200);
    });
  });
}

function addArticle(api: OpenAPIHono<Environment>, { use }: AppDependencies): void {
  // Listed by hand below, because the route's own path is hono's and not OpenAPI's.
  api.openAPIRegistry.registerPath({ ...routes.article, path: '/articles/{id}' });
  api.openapi({ ...routes.article, hide: true }, (c) => {
    const id = readArticlePath(c.req.url, `${root}/articles/`);
    return use(async (snapshot) => {
      const ordinal = id === null ? null : await snapshot.store.find(id);
      if (id === null || ordinal === null)
        throw new LedeError('not_found', `there is no article "${id ?? c.req.path}"`);
      const tag = makeEntityTag(['article', snapshot.build, id]);
      c.header('Cache-Control', cacheControl);
      c.header('ETag', tag);
      if (hasEntityTag(c, tag)) return c.body(null, 304);
      const [article, paragraphs] = await Promise.all([
        snapshot.store.readArticle(ordinal),
        snapshot.store.readParagraphs(ordinal),
      ]);
      return c.json({ article, paragraphs, build: snapshot.build }, 200);
    });
  });
}

function addStatus(api: OpenAPIHono<Environment>, { status }: AppDependencies): void {
  api.openapi(routes.status, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(status(), 200);
  });
}

function addRebuild(api: OpenAPIHono<Environment>, { adminToken, requestRebuild, status }: AppDependencies): void {
  if (adminToken === null || requestRebuild === null) return;
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  const guards = [
    bearerAuth<Environment>({ realm: 'Lede', verifyToken: (given) => isEqualSecret(given, adminToken) }),
    bodyLimit({ maxSize: rebuildBodyBytes }),
  ];
  api.openapi({ ...routes.rebuild, middleware: guards }, (c) => {
    requestRebuild();
    c.header('Cache-Control', 'no-store');
    c.header('Location', `${root}/status`);
    return c.json(status(), 202);
  });
}

function addOpenApi(api: OpenAPIHono<Environment>, { status, publicUrl }: AppDependencies): void {
  api.openAPIRegistry.registerPath(routes.openApi);
  const describe = () =>
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Lede',
        version: status().version,
        description:
          'Full-text search over a folder of articles: ranks the article, finds the paragraph. ' +
          'Methods that are not listed here are answered with 405 and a `Problem`.',
      },
      servers: [{ url: `${publicUrl?.replace(/\/+$/, '') ?? ''}${root}` }],
    });
  // Made once, when it is first asked for: it costs some milliseconds and never changes.
  let document: ReturnType<typeof describe> | null = null;
  api.get(routes.openApi.path, (c) => {
    document ??= describe();
    c.header('Cache-Control', cacheControl);
    return c.json(document);
  });
}

function withProblems(answer: Answer, problems: readonly QueryProblem[]): Answer {
  if (problems.length === 0) return answer;
  const results = decodeAnswer(answer);
  return encodeAnswer({ ...results, problems: [...problems, ...results.problems] });
}

/** Where the hits behind these are; null at the end, and where paging goes no deeper. */
function nextAddress(request: SearchRequest, { total, hits }: Answer): string | null {
  const offset = request.offset + request.limit;
  const mayHaveMore = offset < total.count || (!total.exact && hits === request.limit);
  return mayHaveMore && offset <= limits.offset ? `${root}/search${writeApiParameters({ ...request, offset })}` : null;
}

/** What time cut short may be longer the next time. */
function forbidKeeping(c: Context<Environment>): void {
  c.header('ETag', undefined);
  c.header('Cache-Control', 'no-store');
}

/** Compares in a time that tells nothing of the secret, not even its length. */
function isEqualSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function answerFaults(c: Context<Environment>, faults: readonly RequestFault[]): Response {
  return answerProblem(c, 'invalid-parameters', { faults });
}

function readFaults(error: z.ZodError): readonly RequestFault[] {
  return error.issues.map(({ path, message }) => ({
    pointer: `#/${path.map(String).map(escapePointer).join('/')}`,
    detail: message,
  }));
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemAnswer } } };
}
