import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeWord } from '../../../src/analysis/normalize-word.ts';
import { stem, stemLanguages } from '../../../src/analysis/stem.ts';
import type { Term } from '../../../src/domain/ids.ts';

describe('stem', () => {
  it.each<[language: string, words: string[]]>([
    ['de', ['Angriff', 'Angriffe', 'Angriffen']],
    ['de', ['Stadt', 'Städte', 'Städten']],
    ['en', ['attack', 'attacks', 'attacked', 'attacking']],
    ['en', ['city', 'cities']],
    ['es', ['ataque', 'ataques']],
    ['es', ['canción', 'canciones']],
    ['fr', ['attaque', 'attaques', 'attaquer']],
    ['fr', ['général', 'générale', 'générales']],
    ['it', ['soldato', 'soldati']],
    ['nl', ['oorlog', 'oorlogen']],
    ['pt', ['ataque', 'ataques']],
    ['ru', ['город', 'города', 'городу', 'городом']],
    ['sv', ['stad', 'staden']],
    ['uk', ['місто', 'міста', 'місту', 'містом']],
  ])('gives in %s the words %j one stem', (language, words) => {
    const stems = new Set(words.map((word) => stem(normalizeWord(word), language)));
    expect([...stems]).toEqual([expect.any(String)]);
  });

  it.each<[language: string, one: string, other: string]>([
    ['en', 'war', 'warm'],
    ['en', 'russia', 'rust'],
    ['de', 'krieg', 'krise'],
    ['ru', 'город', 'гора'],
  ])('keeps in %s %j and %j apart', (language, one, other) => {
    expect(stem(one as Term, language)).not.toBe(stem(other as Term, language));
  });

  it.each<[term: string, language: string, why: string]>([
    ['attacks', 'ja', 'the language has no stemmer'],
    ['attacks', '', 'the language is not known'],
    ['attacks', 'constructor', 'the language is the name of an object member'],
    ['6000', 'en', 'it is a number'],
    ['3.14', 'en', 'it is a number with a point'],
    ['c++', 'en', 'it has signs'],
    ['#tags', 'en', 'it is a tag'],
    ['mh17', 'en', 'it has digits'],
    ['as', 'en', 'it is hardly longer than an ending'],
    ['', 'en', 'it is nothing'],
  ])('gives none for %j in %j: %s', (term, language) => {
    expect(stem(term as Term, language)).toBeNull();
  });

  it('knows ten languages, by ISO 639-1 code, ascending', () => {
    expect(stemLanguages).toEqual(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'ru', 'sv', 'uk']);
  });

  it('gives for any term a stem that is not empty, or none, and always the same', () => {
    const terms = fc.string({ unit: 'binary', maxLength: 64 }).map(normalizeWord);
    fc.assert(
      fc.property(terms, fc.constantFrom(...stemLanguages), (term, language) => {
        const found = stem(term, language);
        expect(found).not.toBe('');
        expect(stem(term, language)).toBe(found);
      }),
    );
  });
});
