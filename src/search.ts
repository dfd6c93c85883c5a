/**
 * A query's journey: parse → expand and plan → execute → choose paragraphs → read texts → highlight → results.
 * Takes one snapshot from beginning to end, and knows the engine by its interface only.
 */
import { analyze } from './analysis/analyze.ts';
import type { ArticleData, Field, Paragraph } from './domain/article.ts';
import { writeArticlePath } from './domain/article-path.ts';
import { LedeError } from './domain/error.ts';
import type { ArticleOrdinal } from './domain/ids.ts';
import { limits } from './domain/limits.ts';
import { noChoices, type OwnerChoices } from './domain/owner-choices.ts';
import { type ArticleFilter, facetNames, type Plan, wantedLeaves } from './domain/plan.ts';
import type { QueryProblem } from './domain/problem.ts';
import { defaultRanking, type RankingParameters } from './domain/ranking.ts';
import type { ArticleSummary, Hit, Range, Results, Snippet, Understood } from './domain/results.ts';
import type { SearchRequest } from './domain/search-request.ts';
import type { ArticleHit, Cancellation, EngineAnswer, EngineRequest } from './engine/engine.ts';
import { noOwners, type OwnersRequest, ownersRequest, today, understandOwners } from './query/owners-request.ts';
import { type ParsedQuery, parseQuery } from './query/parse-query.ts';
import { type PlannedQuery, planQuery, type WordedPlan } from './query/plan-query.ts';
import { printQuery } from './query/print-query.ts';
import { selectFacets } from './query/select-facets.ts';
import type { Searchable } from './searchable.ts';
import { chooseSnippet } from './snippet/choose-snippet.ts';
import { mergeRanges } from './snippet/highlight-ranges.ts';
import { type Match, type Matcher, openMatcher } from './snippet/open-matcher.ts';
import { readShown } from './snippet/read-shown.ts';
import { textFragment } from './snippet/text-fragment.ts';

/** Answers a search. What is wrong with the query is in `problems`; throws only where the machine fails or on abort. */
export async function search(
  request: SearchRequest,
  searchable: Searchable,
  { signal, choices = noChoices }: SearchOptions = {},
): Promise<Results> {
  const startedMs = performance.now();
  const { query, problems } = parse(request.query);
  const planned = await planQuery(query, searchable.engine.dictionary, request);
  const owners = ownersRequest(sortOf(request, planned), choices);
  const found = await findArticles(request, planned, searchable, { signal, timeMs: limits.searchMs, owners });
  signal?.throwIfAborted();
  const shown = openShown(found.worded);
  const hits = await Promise.all(found.answer.hits.map((hit) => readHit(hit, shown, { request, searchable, owners })));
  return {
    query: request.query,
    understood: {
      ...understand(printQuery(query), planned),
      owners: await understandOwners(owners, searchable.engine),
    },
    problems: [...problems, ...planned.problems, ...(found.isLoose ? [loosened] : [])],
    total: toTotal(found.answer),
    tookMs: Math.round((performance.now() - startedMs) * 100) / 100,
    build: searchable.build,
    partial: found.answer.isPartial,
    hits,
    facets: selectFacets(found.answer.facets, request),
    suggestion: planned.corrected === null ? null : printQuery(planned.corrected),
  };
}

export interface SearchOptions {
  readonly signal?: Cancellation | undefined;
  /** What the corpus' owners want; nothing where they are left out. */
  readonly choices?: OwnerChoices;
}

/**
 * The articles that a search would answer, best first, without reading their texts: for measuring rankings. `timeMs` may
 * be `Infinity`. Throws `LedeError` `unavailable` where it ran out: what was found by then is no beginning of the whole.
 */
export async function rankArticles(
  request: SearchRequest,
  searchable: Searchable,
  {
    timeMs = limits.searchMs,
    ranking = defaultRanking,
  }: { readonly timeMs?: number; readonly ranking?: RankingParameters } = {},
): Promise<readonly ArticleOrdinal[]> {
  const { query } = parse(request.query);
  const planned = await planQuery(query, searchable.engine.dictionary, { ...request, ranking });
  const found = await findArticles(request, planned, searchable, { timeMs });
  if (found.answer.isPartial) {
    throw new LedeError('unavailable', `"${request.query}" is not answered within ${timeMs} ms`);
  }
  return found.answer.hits.map(({ article }) => article);
}

/** Where a query's words and phrases stand in an article, for showing it whole. */
export async function highlightArticle(
  query: string,
  searchable: Searchable,
  article: ArticleOrdinal,
): Promise<{ readonly title: readonly Range[]; readonly paragraphs: readonly (readonly Range[])[] }> {
  const planned = await planQuery(parse(query).query, searchable.engine.dictionary, {
    isTyping: false,
    correctsTypos: true,
    match: 'most',
  });
  const { title } = await searchable.store.readArticle(article);
  const paragraphs = await searchable.store.readParagraphs(article);
  const texts: readonly FieldText[] = [
    { text: title, field: 'title' },
    ...paragraphs.map(({ text }) => ({ text, field: 'body' as const })),
  ];
  const strict = findInTexts(planned.plan, texts);
  const held = new Set(strict.flat().map(({ leaf }) => leaf));
  const lacksPhrase = planned.plan.leaves.some(({ kind }, leaf) => kind === 'phrase' && !held.has(leaf));
  // An article without a phrase was found by the words of it.
  const found = lacksPhrase && planned.loosened ? findInTexts((await planned.loosened()).plan, texts) : strict;
  const [inTitle = [], ...inParagraphs] = found.map(mergeRanges);
  return { title: inTitle, paragraphs: inParagraphs };
}

interface FieldText {
  readonly text: string;
  readonly field: Field;
}

function findInTexts(plan: Plan, texts: readonly FieldText[]): readonly (readonly Match[])[] {
  const matcher = openMatcher(plan);
  return texts.map(({ text, field }) => matcher.find(analyze(text), field));
}

/** A plan with what its hits are shown by. */
interface Shown extends WordedPlan {
  readonly matcher: Matcher;
}

function openShown({ plan, leafWords }: WordedPlan): Shown {
  return { plan, leafWords, matcher: openMatcher(plan) };
}

interface FoundArticles {
  readonly answer: EngineAnswer;
  readonly worded: WordedPlan;
  /** Whether the words of phrases were looked for instead of the phrases. */
  readonly isLoose: boolean;
}

const loosened: QueryProblem = {
  code: 'no-phrase',
  message: 'No article that fits has the quoted words side by side: these have most of them, in any order.',
  range: null,
};

/** The articles of the page that is asked for; where none has a quoted phrase, those that have its words. */
async function findArticles(
  request: SearchRequest,
  planned: PlannedQuery,
  { engine }: Searchable,
  { timeMs, signal, owners = noOwners }: Finding,
): Promise<FoundArticles> {
  const common = {
    ...engineRequest(request, planned),
    pinned: owners.pinned,
    recency: owners.recency,
    deadline: performance.now() + timeMs,
  };
  const answer = await engine.execute({ ...common, plan: planned.plan }, signal);
  const strict = { answer, worded: planned, isLoose: false };
  if (planned.loosened === null || answer.total.count > owners.pinned.length) return strict;
  if (answer.total.count > 0) {
    // Maybe only pinned ones, which need not match.
    const { total } = await engine.execute({ ...common, plan: planned.plan, pinned: [], offset: 0, limit: 0 }, signal);
    if (total.count > 0) return strict;
  }
  const worded = await planned.loosened();
  const loose = await engine.execute({ ...common, plan: worded.plan }, signal);
  return { answer: loose, worded, isLoose: loose.total.count > 0 };
}

interface Finding {
  readonly timeMs: number;
  readonly signal?: Cancellation | undefined;
  readonly owners?: OwnersRequest;
}

function sortOf(request: SearchRequest, { plan }: PlannedQuery): SearchRequest['sort'] {
  return request.sort === 'relevance' && plan.leaves.length === 0 ? 'newest' : request.sort;
}

function engineRequest(request: SearchRequest, planned: PlannedQuery): Omit<EngineRequest, 'plan' | 'deadline'> {
  return {
    filters: toFilters(request),
    sort: sortOf(request, planned),
    offset: request.offset,
    limit: request.limit,
    facets: facetNames,
    facetLimit: limits.facetValues,
    facetValues: request.facets,
  };
}

function toFilters(request: SearchRequest): ArticleFilter[] {
  const filters: ArticleFilter[] = [];
  for (const facet of facetNames) {
    const values = request.facets[facet] ?? [];
    if (values.length > 0) filters.push({ kind: 'facet', facet, values });
  }
  if (request.from !== null || request.to !== null) {
    filters.push({ kind: 'date', from: request.from, to: request.to });
  }
  return filters;
}

function toTotal({ total }: EngineAnswer): Results['total'] {
  return { count: total.count, allWords: total.allWords, exact: total.isExact };
}

interface Journey {
  readonly request: SearchRequest;
  readonly searchable: Searchable;
  readonly owners: OwnersRequest;
}

async function readHit(hit: ArticleHit, shown: Shown, journey: Journey): Promise<Hit> {
  const { matcher } = shown;
  const { data, paragraphs } = await readShown(hit, matcher, journey.searchable.store);
  return {
    score: Math.round(hit.score * 10_000) / 10_000,
    article: summarize(data),
    titleHighlights: mergeRanges(matcher.find(analyze(data.title), 'title')),
    paragraphs: paragraphs.map(({ paragraph, matches }) => toSnippet(paragraph, matches, { ...journey, shown, data })),
    moreParagraphs: Math.max(0, hit.paragraphs.length - paragraphs.length),
    missing: missingWords(hit, shown),
    pinned: journey.owners.pinned.includes(hit.article),
  };
}

type HitJourney = Journey & { readonly shown: Shown; readonly data: ArticleData };

function toSnippet(
  { id, kind, heading, text }: Paragraph,
  matches: readonly Match[],
  { request, data, shown }: HitJourney,
): Snippet {
  const stretch = chooseSnippet(text, matches);
  return {
    id,
    kind,
    heading,
    headingHighlights: heading === null ? [] : mergeRanges(shown.matcher.find(analyze(heading), 'heading')),
    text: stretch.text,
    highlights: stretch.highlights,
    truncated: stretch.truncated,
    href: readerPath(id, request.query),
    source: data.url === null ? null : textFragment(data.url, stretch.text, stretch.highlights),
  };
}

/** A paragraph's id is `ARTICLE#ANCHOR`, as is its address on the reader page, with the query between. */
function readerPath(id: string, query: string): string {
  const hash = id.lastIndexOf('#');
  const parameters = query.trim() === '' ? '' : `?${new URLSearchParams({ q: query })}`;
  return `/articles/${writeArticlePath(id.slice(0, hash))}${parameters}${id.slice(hash)}`;
}

function summarize({ id, title, date, source, authors, tags, language, url, path }: ArticleData): ArticleSummary {
  return { id, title, date, source, authors, tags, language, url, path };
}

/** The words that may be missing of which the article holds no leaf, and of alternatives none. */
function missingWords(hit: ArticleHit, { plan, leafWords }: Shown): string[] {
  const held = new Set(hit.leaves.map((leaf) => leafWords[leaf]));
  const nodes = plan.root.kind === 'all' ? plan.root.nodes : [plan.root];
  const words = nodes
    .flatMap((node) => (node.kind === 'enough' ? node.nodes : []))
    .map(({ node }) => Array.from(wantedLeaves(node), (leaf) => leafWords[leaf] as string))
    .filter((alternatives) => !alternatives.some((word) => held.has(word)));
  return [...new Set(words.flat())];
}

/** The query as taken; what was added beyond stems stands behind it. */
function understand(printed: string, { words }: PlannedQuery): Omit<Understood, 'owners'> {
  const added = words.flatMap(({ terms }) =>
    terms.filter(({ kind }) => kind !== 'exact' && kind !== 'stem').slice(0, 3),
  );
  const also = [...new Set(added.map(({ term }) => term))];
  return { text: also.length === 0 ? printed : `${printed} (also: ${also.join(', ')})`, words };
}

/** Parses with the calendar day in UTC, for `date:today`. */
function parse(query: string): ParsedQuery {
  return parseQuery(query, { today: today() });
}
