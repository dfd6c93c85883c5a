/**
 * What is left out was not among the best: a page equals that stretch of all hits, whichever articles are looked into
 * first. The thresholds are so low that a few articles take every way, and the last test counts that they do.
 */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fields } from '../../../../src/domain/article.ts';
import type { Term } from '../../../../src/domain/ids.ts';
import type { Leaf, MassNode, Plan, PlanNode, PlannedTerm, TermGroup } from '../../../../src/domain/plan.ts';
import { prefixesToKeep } from '../../../../src/engine/embedded/prefix-frequencies.ts';
import { type Pruning, RankedArticles } from '../../../../src/engine/embedded/rank-articles.ts';
import { WordOrder } from '../../../../src/engine/embedded/word-order.ts';
import type { EngineRequest } from '../../../../src/engine/engine.ts';
import { everything } from '../../../contract/ask-engine.ts';
import { groupOf, type PlanTree, planOf, word as planWord } from '../../../contract/plan-of.ts';
import { fitted, requestArbitrary } from '../../../contract/random-requests.ts';
import { engineOn, openSeveral, type PlacedSource } from './placed-sources.ts';

/** Most share a beginning, so that prefixes gather them. */
const words = ['quay', 'quays', 'quayside', 'quarry', 'lane', 'lanes', 'mole'];
/** The first words are common, the last ones rare. */
const word = fc
  .nat({ max: words.length ** 2 - 1 })
  .map((n) => words[words.length - 1 - Math.floor(Math.sqrt(n))] ?? '');

const text = (min: number, max: number) =>
  fc.array(word, { minLength: min, maxLength: max, size: 'max' }).map((all) => all.join(' '));

const source: fc.Arbitrary<PlacedSource> = fc.record({
  id: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 3, maxLength: 3 }),
  title: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text(1, 3) }),
  heading: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text(1, 3) }),
  tags: fc.subarray(['Ada', '__proto__']),
  day: fc.constantFrom(0, 400, 19_000),
  paragraphs: fc.array(fc.oneof(text(1, 3), text(1, 20)), { minLength: 1, maxLength: 3 }),
  segment: fc.nat({ max: 2 }),
  isRemoved: fc.nat({ max: 5 }).map((n) => n === 0),
});
const sources = fc
  .uniqueArray(source, { minLength: 8, maxLength: 30, size: 'max', selector: ({ id }) => id })
  .map((all) => all.toSorted((a, b) => (a.id < b.id ? -1 : 1)));

const member: fc.Arbitrary<PlannedTerm> = fc.record({
  term: fc.constantFrom(...(words as Term[])),
  kind: fc.constant('stem' as const),
  weight: fc.constantFrom(1, 0.9, 0.4),
});

const group: fc.Arbitrary<TermGroup> = fc.record({
  word: fc.constant('word'),
  terms: fc
    .uniqueArray(member, { minLength: 1, maxLength: 3, selector: ({ term }) => term })
    .map((terms) => terms.toSorted((a, b) => (a.term < b.term ? -1 : 1))),
  prefix: fc.option(fc.record({ prefix: fc.constantFrom(...(['qua', 'l'] as Term[])), weight: fc.constant(0.5) }), {
    freq: 1,
  }),
  fields: fc.oneof(
    { weight: 4, arbitrary: fc.constant(fields) },
    { weight: 1, arbitrary: fc.subarray([...fields], { minLength: 1 }) },
  ),
  df: fc.record({ articles: fc.nat(), paragraphs: fc.nat() }),
  weight: fc.constantFrom(1, 1, 1, 2, 0.1),
});

/** Words as people type them, each the neighbour of the one before; a phrase, or words near each other, besides. */
const typedPlan: fc.Arbitrary<Plan> = fc
  .record({
    groups: fc.array(group, { minLength: 1, maxLength: 4 }),
    place: fc.constantFrom<readonly Leaf['kind'][]>([], [], ['phrase'], ['near'], ['phrase', 'near']),
    kind: fc.constantFrom('any', 'enough', 'enough', 'all', 'score'),
    minimum: fc.nat({ max: 4 }),
  })
  .map(({ groups, place, kind, minimum }): Plan => {
    const pair = [0, groups.length - 1];
    const leaves: Leaf[] = groups.map((_, number) => ({ kind: 'term', group: number }));
    if (place.includes('phrase')) leaves.push({ kind: 'phrase', groups: pair });
    if (place.includes('near')) leaves.push({ kind: 'near', groups: pair, distance: 2 });
    const nodes = leaves.map((_, leaf): PlanNode => ({ kind: 'leaf', leaf }));
    const neighbours = groups.slice(1).map((_, number) => [number, number + 1] as const);
    return { groups, leaves, neighbours, root: rootOf(kind, nodes, minimum) };
  });

function rootOf(kind: string, nodes: readonly PlanNode[], minimum: number): PlanNode {
  const [first, ...others] = nodes as [PlanNode, ...PlanNode[]];
  if (kind === 'enough') return { kind, nodes: nodes.map((node): MassNode => ({ node, mass: 2 })), minimum };
  if (kind === 'score')
    return { kind: 'all', nodes: [first, ...others.map((node): PlanNode => ({ kind: 'score', node }))] };
  return { kind: kind === 'all' ? 'all' : 'any', nodes };
}

const request: fc.Arbitrary<EngineRequest> = fc.oneof(
  requestArbitrary(words),
  fc.record({ request: requestArbitrary(words), plan: typedPlan, hasFilters: fc.boolean() }).map((drawn) => ({
    ...drawn.request,
    plan: drawn.plan,
    sort: 'relevance' as const,
    filters: drawn.hasFilters ? drawn.request.filters : [],
  })),
  // For the whole list at once, without what makes it score later.
  typedPlan.chain((plan) =>
    requestArbitrary(words).map((drawn) => ({ ...drawn, plan, sort: 'relevance' as const, filters: [] })),
  ),
);

const page = fc.record({
  offset: fc.constantFrom(0, 0, 1, 5),
  limit: fc.constantFrom(1, 1, 2, 10),
  pruning: fc.record({
    fewArticles: fc.constantFrom(0, 1, 2),
    firstChosen: fc.constantFrom(0, 1, 2, 4),
    nextChosen: fc.constantFrom(0, 1, 2, 100),
  }),
});

const cases = fc.record({
  sources,
  asked: fc.array(fc.tuple(request, fc.array(page, { minLength: 4, maxLength: 4 })), { minLength: 15, maxLength: 15 }),
});

const all: Pruning = { fewArticles: Number.POSITIVE_INFINITY, firstChosen: 0, nextChosen: 0 };

describe('a page', { timeout: 120_000 }, () => {
  afterEach(() => vi.restoreAllMocks());

  it('equals that stretch of all hits, whichever articles are looked into first', async () => {
    const scored = vi.spyOn(RankedArticles.prototype, 'scoreParagraphs');
    const possible = vi.spyOn(WordOrder.prototype, 'possible');
    const ways = { pages: 0, leftOut: 0, twice: 0, thrice: 0, bounded: 0 };
    await fc.assert(
      fc.asyncProperty(cases, async ({ sources: placed, asked }) => {
        const { index } = openSeveral(placed);
        const whole = engineOn(index, all);
        for (const [drawn, pages] of asked) {
          const everyHit = fitted(drawn, index);
          const expected = await whole.execute(everyHit);
          for (const { offset, limit, pruning } of pages) {
            scored.mockClear();
            possible.mockClear();
            const answer = await engineOn(index, pruning).execute({ ...everyHit, offset, limit });
            expect(answer).toEqual({ ...expected, hits: expected.hits.slice(offset, offset + limit) });
            if (everyHit.sort !== 'relevance') continue;
            const looked = scored.mock.calls.reduce((count, [, articles]) => count + articles.length, 0);
            ways.pages++;
            if (looked < expected.total.count) ways.leftOut++;
            if (scored.mock.calls.length === 2) ways.twice++;
            if (scored.mock.calls.length === 3) ways.thrice++;
            if (possible.mock.calls.length > 0) ways.bounded++;
          }
        }
      }),
      { numRuns: 60, unbiased: true },
    );
    // Of some thousands of pages each way is taken by hundreds.
    for (const [way, count] of Object.entries(ways)) expect(count, way).toBeGreaterThan(100);
  });

  it('equals it where a common beginning is counted at once', async () => {
    const { index } = openSeveral(manyBeginnings());
    expect(index.parts.flatMap(({ segment }) => prefixesToKeep(segment)).map(({ prefix }) => prefix)).toEqual(['a']);
    const df = { df: [1500, 2000] } as const;
    const beginning = (weight: number) => ({ word: groupOf([], { prefix: { prefix: 'a' as Term, weight }, ...df }) });
    const trees: PlanTree[] = [
      beginning(1),
      beginning(0.5),
      { word: groupOf(['ab', ['ax', 0.4]], { prefix: { prefix: 'a' as Term, weight: 0.5 }, ...df }) },
      { any: [beginning(0.5), planWord('lane', { df: [300, 400] })] },
      { all: [planWord('lane', { df: [300, 400] }), { score: beginning(1) }] },
    ];
    const whole = engineOn(index, all);
    const scored = vi.spyOn(RankedArticles.prototype, 'scoreParagraphs');
    for (const tree of trees) {
      const everyHit = { ...everything, limit: 2000, facets: [], plan: planOf(tree) };
      const { hits } = await whole.execute(everyHit);
      for (const pruning of [1, 4].map((n) => ({ fewArticles: 0, firstChosen: n, nextChosen: n }))) {
        scored.mockClear();
        for (const limit of [1, 10]) {
          const page = await engineOn(index, pruning).execute({ ...everyHit, limit });
          expect(page.hits).toEqual(hits.slice(0, limit));
        }
        expect(scored.mock.calls.reduce((count, [, articles]) => count + articles.length, 0)).toBeLessThan(hits.length);
      }
    }
  });
});

/** So many articles of so many words with one beginning that they are counted together. Lengths and words differ, always alike. */
function manyBeginnings(): PlacedSource[] {
  let state = 1;
  const draw = (below: number) => {
    state = (state * 48_271) % 0x7fffffff;
    return state % below;
  };
  const beginnings = Array.from({ length: 40 }, (_, n) => `a${String.fromCharCode(97 + (n % 26))}${'b'.repeat(n % 7)}`);
  const bodyOf = (length: number) =>
    Array.from({ length }, () => (draw(8) === 0 ? 'lane' : draw(3) === 0 ? 'mole' : (beginnings[draw(40)] ?? ''))).join(
      ' ',
    );
  return Array.from({ length: 2000 }, (_, number) => ({
    id: String(number).padStart(4, '0'),
    segment: 0,
    isRemoved: number % 97 === 0,
    paragraphs: Array.from({ length: 1 + draw(3) }, () => bodyOf(1 + draw(60))),
  }));
}
