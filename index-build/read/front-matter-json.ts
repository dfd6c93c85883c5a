/** JSON in front matter: an object at the top of the file, as Hugo writes it, or between marks. */
import { decodeEntities } from './decode-entities.ts';
import type { Entry, ReadBlock } from './front-matter-block.ts';
import { isKnownKey } from './stated-data.ts';

/** The object that a text begins with, where it is data: a tag or macro of a site generator is none. */
export function findJsonBlock(text: string): string | null {
  if (!/^\{\s*"/.test(text)) return null;
  const end = endOfObject(text);
  if (end === null || !/^[ \t]*(?:\n|$)/.test(text.slice(end, end + 200))) return null;
  const block = text.slice(0, end);
  const value = parseObject(block);
  return value !== null && Object.keys(value).some(isKnownKey) ? block : null;
}

/** Reads a block that should be one object. */
export function readJsonBlock(content: string, firstLine: number): ReadBlock {
  const value = parseObject(content);
  if (value === null) {
    return { entries: [], error: { line: firstLine, reason: 'front matter left out: it is not a valid JSON object' } };
  }
  const lines = content.split('\n');
  const entries = Object.entries(value).map(([key, inner]): Entry => {
    const line = lines.findIndex((text) => text.includes(JSON.stringify(key)));
    return [key, { value: readable(inner), line: line < 0 ? null : line + firstLine }];
  });
  return { entries, error: null };
}

function readable(value: unknown): unknown {
  if (typeof value === 'string') return decodeEntities(value);
  return Array.isArray(value) ? value.map((each) => (typeof each === 'string' ? decodeEntities(each) : each)) : value;
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Where the braces that open first are closed, end excluded; null where they are not. */
function endOfObject(text: string): number | null {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    if (depth === 0) return index + token.length;
  }
  return null;
}
