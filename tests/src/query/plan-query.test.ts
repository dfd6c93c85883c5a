import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import { limits } from '../../../src/domain/limits.ts';
import { type Plan, type PlanNode, scoringLeaves } from '../../../src/domain/plan.ts';
import { defaultRanking, idf } from '../../../src/domain/ranking.ts';
import type { TermStatistics } from '../../../src/engine/engine.ts';
import { parseQuery } from '../../../src/query/parse-query.ts';
import { type PlannedQuery, type PlanOptions, planQuery } from '../../../src/query/plan-query.ts';
import { printQuery } from '../../../src/query/print-query.ts';
import { FakeDictionary, type FakeTerm } from './fake-dictionary.ts';

const words: Readonly<Record<string, FakeTerm>> = {
  attack: [9, 'en'],
  attacks: [4, 'en'],
  gun: [5, 'en'],
  house: [8, 'en'],
  izyum: [7, 'en'],
  propelled: [2, 'en'],
  self: [6, 'en'],
  tag: [3, 'en'],
  white: [8, 'en'],
  京都: [2, 'ja'],
  東京: [4, 'ja'],
  都: [1, 'ja'],
};

function plan(text: string, options: Partial<PlanOptions> = {}, terms = words): Promise<PlannedQuery> {
  return planQuery(parseQuery(text).query, new FakeDictionary(terms), { ...standard, ...options });
}

const standard: PlanOptions = { isTyping: false, correctsTypos: true, match: 'most' };

/** A plan's tree with its leaves spelled out: `attack+attacks`, phrases in quotation marks, fields before a colon. */
function show(shown: Plan): unknown {
  const { groups, leaves } = shown;
  const showGroup = (index: number) => {
    const { terms, prefix, fields } = groups[index] as (typeof groups)[number];
    const found = [...terms.map(({ term }) => term), ...(prefix === null ? [] : [`${prefix.prefix}*`])].join('+');
    return `${fields.length < 3 ? `${fields}:` : ''}${found === '' ? '?' : found}`;
  };
  const showNode = (node: PlanNode): unknown => {
    switch (node.kind) {
      case 'leaf': {
        const leaf = leaves[node.leaf] as (typeof leaves)[number];
        return leaf.kind === 'term' ? showGroup(leaf.group) : `"${leaf.groups.map(showGroup).join(' ')}"`;
      }
      case 'all':
      case 'any':
        return { [node.kind]: node.nodes.map(showNode) };
      case 'enough':
        return { enough: node.nodes.map((member) => showNode(member.node)) };
      case 'not':
      case 'match':
      case 'score':
        return { [node.kind]: showNode(node.node) };
      case 'filter':
        return node.filter;
      case 'everything':
        return 'everything';
    }
  };
  return showNode(shown.root);
}

/** The weight of each group, by its word. */
function weightsOf({ groups }: Plan): Record<string, number> {
  return Object.fromEntries(groups.map(({ word, weight }) => [word, weight]));
}

describe('planQuery', () => {
  it.each<[query: string, tree: unknown, why: string]>([
    ['', 'everything', 'nothing asks for everything'],
    ['izyum', 'izyum', 'a word is a leaf'],
    ['attack', 'attack+attacks', 'with its family'],
    ['Izyum gun', { enough: ['izyum', 'gun'] }, 'of several words some may be missing'],
    ['izyum gun house white', { enough: ['izyum', 'gun', 'house', 'white'] }, 'however many there are'],
    ['izyum OR gun', { any: ['izyum', 'gun'] }, 'alternatives are a choice'],
    ['(izyum OR gun) house', { enough: [{ any: ['izyum', 'gun'] }, 'house'] }, 'and are missing as a whole'],
    ['izyum att*', { enough: ['izyum', 'att*'] }, 'a beginning may be missing as a word may'],
    ['izyum -gun', { all: ['izyum', { not: 'gun' }] }, 'exclusions exclude'],
    ['-gun', { not: 'gun' }, 'also from everything'],
    ['"white house"', '"white house"', 'a phrase is a leaf'],
    ['"attack"', 'attack', 'a phrase of one word is that word exactly'],
    ['"attack on"', '"attack ?"', 'a word of a phrase may be in no article'],
    ['att*', 'att*', 'a beginning is whatever begins with it'],
    ['self-prop*', '"self prop*"', 'also as the last of several'],
    ['*', 'everything', 'a star alone asks for nothing'],
    ['title:izyum', 'title:izyum', 'a field restricts a word'],
    ['title:"white house"', '"title:white title:house"', 'and a phrase'],
    ['body:att*', 'body:att*', 'and a beginning'],
    ['title:self-propelled', '"title:self title:propelled"', 'and the parts of a word, which stand side by side then'],
    ['#tag', 'tag', 'a tag is its word where the dictionary lacks it'],
    ['l’izyum', 'izyum', 'an article before a word is not asked for'],
    ['東京', '東京', 'two characters are one term'],
    ['東京都', { all: [{ enough: ['東京', '都+都*'] }, { score: '京都' }] }, 'a run is its words, and what joins them'],
    ['"東京都"', '"東京 京都"', 'in quotation marks it is one'],
    ['izyum &', 'izyum', 'a word without letters asks for nothing'],
    ['izyum OR &', 'izyum', 'as an alternative neither'],
    ['izyum -&', 'izyum', 'and excludes nothing'],
    ['& "—" -"…"', 'everything', 'many of them ask for nothing'],
  ])('plans %j as %j: %s', async (query, tree) => {
    expect(show((await plan(query)).plan)).toEqual(tree);
  });

  it.each<[query: string, filter: unknown]>([
    ['source:Reuters', { kind: 'folded', facet: 'source', value: 'Reuters' }],
    ['author:"A. Writer"', { kind: 'folded', facet: 'author', value: 'A. Writer' }],
    ['tag:war', { kind: 'folded', facet: 'tag', value: 'war' }],
    ['language:uk', { kind: 'folded', facet: 'language', value: 'uk' }],
    ['year:2022', { kind: 'folded', facet: 'year', value: '2022' }],
    ['path:2022/09', { kind: 'path', contains: '2022/09' }],
    ['after:2022-09-10', { kind: 'date', from: '2022-09-11', to: null }],
    ['date:2022-09', { kind: 'date', from: '2022-09-01', to: '2022-09-30' }],
  ])('plans %s as the filter %j', async (query, filter) => {
    expect(show((await plan(query)).plan)).toEqual(filter);
  });

  it.each<[query: string, words: string[], why: string]>([
    ['Izyum "White House" att*', ['Izyum', 'White House', 'att*'], 'as typed'],
    ['self-propelled', ['self-propelled', 'self', 'propelled'], 'a word of several parts, and each part'],
    ['コンピューター', ['コンピューター'], 'a run of characters the whole word, however many pairs it has'],
  ])('has a word or phrase for each leaf of %j: %s', async (query, expected) => {
    const { leafWords, plan: planned } = await plan(query, {}, { ...words, コン: [1] });
    expect([...new Set(leafWords)].sort()).toEqual([...expected].sort());
    expect(leafWords).toHaveLength(planned.leaves.length);
  });

  describe('of what may not be missing', () => {
    it.each<[query: string, tree: unknown, why: string]>([
      ['+izyum gun', { all: [{ enough: ['gun', 'izyum'] }, { match: 'izyum' }] }, 'asks for a word behind a plus'],
      ['+izyum', 'izyum', 'also where it stands alone'],
      ['+izyum source:x', { all: ['izyum', { kind: 'folded', facet: 'source', value: 'x' }] }, 'or beside a condition'],
      ['izyum AND attack', { all: ['izyum', 'attack+attacks'] }, 'asks for both words at AND, with their families'],
      [
        '+(izyum OR gun) house',
        { all: [{ enough: ['house', { any: ['izyum', 'gun'] }] }, { match: { any: ['izyum', 'gun'] } }] },
        'asks for any of several',
      ],
      ['+att* gun', { all: [{ enough: ['gun', 'att*'] }, { match: 'att*' }] }, 'asks for a beginning'],
      ['+self-propelled', { all: [{ match: '"self propelled"' }, 'self', 'propelled'] }, 'asks for parts side by side'],
      [
        '"white house" gun',
        { all: [{ enough: ['gun', '"white house"'] }, { match: '"white house"' }] },
        'asks for a phrase',
      ],
      [
        'title:izyum gun',
        { all: [{ enough: ['gun', 'title:izyum'] }, { match: 'title:izyum' }] },
        'asks for a word in a field',
      ],
      ['title:(gun house)', { all: ['title:gun', 'title:house'] }, 'asks for each of several there'],
      [
        'izyum +izyum',
        { all: [{ enough: ['izyum', { match: 'izyum' }] }, { match: 'izyum' }] },
        'asks for a word that stands unmarked before it',
      ],
      ['+izyum izyum', 'izyum', 'asks once for one that is marked already'],
      [
        'izyum gun -house source:x date:2022',
        {
          all: [
            { enough: ['izyum', 'gun'] },
            { not: 'house' },
            { kind: 'folded', facet: 'source', value: 'x' },
            { kind: 'date', from: '2022-01-01', to: '2022-12-31' },
          ],
        },
        'obeys exclusions and conditions',
      ],
    ])('%j, as %j: %s', async (query, tree) => {
      expect(show((await plan(query)).plan)).toEqual(tree);
    });

    it.each<[query: string, tree: unknown, why: string]>([
      ['izyum gun', { all: ['izyum', 'gun'] }, 'asks for every word'],
      ['izyum (gun OR house)', { all: ['izyum', { any: ['gun', 'house'] }] }, 'asks for one of alternatives'],
      ['izyum the gun', { all: ['izyum', 'gun', { score: '?' }] }, 'asks for no function word'],
      ['to be or not to be', { all: ['?', '?', '?', '?'] }, 'unless there is nothing else'],
      ['izyum', 'izyum', 'asks for a single word as ever'],
    ])('where all words are asked for, %j, as %j: %s', async (query, tree) => {
      expect(show((await plan(query, { match: 'all' })).plan)).toEqual(tree);
    });
  });

  describe('of a word of several parts', () => {
    it('asks for enough of the parts, which alone earn, and takes the whole word for one of the words', async () => {
      const tree = { enough: [{ match: '"self propelled"' }, 'self', 'propelled'] };
      const { plan: planned } = await plan('self-propelled');
      expect(show(planned)).toEqual(tree);
      expect([...scoringLeaves(planned.root)]).toHaveLength(2);
    });

    it('completes only the very last part of what is being typed', async () => {
      const planned = await plan('self-prop', { isTyping: true }, { ...words, selfish: [1], props: [1] });
      expect(show(planned.plan)).toEqual({ enough: [{ match: '"self prop*"' }, 'self', 'prop*'] });
    });
  });

  describe('of function words', () => {
    it.each<[query: string, tree: unknown, why: string]>([
      ['the gun', { all: ['gun', { score: '?' }] }, 'scores them beside other words'],
      ['the gun of izyum', { all: [{ enough: ['gun', 'izyum'] }, { score: '?' }, { score: '?' }] }, 'each'],
      ['the "white house"', { all: ['"white house"', { score: '?' }] }, 'also beside a phrase'],
      ['"gun of izyum"', '"gun ? izyum"', 'asks for them in phrases'],
      ['+the gun', { all: [{ enough: ['gun', '?'] }, { match: '?' }] }, 'asks for them where they are marked'],
      [
        'the +the gun',
        { all: [{ enough: ['gun', { match: '?' }] }, { match: '?' }, { score: '?' }] },
        'also where they stood before',
      ],
      ['the who', { enough: ['?', '?'] }, 'asks for them where there are no other words'],
      ['+the who', { all: [{ enough: ['?', '?'] }, { match: '?' }] }, 'which a mark does not change'],
      ['not the', { enough: ['?', '?'] }, 'a negation is no other word'],
      ['not the gun', { all: [{ enough: ['?', 'gun'] }, { score: '?' }] }, 'although it weighs as one'],
      ['the', '?', 'or for one'],
      ['-gun the', { all: ['?', { not: 'gun' }] }, 'an exclusion is no other word'],
      ['the source:x', { all: ['?', { kind: 'folded', facet: 'source', value: 'x' }] }, 'nor is a condition'],
      [
        'title:the gun',
        { all: [{ enough: ['gun', 'title:?'] }, { match: 'title:?' }] },
        'takes one in a field for what it is asked as',
      ],
      ['gun the*', { enough: ['gun', 'the*'] }, 'and a beginning for other words'],
    ])('%j, as %j: %s', async (query, tree) => {
      expect(show((await plan(query)).plan)).toEqual(tree);
    });

    it('takes the last one for a beginning while it is typed', async () => {
      const planned = await plan('gun the', { isTyping: true }, { ...words, theatre: [3] });
      expect(show(planned.plan)).toEqual({ enough: ['gun', 'the*'] });
    });

    it('tells them by the language of the corpus', async () => {
      const tree = async (language: string) => show((await plan('die harbour', {}, { harbour: [4, language] })).plan);
      expect(await tree('en')).toEqual({ enough: ['?', 'harbour'] });
      expect(await tree('de')).toEqual({ all: ['harbour', { score: '?' }] });
    });
  });

  describe('of weights', () => {
    it.each<[query: string, weights: Record<string, number>, why: string]>([
      ['izyum gun', { izyum: 1, gun: 1 }, 'counts a word once'],
      ['izyum gun izyum', { izyum: 2, gun: 1 }, 'counts one that stands twice twice'],
      ['gun izyum Izyum IZYUM', { gun: 1, izyum: 3 }, 'in whatever case'],
      ['izyum +izyum', { izyum: 2 }, 'marked or not'],
      ['the gun', { the: defaultRanking.functionWordWeight, gun: 1 }, 'counts a function word little'],
      ['the gun the', { the: defaultRanking.functionWordWeight, gun: 1 }, 'and once, however often it stands there'],
      ['to be or not to be', { to: 1, be: 1, or: 1, not: 1 }, 'also where there are no other words'],
      ['+the gun', { the: 1, gun: 1 }, 'counts in full what is marked'],
    ])('%j, as %j: %s', async (query, weights) => {
      expect(weightsOf((await plan(query)).plan)).toEqual(weights);
    });

    it('takes those of a ranking that is tried', async () => {
      const ranking = { ...defaultRanking, functionWordWeight: 0.3 };
      expect(weightsOf((await plan('the gun', { ranking })).plan)).toEqual({ the: 0.3, gun: 1 });
    });
  });

  describe('of what is enough', () => {
    const enoughIn = async (query: string, options: Partial<PlanOptions> = {}) => {
      const { root } = (await plan(query, options, { rare: [2], common: [4000], middle: [100] })).plan;
      if (root.kind !== 'enough') throw new Error(`no choice of words, but ${root.kind}`);
      return { masses: root.nodes.map(({ mass }) => mass), minimum: root.minimum };
    };
    const mass = (df: number) => Math.round(1000 * idf(df, 10_000));

    it('weighs a word by how rare it is, in thousandths, and one that is nowhere not at all', async () => {
      const { masses } = await enoughIn('rare common nowhere');
      expect(masses).toEqual([mass(2), mass(4000), 0]);
    });

    it('weighs the likeliest of alternatives, and a word that stands twice twice', async () => {
      expect((await enoughIn('(common OR rare) middle')).masses).toEqual([mass(2), mass(100)]);
      expect((await enoughIn('middle common middle')).masses).toEqual([
        Math.round(2000 * idf(100, 10_000)),
        mass(4000),
      ]);
    });

    it('is a share of what a word weighs on average, those that are nowhere left aside', async () => {
      const average = (mass(2) + mass(4000)) / 2;
      expect((await enoughIn('rare common')).minimum).toBe(Math.ceil(defaultRanking.enoughShare * average));
      expect((await enoughIn('rare common nowhere')).minimum).toBe(Math.ceil(defaultRanking.enoughShare * average));
      const ranking = { ...defaultRanking, enoughShare: 1 };
      expect((await enoughIn('rare common', { ranking })).minimum).toBe(Math.ceil(average));
    });

    it('is anything where no word is anywhere', async () => {
      expect(await enoughIn('nowhere neither')).toEqual({ masses: [0, 0], minimum: 0 });
    });
  });

  describe('of a word that is probably a slip', () => {
    const slips: Record<string, FakeTerm> = { goverment: [2], government: [900], audit: [40] };

    it('weighs what was typed in full, and beside it the common spelling little', async () => {
      const { plan: planned, leafWords } = await plan('goverment', {}, slips);
      expect(show(planned)).toEqual({ any: ['goverment', 'government'] });
      const [typed, meant] = planned.groups;
      expect(typed).toMatchObject({ weight: 1, df: { articles: 2, paragraphs: 4 } });
      expect(meant).toMatchObject({ terms: [{ term: 'government', kind: 'fuzzy', weight: 1 }], df: { articles: 900 } });
      expect(meant?.weight).toBeLessThan(0.2);
      expect(leafWords).toEqual(['goverment', 'goverment']);
    });

    it('takes both for one word of the query', async () => {
      const { plan: planned } = await plan('goverment nowhere', {}, slips);
      expect(show(planned)).toEqual({ enough: [{ any: ['goverment', 'government'] }, '?'] });
    });

    it('asks for one that is nowhere as it is corrected', async () => {
      const { plan: planned } = await plan('govrnment', {}, slips);
      expect(planned.groups).toHaveLength(1);
      expect(planned.groups[0]?.terms.map(({ kind }) => kind)).not.toContain('exact');
    });
  });

  describe('of neighbours', () => {
    it.each<[query: string, pairs: string[], why: string]>([
      ['izyum gun house', ['izyum gun', 'gun house'], 'pairs each word with the next one'],
      ['gun of izyum', ['gun of', 'of izyum'], 'function words among them'],
      ['izyum gun izyum gun', ['izyum gun', 'gun izyum'], 'each pair once'],
      ['+izyum gun', ['izyum gun'], 'marked words as others'],
      ['self-propelled gun', ['self propelled', 'propelled gun'], 'the parts of a word as words'],
      ['izyum "white house" gun', [], 'nothing across a phrase'],
      ['izyum title:gun house', [], 'nor across a word in a field'],
      ['izyum -gun house', [], 'nor across what is excluded'],
      ['izyum OR gun', [], 'and no alternatives'],
      ['izyum', [], 'nor a single word'],
    ])('%j, has %j: %s', async (query, pairs) => {
      const { groups, neighbours } = (await plan(query)).plan;
      expect(neighbours.map((pair) => pair.map((group) => groups[group]?.word).join(' '))).toEqual(pairs);
    });
  });

  describe('while the last word is being typed', () => {
    it.each<[query: string, tree: unknown, why: string]>([
      ['gun att', { enough: ['gun', 'att*'] }, 'completes it'],
      ['gun attack', { enough: ['gun', 'attack+attacks'] }, 'needs no completion where the family has all'],
      ['att gun', { enough: ['?', 'gun'] }, 'completes no other'],
      ['gun gu', { enough: ['gun', 'gu*'] }, 'takes it for a word of its own'],
      ['att ', '?', 'completes none that is finished'],
      ['"white hou"', '"white ?"', 'completes nothing in a phrase'],
      ['+gun +att', { all: ['gun', 'att*'] }, 'completes one that is marked'],
      ['izyum -gu', { all: ['izyum', { not: '?' }] }, 'completes nothing that is excluded'],
      ['izyum -self-prop', { all: ['izyum', { not: '"self ?"' }] }, 'nor a last part of it'],
      ['izyum 東京', { enough: ['izyum', '東京'] }, 'completes no pair of characters'],
    ])('plans %j as %j: %s', async (query, tree) => {
      expect(show((await plan(query, { isTyping: true })).plan)).toEqual(tree);
    });
  });

  it('guesses nothing for what is excluded', async () => {
    const planned = await plan('gun -izyun -attacc');
    expect(show(planned.plan)).toEqual({ all: ['gun', { not: '?' }, { not: '?' }] });
    expect(planned.corrected).toBeNull();
    expect(show((await plan('gun -attacks')).plan)).toEqual({ all: ['gun', { not: 'attack+attacks' }] });
    expect(show((await plan('gun -self-propelled')).plan)).toEqual({ all: ['gun', { not: '"self propelled"' }] });
  });
});

describe('the loosened plan', () => {
  const loosen = async (query: string, options: Partial<PlanOptions> = {}) => {
    const { loosened } = await plan(query, options);
    return loosened === null ? null : show((await loosened()).plan);
  };

  it.each<[query: string, tree: unknown, why: string]>([
    ['izyum gun', null, 'there is none where no phrase is asked for'],
    ['izyum -"white house"', null, 'nor where one is excluded'],
    ['"white houses"', { enough: ['white', 'house'] }, 'asks for enough of its words, with their families'],
    ['"white houses" attack', { enough: ['white', 'house', 'attack+attacks'] }, 'beside the other words'],
    ['izyum "izyum gun"', { enough: ['izyum', 'gun'] }, 'which count once'],
    ['title:"white house"', { enough: ['title:white', 'title:house'] }, 'in its field'],
    [
      '"white house" +gun -izyum',
      { all: [{ enough: ['white', 'house', 'gun'] }, { match: 'gun' }, { not: 'izyum' }] },
      'obeys the rest',
    ],
    ['"東京都"', { enough: ['東京', '都+都*'] }, 'cuts a run into words'],
  ])('of %j is %j: %s', async (query, tree) => {
    expect(await loosen(query)).toEqual(tree);
  });

  it('asks for every word of the phrase where all words are asked for', async () => {
    expect(await loosen('"white house"', { match: 'all' })).toEqual({ all: ['white', 'house'] });
  });

  it('has a word for each leaf', async () => {
    const loose = await (await plan('gun "White House"')).loosened?.();
    expect(loose?.leafWords).toEqual(['gun', 'white', 'house']);
    expect(loose?.plan.leaves).toHaveLength(3);
  });
});

describe('what a search tells of a query', () => {
  it('lists each word with what it was looked for as', async () => {
    const planned = await plan('Attack "white house" gun*');
    expect(planned.words).toEqual([
      {
        word: 'Attack',
        terms: [
          { term: 'attack', kind: 'exact', paragraphs: 18 },
          { term: 'attacks', kind: 'stem', paragraphs: 8 },
        ],
      },
      { word: 'white', terms: [{ term: 'white', kind: 'exact', paragraphs: 16 }] },
      { word: 'house', terms: [{ term: 'house', kind: 'exact', paragraphs: 16 }] },
      { word: 'gun*', terms: [{ term: 'gun', kind: 'exact', paragraphs: 10 }] },
    ]);
  });

  it('lists a missing word without terms', async () => {
    expect((await plan('zzzz')).words).toEqual([{ word: 'zzzz', terms: [] }]);
  });

  it('lists no more than twenty terms of a word, the most frequent of its family', async () => {
    class LargeFamily extends FakeDictionary {
      override async families(): Promise<TermStatistics[][]> {
        return [Array.from({ length: 30 }, (_, i) => ({ term: `form${i}` as Term, articles: i, paragraphs: i }))];
      }
    }
    const { query } = parseQuery('attack');
    const planned = await planQuery(query, new LargeFamily({}), standard);
    expect(planned.words[0]?.terms.map(({ term }) => term)).toEqual(
      Array.from({ length: 20 }, (_, i) => `form${29 - i}`),
    );
    expect(planned.plan.groups[0]?.terms).toHaveLength(30);
  });

  it.each<[query: string, corrected: string | null, why: string]>([
    ['izyun', 'izyum', 'a missing word is corrected'],
    ['gun Izyun', 'gun izyum', 'beside others'],
    ['izyun OR gunn', 'izyum OR gun', 'each of several'],
    ['title:izyun (atack OR gun)', 'title:izyum (attack OR gun)', 'wherever it stands'],
    ['izyum gun', null, 'what is there is not'],
    ['izyum "white hose"', null, 'phrases are as they are'],
    ['izyum -gunn', null, 'so is what is excluded'],
    ['sellf-propelled', null, 'and a part of a word'],
    ['zzzz', null, 'and what is like nothing'],
  ])('corrects %j to %j: %s', async (query, corrected) => {
    const planned = await plan(query);
    expect(planned.corrected === null ? null : printQuery(planned.corrected)).toBe(corrected);
  });

  it('takes the other words of the query for company, but for what is excluded', async () => {
    const known: Record<string, FakeTerm> = { goverment: [2], government: [900], audit: [40], spain: [60] };
    const together = { 'government audit': 30 };
    const correct = async (text: string) => {
      const dictionary = new FakeDictionary(known, { together });
      const { corrected } = await planQuery(parseQuery(text).query, dictionary, standard);
      return corrected === null ? null : printQuery(corrected);
    };
    expect(await correct('goverment audit')).toBe('government audit');
    expect(await correct('goverment spain')).toBeNull();
    expect(await correct('goverment -spain')).toBe('government -spain');
    expect(await correct('goverment "spain"')).toBeNull();
  });

  it('corrects nothing where that was not asked for', async () => {
    expect((await plan('izyun', { correctsTypos: false })).corrected).toBeNull();
  });
});

/** So many different characters without spaces, from one on. */
function runFrom(first: number, length = 4): string {
  return Array.from({ length }, (_, i) => String.fromCharCode(first + i)).join('');
}

describe('the bounds of a plan', () => {
  it('cut a long phrase, and say so', async () => {
    const { plan: cut, problems } = await plan(`"${'東'.repeat(1000)}"`);
    expect(cut.groups).toHaveLength(limits.phraseWords);
    expect(problems).toEqual([
      { code: 'long-phrase', message: expect.stringContaining(String(limits.phraseWords)), range: null },
    ]);
  });

  it('cut the words of a long phrase alike', async () => {
    const cities = Array.from({ length: 2 * limits.phraseWords }, (_, i) => `city${i}`);
    const { loosened, problems } = await plan(`izyum "${cities.join(' ')}"`);
    expect((await loosened?.())?.plan.groups).toHaveLength(1 + limits.phraseWords);
    expect(problems.map(({ code }) => code)).toEqual(['long-phrase']);
  });

  it('keep a phrase of as many words whole', async () => {
    const { plan: whole, problems } = await plan(`"${'house '.repeat(limits.phraseWords)}"`);
    expect(whole.groups).toHaveLength(limits.phraseWords);
    expect(problems).toEqual([]);
  });

  it.each([
    ['words of many parts', Array.from({ length: 30 }, (_, i) => `${'a-'.repeat(30)}${i}`).join(' ')],
    ['runs of many words', Array.from({ length: 90 }, (_, i) => runFrom(0x4e00 + 4 * i)).join(' ')],
    ['many long phrases', Array.from({ length: 10 }, (_, i) => `"${runFrom(0x4e00 + 40 * i, 40)}"`).join(' ')],
  ])('hold no more terms than are published, of %s', async (_, query) => {
    const planned = await plan(query);
    const loose = await planned.loosened?.();
    for (const { groups, leaves } of [planned.plan, loose?.plan ?? planned.plan]) {
      expect(groups.length).toBeLessThanOrEqual(limits.queryTerms);
      expect(groups.length).toBeGreaterThan(limits.queryTerms / 2);
      expect(leaves.length).toBeGreaterThan(0);
    }
    expect(planned.problems.map(({ code }) => code)).toContain('too-many-terms');
  });

  it('walk the dictionary once for a misspelling, however often it stands there', async () => {
    const walksFor = async (text: string) => {
      const dictionary = new FakeDictionary(words);
      await planQuery(parseQuery(text).query, dictionary, standard);
      return dictionary.walks;
    };
    const once = await walksFor('izyun');
    expect(once).toBeGreaterThan(0);
    expect(await walksFor('izyun izyun "izyun izyun" izyun-gun')).toBe(once);
  });
});
