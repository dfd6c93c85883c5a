/** Random plans, requests and query texts about the words of a random corpus. */
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
import { days, languages, names } from './random-corpora.ts';

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
