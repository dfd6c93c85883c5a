/** Cuts and opens what the words of a query are looked for as. */
import type { QuerySlot, QueryUnit } from '../analysis/analyze-query.ts';

/** The first units, with so many slots together. */
export function cutUnits(units: readonly QueryUnit[], slots: number): QueryUnit[] {
  let left = slots;
  return units.flatMap((unit) => {
    const kept = unit.slots.slice(0, left);
    left -= kept.length;
    return kept.length === 0 ? [] : [{ ...unit, slots: kept }];
  });
}

/** The same slots, the last of them as a beginning. */
export function withOpenEnd(slots: readonly QuerySlot[]): QuerySlot[] {
  return slots.map((slot, index) => (index === slots.length - 1 ? { ...slot, isBeginning: true } : slot));
}
