import { describe, expect, it } from 'vitest';
import type { Term } from '../../../../src/domain/ids.ts';
import { misspell } from '../../../../src/evaluation/known-items/misspell.ts';
import { openRandom } from '../../../../src/evaluation/random.ts';
import { countEdits } from '../../query/fake-dictionary.ts';

const words = ['harbour', 'lantern', 'гавань'] as Term[];

function slipsOf(word: string, isWord: (word: string) => boolean = () => false): (string | null)[] {
  const random = openRandom(1, word);
  return Array.from({ length: 300 }, () => misspell(word, { words, isWord, random }));
}

describe('misspell', () => {
  it('makes one edit, of each kind, and never in the first letter', () => {
    const slips = slipsOf('ferryman');
    for (const slip of slips) expect([slip?.[0], countEdits(slip ?? '', 'ferryman')]).toEqual(['f', 1]);
    expect(slips).toContain('feryman');
    expect(slips).toContain('ferryyman');
    expect(slips).toContain('ferrmyan');
    expect(slips.some((slip) => slip?.length === 8 && !/^[ferryman]+$/.test(slip))).toBe(true);
  });

  it('replaces a letter by one of its script', () => {
    expect(slipsOf('ferryman').join('')).toMatch(/^[a-z]+$/);
    expect(slipsOf('берега').join('')).toMatch(/^\p{Script=Cyrillic}+$/u);
  });

  it('gives no word of the corpus, and nothing where every edit is one', () => {
    expect(slipsOf('ferryman', (slip) => slip.length !== 7)).not.toContain('ferrmyan');
    expect(slipsOf('ferryman', () => true)).toEqual(Array(300).fill(null));
  });
});
