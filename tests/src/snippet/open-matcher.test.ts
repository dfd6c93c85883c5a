import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';
import { openMatcher } from '../../../src/snippet/open-matcher.ts';
import { near, type PlanTree, phrase, planOf } from '../../contract/plan-of.ts';

/** The found stretches of the text. */
function found(tree: PlanTree, text: string): string[] {
  const matches = openMatcher(planOf(tree)).find(analyze(text), 'body');
  return matches.map(({ start, end }) => text.slice(start, end));
}

describe('a matcher', () => {
  it.each<[string, PlanTree, string, string[]]>([
    ['a phrase as one place', phrase(['old', 'harbour']), 'the old harbour', ['old harbour']],
    ['words near each other one by one', near(['harbour', 'old'], 2), 'the Old stone harbour', ['Old', 'harbour']],
    ['none that stand too far away', near(['harbour', 'old'], 0), 'the old stone harbour', []],
    ['no word of a wider stretch', near(['a', 'b'], 9), 'a x a b', ['a', 'b']],
    ['a word of two stretches once', near(['a', 'b'], 0), 'a b a', ['a', 'b', 'a']],
    ['nothing where a word is missing', near(['a', 'c'], 9), 'a b', []],
  ])('finds %s', (_, tree, text, places) => {
    expect(found(tree, text)).toEqual(places);
  });
});
