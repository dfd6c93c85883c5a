/**
 * What the owners of a corpus want first for a query: a text file with a line `query = article` each, whose lines are read
 * here. Queries are compared as words: case, accents, white space and punctuation make no difference; operators and fields do.
 */
import { analyze } from '../analysis/analyze.ts';
import { limits } from '../domain/limits.ts';
import type { Query } from '../domain/query.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';

export interface Pin {
  /** Where it stands in the file, 1-based. */
  readonly line: number;
  /** Path or id of an article, as written. */
  readonly article: string;
}

/** A line of the file that is not as expected. */
export interface PinProblem {
  readonly line: number;
  readonly reason: string;
}

export interface ParsedPins {
  /** By the key of their query, in the order of their lines. */
  readonly pins: ReadonlyMap<string, readonly Pin[]>;
  readonly problems: readonly PinProblem[];
}

/** Reads the lines of a file. Empty ones and those that begin with `#` say nothing. Never throws. */
export function parsePins(text: string): ParsedPins {
  const pins = new Map<string, Pin[]>();
  const problems: PinProblem[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [index, content] of lines.entries()) {
    const number = index + 1;
    if (number > limits.pinLines) {
      problems.push({ line: number, reason: `only the first ${limits.pinLines} lines are read` });
      break;
    }
    const complaint = readLine(content.trim(), number, pins);
    if (complaint !== null) problems.push({ line: number, reason: complaint });
  }
  return { pins, problems };
}

/** Adds the line's pin. Returns what is wrong with the line, or null. */
function readLine(content: string, line: number, pins: Map<string, Pin[]>): string | null {
  if (content === '' || content.startsWith('#')) return null;
  const { query, article } = splitLine(content);
  if (query === '' || article === '') return `found "${content.slice(0, 80)}", expected query = article`;
  const key = pinKey(query);
  if (key === null) return `found the query "${query.slice(0, 80)}", expected one with a word`;
  const own = pins.get(key) ?? [];
  if (own.some((pin) => pin.article === article)) return `"${article}" is pinned to this query already`;
  if (own.length >= limits.pinsPerQuery) return `a query has ${limits.pinsPerQuery} articles at most`;
  pins.set(key, [...own, { line, article }]);
  return null;
}

/** At the first equals sign with white space on both sides, else at the first one: either side may hold more of them. */
function splitLine(content: string): { readonly query: string; readonly article: string } {
  const [sign] = content.match(/\s=(?=\s)/) ?? content.match(/=/) ?? [''];
  const at = sign === '' ? content.length : content.indexOf(sign);
  return { query: content.slice(0, at).trim(), article: content.slice(at + sign.length).trim() };
}

/** Equal for two queries that ask for the same words in the same order; null for one without words. */
export function pinKey(text: string): string | null {
  const { query } = parseQuery(text);
  if (query.kind === 'everything') return null;
  const words = wordsOf(query);
  if (words === null) return `query ${printQuery(query)}`;
  const terms = analyze(words.join(' ')).map(({ term }) => term);
  return terms.length === 0 ? null : `words ${terms.join(' ')}`;
}

/** The words of a query that is nothing but words and phrases, else null. */
function wordsOf(query: Query): string[] | null {
  if (query.kind === 'term') return query.field === null ? [query.word] : null;
  if (query.kind === 'phrase') return query.field === null ? [query.text] : null;
  if (query.kind !== 'all') return null;
  const words = query.queries.map(wordsOf);
  return words.every((own) => own !== null) ? words.flat() : null;
}
