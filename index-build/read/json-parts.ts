/**
 * JSON as programs really write it: Python's `NaN`, values behind each other, lists that were cut off. Parsing a whole
 * file, and cutting one that is no JSON into the values that are. Part of reading JSON. Scans go character by character:
 * on a text of megabytes a pattern for strings overflows its stack.
 */

/** The value, or why there is none, with its 1-based line where the parser tells it. */
export type ParsedJson =
  | { readonly value: unknown; readonly error: null }
  | { readonly value: null; readonly error: { readonly message: string; readonly line: number | null } };

/** Lists and objects in each other; deeper ones take the parser seconds and gigabytes. */
const nesting = 1000;
/** Values in one file, of whatever kind: each takes the parser's memory. */
const mostValues = 4_000_000;

/** Parses one value. `NaN` and the infinities, which only Python knows, are null. */
export function parseJson(text: string): ParsedJson {
  const refusal = findRefusal(text);
  if (refusal !== null) return { value: null, error: { message: refusal, line: null } };
  const strict = tryParse(text);
  if (strict.error === null || !/\b(?:NaN|Infinity)\b/.test(text)) return strict;
  const lenient = tryParse(replaceNumbers(text));
  return lenient.error === null ? lenient : strict;
}

function tryParse(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text), error: null };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { value: null, error: { message, line: lineOfError(message, text) } };
  }
}

const quote = 0x22;
const backslash = 0x5c;
const lineEnd = 0x0a;
const comma = 0x2c;

function isOpening(code: number): boolean {
  return code === 0x5b || code === 0x7b;
}

function isClosing(code: number): boolean {
  return code === 0x5d || code === 0x7d;
}

/** Behind the string that begins at an index; the end of the line or text where it is not closed. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === backslash) index += 1;
    else if (code === quote) return index + 1;
    else if (code === lineEnd) return index;
  }
  return text.length;
}

/** Why the parser is not even asked, or null. Short texts are left to it. */
function findRefusal(text: string): string | null {
  if (text.length <= nesting) return null;
  let depth = 0;
  let values = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index) - 1;
    else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    else if (code === comma) values += 1;
    if (depth > nesting) return `JSON nested deeper than ${nesting} lists and objects`;
    if (values > mostValues) return `JSON of more than ${mostValues} values: split it`;
  }
  return null;
}

function replaceNumbers(text: string): string {
  let replaced = '';
  let start = 0;
  for (const { index, 0: number } of text.matchAll(/-?\b(?:NaN|Infinity)\b/g)) {
    // Inside a string it is a word: an odd number of quotation marks stands in front of it on its line.
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
    if (isInsideString(line)) continue;
    replaced += `${text.slice(start, index)}null`;
    start = index + number.length;
  }
  return replaced + text.slice(start);
}

function isInsideString(line: string): boolean {
  for (let index = 0; index < line.length; index += 1) {
    if (line.charCodeAt(index) !== quote) continue;
    const end = endOfString(line, index);
    if (end >= line.length && line.charCodeAt(line.length - 1) !== quote) return true;
    index = end - 1;
  }
  return false;
}

/** Where the parser stopped, as far as its message tells: it names a position, or quotes what stands around it. */
function lineOfError(message: string, text: string): number | null {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  const quoted = /, \.\.\."([\s\S]+?)"(?:\.\.\.)? is not valid JSON$/.exec(message)?.[1];
  const start = quoted === undefined ? -1 : text.indexOf(quoted);
  return quoted === undefined || start < 0 || start !== text.lastIndexOf(quoted)
    ? null
    : lineAt(text, start + quotedBefore);
}

/** Characters that the message quotes in front of the place. */
const quotedBefore = 10;

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** The source of one value, and the 1-based line on which it begins. */
export interface JsonPart {
  readonly source: string;
  readonly line: number;
}

/**
 * The values of a text that is no JSON as a whole: lines where each is a value of its own, else the objects of a list or
 * those that stand behind each other. What is between them is left to the parts: a broken value is one part.
 */
export function* splitJson(text: string): Generator<JsonPart> {
  const lines: JsonPart[] = [];
  for (const part of splitLines(text)) if (lines.push(part) >= 3) break;
  if (lines.length > 1 && lines.some(({ source }) => isObject(source))) yield* splitLines(text);
  else yield* splitObjects(text);
}

function isObject(source: string): boolean {
  return /^\s*\{/.test(source) && parseJson(source).error === null;
}

/** The lines that are not blank. */
export function* splitLines(text: string): Generator<JsonPart> {
  for (let start = 0, line = 1; start < text.length; line += 1) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const source = text.slice(start, end);
    if (source.trim() !== '') yield { source, line };
    start = end + 1;
  }
}

/** Objects at the top, or in the first list of objects; the last one may be cut off. */
function* splitObjects(text: string): Generator<JsonPart> {
  const base = /^\s*\[/.test(text) ? 1 : 0;
  let depth = 0;
  let start = -1;
  let line = 1;
  let startLine = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index) - 1;
    else if (code === lineEnd) line += 1;
    else if (isOpening(code)) {
      if (depth === base && text[index] === '{') {
        start = index;
        startLine = line;
      }
      depth += 1;
    } else if (isClosing(code)) {
      depth = Math.max(0, depth - 1);
      if (depth === base && start >= 0) {
        yield { source: text.slice(start, index + 1), line: startLine };
        start = -1;
      }
    }
  }
  if (start >= 0) yield { source: text.slice(start), line: startLine };
}

/** The 1-based lines on which the first items of a JSON list begin, at most `most`. The text is known to be valid. */
export function itemLines(text: string, most: number): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let isItemNext = false;
  for (let index = 0; index < text.length && lines.length < most; index += 1) {
    const code = text.charCodeAt(index);
    if (code === lineEnd) line += 1;
    if (code <= 0x20) continue;
    if (depth === 1 && isItemNext && !isClosing(code)) {
      lines.push(line);
      isItemNext = false;
    }
    if (code === quote) index = endOfString(text, index) - 1;
    else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth === 1) isItemNext ||= code === comma || (isOpening(code) && lines.length === 0);
  }
  return lines;
}
