/**
 * Dates as articles write them → `YYYY-MM-DD`. Whole days only: `2022` and `November 2022` are no dates here.
 * The day is taken as written; a time and a time zone behind it do not move it.
 */
import { monthNumber } from './month-names.ts';

/** A date inside a line: the day, and where it stands (UTF-16 units, end excluded). */
export interface FoundDate {
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

/** Which of the two numbers in `05/06/2022` is the day, where other dates of the same source tell. */
export type DateOrder = 'day first' | 'month first';

/** The day that a value states, or null. The value may hold more than the day: a time, a weekday. */
export function parseDate(text: string, order: DateOrder | null = null): string | null {
  const start = text.slice(0, 100);
  return findDate(start)?.date ?? dayOfEpoch(start) ?? (order === null ? null : parseTwoEdged(start, order));
}

/** The first date of a line in one of the common forms, or null. */
export function findDate(line: string): FoundDate | null {
  for (const { pattern, order } of forms) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const date = toDay(order.map((place) => match[place] ?? ''));
    if (date !== null) return { date, start: match.index, end: match.index + match[0].length };
  }
  return findNumbers(line);
}

/** Patterns with the numbers of the groups that hold year, month and day. */
const forms: readonly { readonly pattern: RegExp; readonly order: readonly [number, number, number] }[] = [
  { pattern: /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:T\S*)?/, order: [1, 3, 4] },
  { pattern: /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/, order: [1, 2, 3] },
  { pattern: /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/, order: [3, 2, 1] },
  {
    pattern: /(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s-]+(?:de\s+)?(\p{L}{3,})\.?,?[\s-]+(?:del?\s+)?(\d{4})(?!\d)/u,
    order: [3, 2, 1],
  },
  { pattern: /(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/u, order: [3, 1, 2] },
  { pattern: /(?<!\d)(\d{4})[.,]?\s+(\p{L}{3,})\.?\s+(\d{1,2})(?!\d)/u, order: [1, 2, 3] },
  { pattern: /(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]/, order: [1, 2, 3] },
  { pattern: /(?<!\d)(\d{4})\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)/, order: [1, 2, 3] },
  { pattern: /(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})/i, order: [3, 2, 1] },
];

const numbers = /(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])/;

/** `14/11/2022`, whose order is clear: there is no month 14. */
function findNumbers(line: string): FoundDate | null {
  const match = numbers.exec(line);
  const order = match === null ? null : orderOf(match);
  const date = match === null || order === null ? null : dayOfNumbers(match, order);
  return match === null || date === null ? null : { date, start: match.index, end: match.index + match[0].length };
}

function orderOf([, first, , second]: RegExpExecArray): DateOrder | null {
  if (Number(first) > 12 || first === second) return 'day first';
  return Number(second) > 12 ? 'month first' : null;
}

function dayOfNumbers([, first = '', , second = '', year = '']: RegExpExecArray, order: DateOrder): string | null {
  return toDay(order === 'day first' ? [year, second, first] : [year, first, second]);
}

function parseTwoEdged(text: string, order: DateOrder): string | null {
  const match = numbers.exec(text);
  return match === null ? null : dayOfNumbers(match, order);
}

/** Whether a value is a date of numbers that may mean two days. */
export function isTwoEdged(text: string): boolean {
  const match = numbers.exec(text.slice(0, 100));
  return match !== null && Number(match[1]) <= 12 && Number(match[3]) <= 12 && match[1] !== match[3];
}

/** The order that the clear dates among values have, or null where none is clear or they differ. */
export function findDateOrder(texts: Iterable<string>): DateOrder | null {
  const orders = new Set<DateOrder>();
  for (const text of texts) {
    const match = numbers.exec(text.slice(0, 100));
    const order = match === null || match[1] === match[3] ? null : orderOf(match);
    if (order !== null) orders.add(order);
  }
  const [order = null] = orders;
  return orders.size === 1 ? order : null;
}

/** Seconds or milliseconds since 1970, between 1973 and 2100. */
function dayOfEpoch(text: string): string | null {
  if (!/^\d{9,13}(?:\.\d{1,9})?$/.test(text)) return null;
  const value = Number(text);
  const ms = value < latestSeconds ? value * 1000 : value;
  return ms < 100_000_000_000 || ms >= latestSeconds * 1000 ? null : new Date(ms).toISOString().slice(0, 10);
}

const latestSeconds = 4_102_444_800;

/**
 * The moment that a value states, in ms since 1970: that of its time where it has one with a zone, else the beginning of
 * its day by UTC. Null where it states no day.
 */
export function parseMoment(text: string): number | null {
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?$/.exec(text.trim());
  if (iso !== null) {
    const zone = (iso[3] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
    const ms = Date.parse(`${iso[1]}T${iso[2]}${zone}`);
    if (!Number.isNaN(ms)) return ms;
  }
  const day = parseDate(text);
  return day === null ? null : Date.parse(day);
}

/** The last date in a path: `2019/07/04/x.md`, `2019-07-04-x.md`, `20190704 x.md`; null where there is none. */
export function findDateInPath(path: string): string | null {
  let found: string | null = null;
  for (const [, ...parts] of path.matchAll(pathDate))
    found = toDay(parts.filter((part) => part !== undefined)) ?? found;
  return found;
}

/** A name without the day that it begins with. */
export function withoutDateInFront(name: string): string {
  const [match] = name.matchAll(pathDate);
  return match?.index === 0 && findDateInPath(match[0]) !== null ? name.slice(match[0].length) : name;
}

/** Digits without marks count only where a name begins: elsewhere they are numbers of articles. */
const pathDate =
  /(?<![\d.])(?:((?:19|20)\d{2})[-_./ ](\d{1,2})[-_./ ](\d{1,2})(?!\d)|(?<=^|\/)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d))/g;

function toDay([yearText = '', monthText = '', dayText = '']: readonly string[]): string | null {
  const year = Number(yearText);
  const month = /^\d+$/.test(monthText) ? Number(monthText) : monthNumber(monthText);
  const day = Number(dayText);
  if (year === 0 || month === null || !isCalendarDay(year, month, day)) return null;
  return `${yearText}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
