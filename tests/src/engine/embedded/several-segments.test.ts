/**
 * An index of several segments, of which articles were removed since, against one segment of the articles that are left:
 * hits, scores to the last bit, totals, facets and the dictionary are the same.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Term } from '../../../../src/domain/ids.ts';
import type { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import { prefixesToKeep } from '../../../../src/engine/embedded/prefix-frequencies.ts';
import type { EngineAnswer, EngineRequest } from '../../../../src/engine/engine.ts';
import { groupOf, type PlanTree, planOf, word } from '../../../contract/plan-of.ts';
import { corpusWords } from '../../../contract/random-corpora.ts';
import { fitted, requestArbitrary, termsOf } from '../../../contract/random-requests.ts';
import { leftOvers } from './left-overs.ts';
import { memory, type Opened, openOne, openSegments, openSeveral, type PlacedSource } from './placed-sources.ts';
import { segmentOf } from './tiny-segment.ts';

/** An answer in terms that do not depend on numbers. */
function describeAnswer({ hits, ...rest }: EngineAnswer, index: OpenedIndex) {
  return {
    ...rest,
    hits: hits.map(({ article, paragraphs, ...hit }) => {
      const { part, local } = index.locate(article);
      const first = index.paragraphStarts[article] as number;
      return {
        ...hit,
        id: part.segment.ids.name(local),
        paragraphs: paragraphs.map(({ paragraph, ...match }) => ({ ...match, paragraph: paragraph - first })),
      };
    }),
  };
}

function sourcesOf(words: readonly string[]): fc.Arbitrary<readonly PlacedSource[]> {
  const text = (max: number) =>
    fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: max }).map((all) => all.join(' '));
  const source = fc.record({
    id: fc.string({ unit: fc.constantFrom('a', 'b', 'é', '/'), minLength: 1, maxLength: 4 }),
    title: text(2),
    heading: text(2),
    language: fc.constantFrom('en', 'de', 'uk'),
    tags: fc.uniqueArray(fc.constantFrom('sea', 'law', 'Élodie', '__proto__'), { maxLength: 3 }),
    day: fc.constantFrom(0, 400, 19_000),
    paragraphs: fc.array(text(8), { minLength: 1, maxLength: 4 }),
    segment: fc.nat({ max: 3 }),
    isRemoved: fc.boolean(),
  });
  return fc
    .uniqueArray(source, { minLength: 1, maxLength: 14, selector: ({ id }) => id })
    .map((sources) => sources.toSorted((a, b) => (`${a.id}.md` < `${b.id}.md` ? -1 : 1)));
}

const everyHit: Omit<EngineRequest, 'plan'> = {
  filters: [],
  sort: 'relevance',
  offset: 0,
  limit: 2000,
  facets: [],
  facetLimit: 0,
  facetValues: {},
  deadline: Number.POSITIVE_INFINITY,
};

describe('several segments', { timeout: 60_000 }, () => {
  const cases = corpusWords.chain((words) =>
    fc.record({
      sources: sourcesOf(words),
      requests: fc.array(requestArbitrary(words), { minLength: 1, maxLength: 12 }),
      terms: fc.array(fc.constantFrom(...termsOf(words)), { minLength: 1, maxLength: 6 }),
    }),
  );

  it('answer as one segment of what is left of them', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ sources, requests }) => {
        const several = openSeveral(sources);
        const one = openOne(sources);
        const size = await one.engine.dictionary.size();
        for (const drawn of requests) {
          const request = fitted(drawn, size);
          const expected = describeAnswer(await one.engine.execute(request), one.index);
          expect(describeAnswer(await several.engine.execute(request), several.index)).toEqual(expected);
          const page = { ...request, offset: 1, limit: 2 };
          const { hits } = describeAnswer(await several.engine.execute(page), several.index);
          expect(hits).toEqual(expected.hits.slice(1, 3));
          expect(leftOvers(memory, several.index)).toBe(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('answer alike where a common beginning is counted at once in one and term by term in the other', async () => {
    const words = Array.from(
      { length: 40 },
      (_, number) => `a${String.fromCharCode(97 + (number % 26))}${'b'.repeat(number % 7)}`,
    );
    const sources = Array.from({ length: 1200 }, (_, number): PlacedSource => {
      const own = words.map((word, place) => words[(place * (number + 1) + (number % 5)) % words.length] ?? word);
      const id = String(number).padStart(4, '0');
      const isRemoved = number % 11 === 0;
      return {
        id,
        segment: number % 4,
        isRemoved,
        title: own[3] ?? '',
        paragraphs: [own.join(' '), own.slice(0, number % 30).join(' ')],
      };
    });
    const several = openSeveral(sources);
    const one = openOne(sources);
    const keptBytes = (opened: Opened) => opened.index.parts.flatMap(({ segment }) => prefixesToKeep(segment));
    expect(keptBytes(one).map(({ prefix }) => prefix)).toEqual(['a']);
    expect(keptBytes(several)).toEqual([]);
    const prefix = (weight: number) => ({ prefix: 'a' as Term, weight });
    for (const tree of [
      { word: groupOf([], { prefix: prefix(1) }) },
      { word: groupOf(['aa', ['ao', 0.9], ['zz', 0.4]], { prefix: prefix(0.5) }) },
      { all: [word('aa'), { word: groupOf(['ao'], { prefix: prefix(0.5) }) }] },
      { word: groupOf([], { prefix: prefix(1), fields: ['title'] }) },
    ] satisfies PlanTree[]) {
      const request = { ...everyHit, plan: planOf(tree) };
      const expected = describeAnswer(await one.engine.execute(request), one.index);
      expect(expected.total.count).toBeGreaterThan(500);
      expect(describeAnswer(await several.engine.execute(request), several.index)).toEqual(expected);
      const page = { ...request, limit: 10 };
      expect(describeAnswer(await one.engine.execute(page), one.index).hits).toEqual(expected.hits.slice(0, 10));
    }
  });

  it('know the same words', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ sources, terms }) => {
        const several = openSeveral(sources).engine.dictionary;
        const one = openOne(sources).engine.dictionary;
        expect(await several.languages()).toEqual(await one.languages());
        expect(await several.size()).toEqual(await one.size());
        expect(await several.lookup(terms)).toEqual(await one.lookup(terms));
        expect(await several.together(terms, terms)).toEqual(await one.together(terms, terms));
        for (const term of terms) {
          for (const length of [0, 1, 2, 4]) {
            const prefix = term.slice(0, length) as Term;
            for (const limit of [1, 3, 100]) {
              expect(await several.completions(prefix, limit)).toEqual(await one.completions(prefix, limit));
            }
            const stems = ['en', 'de', 'uk'].map((language) => ({ language, stem: term.slice(0, length + 2) }));
            expect(await several.families(stems)).toEqual(await one.families(stems));
          }
          for (const leastArticles of [1, 2, 4, 5]) {
            const options = { maxEdits: 2, leastArticles, limit: 5 };
            expect(await several.similar(term, options)).toEqual(await one.similar(term, options));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are refused where they are more than an index can have', () => {
    const segment = segmentOf([{ id: 'a', paragraphs: ['x'] }]);
    const many = Array.from({ length: 257 }, () => ({ segment, removed: null }));
    expect(() => openSegments(many)).toThrow('257 segments, expected 256 at most');
    expect(openSegments(many.slice(1)).index.articles).toBe(256);
  });

  it('find an article by its id where it is left', () => {
    const sources = [
      { id: 'a', segment: 0, isRemoved: true, paragraphs: ['old'] },
      { id: 'a', segment: 1, isRemoved: false, paragraphs: ['new'] },
      { id: 'b', segment: 0, isRemoved: true, paragraphs: ['gone'] },
    ];
    const { index } = openSeveral(sources);
    const { part, local } = index.locate(index.findArticle('a'));
    expect([part.name, local]).toEqual(['s1', 0]);
    expect(index.findArticle('b')).toBe(-1);
  });
});
