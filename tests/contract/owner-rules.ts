/** What owners add, for every engine: weights and recency multiply scores, pins come first. */
import { expect, it } from 'vitest';
import type { ArticleOrdinal } from '../../src/domain/ids.ts';
import type { EngineRequest } from '../../src/engine/engine.ts';
import type { Searchable } from '../../src/searchable.ts';
import { countsOf, execute, namesOf, type OpenEngine } from './ask-engine.ts';
import { corpusOf } from './corpus-files.ts';
import { type PlanTree, word } from './plan-of.ts';

const recency = { share: 0.5, halfLifeDays: 10, today: '2022-06-01' };

export function ownerRules(open: OpenEngine): void {
  it('multiplies a score by what the article states as its weight', async () => {
    const articles = {
      a: { text: 'ship' },
      b: { text: 'ship', weight: 2.5 },
      c: { text: 'ship', weight: 5, search_weight: 0.5 },
      d: { text: 'ship', weight: 40 },
    };
    await open(corpusOf(articles), async (searchable) => {
      expect(await factorsOf(searchable, {})).toEqual([1, 2.5, 0.5, 1]);
      expect((await searchable.engine.status()).weights).toBe('counted');
    });
  });

  it('takes weights of a menu for what they are', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `a${String(i).padStart(2, '0')}`);
    const articles = Object.fromEntries(names.map((name, i) => [name, { text: 'ship', weight: i + 1 }]));
    await open(corpusOf({ ...articles, b: { text: 'ship', search_weight: 2 } }), async (searchable) => {
      expect((await searchable.engine.status()).weights).toBe('menu-order');
      expect(await factorsOf(searchable, {})).toEqual([...names.map(() => 1), 2]);
    });
  });

  it('favours newer articles by days before the newest that is not of the future, where it is asked to', async () => {
    const articles = {
      a: { text: 'ship' },
      b: { text: 'ship', date: '2022-05-20' },
      c: { text: 'ship', date: '2022-05-10', weight: 2 },
      d: { text: 'ship', date: '2022-07-01' },
    };
    await open(corpusOf(articles), async (searchable) => {
      expect(await factorsOf(searchable, { recency })).toEqual([1, 1.5, 2 * 1.25, 1.5]);
      expect(await factorsOf(searchable, { recency: null })).toEqual([1, 1, 2, 1]);
    });
  });

  const shore = {
    a: { text: 'ship', tags: ['sea'], date: '2021-01-01' },
    b: { text: 'lane', tags: ['land'], date: '2023-01-01' },
    c: { text: 'ship ship', tags: ['sea'], date: '2022-01-01' },
    d: { text: 'ship quay', tags: ['sea', 'land'] },
  };
  const pinned = [3, 1, 3, 9, -1] as ArticleOrdinal[];

  it('puts pinned articles first in their order, each once, whether they match or not', async () => {
    await open(corpusOf(shore), async (searchable) => {
      const plain = await execute(searchable, word('ship'));
      const answer = await execute(searchable, word('ship'), { pinned });
      expect((await namesOf(searchable, answer)).join('')).toBe('dbca');
      expect(answer.total).toEqual({ count: 4, allWords: 3, isExact: true });
      expect(answer.facets.tag).toEqual(countsOf({ sea: 3, land: 2 }));
      for (const hit of plain.hits) expect(answer.hits).toContainEqual(hit);
      expect(answer.hits[1]).toMatchObject({ score: 0, leaves: [], paragraphs: [] });
    });
  });

  it('gives a pinned article that does not match the score of what it holds', async () => {
    const tree: PlanTree = { all: [word('ship'), word('quay')] };
    await open(corpusOf(shore), async (searchable) => {
      const { hits, total } = await execute(searchable, tree, { pinned: [0 as ArticleOrdinal] });
      const { hits: others } = await execute(searchable, { any: [word('ship'), word('quay')] });
      expect(hits.map(({ article, score }) => [article, score])).toEqual(
        [0, 3].map((article) => [article, others.find((hit) => hit.article === article)?.score]),
      );
      expect(total).toEqual({ count: 2, allWords: 1, isExact: true });
    });
  });

  it('leaves out pinned articles that a filter excludes', async () => {
    const filters = [{ kind: 'facet', facet: 'tag', values: ['sea'] }] as const;
    await open(corpusOf(shore), async (searchable) => {
      const answer = await execute(searchable, word('ship'), { pinned, filters });
      expect((await namesOf(searchable, answer)).join('')).toBe('dca');
      expect(answer.facets.tag).toEqual(countsOf({ sea: 3, land: 2 }));
    });
  });

  it('lists pinned articles where their dates are in an order by date', async () => {
    await open(corpusOf(shore), async (searchable) => {
      const answer = await execute(searchable, word('ship'), { pinned, sort: 'newest' });
      expect((await namesOf(searchable, answer)).join('')).toBe('bcad');
    });
  });

  it('gives pages of them and the others', async () => {
    await open(corpusOf(shore), async (searchable) => {
      for (const [offset, expected] of [
        [0, 'db'],
        [1, 'bc'],
        [2, 'ca'],
        [3, 'a'],
      ] as const) {
        const answer = await execute(searchable, word('ship'), { pinned, offset, limit: 2 });
        expect((await namesOf(searchable, answer)).join(''), `from ${offset}`).toBe(expected);
      }
    });
  });

  it('lists them once the time is over, and nothing else', async () => {
    await open(corpusOf(shore), async (searchable) => {
      const answer = await execute(searchable, word('ship'), { pinned, deadline: performance.now() - 1 });
      expect((await namesOf(searchable, answer)).join('')).toBe('db');
      expect(answer).toMatchObject({ isPartial: true, total: { count: 2, allWords: 0, isExact: false } });
    });
  });
}

/** What the score of each article is multiplied by, in corpus order: the first, whose score is the measure, by 1. */
async function factorsOf(searchable: Searchable, request: Pick<EngineRequest, 'recency'>): Promise<number[]> {
  const { hits } = await execute(searchable, word('ship'), request);
  const scores = hits.toSorted((a, b) => a.article - b.article).map(({ score }) => score);
  return scores.map((score) => Math.round((1e6 * score) / (scores[0] as number)) / 1e6);
}
