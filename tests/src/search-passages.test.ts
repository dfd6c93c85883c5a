/** Which paragraphs a hit shows, in whole searches. */
import { describe, expect, it } from 'vitest';
import { search } from '../../src/search.ts';
import { corpusOf, type TinyArticle } from '../contract/corpus-files.ts';
import { withEmbedded } from '../contract/open-embedded.ts';

const promotion = 'Write to the gazette: tell us what you know of the storm, the barge or the old pier.';

/** Six articles that end with one promotion; the first has more. */
function gazette(first: string): Readonly<Record<string, TinyArticle>> {
  const texts = ['Bread', 'Bridges', 'Clocks', 'Ferries', 'Mills'].map((thing) => `${thing} of the town were counted.`);
  const articles = [first, ...texts].map((text) => ({ text: `${text}\n\n${promotion}` }));
  return Object.fromEntries(articles.map((article, i) => [`a${i}`, article]));
}

async function passagesOf(articles: Readonly<Record<string, TinyArticle>>, query: string) {
  const request = { query, facets: {}, from: null, to: null, sort: 'relevance', offset: 0, limit: 10 } as const;
  return withEmbedded(corpusOf(articles), async (searchable) => {
    const { hits } = await search({ ...request, isTyping: false, correctsTypos: true, match: 'most' }, searchable);
    return hits.map(({ article, paragraphs, moreParagraphs, score }) => ({
      path: article.path,
      texts: paragraphs.map(({ text }) => text),
      more: moreParagraphs,
      score,
    }));
  });
}

describe('the paragraphs of a hit', () => {
  it('are not those that recur across articles, where others match', async () => {
    const [best] = await passagesOf(gazette('A barge went down in the night.'), 'barge storm');
    expect(best).toMatchObject({ path: 'a0.md', texts: ['A barge went down in the night.'], more: 1 });
  });

  it('are those that recur where no other matches', async () => {
    const hits = await passagesOf(gazette('Nothing happened in the town.'), 'barge');
    expect(hits).toHaveLength(6);
    for (const { texts, more } of hits) expect({ texts, more }).toEqual({ texts: [promotion], more: 0 });
  });

  it('hold no text twice', async () => {
    const text = 'The barge sank.\n\nThe barge sank.\n\nAt noon the barge sank. The pier was closed.';
    const [hit] = await passagesOf({ a: { text } }, 'barge');
    expect(hit).toMatchObject({ texts: ['At noon the barge sank. The pier was closed.'], more: 2 });
  });

  it('begin with the first sentence that does not recur where nothing matches', async () => {
    const text = `Photo: Ada Vale\n\n${promotion}\n\nHARBOUR TOWN\n\nThe mayor counted the barges.`;
    const articles = gazette(text);
    const named = { ...articles, a0: { text, title: 'Regatta' } };
    const [hit] = await passagesOf(named, 'title:regatta');
    expect(hit).toMatchObject({ path: 'a0.md', texts: ['The mayor counted the barges.'], more: 0 });
    const all = await passagesOf(named, '');
    expect(all.find(({ path }) => path === 'a0.md')?.texts).toEqual(['The mayor counted the barges.']);
  });

  it('are the first one where nothing matches and none is a sentence', async () => {
    const [hit] = await passagesOf({ a: { text: 'Harbour\n\nPier', title: 'Regatta' } }, 'title:regatta');
    expect(hit?.texts).toEqual(['Harbour']);
  });
});

describe('the ranking', () => {
  it('puts an article that says it before those where only a promotion does', async () => {
    const hits = await passagesOf(gazette('In the old harbour a barge lay at the pier for many years.'), 'barge pier');
    expect(hits[0]?.path).toBe('a0.md');
    // Both words stand twice in it, and once in a paragraph of its own.
    expect(hits[0]?.score).toBeGreaterThan(1.5 * (hits[1]?.score ?? 0));
  });

  it('lowers what words of a recurring paragraph earn, but for words of its heading', async () => {
    const fold = (heading: string) => ({
      ...gazette(`## ${heading}\n\nHousing.`),
      a0: { text: `Housing.\n\n## ${heading}\n\n${promotion}` },
    });
    const scoreOf = async (heading: string, query: string) =>
      (await passagesOf(fold(heading), query)).find(({ path }) => path === 'a0.md')?.score ?? 0;
    expect(await scoreOf('Barge', 'barge')).toBeGreaterThan(2 * (await scoreOf('Town', 'barge')));
  });
});
