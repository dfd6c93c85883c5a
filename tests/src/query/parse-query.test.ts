import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import type { FilterField, Query, QueryField } from '../../../src/domain/query.ts';
import { parseQuery } from '../../../src/query/parse-query.ts';

const word = (text: string, field: QueryField | null = null): Query => ({
  kind: 'term',
  word: text,
  field,
  isLast: false,
});
const last = (text: string, field: QueryField | null = null): Query => ({
  kind: 'term',
  word: text,
  field,
  isLast: true,
});
const phrase = (text: string, field: QueryField | null = null): Query => ({ kind: 'phrase', text, field });
const prefix = (text: string, field: QueryField | null = null): Query => ({ kind: 'prefix', prefix: text, field });
const filter = (field: FilterField, value: string): Query => ({ kind: 'filter', field, value });
const days = (from: string | null, to: string | null): Query => ({ kind: 'range', from, to });
const all = (...queries: Query[]): Query => ({ kind: 'all', queries });
const any = (...queries: Query[]): Query => ({ kind: 'any', queries });
const not = (query: Query): Query => ({ kind: 'not', query });
const must = (query: Query): Query => ({ kind: 'must', query });
const everything: Query = { kind: 'everything' };

const codes = (text: string) => parseQuery(text).problems.map((problem) => problem.code);

describe('parseQuery', () => {
  describe('words', () => {
    it.each<[string, Query, string]>([
      ['', everything, 'nothing asks for everything'],
      [' \t\n ', everything, 'so does white space'],
      ['izium', last('izium'), 'the last word is still being typed'],
      ['izium ', word('izium'), 'a space ends it'],
      ['a b', all(word('a'), last('b')), 'a space means most of them'],
      ['a\u0000b', all(word('a'), last('b')), 'so do control characters'],
      ['C++ ', word('C++'), 'signs stay'],
      ['C# ', word('C#'), 'signs stay'],
      ['.NET ', word('.NET'), 'signs stay'],
      ['#tag @name ', all(word('#tag'), word('@name')), 'signs stay'],
      ['ann@lede.org ', word('ann@lede.org'), 'an e-mail address is one word'],
      ['https://lede.org/a:b?c=d#e ', word('https://lede.org/a:b?c=d#e'), 'a URL is one word'],
      ['at 12:30 ', all(word('at'), word('12:30')), 'a time of day is one word'],
      ['std::vector ', word('std::vector'), 'two colons make no field'],
      ['C:\\temp ', word('C:\\temp'), 'a path is one word'],
      ['don’t ', word('don’t'), 'an apostrophe is no quotation mark'],
      ["don't 'tis ", all(word("don't"), word("'tis")), 'nor is a straight one'],
      ['self-propelled ', word('self-propelled'), 'a hyphen inside a word excludes nothing'],
      ['--verbose ', word('--verbose'), 'two hyphens are part of the word'],
      ['東京都知事 ', word('東京都知事'), 'a run without spaces is one word'],
      ['Изюм ', word('Изюм'), 'any script'],
      ['or and not ', all(word('or'), word('and'), word('not')), 'operators are upper case'],
      ['__proto__ constructor: ', all(word('__proto__'), word('constructor:')), 'names of JavaScript are words'],
      ['foo:bar ', all(word('foo'), word('bar')), 'an unknown field is a word'],
      ['foo:bar:baz', all(word('foo'), word('bar'), last('baz')), 'and so is all behind it'],
      ['foo:"bar baz" ', all(word('foo'), phrase('bar baz')), 'a phrase stays one'],
      ['a OR foo:bar ', any(word('a'), all(word('foo'), word('bar'))), 'the words belong together'],
    ])('takes %j', (text, expected) => {
      expect(parseQuery(text)).toEqual({ query: expected, problems: [] });
    });

    it.each<[string, Query, readonly [number, number]]>([
      ['•', everything, [0, 1]],
      ['!!!', everything, [0, 3]],
      ['... a ', word('a'), [0, 3]],
      ['a & b ', all(word('a'), word('b')), [2, 3]],
      ['a & b — c ', all(word('a'), word('b'), word('c')), [2, 3]],
      ['a OR # ', word('a'), [5, 6]],
      ['½ ', everything, [0, 1]],
      ['"..."', everything, [0, 5]],
      ['a „& —“ ', word('a'), [2, 7]],
      ['title:...', everything, [0, 9]],
      ['title:"..."', everything, [0, 11]],
      ['a title:(b !) ', all(word('a'), word('b', 'title')), [11, 12]],
      ['foo:... ', word('foo'), [0, 7]],
      ['-...', everything, [1, 4]],
      ['a NOT "…"', word('a'), [6, 9]],
      [' \u0000\u001f', everything, [0, 3]],
    ])('leaves out punctuation alone: %j', (text, expected, range) => {
      expect(parseQuery(text)).toEqual({
        query: expected,
        problems: [{ code: 'no-letters', message: expect.any(String), range }],
      });
    });

    it('marks only the very last word as being typed', () => {
      expect(parseQuery('a b').query).toEqual(all(word('a'), last('b')));
      expect(parseQuery('(a b)').query).toEqual(all(word('a'), word('b')));
      expect(parseQuery('"a" -b').query).toEqual(all(phrase('a'), not(last('b'))));
      expect(parseQuery('a title:b').query).toEqual(all(word('a'), last('b', 'title')));
    });
  });

  describe('phrases', () => {
    it.each<[string, string]>([
      ['"mass grave"', 'mass grave'],
      ['“mass grave”', 'mass grave'],
      ['“mass grave“', 'mass grave'],
      ['„mass grave“', 'mass grave'],
      ['„mass grave”', 'mass grave'],
      ['”mass grave”', 'mass grave'],
      ['«mass grave»', 'mass grave'],
      ['« mass grave »', 'mass grave'],
      ['»mass grave«', 'mass grave'],
      ['‚mass grave‘', 'mass grave'],
      ['‹mass grave›', 'mass grave'],
      ['"  mass \u0000 \n grave "', 'mass grave'],
      ['"he said “never” again"', 'he said “never” again'],
      ['“he said "never" again”', 'he said "never" again'],
      ['"OR -not (title:x"', 'OR -not (title:x'],
      ['"don’t"', 'don’t'],
    ])('reads %j', (text, expected) => {
      expect(parseQuery(text)).toEqual({ query: phrase(expected), problems: [] });
    });

    it('ends words', () => {
      expect(parseQuery('rock"n"roll ').query).toEqual(all(word('rock'), phrase('n'), word('roll')));
    });

    it('does not take the arrows between sections of a site for quotation marks', () => {
      const expected = all(word('Home'), word('News'), word('Politics'));
      expect(parseQuery('Home » News » Politics ')).toEqual({ query: expected, problems: [] });
    });

    it.each<[string, Query, string]>([
      ['"mass gra', all(word('mass'), last('gra')), 'unclosed-quote'],
      ['a "', word('a'), 'unclosed-quote'],
      ['title:"mass', last('mass', 'title'), 'unclosed-quote'],
      ['-“x', all(everything, not(last('x'))), 'unclosed-quote'],
      ['a ""', word('a'), 'empty-phrase'],
      ['-" " a ', word('a'), 'empty-phrase'],
      ['«»', everything, 'empty-phrase'],
    ])('takes %j as it can', (text, expected, code) => {
      expect(parseQuery(text).query).toEqual(expected);
      expect(codes(text)).toEqual([code]);
    });
  });

  describe('operators and parentheses', () => {
    it.each<[string, Query]>([
      ['a -b ', all(word('a'), not(word('b')))],
      ['a NOT b ', all(word('a'), not(word('b')))],
      ['a AND NOT b ', all(must(word('a')), not(word('b')))],
      ['a -"b c" ', all(word('a'), not(phrase('b c')))],
      ['a -source:x ', all(word('a'), not(filter('source', 'x')))],
      ['a -(b c) ', all(word('a'), not(all(word('b'), word('c'))))],
      ['a -foo:bar ', all(word('a'), not(all(word('foo'), word('bar'))))],
      ['a -(-b) ', all(word('a'), word('b'))],
      ['-a ', all(everything, not(word('a')))],
      ['-a -b ', all(everything, not(word('a')), not(word('b')))],
      ['-a OR -b ', all(everything, any(not(word('a')), not(word('b'))))],
      ['a OR b ', any(word('a'), word('b'))],
      ['a | b||c|d ', any(word('a'), word('b'), word('c'), word('d'))],
      ['a b OR c d ', all(word('a'), any(word('b'), word('c')), word('d'))],
      ['a AND b OR c ', all(must(word('a')), must(any(word('b'), word('c'))))],
      ['(a b) OR c ', any(all(word('a'), word('b')), word('c'))],
      ['a OR (b OR c) ', any(word('a'), word('b'), word('c'))],
      ['a (b (c d)) ', all(word('a'), word('b'), word('c'), word('d'))],
      ['((((((((((((a))))))))))))', word('a')],
      ['f(x)', all(word('f'), word('x'))],
      ['-sail-boat-rig ', word('sail-boat-rig')],
      ['a -sail-boat ', all(word('a'), not(word('sail-boat')))],
      ['"a"-b ', all(phrase('a'), word('b'))],
      ['(a)-b ', all(word('a'), word('b'))],
    ])('reads %j', (text, expected) => {
      expect(parseQuery(text)).toEqual({ query: expected, problems: [] });
    });

    it.each<[string, Query, string]>([
      ['a - b ', all(word('a'), word('b')), 'lone-hyphen'],
      ['a -', word('a'), 'lone-hyphen'],
      ['a --- "b"', all(word('a'), phrase('b')), 'lone-hyphen'],
      ['OR a ', word('a'), 'dangling-operator'],
      ['a OR', word('a'), 'dangling-operator'],
      ['a |', word('a'), 'dangling-operator'],
      ['a OR OR b ', any(word('a'), word('b')), 'dangling-operator'],
      ['a AND', word('a'), 'dangling-operator'],
      ['AND', everything, 'dangling-operator'],
      ['a NOT', word('a'), 'dangling-operator'],
      ['a (b OR) ', all(word('a'), word('b')), 'dangling-operator'],
      ['a NOT NOT b ', all(word('a'), not(word('b'))), 'double-negation'],
      ['a () b ', all(word('a'), word('b')), 'empty-parentheses'],
      ['a) b ', all(word('a'), word('b')), 'unopened-parenthesis'],
      ['(a OR b', any(word('a'), last('b')), 'unclosed-parenthesis'],
    ])('takes %j as it can', (text, expected, code) => {
      expect(parseQuery(text).query).toEqual(expected);
      expect(codes(text)).toEqual([code]);
    });
  });

  describe('what may not be missing', () => {
    it.each<[text: string, expected: Query, why: string]>([
      ['+a b', all(must(word('a')), word('b')), 'a plus marks the word behind it'],
      ['a AND b', all(must(word('a')), must(word('b'))), 'AND marks what stands on both sides'],
      ['a AND b c', all(must(word('a')), must(word('b')), word('c')), 'and nothing else'],
      ['a AND b AND c', all(must(word('a')), must(word('b')), must(word('c'))), 'also in a row'],
      ['+a', must(word('a')), 'a single word can be marked'],
      ['+a*', must(prefix('a')), 'and a beginning'],
      ['+title:a', must(word('a', 'title')), 'and a word in a field'],
      ['+(a b) c', all(must(word('a')), must(word('b')), word('c')), 'before parentheses it marks each word'],
      ['+(a OR b) c', all(must(any(word('a'), word('b'))), word('c')), 'alternatives it marks together'],
      ['a OR b AND c', all(must(any(word('a'), word('b'))), must(word('c'))), 'so does AND behind them'],
      ['a AND b OR c', all(must(word('a')), must(any(word('b'), word('c')))), 'and before them'],
      ['+a OR b', any(word('a'), word('b')), 'one alternative alone cannot be marked'],
      ['(a AND b) OR c', any(all(word('a'), word('b')), word('c')), 'nor the words of one'],
      ['a -(b AND c)', all(word('a'), not(all(word('b'), word('c')))), 'nor what is excluded'],
      ['a -+b', all(word('a'), not(word('b'))), 'however it is written'],
      ['+"a b"', must(phrase('a b')), 'and a phrase'],
      ['a AND source:x', all(must(word('a')), filter('source', 'x')), 'nor a condition'],
      ['++a C++ a+b', all(word('++a'), word('C++'), word('a+b')), 'other plus signs are part of a word'],
      ['1 + 2', all(word('1'), word('2')), 'alone a plus is punctuation'],
    ])('reads %j: %s', (text, expected) => {
      expect(parseQuery(`${text} `).query).toEqual(expected);
    });
  });

  describe('words in capitals', () => {
    const tide = ['THE', 'TIDE', 'COMES', 'and', 'GOES', 'DAILY'].map((found) => word(found));

    it.each<[text: string, expected: Query, why: string]>([
      ['THE TIDE COMES AND GOES DAILY', all(...tide), 'in six words or more operators are words'],
      [
        'IT IS NOT THE 2ND TIDE',
        all(...['IT', 'IS', 'not', 'THE', '2ND', 'TIDE'].map((found) => word(found))),
        'NOT too',
      ],
      ['PIER OR QUAY', any(word('PIER'), word('QUAY')), 'few words in capitals may be names'],
      [
        'THE TIDE COMES AND GOES daily',
        all(word('THE'), word('TIDE'), must(word('COMES')), must(word('GOES')), word('daily')),
        'a small letter says that the capitals of the operator are meant',
      ],
      [
        'PIER OR QUAY OR MOLE OR 東京',
        any(word('PIER'), word('QUAY'), word('MOLE'), word('東京')),
        'a letter that has no capital says nothing',
      ],
      ['1990 | 1991 | 1992 | 1993 | 1994 | 1995', any(...[0, 1, 2, 3, 4, 5].map((n) => word(`199${n}`))), 'signs stay'],
    ])('reads %j: %s', (text, expected) => {
      expect(parseQuery(`${text} `).query).toEqual(expected);
    });
  });

  describe('prefixes', () => {
    it.each<[string, Query]>([
      ['elect*', prefix('elect')],
      ['elect**', prefix('elect')],
      ['2022*', prefix('2022')],
      ['title:elect*', prefix('elect', 'title')],
      ['-elect* a ', all(not(prefix('elect')), word('a'))],
      ['foo:ba* ', all(word('foo'), prefix('ba'))],
    ])('reads %j', (text, expected) => {
      expect(parseQuery(text)).toEqual({ query: expected, problems: [] });
    });

    it.each<[string, Query]>([
      ['*', everything],
      ['a * b ', all(word('a'), word('b'))],
      ['*ection ', word('*ection')],
      ['wom*n ', word('wom*n')],
      ['wom*n*', prefix('wom*n')],
      ['source:Reut* ', filter('source', 'Reut')],
      ['"kher*"', phrase('kher*')],
      ['title:"kher* bridge"', phrase('kher* bridge', 'title')],
      ['foo:„wom*n“', all(word('foo'), phrase('wom*n'))],
    ])('reports the star of %j', (text, expected) => {
      expect(parseQuery(text).query).toEqual(expected);
      expect(codes(text)).toEqual(['misplaced-star']);
    });

    it.each(['#* ', '½* ', '--* '])('leaves out punctuation alone before its star: %j', (text) => {
      expect(parseQuery(text).query).toEqual(everything);
      expect(codes(text)).toEqual(['misplaced-star', 'no-letters']);
    });
  });

  describe('fields', () => {
    it.each<[string, Query]>([
      ['title:grave ', word('grave', 'title')],
      ['HEADING:grave ', word('grave', 'heading')],
      ['body:"mass grave"', phrase('mass grave', 'body')],
      ['title:„mass grave“', phrase('mass grave', 'title')],
      ['title:(a OR body:b) ', any(word('a', 'title'), word('b', 'body'))],
      ['title:(a foo:b) ', all(word('a', 'title'), word('foo', 'title'), word('b', 'title'))],
      ['title:https://lede.org/x ', word('https://lede.org/x', 'title')],
      ['title:OR ', word('OR', 'title')],
      ['title:-x ', word('-x', 'title')],
      ['source:Reuters ', filter('source', 'Reuters')],
      ['Source:"Kyiv Post"', filter('source', 'Kyiv Post')],
      ['author:«Ann Lee»', filter('author', 'Ann Lee')],
      ['tag:war-crimes ', filter('tag', 'war-crimes')],
      ['language:uk ', filter('language', 'uk')],
      ['path:2022/09 ', filter('path', '2022/09')],
      ['year:2022 ', filter('year', '2022')],
      ['tag:a OR tag:b ', any(filter('tag', 'a'), filter('tag', 'b'))],
    ])('reads %j', (text, expected) => {
      expect(parseQuery(text)).toEqual({ query: expected, problems: [] });
    });

    it.each<[string, Query, string | null]>([
      ['titel:grave ', all(word('titel'), word('grave')), 'title'],
      ['tags:war ', all(word('tags'), word('war')), 'tag'],
      ['autor:"Ann Lee"', all(word('autor'), phrase('Ann Lee')), 'author'],
      ['sorce:x ', all(word('sorce'), word('x')), 'source'],
      ['langauge:uk ', all(word('langauge'), word('uk')), 'language'],
      ['note:x ', all(word('note'), word('x')), null],
      ['re:x ', all(word('re'), word('x')), null],
      ['Titel: x ', all(word('Titel:'), word('x')), null],
    ])('takes %j as words and hints at the field that may be meant', (text, expected, meant) => {
      const { query, problems } = parseQuery(text);
      expect(query).toEqual(expected);
      expect(problems.map(({ code }) => code)).toEqual(meant === null ? [] : ['unknown-field']);
      expect(problems[0]?.message ?? '').toContain(meant === null ? '' : `“${meant}:”`);
    });

    it.each<[string, Query]>([
      ['a title:', word('a')],
      ['source: Reuters ', word('Reuters')],
      ['source:(a) ', word('a')],
      ['-tag: a ', word('a')],
    ])('ignores a field without a value: %j', (text, expected) => {
      expect(parseQuery(text).query).toEqual(expected);
      expect(codes(text)).toEqual(['empty-field']);
    });
  });

  describe('dates', () => {
    it.each<[string, string | null, string | null]>([
      ['before:2022', null, '2021-12-31'],
      ['before:2022-10', null, '2022-09-30'],
      ['before:2022-03-01', null, '2022-02-28'],
      ['before:2024-03-01', null, '2024-02-29'],
      ['after:2022', '2023-01-01', null],
      ['after:2022-09', '2022-10-01', null],
      ['after:2022-12-31', '2023-01-01', null],
      ['date:2022', '2022-01-01', '2022-12-31'],
      ['date:2022-09', '2022-09-01', '2022-09-30'],
      ['date:2024-02', '2024-02-01', '2024-02-29'],
      ['date:1900-02', '1900-02-01', '1900-02-28'],
      ['DATE:2022-09-13', '2022-09-13', '2022-09-13'],
      ['date:"2022-09-13"', '2022-09-13', '2022-09-13'],
      ['date:2022-09..2022-11', '2022-09-01', '2022-11-30'],
      ['date:2022-09-13..2023', '2022-09-13', '2023-12-31'],
      ['date:2022-09..', '2022-09-01', null],
      ['date:..2022-09', null, '2022-09-30'],
      ['date:0050', '0050-01-01', '0050-12-31'],
      ['date:today', '2026-03-01', '2026-03-01'],
      ['date:Yesterday', '2026-02-28', '2026-02-28'],
      ['after:yesterday', '2026-03-01', null],
    ])('reads %j', (text, from, to) => {
      expect(parseQuery(text, { today: '2026-03-01' })).toEqual({ query: days(from, to), problems: [] });
    });

    it.each<[string, Query]>([
      ['date:2022-02-30', all(word('date'), last('2022-02-30'))],
      ['before:2022-13 ', all(word('before'), word('2022-13'))],
      ['before:noon ', all(word('before'), word('noon'))],
      ['before:"the war"', all(word('before'), phrase('the war'))],
      ['before:0000', all(word('before'), last('0000'))],
      ['after:9999', all(word('after'), last('9999'))],
      ['date:-2022', last('date:-2022')],
      ['date:2022..x ', all(word('date'), word('2022..x'))],
      ['date:today', all(word('date'), last('today'))],
      ['year:soon ', all(word('year'), word('soon'))],
      ['before:202 ', all(word('before'), word('202'))],
    ])('takes %j as words', (text, expected) => {
      expect(parseQuery(text).query).toEqual(expected);
      expect(codes(text)).toEqual(['invalid-date']);
    });

    it('names every kind of date in what it says of one that is none', () => {
      const [problem] = parseQuery('before:noon ').problems;
      expect(problem?.message).toBe(
        '“noon” is not a date like 2022, 2022-09, 2022-09-13, today or yesterday: it was taken as words.',
      );
    });

    it.each(['before:2', 'before:2022-', 'before:2022-1', 'date:2022-09-1', 'date:2022.', 'date:2022..20', 'year:20'])(
      'ignores a date that is still being typed: %j',
      (text) => {
        expect(parseQuery(`a ${text}`).query).toEqual(word('a'));
        expect(codes(text)).toEqual(['unfinished-date']);
      },
    );

    it('leaves out an end of dates that has none', () => {
      expect(parseQuery('date:.. ').query).toEqual(word('date'));
      expect(codes('date:.. ')).toEqual(['invalid-date', 'no-letters']);
    });

    it('swaps the ends of a backward range', () => {
      expect(parseQuery('date:2022-11..2022-09').query).toEqual(days('2022-09-01', '2022-11-30'));
      expect(codes('date:2022-11..2022-09')).toEqual(['reversed-dates']);
    });
  });

  describe('limits', () => {
    it('cuts what is too long and says where', () => {
      const text = `${'ab '.repeat(10)}${' '.repeat(limits.queryLength)}c`;
      const { query, problems } = parseQuery(text);
      expect(query).toEqual(all(...Array.from({ length: 10 }, () => word('ab'))));
      expect(problems).toEqual([
        { code: 'too-long', message: expect.any(String), range: [limits.queryLength, text.length] },
      ]);
    });

    it('does not take the last word of a cut text for one being typed', () => {
      expect(parseQuery(`${'x'.repeat(limits.queryLength - 3)} ab c`).query).toMatchObject({
        queries: [{ isLast: false }, { word: 'ab', isLast: false }],
      });
    });

    it('leaves out what is more than the most words', () => {
      const text = Array.from({ length: limits.queryWords + 9 }, (_, index) => `w${index}`).join(' ');
      const { query } = parseQuery(text);
      expect(query.kind === 'all' && query.queries.length).toBe(limits.queryWords);
      expect(codes(text)).toEqual(['too-many-words']);
    });

    it('cuts a phrase with more than the most words', () => {
      const { query } = parseQuery(`"${'a '.repeat(limits.queryWords + 9)}"`);
      expect(query).toEqual(phrase(Array.from({ length: limits.queryWords }, () => 'a').join(' ')));
    });

    it('leaves out what is more than the most conditions', () => {
      const text = Array.from({ length: limits.filters + 9 }, (_, index) => `tag:t${index}`).join(' OR ');
      const { query } = parseQuery(text);
      expect(query.kind === 'any' && query.queries.length).toBe(limits.filters);
      expect(codes(text)).toEqual(['too-many-filters']);
    });

    it('cuts over-long words, never inside a character', () => {
      expect(parseQuery(`${'a'.repeat(99)} `).query).toEqual(word('a'.repeat(limits.wordLength)));
      expect(parseQuery(`${'a'.repeat(99)}*`).query).toEqual(prefix('a'.repeat(limits.wordLength)));
      expect(parseQuery(`a${'😀'.repeat(99)} `).query).toEqual(word(`a${'😀'.repeat(31)}`));
      expect(codes('a'.repeat(99))).toEqual(['long-word']);
    });

    it('leaves out what is nested too deep', () => {
      const nest = (depth: number) => `${'(a OR (b '.repeat(depth)}c${'))'.repeat(depth)}`;
      expect(codes(nest(limits.queryNesting))).toEqual([]);
      expect(codes(nest(limits.queryNesting + 1))).toEqual(['too-deep']);
    });
  });

  it('reports each problem once, in the order of the text, with its place', () => {
    expect(parseQuery('a - - titel:b "c').problems).toEqual([
      { code: 'lone-hyphen', message: expect.any(String), range: [2, 3] },
      { code: 'unknown-field', message: expect.any(String), range: [6, 12] },
      { code: 'unclosed-quote', message: expect.any(String), range: [14, 15] },
    ]);
  });

  describe('whatever the text', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.nat(0xffff), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
    );

    it('answers, with ranges inside the text', () => {
      fc.assert(
        fc.property(hostile, (text) => {
          const { query, problems } = parseQuery(text);
          expect(query.kind).toBeTypeOf('string');
          for (const { range } of problems) {
            expect(range).not.toBeNull();
            const [start, end] = range ?? [0, 0];
            expect(0 <= start && start < end && end <= text.length).toBe(true);
          }
        }),
      );
    });

    it.each(['(', ')', '"', '«', '-', '*', '|', 'a:', '-(', 'title:(', '"a ', '(a OR (b ', '\ud800', '_*a', ' OR '])(
      'answers a megabyte of %j',
      (unit) => {
        const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
        expect(codes(text)).toContain('too-long');
      },
    );
  });
});
