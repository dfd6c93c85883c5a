import { describe, expect, it } from 'vitest';
import { changeWords } from './change-words.ts';

const words = Array.from({ length: 400 }, (_, index) => {
  const letter = (step: number) => 'abcdefghijklmnopqrst'.charAt(Math.floor(index / step) % 20);
  return `${letter(1)}${letter(20)}ro${letter(3)}ing`;
});
const change = { seed: 1, copy: 1, kept: new Set(['government']) };

describe('changeWords', () => {
  it('changes the same share of words in the same way each time', () => {
    const text = words.join(' ');
    const changed = changeWords(text, change);
    expect(changeWords(text, change)).toBe(changed);
    const count = changed.split(' ').filter((word, index) => word !== words[index]).length;
    expect(count / words.length).toBeGreaterThan(0.2);
    expect(count / words.length).toBeLessThan(0.4);
  });

  it('changes others in another copy', () => {
    const text = words.join(' ');
    expect(changeWords(text, { ...change, copy: 2 })).not.toBe(changeWords(text, change));
  });

  it('keeps lengths, endings, case, signs, short words and the most frequent ones', () => {
    const text = 'Walking, “Walked” WALKS: the government was on it — 1234 utf8_x. Київ';
    for (let copy = 1; copy < 30; copy++) {
      const changed = changeWords(text, { ...change, copy });
      expect(changed).toHaveLength(text.length);
      expect(changed.replace(/\b[A-Z][a-z]{3}(?=ing|ed)|\b[A-Z]{4}(?=S)/g, '')).toBe(
        text.replace(/\bWalk|\bWALK/g, ''),
      );
    }
  });

  it('changes all forms of a word together', () => {
    const stems = Array.from({ length: 30 }, (_, copy) =>
      changeWords('walk walks walked walking', { ...change, copy })
        .split(' ')
        .map((word) => word.slice(0, 4)),
    );
    expect(stems.map((forms) => new Set(forms).size)).toEqual(stems.map(() => 1));
    expect(stems.some(([first]) => first !== 'walk')).toBe(true);
  });
});
