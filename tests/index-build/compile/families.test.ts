import { describe, expect, it } from 'vitest';
import { FamilyCollector } from '../../../index-build/compile/families.ts';
import { SortedKeys } from '../../../src/engine/embedded/string-table.ts';

type Member = readonly [language: string, stem: string, term: number, articles: number];

/** Members with their articles by family key, in the order of the sections. */
function familiesOf(
  languages: readonly string[],
  members: readonly Member[],
): [string, (readonly [number, number])[]][] {
  const collector = new FamilyCollector(languages);
  for (const [language, stem, term, articles] of members)
    collector.add(languages.indexOf(language), stem, term, articles);
  const { familyKeyStarts, familyKeyUnits, familyMemberStarts, familyMembers, familyMemberArticles } =
    collector.finish();
  const keys = new SortedKeys(familyKeyStarts, familyKeyUnits);
  const all = Array.from(familyMembers, (term, i) => [term, familyMemberArticles[i] as number] as const);
  return Array.from({ length: keys.size }, (_, family) => [
    keys.key(family),
    all.slice(familyMemberStarts[family], familyMemberStarts[family + 1]),
  ]);
}

describe('FamilyCollector', () => {
  it('sorts families by key and keeps members in order, each with its articles', () => {
    expect(
      familiesOf(
        ['en'],
        [
          ['en', 'town', 0, 5],
          ['en', 'attack', 1, 2],
          ['en', 'town', 2, 7],
          ['en', 'attack', 3, 1],
        ],
      ),
    ).toEqual([
      [
        'en:attack',
        [
          [1, 2],
          [3, 1],
        ],
      ],
      [
        'en:town',
        [
          [0, 5],
          [2, 7],
        ],
      ],
    ]);
  });

  it('keeps languages apart, and puts a term of several into a family of each', () => {
    expect(
      familiesOf(
        ['de', 'en'],
        [
          ['en', 'gift', 0, 4],
          ['de', 'gift', 0, 3],
        ],
      ),
    ).toEqual([
      ['de:gift', [[0, 3]]],
      ['en:gift', [[0, 4]]],
    ]);
  });

  it('takes stems that are names of object members', () => {
    expect(
      familiesOf(
        ['en'],
        [
          ['en', '__proto__', 0, 1],
          ['en', 'constructor', 1, 1],
        ],
      ),
    ).toEqual([
      ['en:__proto__', [[0, 1]]],
      ['en:constructor', [[1, 1]]],
    ]);
  });

  it('makes empty sections of nothing', () => {
    expect(familiesOf([], [])).toEqual([]);
  });
});
