import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';
import { commonFunctionWords, isFunctionWord } from '../../../src/analysis/function-words.ts';
import { stemLanguages } from '../../../src/analysis/stem.ts';

describe('isFunctionWord', () => {
  it.each([
    ['en', 'How do I find out what the harbour was for', ['find', 'out', 'harbour']],
    ['de', 'Warum ist der Hafen für die Stadt so wichtig', ['hafen', 'stadt', 'wichtig']],
    ['fr', 'Où est l’entrée de la gare', ['entree', 'gare']],
    ['es', '¿Cuándo llegan los barcos al puerto?', ['llegan', 'barcos', 'puerto']],
    ['it', 'Perché il ponte della città è chiuso', ['ponte', 'citta', 'chiuso']],
    ['pt', 'Quem é o dono da ponte', ['dono', 'ponte']],
    ['nl', 'Waarom zijn de bruggen van het eiland dicht', ['bruggen', 'eiland', 'dicht']],
    ['sv', 'Varför är bron på ön stängd', ['bron', 'on', 'stangd']],
    ['ru', 'Почему в этой гавани нет кораблей', ['гавани', 'нет', 'кораблей']],
    ['uk', 'Чому в цій гавані немає кораблів', ['гавані', 'немає', 'кораблів']],
  ])('tells the small words of a question from the others: %s', (language, text, expected) => {
    const terms = analyze(text).map((token) => token.term);
    expect(terms.filter((term) => !isFunctionWord(term, language))).toEqual(expected);
  });

  it('keeps to the language that it is asked about', () => {
    expect(isFunctionWord('die', 'de')).toBe(true);
    expect(isFunctionWord('die', 'en')).toBe(false);
    expect(isFunctionWord('the', 'xx')).toBe(false);
  });

  it('means any language without one', () => {
    expect(isFunctionWord('die')).toBe(true);
    expect(isFunctionWord('the', null)).toBe(true);
    expect(isFunctionWord('harbour')).toBe(false);
  });

  it.each([
    ['en', 'not'],
    ['en', 'us'],
    ['en', 'may'],
    ['fr', 'ete'],
    ['pt', 'sao'],
    ['ru', 'не'],
  ])('leaves out what can be looked for: %s %s', (language, term) => {
    expect(isFunctionWord(term, language)).toBe(false);
  });

  it('knows every language that has a stemmer', () => {
    expect(stemLanguages.filter((language) => !commonFunctionWords.has(language))).toEqual([]);
  });
});
