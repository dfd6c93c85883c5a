import { describe, expect, it } from 'vitest';
import type { ArticleOrdinal, Term } from '../../../../src/domain/ids.ts';
import type { Survey } from '../../../../src/evaluation/known-items/survey-articles.ts';
import { keyOf } from '../../../../src/evaluation/known-items/text-words.ts';
import { TitleVariants, type VaryTitle } from '../../../../src/evaluation/known-items/vary-title.ts';
import { openRandom } from '../../../../src/evaluation/random.ts';
import { countEdits } from '../../query/fake-dictionary.ts';

function surveyOf(titles: readonly string[], words: readonly string[] = ['anchor', 'lantern']): Survey {
  const entries = titles.map(
    (text, article) => [keyOf(text), { text, articles: [article as ArticleOrdinal] }] as const,
  );
  return { titles: new Map(entries), headings: new Map(), words: words as Term[] };
}

/** What 100 draws make of the first title, each once, in order. */
function drawn(survey: Survey, choose: (variants: TitleVariants) => VaryTitle): (string | null)[] {
  const [first] = survey.titles.values();
  const random = openRandom(1, 'draws');
  const title = { text: first?.text ?? '', article: 0 as ArticleOrdinal };
  const vary = choose(new TitleVariants(survey));
  return [...new Set(Array.from({ length: 100 }, () => vary(title, random)))].sort();
}

describe('a title, a word misspelled', () => {
  it('has one edit in its longest word', () => {
    const slips = drawn(surveyOf(['The lighthouse-keeper’s diary']), ({ misspelled }) => misspelled);
    expect(slips.length).toBeGreaterThan(10);
    for (const slip of slips) {
      const [, word = ''] = /^The (\p{L}+)-keeper’s diary$/u.exec(slip ?? '') ?? [];
      expect(countEdits(word, 'lighthouse')).toBe(1);
    }
  });

  it.each(['Tide and sea', '1234567 tides', '東京都の港湾施設'])(
    'needs a word of six letters, unlike "%s"',
    (title) => {
      expect(drawn(surveyOf([title]), ({ misspelled }) => misspelled)).toEqual([null]);
    },
  );
});

describe('a title, words turned round', () => {
  it.each<[titles: string[], expected: (string | null)[], why?: string]>([
    [['Tide tables – of the port'], ['port the of tables Tide']],
    [['Harbour'], [null], 'one word'],
    [['Sea sea'], [null], 'the same title'],
    [['Tide tables', 'Tables, tide'], [null], 'another title'],
  ])('of %j is %j', (titles, expected) => {
    expect(drawn(surveyOf(titles), ({ turnedRound }) => turnedRound)).toEqual(expected);
  });
});

describe('a title, a word left out', () => {
  it.each<[titles: string[], expected: (string | null)[], why?: string]>([
    [['Tide tables explained'], ['Tide explained', 'Tide tables', 'tables explained']],
    [['Tide tables'], [null], 'two words'],
    [['Tide tables explained', 'Tide tables'], ['Tide explained', 'tables explained', null], 'another title whole'],
    [
      ['Tide tables explained', 'How tide is explained'],
      ['Tide tables', 'tables explained', null],
      'words that another title has as well',
    ],
  ])('of %j is one of %j', (titles, expected) => {
    expect(drawn(surveyOf(titles), ({ wordLeftOut }) => wordLeftOut)).toEqual(expected.sort());
  });
});

describe('a title, a word replaced', () => {
  const six = 'Old boats of the north shore';

  it('holds a word of the corpus in place of one of its own', () => {
    const remembered = drawn(surveyOf([six]), ({ wordReplaced }) => wordReplaced);
    expect(remembered).toHaveLength(12);
    for (const query of remembered) {
      const kept = query?.split(' ').filter((word) => six.split(' ').includes(word));
      expect(kept).toHaveLength(5);
      expect(query).toMatch(/anchor|lantern/);
    }
  });

  it.each([
    ['Old boats of the shore', 'five words'],
    [Array(15).fill('boat').join(' '), 'fifteen words'],
  ])('is not made of "%s"', (title) => {
    expect(drawn(surveyOf([title]), ({ wordReplaced }) => wordReplaced)).toEqual([null]);
  });

  it('is never another title, nor the title itself', () => {
    expect(drawn(surveyOf([six], []), ({ wordReplaced }) => wordReplaced)).toEqual([null]);
    expect(drawn(surveyOf([six], ['north']), ({ wordReplaced }) => wordReplaced)).toEqual([null]);
    const others = six.split(' ').map((_, at) => six.split(' ').with(at, 'anchor').join(' '));
    expect(drawn(surveyOf([six, ...others], ['anchor']), ({ wordReplaced }) => wordReplaced)).toEqual([null]);
  });
});
