/** `lede evaluate` on a tiny judged collection, with measures worked out by hand. */
import { appendFile, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateJudged } from '../../src/commands/evaluate-judged.ts';
import { openRankers, type Ranker } from '../../src/commands/open-ranker.ts';
import { defaultRanking, type RankingParameters } from '../../src/domain/ranking.ts';
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
    const { documents, means, outcomes, unjudged, warning, comparisons } = await evaluateJudged(tiny);
    expect(Object.fromEntries(outcomes.map(({ id, ranking }) => [id, ranking]))).toEqual(rankings);
    expect({ documents, unjudged, warning, comparisons }).toEqual({
      documents: 10,
      unjudged: 1,
      warning: null,
      comparisons: [],
    });
    const ndcg10 = (1 + second + (1 + 2 * second) / (2 + second) + 0 + 1 / (1 + second) + 1) / 6;
    expect(means.ndcg10).toBeCloseTo(ndcg10, 12);
    expect(means.averagePrecision).toBeCloseTo((1 + 1 / 2 + 1 + 0 + 1 / 2 + 1) / 6, 12);
    expect(means.recall100).toBeCloseTo((1 + 1 + 1 + 0 + 1 / 2 + 1) / 6, 12);
    expect(means.reciprocalRank).toBeCloseTo((1 + 1 / 2 + 1 + 0 + 1 + 1) / 6, 12);
    expect(means.success1).toBeCloseTo((1 + 0 + 1 + 0 + 1 + 1) / 6, 12);
  });

  it.each([
    ['odd', ['q1', 'q3', 'q5']],
    ['even', ['q2', 'q4', 'q6']],
  ] as const)('measures the %s queries of the file', async (half, ids) => {
    expect((await evaluateJudged(tiny, { half })).outcomes.map(({ id }) => id)).toEqual(ids);
  });

  it('compares another ranking with the default one, query by query', async () => {
    const standard = openRankers(null)[0];
    const reversed: Ranker = (searchable) => async (query, depth) =>
      [...(await standard(searchable)(query, depth))].reverse();
    const { comparisons, means } = await evaluateJudged(tiny, { rankers: [standard, reversed] });
    expect(comparisons.map(({ measure }) => measure)).toEqual(['nDCG@10', 'MRR', 'success@1', 'MAP', 'Recall@100']);
    expect(comparisons.map(({ before }) => before)).toEqual(Object.values(means));
    // Only q2 and q3 have their better document behind the other; two signs that agree are as likely as two that do not.
    expect(comparisons[0]).toMatchObject({ better: 2, worse: 0, p: 1 / 2 });
    expect(comparisons[4]).toMatchObject({ difference: 0, better: 0, worse: 0, p: 1 });
  });

  it('compares other parameters with the default ones', async () => {
    const rank = async (set: Partial<RankingParameters>) => {
      const { comparisons } = await evaluateJudged(tiny, { rankers: openRankers({ ...defaultRanking, ...set }) });
      return comparisons[0];
    };
    expect(await rank({})).toMatchObject({ difference: 0, better: 0, worse: 0 });
    // Only the article with both words of q2 is listed then, and it is not the relevant one.
    expect(await rank({ enoughShare: 2 })).toMatchObject({ better: 0, worse: 1 });
  });
});

describe('what would spoil the figures', () => {
  const withTiny = (change: (folder: string) => Promise<void>, expected: object) =>
    withTemporaryFolder(async (folder) => {
      await cp(tiny, folder, { recursive: true });
      await change(folder);
      await expect(evaluateJudged(folder)).rejects.toMatchObject(expected);
    });
  const addTo = (file: string, text: string) => (folder: string) => appendFile(join(folder, file), text);

  it.each([
    ['a folder without documents', 'docs.jsonl', null, 'not_found'],
    ['a collection without documents', 'docs.jsonl', '\n', 'invalid'],
    ['a line of queries that is no query', 'queries.jsonl', '{"id": 1}\n', 'invalid'],
    ['judgments without a grade', 'qrels.tsv', 'q1\tferry\n', 'invalid'],
    ['judgments with a grade that is no number', 'qrels.tsv', 'q1\tferry\tgood\n', 'invalid'],
    ['judgments of nothing relevant', 'qrels.tsv', 'q1\tferry\t0\n', 'invalid'],
  ])('is an error: %s', async (_, file, content, code) => {
    await withTemporaryFolder(async (folder) => {
      if (content !== null) {
        await cp(tiny, folder, { recursive: true });
        await writeFile(join(folder, file), content);
      }
      await expect(evaluateJudged(folder)).rejects.toMatchObject({ code, message: expect.stringContaining(file) });
    });
  });

  it('is an error: documents that cannot be read, with their lines', async () => {
    await withTiny(addTo('docs.jsonl', '{"id": "x", \n{"id": "y"}\n[]\n{"id": "ferry", "text": "again"}\n'), {
      code: 'invalid',
      message: expect.stringMatching(
        /^4 documents could not be read: ".*docs\.jsonl" (from line 1 on: article id "ferry" is taken|line 11: not valid JSON).*; and 1 more: mend or remove the lines$/,
      ),
    });
  });

  it('is an error: judgments of documents that are not there, with their number', async () => {
    await withTiny(addTo('qrels.tsv', 'q1\tlost\t1\nq2\tlost\t1\nq2\tgone\t2\nq3\tnever\t0\n'), {
      code: 'invalid',
      message: expect.stringMatching(
        /^3 judgments in qrels\.tsv of 2 documents that ".*docs\.jsonl" lacks \("lost", "gone"\): add the documents, or remove the judgments$/,
      ),
    });
  });

  it('is told: documents that were read, but not as written, and queries without judgments', async () => {
    await withTemporaryFolder(async (folder) => {
      await cp(tiny, folder, { recursive: true });
      await addTo('docs.jsonl', '{"id": "empty", "title": "Nothing but a title"}\n')(folder);
      await addTo('queries.jsonl', '{"id": "q7", "text": "nobody judged"}\n')(folder);
      const { warning, unjudged } = await evaluateJudged(folder);
      expect(warning).toMatch(/^1 warning about documents, the first: ".*docs\.jsonl" line 11: no text: /);
      expect(unjudged).toBe(2);
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
