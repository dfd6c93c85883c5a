/**
 * From an error to an answer: problem+json (RFC 9457) for programs, a fragment where htmx waits for results, a page for
 * browsers. Errors that nobody foresaw are logged once, under the request's id, and the visitor reads one neutral sentence.
 */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { ErrorFragment, ErrorPage } from '../../views/error-page.tsx';
import { LedeError } from '../domain/error.ts';
import type { Environment } from './environment.ts';
import { type ProblemKind, type ProblemName, problemForStatus, problemKinds, problemOfCode } from './problems.ts';
import { renderFragment, renderPage } from './render.ts';

/** One thing that is wrong with a request. */
export interface RequestFault {
  /** JSON pointer to the value. */
  readonly pointer: string;
  /** What was expected. */
  readonly detail: string;
}

export interface ProblemDetails {
  readonly detail?: string;
  readonly faults?: readonly RequestFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Seconds after which a client that came too early should come again. */
const retrySeconds = 3;

/** Status for a client that went away; it never arrives there. */
const clientClosedRequest = 499;

/** The answer to a problem, in the form the client reads. */
export function answerProblem(c: Context<Environment>, name: ProblemName, details: ProblemDetails = {}): Response {
  const kind: ProblemKind = problemKinds[name];
  c.header('Cache-Control', 'no-store');
  // The handler may have named its answer before it failed.
  c.header('ETag', undefined);
  if (kind.status === 503) c.header('Retry-After', String(retrySeconds));
  for (const [header, value] of Object.entries(details.headers ?? {})) c.header(header, value);
  return wantsJson(c) ? answerJson(c, name, details) : answerHtml(c, kind, details);
}

/** For `app.onError`. */
export function answerError(error: Error, c: Context<Environment>): Response {
  if (error instanceof HTTPException) return answerHttpException(error, c);
  if (c.req.raw.signal.aborted) return new Response(null, { status: clientClosedRequest });
  if (error.name === 'TimeoutError') return answerProblem(c, 'unavailable', { detail: 'The search took too long.' });
  const name = error instanceof LedeError ? problemOfCode[error.code] : 'internal';
  const { status, explanation } = problemKinds[name];
  if (status >= 500 && status !== 503)
    c.get('logger').error({ err: error, requestId: c.get('requestId') }, 'request failed');
  // The messages of faults on our side are for those who run the service: they stand in the log.
  return answerProblem(c, name, { detail: status < 500 ? error.message : explanation });
}

/** For `app.notFound`. */
export function answerNotFound(c: Context<Environment>): Response {
  return answerProblem(c, 'not-found');
}

function answerHttpException(error: HTTPException, c: Context<Environment>): Response {
  const challenge = error.getResponse().headers.get('WWW-Authenticate');
  return answerProblem(c, problemForStatus(error.status), {
    ...(error.message !== '' && { detail: error.message }),
    ...(challenge !== null && { headers: { 'WWW-Authenticate': challenge } }),
  });
}

function answerJson(c: Context<Environment>, name: ProblemName, details: ProblemDetails): Response {
  const { status, title, explanation } = problemKinds[name];
  const problem = {
    type: `/problems/${name}`,
    title,
    status,
    detail: details.detail ?? explanation,
    instance: new URL(c.req.url).pathname,
    requestId: c.get('requestId'),
    ...(details.faults !== undefined && { errors: details.faults }),
  };
  return c.body(JSON.stringify(problem), status, { 'Content-Type': 'application/problem+json' });
}

function answerHtml(c: Context<Environment>, kind: ProblemKind, details: ProblemDetails): Response {
  const error = {
    status: kind.status,
    title: kind.title,
    detail: details.detail ?? kind.explanation,
    requestId: c.get('requestId'),
    retrySeconds: kind.status === 503 ? retrySeconds : null,
  };
  c.header('Vary', 'HX-Request-Type');
  if (wantsFragment(c)) return c.html(renderFragment(ErrorFragment({ error })), kind.status);
  return c.html(renderPage(ErrorPage({ frame: c.get('frame')(), error })), kind.status);
}

/** Whether htmx asks for a part of the page. */
export function wantsFragment(c: Context): boolean {
  return c.req.header('hx-request-type') === 'partial';
}

function wantsJson(c: Context): boolean {
  if (c.req.path.startsWith('/api/')) return true;
  const accept = c.req.header('accept') ?? '';
  return accept.includes('json') && !accept.includes('text/html');
}
