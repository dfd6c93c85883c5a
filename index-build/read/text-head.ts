/**
 * The lines above a plain text: its title, author and day, in whatever order newspapers, archives and crawlers put them,
 * with labels or without. Part of reading plain text. What lines with labels say is stated, the rest is a guess.
 */
import type { Block } from '../../src/domain/article.ts';
import { isRole } from './author-names.ts';
import { parseLabel, readLabelLines } from './front-matter-lines.ts';
import { LineJoiner } from './join-lines.ts';
import { fieldsOfKey, pickStatedData, type StatedData, type Statement } from './stated-data.ts';
import { type HeadLine, readByline, readDateline, readHeadLine, readName, unglueDate } from './text-head-line.ts';
import { hasLinePerParagraph, toRow } from './text-paragraphs.ts';

export interface TextHead {
  readonly title: string | null;
  readonly authors: readonly string[];
  readonly date: string | null;
  readonly stated: StatedData;
  /** What of the head is text: captions, the two columns above an RFC. */
  readonly blocks: readonly Block[];
  /** The text below the head. */
  readonly lines: readonly string[];
}

/** Longest first line that is taken for a title; a longer one is a paragraph. */
const titleLength = 200;
/** Lines of a headline, and how long one of several may be. */
const titleLines = 3;
const wrappedTitleLine = 100;
/** Lines around the title in which author and date are looked for. */
const headLines = 12;
/** Longest line between the title and the byline, in characters. */
const standfirstLength = 200;

/** Reads the head of a text; `lines` as they are in the file. */
export function readTextHead(lines: readonly string[]): TextHead {
  return new HeadReader(lines).read();
}

class HeadReader {
  readonly #lines: readonly string[];
  readonly #entries: (readonly [key: string, statement: Statement])[] = [];
  readonly #blocks: Block[] = [];
  #at = 0;
  #title: string | null = null;
  #authors: readonly string[] = [];
  #date: string | null = null;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  read(): TextHead {
    this.#takeLabelBlock();
    this.#takeHeadLines();
    if (!this.#takeColumns() && this.#statedTitle === null) this.#takeTitle();
    else this.#passStatedTitle();
    this.#takeHeadLines();
    this.#takeBylineBelowStandfirst();
    const lines = this.#takeGlued();
    const stated = pickStatedData(this.#entries);
    return { title: this.#title, authors: this.#authors, date: this.#date, stated, blocks: this.#blocks, lines };
  }

  get #statedTitle(): string | null {
    const stated = this.#entries.find(([key]) => fieldsOfKey(key).includes('title'))?.[1].value;
    return typeof stated === 'string' ? stated : null;
  }

  #line(index: number): string {
    return (this.#lines[index] ?? '').trim();
  }

  #skipBlank(): void {
    while (this.#at < this.#lines.length && this.#line(this.#at) === '') this.#at += 1;
  }

  /** Labels up to a blank line: a mail, a press release, an export. */
  #takeLabelBlock(): void {
    this.#skipBlank();
    // Who sent a mail wrote it.
    const lines = this.#lines.slice(this.#at, this.#at + 80).map((line) => line.replace(/^From:/i, 'Author:'));
    const start = lines.join('\n').slice(0, 20_000);
    const block = readLabelLines(start, this.#at + 1);
    if (block === null) return;
    this.#entries.push(...block.entries);
    this.#at += start.slice(0, block.end).trimEnd().split('\n').length;
  }

  /** Addresses, days, bylines, labels and captions, up to the first line that is none of these. */
  #takeHeadLines(): void {
    for (let seen = 0; seen < headLines; seen += 1) {
      this.#skipBlank();
      if (this.#at >= this.#lines.length || !this.#takeHeadLine(this.#line(this.#at))) return;
      this.#at += 1;
    }
  }

  #takeHeadLine(line: string): boolean {
    const label = parseLabel(line);
    const fields = label === null ? [] : fieldsOfKey(label.key);
    if (label !== null && label.text !== '' && fields.some((field) => labelFields.has(field))) {
      if (fields.includes('date') && readHeadLine(line)?.date === undefined) return false;
      this.#entries.push([label.key, { value: label.text, line: this.#at + 1 }]);
      return true;
    }
    const found = readHeadLine(line) ?? this.#readNameAbove(line);
    if (found === null) return false;
    this.#note(found);
    return true;
  }

  /** A name above a line such as `Staff Writer`. */
  #readNameAbove(line: string): HeadLine | null {
    const authors = isRole(this.#line(this.#at + 1)) ? readName(line) : null;
    return authors === null ? null : { authors };
  }

  #note({ authors, date, url, caption }: HeadLine): void {
    if (authors !== undefined && authors.length > 0) this.#authors = authors;
    if (date !== undefined) this.#date ??= date;
    if (url !== undefined) this.#entries.push(['url', { value: url, line: this.#at + 1 }]);
    if (caption !== undefined) this.#blocks.push({ kind: 'caption', heading: null, text: caption });
  }

  /** The two columns above an RFC: who and when on the right. The title stands below them. */
  #takeColumns(): boolean {
    const group = this.#group();
    const columns = group.filter((line) => /\S {3,}\S/.test(line) || /^ {30,}\S/.test(line));
    if (group.length < 2 || columns.length < group.length * 0.6) return false;
    const below = this.#at + group.length;
    const start = this.#at;
    this.#at = below;
    this.#skipBlank();
    const title = this.#group();
    if (title.length === 0 || title.length > titleLines || title.join(' ').length > titleLength) {
      this.#at = start;
      return false;
    }
    for (const line of group) this.#blocks.push({ kind: 'row', heading: null, text: toRow(line) });
    for (const line of columns) this.#takeRightColumn(line);
    this.#title = new LineJoiner('').join(title);
    this.#at += title.length;
    return true;
  }

  #takeRightColumn(line: string): void {
    const right = /(?:^| {3,})(\S(?:.*\S)?)\s*$/.exec(line.slice(line.search(/ {3,}(?=\S)/)))?.[1] ?? '';
    const name = right.replace(/, (?:Ed|Editor)s?\.?$/, '');
    if (/^(?:\p{Lu}\.[ -]?){1,3}\p{Lu}[\p{L}’' -]+$/u.test(name)) this.#authors = [...this.#authors, name];
    this.#date ??= readHeadLine(right)?.date ?? null;
  }

  /** The lines from here to the next blank one, as they are. */
  #group(): readonly string[] {
    let end = this.#at;
    while (end < this.#lines.length && end < this.#at + 40 && this.#line(end) !== '') end += 1;
    return this.#lines.slice(this.#at, end);
  }

  #takeTitle(): void {
    const group = this.#group().map((line) => line.trim());
    const [first = ''] = group;
    if (first === '' || first.length > titleLength || isProse(group)) return;
    const count = this.#isFollowedByText(group.length) ? headlineLength(group) : 1;
    this.#title = new LineJoiner('').join(group.slice(0, count));
    this.#at += count;
  }

  #isFollowedByText(count: number): boolean {
    return this.#lines.slice(this.#at + count, this.#at + count + 20).some((line) => line.trim() !== '');
  }

  /** The title that a label states, where the text repeats it. */
  #passStatedTitle(): void {
    this.#skipBlank();
    const title = this.#statedTitle?.toLowerCase();
    if (title !== undefined && this.#line(this.#at).toLowerCase() === title) this.#at += 1;
  }

  /** A sentence may stand between title and byline; it stays text. */
  #takeBylineBelowStandfirst(): void {
    if (this.#authors.length > 0 || this.#title === null) return;
    const group = this.#group();
    const text = group.join(' ').trim();
    const isStandfirst =
      group.length > 0 && group.length <= 3 && text.length <= standfirstLength && !/[.!?…]$/.test(text);
    if (!isStandfirst) return;
    const start = this.#at;
    this.#at += group.length;
    this.#skipBlank();
    if (readByline(this.#line(this.#at)) === null && (readHeadLine(this.#line(this.#at))?.authors?.length ?? 0) === 0) {
      this.#at = start;
      return;
    }
    this.#blocks.push({ kind: 'text', heading: null, text: new LineJoiner('').join(group) });
    this.#takeHeadLines();
  }

  /** The lines that are left, without a day that is glued to the first of them. */
  #takeGlued(): readonly string[] {
    this.#skipBlank();
    const rest = this.#lines.slice(this.#at);
    const glued = unglueDate(rest[0]?.trim() ?? '');
    this.#date ??= readDateline(rest[0]?.trim() ?? '');
    if (glued === null) return rest;
    this.#date ??= glued.date;
    return [glued.text, ...rest.slice(1)];
  }
}

/** What a line with a label may state above or below the title; others may begin a sentence. */
const labelFields: ReadonlySet<string> = new Set(['title', 'date', 'authors', 'source', 'url', 'tags', 'language']);

/** Whether a text begins at once: its first line is wrapped, and goes on in the next. */
function isProse(group: readonly string[]): boolean {
  const [first = '', second = ''] = group;
  if (group.length < 2 || second === '') return false;
  const width = Math.max(...group.map((line) => line.length));
  const isWrapped = first.length + 1 + (second.split(' ', 1)[0]?.length ?? 0) > width * 0.9;
  if (group.length > titleLines) return isWrapped && first.length >= 40 && !hasLinePerParagraph(group);
  return isWrapped && first.length >= 60 && /^\p{Ll}/u.test(second) && /[.!?]$/.test(group.at(-1) ?? '');
}

/** How many lines of the first group are the headline: all of them where they are few, short and no sentence. */
function headlineLength(group: readonly string[]): number {
  const end = group.findIndex((line, index) => index > 0 && readHeadLine(line) !== null);
  const lines = end < 0 ? group : group.slice(0, end);
  const isHeadline =
    lines.length > 1 &&
    lines.length <= titleLines &&
    /\s/.test(lines[0] ?? '') &&
    lines.every((line) => line.length <= wrappedTitleLine) &&
    lines.join(' ').length <= titleLength &&
    !/[.。;,:]$/.test(lines.at(-1) ?? '');
  return isHeadline ? lines.length : 1;
}
