import { describe, expect, it } from 'vitest';
import { drawKnownItems, type KnownItemClass } from '../../../../src/evaluation/known-items/draw-known-items.ts';
import { corpusOf, type TinyArticle } from '../../../contract/corpus-files.ts';
import { withEmbedded } from '../../../contract/open-embedded.ts';

const articles: Readonly<Record<string, TinyArticle>> = {
  a: {
    title: 'Tide tables',
    text: '## Reading them\n\nHigh water comes twice a day and the tables say when.\n\n## See also\n\nMore below.',
  },
  b: { title: 'TIDE-TABLES', text: '## See also\n\nLow water lets you walk to the island and back.' },
  c: { title: 'Lighthouse keepers of the northern coast', text: 'Low water lets you walk to the island and home.' },
  d: { title: '—', text: 'A keeper.\n\nToo few words here to be a passage.' },
};

interface Drawn {
  readonly text: string;
  /** Paths of the articles, without ending. */
  readonly articles: readonly string[];
}

function draw(
  corpus: Readonly<Record<string, TinyArticle>>,
  options = { seed: 1, limit: 10 },
): Promise<Record<KnownItemClass, Drawn[]>> {
  return withEmbedded(corpusOf(corpus), async ({ engine, store }) => {
    const classes = await drawKnownItems(store, (await engine.status()).articles, options);
    const named: [string, Drawn[]][] = [];
    for (const [name, items] of Object.entries(classes)) {
      const drawn = items.map(async ({ text, articles: ordinals }) => ({
        text,
        articles: await Promise.all(ordinals.map(async (each) => (await store.readArticle(each)).path.slice(0, -3))),
      }));
      named.push([name, await Promise.all(drawn)]);
    }
    return Object.fromEntries(named) as Record<KnownItemClass, Drawn[]>;
  });
}

describe('drawKnownItems', () => {
  it('tells titles of one article from those that several share, case and punctuation aside', async () => {
    const { title, 'title-shared': shared } = await draw(articles);
    expect(title).toEqual([{ text: 'Lighthouse keepers of the northern coast', articles: ['c'] }]);
    expect(shared).toEqual([{ text: 'Tide tables', articles: ['a', 'b'] }]);
  });

  it('takes headings that one article has', async () => {
    expect((await draw(articles)).heading).toEqual([{ text: 'Reading them', articles: ['a'] }]);
  });

  it('makes variants of titles of one article', async () => {
    const drawn = await draw(articles);
    expect(drawn['title-turned-round'].map(({ text }) => text)).toEqual(['coast northern the of keepers Lighthouse']);
    for (const name of ['title-misspelled', 'title-word-left-out', 'title-word-replaced'] as const) {
      expect(drawn[name].map(({ articles: found }) => found)).toEqual([['c']]);
    }
  });

  it('takes eight words that no other article has side by side, and replaces one by a word of several articles', async () => {
    const bodies = Object.entries(articles).map(([name, { text }]) => [name, text.split(/[^A-Za-z]+/)] as const);
    const passages: Drawn[] = [];
    for (let seed = 0; seed < 12; seed++) passages.push(...(await draw(articles, { seed, limit: 10 })).passage);
    expect(passages.length).toBeGreaterThan(12);
    for (const { text, articles: found } of passages) {
      const query = text.split(' ');
      expect(query).toHaveLength(8);
      const holders = bodies.filter(([, body]) =>
        body.some((_, at) => query.filter((word, i) => word === body[at + i]).length >= 7),
      );
      expect(holders.map(([name]) => name)).toEqual(expect.arrayContaining([...found]));
    }
    // "Low water lets you walk to the island" stands in two articles, so only the runs with the last words are left.
    for (const { text, articles: found } of passages)
      if (found[0] !== 'a' && found[0] !== 'd') expect(text).toContain('and');
  });

  it('draws the same for the same seed, others for others, and of a smaller limit the beginning', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`n${i}`, { title: `Harbour number ${i}`, text: `Berth ${i} is open.` }]),
    );
    const first = await draw(many, { seed: 1, limit: 6 });
    expect(await draw(many, { seed: 1, limit: 6 })).toEqual(first);
    expect((await draw(many, { seed: 2, limit: 6 })).title).not.toEqual(first.title);
    expect((await draw(many, { seed: 1, limit: 3 })).title).toEqual(first.title.slice(0, 3));
    expect((await draw(many, { seed: 1, limit: 3 }))['title-misspelled']).toEqual(
      first['title-misspelled'].slice(0, 3),
    );
  });
});
