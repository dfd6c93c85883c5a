/** What counts as right when pages are measured. */
import { describe, expect, it } from 'vitest';
import { compareWords, isSameByline, isSameTitle } from './page-measures.ts';

describe('compareWords', () => {
  it.each([
    ['a b c d', 'a b', 0.5, 1],
    ['a', 'a a b b', 1, 0.25],
    ['', '', 1, 1],
    ['x', 'y', 0, 0],
  ])('gives %j for %j a precision of %d and a recall of %d', (read, expected, precision, recall) => {
    expect(compareWords(read, expected)).toEqual({ precision, recall });
  });
});

describe('isSameTitle', () => {
  it.each([
    ['Storm at sea', 'Storm at Sea!', true],
    ['Storm at sea', 'Storm at sea | The Post', true],
    ['Storm at sea', 'The Post - Storm at sea', true],
    ['Storm', 'Storm at sea', false],
    ['The Storm', 'Storm | The Post', false],
  ])('says of %j for %j: %j', (read, expected, isSame) => {
    expect(isSameTitle(read, expected)).toBe(isSame);
  });
});

describe('isSameByline', () => {
  it.each([
    [['Ann Pine'], 'By Ann Pine, 4 March', true],
    [['Ann Pine', 'Bo Reed'], 'Ann Pine and Bo Reed', true],
    [['Ann Pine'], 'Ann Pine and Bo Reed', false],
    [[], 'Ann Pine', false],
    [['Bo Reed'], 'Ann Pine', false],
  ])('says of %j for %j: %j', (authors, byline, isSame) => {
    expect(isSameByline(authors, byline)).toBe(isSame);
  });
});
