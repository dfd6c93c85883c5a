import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashTerm, MarkLog } from '../../index-build/mark-runs.ts';
import { runTerms, windowRuns } from '../../src/domain/recurrence.ts';

/** The marks of texts of words parted by spaces. */
function marksOf(...texts: readonly string[]): number[][] {
  const log = new MarkLog(texts.length);
  texts.forEach((text, paragraph) => {
    for (const word of text.split(' ').filter((each) => each !== '')) log.addTerm(hashTerm(word));
    log.endParagraph(paragraph);
  });
  const { counts, marks } = log.finish();
  const starts = Array.from(counts, (_, paragraph) =>
    counts.subarray(0, paragraph).reduce((sum, count) => sum + count, 0),
  );
  return starts.map((start, paragraph) => [...marks.subarray(start, start + (counts[paragraph] as number))]);
}

const words = (from: number, count: number) => Array.from({ length: count }, (_, i) => `w${from + i}`).join(' ');

describe('the marks of a paragraph', () => {
  it('are one for a short text, another for each text', () => {
    const all = marksOf('read more', 'more read', 'read more read', 'read more');
    expect(all.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(new Set(all.flat()).size).toBe(3);
    expect(all[3]).toEqual(all[0]);
  });

  it('are none for a text without words, and for one that is passed over', () => {
    expect(marksOf('', 'read more', '')).toEqual([[], [expect.any(Number)], []]);
    expect(new MarkLog(2).finish()).toEqual({ counts: Uint16Array.of(0, 0), marks: new Uint32Array(0) });
  });

  it('are few: about one for eight words of a long text', () => {
    const [marks = []] = marksOf(words(0, 800));
    expect(marks.length).toBeGreaterThan(60);
    expect(marks.length).toBeLessThan(150);
  });

  it('are shared by texts that share as many words in a row as the definition says, wherever they stand', () => {
    const shared = runTerms + windowRuns - 1;
    const around = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(around, around, around, fc.nat({ max: 1000 }), (before, after, other, from) => {
        const run = words(from, shared);
        const [one = [], two = []] = marksOf(`${before} ${run} ${after}`, `${other} ${run}`);
        expect(one.some((mark) => two.includes(mark))).toBe(true);
      }),
    );
  });

  it('are whole numbers of 32 bits', () => {
    for (const mark of marksOf(words(0, 300)).flat()) {
      expect(Number.isInteger(mark) && mark >= 0 && mark < 2 ** 32).toBe(true);
    }
  });
});
