import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Range } from '../../src/domain/results.ts';
import { cutAtRanges, Marked } from '../../views/marked.tsx';

describe('a text with highlights', () => {
  it.each<[string, Range[], string]>([
    ['plain', [], 'plain'],
    ['the bridge', [[4, 10]], 'the <mark>bridge</mark>'],
    [
      'ab',
      [
        [0, 1],
        [1, 2],
      ],
      '<mark>a</mark><mark>b</mark>',
    ],
    ['<b>&"', [[0, 3]], '<mark>&lt;b&gt;</mark>&amp;&quot;'],
    ['short', [[3, 99]], 'sho<mark>rt</mark>'],
    ['short', [[9, 12]], 'short'],
    [
      'overlap',
      [
        [0, 4],
        [2, 7],
      ],
      '<mark>over</mark><mark>lap</mark>',
    ],
    ['backwards', [[5, 2]], 'backwards'],
    ['', [[0, 1]], ''],
    ['nothing', [[Number.NaN, 3]], 'nothing'],
  ])('%j at %j is %s', (text, ranges, html) => {
    expect(`${<Marked text={text} ranges={ranges} />}`).toBe(html);
  });

  it('never loses, adds or reorders a character', () => {
    const range = fc.tuple(fc.integer(), fc.integer());
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(range), (text, ranges) => {
        expect(
          cutAtRanges(text, ranges)
            .map((stretch) => stretch.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
