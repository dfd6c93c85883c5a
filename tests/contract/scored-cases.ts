/** What is asked of small corpora, and what articles earn: lengths and frequencies are counted by hand. */
import type { Term } from '../../src/domain/ids.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { defaultRanking } from '../../src/domain/ranking.ts';
import type { TinyArticle } from './corpus-files.ts';
import { asBoth, cover, earned, rarity } from './formula.ts';
import { groupOf, near, type PlanTree, phrase, word } from './plan-of.ts';

/** What is asked of some articles, and what they earn. */
interface ScoredCase {
  readonly articles: Readonly<Record<string, TinyArticle>>;
  readonly tree: PlanTree;
  readonly neighbours?: Plan['neighbours'];
  /** For each article that is found. */
  readonly scores: Readonly<Record<string, number>>;
}

const { titleWeight, titleCover, headingCover, wordOrder, paragraphShare, recurringShare } = defaultRanking;

export const ships = {
  a: { title: 'Harbour', text: 'ship ship quay' },
  b: { text: 'ship' },
  c: { text: 'quay lane lane lane' },
};

/** In both of two articles or paragraphs. What is not said is in one. */
const inBoth = { df: [2, 2] } as const;
const ofBoth = Math.log(1.2);
const ofOne = Math.log(2);

const frequencies: Readonly<Record<string, ScoredCase>> = {
  'a word by its frequency and the length of article and paragraph': {
    articles: ships,
    tree: word('ship', inBoth),
    scores: {
      a:
        earned(rarity(2, 3), 2, (titleWeight + 3) / ((titleWeight + 8) / 3)) +
        paragraphShare * earned(rarity(2, 3), 2, 3 / (8 / 3)),
      b: earned(rarity(2, 3), 1, 1 / ((titleWeight + 8) / 3)) + paragraphShare * earned(rarity(2, 3), 1, 1 / (8 / 3)),
    },
  },
  'an article by its sum and a share of its best paragraph': {
    articles: { a: { text: 'ship quay\n\nship\n\nlane' }, b: { text: 'lane' } },
    tree: word('ship', { df: [1, 2] }),
    scores: { a: earned(ofOne, 2, 4 / 2.5) + paragraphShare * earned(rarity(2, 4), 1, 1 / 1.25) },
  },
  'a group as one term: weighted frequencies add up': {
    articles: { a: { text: 'ship ships' }, b: { text: 'ships' }, c: { text: 'lane' } },
    tree: { word: groupOf(['ship', ['ships', 0.9]], inBoth) },
    scores: { a: asBoth(earned(rarity(2, 3), 1.9, 2 / (4 / 3))), b: asBoth(earned(rarity(2, 3), 0.9, 1 / (4 / 3))) },
  },
  'what begins with the prefix by its weight, but a member that is named by its own': {
    articles: { a: { text: 'ship shore' }, b: { text: 'shore shed' }, c: { text: 'lane' } },
    tree: { word: groupOf(['ship'], { prefix: { prefix: 'sh' as Term, weight: 0.5 }, ...inBoth }) },
    scores: { a: asBoth(earned(rarity(2, 3), 1.5, 2 / (5 / 3))), b: asBoth(earned(rarity(2, 3), 1, 2 / (5 / 3))) },
  },
  'a phrase by the number of its places and the idf of all its words': {
    articles: { a: { text: 'ship quay ship quay' }, b: { text: 'quay ship' }, c: { text: 'lane' } },
    tree: phrase(['ship', 'quay'], inBoth),
    scores: { a: asBoth(earned(2 * rarity(2, 3), 2, 4 / (7 / 3))) },
  },
  'each place of a phrase by its lightest member': {
    articles: { a: { text: 'ship dock boat dock' }, b: { text: 'lane' } },
    tree: { phrase: [groupOf(['ship', ['boat', 0.5]]), groupOf(['quay', ['dock', 0.8]])] },
    scores: { a: asBoth(earned(2 * ofOne, 0.8 + 0.5, 4 / 2.5)) },
  },
  'words near each other by the number of their stretches': {
    articles: { a: { text: 'ship old quay ship' }, b: { text: 'lane' } },
    tree: near(['ship', 'quay'], 1),
    scores: { a: asBoth(earned(2 * ofOne, 2, 4 / 2.5)) },
  },
  'several words as the sum of each': {
    articles: { a: { text: 'ship quay' }, b: { text: 'lane lane' } },
    tree: { any: [word('ship'), word('quay')] },
    scores: { a: asBoth(2 * earned(ofOne, 1, 1)) },
  },
};

const masses: Readonly<Record<string, ScoredCase>> = {
  'a group by the frequencies that the plan names, of articles and of paragraphs, wherever it stands': {
    articles: { a: { text: 'ship' }, b: { text: 'ship' }, c: { text: 'lane' } },
    tree: word('ship', { df: [1, 3] }),
    scores: {
      a: earned(rarity(1, 3), 1, 1) + paragraphShare * earned(rarity(3, 3), 1, 1),
      b: earned(rarity(1, 3), 1, 1) + paragraphShare * earned(rarity(3, 3), 1, 1),
    },
  },
  'nothing for a group that nothing holds by the plan': {
    articles: { a: { text: 'ship' }, b: { text: 'lane' } },
    tree: word('ship', { df: [0, 0] }),
    scores: { a: 0 },
  },
  'a function word by a tenth of its idf, where the plan says so': {
    articles: { a: { text: 'the ship' }, b: { text: 'lane lane' } },
    tree: { any: [word('ship'), word('the', { weight: 0.1 })] },
    scores: { a: asBoth(earned(ofOne, 1, 1) + earned(0.1 * ofOne, 1, 1)) },
  },
  'a word that stands twice by twice its idf': {
    articles: { a: { text: 'the ship' }, b: { text: 'lane lane' } },
    tree: word('ship', { weight: 2 }),
    scores: { a: asBoth(earned(2 * ofOne, 1, 1)) },
  },
  'a leaf that only scores, where it stands': {
    articles: { a: { text: 'ship quay' }, b: { text: 'quay lane' } },
    tree: { all: [word('quay', inBoth), { score: word('ship') }] },
    scores: { a: asBoth(earned(ofBoth, 1, 1) + earned(ofOne, 1, 1)), b: asBoth(earned(ofBoth, 1, 1)) },
  },
  'nothing for a leaf that only matches': {
    articles: { a: { text: 'ship quay' }, b: { text: 'quay lane' } },
    tree: { all: [word('quay', inBoth), { match: word('ship') }] },
    scores: { a: asBoth(earned(ofBoth, 1, 1)) },
  },
  'nothing for conditions and exclusions': {
    articles: { a: { text: 'ship' }, b: { text: 'lane' } },
    tree: { all: [{ not: word('ship') }, { filter: { kind: 'path', contains: 'b' } }] },
    scores: { b: 0 },
  },
};

const covers: Readonly<Record<string, ScoredCase>> = {
  'a title that is the query by its whole mass, for the article alone': {
    articles: ships,
    tree: word('harbour'),
    scores: {
      a: earned(rarity(1, 3), titleWeight, (titleWeight + 3) / ((titleWeight + 8) / 3)) + titleCover * rarity(1, 3),
    },
  },
  'a title by how much of the mass it holds, and how many of its words are named': {
    articles: { a: { title: 'Old harbour wall', text: 'lane' }, b: { text: 'ferry' } },
    tree: { any: [word('harbour'), word('ferry', inBoth)] },
    scores: {
      a:
        earned(ofOne, titleWeight, (3 * titleWeight + 1) / ((3 * titleWeight + 2) / 2)) +
        titleCover * (ofOne + ofBoth) * cover(ofOne / (ofOne + ofBoth), 1 / 3),
      b: earned(ofBoth, 1, 1 / ((3 * titleWeight + 2) / 2)) + paragraphShare * earned(ofBoth, 1, 1),
    },
  },
  'a phrase in a title as all of its words': {
    articles: { a: { title: 'Old harbour', text: 'lane' }, b: { text: 'lane' } },
    tree: phrase(['old', 'harbour']),
    scores: {
      a: earned(2 * ofOne, titleWeight, (2 * titleWeight + 1) / (titleWeight + 1)) + titleCover * 2 * ofOne,
    },
  },
  'what begins with a prefix in a title as the word': {
    articles: { a: { title: 'Harbour harbours', text: 'lane' }, b: { text: 'lane' } },
    tree: { word: groupOf([], { prefix: { prefix: 'har' as Term, weight: 0.5 } }) },
    scores: {
      a: earned(ofOne, (0.5 + 0.5) * titleWeight, (2 * titleWeight + 1) / (titleWeight + 1)) + titleCover * ofOne,
    },
  },
  'a title of which more is named than there is as one that is named whole': {
    articles: { a: { title: '#harbour', text: 'lane' }, b: { text: 'lane' } },
    tree: { word: groupOf(['#harbour', 'harbour']) },
    scores: { a: earned(ofOne, 2 * titleWeight, (titleWeight + 1) / ((titleWeight + 2) / 2)) + titleCover * ofOne },
  },
  'a heading for the article, and for the paragraph below also by the mass where it is the query': {
    articles: { a: { text: '## Ship\n\nquay' }, b: { text: 'quay' } },
    tree: word('ship'),
    scores: { a: earned(ofOne, 2, 3 / 2) + paragraphShare * (earned(ofOne, 2, 1) + headingCover * ofOne) },
  },
  'a heading by how much of the mass it holds, and how many of its words are named': {
    articles: { a: { text: '## Old wall\n\nquay' }, b: { text: 'quay' } },
    tree: { all: [word('wall'), { score: word('ferry', inBoth) }] },
    scores: {
      a:
        earned(ofOne, 2, 5 / 3) +
        paragraphShare *
          (earned(ofOne, 2, 1) + headingCover * (ofOne + ofBoth) * cover(ofOne / (ofOne + ofBoth), 1 / 2)),
    },
  },
  'a heading that only begins with a prefix by its frequency alone': {
    articles: { a: { text: '## Ship\n\nquay' }, b: { text: 'quay' } },
    tree: { word: groupOf([], { prefix: { prefix: 'sh' as Term, weight: 1 } }) },
    scores: { a: earned(ofOne, 2, 3 / 2) + paragraphShare * earned(ofOne, 2, 1) },
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
    scores: {
      a: asBoth(3 * earned(ofBoth, 1, 1)) + paragraphShare * wordOrder * 3 * ofBoth * (2 / 3),
      b: asBoth(3 * earned(ofBoth, 1, 1)),
    },
  },
  'a pair of two by the square of a half, and of that the half': {
    articles: { a: { text: 'ship quay' }, b: { text: 'lane lane' } },
    tree: { all: [word('ship'), word('quay'), { score: word('ferry', inBoth) }] },
    neighbours: both,
    scores: {
      a: asBoth(2 * earned(ofOne, 1, 1)) + paragraphShare * wordOrder * (2 * ofOne + ofBoth) * (1 / 4) * (1 / 2),
    },
  },
  'neighbours in the title for the best paragraph, whichever it is': {
    articles: { a: { title: 'Old wall', text: 'quay\n\nlane' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall')] },
    neighbours: [[0, 1]],
    scores: {
      a:
        2 * earned(ofOne, titleWeight, (2 * titleWeight + 2) / ((2 * titleWeight + 3) / 2)) +
        titleCover * 2 * ofOne +
        paragraphShare * wordOrder * 2 * rarity(1, 3) * (1 / 2),
    },
  },
  'neighbours in a heading': {
    articles: { a: { text: '## Old wall\n\nquay' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall')] },
    neighbours: [[0, 1]],
    scores: {
      a:
        2 * earned(ofOne, 2, 5 / 3) +
        paragraphShare * (2 * earned(ofOne, 2, 1) + headingCover * 2 * ofOne + wordOrder * 2 * ofOne * (1 / 2)),
    },
  },
  'pairs of one text, and not those of heading and body together': {
    articles: { a: { text: '## Old wall\n\nwall gate' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall'), word('gate')] },
    neighbours: both,
    scores: {
      a:
        earned(ofOne, 2, 6 / 3.5) +
        earned(ofOne, 3, 6 / 3.5) +
        earned(ofOne, 1, 6 / 3.5) +
        paragraphShare *
          (earned(ofOne, 2, 2 / 1.5) +
            earned(ofOne, 3, 2 / 1.5) +
            earned(ofOne, 1, 2 / 1.5) +
            headingCover * 3 * ofOne * cover(2 / 3, 1) +
            wordOrder * 3 * ofOne * (1 / 4) * (1 / 2)),
    },
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
    scores: { a: asBoth(3 * earned(ofBoth, 1, 1)), b: asBoth(3 * earned(ofBoth, 1, 1)) },
  },
  'neighbours only in fields of both words': {
    articles: { a: { title: 'Old wall', text: 'wall' }, b: { text: 'lane' } },
    tree: { all: [word('old'), word('wall', { fields: ['body'] })] },
    neighbours: [[0, 1]],
    scores: {
      a:
        earned(ofOne, titleWeight, (2 * titleWeight + 1) / (titleWeight + 1)) +
        earned(ofOne, 1, (2 * titleWeight + 1) / (titleWeight + 1)) +
        titleCover * 2 * ofOne * cover(1 / 2, 1 / 2) +
        paragraphShare * earned(ofOne, 1, 1),
    },
  },
};

/** The first paragraph is that of five articles, which makes it recur; the second is each one's own. */
const recurring = (text: string) =>
  Object.fromEntries(
    Object.entries({ a: 'oak', b: 'elm', c: 'ash', d: 'fir', e: 'yew' }).map(([name, own]) => [
      name,
      { text: `${text}\n\n${own}` },
    ]),
  );

const ofEach = (score: number) => ({ a: score, b: score, c: score, d: score, e: score });

const recurrences: Readonly<Record<string, ScoredCase>> = {
  'words of a paragraph that recurs by a share of what they earn elsewhere, and their order not': {
    articles: recurring('ship quay'),
    tree: { all: [word('ship', { df: [5, 5] }), word('quay', { df: [5, 5] })] },
    neighbours: [[0, 1]],
    scores: ofEach(
      2 * earned(rarity(5, 5), 1, 1) + paragraphShare * recurringShare * 2 * earned(rarity(5, 10), 1, 2 / 1.5),
    ),
  },
  'words of a heading in full, whatever recurs below it': {
    articles: recurring('## Ship\n\nship lane'),
    tree: word('ship', { df: [5, 5] }),
    scores: ofEach(
      earned(rarity(5, 5), 3, 1) + paragraphShare * (earned(rarity(5, 10), 3, 2 / 1.5) + headingCover * rarity(5, 10)),
    ),
  },
};

/** By what each of them shows. */
export const scoredCases: Readonly<Record<string, ScoredCase>> = {
  ...frequencies,
  ...masses,
  ...covers,
  ...orders,
  ...recurrences,
};
