/** YAML in front matter. Every scalar stays the text that was written (`2022-11-14`, `007`). */
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { limits } from '../../src/domain/limits.ts';
import { decodeEntities } from './decode-entities.ts';
import type { Entry, ReadBlock } from './front-matter-block.ts';
import { isKnownKey } from './stated-data.ts';

/** Whether a block between two rules is data: what begins with a blank line must hold a key that is known. */
export function isYamlData(content: string): boolean {
  const lines = content.split('\n').filter((line) => !/^\s*(?:#.*)?$/.test(line));
  const [first] = lines;
  if (first === undefined) return !/^[^\S\n]*\n/.test(content) || content.trim() !== '';
  if (keyOf(first) === null && !/^(?:[?-]\s|\{)/.test(first)) return false;
  return !/^[^\S\n]*\n/.test(content) || lines.some((line) => isKnownKey(keyOf(line) ?? ''));
}

function keyOf(line: string): string | null {
  const colon = line.search(/:(?:\s|$)/);
  if (colon <= 0 || colon > longestKey) return null;
  return keyForm.exec(line.slice(0, colon).trim())?.[2] ?? null;
}

/** In characters; a longer one is a sentence. */
const longestKey = 60;
const keyForm = /^(["']?)([\p{L}_$@][\p{L}\p{N}_ $./@-]*)\1$/u;

/** Reads a block whose first line has the given number. Where it is no YAML, its keys are read one by one. */
export function readYamlBlock(content: string, firstLine: number): ReadBlock {
  if (isTooDeep(content)) {
    return { entries: [], error: { line: firstLine - 1, reason: 'front matter left out: it is nested too deep' } };
  }
  // YAML knows no tabs in front of a line, and editors write them.
  const source = content.replace(/^\t+/gm, (tabs) => '  '.repeat(tabs.length));
  try {
    const { entries, error } = readYaml(source, firstLine);
    if (error === null) return { entries, error: null };
    const reason = `front matter is not valid YAML, its keys were read one by one: ${error.reason}`;
    const { entries: kept, brokenLine } = readKeyByKey(source, firstLine);
    return { entries: kept, error: { line: brokenLine ?? error.line, reason } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { entries: [], error: { line: firstLine - 1, reason: `front matter left out: ${reason}` } };
  }
}

/** The parser calls itself for what is nested, and Node ends where a pattern is compiled on a stack that is nearly full. */
function isTooDeep(content: string): boolean {
  let depth = 0;
  for (const [mark] of content.matchAll(/[[\]{}]|^[ \t]*(?:[-?:][ \t]+){100}/gm)) {
    if (mark.length > 1) return true;
    depth = /[[{]/.test(mark) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > limits.nesting) return true;
  }
  return false;
}

/** Reads YAML that begins on the given line of its file. Throws where aliases multiply or nesting is too deep. */
function readYaml(
  content: string,
  line: number,
): { entries: readonly Entry[]; error: { line: number; reason: string } | null } {
  const lines = new LineCounter();
  const document = parseDocument(content, {
    schema: 'failsafe',
    lineCounter: lines,
    logLevel: 'silent',
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error === undefined) return { entries: listEntries(document, lines, line), error: null };
  const reason = error.message.replace(/ at line [\s\S]*/, '');
  return { entries: [], error: { line: lines.linePos(error.pos[0]).line + line - 1, reason } };
}

/** `title: Izium: a city returns` is the commonest mistake in front matter; it must not cost the date and the author. */
function readKeyByKey(content: string, firstLine: number): KeyByKey {
  let brokenLine: number | null = null;
  const lines = content.split('\n');
  const starts = lines.flatMap((text, index) => (/^[A-Za-z][\w-]*:/.test(text) ? [index] : []));
  const entries = starts.flatMap((start, index) => {
    const part = lines.slice(start, starts[index + 1] ?? lines.length);
    const { entries, error } = readYaml(part.join('\n'), start + firstLine);
    if (error === null) return entries;
    brokenLine ??= start + firstLine;
    return readPlainLine(part, start + firstLine);
  });
  return { entries, brokenLine };
}

interface KeyByKey {
  readonly entries: readonly Entry[];
  /** Line of the first key that is no YAML by itself; the parser often sees a mistake further down only. */
  readonly brokenLine: number | null;
}

/** `key: text` where the text is no YAML, but looks like none either: a quotation mark that is never closed is none. */
function readPlainLine(part: readonly string[], line: number): readonly Entry[] {
  const match = /^([\w-]+):\s+([^\s[\]{}|>].*)$/.exec(part.join('\n').trim());
  if (match === null) return [];
  const [, key = '', text = ''] = match;
  const value = text.replace(/^(["'])(.*)\1$/, '$2').replace(/^(["'])(?!.*\1)/, '');
  return [[key, { value: readable(value), line }]];
}

/** The top level's pairs. Converting refuses documents whose aliases multiply ("alias bombs") by throwing. */
function listEntries(document: Document.Parsed, lines: LineCounter, firstLineNumber: number): readonly Entry[] {
  if (!isMap(document.contents)) return [];
  const values: unknown = document.toJS({ mapAsMap: true });
  const lineOfKey = new Map<string, number>();
  for (const { key } of document.contents.items) {
    if (isScalar(key) && key.range)
      lineOfKey.set(String(key.value), lines.linePos(key.range[0]).line + firstLineNumber - 1);
  }
  if (!(values instanceof Map)) return [];
  return [...values].map(([key, value]) => [
    String(key),
    { value: isNull(value) ? null : readable(value), line: lineOfKey.get(String(key)) ?? null },
  ]);
}

/** Site generators put these values into HTML as they are, so entities are meant as such. */
function readable(value: unknown): unknown {
  if (typeof value === 'string') return decodeEntities(value);
  if (Array.isArray(value)) return value.map(readable);
  if (!(value instanceof Map)) return value;
  if (value.has('name')) return { name: readable(value.get('name')) };
  return new Map([...value].map(([key, inner]) => [key, readable(inner)]));
}

/** The schema that leaves all scalars as texts leaves this one a text as well. */
function isNull(value: unknown): boolean {
  return value === '~' || value === 'null';
}
