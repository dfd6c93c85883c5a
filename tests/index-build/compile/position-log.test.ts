import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GroupedLog, PositionLog } from '../../../index-build/compile/position-log.ts';

describe('a position log', () => {
  it('gives back the positions of each term, paragraph by paragraph, in the order of adding', () => {
    const paragraphs = fc.array(fc.array(fc.tuple(fc.nat(3), fc.nat(1e6))));
    fc.assert(
      fc.property(paragraphs, (all) => {
        const log = new PositionLog();
        for (const paragraph of all) {
          log.beginParagraph();
          for (const [term, position] of paragraph) log.add(term, position);
        }
        const grouped = log.group(5);
        for (let term = 0; term < 5; term++) {
          const held = all.map((paragraph) => paragraph.filter(([other]) => other === term));
          const expected = held.map((entries) => entries.map(([, position]) => position)).filter(isNotEmpty);
          expect(positionsOf(grouped, term)).toEqual(expected);
        }
      }),
    );
  });

  it('says which occurrence is the first in its paragraph', () => {
    const log = new PositionLog();
    log.beginParagraph();
    expect([log.add(0, 0), log.add(1, 1), log.add(0, 2)]).toEqual([true, true, false]);
    log.beginParagraph();
    expect([log.add(0, 0), log.add(0, 1)]).toEqual([true, false]);
  });

  it('grows with what is added', () => {
    const log = new PositionLog();
    log.beginParagraph();
    for (let i = 0; i < 20_000; i++) log.add(i % 2 === 0 ? 0 : 9_999, i);
    const odd = positionsOf(log.group(10_000), 9_999)[0] ?? [];
    expect([odd.length, odd[0], odd[9_999]]).toEqual([10_000, 1, 19_999]);
  });
});

function isNotEmpty(list: readonly number[]): boolean {
  return list.length > 0;
}

function positionsOf({ starts, frequencies, positionStarts, positions }: GroupedLog, term: number): number[][] {
  let next = positionStarts[term] as number;
  return [...frequencies.subarray(starts[term], starts[term + 1])].map((frequency) => {
    next += frequency;
    return [...positions.subarray(next - frequency, next)];
  });
}
