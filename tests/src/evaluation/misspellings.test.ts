import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Misspelling,
  type MisspellingOutcome,
  measureMisspelling,
  readMisspellings,
  summarizeMisspellings,
} from '../../../src/evaluation/misspellings.ts';
import { withTemporaryFolder } from '../../contract/corpus-files.ts';
import { FakeDictionary } from '../query/fake-dictionary.ts';

function read(text: string): Promise<Misspelling[]> {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'pairs.tsv'), text);
    return readMisspellings(join(folder, 'pairs.tsv'));
  });
}

describe('readMisspellings', () => {
  it('reads pairs, with the distance as stated or counted', async () => {
    expect(await read('harbuor\tharbour\t1\r\n\nlantren\tlantern\ntied\ttides')).toEqual([
      { misspelling: 'harbuor', correction: 'harbour', distance: 1 },
      { misspelling: 'lantren', correction: 'lantern', distance: 1 },
      { misspelling: 'tied', correction: 'tides', distance: 2 },
    ]);
  });

  it('passes over a line of headings', async () => {
    expect(await read('misspelling\tcorrection\tdistance\nlantren\tlantern\t1\n')).toHaveLength(1);
  });

  it.each([
    ['lantren lantern\n', 1],
    ['lantren\tlantern\n\t\t1\n', 2],
    ['lantren\tlantern\tone\n', 1],
  ])('names the line of %j that is no pair', async (text, line) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(new RegExp(`pairs\\.tsv" line ${line}: ".*", expected misspelling, correction`)),
    });
  });

  it('says which file is not there', async () => {
    await withTemporaryFolder(async (folder) => {
      await rm(join(folder, 'pairs.tsv'), { force: true });
      await expect(readMisspellings(join(folder, 'pairs.tsv'))).rejects.toMatchObject({ code: 'not_found' });
    });
  });
});

describe('measureMisspelling', () => {
  const dictionary = new FakeDictionary({
    harbour: [40, 'en'],
    harbours: [10, 'en'],
    lantern: [20, 'en'],
    lanturn: [1, 'en'],
    competition: [30, 'en'],
    ferrying: [3, 'en'],
    ferry: [50, 'en'],
  });
  const measure = (misspelling: string, correction: string) =>
    measureMisspelling({ misspelling, correction, distance: 1 }, dictionary);

  it('finds the correction among the added terms, and counts those of no kin to it', async () => {
    expect(await measure('lantren', 'lantern')).toMatchObject({
      isFound: true,
      suggestion: 'lantern',
      isSuggested: true,
      added: 1,
      wrong: 0,
    });
    expect(await measure('lantarn', 'lantern')).toMatchObject({ isFound: true, isSuggested: true, added: 2, wrong: 1 });
  });

  it('takes a word of the family for right, but suggested only the correction itself', async () => {
    expect(await measure('harbuor', 'harbours')).toMatchObject({
      isFound: true,
      suggestion: 'harbour',
      isSuggested: false,
      wrong: 0,
    });
  });

  it('finds what the misspelling is a beginning of', async () => {
    expect(await measure('compet', 'competition')).toMatchObject({ isFound: true, suggestion: null, added: 0 });
  });

  it('says what was added in vain', async () => {
    expect(await measure('harbor', 'ferry')).toMatchObject({ isFound: false, isSuggested: false, added: 2, wrong: 2 });
  });

  it('counts what is looked for beside a misspelling that articles hold', async () => {
    const slips = new FakeDictionary({ lantern: [900, 'en'], lanturn: [2, 'en'], lantren: [1, 'en'] });
    const pair = { misspelling: 'lantren', correction: 'lantern', distance: 1 };
    expect(await measureMisspelling(pair, slips)).toMatchObject({
      isFound: true,
      isSuggested: true,
      added: 1,
      wrong: 0,
    });
  });

  it.each([
    ['qway', 'quay', 'no word of the corpus'],
    ['oldferry', 'old ferry', 'two words'],
    ['fer-ry', 'ferry', 'a misspelling of two words'],
  ])('leaves out "%s" for "%s": %s', async (misspelling, correction) => {
    expect(await measure(misspelling, correction)).toBeNull();
  });
});

describe('summarizeMisspellings', () => {
  it('gives shares by distance; of added terms over all pairs', () => {
    const outcome = (distance: number, rest: Partial<MisspellingOutcome>): MisspellingOutcome => ({
      misspelling: '',
      correction: '',
      distance,
      isFound: false,
      suggestion: null,
      isSuggested: false,
      added: 0,
      wrong: 0,
      ...rest,
    });
    const outcomes = [
      outcome(2, {}),
      outcome(1, { isFound: true, isSuggested: true, added: 1, wrong: 0 }),
      outcome(1, { isFound: true, added: 7, wrong: 6 }),
    ];
    expect(summarizeMisspellings(outcomes)).toEqual([
      { distance: 1, pairs: 2, found: 1, suggested: 0.5, added: 8, wrong: 0.75 },
      { distance: 2, pairs: 1, found: 0, suggested: 0, added: 0, wrong: 0 },
    ]);
  });
});
