/** The values of a facet in one segment: stored ones, and the years that follow from articles' days. */
import type { Names } from './merge-names.ts';
import { noDay } from './segment-format.ts';

/** Names, and each article's numbers of names: those of article a lie in [starts[a], starts[a + 1]) of `values`. */
export interface FacetColumn {
  readonly names: Names;
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
}

/** `days` per article, since 1970-01-01, or `noDay`. Names are `YYYY`, ascending. */
export function yearColumn(days: Int32Array): FacetColumn {
  const yearsByDay = new Map<number, string>();
  for (const day of days) if (day !== noDay && !yearsByDay.has(day)) yearsByDay.set(day, yearOf(day));
  const names = [...new Set(yearsByDay.values())].sort();
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numbersByDay = new Map(Array.from(yearsByDay, ([day, year]) => [day, numbers.get(year) as number]));
  const starts = new Uint32Array(days.length + 1);
  const values = new Uint32Array(days.length);
  let next = 0;
  for (let article = 0; article < days.length; article++) {
    const number = numbersByDay.get(days[article] as number);
    if (number !== undefined) values[next++] = number;
    starts[article + 1] = next;
  }
  return { names: { size: names.length, name: (year) => names[year] as string }, starts, values };
}

function yearOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 4);
}
