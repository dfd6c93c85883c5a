/**
 * Plain text → its paragraphs. Blank lines part them; between these, lines are either wrapped, and then joined, or each
 * a paragraph of its own, which their lengths and ends tell. Part of reading plain text, also inside JSON.
 */
import type { Block } from '../../src/domain/article.ts';
import { cleanText } from './clean-text.ts';
import { LineJoiner } from './join-lines.ts';

/** Text → one block per paragraph, list item or row of a table, in reading order. */
export function toParagraphs(text: string): Block[] {
  if (!text.includes('\n')) return toBlocks([{ kind: 'text', text }]);
  if (hasTooManyLines(text)) return toBlocks(splitAtBlankLines(text).map((part) => ({ kind: 'text', text: part })));
  const lines = text.split('\n').map((line) => line.trimEnd());
  const joiner = new LineJoiner(text);
  const isLinePerParagraph = hasLinePerParagraph(lines);
  return groups(lines).flatMap((group) => {
    if (isLinePerParagraph) return toBlocks(group.map((line) => toPiece([line], joiner)));
    if (isTable(group)) return toBlocks(group.map((line) => ({ kind: 'row', text: toRow(line) })));
    return toBlocks(splitGroup(group).map((part) => toPiece(part, joiner)));
  });
}

/** Lines of a text that are looked at one by one. A file of 32 MB has half as many, unless they are very short. */
export const mostTextLines = 1_000_000;

/** Whether a text has so many lines that its paragraphs are told by blank lines alone. */
export function hasTooManyLines(text: string): boolean {
  let lines = 1;
  for (let at = text.search(/[\n\f]/); at >= 0; at = nextEnd(text, at + 1)) {
    lines += 1;
    if (lines > mostTextLines) return true;
  }
  return false;
}

function nextEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x0a || code === 0x0c) return index;
  }
  return -1;
}

/** Paragraphs of such a text that are told apart. */
const mostParts = 200_000;

/** Line by line: a pattern for so many line ends overflows its stack. */
function splitAtBlankLines(text: string): string[] {
  const parts: string[] = [];
  let from = -1;
  for (let start = 0; start < text.length; ) {
    // What follows stays together: it is split later, and nothing of it is lost.
    const found = parts.length < mostParts ? nextEnd(text, start) : -1;
    const end = found < 0 ? text.length : found;
    const isBlank = text.slice(start, end).trim() === '';
    if (!isBlank && from < 0) from = start;
    if (isBlank && from >= 0) {
      parts.push(text.slice(from, start));
      from = -1;
    }
    start = end + 1;
  }
  if (from >= 0) parts.push(text.slice(from));
  return parts;
}

interface Piece {
  readonly kind: Block['kind'];
  readonly text: string;
}

/** What has neither a letter nor a digit nor a sign of meaning is an ornament between paragraphs. */
function toBlocks(pieces: readonly Piece[]): Block[] {
  const blocks = pieces.map(({ kind, text }): Block => ({ kind, heading: null, text: cleanText(text) }));
  return blocks.filter(({ text }) => text !== '' && !/^[-=_*~#+.·•–—|\s]+$/.test(text));
}

function toPiece(lines: readonly string[], joiner: LineJoiner): Piece {
  const text = joiner.join(lines);
  const item = bullet.exec(text);
  return item === null ? { kind: 'text', text } : { kind: 'item', text: text.slice(item[0].length) };
}

/** Lines that stand together. */
function groups(lines: readonly string[]): string[][] {
  const found: string[][] = [];
  let group: string[] = [];
  for (const line of lines) {
    if (line.trim() !== '') group.push(line);
    else if (group.length > 0) {
      found.push(group);
      group = [];
    }
  }
  if (group.length > 0) found.push(group);
  return found;
}

const bullet = /^\s*[-*•‣◦▪–]\s+(?=\S)/;
const listMark = /^\s*(?:[-*•‣◦▪–]|\d{1,3}[.)])\s+\S/;
const sentenceEnd = /[.!?…。！？][\])"'”’»」』]*$/;

/** Cuts a group of wrapped lines where an item begins, or a paragraph that only its indented first line shows. */
function splitGroup(group: readonly string[]): string[][] {
  const hasItems = listMark.test(group[0] ?? '') || group.filter((line) => listMark.test(line)).length > 1;
  const margin = Math.min(...group.slice(0, 200).map(indentOf));
  const parts: string[][] = [];
  for (const [index, line] of group.entries()) {
    const before = group[index - 1];
    const isNew =
      before === undefined ||
      (hasItems && listMark.test(line)) ||
      (indentOf(line) > margin + 1 && indentOf(before) <= margin + 1 && sentenceEnd.test(before));
    if (isNew) parts.push([line]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

const columnGap = /(?<=\S)(?: {3,}|\t+ *| ?\.{4,} ?)(?=\S)/;

/** Whether most lines have columns: at least two of them, with gaps that no sentence has. */
function isTable(group: readonly string[]): boolean {
  return group.length > 1 && group.filter((line) => columnGap.test(line)).length > group.length * 0.6;
}

/** `a    b` → `a | b`. */
export function toRow(line: string): string {
  return line
    .trim()
    .split(new RegExp(columnGap, 'g'))
    .map((cell) => cell.trim())
    .join(' | ');
}

/** Lines longer than a screen is wide are wrapped by nobody. */
const longLine = 250;
/** What sets of lines of even length end with, in characters. */
const wrappedLine = 100;
/** Lines that are looked at. */
const mostLines = 5000;

/**
 * Whether each line is a paragraph. Wrapped lines are short and of even length: the next word would not have fitted, and
 * few of them end a sentence. Lines that are paragraphs nearly all do.
 */
export function hasLinePerParagraph(lines: readonly string[]): boolean {
  const pairs: { readonly line: string; readonly next: string }[] = [];
  for (let index = 1; index < lines.length && pairs.length < mostLines; index += 1) {
    const [line = '', next = ''] = [lines[index - 1]?.trim(), lines[index]?.trim()];
    if (line !== '' && next !== '') pairs.push({ line, next });
  }
  if (pairs.length === 0) return false;
  const scale = pairs.slice(0, 50).some(({ line }) => wideCharacters.test(line)) ? 0.4 : 1;
  const lengths = pairs.map(({ line }) => line.length).sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  const width = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
  if (median > longLine * scale) return true;
  const ended = pairs.filter(({ line }) => sentenceEnd.test(line)).length / pairs.length;
  const fitting =
    pairs.filter(({ line, next }) => line.length + 1 + firstWordLength(next) <= width).length / pairs.length;
  // Chinese and Japanese lines that are wrapped break anywhere.
  if (scale < 1 && ended >= 0.9 && pairs.length >= 2) return true;
  if (ended >= 0.7) return median > wrappedLine * scale || (pairs.length >= 4 && fitting >= 0.5);
  return median > wrappedLine * scale && ended >= 0.5 && fitting >= 0.5;
}

const wideCharacters = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{5}/u;

function firstWordLength(line: string): number {
  const end = line.indexOf(' ');
  return end < 0 ? Math.min(line.length, 20) : end;
}
