/**
 * Data in plain lines at the top of a file: `Title: …` as Pelican, MultiMarkdown and many archives write them, and
 * Pandoc's `% title`. A text that happens to begin with a word and a colon is none.
 */
import type { Entry } from './front-matter-block.ts';
import { fieldsOfKey, isKnownKey } from './stated-data.ts';

export interface ReadLines {
  readonly entries: readonly Entry[];
  /** Where the text behind the lines begins. */
  readonly end: number;
}

/** The key and the text of a line `Key: text`, or null for another line. */
export function parseLabel(line: string): { readonly key: string; readonly text: string } | null {
  const colon = line.indexOf(':');
  if (colon <= 0 || colon > longestKey || !/^(?:[ \t]|$)/.test(line.slice(colon + 1))) return null;
  const key = line.slice(0, colon).trimEnd();
  return /^\p{L}[\p{L}\p{N}_ -]*$/u.test(key) ? { key, text: unquoted(line.slice(colon + 1)) } : null;
}

/** In characters; a longer one is a sentence. */
const longestKey = 32;

/** Lines that can be taken for data alone; others only beside further ones. */
const tellingFields = new Set(['title', 'date', 'authors', 'tags']);

/** Longest label block, in lines. */
const mostLines = 60;

/**
 * `Key: value` lines up to the first blank one; what is indented goes on with the line before. Null where a line is none
 * of these, or where what is known of them could as well be a sentence.
 */
export function readLabelLines(text: string, firstLine: number): ReadLines | null {
  if (parseLabel(text.slice(0, 2000).split('\n', 1)[0] ?? '') === null) return null;
  const entries: Entry[] = [];
  let end = 0;
  for (const [index, line] of text.split('\n', mostLines + 1).entries()) {
    if (line.trim() === '') return index > 0 && isData(entries) ? { entries, end } : null;
    const label = parseLabel(line);
    const last = entries.at(-1);
    if (label !== null) entries.push([label.key, { value: label.text, line: firstLine + index }]);
    else if (last !== undefined && /^(?: {2,}|\t| *- )/.test(line)) entries.splice(-1, 1, continued(last, line));
    else return null;
    end = Math.min(text.length, end + line.length + 1);
  }
  return end === text.length && isData(entries) ? { entries, end } : null;
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}

function continued([key, { value, line }]: Entry, text: string): Entry {
  const joined = value === '' ? text.trim() : `${value}\n${text.trim()}`;
  return [key, { value: joined.replace(/^- /gm, ''), line }];
}

function isData(entries: readonly Entry[]): boolean {
  const known = entries.filter(([key]) => isKnownKey(key));
  const isTelling = known.some(([key]) => fieldsOfKey(key).some((field) => tellingFields.has(field)));
  return isTelling && known.length * 2 >= entries.length;
}

/** `% title`, `% author; author`, `% date`, each of the first two with lines that go on behind a space. */
export function readPandocLines(text: string, firstLine: number): ReadLines | null {
  const block = /^%[ \t]*(\S.*(?:\n[ \t]+\S.*)*)(?:\n%[ \t]*(.*(?:\n[ \t]+\S.*)*))?(?:\n%[ \t]*(.*))?\n(?=\s*\n)/.exec(
    text.slice(0, 4000),
  );
  if (block === null) return null;
  const [{ length }, title = '', authors = '', date = ''] = block;
  const values: readonly [string, string][] = [
    ['title', title.replace(/\s*\n\s*/g, ' ')],
    ['author', authors.replace(/\s*\n\s*/g, ';')],
    ['date', date],
  ];
  return { entries: values.map(([key, value]): Entry => [key, { value: value.trim(), line: firstLine }]), end: length };
}
