/**
 * The JSON of the interface for programs, as schemas: what `openapi.json` says, and what the compiler holds the routes'
 * answers to. The types themselves, with their meaning, are in `src/domain/`.
 */
import { z } from '@hono/zod-openapi';
import { paragraphKinds } from '../domain/article.ts';
import { limits } from '../domain/limits.ts';
import { type facetNames, matchKinds } from '../domain/plan.ts';

const count = z.int().min(0);
const text = z.string();
const day = z.string().openapi({ format: 'date', example: '2022-09-13' });
const moment = z.string().openapi({ format: 'date-time' });

const range = z.tuple([count, count]).readonly().openapi({
  minItems: 2,
  maxItems: 2,
  description: 'Start and end in UTF-16 units of the text beside it, the end excluded.',
});
const ranges = z.array(range).readonly();

const queryProblem = z
  .object({
    code: text.openapi({ example: 'unclosed-quote' }),
    message: text,
    range: range.nullable().openapi({ description: 'Where in the query; null where it concerns the whole.' }),
  })
  .openapi('QueryProblem');

const articleSummary = z
  .object({
    id: text,
    title: text,
    date: day.nullable(),
    source: text.nullable(),
    authors: z.array(text).readonly(),
    tags: z.array(text).readonly(),
    language: text.nullable().openapi({ description: 'ISO 639-1.' }),
    url: text.nullable().openapi({ description: 'Where the original stands.' }),
    path: text.openapi({ description: 'Path of the source file inside the corpus.' }),
  })
  .openapi('ArticleSummary');

const snippet = z
  .object({
    id: text,
    kind: z.enum(paragraphKinds),
    heading: text.nullable(),
    headingHighlights: ranges,
    text,
    highlights: ranges,
    truncated: z.object({ start: z.boolean(), end: z.boolean() }),
    href: text.openapi({ description: 'The reader page, landing on this paragraph.' }),
    source: text.nullable().openapi({ description: 'The original with a text fragment for this paragraph.' }),
  })
  .openapi('Snippet');

const hit = z
  .object({
    score: z.number(),
    article: articleSummary,
    titleHighlights: ranges,
    paragraphs: z
      .array(snippet)
      .readonly()
      .openapi({ description: `Best first, at most ${limits.paragraphsPerHit}.` }),
    moreParagraphs: count,
    missing: z.array(text).readonly().openapi({ description: 'Words of the query that the article lacks.' }),
    pinned: z.boolean().openapi({ description: 'Whether its owners want it first for this query.' }),
  })
  .openapi('Hit');

const owners = z
  .object({
    pinned: count.openapi({ description: 'Articles that are pinned to this query.' }),
    weights: z.enum(['none', 'counted', 'menu-order']).openapi({
      description: 'Whether articles have weights; `menu-order`: their numbers order menus and do not count.',
    }),
    recency: z
      .object({
        share: z.number().openapi({ description: 'What the newest article earns on top, as a share of its score.' }),
        halfLifeDays: z.number().openapi({ description: 'After so many days it earns half of that.' }),
      })
      .nullable(),
  })
  .openapi('Owners');

const understood = z
  .object({
    text: text.openapi({ description: 'The query as it was taken, with what was added in brackets.' }),
    words: z
      .array(
        z.object({
          word: text,
          terms: z.array(z.object({ term: text, kind: z.enum(matchKinds), paragraphs: count })).readonly(),
        }),
      )
      .readonly(),
    owners: owners.nullable().openapi({
      description: 'What the owners of the articles added to the order by relevance; null for nothing.',
    }),
  })
  .openapi('Understood');

const facetValues = z
  .array(z.object({ value: text, count, selected: z.boolean() }))
  .readonly()
  .openapi('FacetValues');

const facets = z.object({
  source: facetValues,
  author: facetValues,
  tag: facetValues,
  language: facetValues,
  year: facetValues,
} satisfies Record<(typeof facetNames)[number], typeof facetValues>);

export const searchAnswer = z
  .object({
    query: text,
    understood,
    problems: z.array(queryProblem).readonly(),
    total: z.object({
      count: count.openapi({ description: 'Articles that are listed, on all pages.' }),
      allWords: count.openapi({ description: 'How many of them have all the words.' }),
      exact: z.boolean().openapi({ description: 'False where there are at least this many.' }),
    }),
    tookMs: z.number(),
    build: text.openapi({ description: 'The snapshot that answered.' }),
    partial: z.boolean().openapi({ description: 'True where time ran out and there may be more.' }),
    hits: z.array(hit).readonly(),
    facets,
    suggestion: text.nullable(),
    next: text.nullable().openapi({ description: 'Address of the hits that follow; null at the end.' }),
  })
  .openapi('SearchAnswer');

const paragraph = z
  .object({ id: text, kind: z.enum(paragraphKinds), heading: text.nullable(), text })
  .openapi('Paragraph');

export const articleAnswer = z
  .object({
    article: articleSummary
      .extend({
        guessed: z
          .array(z.enum(['title', 'date', 'authors', 'language']))
          .readonly()
          .openapi({ description: 'Values that were inferred from the text rather than stated by the source.' }),
        weight: z.number().optional().openapi({ description: 'What it states as `weight`.' }),
        searchWeight: z.number().optional().openapi({ description: 'What it states as `search_weight`.' }),
      })
      .openapi('Article'),
    paragraphs: z.array(paragraph).readonly().openapi({ description: 'In reading order.' }),
    build: text,
  })
  .openapi('ArticleAnswer');

const fileProblem = z.object({
  path: text,
  line: z.int().min(1).nullable(),
  severity: z.enum(['skipped', 'warning']),
  reason: text,
});

const buildReport = z
  .object({
    build: text,
    outcome: z.enum(['published', 'unchanged']),
    startedAt: moment,
    tookMs: z.number(),
    files: z.object({ found: count, read: count, unchanged: count, skipped: count }),
    articles: z.object({ total: count, added: count, changed: count, removed: count }),
    paragraphs: count,
    terms: count,
    peakMemoryBytes: z.number(),
    problems: z.array(fileProblem).readonly(),
    leftOut: z
      .array(z.object({ reason: text, count, example: text }).readonly())
      .readonly()
      .optional(),
    unknownKeys: z
      .array(z.object({ key: text, articles: count }).readonly())
      .readonly()
      .optional(),
    nextChangeAt: moment.nullable().optional(),
  })
  .openapi('BuildReport');

export const statusAnswer = z
  .object({
    version: text,
    snapshot: z
      .object({ build: text, publishedAt: moment, articles: count, paragraphs: count, terms: count })
      .nullable(),
    isWatching: z.boolean(),
    buildingSince: moment.nullable(),
    lastBuild: buildReport.nullable(),
    lastFailure: z.object({ at: moment, message: text }).nullable(),
    pins: z
      .object({ queries: count, problems: z.array(z.object({ line: z.int().min(1), reason: text })).readonly() })
      .nullable()
      .openapi({ description: 'Queries with pinned articles, and what is wrong with their file; null without one.' }),
  })
  .openapi('Status');

export const problemAnswer = z
  .object({
    type: text.openapi({ example: '/problems/not-found' }),
    title: text,
    status: z.int(),
    detail: text,
    instance: text,
    requestId: text.openapi({ description: 'Finds the request in the log of the service.' }),
    errors: z
      .array(z.object({ pointer: text, detail: text }))
      .readonly()
      .optional(),
  })
  .openapi('Problem', { description: 'RFC 9457.' });

export const openApiAnswer = z.looseObject({ openapi: text, paths: z.looseObject({}) }).openapi('OpenApi');
