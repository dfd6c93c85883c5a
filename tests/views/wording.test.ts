import { describe, expect, it } from 'vitest';
import { outsideAddress, ownAddress } from '../../views/outside-link.ts';
import { countText, dayText, durationText, facetValueText, numberText, timestampText } from '../../views/wording.ts';

describe('words for values', () => {
  it.each([
    [numberText(1805), '1,805'],
    [countText(1, 'article'), '1 article'],
    [countText(0, 'article'), '0 articles'],
    [dayText('2022-09-03'), '3 September 2022'],
    [dayText('2022-99-03'), '2022-99-03'],
    [dayText('soon'), 'soon'],
    [timestampText('2022-09-13T05:00:00.000Z'), '13 September 2022 at 05:00 UTC'],
    [timestampText('never'), 'never'],
    [durationText(1.94), '1.9 ms'],
    [durationText(1234.5), '1,235 ms'],
    [facetValueText('language', 'uk'), 'Ukrainian'],
    [facetValueText('language', 'zz'), 'zz'],
    [facetValueText('language', '__proto__'), '__proto__'],
    [facetValueText('tag', 'uk'), 'uk'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected);
  });
});

describe('addresses that came with articles', () => {
  it.each([
    ['https://example.org/a', 'https://example.org/a'],
    ['HTTP://example.org', 'HTTP://example.org'],
    ['javascript:alert(1)', null],
    [' javascript:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['data:text/html,x', null],
    ['//example.org', null],
    ['/own', null],
    [null, null],
  ])('%j leads outside to %j', (url, expected) => {
    expect(outsideAddress(url)).toBe(expected);
  });

  it.each([
    ['/articles/a?q=b#p-1', '/articles/a?q=b#p-1'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['https://evil.example', '/'],
    ['', '/'],
  ])('%j leads inside to %j', (path, expected) => {
    expect(ownAddress(path)).toBe(expected);
  });
});
