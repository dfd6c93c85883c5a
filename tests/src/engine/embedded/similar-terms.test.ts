import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyWriter } from '../../../../index-build/compile/run.ts';
import { findSimilar } from '../../../../src/engine/embedded/similar-terms.ts';
import { SortedKeys } from '../../../../src/engine/embedded/string-table.ts';
import { countEdits } from '../../query/fake-dictionary.ts';

function similarIn(terms: readonly string[], word: string, maxEdits: number): [term: string, edits: number][] {
  const writer = new KeyWriter();
  for (const term of terms) writer.add(term);
  const { starts, units } = writer.finish();
  return findSimilar(new SortedKeys(starts, units), word, maxEdits).map(({ term, edits }) => [
    terms[term] as string,
    edits,
  ]);
}

function textbook(terms: readonly string[], word: string, maxEdits: number): [term: string, edits: number][] {
  return terms
    .map((term): [string, number] => [term, countEdits(word, term)])
    .filter(([, edits]) => edits > 0 && edits <= maxEdits);
}

describe('findSimilar', () => {
  it.each<[word: string, term: string, edits: number, why: string]>([
    ['kherson', 'khersoon', 1, 'a letter too many'],
    ['kherson', 'kerson', 1, 'a letter too few'],
    ['kherson', 'cherzon', 2, 'two wrong letters'],
    ['kherson', 'kharson', 1, 'a wrong letter'],
    ['kherson', 'khesron', 1, 'neighbours swapped'],
    ['kherson', 'hkersno', 2, 'two pairs swapped'],
    ['abc', 'ca', 3, 'what was swapped is not edited again'],
    ['kyiv', 'київ', 4, 'another script is another word'],
    ['😀', '😁', 1, 'a unit of a pair is a unit'],
  ])('counts from %j to %j %i edits: %s', (word, term, edits) => {
    for (const maxEdits of [1, 2]) {
      expect(similarIn([term], word, maxEdits)).toEqual(edits <= maxEdits && term !== word ? [[term, edits]] : []);
    }
  });

  it('leaves out the word itself', () => {
    expect(similarIn(['kherson', 'khersons'], 'kherson', 2)).toEqual([['khersons', 1]]);
  });

  it('finds nothing in nothing', () => {
    expect(similarIn([], 'kherson', 2)).toEqual([]);
  });

  it('finds what the textbook finds, in dictionary order, among random words of few letters', () => {
    const letters = fc
      .array(fc.constantFrom('a', 'b', 'c', 'ж', '\uffff'), { maxLength: 7 })
      .map((all) => all.join(''));
    const terms = fc.uniqueArray(letters, { maxLength: 60 }).map((all) => all.sort());
    fc.assert(
      fc.property(terms, letters, fc.constantFrom(1, 2), (dictionary, word, maxEdits) => {
        expect(similarIn(dictionary, word, maxEdits)).toEqual(textbook(dictionary, word, maxEdits));
      }),
      { numRuns: 500 },
    );
  });

  it('finds every slip of a random word', () => {
    const word = fc.array(fc.constantFrom(...'aeinrst'), { minLength: 3, maxLength: 12 });
    const slip = fc.tuple(word, fc.nat(), fc.constantFrom('swap', 'drop', 'double', 'change'));
    fc.assert(
      fc.property(slip, fc.array(word, { maxLength: 40 }), ([letters, at, kind], others) => {
        const place = at % (letters.length - 1);
        const typed = [...letters];
        const [first = '', second = ''] = letters.slice(place, place + 2);
        const changes = {
          swap: [second, first],
          drop: [second],
          double: [first, first, second],
          change: ['z', second],
        };
        typed.splice(place, 2, ...changes[kind]);
        const terms = [...new Set([letters, ...others].map((all) => all.join('')))].sort();
        const wanted = letters.join('');
        fc.pre(typed.join('') !== wanted);
        expect(similarIn(terms, typed.join(''), 1)).toContainEqual([wanted, 1]);
      }),
    );
  });

  it('finds what the textbook finds with any number of edits, for words longer than a number has bits', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }).map((all) => all.join(''));
    const change = fc.tuple(fc.nat(40), fc.nat(2), fc.constantFrom('', 'a', 'bc', '\0'));
    const changed = (word: string, changes: readonly (readonly [number, number, string])[]) =>
      changes.reduce((text, [at, dropped, put]) => text.slice(0, at) + put + text.slice(at + dropped), word);
    const slips = fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(letters, slips, fc.constantFrom(0, 1, 2, 3, 14), (word, all, maxEdits) => {
        const terms = [...new Set(all.map((changes) => changed(word, changes)))].sort();
        expect(similarIn(terms, word, maxEdits)).toEqual(textbook(terms, word, maxEdits));
      }),
      { numRuns: 300 },
    );
  });

  it('takes words and terms of any length', () => {
    const long = 'ab'.repeat(32);
    const longer = 'y'.repeat(300);
    const terms = ['', 'a', long, `${long}c`, 'x'.repeat(5000), longer, `${longer}y`, `${longer}z`].sort();
    for (const word of ['', 'a', long, `${long}cc`, 'x'.repeat(64), longer]) {
      expect(similarIn(terms, word, 2)).toEqual(textbook(terms, word, 2));
    }
  });
});
