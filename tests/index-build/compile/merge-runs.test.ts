import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MergeSource, mergeRuns } from '../../../index-build/compile/merge-runs.ts';
import { type Run, RunWriter } from '../../../index-build/compile/run.ts';
import { type Field, fields } from '../../../src/domain/article.ts';
import type { Term } from '../../../src/domain/ids.ts';
import { PositionsCursor, PostingsCursor } from '../../../src/engine/embedded/postings.ts';
import { SortedKeys } from '../../../src/engine/embedded/string-table.ts';

/** Where a term stands: field, paragraph, positions. */
interface Occurrence {
  readonly term: string;
  readonly field: Field;
  readonly paragraph: number;
  readonly positions: readonly number[];
}

function sorted(occurrences: readonly Occurrence[]): Occurrence[] {
  return [...occurrences].sort((a, b) =>
    a.term === b.term
      ? fields.indexOf(a.field) - fields.indexOf(b.field) || a.paragraph - b.paragraph
      : a.term < b.term
        ? -1
        : 1,
  );
}

function runOf(occurrences: readonly Occurrence[]): Run {
  const writer = new RunWriter();
  for (const term of [...new Set(occurrences.map((occurrence) => occurrence.term))].sort()) {
    const lists = fields.map((field) => {
      const own = sorted(occurrences.filter((other) => other.term === term && other.field === field));
      const list = {
        paragraphs: own.map(({ paragraph }) => paragraph),
        frequencies: own.map(({ positions }) => positions.length),
        positions: own.flatMap(({ positions }) => positions),
      };
      return [field, own.length > 0 ? list : undefined] as const;
    });
    writer.add(term as Term, Object.fromEntries(lists.filter(([, list]) => list !== undefined)));
  }
  return writer.finish();
}

function readRun({ termStarts, termUnits, lists }: Run): Occurrence[] {
  const terms = new SortedKeys(termStarts, termUnits);
  const found: Occurrence[] = [];
  for (let term = 0; term < terms.size; term++) {
    for (const field of fields) {
      const { postings, postingsStarts, positions, positionsStarts } = lists[field];
      const cursor = new PostingsCursor(postings, postingsStarts[term] as number, postingsStarts[term + 1] as number);
      const reader = new PositionsCursor(positions, positionsStarts[term] as number);
      while (cursor.advance()) {
        const places: number[] = [];
        reader.read(cursor.frequency, places);
        found.push({ term: terms.key(term), field, paragraph: cursor.paragraph, positions: places });
      }
    }
  }
  return found;
}

const paragraphCount = 12;
const occurrence = fc.record({
  term: fc.constantFrom('a', 'b', 'c', 'ab', 'é', '東', '\ud83d\ude00', '\uffff'),
  field: fc.constantFrom(...fields),
  paragraph: fc.nat(paragraphCount - 1),
  positions: fc.uniqueArray(fc.nat(300), { minLength: 1, maxLength: 4 }).map((all) => all.sort((a, b) => a - b)),
});
const occurrences = fc
  .uniqueArray(occurrence, { maxLength: 40, selector: (one) => `${one.term} ${one.field} ${one.paragraph}` })
  .map(sorted);

/** Each paragraph's source, -1 = gone. */
const assignment = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: paragraphCount, maxLength: paragraphCount });

/** The paragraphs that a source has, under their numbers there, with the map to their numbers in the whole. */
function sourceOf(all: readonly Occurrence[], wanted: readonly number[], gone: readonly number[]): MergeSource {
  const own = [...wanted, ...gone].sort((a, b) => a - b);
  const mine = all.filter(({ paragraph }) => own.includes(paragraph));
  const run = runOf(mine.map((one) => ({ ...one, paragraph: own.indexOf(one.paragraph) })));
  return { run, paragraphs: Int32Array.from(own, (paragraph) => (gone.includes(paragraph) ? -1 : paragraph)) };
}

describe('mergeRuns', () => {
  it('puts runs together into what one run of all would be, however their paragraphs are mixed', () => {
    fc.assert(
      fc.property(occurrences, assignment, (all, sourceNumbers) => {
        const paragraphs = [...sourceNumbers.keys()];
        const gone = paragraphs.filter((paragraph) => sourceNumbers[paragraph] === -1);
        const sources = [0, 1, 2, 3].map((number) =>
          // What is gone was in the first source.
          sourceOf(
            all,
            paragraphs.filter((paragraph) => sourceNumbers[paragraph] === number),
            number === 0 ? gone : [],
          ),
        );
        const kept = all.filter(({ paragraph }) => !gone.includes(paragraph));
        const observed: [string, readonly number[]][] = [];
        const merged = mergeRuns(sources, (term, held) => observed.push([term, held]));
        expect(readRun(merged)).toEqual(kept);
        expect(merged).toEqual(runOf(kept));
        expect(observed).toEqual(
          [...new Set(kept.map(({ term }) => term))].map((term) => {
            const held = kept.filter((one) => one.term === term).map(({ paragraph }) => paragraph);
            return [term, [...new Set(held)].sort((a, b) => a - b)];
          }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('makes an empty run of none, and of empty ones', () => {
    const empty = { run: runOf([]), paragraphs: new Int32Array(0) };
    expect(readRun(mergeRuns([], () => undefined))).toEqual([]);
    expect(readRun(mergeRuns([empty, empty], () => undefined))).toEqual([]);
  });

  it('drops a term whose paragraphs are all gone', () => {
    const run = runOf([{ term: 'gone', field: 'body', paragraph: 0, positions: [0, 200] }]);
    const observed: string[] = [];
    const merged = mergeRuns([{ run, paragraphs: Int32Array.of(-1) }], (term) => observed.push(term));
    expect(merged.termStarts).toEqual(Uint32Array.of(0));
    expect(observed).toEqual([]);
  });
});
