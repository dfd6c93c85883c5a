/**
 * Floors under the ranking: nDCG@10 on judged collections. The collections are not part of the repository: the
 * environment variable RELEVANCE_DATA names a folder that holds one folder each, as `lede evaluate` reads them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateJudged } from '../../src/commands/evaluate-judged.ts';

const floors: readonly (readonly [collection: string, ndcg10: number])[] = [
  ['scifact', 0.69],
  ['cisi', 0.395],
  ['cacm', 0.48],
  ['xquad-en', 0.97],
  ['xquad-de', 0.94],
  ['xquad-ru', 0.955],
  ['xquad-zh', 0.966],
  ['jsquad-ja', 0.94],
  ['wikinews-headlines', 0.92],
];

const { RELEVANCE_DATA: folder } = process.env;

describe('nDCG@10', () => {
  for (const [collection, floor] of floors) {
    it(`on ${collection} is at least ${floor}`, { timeout: 120_000 }, async ({ skip }) => {
      if (folder === undefined) return skip('RELEVANCE_DATA names no folder of judged collections');
      const path = join(folder, collection);
      if (!existsSync(path)) return skip(`no folder "${path}"`);
      const { ndcg10 } = (await evaluateJudged(path)).means;
      expect(ndcg10).toBeGreaterThanOrEqual(floor);
    });
  }
});
