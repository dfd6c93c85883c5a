/**
 * The embedded engine against the oracle, on random corpora: equal hits, scores, paragraphs, totals, facets, dictionary
 * entries and plans. A failure prints the seed and the smallest case that shows it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Term } from '../../src/domain/ids.ts';
import type { EngineAnswer, EngineRequest, TermDictionary } from '../../src/engine/engine.ts';
import { parseQuery } from '../../src/query/parse-query.ts';
import { planQuery } from '../../src/query/plan-query.ts';
import type { Searchable } from '../../src/searchable.ts';
import { type CorpusFiles, readArticles } from './corpus-files.ts';
import { withEmbedded } from './open-embedded.ts';
import { openOracle } from './oracle-engine.ts';
import { corpusFilesOf, corpusWords } from './random-corpora.ts';
import { fitted, pinnedArbitrary, queryTextArbitrary, requestArbitrary, termsOf } from './random-requests.ts';

/** Corpora per property, and at most so many questions to each. */
const numRuns = 60;
const questions = 20;
/** Biased runs mostly make corpora that are empty or nearly so. */
const unbiased = true;

describe('the embedded engine and the oracle', { timeout: 60_000 }, () => {
  it('give equal answers to every request', async () => {
    const cases = casesOf(pinningArbitrary);
    await fc.assert(
      fc.asyncProperty(cases, ({ files, asked }) =>
        withBoth(files, async (embedded, oracle) => {
          const size = await oracle.engine.dictionary.size();
          for (const request of asked.map((one) => fitted(one, size))) {
            const expected = await oracle.engine.execute(request);
            const answer = await embedded.engine.execute(request);
            expectSameAnswer(answer, expected, request);
          }
        }),
      ),
      { numRuns, unbiased },
    );
  });

  it('give equal pages of an answer', async () => {
    const cases = casesOf((words) =>
      fc.record({ request: pinningArbitrary(words), offset: fc.nat({ max: 6 }), limit: fc.nat({ max: 6 }) }),
    );
    await fc.assert(
      fc.asyncProperty(cases, ({ files, asked }) =>
        withBoth(files, async (embedded, oracle) => {
          const size = await oracle.engine.dictionary.size();
          for (const { request: drawn, offset, limit } of asked) {
            const request = fitted(drawn, size);
            for (const { engine } of [embedded, oracle]) {
              const whole = await engine.execute(request);
              const page = await engine.execute({ ...request, offset, limit });
              expect(page).toEqual({ ...whole, hits: whole.hits.slice(offset, offset + limit) });
            }
          }
        }),
      ),
      { numRuns: 20, unbiased },
    );
  });

  it('know the same words', async () => {
    const cases = casesOf((words) => fc.constantFrom(...termsOf(words)));
    await fc.assert(
      fc.asyncProperty(cases, ({ files, asked }) =>
        withBoth(files, async (embedded, oracle) => {
          expect(await statusOf(embedded)).toEqual(await statusOf(oracle));
          for (const term of asked) {
            expect(await entriesOf(term, embedded.engine.dictionary)).toEqual(
              await entriesOf(term, oracle.engine.dictionary),
            );
          }
        }),
      ),
      { numRuns, unbiased },
    );
  });

  it('know the same misspellings in a dense dictionary', async () => {
    // Two letters of three, and two that share a surrogate: nearly everything is near to something.
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', '\u{10437}', '\u{10436}'),
      minLength: 1,
      maxLength: 7,
    });
    const cases = fc.record({
      words: fc.uniqueArray(letters, { minLength: 40, maxLength: 80, size: 'max' }),
      asked: fc.array(letters, { minLength: 1, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, ({ words, asked }) =>
        withBoth(new Map([['a.md', words.join(' ')]]), async (embedded, oracle) => {
          for (const term of [...asked, ...words.slice(0, 10)] as Term[]) {
            for (const maxEdits of [1, 2]) {
              const options = { maxEdits, leastArticles: 1, limit: 200 };
              const expected = await oracle.engine.dictionary.similar(term, options);
              expect(await embedded.engine.dictionary.similar(term, options), term).toEqual(expected);
            }
          }
        }),
      ),
      { numRuns: 20, unbiased },
    );
  });

  it('lead to equal plans for every query text', async () => {
    const cases = casesOf((words) =>
      fc.record({
        text: queryTextArbitrary(words),
        isTyping: fc.boolean(),
        correctsTypos: fc.boolean(),
        match: fc.constantFrom('most' as const, 'all' as const),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, ({ files, asked }) =>
        withBoth(files, async (embedded, oracle) => {
          for (const { text, ...options } of asked) {
            const { query } = parseQuery(text);
            const expected = await planQuery(query, oracle.engine.dictionary, options);
            const planned = await planQuery(query, embedded.engine.dictionary, options);
            expect({ ...planned, loosened: null }).toEqual({ ...expected, loosened: null });
            expect(await planned.loosened?.()).toEqual(await expected.loosened?.());
          }
        }),
      ),
      { numRuns, unbiased },
    );
  });

  it('store the same articles', async () => {
    await fc.assert(
      fc.asyncProperty(
        casesOf(() => fc.constant(null)),
        ({ files }) =>
          withBoth(files, async (embedded, oracle) => {
            expect(await storedIn(embedded)).toEqual(await storedIn(oracle));
          }),
      ),
      { numRuns: 20, unbiased },
    );
  });
});

interface Case<T> {
  readonly files: CorpusFiles;
  readonly asked: readonly T[];
}

function casesOf<T>(question: (words: readonly string[]) => fc.Arbitrary<T>): fc.Arbitrary<Case<T>> {
  return corpusWords.chain((words) =>
    fc.record({
      files: corpusFilesOf(words, { min: 1, max: 7 }),
      asked: fc.array(question(words), { minLength: 1, maxLength: questions }),
    }),
  );
}

function pinningArbitrary(words: readonly string[]): fc.Arbitrary<EngineRequest> {
  return fc
    .record({ request: requestArbitrary(words), pinned: pinnedArbitrary })
    .map(({ request, pinned }) => ({ ...request, pinned }));
}

function withBoth(
  files: CorpusFiles,
  work: (embedded: Searchable, oracle: Searchable) => Promise<void>,
): Promise<void> {
  return withEmbedded(files, (embedded) => work(embedded, openOracle(readArticles(files))));
}

/** Both add floating-point numbers in their own order, so that scores differ in the last digits. */
const tolerance = 1e-9;

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

function expectSameAnswer(answer: EngineAnswer, expected: EngineAnswer, { sort, pinned }: EngineRequest): void {
  expect({ ...answer, hits: [] }).toEqual({ ...expected, hits: [] });
  // Those that are pinned, and all by date, stand in an order without ties.
  const numbers = expected.hits.map(({ article }) => article);
  const given = sort === 'relevance' ? numbers.filter((article) => pinned?.includes(article)).length : numbers.length;
  expect(answer.hits.slice(0, given).map(({ article }) => article)).toEqual(numbers.slice(0, given));
  const ranked = inOrderOf(answer.hits.slice(given), expected.hits.slice(given), 'article');
  const hits = [...answer.hits.slice(0, given), ...ranked];
  hits.forEach((hit, index) => {
    const other = expected.hits[index];
    expect(hit).toMatchObject({ article: other?.article, leaves: other?.leaves });
    expectClose(hit.score, other?.score);
    const [own, others] = [hit.paragraphs, other?.paragraphs ?? []];
    expect(own.map(({ isRecurring }) => isRecurring)).toEqual(others.map(({ isRecurring }) => isRecurring));
    const paragraphs = [false, true].flatMap((recurs) => {
      const [some, same] = [own, others].map((list) => list.filter(({ isRecurring }) => isRecurring === recurs));
      return inOrderOf(some ?? [], same ?? [], 'paragraph');
    });
    paragraphs.forEach((paragraph, place) => {
      const twin = other?.paragraphs[place];
      expect(paragraph).toMatchObject({ paragraph: twin?.paragraph, leaves: twin?.leaves });
      expectClose(paragraph.score, twin?.score);
    });
  });
}

function expectClose(score: number, expected: number | undefined): void {
  expect(expected !== undefined && isClose(score, expected), `score ${score}, expected ${expected}`).toBe(true);
}

/**
 * The ranked things in the expected order, once it is checked that only ties differ from it: those whose expected scores
 * are close. Of two with exactly equal scores the one with the lower number must be first.
 */
function inOrderOf<K extends string, T extends { readonly score: number } & Readonly<Record<K, number>>>(
  ranked: readonly T[],
  expected: readonly T[],
  key: K,
): readonly T[] {
  expect(ranked.map((item) => item[key]).toSorted(ascending)).toEqual(
    expected.map((item) => item[key]).toSorted(ascending),
  );
  ranked.forEach((item, place) => {
    expectClose(item.score, expected[place]?.score);
    const next = ranked[place + 1];
    if (next !== undefined && next.score === item.score) expect(next[key]).toBeGreaterThan(item[key]);
  });
  return expected.map((item) => ranked.find((other) => other[key] === item[key]) as T);
}

function ascending(a: number, b: number): number {
  return a - b;
}

async function statusOf({ engine }: Searchable) {
  const { build: _, ...counts } = await engine.status();
  return { ...counts, languages: await engine.dictionary.languages() };
}

async function entriesOf(term: Term, dictionary: TermDictionary) {
  const stems = ['en', 'de', 'uk', 'ja', 'sv'].flatMap((language) =>
    [1, 2, 3, 4, 5, 6, 7, 20].map((length) => ({ language, stem: term.slice(0, length) })),
  );
  return {
    found: await dictionary.lookup([term, 'nowhere' as Term, term]),
    completions: await Promise.all(
      [0, 1, 2, 5].map((length) => dictionary.completions(term.slice(0, length) as Term, 3)),
    ),
    families: await dictionary.families(stems),
    similar: await Promise.all(
      [1, 2, 5].map((leastArticles) => dictionary.similar(term, { maxEdits: 2, leastArticles, limit: 4 })),
    ),
    misspelled: await dictionary.similar(`${term.slice(1)}${term.slice(0, 1)}` as Term, {
      maxEdits: 2,
      leastArticles: 1,
      limit: 10,
    }),
    size: await dictionary.size(),
    together: await dictionary.together([term, 'nowhere' as Term], [term, 'beta' as Term, 'nowhere' as Term]),
  };
}

async function storedIn({ engine, store }: Searchable) {
  const { articles } = await engine.status();
  const ordinals = Array.from({ length: articles }, (_, article) => article as Parameters<typeof store.readArticle>[0]);
  return Promise.all(
    ordinals.map(async (article) => {
      const data = await store.readArticle(article);
      expect(await store.find(data.id)).toBe(article);
      const first = await store.findPath(data.path);
      const openings = await Promise.all([0, 1, 2].map((limit) => store.readOpening(article, limit)));
      return { data, first, openings, paragraphs: await store.readParagraphs(article) };
    }),
  );
}
