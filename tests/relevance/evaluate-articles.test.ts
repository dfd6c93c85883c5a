/** `lede evaluate` on a folder of articles: known items that it draws, and misspellings from a file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateKnownItems } from '../../src/commands/evaluate-known-items.ts';
import { evaluateMisspellings } from '../../src/commands/evaluate-misspellings.ts';
import { openRankers, type Ranker } from '../../src/commands/open-ranker.ts';
import { corpusOf, withTemporaryFolder, writeFiles } from '../contract/corpus-files.ts';

const corpus = corpusOf({
  a: { title: 'Harbour lanterns', text: 'The lanterns of the harbour are lit at dusk by two keepers from the town.' },
  b: { title: 'Ferry timetable', text: '## Winter crossings\n\nThe ferry leaves twice a day, and never in a storm.' },
  c: { title: 'Ferry timetable', text: 'In summer the ferry leaves every hour from the harbour of the town.' },
});

/** `place` is a folder beside the articles. */
function withCorpus(work: (folder: string, place: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (place) => {
    const folder = join(place, 'corpus');
    await mkdir(folder);
    await writeFiles(folder, corpus);
    await work(folder, place);
  });
}

const defaults = { seed: 1, limit: 100, half: null, rankers: openRankers(null) };

describe('known items', () => {
  it('are measured class by class', async () => {
    await withCorpus(async (folder) => {
      const { articles, classes, outcomes } = await evaluateKnownItems(folder, defaults);
      expect(articles).toBe(3);
      const found = Object.fromEntries(classes.map((each) => [each.class, each]));
      expect(found.title).toEqual({
        class: 'title',
        queries: 1,
        success1: 1,
        success3: 1,
        success10: 1,
        mrr: 1,
        comparisons: [],
      });
      expect(found['title-shared']).toMatchObject({ queries: 1, share: 1 });
      expect(found.heading).toMatchObject({ queries: 1, success1: 1 });
      expect(found['title-word-replaced']).toMatchObject({ queries: 0, success1: 0 });
      expect(outcomes.filter((outcome) => outcome.class === 'title-shared')).toMatchObject([
        { text: 'Ferry timetable', articles: ['b.md', 'c.md'], rank: 1, share: 1 },
      ]);
    });
  });

  it('are asked without a place for what the ranking lacks, and compared with another ranking', async () => {
    await withCorpus(async (folder) => {
      const blind: Ranker = () => async () => [];
      const { classes } = await evaluateKnownItems(folder, { ...defaults, rankers: [defaults.rankers[0], blind] });
      const [title] = classes;
      expect(title?.comparisons.map(({ measure, before, after }) => [measure, before, after])).toEqual(
        ['success@1', 'success@3', 'success@10', 'MRR', 'share'].map((measure) => [measure, 1, 0]),
      );
    });
  });

  it('are not drawn from a folder without articles', async () => {
    await withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'empty'));
      await writeFile(join(folder, 'empty', 'photo.png'), 'no text');
      await expect(evaluateKnownItems(join(folder, 'empty'), defaults)).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringMatching(
          /^no article in ".*empty" \(skipped: photo\.png: .*\): name a folder of articles$/,
        ),
      });
    });
  });
});

describe('misspellings', () => {
  it('are measured where their correction is a word of the articles', async () => {
    await withCorpus(async (folder, place) => {
      const file = join(place, 'pairs.tsv');
      await writeFile(file, 'harbuor\tharbour\nlanturns\tlanterns\nqauy\tquay\ntimetbale\ttimetable\nduks\tdusk\n');
      const { articles, others, distances } = await evaluateMisspellings(folder, file, null);
      expect({ articles, others }).toEqual({ articles: 3, others: 1 });
      expect(distances).toEqual([
        { distance: 1, pairs: 4, found: 1, suggested: 1, added: expect.any(Number), wrong: expect.any(Number) },
      ]);
      expect((await evaluateMisspellings(folder, file, 'even')).outcomes).toHaveLength(2);
    });
  });

  it('say so where no correction is', async () => {
    await withCorpus(async (folder, place) => {
      const file = join(place, 'pairs.tsv');
      await writeFile(file, 'qauy\tquay\n');
      await expect(evaluateMisspellings(folder, file, null)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('is a word of'),
      });
    });
  });
});
