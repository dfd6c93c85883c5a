import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { Plan, PlanNode } from '../../../src/domain/plan.ts';
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
  const dictionary = new FakeDictionary(terms);
  return planQuery(parseQuery(text).query, dictionary, { isTyping: false, correctsTypos: true, ...options });
}

/** A plan's tree with its leaves spelled out: `attack+attacks`, phrases in quotation marks, fields before a colon. */
function show(shown: Plan | null): unknown {
  if (shown === null) return null;
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
      case 'some':
        return { [`some${node.minimum}`]: node.nodes.map(showNode) };
      case 'not':
        return { not: showNode(node.node) };
      case 'filter':
        return node.filter;
      case 'everything':
        return 'everything';
    }
  };
  return showNode(shown.root);
}

describe('planQuery', () => {
  it.each<[query: string, tree: unknown, why: string]>([
    ['', 'everything', 'nothing asks for everything'],
    ['izyum', 'izyum', 'a word is a leaf'],
    ['attack', 'attack+attacks', 'with its family'],
    ['Izyum gun', { all: ['izyum', 'gun'] }, 'several words must all be there'],
    ['izyum OR gun', { any: ['izyum', 'gun'] }, 'unless they are alternatives'],
    ['(izyum OR gun) house', { all: [{ any: ['izyum', 'gun'] }, 'house'] }, 'trees stay trees'],
    ['izyum -gun', { all: ['izyum', { not: 'gun' }] }, 'exclusions exclude'],
    ['-gun', { not: 'gun' }, 'also from everything'],
    ['"white house"', '"white house"', 'a phrase is a leaf'],
    ['"attack"', 'attack', 'a phrase of one word is that word exactly'],
    ['"attack on"', '"attack ?"', 'a word of a phrase may be missing'],
    ['att*', 'att*', 'a beginning is whatever begins with it'],
    ['self-prop*', '"self prop*"', 'also as the last of several'],
    ['*', 'everything', 'a star alone asks for nothing'],
    ['title:izyum', 'title:izyum', 'a field restricts a word'],
    ['title:"white house"', '"title:white title:house"', 'and a phrase'],
    ['body:att*', 'body:att*', 'and a beginning'],
    ['self-propelled', '"self propelled"', 'a hyphened word is neighbours'],
    ['#tag', 'tag', 'a tag is its word where the dictionary lacks it'],
    ['l’izyum', 'izyum', 'an article before a word is not asked for'],
    ['東京', '東京', 'two characters are one term'],
    ['東京都', { all: ['東京', '都+都*'] }, 'a run is its words'],
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

  it('has a word or phrase as typed for each leaf', async () => {
    const planned = await plan('Izyum "White House" self-propelled att*');
    expect(planned.leafWords).toEqual(['Izyum', 'White House', 'self-propelled', 'att*']);
    expect(planned.leafWords).toHaveLength(planned.plan.leaves.length);
  });

  describe('while the last word is being typed', () => {
    it.each<[query: string, tree: unknown, why: string]>([
      ['gun att', { all: ['gun', 'att*'] }, 'completes it'],
      ['gun attack', { all: ['gun', 'attack+attacks'] }, 'needs no completion where the family has all'],
      ['att gun', { all: ['?', 'gun'] }, 'completes no other'],
      ['att ', '?', 'completes none that is finished'],
      ['self-prop', '"self prop*"', 'completes the last part of several'],
      ['"white hou"', '"white ?"', 'completes nothing in a phrase'],
      ['izyum -gu', { all: ['izyum', { not: '?' }] }, 'completes nothing that is excluded'],
      ['izyum -self-prop', { all: ['izyum', { not: '"self ?"' }] }, 'nor a last part of it'],
      ['izyum 東京', { all: ['izyum', '東京'] }, 'completes no pair of characters'],
    ])('plans %j as %j: %s', async (query, tree) => {
      expect(show((await plan(query, { isTyping: true })).plan)).toEqual(tree);
    });
  });

  it('guesses nothing for what is excluded', async () => {
    const planned = await plan('gun -izyun -attacc');
    expect(show(planned.plan)).toEqual({ all: ['gun', { not: '?' }, { not: '?' }] });
    expect(planned.corrected).toBeNull();
    expect(show((await plan('gun -attacks')).plan)).toEqual({ all: ['gun', { not: 'attack+attacks' }] });
  });
});

describe('the relaxed plan', () => {
  it.each<[query: string, tree: unknown, why: string]>([
    ['', null, 'there is none where nothing is asked for'],
    ['izyum', null, 'nor for a single word'],
    ['izyum &', null, 'nor for one beside a sign'],
    ['"white house"', null, 'nor for a single phrase'],
    ['izyum OR gun', null, 'nor for alternatives'],
    ['izyum -gun', null, 'nor for one word and an exclusion'],
    ['izyum gun', { all: [{ some1: ['izyum', 'gun'] }] }, 'one of two words is enough'],
    ['izyum gun house', { all: [{ some2: ['izyum', 'gun', 'house'] }] }, 'two of three are'],
    ['izyum gun house white', { all: [{ some2: ['izyum', 'gun', 'house', 'white'] }] }, 'two of any more are'],
    [
      'izyum gun -house source:x date:2022',
      {
        all: [
          { some1: ['izyum', 'gun'] },
          { not: 'house' },
          { kind: 'folded', facet: 'source', value: 'x' },
          { kind: 'date', from: '2022-01-01', to: '2022-12-31' },
        ],
      },
      'exclusions and conditions hold in any case',
    ],
    [
      'izyum (gun OR house)',
      { all: [{ some1: ['izyum', { any: ['gun', 'house'] }] }] },
      'alternatives are missing as a whole',
    ],
    [
      '"white houses" attacks',
      { all: [{ some2: ['"white ?"', 'white', 'house', 'attack+attacks'] }] },
      'beside a phrase its words count, with their families',
    ],
    [
      'self-propelled',
      { all: [{ some2: [{ not: { not: '"self propelled"' } }, 'self', 'propelled'] }] },
      'so do the parts of a hyphened word, which alone score',
    ],
    ['izyum -self-propelled', null, 'but what is excluded stays whole'],
    ['izyum gun -self-propelled', { all: [{ some1: ['izyum', 'gun'] }, { not: '"self propelled"' }] }, 'in every plan'],
    ['東京都', { all: [{ some1: ['東京', '都+都*'] }] }, 'words of a run may be missing'],
    [
      'title:self-propelled',
      { all: [{ some2: [{ not: { not: '"title:self title:propelled"' } }, 'title:self', 'title:propelled'] }] },
      'fields restrict parts too',
    ],
  ])('of %j is %j: %s', async (query, tree) => {
    expect(show((await plan(query)).relaxed)).toEqual(tree);
  });

  it('completes only the very last part of what is being typed', async () => {
    const planned = await plan('self-prop', { isTyping: true }, { ...words, selfish: [1], props: [1] });
    expect(show(planned.relaxed)).toEqual({ all: [{ some2: [{ not: { not: '"self prop*"' } }, 'self', 'prop*'] }] });
  });

  it('has a word or phrase for each leaf: the parts of a word in Chinese bear the whole word', async () => {
    const planned = await plan('"White House" self-propelled コンピューター', {}, { ...words, コン: [1] });
    expect(planned.relaxedLeafWords.slice(0, 6)).toEqual([
      'White House',
      'white',
      'house',
      'self-propelled',
      'self',
      'propelled',
    ]);
    expect(new Set(planned.relaxedLeafWords.slice(6))).toEqual(new Set(['コンピューター']));
    expect(planned.relaxedLeafWords).toHaveLength(planned.relaxed?.leaves.length ?? 0);
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
    const planned = await planQuery(query, new LargeFamily({}), { isTyping: false, correctsTypos: true });
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
      const { corrected } = await planQuery(parseQuery(text).query, dictionary, {
        isTyping: false,
        correctsTypos: true,
      });
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

describe('the bounds of a plan', () => {
  it('cut a long phrase, and say so', async () => {
    const { plan: cut, problems } = await plan(`"${'東'.repeat(1000)}"`);
    expect(cut.groups).toHaveLength(limits.phraseWords);
    expect(problems).toEqual([
      { code: 'long-phrase', message: expect.stringContaining(String(limits.phraseWords)), range: null },
    ]);
  });

  it('cut the words of a long phrase alike', async () => {
    const { relaxed, problems } = await plan(`izyum "${'white house '.repeat(50)}"`);
    expect(relaxed?.groups).toHaveLength(1 + 2 * limits.phraseWords);
    expect(problems.map(({ code }) => code)).toEqual(['long-phrase']);
  });

  it('keep a phrase of as many words whole', async () => {
    const { plan: whole, problems } = await plan(`"${'house '.repeat(limits.phraseWords)}"`);
    expect(whole.groups).toHaveLength(limits.phraseWords);
    expect(problems).toEqual([]);
  });

  it.each([
    ['words of many parts', Array.from({ length: 30 }, (_, i) => `${'a-'.repeat(30)}${i}`).join(' ')],
    ['long runs of characters', Array.from({ length: 30 }, () => '東京都庁舎'.repeat(12)).join(' ')],
    ['many long phrases', Array.from({ length: 10 }, () => `"${'東京都'.repeat(60)}"`).join(' ')],
  ])('hold no more terms than are published, of %s', async (_, query) => {
    const planned = await plan(query);
    for (const { groups, leaves } of [planned.plan, planned.relaxed ?? planned.plan]) {
      expect(groups.length).toBeLessThanOrEqual(limits.queryTerms);
      expect(groups.length).toBeGreaterThan(limits.queryTerms / 2);
      expect(leaves.length).toBeGreaterThan(0);
    }
    expect(planned.problems.map(({ code }) => code)).toContain('too-many-terms');
  });

  it('walk the dictionary once for a misspelling, however often it stands there', async () => {
    const walksFor = async (text: string) => {
      const dictionary = new FakeDictionary(words);
      await planQuery(parseQuery(text).query, dictionary, { isTyping: false, correctsTypos: true });
      return dictionary.walks;
    };
    const once = await walksFor('izyun');
    expect(once).toBeGreaterThan(0);
    expect(await walksFor('izyun izyun "izyun izyun" izyun-gun')).toBe(once);
  });
});
