/** `lede evaluate` on a tiny judged collection, with measures worked out by hand. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/commands/evaluate.ts';
import { averagePrecision, ndcg, recall } from '../../src/evaluation/measures.ts';
import { withTemporaryFolder } from '../contract/corpus-files.ts';

const tiny = join(import.meta.dirname, 'tiny');

/** 1 / log2(3) and 1 / log2(4): what the second and the third place are worth. */
const second = 0.6309297535714575;
const third = 0.5;

describe('evaluate', () => {
  /**
   *     ferry              ferry, boats      both relevant                       nDCG 1                AP 1    recall 1
   *     lighthouse keeper  keeper, tower     the second is                       nDCG second           AP 1/2  recall 1
   *     tide tables        tables, moon      grades 1, 2      (1 + 2 second) / (2 + second)            AP 1    recall 1
   *     compass            nothing           one is                              nDCG 0                AP 0    recall 0
   *     Hafen              hafen             so is werft             nDCG 1 / (1 + second)             AP 1/2  recall 1/2
   *     pier               flag              it is                               nDCG 1                AP 1    recall 1
   */
  const rankings = {
    q1: ['ferry', 'boats'],
    q2: ['keeper', 'tower'],
    q3: ['tables', 'moon'],
    q4: [],
    q5: ['hafen'],
    q6: ['flag'],
  };

  it('measures the rankings that users get, over the judged queries', async () => {
    await withTemporaryFolder(async (folder) => {
      const perQuery = join(folder, 'queries.jsonl');
      const { documents, map, ndcg10, queries, recall100 } = await evaluate(tiny, perQuery);
      const outcomes = (await readFile(perQuery, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(Object.fromEntries(outcomes.map(({ id, ranking }) => [id, ranking]))).toEqual(rankings);
      expect([queries, documents]).toEqual([6, 10]);
      expect(ndcg10).toBeCloseTo((1 + second + (1 + 2 * second) / (2 + second) + 0 + 1 / (1 + second) + 1) / 6, 12);
      expect(map).toBeCloseTo((1 + 1 / 2 + 1 + 0 + 1 / 2 + 1) / 6, 12);
      expect(recall100).toBeCloseTo((1 + 1 + 1 + 0 + 1 / 2 + 1) / 6, 12);
    });
  });

  it.each([
    ['a folder without documents', 'docs.jsonl', null, 'not_found'],
    ['a line of queries that is no query', 'queries.jsonl', '{"id": 1}\n', 'invalid'],
    ['judgments without a grade', 'qrels.tsv', 'q1\tferry\n', 'invalid'],
    ['judgments with a grade that is no number', 'qrels.tsv', 'q1\tferry\tgood\n', 'invalid'],
  ])('refuses %s, by name', async (_, file, content, code) => {
    await withTemporaryFolder(async (folder) => {
      if (content !== null) {
        await cp(tiny, folder, { recursive: true });
        await writeFile(join(folder, file), content);
      }
      await expect(evaluate(folder, null)).rejects.toMatchObject({ code, message: expect.stringContaining(file) });
    });
  });
});

describe('the measures', () => {
  const judgments = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 0],
  ]);

  it.each([
    [['a', 'b'], 10, 1],
    [['b', 'a'], 10, (1 + 2 * second) / (2 + second)],
    [['c', 'a'], 10, (2 * second) / (2 + second)],
    [['x', 'y', 'b'], 10, third / (2 + second)],
    [['x', 'a'], 1, 0],
    [['b'], 1, 1 / 2],
    [[], 10, 0],
  ])('nDCG of %j at %i', (ranking, depth, expected) => {
    expect(ndcg(ranking, judgments, depth)).toBeCloseTo(expected, 12);
  });

  it.each([
    [['a', 'b'], 1],
    [['x', 'a', 'y', 'b'], (1 / 2 + 2 / 4) / 2],
    [['c', 'b'], (1 / 2 + 0) / 2],
    [[], 0],
  ])('average precision of %j', (ranking, expected) => {
    expect(averagePrecision(ranking, judgments)).toBeCloseTo(expected, 12);
  });

  it.each([
    [['a', 'x', 'b'], 3, 1],
    [['a', 'x', 'b'], 2, 1 / 2],
    [['c'], 3, 0],
  ])('recall of %j at %i', (ranking, depth, expected) => {
    expect(recall(ranking, judgments, depth)).toBeCloseTo(expected, 12);
  });

  it('are 0 where nothing is relevant', () => {
    const none = new Map([['a', 0]]);
    expect([ndcg(['a'], none, 10), averagePrecision(['a'], none), recall(['a'], none, 10)]).toEqual([0, 0, 0]);
  });
});
