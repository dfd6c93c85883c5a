import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PositionLog } from '../../../index-build/compile/position-log.ts';
import type { Term } from '../../../src/domain/ids.ts';

describe('a position log', () => {
  it('gives back the positions of each term in the order of adding', () => {
    const entries = fc.array(fc.tuple(fc.constantFrom('a', 'b', '__proto__', 'constructor', ''), fc.nat(1e6)));
    fc.assert(
      fc.property(entries, (all) => {
        const log = new PositionLog();
        for (const [term, position] of all) log.add(term as Term, position);
        const grouped = log.group();
        for (const term of ['a', 'b', '__proto__', 'constructor', '', 'never']) {
          const expected = all.filter(([other]) => other === term).map(([, position]) => position);
          expect([...grouped.positionsOf(term as Term)]).toEqual(expected);
        }
      }),
    );
  });

  it('grows with what is added', () => {
    const log = new PositionLog();
    for (let i = 0; i < 20_000; i++) log.add((i % 2 === 0 ? 'even' : 'odd') as Term, i);
    const odd = log.group().positionsOf('odd' as Term);
    expect([odd.length, odd[0], odd[9_999]]).toEqual([10_000, 1, 19_999]);
  });
});
