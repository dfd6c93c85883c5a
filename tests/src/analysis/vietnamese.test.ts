import { describe, expect, it } from 'vitest';
import { analyze, analyzeTyped } from '../../../src/analysis/analyze.ts';
import { isFunctionWord } from '../../../src/analysis/function-words.ts';
import { bareSyllable, isVietnamese, markedSyllable } from '../../../src/analysis/vietnamese.ts';
import type { Term } from '../../../src/domain/ids.ts';

/** Terms by position; what shares one is joined by a bar. */
function termsOf(tokens: ReturnType<typeof analyze>): string[] {
  const found: string[] = [];
  for (const { term, position } of tokens)
    found[position] = found[position] === undefined ? term : `${found[position]}|${term}`;
  return found;
}

describe('isVietnamese', () => {
  it.each<[text: string, expected: boolean, why: string]>([
    ['Người đi chợ mua cá.', true, 'letters with a horn'],
    ['Hà Nội mùa thu', true, 'a tone upon a circumflex'],
    ['Người đi chợ'.normalize('NFD'), true, 'in pieces as well'],
    ['NGƯỜI ĐI CHỢ', true, 'in capitals as well'],
    ['Le café est fermé à midi.', false, 'French has none of them'],
    ['Ele não está lá.', false, 'nor has Portuguese'],
    ['Țara și învățământul', false, 'nor has Romanian'],
    ['Đorđe je došao kući', false, 'Croatian has a đ'],
    ['The president met Nguyễn in the old town hall on Monday', false, 'one name makes no Vietnamese text'],
    ['', false, 'nothing is in no language'],
  ])('says of %j %j: %s', (text, expected) => {
    expect(isVietnamese(text)).toBe(expected);
  });
});

describe('markedSyllable', () => {
  it.each<[surface: string, term: string | null, why: string]>([
    ['Được', 'được', 'marks stay, case folds'],
    ['Được'.normalize('NFD'), 'được', 'however it is encoded'],
    ['nghiêng', 'nghiêng', 'a circumflex is a mark'],
    ['đi', 'đi', 'so is a stroke'],
    ['hoà', 'hòa', 'the tone of open vowels has one place'],
    ['hòa', 'hòa', 'the elder one'],
    ['quý', 'quý', 'but u belongs to q'],
    ['thu', null, 'a word without marks is itself'],
    ['café', null, 'two syllables are no word'],
    ['ñu', null, 'a letter with another mark is foreign'],
    ['für', null, 'so is this'],
    ['Việt2', null, 'and what has digits'],
    ['ế'.repeat(500), null, 'nor is anything endless'],
  ])('takes %j for %j: %s', (surface, term) => {
    expect(markedSyllable(surface)).toBe(term);
  });

  it('has a bare form', () => {
    expect(bareSyllable('được' as Term)).toBe('duoc');
    expect(bareSyllable('duoc' as Term)).toBeNull();
    expect(bareSyllable('#tag' as Term)).toBeNull();
    expect(bareSyllable('3.14' as Term)).toBeNull();
  });
});

describe('analyze of Vietnamese', () => {
  it('reads each syllable with its marks and without', () => {
    expect(termsOf(analyze('Má trồng mạ, con đi học'))).toEqual([
      'má|ma',
      'trồng|trong',
      'mạ|ma',
      'con',
      'đi|di',
      'học|hoc',
    ]);
  });

  it('reads other texts as before', () => {
    expect(termsOf(analyze('Má é lá'))).toEqual(['ma', 'e', 'la']);
  });

  it('reads what is typed with marks as such, for it is too short to tell', () => {
    expect(termsOf(analyzeTyped('má'))).toEqual(['má|ma']);
    expect(termsOf(analyzeTyped('café'))).toEqual(['cafe']);
  });

  it('knows function words in both forms', () => {
    expect(isFunctionWord('được', 'vi')).toBe(true);
    expect(isFunctionWord('duoc', 'vi')).toBe(true);
    expect(isFunctionWord('dược', 'vi')).toBe(false);
  });
});
