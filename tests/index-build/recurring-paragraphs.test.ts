/** Paragraphs that recur across articles are the same however a snapshot came about, and those of the definition. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { build } from '../../index-build/build.ts';
import type { MergeRules } from '../../index-build/merge-rules.ts';
import { mergeSnapshot } from '../../index-build/merge-snapshot.ts';
import type { ArticleOrdinal } from '../../src/domain/ids.ts';
import { has } from '../../src/engine/embedded/bit-set.ts';
import { viewSnapshot } from '../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../src/engine/embedded/opened-index.ts';
import { closeSearchable, openSearchable } from '../../src/open-searchable.ts';
import { buildPath, readCurrent, recurringFile } from '../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder } from '../contract/corpus-files.ts';
import { findRecurringParagraphs } from '../contract/recurring-paragraphs.ts';

/** A segment for every build. */
const keepAll: MergeRules = { alwaysTaken: 0, mostGathered: 0, muchChanged: Number.POSITIVE_INFINITY };
const takeSome: MergeRules = { alwaysTaken: 2, mostGathered: 8, muchChanged: Number.POSITIVE_INFINITY };

const promotion =
  'The gazette arrives each morning in your mailbox: sign your name below and let our editors send you the five stories that the harbour will talk about today, free of charge and without any obligation.';

/** Texts that many articles have, texts of one, and mixtures. */
const pieces = [
  'Read more.',
  'Photo: The harbour office',
  promotion,
  `${promotion} Yesterday a barge sank.`,
  'Our correspondent on the northern quay has followed the negotiations about the fishing grounds since they began.',
];
const paragraph = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...pieces) },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 400 }).map((number) => `Ship ${number} left the quay with ${number * 7} crates.`),
  },
);
const article = fc.array(paragraph, { minLength: 1, maxLength: 5 }).map((texts) => texts.join('\n\n'));
const names = [...'abcdefghijkl'];
const filesOf = (least: number, most: number) =>
  fc.dictionary(fc.constantFrom(...names), article, { minKeys: least, maxKeys: most, noNullPrototype: true });
const cases = fc.record({
  first: filesOf(8, 12),
  // So few at once that what recurred before is carried on, and many now and then.
  steps: fc.array(
    fc.record({
      written: fc.oneof({ weight: 3, arbitrary: filesOf(0, 1) }, { weight: 1, arbitrary: filesOf(0, 8) }),
      gone: fc.subarray(names, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  rules: fc.constantFrom(keepAll, takeSome),
});

describe('paragraphs that recur across articles', { timeout: 120_000 }, () => {
  it('are those of the definition, in a snapshot that grew as in one from nothing', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ first, steps, rules }) =>
        withTemporaryFolder(async (folder) => {
          const [corpus, grown, fresh] = ['corpus', 'grown', 'fresh'].map((name) => join(folder, name)) as [
            string,
            string,
            string,
          ];
          await mkdir(corpus);
          await writeAll(corpus, first);
          await build({ corpus, data: grown, isFull: true, keepBuilds: 1 });
          for (const { written, gone } of steps) {
            // A change must not fall into the clock's tick of the one before.
            await new Promise((resolve) => setTimeout(resolve, 15));
            await writeAll(corpus, written);
            for (const name of gone) {
              await rm(join(corpus, `${name}.md`), { force: true });
            }
            await build({ corpus, data: grown, isFull: false, keepBuilds: 1, rules });
          }
          await build({ corpus, data: fresh, isFull: true, keepBuilds: 1 });
          const expected = await readRecurring(fresh);
          expect(await readRecurring(grown)).toEqual(expected);
          await mergeSnapshot({ data: grown, keepBuilds: 1 });
          expect(await readRecurring(grown)).toEqual(expected);
          const texts = expected.paragraphs.map((own) => own.map(({ text }) => text));
          expect(expected.paragraphs.map((own) => own.map(({ recurs }) => recurs))).toEqual(
            findRecurringParagraphs(texts),
          );
        }),
      ),
      { numRuns: 40 },
    );
  });
});

async function writeAll(corpus: string, written: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(written)) {
    await writeFile(join(corpus, `${name}.md`), `---\ntitle: Gazette ${name}\n---\n${text}\n`);
  }
}

/** The file of the snapshot, and for each paragraph of its articles, in path order, whether it recurs. */
async function readRecurring(data: string) {
  const current = await readCurrent(data);
  if (current === null) throw new Error('nothing is published');
  const bytes = await readFile(join(buildPath(data, current), recurringFile));
  const searchable = await openSearchable(data);
  try {
    const { segments, recurring } = viewSnapshot(searchable.loaded, searchable.manifest.analyzer);
    const index = new OpenedIndex(segments, { recurring });
    const paragraphs: { text: string; recurs: boolean }[][] = [];
    for (let number = 0; number < index.articleNumbers; number++) {
      if (index.live !== null && !has(index.live, number)) continue;
      const texts = await searchable.store.readParagraphs(number as ArticleOrdinal);
      const start = index.paragraphStarts[number] as number;
      paragraphs.push(texts.map(({ text }, i) => ({ text, recurs: index.isRecurring(start + i) })));
    }
    return { bytes, paragraphs };
  } finally {
    await closeSearchable(searchable);
  }
}
