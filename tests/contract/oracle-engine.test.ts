/** The slow engine that the others are compared with obeys the same contract. */
import { describe, expect, it } from 'vitest';
import { readArticles } from './corpus-files.ts';
import { editsBetween } from './oracle/dictionary.ts';
import { openOracle } from './oracle-engine.ts';
import { describeSearchEngine } from './search-engine-contract.ts';

describeSearchEngine('the oracle', (files, work) => work(openOracle(readArticles(files))));

describe('the distance between words', () => {
  it.each([
    ['', '', 0],
    ['', 'ab', 2],
    ['izium', 'izium', 0],
    ['izium', 'izyum', 1],
    ['izium', 'iizum', 1],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('between "%s" and "%s" is %i', (a, b, edits) => {
    expect(editsBetween(a, b)).toBe(edits);
    expect(editsBetween(b, a)).toBe(edits);
  });
});
