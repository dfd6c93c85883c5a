import { describe, expect, it } from 'vitest';
import type { ArticleOrdinal } from '../../../../src/domain/ids.ts';
import { depthFor, measureKnownItem } from '../../../../src/evaluation/known-items/known-item.ts';

const ordinals = (...numbers: number[]) => numbers as ArticleOrdinal[];

describe('measureKnownItem', () => {
  it.each<
    [articles: number[], ranking: number[], rank: number | null, successes: number[], reciprocal: number, share: number]
  >([
    [[7], [7, 1], 1, [1, 1, 1], 1, 1],
    [[7], [1, 2, 7], 3, [0, 1, 1], 1 / 3, 0],
    [[7], [1, 2, 3, 4, 7], 5, [0, 0, 1], 1 / 5, 0],
    [[7], [1, 2], null, [0, 0, 0], 0, 0],
    [[7], [], null, [0, 0, 0], 0, 0],
    [[7, 8, 9], [8, 1, 7, 9], 1, [1, 1, 1], 1, 2 / 3],
    [[7, 8], [1, 2, 7, 8], 3, [0, 1, 1], 1 / 3, 0],
  ])('of %j by %j', (articles, ranking, rank, [success1, success3, success10], reciprocalRank, share) => {
    const item = { text: '', articles: ordinals(...articles) };
    const expected = { rank, success1, success3, success10, reciprocalRank, share };
    expect(measureKnownItem(item, ordinals(...ranking))).toEqual(expected);
  });

  it('needs a hundred places, or as many as there are articles', () => {
    expect(depthFor({ text: '', articles: ordinals(1) })).toBe(100);
    expect(depthFor({ text: '', articles: Array.from({ length: 130 }, (_, i) => i as ArticleOrdinal) })).toBe(130);
  });
});
