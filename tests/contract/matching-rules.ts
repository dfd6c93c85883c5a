/** Which articles and paragraphs every engine finds for a plan. */
import { describe, expect, it } from 'vitest';
import type { Term } from '../../src/domain/ids.ts';
import type { ArticleFilter } from '../../src/domain/plan.ts';
import { execute, idsOf, type OpenEngine } from './ask-engine.ts';
import { type CorpusFiles, corpusOf } from './corpus-files.ts';
import { groupOf, near, type PlanTree, phrase, word } from './plan-of.ts';

export function matchingRules(open: OpenEngine): void {
  const harbours = {
    a: { title: 'Harbour', text: 'quay' },
    b: { text: '## Harbour\n\nlane' },
    c: { text: 'lane\n\nharbour' },
    d: { text: 'quay\n\nlane' },
  };

  it.each<[string, PlanTree, string]>([
    ['a word in title, heading or body', word('harbour'), 'abc'],
    ['a word in the title only, where asked so', word('harbour', { fields: ['title'] }), 'a'],
    ['a word in a heading only', word('harbour', { fields: ['heading'] }), 'b'],
    ['a word in the body only', word('harbour', { fields: ['body'] }), 'c'],
    ['a word in any of two fields', word('harbour', { fields: ['title', 'body'] }), 'ac'],
    ['nothing for a word that is nowhere', word('ferry'), ''],
    ['every article where everything is asked for', 'everything', 'abcd'],
    ['all words, also from different paragraphs', { all: [word('lane'), word('quay')] }, 'd'],
    ['all words, also from title and body', { all: [word('harbour'), word('quay')] }, 'a'],
    ['any word', { any: [word('ferry'), word('quay')] }, 'ad'],
    ['what lacks a word', { not: word('lane') }, 'a'],
    ['what has one word and lacks another', { all: [word('harbour'), { not: word('quay') }] }, 'bc'],
    ['all of nothing: every article', { all: [] }, 'abcd'],
    ['any of nothing: none', { any: [] }, ''],
    ['what lacks nothing that is there', { not: 'everything' }, ''],
    ['a negation of a negation', { not: { not: word('quay') } }, 'ad'],
    [
      'trees in trees',
      { any: [{ all: [word('harbour'), word('quay')] }, { all: [word('quay'), word('lane')] }] },
      'ad',
    ],
    ['a condition in the tree', { filter: { kind: 'path', contains: 'b.' } }, 'b'],
    [
      'a word or a condition',
      { any: [{ filter: { kind: 'path', contains: 'b.' } }, { all: [word('lane'), word('quay')] }] },
      'bd',
    ],
  ])('finds %s', async (_, tree, expected) => {
    expect((await idsOf(open, harbours, tree)).sort().join('')).toBe(expected);
  });

  describe('finds enough of some words:', () => {
    const articles = {
      a: { text: 'one two three' },
      b: { text: 'one two' },
      c: { text: 'two\n\nthree' },
      d: { text: 'three' },
      e: { text: 'lane' },
    };
    const masses = [
      [word('one'), 5],
      [word('two'), 2],
      [word('three'), 1],
    ] as const;

    it.each([
      [0, 'abcd', 'any of them, however little is asked'],
      [1, 'abcd', 'the lightest alone'],
      [2, 'abc', 'not less than is asked'],
      [3, 'abc', 'several that add up'],
      [4, 'ab', 'not one less'],
      [5, 'ab', 'the heaviest alone'],
      [8, 'a', 'all of them'],
      [9, '', 'nothing where all of them are too little'],
    ])('with a minimum of %i: "%s", %s', async (minimum, expected) => {
      expect((await idsOf(open, articles, { enough: masses, minimum })).sort().join('')).toBe(expected);
    });

    it('none where there are no words, and by conditions as well', async () => {
      expect(await idsOf(open, articles, { enough: [], minimum: 0 })).toEqual([]);
      const conditions: PlanTree = {
        enough: [
          [{ filter: { kind: 'path', contains: 'e.' } }, 1],
          [{ all: [word('two'), word('three')] }, 1],
        ],
        minimum: 1,
      };
      expect((await idsOf(open, articles, conditions)).sort()).toEqual(['a', 'c', 'e']);
    });

    it('telling how many of them have all words, those without mass included', async () => {
      await open(corpusOf(articles), async (searchable) => {
        const allWords = async (tree: PlanTree, filters: readonly ArticleFilter[] = []) =>
          (await execute(searchable, tree, { filters })).total;
        const enough: PlanTree = { enough: masses, minimum: 1 };
        expect(await allWords(enough)).toMatchObject({ count: 4, allWords: 1 });
        expect(await allWords(enough, [{ kind: 'path', contains: 'c' }])).toMatchObject({ count: 1, allWords: 0 });
        const massless: PlanTree = {
          enough: [
            [word('two'), 1],
            [word('three'), 0],
          ],
          minimum: 1,
        };
        expect(await allWords(massless)).toMatchObject({ count: 3, allWords: 2 });
        // What is listed for another reason has not all the words; what is not listed does not count.
        expect(await allWords({ any: [enough, word('lane')] })).toMatchObject({ count: 5, allWords: 2 });
        expect(await allWords({ match: enough })).toMatchObject({ count: 4, allWords: 1 });
        expect(await allWords({ not: enough })).toMatchObject({ count: 1, allWords: 1 });
        expect(await allWords({ any: [word('one'), word('three')] })).toMatchObject({ count: 4, allWords: 4 });
      });
    });
  });

  it('matches what a node matches whose words earn nothing, and everything for one that only scores', async () => {
    expect((await idsOf(open, harbours, { match: word('quay') })).sort()).toEqual(['a', 'd']);
    expect((await idsOf(open, harbours, { all: [word('lane'), { match: word('quay') }] })).sort()).toEqual(['d']);
    expect((await idsOf(open, harbours, { score: word('quay') })).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await idsOf(open, harbours, { not: { score: word('quay') } })).toEqual([]);
  });

  it('finds any term of a group, and further ones that begin with its prefix', async () => {
    const articles = { a: { text: 'ship' }, b: { text: 'shore' }, c: { text: 'boat' }, d: { text: 'lane' } };
    const group = groupOf(['boat', 'ferry'], { prefix: { prefix: 'sh' as Term, weight: 0.5 } });
    expect((await idsOf(open, articles, { word: group })).sort()).toEqual(['a', 'b', 'c']);
  });

  it('does not find a title that was only guessed from the first words of the text', async () => {
    const files: CorpusFiles = new Map([['a.jsonl', '{"text": "Ferry to the island\\n\\nlane"}']]);
    await open(files, async (searchable) => {
      expect((await execute(searchable, word('ferry', { fields: ['title'] }))).hits).toEqual([]);
      const [hit] = (await execute(searchable, word('ferry'))).hits;
      expect(hit?.paragraphs.map(({ paragraph }) => paragraph)).toEqual([0]);
    });
  });

  it('finds a title that was guessed from the name of a file, also where the text begins alike', async () => {
    const files: CorpusFiles = new Map([['art.md', 'Arthur went home.']]);
    await open(files, async (searchable) => {
      expect((await execute(searchable, word('art'))).hits).toHaveLength(1);
    });
  });

  it.each(['constructor', 'proto', 'tostring', 'hasownproperty'])('finds the word "%s" where it is', async (term) => {
    const articles = { a: { text: 'constructor __proto__ toString' }, b: { text: 'hasOwnProperty' } };
    expect(await idsOf(open, articles, word(term))).toEqual([term === 'hasownproperty' ? 'b' : 'a']);
  });
}

export function phraseRules(open: OpenEngine): void {
  const articles = {
    a: { title: 'Old harbour wall', text: 'lane' },
    b: { text: 'the old wall of the harbour' },
    c: { text: 'old\n\nharbour' },
    d: { text: '## Old\n\nharbour' },
    e: { text: 'old old harbour' },
    f: { text: 'harbour old' },
  };

  it.each<[string, PlanTree, string]>([
    ['words one behind the other', phrase(['old', 'harbour']), 'ae'],
    ['three words in a row', phrase(['old', 'harbour', 'wall']), 'a'],
    ['a word twice in a row', phrase(['old', 'old', 'harbour']), 'e'],
    ['the order that was asked for', phrase(['harbour', 'old']), 'f'],
    ['only the field that was asked for', phrase(['old', 'harbour'], { fields: ['body'] }), 'e'],
    ['nothing where one of the words is nowhere', phrase(['old', 'ferry']), ''],
  ])('finds %s, in one paragraph or title', async (_, tree, expected) => {
    expect((await idsOf(open, articles, tree)).sort().join('')).toBe(expected);
  });

  it.each<[string, PlanTree, string]>([
    ['next to each other, in any order', near(['old', 'harbour'], 0), 'aef'],
    ['with so many words between', near(['old', 'harbour'], 3), 'abef'],
    ['not with one more', near(['old', 'harbour'], 2), 'aef'],
    ['all of them', near(['harbour', 'wall', 'old'], 2), 'ab'],
    ['only in the field that was asked for', near(['old', 'harbour'], 9, { fields: ['body'] }), 'bef'],
    ['not across paragraphs or fields', near(['old', 'harbour'], 1000), 'abef'],
    ['nothing where one of the words is nowhere', near(['old', 'ferry'], 9), ''],
  ])('finds words near each other: %s', async (_, tree, expected) => {
    expect((await idsOf(open, articles, tree)).sort().join('')).toBe(expected);
  });

  it('finds a phrase in a heading, at the paragraph below it', async () => {
    await open(corpusOf({ a: { text: 'lane\n\n## Old harbour\n\nquay\n\nquay' } }), async (searchable) => {
      const [hit] = (await execute(searchable, phrase(['old', 'harbour']))).hits;
      expect(hit?.paragraphs.map(({ paragraph }) => paragraph)).toEqual([1]);
    });
  });

  it('finds any member of each group in its place', async () => {
    const boats = { a: { text: 'new boat sails' }, b: { text: 'new ship sails' }, c: { text: 'new train sails' } };
    const tree = { phrase: [groupOf(['new']), groupOf(['boat', 'ship']), groupOf(['sails'])] };
    expect((await idsOf(open, boats, tree)).sort()).toEqual(['a', 'b']);
  });

  it('finds a marked word with its sign and without', async () => {
    const tags = { a: { text: 'see #harbour today' } };
    expect(await idsOf(open, tags, phrase(['see', '#harbour', 'today']))).toEqual(['a']);
    expect(await idsOf(open, tags, phrase(['see', 'harbour', 'today']))).toEqual(['a']);
    expect(await idsOf(open, tags, phrase(['#harbour', 'harbour']))).toEqual([]);
  });

  it('counts a place once where two members stand in it, by the heavier; a group alone counts both', async () => {
    await open(corpusOf({ a: { text: '#harbour' }, b: { text: 'lane' } }), async (searchable) => {
      const both = groupOf([['#harbour', 0.5], 'harbour']);
      const heavier = await execute(searchable, { phrase: [groupOf(['harbour'])] });
      expect((await execute(searchable, { phrase: [both] })).hits).toEqual(heavier.hits);
      const [hit] = (await execute(searchable, { word: both })).hits;
      expect(hit?.score).toBeGreaterThan(heavier.hits[0]?.score as number);
    });
  });

  it('finds a word inside a run of a script without spaces', async () => {
    const runs = { a: { text: '私は東京都に住む' }, b: { text: '東京の京都' } };
    expect(await idsOf(open, runs, phrase(['東京', '京都']))).toEqual(['a']);
  });

  it('looks for a phrase only where all its groups look', async () => {
    const tree = {
      phrase: [groupOf(['old'], { fields: ['title', 'body'] }), groupOf(['harbour'], { fields: ['body'] })],
    };
    expect(await idsOf(open, articles, tree)).toEqual(['e']);
  });
}
