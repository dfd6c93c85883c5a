import { describe, expect, it } from 'vitest';
import { FamilyCollector } from '../../../index-build/compile/families.ts';
import type { Term } from '../../../src/domain/ids.ts';
import { SortedKeys } from '../../../src/engine/embedded/string-table.ts';

/** Members by family key, in the order of the sections. */
function familiesOf(terms: readonly (readonly [term: string, ...languages: string[]])[]): [string, number[]][] {
  const collector = new FamilyCollector();
  terms.forEach(([term, ...languages], number) => {
    collector.add(term as Term, number, languages);
  });
  const { familyKeyStarts, familyKeyUnits, familyMemberStarts, familyMembers } = collector.finish();
  const keys = new SortedKeys(familyKeyStarts, familyKeyUnits);
  return Array.from({ length: keys.size }, (_, family): [string, number[]] => [
    keys.key(family),
    [...familyMembers.subarray(familyMemberStarts[family], familyMemberStarts[family + 1])],
  ]);
}

describe('FamilyCollector', () => {
  it('groups the terms of a language by their stem, keys and members ascending', () => {
    expect(
      familiesOf([
        ['attack', 'en'],
        ['attacks', 'en'],
        ['town', 'en'],
        ['towns', 'en'],
      ]),
    ).toEqual([
      ['en:attack', [0, 1]],
      ['en:town', [2, 3]],
    ]);
  });

  it('keeps languages apart, and puts a term of several into a family of each', () => {
    expect(
      familiesOf([
        ['gift', 'de', 'en'],
        ['gifte', 'de'],
        ['gifts', 'en'],
      ]),
    ).toEqual([
      ['de:gift', [0, 1]],
      ['en:gift', [0, 2]],
    ]);
  });

  it('leaves out numbers, signs, short words, and languages without a stemmer', () => {
    expect(familiesOf([['6000', 'en'], ['c++', 'en'], ['as', 'en'], ['東京', 'ja'], ['attack']])).toEqual([]);
  });

  it('takes stems that are names of object members', () => {
    expect(
      familiesOf([
        ['constructor', 'en'],
        ['constructors', 'en'],
      ]),
    ).toEqual([['en:constructor', [0, 1]]]);
  });
});
