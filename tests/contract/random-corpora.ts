/**
 * Random corpora, and random questions to them, for properties. Each corpus is made of a handful of words, so that they
 * meet, repeat and stand side by side; among them are words of many scripts and words that mean something to JavaScript.
 */
import fc from 'fast-check';
import { analyze } from '../../src/analysis/analyze.ts';
import { fields } from '../../src/domain/article.ts';
import type { ArticleOrdinal, Term } from '../../src/domain/ids.ts';
import type { Recency } from '../../src/domain/owner-choices.ts';
import {
  type ArticleFilter,
  type DocumentFrequency,
  facetNames,
  type Leaf,
  matchKinds,
  type Plan,
  type PlanNode,
  type PlannedTerm,
  type TermGroup,
} from '../../src/domain/plan.ts';
import { sorts } from '../../src/domain/search-request.ts';
import type { EngineRequest } from '../../src/engine/engine.ts';
import type { CorpusFiles } from './corpus-files.ts';

const vocabulary = [
  'harbour',
  'harbours',
  'Harbouring',
  'ship',
  'ships',
  'shore',
  'izium',
  'izyum',
  'the',
  'constructor',
  '__proto__',
  'toString',
  'Київ',
  'Києва',
  'киев',
  'об’єкт',
  '東京',
  '京都',
  '東京都',
  '한국어',
  '6,000',
  '2022',
  '3.14',
  '#tag',
  'tag',
  '@name',
  'C++',
  '.NET',
  "don't",
  'l’avion',
  'self-propelled',
  'naïve',
  'Straße',
  'Häfen',
  'hafen',
  'laufen',
  'läuft',
  'a',
  '—',
  '&amp;',
  '𠮷野家',
] as const;

/** Words of one corpus. */
export const corpusWords: fc.Arbitrary<readonly string[]> = fc
  .uniqueArray(fc.constantFrom(...vocabulary), { minLength: 2, maxLength: 7 })
  .map((words) => words.sort());

const names = ['Ada', 'ada', 'Élodie', '__proto__', 'constructor', 'A & B'];
const ids = ['x', 'y', 'constructor', '__proto__', 'a.md', 'b/harbour.jsonl~1'];
const days = ['2021-12-31', '2022-01-01', '2022-06-15', '1999-02-28'];
const languages = ['en', 'de', 'uk', 'ja', 'sv'];
const weights = [0.1, 0.5, 1, 2, 10];

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });

function textOf(words: readonly string[], length: { min: number; max: number }): fc.Arbitrary<string> {
  const word = fc.constantFrom(...words);
  const gap = fc.constantFrom(' ', ' ', ' ', ' ', ' ', ' ', ' ', ', ', '. ', '');
  return fc
    .array(fc.tuple(word, gap), { minLength: length.min, maxLength: length.max })
    .map((parts) => parts.flat().join('').trim());
}

interface RandomArticle {
  readonly stated: Readonly<Record<string, unknown>>;
  readonly sections: readonly { readonly heading: string | undefined; readonly paragraphs: readonly string[] }[];
}

function articleOf(words: readonly string[]): fc.Arbitrary<RandomArticle> {
  // Often enough the same text, so that it recurs.
  const paragraph = fc.oneof(
    { weight: 4, arbitrary: textOf(words, { min: 1, max: 9 }) },
    { weight: 1, arbitrary: fc.constant(words.join(' ')) },
  );
  return fc.record({
    stated: fc.record({
      id: fc.option(fc.constantFrom(...ids), { nil: undefined, freq: 1 }),
      title: fc.option(textOf(words, { min: 0, max: 3 }), { nil: undefined, freq: 3 }),
      date: maybe(days),
      authors: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
      source: maybe(names),
      tags: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
      language: maybe(languages),
      weight: fc.option(fc.constantFrom(...weights), { nil: undefined, freq: 1 }),
      search_weight: fc.option(fc.constantFrom(...weights), { nil: undefined, freq: 1 }),
    }),
    sections: fc.array(
      fc.record({
        heading: fc.option(textOf(words, { min: 1, max: 2 }), { nil: undefined }),
        paragraphs: fc.array(paragraph, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
}

const stems = ['a', 'b/harbour', 'b/ship', 'Київ', '__proto__', 'the', 'z'];

/** Some files of all formats with articles of the given words. */
export function corpusFilesOf(
  words: readonly string[],
  size: { min?: number; max: number },
): fc.Arbitrary<CorpusFiles> {
  return fc
    .uniqueArray(corpusFileOf(words), { maxLength: size.max, minLength: size.min ?? 0, selector: ([path]) => path })
    .map((files) => new Map(files));
}

/** A path and what stands in it. */
export function corpusFileOf(words: readonly string[]): fc.Arbitrary<readonly [path: string, text: string]> {
  const stem = fc.constantFrom(...stems);
  const article = articleOf(words);
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(stem, article).map(([name, one]) => [`${name}.md`, toMarkdown(one)] as const) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(stem, fc.array(article, { maxLength: 3 }))
        .map(([name, several]) => [`${name}.jsonl`, several.map(toJsonLine).join('')] as const),
    },
    { weight: 1, arbitrary: fc.tuple(stem, article).map(([name, one]) => [`${name}.txt`, toPlainText(one)] as const) },
  );
}

function toMarkdown({ stated, sections }: RandomArticle): string {
  const front = Object.entries(stated)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  const blocks = sections.flatMap(({ heading, paragraphs }) => [
    ...(heading === undefined ? [] : [`## ${escapeMarkdown(heading)}`]),
    ...paragraphs.map(escapeMarkdown),
  ]);
  return `---\n${front.join('')}---\n\n${blocks.join('\n\n')}\n`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

function toJsonLine({ stated, sections }: RandomArticle): string {
  return `${JSON.stringify({ ...stated, paragraphs: sections.flatMap(({ paragraphs }) => paragraphs) })}\n`;
}

function toPlainText({ stated, sections }: RandomArticle): string {
  return `${stated.title ?? ''}\n\n${sections.flatMap(({ paragraphs }) => paragraphs).join('\n\n')}\n`;
}

/** The terms that the words become, and one that is nowhere. */
export function termsOf(words: readonly string[]): readonly Term[] {
  return [...new Set([...words.flatMap((word) => analyze(word).map(({ term }) => term)), 'nowhere' as Term])].sort();
}

function planArbitrary(words: readonly string[]): fc.Arbitrary<Plan> {
  const terms = fc.constantFrom(...termsOf(words));
  return fc.array(groupArbitrary(terms), { minLength: 1, maxLength: 4 }).chain((groups) => {
    const group = fc.nat({ max: groups.length - 1 });
    const leaf: fc.Arbitrary<Leaf> = fc.oneof(
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('term' as const), group }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('phrase' as const),
          groups: fc.array(group, { minLength: 1, maxLength: 3 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('near' as const),
          groups: fc.array(group, { minLength: 1, maxLength: 3 }),
          distance: fc.nat({ max: 4 }),
        }),
      },
    );
    const leaves = fc.array(leaf, { minLength: 1, maxLength: 5 });
    const neighbours = fc.uniqueArray(fc.tuple(group, group), { maxLength: 4, selector: (pair) => pair.join(' ') });
    return leaves.chain((made) =>
      fc.record({
        groups: fc.constant(groups),
        leaves: fc.constant(made),
        root: treeArbitrary(made.length),
        neighbours,
      }),
    );
  });
}

function groupArbitrary(terms: fc.Arbitrary<Term>): fc.Arbitrary<TermGroup> {
  const weight = fc.constantFrom(1, 0.9, 0.5, 0.4);
  const planned: fc.Arbitrary<PlannedTerm> = fc.record({ term: terms, kind: fc.constantFrom(...matchKinds), weight });
  const prefix = fc.tuple(terms, fc.integer({ min: 0, max: 4 })).map(([term, length]) => term.slice(0, length) as Term);
  return fc.record({
    word: fc.constant('word'),
    terms: fc
      .oneof(
        { weight: 9, arbitrary: fc.uniqueArray(planned, { minLength: 1, maxLength: 3, selector: ({ term }) => term }) },
        { weight: 1, arbitrary: fc.constant([]) },
      )
      .map((members) => [...members].sort((a, b) => (a.term < b.term ? -1 : 1))),
    prefix: fc.option(fc.record({ prefix, weight }), { freq: 1 }),
    fields: fc.oneof(
      { weight: 3, arbitrary: fc.constant(fields) },
      { weight: 1, arbitrary: fc.subarray([...fields], { minLength: 1 }) },
    ),
    // Whatever the plan says counts, right or not: see `fitted`.
    df: fc.record({ articles: fc.nat(), paragraphs: fc.nat() }),
    weight: fc.constantFrom(1, 1, 2, 0.1),
  });
}

function treeArbitrary(leaves: number): fc.Arbitrary<PlanNode> {
  const leaf = fc.record({ kind: fc.constant('leaf' as const), leaf: fc.nat({ max: leaves - 1 }) });
  const others: fc.Arbitrary<PlanNode> = fc.oneof(
    fc.constant({ kind: 'everything' as const }),
    fc.record({ kind: fc.constant('filter' as const), filter: filterArbitrary }),
    leaf.map((node): PlanNode => ({ kind: 'not', node })),
  );
  const simple = fc.oneof({ weight: 6, arbitrary: leaf }, { weight: 1, arbitrary: others });
  const inner = fc.oneof({ weight: 5, arbitrary: simple }, { weight: 1, arbitrary: nodeOf(simple) });
  return fc.oneof({ weight: 1, arbitrary: simple }, { weight: 6, arbitrary: nodeOf(inner) });
}

function nodeOf(member: fc.Arbitrary<PlanNode>): fc.Arbitrary<PlanNode> {
  const nodes = fc.oneof(
    { weight: 9, arbitrary: fc.array(member, { minLength: 1, maxLength: 5 }) },
    { weight: 1, arbitrary: fc.constant([]) },
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('any' as const), nodes }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('all' as const), nodes }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('enough' as const),
        nodes: nodes.chain((made) =>
          fc.tuple(...made.map((node) => fc.record({ node: fc.constant(node), mass: fc.nat({ max: 4 }) }))),
        ),
        minimum: fc.nat({ max: 8 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('not', 'match', 'score'), node: member }) },
  );
}

const years = ['1999', '2021', '2022'];
const valuesOf = { source: names, author: names, tag: names, language: languages, year: years };
const day = fc.option(fc.constantFrom(...days, '2022-03-03'), { freq: 2 });

const filterArbitrary: fc.Arbitrary<ArticleFilter> = fc.oneof(
  fc.constantFrom(...facetNames).chain((facet) =>
    fc.record({
      kind: fc.constant('facet' as const),
      facet: fc.constant(facet),
      values: fc.array(fc.constantFrom(...valuesOf[facet], 'nobody'), { minLength: 1, maxLength: 3 }),
    }),
  ),
  fc.record({
    kind: fc.constant('folded' as const),
    facet: fc.constantFrom(...facetNames),
    value: fc.constantFrom(...names, ...years, 'ELODIE', 'a  &  b', 'EN', 'nobody'),
  }),
  fc.record({ kind: fc.constant('path' as const), contains: fc.constantFrom('B/', '.md', 'київ', '__', 'q', '') }),
  fc.record({ kind: fc.constant('date' as const), from: day, to: day }),
);

const recencyArbitrary: fc.Arbitrary<Recency> = fc.record({
  share: fc.constantFrom(0.1, 1),
  halfLifeDays: fc.constantFrom(1, 100),
  today: fc.constantFrom('1999-01-01', '2022-03-03', '2026-11-01'),
});

/** Pins, some of articles that are not there, some twice. */
export const pinnedArbitrary: fc.Arbitrary<readonly ArticleOrdinal[]> = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.integer({ min: -1, max: 8 }).map((article) => article as ArticleOrdinal),
    { maxLength: 4 },
  ),
);

/** A request for every hit, with no pins: these are numbers of one snapshot. */
export function requestArbitrary(words: readonly string[]): fc.Arbitrary<EngineRequest> {
  return fc.record({
    plan: planArbitrary(words),
    filters: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(filterArbitrary, { minLength: 1, maxLength: 3 }) },
    ),
    sort: fc.constantFrom('relevance' as const, ...sorts),
    offset: fc.constant(0),
    limit: fc.constant(1000),
    recency: fc.oneof(fc.constant(null), recencyArbitrary),
    facets: fc.oneof(fc.constant(facetNames), fc.subarray([...facetNames])),
    facetLimit: fc.constantFrom(0, 1, 2, 100),
    facetValues: fc.constantFrom({}, { tag: ['sea', 'no such'], year: ['2022'] }, { source: ['Herald'] }),
    deadline: fc.constant(Number.POSITIVE_INFINITY),
  });
}

/** The request with document frequencies that the corpus can have, zero among them. */
export function fitted(request: EngineRequest, { articles, paragraphs }: DocumentFrequency): EngineRequest {
  const groups = request.plan.groups.map((group) => ({
    ...group,
    df: { articles: group.df.articles % (articles + 1), paragraphs: group.df.paragraphs % (paragraphs + 1) },
  }));
  return { ...request, plan: { ...request.plan, groups } };
}

/** Query texts that may or may not make sense. */
export function queryTextArbitrary(words: readonly string[]): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.constantFrom(...words).map((word) => word.slice(0, -1)) },
    { weight: 1, arbitrary: fc.constantFrom(...words).map((word) => `${word.slice(0, 2)}*`) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('"', '(', ')', '-', ' OR ', 'NOT ', 'title:', 'author:ada', 'year:2022', '*'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  );
  return fc
    .array(fc.tuple(part, fc.constantFrom(' ', ' ', ' ', '')), { maxLength: 6 })
    .map((parts) => parts.flat().join(''));
}
