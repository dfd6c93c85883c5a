import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/domain/ids.ts';
import type { MatchKind } from '../../../src/domain/plan.ts';
import type { Expansion } from '../../../src/query/expand-word.ts';
import { groupFrequency } from '../../../src/query/group-frequency.ts';

const total = { articles: 1000, paragraphs: 4000 };

/** Terms with the articles that hold each; twice as many paragraphs do. */
function expansionOf(...terms: readonly (readonly [kind: MatchKind, articles: number])[]): Expansion {
  const understood = terms.map(([kind, articles], i) => ({
    term: `t${i}` as Term,
    kind,
    articles,
    paragraphs: 2 * articles,
  }));
  return { terms: [], prefix: null, understood, sums: null, correction: null };
}

describe('groupFrequency', () => {
  it.each<[terms: (readonly [MatchKind, number])[], articles: number, why: string]>([
    [[['exact', 10]], 10, 'is that of a word alone'],
    [
      [
        ['exact', 100],
        ['stem', 500],
      ],
      550,
      'takes inflections as if they were independent: 1000 - 900 * 500 / 1000',
    ],
    [
      [
        ['exact', 1000],
        ['stem', 900],
      ],
      1000,
      'is never more than there is',
    ],
    [
      [
        ['exact', 3],
        ['name', 400],
        ['synonym', 300],
        ['prefix', 200],
        ['fuzzy', 100],
      ],
      3,
      'is not changed by names, synonyms, beginnings and corrections',
    ],
    [
      [
        ['stem', 7],
        ['stem', 9],
        ['fuzzy', 8],
      ],
      9,
      'is that of the most frequent stand-in where the word is nowhere',
    ],
    [[['fuzzy', 600]], 600, 'of a correction too'],
    [[], 0, 'is nothing where nothing is found'],
  ])('of %j is %i articles: %s', (terms, articles) => {
    expect(groupFrequency(expansionOf(...terms), total).articles).toBe(articles);
  });

  it('counts paragraphs of their own total', () => {
    expect(groupFrequency(expansionOf(['exact', 100], ['stem', 500]), total).paragraphs).toBe(
      Math.round(4000 * (1 - 0.95 * 0.75)),
    );
  });
});
