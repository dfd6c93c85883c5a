/** Text rules: white space, invisible characters, code. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanAttribute, cleanCode, cleanText, cutText } from '../../../index-build/read/clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['  a \n\t b\r\n\r\nc ', 'a b c', 'white space folds to one space'],
    ['Ver\u00ADwaltung', 'Verwaltung', 'soft hyphens go'],
    ['a\u200Bb\uFEFFc\u2060d', 'abcd', 'zero-width spaces go'],
    ['a\u200Cb\u200Dc', 'a\u200Cb\u200Dc', 'joiners stay: scripts and emoji need them'],
    ['6\u00A0000 km', '6\u00A0000 km', 'a no-break space inside a number stays'],
    ['6\u202F000\u2009000', '6\u202F000\u2009000', 'so do narrow ones'],
    ['5\u00A0km and\u00A0more', '5 km and more', 'elsewhere it is a space'],
    ['6\u00A0 000', '6 000', 'beside another space it is none'],
    ['e\u0301', 'é', 'NFC'],
    ['ﬁ ½ ™', 'ﬁ ½ ™', 'but not NFKC: shown text keeps its look'],
    ['a\u0000\u0007b', 'ab', 'control characters go'],
    ['a\uD800b', 'a\uFFFDb', 'a lone surrogate is replaced'],
    ['a\u3000b\u2028c', 'a b c', 'wide spaces and separators are spaces'],
    ['新しい橋が昨\n日開通した。', '新しい橋が昨日開通した。', 'Chinese and Japanese lines have no space between them'],
    ['새 다리가\n열렸다', '새 다리가 열렸다', 'Korean ones do'],
    ['\u00A0 \u200B', '', 'nothing readable is nothing'],
  ])('%j → %j: %s', (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});

describe('cleanCode', () => {
  it('keeps lines and indentation, and drops blank lines around them and spaces at their ends', () => {
    expect(cleanCode('\n  \n  if (x) {  \r\n\tgo();\n\n  }\n\n')).toBe('  if (x) {\n\tgo();\n\n  }');
  });
});

describe('cleanAttribute', () => {
  it('drops the marks that turn the direction of text', () => {
    expect(cleanAttribute('evil\u202Egpj.exe\u2066\u200F')).toBe('evilgpj.exe');
  });
});

describe('cutText', () => {
  it.each([
    ['abc', 5, 'abc'],
    ['abcdef', 3, 'abc'],
    ['ab😀', 3, 'ab'],
    ['ab😀c', 4, 'ab😀'],
  ])('cuts %j to %i as %j', (text, length, expected) => {
    expect(cutText(text, length)).toBe(expected);
  });
});
