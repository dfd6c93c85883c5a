import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import type { PlanNode } from '../../../src/domain/plan.ts';
import { highlightRanges, mergeRanges } from '../../../src/snippet/highlight-ranges.ts';
import { openMatcher } from '../../../src/snippet/open-matcher.ts';
import { group, planOf, tokensOf } from './tokens-of.ts';

/** The text with its highlights in brackets. */
function marked(text: string, plan: ReturnType<typeof planOf>): string {
  const ranges = highlightRanges(tokensOf(text), plan, 'body');
  return ranges.reduceRight(
    (rest, [start, end]) => `${rest.slice(0, start)}[${rest.slice(start, end)}]${rest.slice(end)}`,
    text,
  );
}

describe('highlightRanges', () => {
  const words = planOf([group('mass', 'masses'), group('grav*'), group('constructor')], [0, 1, 2]);
  const phrase = planOf([group('mass', 'masses'), group('grav*')], [[0, 1]]);
  const repeated = planOf([group('a'), group('a')], [[0, 1]]);

  it.each([
    ['every member of a group', words, 'Mass and masses, no massive', '[Mass] and [masses], no massive'],
    ['what begins like a prefix', words, 'a grave, graves, engraved', 'a [grave], [graves], engraved'],
    ['names of JavaScript as words', words, '__proto__ constructor', '__proto__ [constructor]'],
    ['nothing where nothing matches', words, 'an empty field', 'an empty field'],
    ['a phrase as one range', phrase, 'a Mass -- graves b', 'a [Mass -- graves] b'],
    ['a phrase only where it is whole', phrase, 'mass of graves, grave mass', 'mass of graves, grave mass'],
    ['overlapping phrases merged', repeated, 'a a a b a', '[a a a] b a'],
  ])('highlights %s', (_, plan, text, expected) => {
    expect(marked(text, plan)).toBe(expected);
  });

  it('merges words that touch', () => {
    const tokens = [
      { term: '東京' as Term, start: 0, end: 2, position: 0 },
      { term: '都' as Term, start: 2, end: 3, position: 1 },
    ];
    expect(highlightRanges(tokens, planOf([group('東京'), group('都')], [0, 1]), 'body')).toEqual([[0, 3]]);
  });

  it('looks only where the word was looked for', () => {
    const plan = planOf([{ ...group('mass'), fields: ['title'] }], [0]);
    expect(highlightRanges(tokensOf('mass'), plan, 'title')).toEqual([[0, 4]]);
    expect(highlightRanges(tokensOf('mass'), plan, 'body')).toEqual([]);
  });

  it('takes tokens of one position for one place of a phrase', () => {
    const tokens = [
      { term: '#tag' as Term, start: 0, end: 4, position: 0 },
      { term: 'tag' as Term, start: 1, end: 4, position: 0 },
      { term: 'b' as Term, start: 5, end: 6, position: 1 },
    ];
    const find = (first: string) => highlightRanges(tokens, planOf([group(first), group('b')], [[0, 1]]), 'body');
    expect(find('#tag')).toEqual([[0, 6]]);
    expect(find('tag')).toEqual([[1, 6]]);
  });

  it('never highlights what is excluded, unless it is asked for as well', () => {
    const leaf = (number: number): PlanNode => ({ kind: 'leaf', leaf: number });
    const not = (node: PlanNode): PlanNode => ({ kind: 'not', node });
    const groups = [group('a'), group('b'), group('c')];
    const enough: PlanNode = {
      kind: 'enough',
      nodes: [
        { node: leaf(0), mass: 1 },
        { node: leaf(2), mass: 1 },
      ],
      minimum: 1,
    };
    const root: PlanNode = { kind: 'all', nodes: [enough, not({ kind: 'any', nodes: [leaf(1), leaf(2)] })] };
    expect(marked('a b c', planOf(groups, [0, 1, 2], root))).toBe('[a] b [c]');
  });
});

describe('openMatcher', () => {
  it('says which leaf stands where, by start, end and leaf', () => {
    const plan = planOf([group('a'), group('b'), group('a*')], [0, [0, 1], 2]);
    expect(openMatcher(plan).find(tokensOf('a b ab'), 'body')).toEqual([
      { leaf: 0, start: 0, end: 1 },
      { leaf: 2, start: 0, end: 1 },
      { leaf: 1, start: 0, end: 3 },
      { leaf: 2, start: 4, end: 6 },
    ]);
  });

  it('finds nothing for a phrase without words', () => {
    expect(openMatcher(planOf([], [[]])).find(tokensOf('a'), 'body')).toEqual([]);
  });

  it('agrees with looking at every place', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
    const phrase = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(letters, phrase, (text, wanted) => {
        const plan = planOf(
          wanted.map((word) => group(word)),
          [wanted.map((_, index) => index)],
        );
        const expected = text.flatMap((_, at) =>
          wanted.every((word, index) => text[at + index] === word)
            ? [{ leaf: 0, start: at * 2, end: (at + wanted.length) * 2 - 1 }]
            : [],
        );
        expect(openMatcher(plan).find(tokensOf(text.join(' ')), 'body')).toEqual(expected);
      }),
    );
  });
});

describe('mergeRanges', () => {
  it('sorts, merges what overlaps or touches, and drops what is empty', () => {
    const ranges = mergeRanges([
      { start: 8, end: 9 },
      { start: 0, end: 4 },
      { start: 1, end: 2 },
      { start: 4, end: 6 },
      { start: 7, end: 7 },
    ]);
    expect(ranges).toEqual([
      [0, 6],
      [8, 9],
    ]);
  });
});
