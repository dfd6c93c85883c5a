/**
 * Large Markdown files in parts, so that the parser's tokens of one part are gone before the next, and what would keep
 * the parser busy without being text. Part of reading Markdown.
 */
import { limits } from '../../src/domain/limits.ts';
import type { MarkdownEnv } from './markdown-parser.ts';

/** Characters of a part; the last paragraph in it may be longer. */
const partLength = 256 * 1024;

/** Cuts a text where a line at the margin follows a blank one, outside of fences. The parts put together are the text. */
export function* cutMarkdown(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > 2 * partLength) {
    const end = findCut(text, start, start + partLength);
    yield text.slice(start, end);
    start = end;
  }
  yield text.slice(start);
}

/** Where a part ends: the first good place behind `from`, else twice as far at the next line's end. */
function findCut(text: string, start: number, from: number): number {
  const last = start + 2 * partLength;
  let fence: string | null = null;
  fenceOrMargin.lastIndex = start;
  for (let match = fenceOrMargin.exec(text); match !== null; match = fenceOrMargin.exec(text)) {
    const [marks, mark] = match;
    const end = match.index + marks.length;
    if (end > last) break;
    if (mark === undefined && fence === null && end > from) return end;
    if (mark !== undefined && fence === null) fence = mark;
    else if (mark !== undefined && fence !== null && mark.startsWith(fence)) fence = null;
  }
  const lineEnd = text.indexOf('\n', last);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

const fenceOrMargin = /^[ \t]*(`{3,}|~{3,})|^[ \t]*\n(?=[^\s`~:!?])/gm;

/** What all parts of a cut file need to know: where its reference links lead. */
export function shareReferences(text: string): MarkdownEnv {
  const references: MarkdownEnv['references'] = Object.create(null);
  if (text.length <= 2 * partLength || references === undefined) return {};
  let left = sharedReferences;
  for (const [, label = ''] of text.matchAll(/^ {0,3}\[([^\]\n^]{1,200})\]:[ \t]*\S/gm)) {
    references[label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase()] = { href: '', title: '' };
    left -= 1;
    if (left === 0) break;
  }
  return { references };
}

/** Reference links of a cut file that its parts share. */
const sharedReferences = 50_000;

/** Takes the marks off lines that begin with more quotes, bullets and spaces than blocks may be nested. */
export function flattenMarks(text: string): string {
  return text.replace(deepMarks, (marks, offset: number) => {
    const next = text[offset + marks.length];
    const isRule = (next === undefined || next === '\n') && /^(?:[-\t ]+|[* \t]+)$/.test(marks);
    return isRule ? marks : '';
  });
}

const deepMarks = new RegExp(`^[ \\t>*+-]{${limits.nesting},}`, 'gm');

/** Takes the bytes of pictures out of links: a paragraph of a million characters would be a picture. */
export function dropDataUrls(text: string): string {
  return text.includes('data:')
    ? text.replace(/data:[\w/+.-]{0,100}(?:;[\w=-]{1,50}){0,5},[\w+/=%-]{200,}/g, 'data:,')
    : text;
}

/** Characters that may begin a mark, line ends among them, which is what parsing lines costs. */
export function countMarks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (isMark[text.charCodeAt(at)] === 1) count += 1;
  return count;
}

const isMark = new Uint8Array(0x10000);
for (const mark of '[]*_`<&!~={$^:\\\n') isMark[mark.charCodeAt(0)] = 1;
