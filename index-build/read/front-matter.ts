/**
 * The YAML block at the top of Markdown and HTML files: `---` on the first line, up to the next `---` or `...`.
 * Data only: code in front matter is never run, every scalar stays the text that was written (`2022-11-14`, `007`).
 */
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { FileProblem } from '../../src/domain/problem.ts';
import { decodeEntities } from './decode-entities.ts';
import { pickStatedData, type StatedData, type Statement } from './stated-data.ts';

export interface FrontMatter {
  readonly stated: StatedData;
  /** The file's text behind the front matter. */
  readonly body: string;
  /** A block at the top that looks like front matter in another language; to be kept as text. */
  readonly foreign: string | null;
  readonly problems: readonly FileProblem[];
}

/** Splits a file's text. YAML that cannot be read is reported and left out, and the text is read without it. */
export function splitFrontMatter(text: string, path: string): FrontMatter {
  const block = findBlock(text);
  if (block === null) return { stated: new Map(), body: text, foreign: null, problems: [] };
  if (block.language !== 'yaml') {
    const reason = `front matter in "${block.language}", expected YAML: taken as text, never run`;
    return { stated: new Map(), body: block.body, foreign: block.content, problems: [warn(path, 1, reason)] };
  }
  return { ...parseYaml(block.content, path), body: block.body, foreign: null };
}

interface TopBlock {
  readonly language: string;
  readonly content: string;
  readonly body: string;
}

/** Characters that a front matter may have; more is an article that begins with a rule. */
const frontMatterLength = 100_000;

function findBlock(text: string): TopBlock | null {
  const opening = /^(---|\+\+\+)[ \t]*([a-z]{0,20})[ \t]*\n/i.exec(text);
  if (opening === null) return null;
  const [fence = '', mark = '', language = ''] = opening;
  const rest = text.slice(fence.length, fence.length + frontMatterLength);
  const closing = (mark === '---' ? /^(?:---|\.\.\.)[ \t]*$/m : /^\+\+\+[ \t]*$/m).exec(rest);
  if (closing === null) return null;
  return {
    language: mark === '+++' ? 'toml' : language.toLowerCase() || 'yaml',
    content: rest.slice(0, closing.index),
    body: text.slice(fence.length + closing.index + closing[0].length),
  };
}

function parseYaml(content: string, path: string): Pick<FrontMatter, 'stated' | 'problems'> {
  try {
    const { entries, error } = readYaml(content, firstLine);
    if (error === null) return { stated: pickStatedData(entries), problems: [] };
    const reason = `front matter is not valid YAML, its keys were read one by one: ${error.reason}`;
    return { stated: pickStatedData(readKeyByKey(content)), problems: [warn(path, error.line, reason)] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { stated: new Map(), problems: [warn(path, 1, `front matter left out: ${reason}`)] };
  }
}

type Entry = readonly [key: string, statement: Statement];

/** The line of the file on which front matter begins to have keys. */
const firstLine = 2;

interface Yaml {
  readonly entries: readonly Entry[];
  readonly error: { readonly line: number; readonly reason: string } | null;
}

/** Reads YAML that begins on the given line of its file. Throws where aliases multiply or nesting is too deep. */
function readYaml(content: string, line: number): Yaml {
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
function readKeyByKey(content: string): readonly Entry[] {
  const lines = content.split('\n');
  const starts = lines.flatMap((text, index) => (/^[A-Za-z][\w-]*:/.test(text) ? [index] : []));
  return starts.flatMap((start, index) => {
    const part = lines.slice(start, starts[index + 1] ?? lines.length);
    const { entries, error } = readYaml(part.join('\n'), start + firstLine);
    return error === null ? entries : readPlainLine(part, start + firstLine);
  });
}

/** `key: text` where the text is no YAML, but looks like none either. */
function readPlainLine(part: readonly string[], line: number): readonly Entry[] {
  const match = /^([\w-]+):\s+([^\s[\]{}*&!|>%@"'].*)$/.exec(part.join('\n').trim());
  return match === null ? [] : [[match[1] ?? '', { value: readable(match[2] ?? ''), line }]];
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
  if (value instanceof Map && value.has('name')) return { name: readable(value.get('name')) };
  return value;
}

/** The schema that leaves all scalars as texts leaves this one a text as well. */
function isNull(value: unknown): boolean {
  return value === '~' || value === 'null';
}

function warn(path: string, line: number, reason: string): FileProblem {
  return { path, line, severity: 'warning', reason };
}
