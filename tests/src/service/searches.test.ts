import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnswer } from '../../../src/domain/answer.ts';
import { facetNames } from '../../../src/domain/plan.ts';
import type { SearchRequest } from '../../../src/domain/search-request.ts';
import type { Searchable } from '../../../src/searchable.ts';
import { canonicalRequest, Searches } from '../../../src/service/searches.ts';
import { withEmbedded } from '../../contract/open-embedded.ts';

function requestOf(query: string, changes: Partial<SearchRequest> = {}): SearchRequest {
  const rest = {
    match: 'most',
    sort: 'relevance',
    offset: 0,
    limit: 10,
    isTyping: false,
    correctsTypos: true,
  } as const;
  return { query, facets: {}, from: null, to: null, ...rest, ...changes };
}

const corpus = new Map([['a.txt', 'Ferry\n\nThe ferry left.\n\nThe quay is empty.']]);

/** Counts the searches that reach the engine, each of which is late if `isLate`. */
function countExecutions(searchable: Searchable, isLate = false) {
  const counted = { executions: 0, build: searchable.build };
  const { engine, store } = searchable;
  const watched: Searchable = {
    get build() {
      return counted.build;
    },
    store,
    engine: {
      dictionary: engine.dictionary,
      execute: (request, signal) => {
        counted.executions++;
        return engine.execute(isLate ? { ...request, deadline: performance.now() - 1 } : request, signal);
      },
      status: () => engine.status(),
      close: async () => {},
    },
  };
  return { counted, watched };
}

function openSearches(cacheBytes: number): Searches {
  return new Searches({ threads: 1, cacheBytes, onThreadEnd: () => {}, program: null });
}

describe('searches', () => {
  it('are made once for requests that ask for the same, and again for another build', () =>
    withEmbedded(corpus, async (searchable) => {
      const { counted, watched } = countExecutions(searchable);
      const searches = openSearches(1_000_000);
      const first = await searches.search(requestOf('ferry'), watched);
      expect(await searches.search(requestOf('  ferry '), watched)).toBe(first);
      expect(counted.executions).toBe(1);
      await searches.search(requestOf('ferry', { offset: 1 }), watched);
      expect(counted.executions).toBe(2);
      counted.build = 'another' as typeof counted.build;
      expect(decodeAnswer(await searches.search(requestOf('ferry'), watched)).build).toBe('another');
      expect(counted.executions).toBe(3);
    }));

  it('that time cut short are made again', () =>
    withEmbedded(corpus, async (searchable) => {
      const { counted, watched } = countExecutions(searchable, true);
      const searches = openSearches(1_000_000);
      for (const executions of [1, 2]) {
        expect((await searches.search(requestOf('ferry'), watched)).partial).toBe(true);
        expect(counted.executions).toBe(executions);
      }
    }));

  it('are all made where the cache is switched off', () =>
    withEmbedded(corpus, async (searchable) => {
      const { counted, watched } = countExecutions(searchable);
      const searches = openSearches(0);
      for (const executions of [1, 2]) {
        await searches.search(requestOf('ferry'), watched);
        expect(counted.executions).toBe(executions);
      }
    }));
});

describe('canonicalRequest', () => {
  it('is the same whatever the order of facets and values, and asks for the same', () => {
    const values = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '__proto__'), { maxLength: 4 });
    const chosen = fc.record({ source: values, author: values, tag: values, language: values, year: values });
    fc.assert(
      fc.property(chosen, fc.shuffledSubarray([...facetNames], { minLength: facetNames.length }), (facets, names) => {
        const shuffled = Object.fromEntries(names.map((name) => [name, [...facets[name], ...facets[name]].reverse()]));
        const canonical = canonicalRequest(requestOf('x', { facets }));
        expect(JSON.stringify(canonicalRequest(requestOf(' x ', { facets: shuffled })))).toBe(
          JSON.stringify(canonical),
        );
        for (const name of facetNames) expect(canonical.facets[name] ?? []).toEqual([...facets[name]].sort());
      }),
    );
  });

  it('keeps everything else that a request says', () => {
    const request = requestOf('x y', {
      from: '2022-01-01',
      to: '2022-02-02',
      sort: 'oldest',
      offset: 3,
      isTyping: true,
    });
    expect(canonicalRequest(request)).toEqual(request);
  });
});
