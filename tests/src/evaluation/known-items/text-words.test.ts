import { describe, expect, it } from 'vitest';
import { isSpelled, keyOf, piecesOf, wordsOf } from '../../../../src/evaluation/known-items/text-words.ts';

describe('wordsOf', () => {
  it('has one word per position, of a marked one the bare form', () => {
    const text = 'The #Ferry – 6,000 tons';
    expect(wordsOf(text).map(({ term, start, end }) => [term, text.slice(start, end)])).toEqual([
      ['the', 'The'],
      ['ferry', 'Ferry'],
      ['6000', '6,000'],
      ['tons', 'tons'],
    ]);
  });
});

describe('keyOf', () => {
  it.each([
    ['Cross-cluster search', 'cross cluster search'],
    ['CROSS CLUSTER: search!', 'cross cluster search'],
    ['Café', 'cafe'],
    ['– …', ''],
  ])('of "%s" is "%s"', (text, key) => {
    expect(keyOf(text)).toBe(key);
  });
});

describe('piecesOf', () => {
  it('parts at white space and leaves out what holds no word', () => {
    expect(piecesOf('  Tide-tables –  for\u00a0the “port” ')).toEqual(['Tide-tables', 'for', 'the', '“port”']);
  });
});

describe('isSpelled', () => {
  it.each([
    ['harbour', true],
    ['гавань', true],
    ['', false],
    ['web2', false],
    ['o’clock', false],
    ['東京都', false],
    ['𝒶𝒷𝒸', false],
  ])('of "%s" is %s', (word, expected) => {
    expect(isSpelled(word)).toBe(expected);
  });
});
