import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slipCost } from '../../../src/query/slip-cost.ts';

/** A typed word, and the word that is meant. */
type Slip = readonly [typed: string, meant: string];

describe('slipCost', () => {
  it('is nothing for the word itself', () => {
    for (const word of ['', 'a', 'aa', 'kherson', 'ґанок', '𐐷𐐷']) expect(slipCost(word, word)).toBe(0);
  });

  it.each<[likelier: Slip, less: Slip, why: string]>([
    [
      ['comittee', 'committee'],
      ['committe', 'committed'],
      'one of two equal letters is dropped more often than another',
    ],
    [['harbur', 'harbour'], ['harbuor', 'harbour'], 'a letter is dropped more often than neighbours are swapped'],
    [['harbuor', 'harbour'], ['harbbour', 'harbour'], 'these more often than a letter is doubled'],
    [['harbbour', 'harbour'], ['harbaour', 'harbour'], 'which is likelier than to add just this vowel'],
    [['harbaour', 'harbour'], ['harbpour', 'harbour'], 'vowels are added more often than consonants'],
    [
      ['seperate', 'separate'],
      ['seqarate', 'separate'],
      'a vowel is mistaken for a vowel more often than for a consonant',
    ],
    [['sesond', 'second'], ['sebond', 'second'], 'so are consonants of one sound'],
    [['hatbour', 'harbour'], ['hagbour', 'harbour'], 'so are keys that touch each other'],
    [['hwrbour', 'harbour'], ['hvrbour', 'harbour'], 'on the row above too'],
    [['ankunfz', 'ankunft'], ['ankunfx', 'ankunft'], 'on German keyboards as well'],
    [['fotograph', 'photograph'], ['botograph', 'photograph'], 'one sound has several spellings'],
    [['elefant', 'elephant'], ['elegant', 'elephant'], 'also inside a word'],
    [['muenchen', 'munchen'], ['mupnchen', 'munchen'], 'umlauts are folded, and written with an e by others'],
    [
      ['arbour', 'harbour'],
      ['zharbour', 'harbour'],
      'at the first letter too something is dropped more often than added',
    ],
    [['harbou', 'harbour'], ['arbour', 'harbour'], 'the first letter is right more often than the others'],
    [['sarbour', 'harbour'], ['sarbout', 'harbour'], 'one edit is likelier than two'],
    [['киев', 'київ'], ['кизв', 'київ'], 'vowels are vowels in Cyrillic'],
    [['голод', 'город'], ['гочод', 'город'], 'consonants of one organ are too'],
    [['херсрн', 'херсон'], ['херсцн', 'херсон'], 'and keys have neighbours'],
  ])('finds %j likelier than %j: %s', ([typed, meant], [otherTyped, otherMeant]) => {
    expect(slipCost(typed, meant)).toBeLessThan(slipCost(otherTyped, otherMeant));
  });

  it('counts a second slip less than the first, and more than none', () => {
    const one = slipCost('seperate', 'separate');
    const both = slipCost('seperete', 'separate');
    expect(both).toBeGreaterThan(one);
    expect(both).toBeLessThan(2 * one);
  });

  it('is a finite number above nothing for any two different words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'e', 'h', 'p', 'f', 's', 'с', 'и', '𐐷', 'ب'), maxLength: 12 });
    fc.assert(
      fc.property(word, word, (typed, meant) => {
        const cost = slipCost(typed, meant);
        if (typed === meant) expect(cost).toBe(0);
        else expect(cost > 0 && Number.isFinite(cost)).toBe(true);
      }),
    );
  });

  it('does not depend on what words begin and end with alike', () => {
    for (const [typed, meant] of [
      ['seperate', 'separate'],
      ['elefant', 'elephant'],
      ['harbuor', 'harbour'],
    ] as const) {
      expect(slipCost(`in${typed}ly`, `in${meant}ly`)).toBe(slipCost(typed, meant));
    }
  });
});
