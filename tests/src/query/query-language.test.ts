import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import { functionWordsOf } from '../../../src/query/query-language.ts';

const termsOf = (text: string) => text.split(' ') as Term[];

describe('functionWordsOf', () => {
  it.each<[languages: Record<string, number>, query: string, found: string[], why: string]>([
    [{ en: 9, de: 2 }, 'the war', ['the'], 'tells those of the main language'],
    [{ en: 9, de: 2 }, 'war crimes', [], 'takes a word of the main language for one, whatever it is in another'],
    [{ en: 9, de: 2 }, 'wann war das', ['wann', 'war', 'das'], 'hears another language by two of them'],
    [{ en: 9, de: 2 }, 'was hit by war crimes', ['was', 'by'], 'which must be half of the words'],
    [{ en: 9 }, 'wann war das', [], 'that the corpus has articles in'],
    [{ de: 9, en: 2 }, 'die of war', ['die', 'war'], 'goes by the language of most articles'],
    [{ de: 2, en: 2 }, 'die the', ['die'], 'of equal ones by the first'],
    [{}, 'the die', ['the'], 'means English where no language is known'],
    [{ xx: 3 }, 'the die', [], 'knows none of a language without a list'],
  ])('in %j, %j: %j: %s', (languages, query, found) => {
    const terms = termsOf(query);
    const { isFunctionWord } = functionWordsOf(new Map(Object.entries(languages)), terms);
    expect(terms.filter(isFunctionWord)).toEqual(found);
  });

  it('takes negations for small words, but not for function words', () => {
    const { isFunctionWord, isSmall } = functionWordsOf(new Map([['en', 1]]), termsOf('not the pier'));
    expect(termsOf('not the pier').map((term) => [isFunctionWord(term), isSmall(term)])).toEqual([
      [false, true],
      [true, true],
      [false, false],
    ]);
  });
});
