/**
 * A snapshot that grew by changes answers like one that was built from nothing, to the last bit of every score, and
 * like the oracle: whatever segments it is made of, and after they are merged.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { build } from '../../index-build/build.ts';
import { mergeSnapshot } from '../../index-build/merge-snapshot.ts';
import type { EngineAnswer, EngineRequest } from '../../src/engine/engine.ts';
import { closeSearchable, openSearchable } from '../../src/open-searchable.ts';
import type { Searchable } from '../../src/searchable.ts';
import { readArticles, withTemporaryFolder } from './corpus-files.ts';
import { openOracle } from './oracle-engine.ts';
import { corpusFileOf, corpusFilesOf, corpusWords } from './random-corpora.ts';
import { fitted, requestArbitrary } from './random-requests.ts';

/** Each build leaves a segment of its own, however small. */
const keepAll = { alwaysTaken: 0, mostGathered: 0, muchChanged: Number.POSITIVE_INFINITY };

type Change =
  | { readonly kind: 'write'; readonly file: readonly [path: string, text: string] }
  | { readonly kind: 'delete'; readonly at: number };

const cases = corpusWords.chain((words) => {
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), file: corpusFileOf(words) }),
    fc.record({ kind: fc.constant('delete' as const), at: fc.nat({ max: 9 }) }),
  );
  return fc.record({
    files: corpusFilesOf(words, { min: 2, max: 7 }),
    steps: fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    drawn: fc.array(requestArbitrary(words), { minLength: 1, maxLength: 6 }),
  });
});

describe('a snapshot that grew by changes', { timeout: 180_000 }, () => {
  it('answers like one that was built from nothing, and like the oracle', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ files, steps, drawn }) =>
        withTemporaryFolder(async (folder) => {
          const corpus = join(folder, 'corpus');
          const grown = join(folder, 'grown');
          const fresh = join(folder, 'fresh');
          await mkdir(corpus);
          const now = new Map(files);
          for (const [path, text] of files) await write(corpus, path, text);
          await build({ corpus, data: grown, isFull: true, keepBuilds: 1 });
          for (const changes of steps) {
            for (const change of changes) await apply(change, corpus, now);
            await build({ corpus, data: grown, isFull: false, keepBuilds: 1, rules: keepAll });
          }
          await build({ corpus, data: fresh, isFull: true, keepBuilds: 1 });
          const oracle = openOracle(readArticles(new Map([...now].sort(([a], [b]) => (a < b ? -1 : 1)))));
          const size = await oracle.engine.dictionary.size();
          const requests = drawn.map((request) => fitted(request, size));
          const expected = await answersOf(fresh, requests);
          expect(await answersOf(grown, requests)).toEqual(expected);
          await mergeSnapshot({ data: grown, keepBuilds: 1 });
          expect(await answersOf(grown, requests)).toEqual(expected);
          for (const [index, request] of requests.entries()) {
            const answer = await oracle.engine.execute(request);
            expect(rounded(await describeAnswer(answer, oracle))).toEqual(rounded(expected[index] as Described));
          }
        }),
      ),
      { numRuns: 40, unbiased: true },
    );
  });
});

async function write(corpus: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(corpus, path)), { recursive: true });
  await writeFile(join(corpus, path), text);
}

async function apply(change: Change, corpus: string, files: Map<string, string>): Promise<void> {
  // A change must not fall into the clock's tick of the one before.
  await new Promise((resolve) => setTimeout(resolve, 15));
  if (change.kind === 'write') {
    const [path, text] = change.file;
    await write(corpus, path, text);
    files.set(path, text);
    return;
  }
  const path = [...files.keys()][change.at % Math.max(1, files.size)];
  if (path === undefined) return;
  await rm(join(corpus, path));
  files.delete(path);
}

async function answersOf(data: string, requests: readonly EngineRequest[]): Promise<Described[]> {
  const searchable = await openSearchable(data);
  try {
    const answers: Described[] = [];
    for (const request of requests) {
      answers.push(await describeAnswer(await searchable.engine.execute(request), searchable));
    }
    return answers;
  } finally {
    await closeSearchable(searchable);
  }
}

type Described = Awaited<ReturnType<typeof describeAnswer>>;

/** An answer without numbers that mean something in one snapshot only. */
async function describeAnswer({ hits, ...rest }: EngineAnswer, { store }: Searchable) {
  const described = hits.map(async ({ article, paragraphs, ...hit }) => ({
    ...hit,
    id: (await store.readArticle(article)).id,
    paragraphs: await Promise.all(
      paragraphs.map(async ({ paragraph, ...match }) => ({ ...match, id: (await store.readParagraph(paragraph)).id })),
    ),
  }));
  return { ...rest, hits: await Promise.all(described) };
}

/** The oracle adds floating-point numbers in another order: ties may differ in the last bits. */
function rounded({ hits, ...rest }: Described) {
  const round = (score: number) => Math.round(score * 1e7);
  const byScore = (a: { score: number; id: string }, b: { score: number; id: string }) =>
    b.score - a.score || (a.id < b.id ? -1 : 1);
  return {
    ...rest,
    hits: hits
      .map((hit) => ({
        ...hit,
        score: round(hit.score),
        paragraphs: hit.paragraphs.map((match) => ({ ...match, score: round(match.score) })).sort(byScore),
      }))
      .sort(byScore),
  };
}
