import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseMerged, mergeRules, wantsMerge } from '../../index-build/merge-rules.ts';
import type { BuildReport } from '../../src/domain/build-report.ts';
import type { BuildId } from '../../src/domain/ids.ts';
import type { Manifest } from '../../src/snapshot/snapshot-folder.ts';

const sizesOf = (sizes: readonly number[]) =>
  sizes.map((liveParagraphs, index) => ({ name: `s${index}`, liveParagraphs }));

describe('chooseMerged', () => {
  it.each<[string, number[], number, string[]]>([
    ['takes small segments, whatever the build has', [50_000, 900, 3], 1, ['s2', 's1']],
    ['takes those of at most twice the size', [50_000, 4000, 1500], 800, ['s2', 's1']],
    ['leaves one that is much larger', [50_000, 8000], 800, []],
    ['takes those that nothing is left of', [0, 50_000], 15_000, ['s0']],
    ['gathers no more than it may', [19_000, 50_000], 2000, []],
    ['has nothing to take from an empty snapshot', [], 5, []],
  ])('%s', (_, sizes, added, expected) => {
    expect([...chooseMerged(sizesOf(sizes), added, mergeRules)].sort()).toEqual([...expected].sort());
  });

  it('leaves few segments, however many changes follow each other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 300 }), (changes) => {
        let sizes = [1_000_000];
        for (const added of changes) {
          const chosen = chooseMerged(sizesOf(sizes), added, mergeRules);
          const gathered = sizes.reduce((sum, size, index) => (chosen.has(`s${index}`) ? sum + size : sum), added);
          expect(gathered).toBeLessThanOrEqual(mergeRules.mostGathered);
          sizes = [...sizes.filter((_, index) => !chosen.has(`s${index}`)), gathered];
        }
        // Those that are full, of which none holds less than a third of what it may, and a tower of smaller ones.
        const full = sizes.filter((size) => size > mergeRules.mostGathered / 3).length;
        expect(sizes.length - full).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('wantsMerge', () => {
  it.each<[boolean, string, number, number[]]>([
    [false, 'one segment without removals', 100_000, [100_000]],
    [false, 'little beside the largest', 105_000, [100_000, 5000]],
    [true, 'much beside the largest', 125_000, [100_000, 25_000]],
    [true, 'much that is removed', 75_000, [100_000]],
    [true, 'more than ten segments', 100_011, [100_000, ...Array.from({ length: 11 }, () => 1)]],
    [true, 'more beside it than a change should compile anew', 1_031_000, [1_000_000, 31_000]],
    [false, 'an empty snapshot', 0, [0]],
  ])('is %s for %s', (expected, _, live, held) => {
    expect(wantsMerge(manifestOf(live, held))).toBe(expected);
  });
});

function manifestOf(live: number, held: readonly number[]): Manifest {
  return {
    format: 1,
    build: 'b' as BuildId,
    publishedAt: '',
    analyzer: '',
    articles: live,
    paragraphs: live,
    terms: 0,
    segments: held.map((paragraphs, index) => ({ name: `s${index}`, articles: paragraphs, paragraphs, removed: [] })),
    files: {},
    report: {} as BuildReport,
  };
}
