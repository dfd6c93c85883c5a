import { describe, expect, it } from 'vitest';
import { chooseParagraphs } from '../../../src/snippet/choose-paragraphs.ts';

const match = (paragraph: number, score: number, ...leaves: number[]) => ({ paragraph, score, leaves });

describe('chooseParagraphs', () => {
  it.each([
    ['nothing of nothing', [], 3, []],
    ['the best first, whatever the order', [match(0, 1, 0), match(1, 3, 0), match(2, 2, 0)], 2, [1, 2]],
    ['the earlier of equals', [match(5, 1, 0), match(2, 1, 0)], 1, [2]],
    ['a worse one that adds a word', [match(0, 9, 0, 1), match(1, 8, 0, 1), match(2, 1, 2)], 2, [0, 2]],
    ['the one that adds most words', [match(0, 9, 0), match(1, 8, 1), match(2, 1, 1, 2)], 2, [0, 2]],
    ['the better of those that add as many', [match(0, 9, 0), match(1, 1, 1), match(2, 2, 2)], 2, [0, 2]],
    ['the next best when none adds any', [match(0, 9, 0, 1), match(1, 1, 1), match(2, 2, 0)], 3, [0, 2, 1]],
    ['no more than asked for', [match(0, 9, 0), match(1, 1, 1)], 0, []],
  ])('chooses %s', (_, matches, limit, expected) => {
    expect(chooseParagraphs(matches, limit).map(({ paragraph }) => paragraph)).toEqual(expected);
  });

  it('leaves its input as it is', () => {
    const matches = Object.freeze([match(0, 1, 0), match(1, 2, 0)]);
    expect(chooseParagraphs(matches, 2)).toEqual([match(1, 2, 0), match(0, 1, 0)]);
  });
});
