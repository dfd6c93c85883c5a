import { describe, expect, it } from 'vitest';
import { cutTerm, normalizeWord } from '../../../src/analysis/normalize-word.ts';
import { limits } from '../../../src/domain/limits.ts';

describe('normalizeWord', () => {
  it.each<[surface: string, term: string, why: string]>([
    ['', '', 'nothing stays nothing'],
    ['Izyum', 'izyum', 'case folds'],
    ['ＩＺＹＵＭ', 'izyum', 'full-width letters are compatibility forms'],
    ['ﬁreﬂy', 'firefly', 'ligatures too'],
    ['Ⅷ', 'viii', 'Roman numerals too'],
    ['ŉ', 'n', 'an apostrophe that comes out of one goes'],
    ['ŀl', 'll', 'so does a middle dot'],
    ['İstanbul', 'istanbul', 'the Turkish I with a dot is an i'],
    ['Diyarbakır', 'diyarbakir', 'and the one without is an i too'],
    ['Straße', 'strasse', 'ß is ss'],
    ['STRAẞE', 'strasse', 'also as a capital'],
    ['ΟΔΟΣ', 'οδοσ', 'a capital sigma has one small letter'],
    ['οδός', 'οδοσ', 'whatever stands at the end of the word'],
    ['Ἀθῆναι', 'αθηναι', 'Greek breathings and accents fold'],
    ['crème brûlée', 'cremebrulee', 'French accents fold, and what is no letter goes'],
    ['Dvořák', 'dvorak', 'Czech ones fold'],
    ['Việt', 'viet', 'two on one letter fold'],
    ['e\u0301te\u0301', 'ete', 'decomposed ones fold'],
    ['Łódź Øre Đorđe Æsir œuvre Þór', 'lodzoredordeaesiroeuvrethor', 'letters with strokes fold, ligatures part'],
    ['Київ', 'київ', 'ї is a letter of its own'],
    ['Зеленский', 'зеленский', 'й is one'],
    ['Ґрунт', 'ґрунт', 'ґ is one'],
    ['Воўк', 'воўк', 'ў is one'],
    ['Ѓорче Ќе', 'ѓорчеќе', 'the Macedonian ѓ and ќ are letters'],
    ['ёлка', 'елка', 'ё is written е as often'],
    ['за\u0301мок', 'замок', 'stress marks go'],
    ['Украї\u0301на', 'україна', 'also from a letter with dots'],
    ['ё\u0301жик', 'ежик', 'and from one that folds'],
    ['ѝ', 'и', 'a grave accent is one too'],
    ['كِتَابٌ', 'كتاب', 'Arabic vowel points go'],
    ['آمن', 'آمن', 'but not what makes another letter'],
    ['שָׁלוֹם', 'שלום', 'Hebrew points go'],
    ['हिन्दी', 'हिन्दी', 'Indic vowel signs stay'],
    ['カ\u3099', 'ガ', 'a voicing mark makes a letter'],
    ['ｶﾞ', 'ガ', 'in half width too'],
    ['1\u20e3', '1', 'marks around digits go'],
  ])('takes %j for %j: %s', (surface, term) => {
    expect(normalizeWord(surface)).toBe(term);
    // The second time from memory.
    expect(normalizeWord(surface)).toBe(term);
  });

  it('looks at no more of an endless word than a term needs', () => {
    const marks = '\u0301\u0316'.repeat(500_000);
    expect(normalizeWord(`a${marks}b`)).toBe('a');
    expect(normalizeWord(`${'é'.repeat(limits.termLength)}${marks}`)).toBe('e'.repeat(limits.termLength));
  });
});

describe('cutTerm', () => {
  it.each([
    ['x'.repeat(64), 64],
    ['x'.repeat(65), 64],
    [`x${'𝼀'.repeat(32)}`, 63],
    [`xx${'𝼀'.repeat(31)}`, 64],
  ])('cuts %j to %i units', (term, length) => {
    expect(limits.termLength).toBe(64);
    expect(cutTerm(term)).toBe(term.slice(0, length));
  });
});
