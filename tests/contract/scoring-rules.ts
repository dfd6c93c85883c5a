/** What every engine's scores are: worked out by hand from the formula in `src/domain/ranking.ts`. */
import { expect, it } from 'vitest';
import type { Term } from '../../src/domain/ids.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { everything, execute, nameOf, type OpenEngine } from './ask-engine.ts';
import { corpusOf, type TinyArticle } from './corpus-files.ts';
import { groupOf, near, type PlanTree, phrase, planOf, word } from './plan-of.ts';

interface ScoredCase {
  readonly articles: Readonly<Record<string, TinyArticle>>;
  readonly tree: PlanTree;
  readonly neighbours?: Plan['neighbours'];
  /** For each article that is found. */
  readonly scores: Readonly<Record<string, number>>;
}

const ships = {
  a: { title: 'Harbour', text: 'ship ship quay' },
  b: { text: 'ship' },
  c: { text: 'quay lane lane lane' },
};

/** In both of two articles or paragraphs: an idf of ln 1.2. In one of two: ln 2. */
const inBoth = { df: [2, 2] } as const;

const frequencies: Readonly<Record<string, ScoredCase>> = {
  'a word by its frequency and the length of article and paragraph': {
    articles: ships,
    tree: word('ship', inBoth),
    scores: { a: 0.3910464385177069, b: 0.4476325539426158 },
  },
  'an article by its sum and half of its best paragraph': {
    articles: { a: { text: 'ship quay\n\nship\n\nlane' }, b: { text: 'lane' } },
    tree: word('ship', { df: [1, 2] }),
    scores: { a: 0.5422380257729227 },
  },
  'a group as one term: weighted frequencies add up': {
    articles: { a: { text: 'ship ships' }, b: { text: 'ships' }, c: { text: 'lane' } },
    tree: { word: groupOf(['ship', ['ships', 0.9]], inBoth) },
    scores: { a: 0.3773268572817877, b: 0.3384026130569297 },
  },
  'what begins with the prefix by its weight, but a member that is named by its own': {
    articles: { a: { text: 'ship shore' }, b: { text: 'shore shed' }, c: { text: 'lane' } },
    tree: { word: groupOf(['ship'], { prefix: { prefix: 'sh' as Term, weight: 0.5 }, ...inBoth }) },
    scores: { a: 0.367190335348231, b: 0.2962207747347073 },
  },
  'a phrase by the number of its places and the idf of all its words': {
    articles: { a: { text: 'ship quay ship quay' }, b: { text: 'quay ship' }, c: { text: 'lane' } },
    tree: phrase(['ship', 'quay'], inBoth),
    scores: { a: 0.7338346627628587 },
  },
  'each place of a phrase by its lightest member': {
    articles: { a: { text: 'ship dock boat dock' }, b: { text: 'lane' } },
    tree: { phrase: [groupOf(['ship', ['boat', 0.5]]), groupOf(['quay', ['dock', 0.8]])] },
    scores: { a: 0.8892348697972983 },
  },
  'words near each other by the number of their stretches': {
    articles: { a: { text: 'ship old quay ship' }, b: { text: 'lane' } },
    tree: near(['ship', 'quay'], 1),
    scores: { a: 1.1120008244277195 },
  },
  'several words as the sum of each': {
    articles: { a: { text: 'ship quay' }, b: { text: 'lane lane' } },
    tree: { any: [word('ship'), word('quay')] },
    scores: { a: 0.9452007007635617 },
  },
};

const masses: Readonly<Record<string, ScoredCase>> = {
  'a group by the frequencies that the plan names, of articles and of paragraphs, wherever it stands': {
    articles: { a: { text: 'ship' }, b: { text: 'ship' }, c: { text: 'lane' } },
    tree: word('ship', { df: [1, 3] }),
    scores: { a: 0.47617952241999434, b: 0.47617952241999434 },
  },
  'nothing for a group that nothing holds by the plan': {
    articles: { a: { text: 'ship' }, b: { text: 'lane' } },
    tree: word('ship', { df: [0, 0] }),
    scores: { a: 0 },
  },
  'a function word by a tenth of its idf, where the plan says so': {
    articles: { a: { text: 'the ship' }, b: { text: 'lane lane' } },
    tree: { any: [word('ship'), word('the', { weight: 0.1 })] },
    scores: { a: 0.5198603854199589 },
  },
  'a word that stands twice by twice its idf': {
    articles: { a: { text: 'the ship' }, b: { text: 'lane lane' } },
    tree: word('ship', { weight: 2 }),
    scores: { a: 0.9452007007635617 },
  },
  'a leaf that only scores, where it stands': {
    articles: { a: { text: 'ship quay' }, b: { text: 'quay lane' } },
    tree: { all: [word('quay', inBoth), { score: word('ship') }] },
    scores: { a: 0.5969105027412953, b: 0.1243101523595145 },
  },
  'nothing for a leaf that only matches': {
    articles: { a: { text: 'ship quay' }, b: { text: 'quay lane' } },
    tree: { all: [word('quay', inBoth), { match: word('ship') }] },
    scores: { a: 0.1243101523595145 },
  },
  'nothing for conditions and exclusions': {
    articles: { a: { text: 'ship' }, b: { text: 'lane' } },
    tree: { all: [{ not: word('ship') }, { filter: { kind: 'path', contains: 'b' } }] },
    scores: { b: 0 },
  },
};

const covers: Readonly<Record<string, ScoredCase>> = {
  'a title that is the query by twice its mass, for the article alone': {
    articles: ships,
    tree: word('harbour'),
    scores: { a: 2.5781797507736806 },
  },
  'a title by how much of the mass it holds, and how many of its words are named': {
    articles: { a: { title: 'Old harbour wall', text: 'lane' }, b: { text: 'ferry' } },
    tree: { any: [word('harbour'), word('ferry', inBoth)] },
    scores: { a: 0.6020520346797926, b: 0.1660042407285442 },
  },
  'a phrase in a title as all of its words': {
    articles: { a: { title: 'Old harbour', text: 'lane' }, b: { text: 'lane' } },
    tree: phrase(['old', 'harbour']),
    scores: { a: 3.6256929444674064 },
  },
  'what begins with a prefix in a title as the word': {
    articles: { a: { title: 'Harbour harbours', text: 'lane' }, b: { text: 'lane' } },
    tree: { word: groupOf([], { prefix: { prefix: 'har' as Term, weight: 0.5 } }) },
    scores: { a: 1.8128464722337032 },
  },
  'a title of which more is named than there is as one that is named whole': {
    articles: { a: { title: '#harbour', text: 'lane' }, b: { text: 'lane' } },
    tree: { word: groupOf(['#harbour', 'harbour']) },
    scores: { a: 1.923617756902794 },
  },
  'a heading for the article, and for the paragraph below also by half of the mass where it is the query': {
    articles: { a: { text: '## Ship\n\nquay' }, b: { text: 'quay' } },
    tree: word('ship'),
    scores: { a: 0.7697019633443913 },
  },
  'a heading by how much of the mass it holds, and how many of its words are named': {
    articles: { a: { text: '## Old wall\n\nquay' }, b: { text: 'quay' } },
    tree: { all: [word('wall'), { score: word('ferry', inBoth) }] },
    scores: { a: 0.6318199148140609 },
  },
  'a heading that only begins with a prefix by its frequency alone': {
    articles: { a: { text: '## Ship\n\nquay' }, b: { text: 'quay' } },
    tree: { word: groupOf([], { prefix: { prefix: 'sh' as Term, weight: 1 } }) },
    scores: { a: 0.596415168204405 },
  },
};

const both = [
  [0, 1],
  [1, 2],
] as const;

const orders: Readonly<Record<string, ScoredCase>> = {
  'neighbours in their order, those in another not': {
    articles: { a: { text: 'ship quay lane' }, b: { text: 'lane quay ship' } },
    tree: { all: [word('ship', inBoth), word('quay', inBoth), word('lane', inBoth)] },
    neighbours: both,
    scores: { a: 0.6464127922694753, b: 0.3729304570785435 },
  },
  'a pair of two by the square of a half, and of that the half': {
    articles: { a: { text: 'ship quay' }, b: { text: 'lane lane' } },
    tree: { all: [word('ship'), word('quay'), { score: word('ferry', inBoth) }] },
    neighbours: both,
    scores: { a: 1.0922584430679847 },
  },
  'neighbours in the title for the best paragraph, whichever it is': {
    articles: { a: { title: 'Old wall', text: 'quay\n\nlane' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall')] },
    neighbours: [[0, 1]],
    scores: { a: 4.356962311663815 },
  },
  'neighbours in a heading': {
    articles: { a: { text: '## Old wall\n\nquay' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall')] },
    neighbours: [[0, 1]],
    scores: { a: 2.029279574665629 },
  },
  'pairs of one text, and not those of heading and body together': {
    articles: { a: { text: '## Old wall\n\nwall gate' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall'), word('gate')] },
    neighbours: both,
    scores: { a: 2.0627862797578302 },
  },
  'neighbours that are named, not what begins with a prefix': {
    articles: { a: { text: 'ship quay lane' }, b: { text: 'lane quay ship' } },
    tree: {
      all: [
        word('ship', inBoth),
        { word: groupOf([], { prefix: { prefix: 'qu' as Term, weight: 1 }, ...inBoth }) },
        word('lane', inBoth),
      ],
    },
    neighbours: both,
    scores: { a: 0.3729304570785435, b: 0.3729304570785435 },
  },
  'neighbours only in fields of both words': {
    articles: { a: { title: 'Old wall', text: 'wall' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall', { fields: ['body'] })] },
    neighbours: [[0, 1]],
    scores: { a: 1.1717538230201567 },
  },
};

export function scoringRules(open: OpenEngine): void {
  const cases = { ...frequencies, ...masses, ...covers, ...orders };

  it.each(Object.entries(cases))('%s', async (_, { articles, tree, neighbours, scores: expected }) => {
    await open(corpusOf(articles), async (searchable) => {
      const { hits } = await execute(searchable, tree, neighbours === undefined ? {} : { neighbours });
      const names = await Promise.all(hits.map(({ article }) => nameOf(searchable, article)));
      expect(names.toSorted()).toEqual(Object.keys(expected));
      for (const [place, { score }] of hits.entries()) {
        expect(score, names[place]).toBeCloseTo(expected[names[place] as string] as number, 12);
      }
    });
  });

  it('gives each paragraph its own score', async () => {
    await open(corpusOf({ a: { text: 'ship quay\n\nship\n\nlane' }, b: { text: 'lane' } }), async (searchable) => {
      const [hit] = (await execute(searchable, word('ship', { df: [1, 2] }))).hits;
      expect(hit?.paragraphs.map(({ paragraph }) => paragraph)).toEqual([1, 0]);
      expect(hit?.paragraphs[0]?.score).toBeCloseTo(0.3431421685940323, 12);
      expect(hit?.paragraphs[1]?.score).toBeCloseTo(0.25297342356202385, 12);
    });
  });

  it('counts a leaf once, however often the tree asks for it', async () => {
    await open(corpusOf(ships), async (searchable) => {
      const once = planOf(word('ship'));
      const twice = { ...once, root: { kind: 'all' as const, nodes: [once.root, once.root] } };
      const scores = async (plan: typeof once) =>
        (await searchable.engine.execute({ ...everything, plan })).hits.map(({ score }) => score);
      expect(await scores(twice)).toEqual(await scores(once));
    });
  });
}
