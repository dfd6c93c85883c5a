import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../src/domain/fold-text.ts';

describe('foldText', () => {
  it.each<[text: string, folded: string, why: string]>([
    ['Reuters', 'reuters', 'case folds'],
    ['ÉMILE Zola', 'emile zola', 'diacritics fold'],
    ['Київ', 'киів', 'in every script'],
    ['Ｒｅｕｔｅｒｓ', 'reuters', 'compatibility forms fold'],
    ['  The \t New\u00a0Yorker\n', 'the new yorker', 'white space becomes single spaces'],
    ['<b>&"', '<b>&"', 'signs stay'],
    ['', '', 'nothing stays nothing'],
    ['A\ud800', 'a\ud800', 'half a character does no harm'],
  ])('folds %j to %j: %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('finds letters equal that differ in case or accents only', () => {
    const letters = fc.array(fc.constantFrom(...'aäÄàbcéÉñÖøїйё '), { maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters, (text) => {
        expect(foldText(text.toUpperCase())).toBe(foldText(text));
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text));
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});
