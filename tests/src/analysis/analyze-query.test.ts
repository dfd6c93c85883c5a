import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';
import { analyzePhrase, analyzeWord, type QuerySlot } from '../../../src/analysis/analyze-query.ts';

/** A slot as text: `*` behind a beginning, `|` before what to look for instead. */
function show({ term, isBeginning, fallback }: QuerySlot): string {
  return `${term}${isBeginning ? '*' : ''}${fallback === null ? '' : `|${fallback}`}`;
}

function unitsOf(word: string): string[][] {
  return analyzeWord(word).map(({ slots }) => slots.map(show));
}

describe('analyzeWord', () => {
  it.each<[word: string, units: string[][], why: string]>([
    ['Izyum', [['izyum']], 'a word is one unit of one slot'],
    ['&', [], 'punctuation is none'],
    ['🌊', [['🌊']], 'a symbol is one'],
    ['§5', [['§'], ['5']], 'beside a number it is one of its own'],
    ['5€', [['5'], ['€']], 'on either side'],
    ['Acme™', [['acme']], 'but a mark of trade is not asked for'],
    ['™', [['™']], 'unless it stands alone'],
    ['', [], 'nothing is none'],
    ['self-propelled', [['self', 'propelled']], 'a hyphen makes neighbours'],
    ['a@b.c', [['a', 'b', 'c']], 'so do the signs of an address'],
    ['6,000', [['6000']], 'a number is one'],
    ['C++', [['c++']], 'a word with signs is one'],
    ['#tag', [['#tag|tag']], 'a tag falls back to the word'],
    ['mạ', [['mạ|ma']], 'a syllable with marks to its bare form'],
    ['.NET', [['.net|net']], 'so does a word with a dot'],
    ['l’avion', [['avion']], 'the article before a word is not asked for'],
    ["qu'il", [['il']], 'nor what else is shortened so'],
    ["5'10", [['5', '10']], 'but a number is'],
    ["l'", [['l']], 'and an article alone is'],
    ['東京', [['東京']], 'two characters are a pair'],
    ['東京都庁', [['東京'], ['京都'], ['都庁']], 'a run is cut into words, and the pair between them'],
    ['コンピューター', [['コン', 'ンピ', 'ピュ', 'ュー', 'ータ', 'ター']], 'a long word is pairs in a row'],
    ['一', [['一*']], 'a single character is whatever begins with it'],
    ['東京2020', [['東京'], ['2020']], 'a run and digits are two units'],
    ['iPhone東京', [['iphone'], ['東京']], 'so are letters and a run'],
    ['ｶﾞ', [['ガ*']], 'a voicing mark belongs to its character'],
    ['#東', [['東*']], 'a tag of one character is that character'],
    ['한국', [['한국']], 'Korean is pairs of syllables'],
    ['東京・大阪', [['東京'], ['大阪']], 'punctuation parts runs'],
  ])('looks for %j as %j: %s', (word, units) => {
    expect(unitsOf(word)).toEqual(units);
  });

  it('tells what of the word each unit is, and which are of scripts without spaces', () => {
    expect(analyzeWord('“l’Avion-cargo東京都”').map((unit) => [unit.surface, unit.isUnspaced, unit.isSeam])).toEqual([
      ['l’Avion-cargo', false, false],
      ['東京', true, false],
      ['京都', true, true],
      ['都', true, false],
    ]);
  });
});

describe('analyzePhrase', () => {
  it.each<[text: string, slots: string[], why: string]>([
    ['the white house', ['the', 'white', 'house'], 'each word is a slot'],
    ['l’avion', ['l', 'avion'], 'in a phrase the article counts'],
    ['#tag me', ['#tag|tag', 'me'], 'a tag falls back'],
    ['', [], 'nothing is nothing'],
    ['— & —', [], 'signs are nothing'],
    ['東京都', ['東京', '京都'], 'the pairs of a run tell its last character already'],
    ['都', ['都*'], 'a single character is whatever begins with it'],
    ['東京 tower', ['東京', '京*', 'tower'], 'before another word the last character has a place of its own'],
    ['tower 東京', ['tower', '東京'], 'a run at the end has not'],
    ['在 北京', ['在*', '北京'], 'runs that a space parts are two'],
    ['tide 🌊 § 5', ['tide', '🌊', '§', '5'], 'symbols have their places'],
    ['rock & roll', ['rock', 'roll'], 'punctuation has none'],
    ['Acme® rope', ['acme', 'rope'], 'nor has a mark of trade'],
  ])('looks for %j as %j: %s', (text, slots) => {
    expect(analyzePhrase(text).map(show)).toEqual(slots);
  });
});

/** Whether the slots stand at consecutive positions of the text. */
function holds(text: string, slots: readonly QuerySlot[]): boolean {
  const terms = new Map<number, string[]>();
  for (const { term, position } of analyze(text)) terms.set(position, [...(terms.get(position) ?? []), term]);
  const stands = ({ term, isBeginning }: QuerySlot, position: number) =>
    (terms.get(position) ?? []).some((found) => (isBeginning ? found.startsWith(term) : found === term));
  return [...terms.keys()].some((start) => slots.every((slot, index) => stands(slot, start + index)));
}

const characters = [
  '東',
  '京',
  '都',
  '大',
  '阪',
  'の',
  'カ',
  'ガ',
  'ー',
  '〇',
  '한',
  '국',
  'ก้',
  'า',
  '𠮷',
  'ｶﾞ',
  '葛\u{e0100}',
];

describe('any substring of a run without spaces', () => {
  const run = fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength: 12 });
  const runAndPart = run.chain((all) =>
    fc
      .tuple(fc.nat(all.length - 1), fc.integer({ min: 1, max: all.length }))
      .map(([start, length]) => ({ text: all.join(''), part: all.slice(start, start + length).join('') })),
  );

  it('is found as a word, however a segmenter would cut the run', () => {
    fc.assert(
      fc.property(runAndPart, ({ text, part }) => {
        const units = analyzeWord(part);
        expect(units.length).toBeGreaterThan(0);
        for (const { slots } of units) expect(holds(text, slots)).toBe(true);
      }),
    );
  });

  it('is found as a phrase, also between words of other scripts', () => {
    fc.assert(
      fc.property(runAndPart, ({ text, part }) => {
        expect(holds(`a ${text}2020`, analyzePhrase(part))).toBe(true);
      }),
    );
  });

  it('is the only thing that its phrase finds', () => {
    fc.assert(
      fc.property(run, run, (text, wanted) => {
        const isInside = text.join('').normalize('NFKC').includes(wanted.join('').normalize('NFKC'));
        expect(holds(text.join(''), analyzePhrase(wanted.join('')))).toBe(isInside);
      }),
    );
  });
});

describe('a phrase that is taken from a text', () => {
  it('is found in it', () => {
    const words = fc.array(
      fc.constantFrom('the', 'O’Brien', '6,000', '#tag', 'C++', 'self-propelled', '東京都', 'l’avion'),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (all, from, count) => {
        const start = from % all.length;
        const phrase = all.slice(start, start + 1 + (count % all.length)).join(' ');
        expect(holds(all.join(' '), analyzePhrase(phrase))).toBe(true);
      }),
    );
  });
});
