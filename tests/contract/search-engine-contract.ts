/**
 * What every engine owes: one suite, run against each of them. Its sentences are the rules of `src/domain/plan.ts`,
 * `src/domain/ranking.ts` and `src/engine/engine.ts`.
 */
import { describe, expect, it } from 'vitest';
import type { ArticleFilter } from '../../src/domain/plan.ts';
import type { EngineRequest } from '../../src/engine/engine.ts';
import { countsOf, everything, execute, namesOf, type OpenEngine } from './ask-engine.ts';
import { corpusOf } from './corpus-files.ts';
import { dictionaryRules, storeRules } from './dictionary-rules.ts';
import { matchingRules, phraseRules } from './matching-rules.ts';
import { ownerRules } from './owner-rules.ts';
import { type PlanTree, phrase, planOf, word } from './plan-of.ts';
import { scoringRules } from './scoring-rules.ts';

export function describeSearchEngine(name: string, open: OpenEngine): void {
  describe(`${name}, as a search engine,`, () => {
    describe('matches articles:', () => matchingRules(open));
    describe('matches phrases:', () => phraseRules(open));
    describe('scores:', () => scoringRules(open));
    describe('tells of a hit', () => hitRules(open));
    describe('filters, counts and sorts:', () => listRules(open));
    describe('obeys owners: it', () => ownerRules(open));
    describe('answers', () => answerRules(open));
    describe('has a dictionary that', () => dictionaryRules(open));
    describe('has a store that', () => storeRules(open));
  });
}

function hitRules(open: OpenEngine): void {
  const tree: PlanTree = { any: [word('ship'), word('quay'), { not: word('lane') }] };
  const articles = {
    a: { title: 'Quay', text: 'lane\n\nship\n\nship quay\n\nship' },
    b: { text: 'nothing' },
  };

  it('which leaves its article holds, those of exclusions left out', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const { hits } = await execute(searchable, tree);
      expect(hits.map(({ article, leaves }) => [article, leaves])).toEqual([
        [0, [0, 1]],
        [1, []],
      ]);
    });
  });

  it('which paragraphs hold a leaf, and which, best first, ties in reading order', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const [hit] = (await execute(searchable, tree)).hits;
      expect(hit?.paragraphs.map(({ paragraph, leaves }) => [paragraph, leaves])).toEqual([
        [2, [0, 1]],
        [1, [0]],
        [3, [0]],
      ]);
    });
  });

  it('of leaves that only match, but not of those that only score, and no paragraph for either', async () => {
    const asked: PlanTree = { all: [word('quay'), { match: word('lane') }, { score: word('ship') }] };
    await open(corpusOf(articles), async (searchable) => {
      const [hit] = (await execute(searchable, asked)).hits;
      expect(hit?.leaves).toEqual([0, 1]);
      expect(hit?.paragraphs.map(({ paragraph, leaves }) => [paragraph, leaves])).toEqual([[2, [0]]]);
    });
  });

  it('which paragraphs recur across articles, behind those that do not', async () => {
    const own = Object.entries({ a: 'oak', b: 'elm', c: 'ash', d: 'fir', e: 'yew' });
    const files = corpusOf(
      Object.fromEntries(
        own.map(([name, tree]) => [name, { text: `## Ship\n\nahoy there\n\n## Quay\n\nold ${tree} ship` }]),
      ),
    );
    await open(files, async (searchable) => {
      const [hit] = (await execute(searchable, word('ship'))).hits;
      expect(hit?.paragraphs.map(({ paragraph, isRecurring }) => [paragraph, isRecurring])).toEqual([
        [1, false],
        [0, true],
      ]);
      // Its heading earns in full.
      expect(hit?.paragraphs[1]?.score).toBeGreaterThan(hit?.paragraphs[0]?.score as number);
    });
  });

  it('no paragraph for a word of the title', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const [hit] = (await execute(searchable, word('quay', { fields: ['title'] }))).hits;
      expect(hit).toMatchObject({ leaves: [0], paragraphs: [] });
    });
  });

  it('the first paragraph below a heading for its words, and it alone', async () => {
    const text = '## Ship\n\none\n\ntwo\n\n## Quay\n\nthree\n\n## Ship\n\nfour';
    await open(corpusOf({ a: { text } }), async (searchable) => {
      const [hit] = (await execute(searchable, word('ship'))).hits;
      expect(hit?.paragraphs.map(({ paragraph }) => paragraph)).toEqual([0, 3]);
    });
  });
}

function listRules(open: OpenEngine): void {
  const articles = {
    a: {
      date: '2021-05-01',
      authors: ['Ada', 'Ben'],
      source: 'Herald',
      tags: ['sea', '__proto__'],
      language: 'en',
      text: 'ship',
    },
    b: { date: '2022-01-01', authors: ['Ada'], source: 'Herald', tags: ['constructor'], language: 'de', text: 'ship' },
    c: { date: '2022-12-31', authors: ['Élodie'], source: 'Courier', tags: ['sea'], language: 'en', text: 'ship' },
    d: { authors: [], text: 'ship', language: 'fr' },
  };

  it.each<[string, readonly ArticleFilter[], string]>([
    ['one value', [{ kind: 'facet', facet: 'source', values: ['Herald'] }], 'ab'],
    ['any of several values', [{ kind: 'facet', facet: 'tag', values: ['sea', 'constructor'] }], 'abc'],
    ['one of several authors', [{ kind: 'facet', facet: 'author', values: ['Ben'] }], 'a'],
    ['a value that nothing has', [{ kind: 'facet', facet: 'author', values: ['Cyd'] }], ''],
    ['a value that JavaScript has a meaning for', [{ kind: 'facet', facet: 'tag', values: ['__proto__'] }], 'a'],
    ['a value as it is written, and no other way', [{ kind: 'facet', facet: 'author', values: ['ada'] }], ''],
    ['a value with case and diacritics folded', [{ kind: 'folded', facet: 'author', value: 'ELODIE' }], 'c'],
    ['a year', [{ kind: 'facet', facet: 'year', values: ['2022'] }], 'bc'],
    ['a year that is typed', [{ kind: 'folded', facet: 'year', value: '2021' }], 'a'],
    ['part of a path, case folded', [{ kind: 'path', contains: 'C.MD' }], 'c'],
    ['days, both ends included', [{ kind: 'date', from: '2021-05-01', to: '2022-01-01' }], 'ab'],
    ['days from one on', [{ kind: 'date', from: '2021-05-02', to: null }], 'bc'],
    ['days up to one', [{ kind: 'date', from: null, to: '2021-12-31' }], 'a'],
    ['any day at all: undated articles never match', [{ kind: 'date', from: null, to: null }], 'abc'],
    [
      'several conditions at once',
      [
        { kind: 'facet', facet: 'source', values: ['Herald'] },
        { kind: 'date', from: '2022-01-01', to: null },
      ],
      'b',
    ],
  ])('filters by %s', async (_, filters, expected) => {
    await open(corpusOf(articles), async (searchable) => {
      const answer = await execute(searchable, word('ship'), { filters });
      expect((await namesOf(searchable, answer)).sort().join('')).toBe(expected);
      expect(answer.total).toEqual({ count: expected.length, allWords: expected.length, isExact: true });
    });
  });

  it('does not score by a filter', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const filters: ArticleFilter[] = [{ kind: 'path', contains: 'a.md' }];
      const all = await execute(searchable, word('ship'));
      const filtered = await execute(searchable, word('ship'), { filters });
      expect(filtered.hits).toEqual(all.hits.filter(({ article }) => article === 0));
    });
  });

  it('counts the values of what matches, by falling count, then by value', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const { facets } = await execute(searchable, word('ship'));
      expect(facets).toEqual({
        source: countsOf({ Herald: 2, Courier: 1 }),
        author: countsOf({ Ada: 2, Ben: 1, Élodie: 1 }),
        tag: [
          { value: 'sea', count: 2 },
          { value: '__proto__', count: 1 },
          { value: 'constructor', count: 1 },
        ],
        language: countsOf({ en: 2, de: 1, fr: 1 }),
        year: [
          { value: '2022', count: 2 },
          { value: '2021', count: 1 },
        ],
      });
    });
  });

  it('leaves the filter of a facet out when it counts that facet, and all others in', async () => {
    const filters: ArticleFilter[] = [
      { kind: 'facet', facet: 'source', values: ['Herald'] },
      { kind: 'facet', facet: 'language', values: ['en'] },
    ];
    await open(corpusOf(articles), async (searchable) => {
      const { facets, total } = await execute(searchable, word('ship'), { filters });
      expect(total.count).toBe(1);
      expect(facets.source).toEqual(countsOf({ Courier: 1, Herald: 1 }));
      expect(facets.language).toEqual(countsOf({ de: 1, en: 1 }));
      expect(facets.author).toEqual(countsOf({ Ada: 1, Ben: 1 }));
    });
  });

  it('lists the most frequent values of a facet, and those that are named if there are any', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const asked = { facets: ['language'], facetLimit: 1, facetValues: { language: ['fr', 'xx'] } } as const;
      const { facets } = await execute(searchable, word('ship'), asked);
      expect(facets.language).toEqual(countsOf({ en: 2, fr: 1 }));
      const all = await execute(searchable, word('ship'), { ...asked, facetLimit: 4 });
      expect(all.total.count).toBe(4);
      expect(all.facets.language).toEqual(countsOf({ en: 2, de: 1, fr: 1 }));
    });
  });

  it('counts only the facets that were asked for', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const { facets } = await execute(searchable, word('ship'), { facets: ['language'] });
      expect(facets).toEqual({
        source: [],
        author: [],
        tag: [],
        language: countsOf({ en: 2, de: 1, fr: 1 }),
        year: [],
      });
    });
  });

  it.each<[EngineRequest['sort'], string]>([
    ['newest', 'cbad'],
    ['oldest', 'abcd'],
    ['relevance', 'abcd'],
  ])('sorts by "%s", undated articles last, ties in corpus order', async (sort, expected) => {
    await open(corpusOf(articles), async (searchable) => {
      const answer = await execute(searchable, word('ship'), { sort });
      expect((await namesOf(searchable, answer)).join('')).toBe(expected);
    });
  });

  it.each([
    [0, 2, 'ab'],
    [1, 2, 'bc'],
    [3, 5, 'd'],
    [4, 5, ''],
    [2, 0, ''],
  ])('gives from offset %i on at most %i hits: %s; the total stays', async (offset, limit, expected) => {
    await open(corpusOf(articles), async (searchable) => {
      const answer = await execute(searchable, word('ship'), { offset, limit });
      expect((await namesOf(searchable, answer)).join('')).toBe(expected);
      expect(answer.total).toEqual({ count: 4, allWords: 4, isExact: true });
    });
  });
}

function answerRules(open: OpenEngine): void {
  const articles = { a: { text: 'ship quay' }, b: { text: 'lane' } };

  it('from an empty corpus with nothing', async () => {
    await open(new Map(), async (searchable) => {
      for (const tree of ['everything', word('ship'), phrase(['ship', 'quay'])] satisfies PlanTree[]) {
        expect(await execute(searchable, tree)).toMatchObject({ hits: [], total: { count: 0, isExact: true } });
      }
      expect(await searchable.engine.status()).toMatchObject({ articles: 0, paragraphs: 0, terms: 0 });
    });
  });

  it('with what it has and says so once the time is over', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const answer = await execute(searchable, word('ship'), { deadline: performance.now() - 1 });
      expect(answer).toMatchObject({ isPartial: true, total: { isExact: false } });
      expect(await execute(searchable, word('ship'))).toMatchObject({ isPartial: false, total: { isExact: true } });
    });
  });

  it('with the reason of the signal where it was aborted before', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const reason = new Error('the visitor left');
      const request = { ...everything, plan: planOf(word('ship')) };
      await expect(searchable.engine.execute(request, AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });

  it('equally when asked twice, and when asked twice at once', async () => {
    await open(corpusOf(articles), async (searchable) => {
      const tree: PlanTree = { any: [word('ship'), phrase(['ship', 'quay']), { not: word('lane') }] };
      const first = await execute(searchable, tree);
      const [second, third] = await Promise.all([execute(searchable, tree), execute(searchable, tree)]);
      expect(second).toEqual(first);
      expect(third).toEqual(first);
    });
  });

  it('how much it holds, and of which build', async () => {
    const files = corpusOf({ a: { title: 'Ship', text: 'quay\n\nlane' }, b: { text: '## Wall\n\nship' } });
    await open(files, async ({ engine, build }) => {
      expect(await engine.status()).toEqual({ build, articles: 2, paragraphs: 3, terms: 4, weights: 'none' });
    });
  });
}
