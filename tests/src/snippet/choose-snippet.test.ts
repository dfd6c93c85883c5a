import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import { chooseSnippet } from '../../../src/snippet/choose-snippet.ts';
import { isSafeCut } from '../../../src/snippet/find-cut.ts';
import type { Match } from '../../../src/snippet/open-matcher.ts';

/** Every occurrence of each word; the index of the word is the leaf. */
function matchesOf(text: string, ...words: string[]): Match[] {
  return words.flatMap((word, leaf) =>
    Array.from(text.matchAll(new RegExp(word, 'g')), ({ index }) => ({ leaf, start: index, end: index + word.length })),
  );
}

/** The snippet with an ellipsis where it was cut and its highlights in brackets. */
function show(text: string, maxLength: number, ...words: string[]): string {
  const snippet = chooseSnippet(text, matchesOf(text, ...words), { maxLength });
  const marked = snippet.highlights.reduceRight(
    (rest, [start, end]) => `${rest.slice(0, start)}[${rest.slice(start, end)}]${rest.slice(end)}`,
    snippet.text,
  );
  return `${snippet.truncated.start ? '…' : ''}${marked}${snippet.truncated.end ? '…' : ''}`;
}

const filler = 'lorem ipsum dolor sit amet '.repeat(40).trim();

describe('chooseSnippet', () => {
  it.each<[string, string, number, string[], string]>([
    ['a short text whole', 'The grave was found.', 40, ['grave'], 'The [grave] was found.'],
    ['nothing of nothing', '', 40, ['x'], ''],
    ['nothing of white space', ' \n ', 2, [], ''],
    ['the text without white space at its ends', '  a b \n', 3, ['b'], 'a [b]'],
    ['the beginning where nothing matches', 'aaa bbb ccc ddd eee', 12, [], 'aaa bbb ccc…'],
    ['the beginning where it holds the matches', 'aaa bbb ccc ddd eee', 12, ['bbb'], 'aaa [bbb] ccc…'],
    ['the end where that is near', 'aaa bbb ccc ddd eee', 12, ['eee'], '…ccc ddd [eee]'],
    ['both sides of a match', 'aaa bbb ccc ddd eee fff ggg', 12, ['ddd'], '…ccc [ddd] eee…'],
    ['most different words', `x x x ${filler} x y ${filler}`, 20, ['x', 'y'], '…sit amet [x] [y] lorem…'],
    [
      'then words that stand near each other',
      `x ipsum y ${filler} x y ${filler} x ipsum y y ${filler}`,
      24,
      ['x', 'y'],
      '…sit amet [x] [y] lorem ipsum…',
    ],
    ['then most matches', `x ${filler} x x ${filler}`, 20, ['x'], '…sit amet [x] [x] lorem…'],
    ['then the earliest', `bb x bb ${filler} x`, 8, ['x'], 'bb [x] bb…'],
    ['touching matches as one', 'ab cd', 40, ['a', 'b'], '[ab] cd'],
    ['the end of a sentence', 'A grave was found. Nobody knew anything then.', 24, ['grave'], 'A [grave] was found.…'],
    [
      'the beginning of a sentence',
      'Many, many words come first, and some more. So the grave was found near the river. More words come and go.',
      50,
      ['grave'],
      '…So the [grave] was found near the river.…',
    ],
    [
      'no beginning behind an initial',
      'aaa bbb ccc ddd eee fff J. Rowling wrote ggg hhh iii jjj kkk lll',
      30,
      ['Rowling'],
      '…eee fff J. [Rowling] wrote ggg…',
    ],
    [
      'no highlight cut at its start',
      'one two grave pit three four five six',
      24,
      ['four five', 'grave pit'],
      'one two [grave pit] three…',
    ],
    ['no highlight cut at its end', 'aa bb long phrase here cc dd ee', 18, ['aa', 'long phrase here'], '[aa] bb…'],
    ['a highlight longer than the window', 'a b c d e f g h i', 7, ['c d e f g h'], '…[c d e f]…'],
    [
      'a text without spaces',
      `${'字'.repeat(50)}東京${'字'.repeat(50)}`,
      10,
      ['東京'],
      `…${'字'.repeat(4)}[東京]${'字'.repeat(4)}…`,
    ],
    [
      'sentences of such a text',
      '今日も昨日も雨が降る。あの東京は今日も晴れ。明日も晴れ。',
      12,
      ['東京'],
      '…あの[東京]は今日も晴れ。…',
    ],
    ['an endless word', 'x'.repeat(10_000), 10, [], `${'x'.repeat(10)}…`],
    ['whole pairs', '😀'.repeat(20), 7, [], '😀😀😀…'],
    ['whole joined emoji', `aaaa👩\u200d👩\u200d👧bbbb`, 8, [], 'aaaa…'],
    ['whole combined characters', 'e\u0301'.repeat(20), 7, [], `${'e\u0301'.repeat(3)}…`],
  ])('shows %s', (_, text, maxLength, words, expected) => {
    expect(show(text, maxLength, ...words)).toBe(expected);
  });

  it('cuts Thai between words', () => {
    const text = 'กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทย'.repeat(3);
    const { text: shown } = chooseSnippet(text, [], { maxLength: 40 });
    const words = Array.from(new Intl.Segmenter('th', { granularity: 'word' }).segment(text));
    expect(words.map(({ index }) => index)).toContain(shown.length);
    expect(shown.length).toBeGreaterThan(29);
  });

  it('shows up to the limit by default', () => {
    expect(chooseSnippet('ab '.repeat(limits.snippetLength / 3), []).truncated.end).toBe(false);
    expect(chooseSnippet('ab '.repeat(limits.snippetLength), []).text.length).toBe(limits.snippetLength - 1);
  });

  it('says where in the text the stretch stands', () => {
    const text = `${filler}. The grave was found. ${filler}`;
    const { start, end, text: shown } = chooseSnippet(text, matchesOf(text, 'grave'));
    expect(text.slice(start, end)).toBe(shown);
    expect(shown.length).toBeGreaterThan(limits.snippetLength / 2);
  });

  it('stays quick with a match at every character of a long paragraph', () => {
    const text = 'a '.repeat(limits.paragraphLength / 2);
    const { highlights } = chooseSnippet(text, matchesOf(text, 'a', 'a ', ' '));
    expect(highlights).toEqual([[0, limits.snippetLength - 1]]);
  });

  describe('of any text', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('a', 'bc', 'Word', '. ', '! ', '。', ' ', '\n', '東京', 'ไทย', ', ') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('\ud83d', '\ude00', '😀', 'e\u0301\u0323', '👩\u200d👧', '👍🏽', '<b>', '\u0000'),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
    );
    const textWithMatches = fc
      .array(piece, { maxLength: 120 })
      .map((parts) => parts.join(''))
      .chain((text) =>
        fc.record({
          text: fc.constant(text),
          maxLength: fc.integer({ min: 24, max: 120 }),
          matches: fc.array(
            fc
              .record({ leaf: fc.nat(5), start: fc.nat(text.length), length: fc.integer({ min: 1, max: 12 }) })
              .map(({ leaf, start, length }) => ({ leaf, start, end: Math.min(text.length, start + length) })),
            { maxLength: 12 },
          ),
        }),
      );

    it('is a stretch of it, within the limit, with highlights inside that are apart', () => {
      fc.assert(
        fc.property(textWithMatches, ({ text, matches, maxLength }) => {
          const snippet = chooseSnippet(text, matches, { maxLength });
          expect(text.slice(snippet.start, snippet.end)).toBe(snippet.text);
          expect(snippet.text).toBe(snippet.text.trim());
          expect(snippet.text.length).toBeLessThanOrEqual(maxLength);
          let last = -1;
          for (const [start, end] of snippet.highlights) {
            expect(last < start && start < end && end <= snippet.text.length).toBe(true);
            last = end;
          }
        }),
        { numRuns: 500 },
      );
    });

    it('is not empty, and highlights something where something matches', () => {
      fc.assert(
        fc.property(textWithMatches, ({ text, matches, maxLength }) => {
          const snippet = chooseSnippet(text, matches, { maxLength });
          expect(snippet.text === '').toBe(text.trim() === '');
          const isMatched = matches.some(({ start, end }) => text.slice(start, end).trim() !== '');
          if (isMatched) expect(snippet.highlights.length).toBeGreaterThan(0);
        }),
        { numRuns: 500 },
      );
    });

    it('is cut inside no character and no highlight that fits', () => {
      const part = fc.constantFrom(
        'a',
        'bc',
        'Word',
        '. ',
        '。',
        ' ',
        '\n',
        '東京',
        'ไทย',
        '😀',
        'e\u0301\u0323',
        '👩\u200d👧',
        '👍🏽',
      );
      const parts = fc.array(part, { maxLength: 120 });
      const spans = fc.array(fc.tuple(fc.nat(119), fc.integer({ min: 1, max: 6 })), { maxLength: 12 });
      fc.assert(
        fc.property(parts, spans, fc.integer({ min: 24, max: 120 }), (units, chosen, maxLength) => {
          const lengthOf = (count: number) => units.slice(0, count).join('').length;
          const matches = chosen.map(([from, count], leaf) => ({
            leaf,
            start: lengthOf(from),
            end: lengthOf(from + count),
          }));
          const text = units.join('');
          const { start, end, truncated } = chooseSnippet(text, matches, { maxLength });
          const cuts = [...(truncated.start ? [start] : []), ...(truncated.end ? [end] : [])];
          const fitting = joinSpans(matches).filter((span) => span.end - span.start <= maxLength);
          for (const at of cuts) {
            expect(isSafeCut(text, at)).toBe(true);
            expect(fitting.filter((span) => isTorn(text, span, at))).toEqual([]);
          }
        }),
        { numRuns: 1000 },
      );
    });
  });
});

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Slow and obvious: joins any two that overlap or touch until there are none. */
function joinSpans(spans: readonly Span[]): readonly Span[] {
  for (const a of spans) {
    const b = spans.find((other) => other !== a && a.start <= other.end && other.start <= a.end);
    if (b === undefined) continue;
    const joined = { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
    return joinSpans([...spans.filter((span) => span !== a && span !== b), joined]);
  }
  return spans;
}

/** White space at its ends, which is trimmed, aside. */
function isTorn(text: string, { start, end }: Span, at: number): boolean {
  return start < at && at < end && text.slice(start, at).trim() !== '' && text.slice(at, end).trim() !== '';
}
