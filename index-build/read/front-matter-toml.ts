/** TOML in front matter, as Hugo and Zola write it. Dates stay as they are written. */
import { parse, TomlDate, TomlError } from 'smol-toml';
import { decodeEntities } from './decode-entities.ts';
import type { Entry, ReadBlock } from './front-matter-block.ts';

/** Reads a block whose first line has the given number. Where it is no TOML, its keys are read one by one. */
export function readTomlBlock(content: string, firstLine: number): ReadBlock {
  try {
    return { entries: listEntries(parse(content, { maxDepth: nesting }), content, firstLine), error: null };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = 'invalid'] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    const reason = `front matter is not valid TOML, its keys were read one by one: ${what}`;
    return { entries: readKeyByKey(content, firstLine), error: { line: error.line + firstLine - 1, reason } };
  }
}

/** Tables in tables and lists in lists. */
const nesting = 50;

/** The lines up to the first table, each by itself; a text that is never closed ends with its line. */
function readKeyByKey(content: string, firstLine: number): readonly Entry[] {
  return content.split('\n').flatMap((line, index): Entry[] => {
    try {
      return [...listEntries(parse(line), line, firstLine + index)];
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const [, key, text] = /^([\w-]+)\s*=\s*["']?(\S.*?)["']?\s*$/.exec(line) ?? [];
      const isText = key !== undefined && text !== undefined && !/^[[{]/.test(text);
      return isText ? [[key, { value: decodeEntities(text), line: firstLine + index }]] : [];
    }
  });
}

function listEntries(table: object, content: string, firstLine: number): readonly Entry[] {
  const lines = content.split('\n');
  return Object.entries(table).map(([key, value]) => {
    const line = lines.findIndex((text) => text.trimStart().startsWith(key) || text.startsWith(`[${key}`));
    return [key, { value: readable(value), line: line < 0 ? null : line + firstLine }];
  });
}

/** Texts for all that is one: numbers and dates are written as they are meant. */
function readable(value: unknown): unknown {
  if (typeof value === 'string') return decodeEntities(value);
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}
