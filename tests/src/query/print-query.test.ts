import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterFields, type Query, type QueryField } from '../../../src/domain/query.ts';
import { allOf, anyOf, completeQuery, demand, negate } from '../../../src/query/combine-query.ts';
import { parseQuery } from '../../../src/query/parse-query.ts';
import { printQuery } from '../../../src/query/print-query.ts';

describe('printQuery', () => {
  it.each([
    ['', ''],
    ['  izium   kyiv ', 'izium kyiv'],
    ['a AND b', '+a +b'],
    ['+a b', '+a b'],
    ['+"a b" +a*', '+"a b" +a*'],
    ['+(a b) c', '+a +b c'],
    ['+(a OR b) c', '+(a OR b) c'],
    ['a AND b OR c', '+a +(b OR c)'],
    ['-(a AND b)', '-(a b)'],
    ['title:(a AND b)', '+title:a +title:b'],
    ['A AND B', '+A +B'],
    ['++a', '++a'],
    ['b AND ++a', '+b +(++a)'],
    ['a NOT b', 'a -b'],
    ['NOT --b', 'NOT --b'],
    ['a | b', 'a OR b'],
    ['a b OR c d', 'a (b OR c) d'],
    ['(a b) OR c', '(a b) OR c'],
    ['-(a OR b)', '-(a OR b)'],
    ['-a OR -b', '-a OR -b'],
    ['„mass   grave“', '"mass grave"'],
    ['«a "b" c»', '“a "b" c”'],
    ['“a "b" c”', '“a "b" c”'],
    ['„a "b" «c»“', '“a "b" «c»”'],
    ['TITLE:(a OR "b c")', 'title:a OR title:"b c"'],
    ['elect**', 'elect*'],
    ['foo:bar', 'foo bar'],
    ['source:"Reuters"', 'source:Reuters'],
    ['source:"Kyiv Post"', 'source:"Kyiv Post"'],
    ['tag:"a*"', 'tag:"a*"'],
    ['before:2022-10', 'date:..2022-09-30'],
    ['after:2022', 'date:2023-01-01..'],
    ['date:2022-09-01..2022-09', 'date:2022-09'],
    ['date:2022-01..2022', 'date:2022'],
    ['date:2022-09-13..2022-09-13', 'date:2022-09-13'],
    ['date:2022-09..2022-11', 'date:2022-09-01..2022-11-30'],
    ['a ( OR "" -', 'a'],
    ['SHIPS DOCK AT PIERS AND QUAYS', 'SHIPS DOCK AT PIERS and QUAYS'],
    ['SHIPS DOCK AT PIERS | AT QUAYS', 'SHIPS DOCK AT (PIERS | AT) QUAYS'],
    ['A | B | C | D', 'A | B | C | D'],
    ['A | B | C', 'A OR B OR C'],
    ['SHIPS DOCK AT PIERS AND QUAYS -(--SAIL)', 'SHIPS DOCK AT PIERS and QUAYS NOT --SAIL'],
    ['SHIPS DOCK AT PIERS BY QUAYS -(--SAIL)', 'SHIPS DOCK AT PIERS BY QUAYS -(--SAIL)'],
  ])('prints %j as %j', (text, expected) => {
    expect(printQuery(parseQuery(text).query)).toBe(expected);
  });

  it('prints any tree the parser can make so that it is read back', () => {
    fc.assert(
      fc.property(tree(3), (query) => {
        const whole = completeQuery(query);
        expect(reread(whole)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('prints what was understood of any text so that it is read back', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const { query } = parseQuery(text);
        expect(reread(query)).toEqual(withoutLast(query));
      }),
      { numRuns: 1500 },
    );
  });

  it('prints what was understood of capitals so that it is read back', () => {
    const capitals = fc.array(
      fc.constantFrom(...'A BC NATO Ж 7 OR AND NOT | + ( ) - --D - "E F" title: x'.split(' ')),
      {
        maxLength: 16,
      },
    );
    fc.assert(
      fc.property(capitals, fc.constantFrom(' ', ''), (words, last) => {
        const { query } = parseQuery(
          words.join(' ').replaceAll('- ', '-').replaceAll('+ ', '+').replaceAll(': ', ':') + last,
        );
        expect(reread(query)).toEqual(withoutLast(query));
      }),
      { numRuns: 1000 },
    );
  });

  it('prints the same again what it printed', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const printed = printQuery(parseQuery(text).query);
        expect(printQuery(parseQuery(`${printed} `).query)).toBe(printed);
      }),
    );
  });
});

function reread(query: Query): Query {
  return withoutLast(parseQuery(printQuery(query)).query);
}

function withoutLast(query: Query): Query {
  switch (query.kind) {
    case 'term':
      return { ...query, isLast: false };
    case 'all':
    case 'any':
      return { ...query, queries: query.queries.map(withoutLast) };
    case 'not':
    case 'must':
      return { ...query, query: withoutLast(query.query) };
    default:
      return query;
  }
}

const pieces = [
  ...' \t()|"“”„«»‚‘‹›＂-+*:.,/\\#\'’',
  ...['OR', ' OR ', ' AND ', 'NOT ', ' NOT ', 'a', 'bc', 'Изюм', '東京', '12:30', 'title:', 'BODY:', 'foo:', 'titel:'],
  ...['source:', 'tag:', 'path:', 'year:', 'year:2022', 'before:', 'after:', 'date:', '2022', '-09', '-30', '..'],
  ...[
    'a b',
    ' -',
    ' +',
    ' (',
    ') ',
    ' "',
    '" ',
    '--',
    '**',
    '\u0000',
    '\ud83d',
    '😀',
    'https://x.org/a-b',
    'x'.repeat(70),
  ],
];
/** Short enough that the printed text stays within the limit as well. */
const queryText = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 30,
  })
  .map((parts) => parts.join('').slice(0, 300));

const word = fc.constantFrom(
  'izium',
  'C++',
  '.NET',
  '--x',
  '++x',
  'don’t',
  'a-b',
  '12:30',
  'https://x.org',
  '東京',
  '#t',
  'ß',
);
const text = fc.constantFrom('mass grave', 'OR', 'a "b"', '“a” b', 'a «b» "c"', '-x', 'title:x', '(a', 'a*', '‹a');
const field = fc.constantFrom<QueryField | null>(null, 'title', 'heading', 'body');
const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.record({ kind: fc.constant('term' as const), word, field, isLast: fc.constant(false) }),
  fc.record({ kind: fc.constant('phrase' as const), text, field }),
  fc.record({ kind: fc.constant('prefix' as const), prefix: word, field }),
  fc.record({
    kind: fc.constant('filter' as const),
    field: fc.constantFrom(...filterFields.filter((name) => name !== 'year')),
    value: fc.oneof(word, text),
  }),
  fc.constantFrom<Query>(
    { kind: 'filter', field: 'year', value: '2022' },
    { kind: 'range', from: null, to: '2022-09-30' },
    { kind: 'range', from: '2022-09-30', to: null },
    { kind: 'range', from: '2022-09-01', to: '2022-09-30' },
    { kind: 'range', from: '2022-09-02', to: '2023-09-30' },
  ),
);

function tree(depth: number): fc.Arbitrary<Query> {
  if (depth === 0) return leaf;
  const member = tree(depth - 1);
  const members = fc.array(member, { minLength: 1, maxLength: 3 });
  const present = (query: Query | null): Query => query ?? { kind: 'everything' };
  return fc.oneof(
    leaf,
    member.map(negate),
    member.map(demand),
    members.map((queries) => present(allOf(queries))),
    members.map((queries) => present(anyOf(queries))),
  );
}
