/**
 * The names and values of a search in a URL, and a `SearchRequest`: both ways. First and last step of a query's
 * journey over HTTP. Pages forgive what they cannot read and say so; the JSON API refuses it. Knows no routes.
 */
import { z } from '@hono/zod-openapi';
import { limits } from '../domain/limits.ts';
import { type FacetName, facetNames } from '../domain/plan.ts';
import type { QueryProblem } from '../domain/problem.ts';
import { matches, type SearchRequest, sorts } from '../domain/search-request.ts';

/** Hits on one page, and of a JSON answer that asks for no other number. */
export const pageSize = 10;
/** The last page that paging reaches. */
export const lastPage = limits.offset / pageSize + 1;

/** Names that later versions give a meaning; until then they are refused rather than ignored. */
const laterParameters: readonly string[] = ['names', 'retellings', 'explain'];

const sharedShape = {
  q: z
    .string('expected one query')
    .default('')
    .openapi({ description: `The query, up to ${limits.queryLength} characters. Empty: every article.` }),
  source: facetValues('Only articles of one of these sources.'),
  author: facetValues('Only articles by one of these authors.'),
  tag: facetValues('Only articles with one of these tags.'),
  language: facetValues('Only articles in one of these languages, ISO 639-1.'),
  year: facetValues('Only articles of one of these years.'),
  from: day('First day, included.'),
  to: day('Last day, included.'),
  match: z
    .enum(matches, `expected one of: ${matches.join(', ')}`)
    .default('most')
    .openapi({ description: 'Whether articles that lack some of the words are listed (`most`) or not (`all`).' }),
  sort: z
    .enum(sorts, `expected one of: ${sorts.join(', ')}`)
    .default('relevance')
    .openapi({ description: 'Order of the hits. Ties keep the order of the corpus.' }),
  typos: onOff('on').openapi({
    description: 'Whether missing and very rare words are also looked for in similar spellings.',
  }),
  typing: onOff('off').openapi({
    description: 'Whether the last word is still being typed and stands for longer ones too.',
  }),
};

/** What `GET /` takes. */
const pageSchema = z.object({ ...sharedShape, page: wholeNumber(1, lastPage, 1) });

/** What `GET /api/v1/search` takes. */
export const searchParameters = z
  .object({
    ...sharedShape,
    limit: wholeNumber(1, limits.hits, pageSize).openapi({ description: 'Hits of the answer, at most.' }),
    offset: wholeNumber(0, limits.offset, 0).openapi({ description: 'Hits left out at the start.' }),
  })
  .superRefine((values, context) => {
    if (values.from && values.to && values.from > values.to) {
      context.addIssue({ code: 'custom', path: ['to'], message: `expected a day not before from=${values.from}` });
    }
  });

type SharedValues = z.output<z.ZodObject<typeof sharedShape>>;

const apiRequest = searchParameters.transform(
  (values): SearchRequest => ({ ...sharedRequest(values), offset: values.offset, limit: values.limit }),
);

/** What a JSON search's address asks for, or what is wrong with it. Reads bytes that are no UTF-8 as pages do. */
export function readApiParameters(parameters: URLSearchParams): z.ZodSafeParseResult<SearchRequest> {
  const values = [...new Set(parameters.keys())].map((name) => {
    const given = parameters.getAll(name);
    return [name, given.length === 1 ? given[0] : given];
  });
  return apiRequest.safeParse(Object.fromEntries(values));
}

/** What a page's address asks for, and what of it was not understood. Never throws: what is wrong falls back. */
export function readPageParameters(parameters: URLSearchParams): { request: SearchRequest; problems: QueryProblem[] } {
  const problems = laterParameters.filter((name) => parameters.has(name)).map(laterProblem);
  const values = pageSchema.parse({});
  for (const name of Object.keys(pageSchema.shape) as (keyof typeof pageSchema.shape)[]) {
    const given = parameters.getAll(name).filter((value) => value !== '');
    if (given.length === 0) continue;
    const read = pageSchema.shape[name].safeParse(given.length === 1 ? given[0] : given);
    if (read.success) Object.assign(values, { [name]: read.data });
    else problems.push(unreadableProblem(name, read.error));
  }
  const request = { ...sharedRequest(values), offset: (values.page - 1) * pageSize, limit: pageSize };
  if (request.from === null || request.to === null || request.from <= request.to) return { request, problems };
  problems.push(problem('invalid-parameter', 'The first day lay after the last one, so the two were exchanged.'));
  return { request: { ...request, from: request.to, to: request.from }, problems };
}

/** The names in a JSON search's address that later versions know, and those that no version does. */
export function findStrayParameters(parameters: URLSearchParams): { later: string[]; unknown: QueryProblem[] } {
  const names = [...new Set(parameters.keys())];
  const later = names.filter((name) => laterParameters.includes(name));
  const unknown = names.filter((name) => !(Object.hasOwn(searchParameters.shape, name) || later.includes(name)));
  return { later, unknown: unknown.map(unknownProblem) };
}

/** `?…` of a page's address, or '' where nothing differs from the start page. Leaves out that someone types. */
export function writePageParameters(request: SearchRequest): string {
  const parameters = writeShared(request);
  const page = Math.floor(request.offset / pageSize) + 1;
  if (page > 1) parameters.set('page', String(page));
  return withQuestionMark(parameters);
}

/** `?…` of a JSON search, the inverse of `readApiParameters` but for `isTyping`. */
export function writeApiParameters(request: SearchRequest): string {
  const parameters = writeShared(request);
  if (request.limit !== pageSize) parameters.set('limit', String(request.limit));
  if (request.offset !== 0) parameters.set('offset', String(request.offset));
  return withQuestionMark(parameters);
}

function sharedRequest(values: SharedValues): Omit<SearchRequest, 'offset' | 'limit'> {
  const chosen = facetNames.filter((name) => values[name].length > 0).map((name) => [name, values[name]]);
  return {
    query: values.q,
    facets: Object.fromEntries(chosen) as Partial<Record<FacetName, readonly string[]>>,
    from: values.from ?? null,
    to: values.to ?? null,
    match: values.match,
    sort: values.sort,
    isTyping: values.typing === 'on',
    correctsTypos: values.typos === 'on',
  };
}

function writeShared(request: SearchRequest): URLSearchParams {
  const parameters = new URLSearchParams();
  if (request.query !== '') parameters.set('q', request.query);
  for (const name of facetNames) {
    for (const value of request.facets[name] ?? []) parameters.append(name, value);
  }
  if (request.from !== null) parameters.set('from', request.from);
  if (request.to !== null) parameters.set('to', request.to);
  if (request.match !== 'most') parameters.set('match', request.match);
  if (request.sort !== 'relevance') parameters.set('sort', request.sort);
  if (!request.correctsTypos) parameters.set('typos', 'off');
  return parameters;
}

function withQuestionMark(parameters: URLSearchParams): string {
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** One or more values, distinct and in order, so that equal choices make equal requests. */
function facetValues(description: string) {
  const value = z.string().min(1).max(limits.attributeLength);
  return z
    .union(
      [value, z.array(value).max(limits.filters)],
      `expected at most ${limits.filters} values of 1 to ${limits.attributeLength} characters`,
    )
    .optional()
    .transform((given) => [...new Set(given === undefined ? [] : [given].flat())].sort())
    .openapi({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: limits.attributeLength },
      maxItems: limits.filters,
      description: `${description} Repeatable.`,
    });
}

function day(description: string) {
  const expected = 'expected a day such as 2022-09-13';
  return z
    .string(expected)
    .refine(isCalendarDay, expected)
    .optional()
    .openapi({ type: 'string', format: 'date', description });
}

function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function onOff(fallback: 'on' | 'off') {
  return z.enum(['on', 'off'], 'expected "on" or "off"').default(fallback);
}

function wholeNumber(minimum: number, maximum: number, fallback: number) {
  const range = `expected a whole number from ${minimum} to ${maximum}`;
  return z
    .string(range)
    .regex(/^\d{1,9}$/, range)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, range)
    .prefault(String(fallback))
    .openapi({ type: 'integer', minimum, maximum, default: fallback });
}

function unreadableProblem(name: string, error: z.ZodError): QueryProblem {
  const reason = error.issues[0]?.message ?? 'not understood';
  return problem('invalid-parameter', `“${name}” in the address was left out: ${reason}.`);
}

function laterProblem(name: string): QueryProblem {
  return problem('later-parameter', `“${name}” in the address was left out: it is not available in this version.`);
}

function unknownProblem(name: string): QueryProblem {
  return problem('unknown-parameter', `The parameter "${name}" is not known and was left out.`);
}

function problem(code: string, message: string): QueryProblem {
  return { code, message, range: null };
}
