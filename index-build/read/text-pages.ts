/**
 * What frames the pages of a printed text: running heads, feet and page numbers of RFCs and scanned books, and the
 * frame that Project Gutenberg puts around its books. Part of reading plain text.
 */

/** Takes off the frames of pages. A paragraph that goes on behind one is one again. */
export function removePageFrames(text: string): string {
  if (!/\f|\[Page \d+\]|^[ \t]*(?:[-–—] ?)?(?:page )?\d{1,4}(?: ?[-–—]| of \d+)?[ \t]*$/im.test(text)) return text;
  const lines = text.replace(/\f/g, '\n\f\n').split('\n');
  const isFrame = findFrames(lines);
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    if (!isFrame[index]) {
      kept.push(lines[index] as string);
      continue;
    }
    let end = index;
    while (end < lines.length && (isFrame[end] || isBlank(lines[end]))) end += 1;
    while (isBlank(kept.at(-1)) && kept.length > 0) kept.pop();
    if (!goesOn(kept.at(-1), lines[end])) kept.push('');
    index = end - 1;
  }
  return kept.join('\n');
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

/** Whether a sentence that a page ends with goes on with the next one. */
function goesOn(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return !/[.!?:…]["'”’»)]*\s*$/.test(before) && /^\s*[\p{Ll}\p{Nd}(]/u.test(after);
}

/** For each line whether it frames a page. */
function findFrames(lines: readonly string[]): boolean[] {
  const isFrame = lines.map((line) => line === '\f' || rfcFoot.test(line));
  const marks = lines.flatMap((_, index) => (isFrame[index] ? [index] : []));
  const numbers = findPageNumbers(lines);
  for (const index of numbers) isFrame[index] = true;
  const edges = [...marks, ...numbers].flatMap((mark) => [nextLine(lines, mark, 1), nextLine(lines, mark, -1)]);
  const counts = new Map<string, number>();
  for (const edge of new Set(edges)) {
    const form = formOf(lines[edge] ?? '');
    if (form !== '') counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  for (const edge of edges) {
    const line = lines[edge] ?? '';
    const isRepeated = (counts.get(formOf(line)) ?? 0) >= Math.max(2, Math.min(marks.length, 6) / 2);
    if (isAlone(lines, edge) && (isRepeated || rfcHead.test(line))) isFrame[edge] = true;
  }
  return isFrame;
}

const rfcFoot = /\S\s{2,}\[Page \d+\]\s*$|^\s*\[Page \d+\]\s*$/;
const rfcHead = /^(?:RFC ?\d+|Internet[- ]Draft)\s{2,}\S.*\s{2,}\S.*\d{4}\s*$/;

/** The same for lines that differ in numbers and spaces only; empty for long lines, which are text. */
function formOf(line: string): string {
  const form = line.trim().replace(/\d+/g, '#').replace(/\s+/g, ' ').toLowerCase();
  return form.length > 100 ? '' : form;
}

/** The next line from one on that is neither blank nor a mark; the number of lines where none is near. */
function nextLine(lines: readonly string[], from: number, step: 1 | -1): number {
  for (let index = from + step, seen = 0; index >= 0 && index < lines.length && seen < 8; index += step, seen += 1) {
    const line = lines[index] ?? '';
    if (line.trim() !== '' && line !== '\f' && !rfcFoot.test(line)) return index;
  }
  return lines.length;
}

/** Whether no text stands right below and above a line. */
function isAlone(lines: readonly string[], index: number): boolean {
  const isOpen = (line: string | undefined) =>
    isBlank(line) || line === '\f' || rfcFoot.test(line ?? '') || pageNumber.test(line ?? '');
  return isOpen(lines[index - 1]) && isOpen(lines[index + 1]);
}

const pageNumber = /^\s*(?:[-–—] ?)?(?:page )?(\d{1,4})(?: ?[-–—]| of \d+)?\s*$/i;

/** Lines that hold a number alone, where these count up: at least three of them, each one or two more than the last. */
function findPageNumbers(lines: readonly string[]): number[] {
  const found = lines.flatMap((line, index) => {
    const number = pageNumber.exec(line)?.[1];
    return number !== undefined && isAlone(lines, index) ? [{ index, number: Number(number) }] : [];
  });
  const counted = found.filter(({ number }, place) => {
    const before = found[place - 1]?.number;
    const after = found[place + 1]?.number;
    return isNext(before, number) || isNext(number, after);
  });
  return counted.length >= 3 ? counted.map(({ index }) => index) : [];
}

function isNext(number: number | undefined, next: number | undefined): boolean {
  return number !== undefined && next !== undefined && next > number && next <= number + 2;
}

/** A book of Project Gutenberg: what stands above it, and its text. */
export interface GutenbergBook {
  readonly head: string;
  readonly text: string;
}

const gutenbergStart = /^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$/im;
const gutenbergEnd = /^(?:\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg(?:'s|’s| ))/im;

/** Takes off the frame, or null for a text without one. */
export function findGutenbergBook(text: string): GutenbergBook | null {
  const start = gutenbergStart.exec(text.slice(0, 50_000));
  if (start === null) return null;
  const body = text.slice(start.index + start[0].length);
  const end = gutenbergEnd.exec(body)?.index ?? body.length;
  return { head: text.slice(0, start.index), text: body.slice(0, end) };
}
