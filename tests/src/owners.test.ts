/** What the owners of a corpus add to the order by relevance, from files to answers. */
import { describe, expect, it } from 'vitest';
import type { ArticleId, ArticleOrdinal } from '../../src/domain/ids.ts';
import { noChoices, type OwnerChoices } from '../../src/domain/owner-choices.ts';
import type { Results } from '../../src/domain/results.ts';
import type { SearchRequest } from '../../src/domain/search-request.ts';
import { search } from '../../src/search.ts';
import type { Searchable } from '../../src/searchable.ts';
import type { CorpusFiles } from '../contract/corpus-files.ts';
import { withEmbedded } from '../contract/open-embedded.ts';

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

function filesOf(articles: Readonly<Record<string, readonly [data: string, text: string]>>): CorpusFiles {
  return new Map(
    Object.entries(articles).map(([name, [data, text]]) => [
      `${name}.md`,
      `---\ntitle: Number ${name}\nlanguage: en\n${data}\n---\n${text}\n`,
    ]),
  );
}

const namesOf = ({ hits }: Results) => hits.map(({ article }) => article.path.replace('.md', ''));

describe('weights', () => {
  const text = 'The ferry left the quay.';

  it('multiply the score of the whole article', () =>
    withEmbedded(filesOf({ a: ['', text], b: ['weight: 2.5', text], c: ['weight: 0.5', text] }), async (searchable) => {
      const answer = await search(requestOf('ferry quay'), searchable);
      expect(namesOf(answer)).toEqual(['b', 'a', 'c']);
      const [b, a, c] = answer.hits.map(({ score }) => score) as [number, number, number];
      expect(b / a).toBeCloseTo(2.5, 2);
      expect(c / a).toBeCloseTo(0.5, 2);
      expect(answer.understood.owners).toEqual({ pinned: 0, weights: 'counted', recency: null });
    }));

  it('are not said of a corpus without any, or of an order by date', () =>
    withEmbedded(filesOf({ a: ['', text] }), async (searchable) => {
      expect((await search(requestOf('ferry'), searchable)).understood.owners).toBeNull();
    }).then(() =>
      withEmbedded(filesOf({ a: ['weight: 2', text] }), async (searchable) => {
        expect((await search(requestOf('ferry', { sort: 'newest' }), searchable)).understood.owners).toBeNull();
      }),
    ));

  it('count 1 where they lie outside the range, and others still count', () =>
    withEmbedded(filesOf({ a: ['', text], b: ['weight: 50', text], c: ['weight: 3', text] }), async (searchable) => {
      expect(namesOf(await search(requestOf('ferry'), searchable))).toEqual(['c', 'a', 'b']);
    }));

  it('do not count where they order menus, and the other name does', () => {
    const pages = Array.from({ length: 24 }, (_, i): [string, [string, string]] => [
      String(i).padStart(2, '0'),
      [`weight: ${i + 1}`, text],
    ]);
    const files = filesOf({ ...Object.fromEntries(pages), '23': ['weight: 9\nsearch_weight: 3', text] });
    return withEmbedded(files, async (searchable) => {
      const answer = await search(requestOf('ferry', { limit: 4 }), searchable);
      expect(namesOf(answer)).toEqual(['23', '00', '01', '02']);
      expect(answer.understood.owners?.weights).toBe('menu-order');
      expect((await searchable.engine.status()).weights).toBe('menu-order');
    });
  });
});

describe('recency', () => {
  const text = 'The ferry left the quay.';
  const files = filesOf({
    a: ['date: 2001-01-01', text],
    b: ['', text],
    c: ['date: 2002-01-01', text],
  });
  const choices: OwnerChoices = { ...noChoices, recency: { share: 0.5, halfLifeDays: 365 } };

  it('is off where nobody asked for it', () =>
    withEmbedded(files, async (searchable) => {
      expect(namesOf(await search(requestOf('ferry'), searchable))).toEqual(['a', 'b', 'c']);
    }));

  it('favours articles by their age beside the newest of the corpus', () =>
    withEmbedded(files, async (searchable) => {
      const answer = await search(requestOf('ferry'), searchable, { choices });
      expect(namesOf(answer)).toEqual(['c', 'a', 'b']);
      const [c, a, b] = answer.hits.map(({ score }) => score) as [number, number, number];
      expect(c / b).toBeCloseTo(1.5, 2);
      expect(a / b).toBeCloseTo(1.25, 2);
      const { recency } = choices;
      expect(answer.understood.owners).toEqual({ pinned: 0, weights: 'none', recency });
    }));

  it('says nothing of an order by date', () =>
    withEmbedded(files, async (searchable) => {
      const answer = await search(requestOf('ferry', { sort: 'oldest' }), searchable, { choices });
      expect(answer.understood.owners).toBeNull();
    }));
});

describe('pinned articles', () => {
  const files = filesOf({
    a: ['source: Post', 'The ferry left the quay. The ferry came back to the quay.'],
    b: ['source: Post', 'The ferry left.'],
    c: ['source: Gazette', 'Tram lines and nothing else.'],
    d: ['source: Gazette', 'A quay is a wall.'],
    e: ['source: Gazette', 'The ferry left the quay.'],
  });

  async function pinned(searchable: Searchable, ...paths: string[]): Promise<{ choices: OwnerChoices }> {
    const found = await Promise.all(paths.map((path) => searchable.store.find(`${path}.md` as ArticleId)));
    return { choices: { pinned: found as ArticleOrdinal[], recency: null } };
  }

  it('come first in their order, whether they match or not, and nothing is listed twice', () =>
    withEmbedded(files, async (searchable) => {
      const before = await search(requestOf('ferry quay'), searchable);
      const options = await pinned(searchable, 'c', 'b');
      const answer = await search(requestOf('ferry quay'), searchable, options);
      const others = namesOf(before).filter((name) => name !== 'b');
      expect(namesOf(answer)).toEqual(['c', 'b', ...others]);
      expect(answer.total).toEqual({ ...before.total, count: before.total.count + 1 });
      expect(answer.hits.map((hit) => hit.pinned)).toEqual([true, true, ...others.map(() => false)]);
      expect(answer.hits[0]).toMatchObject({ score: 0, missing: ['ferry', 'quay'] });
      expect(answer.hits[0]?.paragraphs[0]?.text).toBe('Tram lines and nothing else.');
      const own = before.hits.find(({ article }) => article.path === 'b.md');
      expect(answer.hits[1]).toEqual({ ...own, pinned: true });
      expect(answer.understood.owners).toEqual({ pinned: 2, weights: 'none', recency: null });
    }));

  it.each(['ferry quay', '+ferry quay', '"the quay"', 'ferry -came', 'tram OR quay'])(
    'keep pages of «%s» consistent',
    (query) =>
      withEmbedded(files, async (searchable) => {
        const options = await pinned(searchable, 'd', 'c', 'a');
        const whole = await search(requestOf(query), searchable, options);
        expect(namesOf(whole).slice(0, 3)).toEqual(['d', 'c', 'a']);
        expect(new Set(namesOf(whole)).size).toBe(whole.total.count);
        for (let offset = 0; offset <= whole.total.count; offset++) {
          for (const limit of [1, 2]) {
            const page = await search(requestOf(query, { offset, limit }), searchable, options);
            expect(page.hits).toEqual(whole.hits.slice(offset, offset + limit));
            expect(page.total).toEqual(whole.total);
          }
        }
      }),
  );

  it('have the score that they have anyway, though a demanded word is missing', () =>
    withEmbedded(files, async (searchable) => {
      const free = await search(requestOf('came quay'), searchable, await pinned(searchable, 'd'));
      const demanded = await search(requestOf('+came quay'), searchable, await pinned(searchable, 'd'));
      expect(demanded.hits[0]?.article.path).toBe('d.md');
      expect(demanded.hits[0]?.score).toBe(free.hits[0]?.score);
      expect(demanded.hits[0]?.score).toBeGreaterThan(0);
    }));

  it('are left out by filters, and counted by facets', () =>
    withEmbedded(files, async (searchable) => {
      const options = await pinned(searchable, 'c', 'b');
      const filtered = await search(requestOf('ferry', { facets: { source: ['Post'] } }), searchable, options);
      expect(namesOf(filtered)).toEqual(['b', 'a']);
      const { facets } = await search(requestOf('ferry'), searchable, options);
      for (const { facets: counted } of [filtered, { facets }]) {
        expect(counted.source.map(({ value, count }) => [value, count])).toEqual([
          ['Gazette', 2],
          ['Post', 2],
        ]);
      }
    }));

  it('do not come first in an order by date, nor are they added to it', () =>
    withEmbedded(files, async (searchable) => {
      const plain = await search(requestOf('ferry', { sort: 'newest' }), searchable);
      const answer = await search(requestOf('ferry', { sort: 'newest' }), searchable, await pinned(searchable, 'c'));
      expect(answer.hits).toEqual(plain.hits);
    }));

  it('do not hide that no article has a phrase', () =>
    withEmbedded(files, async (searchable) => {
      const answer = await search(requestOf('"quay ferry"'), searchable, await pinned(searchable, 'c'));
      expect(answer.problems.map(({ code }) => code)).toEqual(['no-phrase']);
      expect(namesOf(answer)[0]).toBe('c');
      expect(answer.hits.length).toBeGreaterThan(1);
    }));
});

describe('articles by their path', () => {
  it('are the first of their file', () =>
    withEmbedded(
      new Map([
        ['b.jsonl', '{"id":"x","text":"One."}\n{"id":"y","text":"Two."}\n'],
        ['a.txt', 'A\n\nText'],
      ]),
      async ({ store }) => {
        expect(await store.findPath('b.jsonl')).toBe(await store.find('x' as ArticleId));
        expect(await store.findPath('a.txt')).toBe(await store.find('a.txt' as ArticleId));
        expect(await store.findPath('c.txt')).toBeNull();
        expect(await store.findPath('')).toBeNull();
      },
    ));
});
