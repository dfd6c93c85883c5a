/** Weights and recency multiply scores, in one segment and in several, and leave pruning exact. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recency } from '../../../../src/domain/owner-choices.ts';
import { EmbeddedEngine } from '../../../../src/engine/embedded/embedded-engine.ts';
import type { OpenedSegment, OpenedSnapshot } from '../../../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import type { Pruning } from '../../../../src/engine/embedded/rank-articles.ts';
import { noDay } from '../../../../src/engine/embedded/segment-format.ts';
import type { EngineRequest } from '../../../../src/engine/engine.ts';
import { parseQuery } from '../../../../src/query/parse-query.ts';
import { planQuery } from '../../../../src/query/plan-query.ts';
import { segmentOf, type TinySource } from './tiny-segment.ts';

const recency: Recency = { share: 0.5, halfLifeDays: 30, today: '2020-01-01' };
/** 2020-01-01. */
const newYear = 18_262;

interface PlacedSource extends TinySource {
  readonly id: string;
  readonly isRemoved?: boolean;
}

function openIndex(...segments: readonly (readonly PlacedSource[])[]): OpenedIndex {
  return new OpenedIndex(
    segments.map((sources, number): OpenedSegment => {
      const articles = sources.flatMap(({ isRemoved }, place) => (isRemoved ? [place] : []));
      const removed = segmentOf(sources.filter(({ isRemoved }) => isRemoved));
      const segment = segmentOf(sources);
      return {
        name: `s${number}`,
        segment,
        removed: articles.length === 0 ? null : { articles, segment: removed },
        texts: null as never,
      };
    }),
  );
}

const source = (id: string, parts: Partial<PlacedSource> = {}): PlacedSource => ({ id, paragraphs: ['x'], ...parts });

describe('the factors of articles', () => {
  it('are null where nobody wants any', () => {
    const { factors } = openIndex([source('a', { day: 7 })]);
    expect(factors.of(null)).toBeNull();
    expect(factors.of({ ...recency, share: 0 })).toBeNull();
    expect(factors.weights).toBe('none');
  });

  it('are those of the articles in the order of their numbers over all segments', () => {
    const { factors } = openIndex([source('a', { weight: 50 }), source('c')], [source('b', { weight: 300 })]);
    expect([...(factors.of(null) ?? [])]).toEqual([0.5, 3, 1]);
    expect(factors.weights).toBe('counted');
  });

  it('count age from the newest article that is left and not of the future', () => {
    const removed = source('e', { day: newYear - 1, isRemoved: true });
    const future = source('d', { day: newYear + 500 });
    const old = [source('a', { day: newYear - 40 }), source('b', { day: newYear - 10, weight: 200 }), source('c')];
    const { factors } = openIndex([...old, future], [removed, source('f', { day: noDay })]);
    expect([...(factors.of(recency) ?? [])].slice(0, 4)).toEqual([1.25, 3, 1, 1.5]);
  });

  it('are computed anew on another day', () => {
    const { factors } = openIndex([source('a', { day: newYear }), source('b', { day: newYear + 30 })]);
    expect([...(factors.of(recency) ?? [])]).toEqual([1.5, 1.5]);
    expect([...(factors.of({ ...recency, today: '2020-02-01' }) ?? [])]).toEqual([1.25, 1.5]);
    expect(factors.of(recency)).not.toBe(factors.of(null));
  });

  it('leave removed articles out where they ask how the corpus uses weights', () => {
    const ordered = Array.from({ length: 20 }, (_, i) => source(`a${i}`, { weight: 2000 }));
    expect(openIndex(ordered).factors.weights).toBe('menu-order');
    const [first, ...others] = ordered as [PlacedSource, ...PlacedSource[]];
    expect(openIndex([{ ...first, isRemoved: true }, ...others]).factors.weights).toBe('counted');
  });
});

describe('a page of articles with factors', () => {
  const word = fc.constantFrom('ferry', 'quay', 'fog', 'lamp');
  /** Some of the words, and up to thirty that nobody asks for, so that lengths and order decide. */
  const text = fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.nat(30))
    .map(([words, others]) => `${words.join(' ')}${' tide'.repeat(others)}`);
  const tiny = fc.record({
    title: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, text),
    heading: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, text),
    paragraphs: fc.array(text, { minLength: 1, maxLength: 3 }),
    day: fc.oneof(fc.constant(noDay), fc.integer({ min: newYear - 100, max: newYear + 20 })),
    weight: fc.oneof(fc.constant(0), fc.constantFrom(10, 500, 600, 700, 1000)),
    segment: fc.nat(1),
    isRemoved: fc.boolean(),
  });
  const pruning: fc.Arbitrary<Pruning> = fc.record({
    fewArticles: fc.nat(2),
    firstChosen: fc.integer({ min: 1, max: 3 }),
    nextChosen: fc.integer({ min: 1, max: 2 }),
  });

  it('finds the article that only word order brings first, however long it is', async () => {
    const winners = new Set<string>();
    for (let others = 0; others < 80; others++) {
      const inOrder = source('a', { weight: 1000, paragraphs: [`ferry quay${' tide'.repeat(others)}`] });
      const turned = source('b', { weight: 1000, paragraphs: ['quay tide ferry tide'] });
      const index = openIndex([inOrder, turned, source('c'), source('d'), source('e'), source('f')]);
      const engine = new EmbeddedEngine({} as OpenedSnapshot['manifest'], index, {
        pruning: { fewArticles: 0, firstChosen: 1, nextChosen: 1 },
      });
      const whole = new EmbeddedEngine({} as OpenedSnapshot['manifest'], index);
      const options = { isTyping: false, correctsTypos: false, match: 'most' } as const;
      const { plan } = await planQuery(parseQuery('ferry quay').query, engine.dictionary, options);
      const rest = { filters: [], sort: 'relevance', facets: [], facetLimit: 1, facetValues: {} } as const;
      const request = { plan, ...rest, offset: 0, limit: 1, deadline: Number.POSITIVE_INFINITY };
      const { hits } = await engine.execute(request);
      expect({ others, hits }).toEqual({ others, hits: (await whole.execute(request)).hits });
      winners.add(String(hits[0]?.article));
    }
    expect([...winners]).toEqual(['0', '1']);
  });

  it('equals that stretch of all of them, whatever is looked into', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(tiny, { minLength: 8, maxLength: 16 }),
        fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
        pruning,
        fc.record({ offset: fc.nat(4), limit: fc.integer({ min: 1, max: 3 }), isRecent: fc.boolean() }),
        fc.array(fc.nat(15), { maxLength: 3 }),
        async (tinies, words, thresholds, { offset, limit, isRecent }, pinned) => {
          const sources = tinies.map((parts, i) => ({ ...parts, id: `a${String(i).padStart(2, '0')}` }));
          const parts = [0, 1].map((number) => sources.filter(({ segment }) => segment === number));
          const index = openIndex(...parts.filter(({ length }) => length > 0));
          const manifest = {} as OpenedSnapshot['manifest'];
          const whole = new EmbeddedEngine(manifest, index);
          const pruned = new EmbeddedEngine(manifest, index, { pruning: thresholds });
          const options = { isTyping: false, correctsTypos: false, match: 'most' } as const;
          const { plan } = await planQuery(parseQuery(words.join(' ')).query, whole.dictionary, options);
          const rest = { filters: [], sort: 'relevance', facets: [], facetLimit: 1, facetValues: {} } as const;
          const owners = {
            pinned: pinned as unknown as NonNullable<EngineRequest['pinned']>,
            recency: isRecent ? recency : null,
          };
          const request = { plan, ...rest, ...owners, deadline: Number.POSITIVE_INFINITY };
          const all = await whole.execute({ ...request, offset: 0, limit: 100 });
          const page = await pruned.execute({ ...request, offset, limit });
          expect(page.hits).toEqual(all.hits.slice(offset, offset + limit));
          expect(page.total).toEqual(all.total);
          const own = all.hits.slice(
            new Set(pinned.filter((article) => all.hits.some((hit) => hit.article === article))).size,
          );
          for (const [i, { score }] of own.entries())
            if (i > 0) expect(score).toBeLessThanOrEqual(own[i - 1]?.score ?? 0);
        },
      ),
      { numRuns: 300 },
    ));
});
