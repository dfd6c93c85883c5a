/**
 * JSON as programs really write it: Python's `NaN`, values behind each other, lists that were cut off. Parsing a whole
 * file, and cutting one that is no JSON into the values that are. Part of reading JSON.
 */

/** The value, or why there is none, with its 1-based line where the parser tells it. */
export type ParsedJson =
  | { readonly value: unknown; readonly error: null }
  | { readonly value: null; readonly error: { readonly message: string; readonly line: number | null } };

/** Parses one value. `NaN` and the infinities, which only Python knows, are null. */
export function parseJson(text: string): ParsedJson {
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

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function replaceNumbers(text: string): string {
  return text.replace(stringOrNumber, (token) => (token.startsWith('"') ? token : 'null'));
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
export function splitJson(text: string): readonly JsonPart[] {
  const lines = text
    .split('\n')
    .map((source, index) => ({ source, line: index + 1 }))
    .filter(({ source }) => source.trim() !== '');
  const isLines = lines.length > 1 && lines.slice(0, 3).some(({ source }) => isObject(source));
  return isLines ? lines : splitObjects(text);
}

function isObject(source: string): boolean {
  return /^\s*\{/.test(source) && parseJson(source).error === null;
}

/** Objects at the top, or in the first list of objects; the last one may be cut off. */
function splitObjects(text: string): JsonPart[] {
  const parts: JsonPart[] = [];
  const base = /^\s*\[/.test(text) ? 1 : 0;
  let depth = 0;
  let start = -1;
  let line = 1;
  let startLine = 1;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[\]{}\n]/g)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') {
      if (depth === base && token === '{') {
        start = index;
        startLine = line;
      }
      depth += 1;
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth === base && start >= 0) {
        parts.push({ source: text.slice(start, index + 1), line: startLine });
        start = -1;
      }
      if (depth < 0) depth = 0;
    }
  }
  if (start >= 0) parts.push({ source: text.slice(start), line: startLine });
  return parts;
}

/** The 1-based lines on which the items of a JSON list begin. The text is known to be valid. */
export function itemLines(text: string): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let isItemNext = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+|\S|\n/g)) {
    if (token === '\n') {
      line += 1;
      continue;
    }
    const isEnd = token === ']' || token === '}';
    if (depth === 1 && isItemNext && !isEnd) lines.push(line);
    if (token === '[' || token === '{') depth += 1;
    else if (isEnd) depth -= 1;
    isItemNext = depth === 1 && (token === ',' || (token === '[' && lines.length === 0));
  }
  return lines;
}
