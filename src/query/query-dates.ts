/**
 * Dates as queries write them: a year, a month or a day, and the days these cover. Calendar days are `YYYY-MM-DD`
 * strings, which sort as they are. Knows no clock: what day it is must be handed in.
 */
import type { DateField } from './query-fields.ts';

/** Days from `from` to `to`, both included; null = open. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

export interface ParsedDays extends DayRange {
  /** The two ends stood in the wrong order. */
  readonly isSwapped: boolean;
}

interface Period {
  readonly first: string;
  readonly last: string;
}

const dayMs = 86_400_000;

/**
 * The days that `before:`, `after:` or `date:` with this value means, or null where the value is no such date.
 * `today` is needed for the values `today` and `yesterday` only.
 */
export function parseDays(field: DateField, value: string, today: string | null): ParsedDays | null {
  if (field === 'date') return parseWithin(value, today);
  const period = parsePeriod(value, today);
  if (period === null) return null;
  if (field === 'before') {
    const to = shiftDay(period.first, -1);
    return to === null ? null : { from: null, to, isSwapped: false };
  }
  const from = shiftDay(period.last, 1);
  return from === null ? null : { from, to: null, isSwapped: false };
}

/** Whether more characters could still make a date of it. */
export function isUnfinishedDate(value: string): boolean {
  const end = value.replace(/^(\d{4}(-\d{2}){0,2})?\.\./, '');
  return /^(\d{0,3}|\d{4}(-\d{2}){0,2}\.|\d{4}-[01]?|\d{4}-\d{2}-[0-3]?|\.)$/.test(end);
}

/** The shortest way to write a range, for `date:`: `2022-09`, `2022-09-13`, `2022-09-13..`, `2022-09-13..2022-10-02`. */
export function printDays(range: DayRange): string {
  const { from, to } = range;
  if (from === null || to === null) return `${from ?? ''}..${to ?? ''}`;
  for (const period of [from.slice(0, 4), from.slice(0, 7), from]) {
    const days = parsePeriod(period, null);
    if (days?.first === from && days.last === to) return period;
  }
  return `${from}..${to}`;
}

function parseWithin(value: string, today: string | null): ParsedDays | null {
  const dots = value.indexOf('..');
  if (dots < 0) {
    const period = parsePeriod(value, today);
    return period && { from: period.first, to: period.last, isSwapped: false };
  }
  const [left, right] = [value.slice(0, dots), value.slice(dots + 2)];
  const first = parsePeriod(left, today);
  const second = parsePeriod(right, today);
  const isBroken =
    (left !== '' && first === null) || (right !== '' && second === null) || (left === '' && right === '');
  if (isBroken) return null;
  const isSwapped = first !== null && second !== null && first.first > second.last;
  const [start, end] = isSwapped ? [second, first] : [first, second];
  return { from: start?.first ?? null, to: end?.last ?? null, isSwapped };
}

function parsePeriod(value: string, today: string | null): Period | null {
  const day = today === null ? null : namedDay(value, today);
  const text = day ?? value;
  if (/^\d{4}$/.test(text)) return { first: `${text}-01-01`, last: `${text}-12-31` };
  if (/^\d{4}-\d{2}$/.test(text)) return isDay(`${text}-01`) ? { first: `${text}-01`, last: lastDayOf(text) } : null;
  return isDay(text) ? { first: text, last: text } : null;
}

function namedDay(value: string, today: string): string | null {
  const name = value.toLowerCase();
  if (name === 'today') return today;
  return name === 'yesterday' ? shiftDay(today, -1) : null;
}

function lastDayOf(month: string): string {
  return ['31', '30', '29'].map((day) => `${month}-${day}`).find(isDay) ?? `${month}-28`;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && shiftDay(text, 0) === text;
}

/** Null for what is no day, or where the result needs more than four digits for its year. */
function shiftDay(day: string, days: number): string | null {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time)) return null;
  const shifted = new Date(time + days * dayMs).toISOString();
  return /^\d{4}-/.test(shifted) ? shifted.slice(0, 10) : null;
}
