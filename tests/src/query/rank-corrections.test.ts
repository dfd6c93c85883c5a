import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import { rankCorrections, type TypedWord } from '../../../src/query/rank-corrections.ts';

function rank(typed: Partial<TypedWord> & { readonly term: string }, articles: Readonly<Record<string, number>>) {
  const candidates = Object.entries(articles).map(([term, held]) => ({
    term: term as Term,
    articles: held,
    paragraphs: 2 * held,
  }));
  return rankCorrections({ articles: 0, hasRelatives: false, completionArticles: 0, ...typed }, candidates);
}

function termsOf({ corrections }: ReturnType<typeof rankCorrections>): string[] {
  return corrections.map(({ term }) => term);
}

describe('rankCorrections', () => {
  it.each<[typed: string, candidates: Readonly<Record<string, number>>, best: string, why: string]>([
    ['harbur', { harbour: 50, harbus: 50 }, 'harbour', 'of equally frequent words the likelier slip'],
    ['trian', { train: 40, trial: 90 }, 'train', 'a likely slip beats twice the frequency'],
    ['trian', { train: 1, trial: 4000 }, 'trial', 'but not any frequency'],
    ['arguements', { arguments: 80, arguemints: 1 }, 'arguments', 'a word in a single article may be a slip itself'],
    [
      'definatly',
      { definitely: 120, defiantly: 3 },
      'definitely',
      'two edits to a frequent word beat one to a rare one',
    ],
    ['abcde', { abcdf: 7, abcdg: 7 }, 'abcdf', 'what is equally likely goes by the alphabet'],
  ])('takes %j of %j for %j: %s', (typed, candidates, best) => {
    const ranked = rank({ term: typed }, candidates);
    expect(termsOf(ranked)[0]).toBe(best);
    expect(ranked.isSlip).toBe(true);
  });

  it('keeps what is nearly as likely as the best, and no more', () => {
    expect(termsOf(rank({ term: 'bant' }, { band: 200, bent: 23, brant: 9, want: 1 }))).toEqual([
      'band',
      'brant',
      'bent',
    ]);
    const many = Object.fromEntries(Array.from('bcdfghjklm', (letter) => [`xa${letter}iv`, 10]));
    expect(termsOf(rank({ term: 'xaziv' }, many))).toHaveLength(5);
  });

  it('gives probabilities that add up to one where nothing else is likely', () => {
    const { corrections } = rank({ term: 'bant' }, { band: 200, bent: 23 });
    expect(corrections.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
    expect(corrections[0]?.probability).toBeGreaterThan(0.5);
  });

  it('corrects nothing without candidates', () => {
    expect(rank({ term: 'zzzzz' }, {})).toEqual({ corrections: [], isSlip: false });
  });

  describe('takes a missing word', () => {
    it('for a form of its relatives rather than for an unlikely slip', () => {
      expect(rank({ term: 'gifting', hasRelatives: true }, { lifting: 20 }).isSlip).toBe(false);
      expect(rank({ term: 'gifting', hasRelatives: false }, { lifting: 20 }).isSlip).toBe(true);
      expect(rank({ term: 'hardely', hasRelatives: true }, { hardly: 200 }).isSlip).toBe(true);
    });

    it('for the beginning of a frequent word rather than for an unlikely slip', () => {
      expect(rank({ term: 'getreide', completionArticles: 60 }, { gescheide: 2 }).isSlip).toBe(false);
      expect(rank({ term: 'projet', completionArticles: 40 }, { projeto: 40 }).isSlip).toBe(true);
    });
  });

  describe('takes a word that articles hold', () => {
    it.each<[typed: string, articles: number, meant: string, meantArticles: number, isSlip: boolean, why: string]>([
      ['buttigeig', 6, 'buttigieg', 690, true, 'a common slip of a hundred times as frequent a name'],
      ['buttigeig', 60, 'buttigieg', 6900, true, 'in a corpus ten times as large as well'],
      ['buttigeig', 60, 'buttigieg', 690, false, 'ten times is not very much'],
      ['goverment', 2, 'government', 99, true, 'dropped letters are common'],
      ['goverment', 20, 'government', 99, false, 'and still the word must be rare beside the other'],
      ['haxdware', 2, 'hardware', 99, false, 'odd changes take far more'],
      ['haxdware', 2, 'hardware', 9000, true, 'but some frequency does'],
      ['merz', 3, 'mere', 900, false, 'short names are a letter apart from many words'],
      ['jakes', 3, 'makes', 900, false, 'the more so at the first letter'],
    ])('%j, in %i, for %j, in %i: %s', (term, articles, meant, meantArticles, isSlip) => {
      const ranked = rank({ term, articles }, { [meant]: meantArticles });
      expect(ranked.isSlip).toBe(isSlip);
      expect(termsOf(ranked)).toEqual(isSlip ? [meant] : []);
    });
  });
});
