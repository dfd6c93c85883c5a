import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze, fingerprint, scan } from '../../../src/analysis/analyze.ts';
import { limits } from '../../../src/domain/limits.ts';

function termsOf(text: string): string[] {
  return analyze(text).map(({ term }) => term);
}

/** Words, one a position; what shares a position is joined by a bar. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { term, position } of analyze(text)) {
    words[position] = words[position] === undefined ? term : `${words[position]}|${term}`;
  }
  return words;
}

const nbsp = '\u00a0';
const narrowSpace = '\u202f';
const softHyphen = '\u00ad';
const joiner = '\u200d';
const nonJoiner = '\u200c';
const acute = '\u0301';

describe('analyze', () => {
  it.each<[text: string, words: string[], why: string]>([
    ['', [], 'nothing is in nothing'],
    ['Rockets hit Izyum.', ['rockets', 'hit', 'izyum'], 'punctuation parts words, case folds'],
    ['one\ttwo\nthree—four…five', ['one', 'two', 'three', 'four', 'five'], 'white space, dashes and dots part words'],
    ['self-propelled', ['self', 'propelled'], 'a hyphen parts words'],
    [
      'snake_case and CamelCase',
      ['snake', 'case', 'and', 'camelcase'],
      'an underscore parts words, a capital does not',
    ],
    ['node.js', ['node', 'js'], 'a dot inside a word parts it'],
    ['a + b = c & more', ['a', 'b', 'c', 'more'], 'signs of ASCII are no words'],
    ['\u0000a\u0000b\u0000', ['a', 'b'], 'NUL parts words'],
    ['a\ud800b\udc00', ['a', 'b'], 'lone surrogates part words'],
    ['constructor __proto__ toString', ['constructor', 'proto', 'tostring'], 'names of object members are words'],
    [`${acute} \u20dd word`, ['word'], 'marks without a letter are passed over'],
  ])('reads %j as %j: %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  describe('apostrophes', () => {
    it.each<[text: string, words: string[], why: string]>([
      ["Putin's", ['putin'], 'a possessive is no part of the word'],
      ['Putin’s', ['putin'], 'nor with a curly apostrophe'],
      ['Putinʼs Putin＇s Putin‛s Putin`s Putin´s Putin‘s', Array(6).fill('putin'), 'nor with any other'],
      ["the soldiers' boots", ['the', 'soldiers', 'boots'], 'an apostrophe behind a word is not part of it'],
      ["‘quoted’ 'words'", ['quoted', 'words'], 'nor are quotation marks'],
      ["we'll they’ve I'd he’s I'm you're", ['we', 'they', 'i', 'he', 'i', 'you'], 'shortened verbs go'],
      ['don’t won’t can’t', ['dont', 'wont', 'cant'], 'a shortened not stays, as one word'],
      ["shouldn't've", ['shouldnt'], 'only the last ending goes'],
      ["O'Brien O’BRIEN", ['obrien', 'obrien'], 'names are one word'],
      ["rock'n'roll aujourd'hui", ['rocknroll', 'aujourdhui'], 'so are other words'],
      ["об'єкт об’єкт обʼєкт", ['обєкт', 'обєкт', 'обєкт'], 'in Ukrainian it is a letter'],
      ["l’avion L'Oréal qu'il", ['l', 'avion', 'l', 'oreal', 'qu', 'il'], 'a French article is a word of its own'],
      ['dell’arte un’altra', ['dell', 'arte', 'un', 'altra'], 'so is an Italian one'],
      ["d'Artagnan", ['d', 'artagnan'], 'and what is written like one'],
      [
        'Qurʾan Baʿath Hawaiʻi ʿAli',
        ['quran', 'baath', 'hawaii', 'ali'],
        'hamza, ayin and ʻokina count as apostrophes',
      ],
      ['צ׳רצ׳יל', ['צרציל'], 'so does the Hebrew geresh'],
      ["1990's the '90s", ['1990', 'the', '90s'], 'decades lose theirs'],
      ["''' ' ’", [], 'alone they are nothing'],
    ])('reads %j as %j: %s', (text, words) => {
      expect(wordsOf(text)).toEqual(words);
    });
  });

  describe('numbers', () => {
    it.each<[text: string, words: string[], why: string]>([
      ['6,000 6.000', ['6000', '6000'], 'separators of thousands go'],
      [
        `6${nbsp}000 6${narrowSpace}000 6\u2009000 6\u2007000`,
        Array(4).fill('6000'),
        'spaces that do not break are some',
      ],
      ["6'000 6’000", ['6000', '6000'], 'Swiss apostrophes as well'],
      ['6 000', ['6', '000'], 'a plain space is not: it stands between two numbers as often'],
      ['1,234,567 1.234.567', ['1234567', '1234567'], 'however many there are'],
      ['3.14 3,14', ['3.14', '3.14'], 'a decimal comma is a decimal point'],
      ['1.234,56 1,234.56', ['1234.56', '1234.56'], 'with thousands as well'],
      ['1,234.567', ['1234.567'], 'a second sign that differs is the decimal one'],
      [`12${nbsp}500,5`, ['12500.5'], 'also behind a space'],
      ['1.2.3 v1.2', ['1', '2', '3', 'v1', '2'], 'versions are read part by part'],
      ['1.234.56', ['1', '234', '56'], 'and so is what only begins like thousands'],
      ['192.168.10.1', ['192', '168', '10', '1'], 'network addresses too'],
      ['2022-09-12 12.09.2022', ['2022', '09', '12', '12', '09', '2022'], 'dates too'],
      ['05:00', ['05', '00'], 'times too'],
      ['87 % 87%', ['87', '87'], 'a percent sign is no word'],
      ['30km 30 km', ['30km', '30', 'km'], 'a unit sticks as it is written'],
      ['MH17 F-16 T-90M', ['mh17', 'f', '16', 't', '90m'], 'letters and digits are one word'],
      ['2nd 1990s', ['2nd', '1990s'], 'endings stay'],
      ['1½ ½ 3¾', ['1', '3'], 'fractions are left out: 1½ is not 112'],
      ['CO₂ km² H₂O', ['co2', 'km2', 'h2o'], 'raised and lowered digits are digits'],
      ['２０２２', ['2022'], 'full-width digits too'],
      ['1️⃣', ['1'], 'keycaps too'],
      ['٣٤ १२', ['٣٤', '१२'], 'digits of other scripts stay theirs'],
    ])('reads %j as %j: %s', (text, words) => {
      expect(wordsOf(text)).toEqual(words);
    });
  });

  describe('signs that make a word', () => {
    it.each<[text: string, words: string[], why: string]>([
      ['C++ c++ C++.', ['c++', 'c++', 'c++'], 'two plus signs behind one letter'],
      ['C# F#, and J#', ['c#', 'f#', 'and', 'j#'], 'a number sign behind one letter'],
      ['Ｃ# É#', ['c#', 'e#'], 'the letter folds like any other'],
      ['C++で書くC#は', ['c++', 'で書', '書く', 'く', 'c#', 'は'], 'also where Japanese follows'],
      ['C+ a+b x#y C++11', ['c', 'a', 'b', 'x', 'y', 'c', '11'], 'not before or between words'],
      ['ABC# 3#', ['abc', '3'], 'not behind longer words or digits'],
      ['.NET and ASP.NET', ['.net|net', 'and', 'asp', 'net'], 'a dot before a word, where a word may begin'],
      ['(.NET) "‘.NET', ['.net|net', '.net|net'], 'also behind brackets and quotation marks'],
      ['.5 ...so', ['5', 'so'], 'not before digits or in an ellipsis'],
      ['#tag (#Tag) “#таг”', ['#tag|tag', '#tag|tag', '#таг|таг'], 'a tag is found with its sign and without'],
      ['@name,@Name', ['@name|name', '@name|name'], 'so is a handle'],
      ['#1 #6,000', ['#1|1', '#6000|6000'], 'and a number'],
      ["#l'avion # tag ##", ['l', 'avion', 'tag'], 'not before two words, or none'],
      ['#東京', ['東京', '京'], 'a tag in Chinese is found without its sign'],
      ['a@b.c me@example.org', ['a', 'b', 'c', 'me', 'example', 'org'], 'addresses are read part by part'],
      [
        'https://example.org/a-b?q=c#d',
        ['https', 'example', 'org', 'a', 'b', 'q', 'c', 'd'],
        'so are links, whatever their signs',
      ],
    ])('reads %j as %j: %s', (text, words) => {
      expect(wordsOf(text)).toEqual(words);
    });
  });

  describe('symbols', () => {
    it.each<[text: string, words: string[], why: string]>([
      ['high tide 🌊 today', ['high', 'tide', '🌊', 'today'], 'a pictograph is a word'],
      ['🌊🌊!', ['🌊', '🌊'], 'each is'],
      ['tide🌊', ['tide', '🌊'], 'directly behind a word as well'],
      ['👩‍👩‍👧 family', ['👩‍👩‍👧', 'family'], 'joined ones are one'],
      ['🇺🇦🇫🇷 🇺', ['🇺🇦', '🇫🇷'], 'two letters are a flag, one is nothing'],
      ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', ['🏴󠁧󠁢󠁳󠁣󠁴󠁿'], 'flags of regions are one'],
      ['👍🏽 👍🏿 👍', ['👍', '👍', '👍'], 'colours of skin fold'],
      ['❤️ ❤︎ ❤', ['❤', '❤', '❤'], 'so do the styles of emoji and text'],
      ['1️⃣2️⃣ 3', ['1', '2', '3'], 'a keycap is its digit'],
      ['#️⃣ *️⃣', ['#⃣', '*⃣'], 'or its sign with the cap'],
      ['§ 5, §5', ['§', '5', '§', '5'], 'a section sign is a word beside its number'],
      ['€5 5€ $5 ￥5 ₴5', ['€', '5', '5', '€', '$', '5', '¥', '5', '₴', '5'], 'so is money'],
      ['x ≤ 3 ± ∞', ['x', '≤', '3', '±', '∞'], 'signs of mathematics are words'],
      ['File → Open ⇒ done', ['file', '→', 'open', '⇒', 'done'], 'arrows are'],
      ['© 2020 ♥ ★ ✓', ['©', '2020', '♥', '★', '✓'], 'so are others that stand alone'],
      ['Acme® and Widget™', ['acme|®', 'and', 'widget|™'], 'marks of trade stand where their word stands'],
      ['東京→大阪', ['東京', '京', '→', '大阪', '阪'], 'between scripts without spaces as well'],
      ['• ▪ ● ■ ◦ ▶ ➤ one', ['one'], 'bullets are nothing'],
      ['│ a ├── b █', ['a', 'b'], 'nor are boxes'],
      ['50 % 20 ° ½ a*b ~ ^ ` | < > ¶', ['50', '20', 'a', 'b'], 'nor what is written like punctuation'],
      ['− 5 · 3', ['5', '3'], 'nor minus and points'],
      ['🏽 \ufe0f \u200d', [], 'colours and joiners alone are nothing'],
    ])('reads %j as %j: %s', (text, words) => {
      expect(wordsOf(text)).toEqual(words);
    });
  });

  describe('characters that are not seen', () => {
    it.each<[text: string, words: string[], why: string]>([
      [`counter${softHyphen}offensive`, ['counteroffensive'], 'soft hyphens are not there'],
      [`word${softHyphen}`, ['word'], 'at the end of a word either'],
      [`می${nonJoiner}خواهم`, ['میخواهم'], 'nor are joiners and non-joiners'],
      [`a${joiner}b a\u2060b a\ufeffb a\u2066b`, ['ab', 'ab', 'ab', 'ab'], 'nor marks of joining and direction'],
      ['كتـــاب', ['كتاب'], 'nor the stretch of Arabic letters'],
      ['葛\u{e0100}飾', ['葛飾', '飾'], 'nor the variant of a Chinese character'],
      [`${softHyphen}${joiner}`, [], 'alone they are nothing'],
    ])('reads %j as %j: %s', (text, words) => {
      expect(wordsOf(text)).toEqual(words);
    });
  });

  describe('scripts without spaces', () => {
    it.each<[text: string, words: string[], why: string]>([
      ['東京都', ['東京', '京都', '都'], 'pairs that overlap, and the last character alone'],
      ['一', ['一'], 'one character is itself'],
      ['東京、大阪', ['東京', '京', '大阪', '阪'], 'punctuation ends a run'],
      ['東京2020', ['東京', '京', '2020'], 'so do digits'],
      ['iPhoneを買う', ['iphone', 'を買', '買う', 'う'], 'and letters'],
      ['二〇二二', ['二〇', '〇二', '二二', '二'], 'the Chinese zero is a character'],
      ['タワー〆切', ['タワ', 'ワー', 'ー〆', '〆切', '切'], 'so are the sign of length and the closing mark'],
      ['ｶﾞｿﾘﾝ', ['ガソ', 'ソリ', 'リン', 'ン'], 'half-width katakana become whole, with their voicing marks'],
      ['ガス'.normalize('NFD'), ['ガス', 'ス'], 'voicing marks of their own join too'],
      ['한국어', ['한국', '국어', '어'], 'Korean is read in syllables, for it glues its endings'],
      ['한국'.normalize('NFD'), ['한국', '국'], 'also if they are written letter by letter'],
      ['น้ำใจ', ['น้ํา', 'ําใ', 'ใจ', 'จ'], 'Thai marks stay with their letter'],
      ['𠮷野家', ['𠮷野', '野家', '家'], 'characters beyond the first plane are one'],
    ])('reads %j as %j: %s', (text, words) => {
      expect(wordsOf(text)).toEqual(words);
    });
  });

  it('tells where each word stands, its marks included', () => {
    expect(analyze(`Putin’s  l'été #Tag`)).toEqual([
      { term: 'putin', start: 0, end: 5, position: 0 },
      { term: 'l', start: 9, end: 10, position: 1 },
      { term: 'ete', start: 11, end: 14, position: 2 },
      { term: '#tag', start: 15, end: 19, position: 3 },
      { term: 'tag', start: 16, end: 19, position: 3 },
    ]);
  });

  it('cuts long words to the published length, and no character in two', () => {
    const longest = 'x'.repeat(limits.termLength);
    expect(termsOf(`${longest}yz ${'9'.repeat(300)}`)).toEqual([longest, '9'.repeat(limits.termLength)]);
    expect(termsOf(`a${'𝼀'.repeat(40)}`)).toEqual([`a${'𝼀'.repeat(31)}`]);
    expect(termsOf(`#${'x'.repeat(100)}`).map((term) => term.length)).toEqual([limits.termLength, limits.termLength]);
    expect(termsOf(`か${'\u3099'.repeat(500)}き`).every((term) => term.length <= limits.termLength)).toBe(true);
  });

  it('has a fingerprint that names the version of Unicode', () => {
    expect(fingerprint()).toMatch(/^words-\d+ unicode-\d+\.\d+$/);
  });
});

/** Text of the kinds that the rules tell apart, and of any other. */
const pieces = fc.oneof(
  fc.constantFrom(...`'’ʼ#@.+-_,:/&= \n\u00a0\u00ad\u200d\ufe0f\u0301\u3099ﾞ\ud800\udc00\u0000`),
  fc.constantFrom(
    'a',
    'Ab',
    'ß',
    'İ',
    'ς',
    'é',
    'й',
    'ї',
    '6',
    '000',
    '½',
    '²',
    'ｶ',
    '東',
    '京都',
    '〇',
    '한',
    'ก้',
    '𠮷',
    '😀',
    '👍🏽',
    '👩‍👧',
    '🇺🇦',
    '1️⃣',
    '§',
    '™',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const texts = fc.array(pieces, { maxLength: 40 }).map((found) => found.join(''));

describe('analyze, whatever the text,', () => {
  it('gives tokens that lie inside it, in order of start and position', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let [before, position] = [0, -1];
        for (const token of analyze(text)) {
          expect(token.start).toBeGreaterThanOrEqual(before);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.end).toBeLessThanOrEqual(text.length);
          expect([position, position + 1]).toContain(token.position);
          before = token.start;
          position = token.position;
        }
      }),
    );
  });

  it('gives terms that are neither empty nor too long, nor hold half a character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const term of termsOf(text)) {
          expect(term.length).toBeGreaterThan(0);
          expect(term.length).toBeLessThanOrEqual(limits.termLength);
          expect(term).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });

  it('gives for the stretch of each token its term again', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { term, start, end } of analyze(text)) expect(termsOf(text.slice(start, end))).toContain(term);
      }),
    );
  });

  it('gives the same tokens every time, and as many positions as it says', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = analyze(text);
        expect(analyze(text)).toEqual(tokens);
        expect(scan(text, () => undefined)).toBe((tokens.at(-1)?.position ?? -1) + 1);
      }),
    );
  });

  it('gives the same terms in lower case as in capitals, for letters that have both', () => {
    const words = fc.array(fc.constantFrom(...'abcxyzäéñåøαβγабвйїёґ '), { maxLength: 30 }).map((all) => all.join(''));
    fc.assert(
      fc.property(words, (text) => {
        expect(termsOf(text.toUpperCase())).toEqual(termsOf(text));
      }),
    );
  });
});

describe('analyze of a very long text', () => {
  const size = 300_000;
  // Quadratic time would be many minutes, and the time limit of the test ends that.
  it.each(
    [
      "'",
      "a'",
      "a's",
      '#',
      '#a',
      '@',
      '.',
      ' .a',
      'C+',
      '1',
      '1,',
      '1\u00a0',
      ',000',
      '#1,',
      acute,
      `${acute}\u0316`,
      softHyphen,
      `a${softHyphen}`,
      '東',
      '#東',
      'か\u3099',
      'ｶﾞ',
      'ﾞ',
      '葛\u{e0100}',
      'ก้',
      '\u1161',
      'ﷺ',
      'ж',
      '😀',
      '👩\u200d',
      '👍🏽',
      '🇺',
      '\u{e0067}',
      'a™',
      '1️⃣',
      '\ud800',
      'a-',
    ].map((unit) => [unit]),
  )('comes to an end where it is %j again and again', (unit) => {
    for (const before of ['', 'a', 'か']) {
      let tokens = 0;
      const positions = scan(before + unit.repeat(Math.ceil(size / unit.length)), () => {
        tokens++;
      });
      expect(tokens).toBeGreaterThanOrEqual(positions);
    }
  });
});
