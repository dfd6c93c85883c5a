/**
 * What every engine owes: one suite, run against each of them. Its sentences are the rules of `src/domain/plan.ts`,
 * `src/domain/ranking.ts` and `src/engine/engine.ts`.
 */
import { describe, expect, it } from 'vitest';
import type { ArticleId, ArticleOrdinal, ParagraphOrdinal, Term } from '../../src/domain/ids.ts';
import type { ArticleFilter } from '../../src/domain/plan.ts';
import type { EngineRequest } from '../../src/engine/engine.ts';
import { countsOf, everything, execute, idsOf, namesOf, type OpenEngine } from './ask-engine.ts';
import { type CorpusFiles, corpusOf } from './corpus-files.ts';
import { groupOf, near, type PlanTree, phrase, planOf, word } from './plan-of.ts';
import { scoringRules } from './scoring-rules.ts';

export function describeSearchEngine(name: string, open: OpenEngine): void {
  describe(`${name}, as a search engine,`, () => {
    describe('matches articles:', () => matchingRules(open));
    describe('matches phrases:', () => phraseRules(open));
    describe('scores:', () => scoringRules(open));
    describe('tells of a hit', () => hitRules(open));
    describe('filters, counts and sorts:', () => listRules(open));
    describe('answers', () => answerRules(open));
    describe('has a dictionary that', () => dictionaryRules(open));
    describe('has a store that', () => storeRules(open));
  });
}

function matchingRules(open: OpenEngine): void {
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

function phraseRules(open: OpenEngine): void {
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
      expect(await engine.status()).toEqual({ build, articles: 2, paragraphs: 3, terms: 4 });
    });
  });
}

function dictionaryRules(open: OpenEngine): void {
  const files = corpusOf({
    a: { language: 'en', title: 'Harbours', text: 'harbour walls\n\nharbour' },
    b: { language: 'en', text: '## Harbouring\n\nharbour wall' },
    c: { language: 'de', text: 'Häfen hafen gehen geht\n\ngehen' },
    d: { language: 'ja', text: '東京' },
  });

  it('knows in how many paragraphs and articles each term is', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      const found = await dictionary.lookup(['harbour', 'ferry', 'gehen', 'harbours', 'harbouring'] as Term[]);
      expect(found).toEqual([
        { term: 'harbour', paragraphs: 3, articles: 2 },
        null,
        { term: 'gehen', paragraphs: 2, articles: 1 },
        // A title stands with the first paragraph of its article.
        { term: 'harbours', paragraphs: 1, articles: 1 },
        { term: 'harbouring', paragraphs: 1, articles: 1 },
      ]);
    });
  });

  it('names the languages of the articles that have a stemmer', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      expect(await dictionary.languages()).toEqual(['de', 'en']);
    });
  });

  it('gathers the terms of a stem in articles of its language, in dictionary order', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      const families = await dictionary.families([
        { language: 'en', stem: 'harbour' },
        { language: 'de', stem: 'harbour' },
        { language: 'en', stem: 'wall' },
        { language: 'de', stem: 'haf' },
        { language: 'xx', stem: 'wall' },
        { language: 'en', stem: 'constructor' },
      ]);
      expect(families.map((family) => family.map(({ term }) => term))).toEqual([
        ['harbour', 'harbouring', 'harbours'],
        [],
        ['wall', 'walls'],
        ['hafen'],
        [],
        [],
      ]);
      expect(families[0]?.[0]).toEqual({ term: 'harbour', paragraphs: 3, articles: 2 });
    });
  });

  it('completes a beginning, the most frequent first, and adds up what is held of all', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      const { terms, sums } = await dictionary.completions('har' as Term, 2);
      expect(terms.map(({ term }) => term)).toEqual(['harbour', 'harbouring']);
      const all = (await dictionary.completions('har' as Term, 10)).terms;
      expect(all).toHaveLength(3);
      expect(sums).toEqual({
        articles: all.reduce((sum, { articles }) => sum + articles, 0),
        paragraphs: all.reduce((sum, { paragraphs }) => sum + paragraphs, 0),
      });
      const nothing = { terms: [], sums: { articles: 0, paragraphs: 0 } };
      expect(await dictionary.completions('zz' as Term, 2)).toEqual(nothing);
    });
  });

  it.each<[string, number, readonly (readonly [string, number])[]]>([
    ['wall', 1, [['walls', 1]]],
    ['wal', 1, [['wall', 1]]],
    ['awll', 1, [['wall', 1]]],
    ['xall', 1, [['wall', 1]]],
    [
      'harbuor',
      2,
      [
        ['harbour', 1],
        ['harbours', 2],
      ],
    ],
    ['geht', 2, [['gehen', 2]]],
    ['ferry', 2, []],
  ])(
    'knows what is similar to "%s" within %i edits, nearest first, and not the word itself',
    async (term, edits, expected) => {
      await open(files, async ({ engine: { dictionary } }) => {
        const found = await dictionary.similar(term as Term, { maxEdits: edits, leastArticles: 1, limit: 10 });
        expect(found.map((other) => [other.term, other.edits])).toEqual(expected);
      });
    },
  );

  it('gives at most so many similar terms, equally near ones by frequency', async () => {
    const cats = corpusOf({ a: { text: 'cat cap\n\ncap\n\ncar car car' } });
    await open(cats, async ({ engine: { dictionary } }) => {
      const similar = async (limit: number) =>
        (await dictionary.similar('cab' as Term, { maxEdits: 1, leastArticles: 1, limit })).map(({ term }) => term);
      expect(await similar(10)).toEqual(['cap', 'car', 'cat']);
      expect(await similar(2)).toEqual(['cap', 'car']);
    });
  });

  it('leaves out similar terms in fewer articles than asked for', async () => {
    const cats = corpusOf(
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id, i) => [id, { text: i < 4 ? 'cap car' : 'car cat' }])),
    );
    await open(cats, async ({ engine: { dictionary } }) => {
      const similar = async (leastArticles: number) =>
        (await dictionary.similar('cab' as Term, { maxEdits: 1, leastArticles, limit: 9 })).map(({ term }) => term);
      expect(await similar(1)).toEqual(['car', 'cap', 'cat']);
      expect(await similar(4)).toEqual(['car', 'cap']);
      expect(await similar(5)).toEqual(['car']);
      expect(await similar(6)).toEqual([]);
    });
  });

  it('counts articles and paragraphs, and the articles that hold two terms, in whichever field', async () => {
    const voyages = corpusOf({
      a: { title: 'Ferry', text: 'harbour\n\nwall' },
      b: { title: 'Other', text: '## Harbour\n\nferry ferry' },
      c: { title: 'Third', text: 'ferry' },
    });
    await open(voyages, async ({ engine: { dictionary } }) => {
      const [ferry, harbour, wall, nowhere] = ['ferry', 'harbour', 'wall', 'nowhere'] as Term[] as [
        Term,
        Term,
        Term,
        Term,
      ];
      expect(await dictionary.size()).toEqual({ articles: 3, paragraphs: 4, languages: new Map([['en', 3]]) });
      expect(await dictionary.together([ferry, wall, nowhere], [harbour, ferry, nowhere])).toEqual([
        [2, 3, 0],
        [1, 1, 0],
        [0, 0, 0],
      ]);
      expect(await dictionary.together([ferry], [])).toEqual([[]]);
      expect(await dictionary.together([], [ferry])).toEqual([]);
    });
  });
}

function storeRules(open: OpenEngine): void {
  const files = corpusOf({
    a: { id: 'first', title: 'One', date: '2022-03-04', text: 'alpha\n\nbeta' },
    b: { id: '__proto__', title: 'Two & <b>', text: '## Part\n\ngamma' },
  });

  it('finds articles by id', async () => {
    await open(files, async ({ store }) => {
      const ids = ['first', '__proto__', 'constructor', 'b.md'] as ArticleId[];
      expect(await Promise.all(ids.map((id) => store.find(id)))).toEqual([0, 1, null, null]);
    });
  });

  it('reads what an article says about itself', async () => {
    await open(files, async ({ store }) => {
      expect(await store.readArticle(0 as ArticleOrdinal)).toMatchObject({
        id: 'first',
        path: 'a.md',
        title: 'One',
        date: '2022-03-04',
      });
      expect(await store.readArticle(1 as ArticleOrdinal)).toMatchObject({ id: '__proto__', title: 'Two & <b>' });
    });
  });

  it('reads paragraphs one by one, and all of an article in reading order', async () => {
    await open(files, async ({ store }) => {
      const one = (await store.readParagraphs(0 as ArticleOrdinal)).map(({ text }) => text);
      const two = await store.readParagraphs(1 as ArticleOrdinal);
      expect(one).toEqual(['alpha', 'beta']);
      expect(two).toMatchObject([{ heading: 'Part', kind: 'text', text: 'gamma' }]);
      expect(await store.readParagraph(1 as ParagraphOrdinal)).toMatchObject({ heading: null, text: 'beta' });
      expect(await store.readParagraph(2 as ParagraphOrdinal)).toEqual(two[0]);
    });
  });

  it('reads an article with some of its paragraphs, in the order asked for, or with its first', async () => {
    await open(files, async ({ store }) => {
      const read = async (article: number, paragraphs: readonly number[]) => {
        const passages = await store.readPassages(article as ArticleOrdinal, paragraphs as ParagraphOrdinal[]);
        return [passages.data.title, ...passages.paragraphs.map(({ text }) => text)];
      };
      expect(await read(0, [1, 0])).toEqual(['One', 'beta', 'alpha']);
      expect(await read(0, [1])).toEqual(['One', 'beta']);
      expect(await read(0, [])).toEqual(['One', 'alpha']);
      expect(await read(1, [2])).toEqual(['Two & <b>', 'gamma']);
    });
  });

  it('throws for a number that no article or paragraph has', async () => {
    await open(files, async ({ store }) => {
      const internal = { name: 'LedeError', code: 'internal' };
      await expect(store.readArticle(2 as ArticleOrdinal)).rejects.toMatchObject(internal);
      await expect(store.readParagraphs(2 as ArticleOrdinal)).rejects.toMatchObject(internal);
      await expect(store.readPassages(2 as ArticleOrdinal, [])).rejects.toMatchObject(internal);
      await expect(store.readParagraph(3 as ParagraphOrdinal)).rejects.toMatchObject(internal);
      await expect(store.readParagraph(-1 as ParagraphOrdinal)).rejects.toMatchObject(internal);
    });
  });
}
