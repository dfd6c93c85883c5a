/** One line above or below the title of a plain text: a day, a byline, an address, a caption, or none of these. */
import { isRole, splitAuthors } from './author-names.ts';
import { findDate } from './parse-date.ts';

/** What a line says that is no text of the article. */
export interface HeadLine {
  readonly authors?: readonly string[];
  readonly date?: string;
  readonly url?: string;
  readonly caption?: string;
}

/** Longest line that holds an author or a day and nothing else. */
const headLineLength = 120;
const captionLength = 400;

/** A line that holds an author, a date or both, an address or a caption, and nothing else; null for any other line. */
export function readHeadLine(line: string): HeadLine | null {
  if (/^https?:\/\/\S+$/i.test(line)) return { url: line };
  const caption = readCaption(line);
  if (caption !== null) return { caption };
  if (line.length > headLineLength) return null;
  const found = findDate(line);
  const rest = found === null ? line : `${line.slice(0, found.start)} ${line.slice(found.end)}`;
  const date = found === null ? {} : { date: found.date };
  const authors = readByline(trimMarks(rest)) ?? readNameWithRole(trimMarks(rest));
  if (authors !== null) return { authors, ...date };
  if (found !== null && isDateFrame(trimMarks(rest))) return date;
  return isRole(line) ? {} : null;
}

function trimMarks(text: string): string {
  return text.replace(/^[\s,;:|/•·–—-]+|[\s,;:|/•·–—-]+$/g, '').replace(/\s+/g, ' ');
}

/** "By", and what stands for it in a few other languages. */
const byline =
  /^(?:By|BY|by|Von|Par|Por|Di|Door|Av|(?:Written|Reported|Story|Words|Text) by|Author:|Автор(?:ка|и|ы)?|Текст)[\s:]+(.+)$/;

/** One to four words per name, each with a capital, or a particle such as "van". */
const name =
  /^(?:(?:(?:[dlo]['’])?\p{Lu}[\p{L}\p{M}.'’-]*|van|von|de|der|den|del|della|di|da|dos|du|la|le|el|bin|ibn)(?:\s+|$)){1,5}$/u;

/** The names in a line such as `By Jane Doe and John Roe`, or null. */
export function readByline(text: string): readonly string[] | null {
  const names = splitAuthors(byline.exec(text)?.[1] ?? '').map((part) => trimMarks(part));
  const isByline = names.length > 0 && names.every((part) => name.test(part.replace(/,\s*/g, ' ')));
  return isByline ? names : null;
}

/** The name that a line is, two words or more, or null. */
export function readName(line: string): readonly string[] | null {
  const text = trimMarks(line);
  return text.includes(' ') && name.test(text) ? [text] : null;
}

/** `Jane Doe, Staff Writer`. */
function readNameWithRole(text: string): readonly string[] | null {
  const parts = text.split(/\s*[,|]\s*/);
  const [first = '', ...others] = parts;
  return others.length > 0 && others.every(isRole) ? readName(first) : null;
}

/** What may stand beside a date in a line of its own: a weekday, a time, a place, "Published:". */
function isDateFrame(text: string): boolean {
  const rest = text.replace(
    /\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}(?:[+-]\d+)?\)?)?/gi,
    ' ',
  );
  const words = trimMarks(rest).split(' ');
  return trimMarks(rest).length <= 30 && words.length <= 3 && !/[.!?]$/.test(trimMarks(rest));
}

const credit = /^(?:photo|photograph|picture|image|foto|file photo|caption)s?(?: (?:by|credit|courtesy))?\s*[:/]/i;
const creditBehind = /\((?:photo|photograph|picture|image|file photo|ap photo|reuters|getty|afp|epa)\b[^()]*\)\.?$/i;

/** A text in brackets, or one with the credit of a photographer. */
function readCaption(line: string): string | null {
  if (line.length > captionLength) return null;
  const inner = /^[[(]([^[\]()]{3,})[\])]\.?$/.exec(line)?.[1];
  if (inner !== undefined && !/^\d+$/.test(inner) && findDate(inner) === null) return inner.trim();
  return credit.test(line) || creditBehind.test(line) || /^Photo by \p{Lu}/u.test(line) ? line : null;
}

/** A day in front of the first sentence: `date 2022-11-22 Text goes on`. */
export function unglueDate(line: string): { readonly date: string; readonly text: string } | null {
  const label = /^(?:date|dated|published|posted|updated|datum|data)(?:\s+on)?\s*:?\s+/i.exec(line)?.[0] ?? '';
  const start = line.slice(label.length, label.length + 60);
  const found = findDate(start);
  if (found === null || found.start > 0) return null;
  const isStamp = /^\d{4}-\d{2}-\d{2}/.test(start);
  const time = /^[\sT]*\d{1,2}:\d{2}(?::\d{2})?(?:Z|\s?[+-]\d{2}:?\d{2})?/.exec(start.slice(found.end))?.[0] ?? '';
  if (label === '' && !isStamp) return null;
  const text = line.slice(label.length + found.end + time.length).replace(/^[\s,;:|–—-]+/, '');
  return text === '' ? null : { date: found.date, text };
}

/** The day of a dateline, which stays text: `KYIV, Nov. 14, 2022 (Agency) — `; null for other lines. */
export function readDateline(line: string): string | null {
  const start = line.slice(0, 120);
  const found = findDate(start);
  if (found === null || !/^\p{Lu}[^.!?]*,?\s*$|^$/u.test(start.slice(0, found.start))) return null;
  return /^\.?\s*(?:\([^()]*\)\s*)?(?:[-–—]|\/)\s/.test(start.slice(found.end)) ? found.date : null;
}
