/**
 * Plain text → article. Step 2 of an article's journey: the first line is the title, a line "By …" and a date near
 * the top are the author and the day. All three are guesses and marked as such.
 */
import type { Block } from '../../src/domain/article.ts';
import { assembleArticle, firstWords } from './article-data.ts';
import { splitAuthors } from './author-names.ts';
import { cleanText } from './clean-text.ts';
import { findDate } from './parse-date.ts';
import type { ReadResult } from './reader.ts';

/** Longest first line that is taken for a title; a longer one is a paragraph. */
const titleLength = 200;
/** Lines behind the title in which author and date are looked for, and how long such a line may be. */
const headLines = 4;
const headLineLength = 90;

/** Reads one file as one article. */
export function readPlainText(text: string, path: string): ReadResult {
  const lines = text.split('\n').map((line) => line.trim());
  const head = readHead(lines);
  const blocks = toParagraphs(lines.slice(head.lineCount).join('\n'));
  const { article, problems } = assembleArticle({
    path,
    line: null,
    fallbackId: path,
    stated: new Map(),
    guessed: head,
    blocks,
  });
  return { articles: [article], problems };
}

/** Text → one block per paragraph: they are parted by blank lines, a single line end is a space. */
export function toParagraphs(text: string): Block[] {
  return text
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .map(cleanText)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => ({ kind: 'text', heading: null, text: paragraph }));
}

interface Head {
  readonly title: string | null;
  readonly authors: readonly string[];
  readonly date: string | null;
  /** Lines that belong to the head alone. */
  readonly lineCount: number;
}

function readHead(lines: readonly string[]): Head {
  const first = lines.findIndex((line) => line !== '');
  const title = lines[first];
  if (title === undefined) return { title: null, authors: [], date: null, lineCount: 0 };
  if (title.length > titleLength) return { title: firstWords(title), authors: [], date: null, lineCount: 0 };

  let authors: readonly string[] = [];
  let date: string | null = null;
  let lineCount = first + 1;
  for (let index = first + 1, seen = 0; index < lines.length && seen < headLines; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    seen += 1;
    const found = readHeadLine(line);
    if (found === null) break;
    if (found.authors.length > 0) authors = found.authors;
    date ??= found.date;
    lineCount = index + 1;
  }
  return { title, authors, date, lineCount };
}

/** A line that holds an author, a date or both, and nothing else; null for any other line. */
function readHeadLine(line: string): { readonly authors: readonly string[]; readonly date: string | null } | null {
  if (line.length > headLineLength) return null;
  const found = findDate(line);
  const rest = found === null ? line : `${line.slice(0, found.start)} ${line.slice(found.end)}`;
  const authors = readByline(trimMarks(rest));
  if (authors !== null) return { authors, date: found?.date ?? null };
  return found !== null && isDateFrame(trimMarks(rest)) ? { authors: [], date: found.date } : null;
}

function trimMarks(text: string): string {
  return text.replace(/^[\s,;:|•·–—-]+|[\s,;:|•·–—-]+$/g, '').replace(/\s+/g, ' ');
}

/** "By", and what stands for it in a few other languages. */
const byline = /^(?:By|BY|Von|Par|Por|Di|Door|Av|Автор(?:ка|и|ы)?|Текст)[\s:]+(.+)$/;

/** One to four words per name, each with a capital, or a particle such as "van". */
const name =
  /^(?:(?:(?:[dlo]['’])?\p{Lu}[\p{L}\p{M}.'’-]*|van|von|de|der|den|del|della|di|da|dos|du|la|le|el|bin|ibn)(?:\s+|$)){1,5}$/u;

function readByline(text: string): readonly string[] | null {
  const names = splitAuthors(byline.exec(text)?.[1] ?? '').map((part) => trimMarks(part));
  const isByline = names.length > 0 && names.every((part) => name.test(part.replace(/,\s*/g, ' ')));
  return isByline ? names : null;
}

/** What may stand beside a date in a line of its own: a weekday, a place, "Published:". */
function isDateFrame(text: string): boolean {
  return text.length <= 30 && text.split(' ').length <= 3 && !/[.!?]$/.test(text);
}
