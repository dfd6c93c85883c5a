import { describe, expect, it } from 'vitest';
import { isMenuOrder, ownerWeight, recencyFactor } from '../../../src/domain/owner-choices.ts';

describe('the weight of an article', () => {
  it.each([
    [{ weight: 0, searchWeight: 0 }, false, 1, 'states nothing'],
    [{ weight: 250, searchWeight: 0 }, false, 2.5, 'states a weight'],
    [{ weight: 10, searchWeight: 0 }, false, 0.1, 'states the least'],
    [{ weight: 1000, searchWeight: 0 }, false, 10, 'states the greatest'],
    [{ weight: 2000, searchWeight: 0 }, false, 1, 'states one above the range'],
    [{ weight: 200, searchWeight: 0 }, true, 1, 'is one of many in menus'],
    [{ weight: 200, searchWeight: 50 }, true, 0.5, 'states it under the name that has one meaning'],
    [{ weight: 200, searchWeight: 50 }, false, 0.5, 'states both'],
  ])('%j, menu order %s: %d, since it %s', (stated, isOrderOfMenus, expected) => {
    expect(ownerWeight(stated, isOrderOfMenus)).toBe(expected);
  });
});

describe('the order of menus', () => {
  it.each([
    [{ articles: 19, whole: 19, above: 19 }, false, 'few numbers are anybody’s choice'],
    [{ articles: 30, whole: 20, above: 0 }, true, 'most articles have a whole number'],
    [{ articles: 40, whole: 20, above: 10 }, false, 'half of the articles, half of them above, are not most'],
    [{ articles: 1000, whole: 20, above: 11 }, true, 'most numbers are above the range'],
  ])('%j: %s, since %s', (use, expected) => {
    expect(isMenuOrder(use)).toBe(expected);
  });
});

describe('recency', () => {
  const recency = { share: 0.4, halfLifeDays: 100 };

  it.each([
    [0, 1.4],
    [100, 1.2],
    [200, 1.1],
    [-7, 1.4],
    [1_000_000, 1],
  ])('multiplies the score of an article %d days old by %d', (age, expected) => {
    expect(recencyFactor(age, recency)).toBeCloseTo(expected, 12);
  });
});
