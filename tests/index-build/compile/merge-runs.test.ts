import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MergeSource, mergeRuns } from '../../../index-build/compile/merge-runs.ts';
import { fields } from '../../../src/domain/article.ts';
import { type Occurrence, readRun, sorted, writeRun } from './read-run.ts';

const articleCount = 12;
const occurrence: fc.Arbitrary<Occurrence> = fc.record({
  term: fc.constantFrom('a', 'b', 'c', 'ab', 'abc', 'abcd', 'abce', 'é', '東', '\ud83d\ude00', '\uffff', '\0', ''),
  article: fc.nat(articleCount - 1),
  paragraph: fc.oneof(fc.nat(2), fc.constantFrom(31, 32, 5000)),
  field: fc.constantFrom(...fields),
  positions: fc
    .uniqueArray(fc.oneof(fc.nat(300), fc.constantFrom(127, 128, 16_384)), { minLength: 1, maxLength: 4 })
    .map((all) => all.sort((a, b) => a - b)),
});
const occurrences = fc
  .uniqueArray(occurrence, {
    maxLength: 60,
    selector: (one) => `${one.term} ${one.article} ${one.paragraph} ${one.field}`,
  })
  .map(sorted);

/** Each article's source, and whether it is gone. */
const assignment = fc.array(fc.record({ source: fc.nat(3), isGone: fc.boolean() }), {
  minLength: articleCount,
  maxLength: articleCount,
});
/** Sources of neighbours, as batches are, in any order. */
const neighbours = fc.record({ order: fc.shuffledSubarray([0, 1, 2, 3]), gone: fc.array(fc.nat(articleCount - 1)) });

/** A source of the articles with these numbers, its own numbers 0, 1, 2… */
function sourceOf(all: readonly Occurrence[], articles: readonly number[], gone: readonly number[]): MergeSource {
  const own = all.filter(({ article }) => articles.includes(article));
  const kept = articles.filter((article) => !gone.includes(article));
  return {
    run: writeRun(own.map((one) => ({ ...one, article: articles.indexOf(one.article) }))),
    // The new numbers are those of what is left.
    articles: Int32Array.from(articles, (article) => (kept.includes(article) ? numberOf(article, gone) : -1)),
  };
}

function numberOf(article: number, gone: readonly number[]): number {
  return article - new Set(gone.filter((other) => other < article)).size;
}

function without(all: readonly Occurrence[], gone: readonly number[]): Occurrence[] {
  return all
    .filter(({ article }) => !gone.includes(article))
    .map((one) => ({ ...one, article: numberOf(one.article, gone) }));
}

const numbers = Array.from({ length: articleCount }, (_, article) => article);

describe('mergeRuns', () => {
  it('puts runs together into what one run of all would be, however their articles are mixed and which are gone', () => {
    fc.assert(
      fc.property(occurrences, assignment, (all, assigned) => {
        const gone = numbers.filter((article) => assigned[article]?.isGone);
        const sources = [0, 1, 2, 3].map((source) =>
          sourceOf(
            all,
            numbers.filter((article) => assigned[article]?.source === source),
            gone,
          ),
        );
        const expected = without(all, gone);
        const merged = mergeRuns(sources);
        expect(readRun(merged)).toEqual(expected);
        expect(merged).toEqual(writeRun(expected));
      }),
      { numRuns: 300 },
    );
  });

  it('does so for sources behind each other too, given in any order', () => {
    fc.assert(
      fc.property(occurrences, neighbours, (all, { order, gone }) => {
        const parts = order.map((part) => numbers.slice(part * 3, part * 3 + 3));
        const missing = numbers.filter((article) => !parts.flat().includes(article));
        const left = without(all, [...gone, ...missing]);
        const sources = parts.map((part) => {
          const { run } = sourceOf(all, part, []);
          const articles = part.map((one) => (gone.includes(one) ? -1 : numberOf(one, [...gone, ...missing])));
          return { run, articles: Int32Array.from(articles) };
        });
        expect(mergeRuns(sources)).toEqual(writeRun(left));
      }),
      { numRuns: 300 },
    );
  });

  it('gives arrays that own their memory, so that threads can pass them on', () => {
    const all = numbers.map((article): Occurrence => {
      return { term: `t${article % 5}`, article, paragraph: 0, field: 'body', positions: [article] };
    });
    const merged = mergeRuns([sourceOf(all, numbers.slice(0, 6), [1]), sourceOf(all, numbers.slice(6), [1])]);
    for (const array of Object.values(merged)) expect(array.byteLength).toBe(array.buffer.byteLength);
  });

  it('merges runs that were merged', () => {
    fc.assert(
      fc.property(occurrences, (all) => {
        const [first, second, third] = [0, 1, 2].map((part) =>
          sourceOf(
            all,
            numbers.filter((article) => article % 3 === part),
            [],
          ),
        ) as [MergeSource, MergeSource, MergeSource];
        const both = mergeRuns([first, second]);
        const merged = mergeRuns([third, { run: both, articles: Int32Array.from(numbers) }]);
        expect(merged).toEqual(writeRun(all));
      }),
    );
  });

  it('makes an empty run of none, and of empty ones', () => {
    const empty = { run: writeRun([]), articles: new Int32Array(0) };
    expect(readRun(mergeRuns([]))).toEqual([]);
    expect(readRun(mergeRuns([empty, empty]))).toEqual([]);
  });

  it('drops a term whose articles are all gone, in some sources or in all', () => {
    const gone: Occurrence = { term: 'gone', article: 0, paragraph: 0, field: 'body', positions: [0, 200] };
    const run = writeRun([gone, { ...gone, term: 'there', article: 1 }]);
    expect(mergeRuns([{ run, articles: Int32Array.of(-1, -1) }]).termStarts).toEqual(Uint32Array.of(0));
    const half = mergeRuns([{ run, articles: Int32Array.of(-1, 0) }]);
    expect(half).toEqual(writeRun([{ ...gone, term: 'there' }]));
  });
});
