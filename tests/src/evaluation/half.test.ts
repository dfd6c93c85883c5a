import { describe, expect, it } from 'vitest';
import { isInHalf } from '../../../src/evaluation/half.ts';

describe('isInHalf', () => {
  it.each([
    ['odd', [1, 3, 5]],
    ['even', [2, 4]],
    [null, [1, 2, 3, 4, 5]],
  ] as const)('of %s queries takes %j', (half, numbers) => {
    expect([1, 2, 3, 4, 5].filter((number) => isInHalf(number, half))).toEqual(numbers);
  });
});
