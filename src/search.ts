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
import { type ArticleFilter, type FacetName, facetNames, type Plan, type PlanNode } from './domain/plan.ts';
import type { ArticleSummary, FacetValue, Hit, Range, Results, Snippet, Understood } from './domain/results.ts';
import type { SearchRequest } from './domain/search-request.ts';
import type { ArticleHit, Cancellation, EngineAnswer, EngineRequest } from './engine/engine.ts';
import { type ParsedQuery, parseQuery } from './query/parse-query.ts';
import { type PlannedQuery, planQuery } from './query/plan-query.ts';
import { printQuery } from './query/print-query.ts';
import type { Searchable } from './searchable.ts';
import { chooseParagraphs } from './snippet/choose-paragraphs.ts';
import { chooseSnippet } from './snippet/choose-snippet.ts';
import { mergeRanges } from './snippet/highlight-ranges.ts';
import { type Match, type Matcher, openMatcher } from './snippet/open-matcher.ts';
import { textFragment } from './snippet/text-fragment.ts';

/** Below this many articles with all the words, those with most of them follow: a page of the search box. */
const enoughArticles = 10;

/** Answers a search. What is wrong with the query is in `problems`; throws only where the machine fails or on abort. */
export async function search(request: SearchRequest, searchable: Searchable, signal?: Cancellation): Promise<Results> {
  const startedMs = performance.now();
  const { query, problems } = parse(request.query);
  const planned = await planQuery(query, searchable.engine.dictionary, request);
  const found = await findArticles(request, planned, searchable, { signal, timeMs: limits.searchMs });
  signal?.throwIfAborted();
  const hits = await Promise.all(found.hits.map(({ hit, tier }) => readHit(hit, tier, { request, searchable })));
  return {
    query: request.query,
    understood: understand(printQuery(query), planned),
    problems: [...problems, ...planned.problems],
    total: found.total,
    tookMs: Math.round((performance.now() - startedMs) * 100) / 100,
    build: searchable.build,
    partial: found.isPartial,
    hits,
    facets: selectFacets(found.facets, request),
    suggestion: planned.corrected === null ? null : printQuery(planned.corrected),
  };
}

/**
 * The articles that a search would answer, best first, without reading their texts: for measuring rankings. `timeMs` may
 * be `Infinity`. Throws `LedeError` `unavailable` where it ran out: what was found by then is no beginning of the whole.
 */
export async function rankArticles(
  request: SearchRequest,
  searchable: Searchable,
  { timeMs = limits.searchMs }: { readonly timeMs?: number } = {},
): Promise<readonly ArticleOrdinal[]> {
  const planned = await planQuery(parse(request.query).query, searchable.engine.dictionary, request);
  const found = await findArticles(request, planned, searchable, { timeMs });
  if (found.isPartial) throw new LedeError('unavailable', `"${request.query}" is not answered within ${timeMs} ms`);
  return found.hits.map(({ hit }) => hit.article);
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
  });
  const { title } = await searchable.store.readArticle(article);
  const paragraphs = await searchable.store.readParagraphs(article);
  const texts: readonly FieldText[] = [
    { text: title, field: 'title' },
    ...paragraphs.map(({ text }) => ({ text, field: 'body' as const })),
  ];
  const strict = findInTexts(planned.plan, texts);
  const isWhole = new Set(strict.flat().map(({ leaf }) => leaf)).size === new Set(leavesOf(planned.plan.root)).size;
  // An article with most of the words was found by the relaxed plan, whose leaves are smaller.
  const found = isWhole || planned.relaxed === null ? strict : findInTexts(planned.relaxed, texts);
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

/** One of the two plans, with what its hits are shown by. */
interface Tier {
  readonly plan: Plan;
  readonly leafWords: readonly string[];
  readonly matcher: Matcher;
}

interface FoundArticles {
  readonly hits: readonly { readonly hit: ArticleHit; readonly tier: Tier }[];
  readonly total: Results['total'];
  readonly facets: EngineAnswer['facets'];
  readonly isPartial: boolean;
}

/** Articles with all the words; where they are few, those with most of them behind. */
async function findArticles(
  request: SearchRequest,
  planned: PlannedQuery,
  { engine }: Searchable,
  { timeMs, signal }: { readonly timeMs: number; readonly signal?: Cancellation | undefined },
): Promise<FoundArticles> {
  const all = openTier(planned.plan, planned.leafWords);
  const common = { ...engineRequest(request, planned), deadline: performance.now() + timeMs };
  const answer = await engine.execute({ ...common, plan: all.plan }, signal);
  const hits = answer.hits.map((hit) => ({ hit, tier: all }));
  if (planned.relaxed === null || answer.total.count >= enoughArticles) {
    return { hits, total: toTotal(answer), facets: answer.facets, isPartial: answer.isPartial };
  }
  const most = openTier(planned.relaxed, planned.relaxedLeafWords);
  const rest = await engine.execute(
    {
      ...common,
      plan: most.plan,
      // Both tiers count for a value: one that is rare here must not be missing in the sum.
      facetValues: byFacet((facet) => [
        ...(request.facets[facet] ?? []),
        ...answer.facets[facet].map(({ value }) => value),
      ]),
      offset: Math.max(0, request.offset - answer.total.count),
      limit: request.limit - hits.length,
    },
    signal,
  );
  return {
    hits: [...hits, ...rest.hits.map((hit) => ({ hit, tier: most }))],
    total: { count: answer.total.count + rest.total.count, exact: answer.total.isExact && rest.total.isExact },
    facets: addFacets(answer.facets, rest.facets),
    isPartial: answer.isPartial || rest.isPartial,
  };
}

function openTier(plan: Plan, leafWords: readonly string[]): Tier {
  return { plan, leafWords, matcher: openMatcher(plan) };
}

function engineRequest(request: SearchRequest, planned: PlannedQuery): Omit<EngineRequest, 'plan' | 'deadline'> {
  const asksForNothing = planned.plan.leaves.length === 0;
  return {
    filters: toFilters(request),
    sort: request.sort === 'relevance' && asksForNothing ? 'newest' : request.sort,
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
  return { count: total.count, exact: total.isExact };
}

/** The two answers hold different articles, so counts add up. */
function addFacets(a: EngineAnswer['facets'], b: EngineAnswer['facets']): EngineAnswer['facets'] {
  return byFacet((facet) => {
    if (a[facet].length === 0 || b[facet].length === 0) return [...a[facet], ...b[facet]];
    const counts = new Map(a[facet].map(({ value, count }) => [value, count]));
    for (const { value, count } of b[facet]) counts.set(value, (counts.get(value) ?? 0) + count);
    return Array.from(counts, ([value, count]) => ({ value, count })).sort(
      (x, y) => y.count - x.count || (x.value < y.value ? -1 : 1),
    );
  });
}

/** The most frequent values, and those that are selected even where nothing has them. */
function selectFacets(counted: EngineAnswer['facets'], request: SearchRequest): Results['facets'] {
  return byFacet((facet) => {
    const chosen = new Set(request.facets[facet] ?? []);
    const shown = counted[facet]
      .slice(0, limits.facetValues)
      .map(({ value, count }): FacetValue => ({ value, count, selected: chosen.delete(value) }));
    // There may be thousands of authors: they are looked through only for what is selected beyond the first ones.
    for (let i = shown.length; i < counted[facet].length && chosen.size > 0; i++) {
      const entry = counted[facet][i];
      if (entry !== undefined && chosen.delete(entry.value)) shown.push({ ...entry, selected: true });
    }
    return [...shown, ...Array.from(chosen, (value) => ({ value, count: 0, selected: true }))];
  });
}

function byFacet<T>(make: (facet: FacetName) => T): Record<FacetName, T> {
  return Object.fromEntries(facetNames.map((facet) => [facet, make(facet)])) as Record<FacetName, T>;
}

interface Journey {
  readonly request: SearchRequest;
  readonly searchable: Searchable;
}

/** With the chosen paragraphs; with the article's first one, without highlights, where none matches. */
async function readHit(hit: ArticleHit, tier: Tier, journey: Journey): Promise<Hit> {
  const chosen = chooseParagraphs(hit.paragraphs, limits.paragraphsPerHit);
  const { data, paragraphs } = await journey.searchable.store.readPassages(
    hit.article,
    chosen.map(({ paragraph }) => paragraph),
  );
  const { matcher } = tier;
  const matchesIn = ({ text }: Paragraph) => (chosen.length === 0 ? [] : matcher.find(analyze(text), 'body'));
  return {
    score: Math.round(hit.score * 10_000) / 10_000,
    article: summarize(data),
    titleHighlights: mergeRanges(matcher.find(analyze(data.title), 'title')),
    paragraphs: paragraphs.map((paragraph) => toSnippet(paragraph, matchesIn(paragraph), { ...journey, tier, data })),
    moreParagraphs: hit.paragraphs.length - chosen.length,
    missing: missingWords(hit, tier),
  };
}

type HitJourney = Journey & { readonly tier: Tier; readonly data: ArticleData };

function toSnippet(
  { id, kind, heading, text }: Paragraph,
  matches: readonly Match[],
  { request, data, tier }: HitJourney,
): Snippet {
  const stretch = chooseSnippet(text, matches);
  return {
    id,
    kind,
    heading,
    headingHighlights: heading === null ? [] : mergeRanges(tier.matcher.find(analyze(heading), 'heading')),
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
function missingWords(hit: ArticleHit, { plan, leafWords }: Tier): string[] {
  const held = new Set(hit.leaves.map((leaf) => leafWords[leaf]));
  const optional = plan.root.kind === 'all' ? plan.root.nodes.filter((node) => node.kind === 'some') : [];
  const words = optional
    .flatMap(({ nodes }) => nodes)
    .map((node) => Array.from(leavesOf(node), (leaf) => leafWords[leaf] as string))
    .filter((alternatives) => !alternatives.some((word) => held.has(word)));
  return [...new Set(words.flat())];
}

function* leavesOf(node: PlanNode): Generator<number> {
  if (node.kind === 'leaf') yield node.leaf;
  else if ('nodes' in node) for (const child of node.nodes) yield* leavesOf(child);
}

/** The query as taken; what was added beyond stems stands behind it. */
function understand(printed: string, { words }: PlannedQuery): Understood {
  const added = words.flatMap(({ terms }) =>
    terms.filter(({ kind }) => kind !== 'exact' && kind !== 'stem').slice(0, 3),
  );
  const also = [...new Set(added.map(({ term }) => term))];
  return { text: also.length === 0 ? printed : `${printed} (also: ${also.join(', ')})`, words };
}

/** Parses with the calendar day in UTC, for `date:today`. */
function parse(query: string): ParsedQuery {
  return parseQuery(query, { today: new Date().toISOString().slice(0, 10) });
}
