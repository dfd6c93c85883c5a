import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../src/evaluation/edit-distance.ts';
import { countEdits } from '../query/fake-dictionary.ts';

describe('editDistance', () => {
  it.each([
    ['harbour', 'harbour', 0, 'equal'],
    ['harbor', 'harbour', 1, 'a letter put in'],
    ['harbbour', 'harbour', 1, 'a letter left out'],
    ['harpour', 'harbour', 1, 'another letter'],
    ['habrour', 'harbour', 1, 'neighbours swapped'],
    ['ca', 'abc', 3, 'no stretch is edited twice'],
    ['', 'sea', 3, 'from nothing'],
    ['tides', 'tied', 2, 'two edits'],
  ])('from %j to %j is %d: %s', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it('equals the whole table', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 7 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === countEdits(a, b)));
  });
});
