/**
 * Dates as articles write them → `YYYY-MM-DD`. Whole days only: `2022` and `November 2022` are no dates here.
 * The day is taken as written; a time and a time zone behind it do not move it.
 */

/** A date inside a line: the day, and where it stands (UTF-16 units, end excluded). */
export interface FoundDate {
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

/** The day that a value states, or null. The value may hold more than the day: a time, a weekday. */
export function parseDate(text: string): string | null {
  return findDate(text.slice(0, 100))?.date ?? null;
}

/** The first date of a line in one of the common forms, or null. */
export function findDate(line: string): FoundDate | null {
  for (const { pattern, order } of forms) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const date = toDay(order.map((place) => match[place] ?? ''));
    if (date !== null) return { date, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** Patterns with the numbers of the groups that hold year, month and day. `05/06/2022` is missing: it means two days. */
const forms: readonly { readonly pattern: RegExp; readonly order: readonly [number, number, number] }[] = [
  { pattern: /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:T\S*)?/, order: [1, 3, 4] },
  { pattern: /^(\d{4})(\d{2})(\d{2})$/, order: [1, 2, 3] },
  { pattern: /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/, order: [3, 2, 1] },
  {
    pattern: /(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s-]+(?:de\s+)?(\p{L}{3,})\.?,?[\s-]+(?:del?\s+)?(\d{4})(?!\d)/u,
    order: [3, 2, 1],
  },
  { pattern: /(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/u, order: [3, 1, 2] },
  { pattern: /(\d{4})年(\d{1,2})月(\d{1,2})日/, order: [1, 2, 3] },
];

function toDay([yearText = '', monthText = '', dayText = '']: readonly string[]): string | null {
  const year = Number(yearText);
  const month = monthNumber(monthText);
  const day = Number(dayText);
  if (year === 0 || month === null || !isCalendarDay(year, month, day)) return null;
  return `${yearText}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function monthNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  return months.get(text.toLowerCase()) ?? null;
}

/** Names of the months as they stand in dates, January first; equal names in other languages are left out. */
const monthNames = [
  'january jan januar jänner janvier janv enero ene gennaio gen janeiro januari січня января stycznia',
  'february feb februar février févr febrero febbraio fevereiro februari лютого февраля lutego',
  'march mar märz mär mars marzo março maart березня марта marca',
  'april apr avril avr abril abr aprile квітня апреля kwietnia',
  'may mai mayo maggio maio mei maj травня мая maja',
  'june jun juni juin junio giugno junho червня июня czerwca',
  'july jul juli juillet juil julio luglio julho липня июля lipca',
  'august aug août agosto ago augustus augusti серпня августа sierpnia',
  'september sep sept septembre septiembre settembre setembro вересня сентября września',
  'october oct oktober okt octobre octubre ottobre outubro жовтня октября października',
  'november nov novembre noviembre novembro листопада ноября listopada',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro грудня декабря grudnia',
];

const months: ReadonlyMap<string, number> = new Map(
  monthNames.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);
