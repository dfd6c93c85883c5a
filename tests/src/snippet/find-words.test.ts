import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAnyWords, findWords } from '../../../src/snippet/find-words.ts';

function cut(text: string): string[] {
  return findWords(text).map(({ start, end }) => text.slice(start, end));
}

describe('findWords', () => {
  it.each([
    ['The ferry, “late”, left.', ['The', 'ferry', 'late', 'left']],
    ["don't o’clock U.S. 3.14 1,000 e.g.", ["don't", 'o’clock', 'U.S', '3.14', '1,000', 'e.g']],
    ['self-propelled snake_case', ['self', 'propelled', 'snake_case']],
    ['Паром о 8:30', ['Паром', 'о', '8', '30']],
    ['', []],
    ['… – !', []],
  ])('finds in %j %j', (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it('finds what the segmenter of the platform finds, in texts of any characters', () => {
    const plain = fc.constantFrom(
      ...' \n\t.,;:\'’‘"“”-–_/@#&()0123456789abcXYZ°²½µ×÷ªº·ßéÿłŸІїґЁяҐ€…«»¿¡\u00a0'.split(''),
    );
    const other = fc.constantFrom(
      '東',
      'ท',
      'é',
      '\u0301',
      '\u00ad',
      '\u200d',
      '😀',
      'ə',
      'ʼ',
      'Ω',
      '\ud800',
      'か',
      '٣',
      '‧',
    );
    const character = fc.oneof({ weight: 40, arbitrary: plain }, { weight: 1, arbitrary: other });
    fc.assert(
      fc.property(fc.array(character, { maxLength: 40 }), (characters) => {
        const text = characters.join('');
        expect(findWords(text)).toEqual(findAnyWords(text));
      }),
      { numRuns: 20_000 },
    );
  });
});
