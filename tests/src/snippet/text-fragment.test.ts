import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFragment } from '../../../src/snippet/text-fragment.ts';

const url = 'https://lede.org/a';
const ten = 'one two three four five six seven eight nine ten';

/** What the link quotes, decoded. */
function quoted(text: string, at: number | null): string {
  const link = textFragment(url, text, at === null ? [] : [[at, at + 1]]);
  return decodeURIComponent(link.replace(`${url}#:~:text=`, ''));
}

describe('textFragment', () => {
  it.each<[string, string, number | null, string]>([
    ['the beginning where nothing is highlighted', ten, null, 'one two three four five six seven eight'],
    ['from two words before the highlight', ten, ten.indexOf('four'), 'two three four five six seven eight nine'],
    [
      'as many words where the highlight is near the end',
      ten,
      ten.indexOf('ten'),
      'three four five six seven eight nine ten',
    ],
    ['a short text as a whole', 'Two words.', 4, 'Two words'],
    ['the punctuation between', '“A, b” – (c)!', null, 'A, b” – (c'],
    ['white space as one space', 'a\n b\u00a0 c', null, 'a b c'],
    [
      'fewer words where they are long',
      `${'x'.repeat(60)} `.repeat(8).trim(),
      null,
      `${'x'.repeat(60)} `.repeat(3).trim(),
    ],
  ])('quotes %s', (_, text, at, expected) => {
    expect(quoted(text, at)).toBe(expected);
  });

  it('quotes words of scripts without spaces', () => {
    const text = '東京都知事は昨日、新しい計画を発表した。'.repeat(3);
    expect(text.startsWith(quoted(text, null))).toBe(true);
    expect(quoted(text, null).length).toBeLessThan(text.length / 2);
  });

  it.each([
    [url, `${url}#:~:text=a%2Db%2C%20c%26d`],
    [`${url}?x=1`, `${url}?x=1#:~:text=a%2Db%2C%20c%26d`],
    [`${url}#part`, `${url}#part:~:text=a%2Db%2C%20c%26d`],
    [`${url}#`, `${url}#:~:text=a%2Db%2C%20c%26d`],
    [`${url}#part:~:text=old`, `${url}#part:~:text=a%2Db%2C%20c%26d`],
  ])('appends to %s', (page, expected) => {
    expect(textFragment(page, 'a-b, c&d', [])).toBe(expected);
  });

  it.each(['', ' — !', 'x'.repeat(10_000)])('leaves the URL as it is where no word is fit to quote', (text) => {
    expect(textFragment(url, text, [[0, 1]])).toBe(url);
  });

  it('never throws, and quotes what stands in the text', () => {
    const hostile = fc.array(
      fc.constantFrom('a', 'bc', ' ', '\n', '-', ',', '\ud83d', '\ude00', '😀', 'é', 'e\u0301', '東', '<'),
    );
    fc.assert(
      fc.property(hostile, fc.nat(40), (parts, at) => {
        const text = parts.join('').replaceAll(/\s+/g, ' ');
        const wellFormed = text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
        const link = textFragment(url, text, [[at, at + 1]]);
        expect(link.startsWith(url)).toBe(true);
        expect(link.slice(url.length)).toMatch(/^(#:~:text=[^-,&\s<]+)?$/);
        expect(wellFormed).toContain(decodeURIComponent(link.slice(url.length).replace('#:~:text=', '')));
      }),
    );
  });
});
