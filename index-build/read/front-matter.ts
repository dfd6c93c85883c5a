/**
 * The block of data at the top of Markdown and HTML files: YAML between `---`, TOML between `+++`, JSON, or lines such
 * as `Title: …`. Blank lines and comments may stand before it. A rule at the top that no data follow is text.
 * Data only: code in front matter is never run.
 */
import type { FileProblem } from '../../src/domain/problem.ts';
import type { ReadBlock } from './front-matter-block.ts';
import { findJsonBlock, readJsonBlock } from './front-matter-json.ts';
import { readLabelLines, readPandocLines } from './front-matter-lines.ts';
import { readTomlBlock } from './front-matter-toml.ts';
import { isYamlData, readYamlBlock } from './front-matter-yaml.ts';
import { pickStatedData, type StatedData } from './stated-data.ts';

export interface FrontMatter {
  readonly stated: StatedData;
  /** The file's text behind the front matter. */
  readonly body: string;
  /** A block at the top that looks like front matter in another language; to be kept as text. */
  readonly foreign: string | null;
  readonly problems: readonly FileProblem[];
}

/** Splits a file's text. What cannot be read of a block is reported, and the text is read without it. */
export function splitFrontMatter(text: string, path: string): FrontMatter {
  const start = startOfContent(text);
  const rest = text.slice(start);
  const firstLine = text.slice(0, start).split('\n').length;
  const found = findFenced(rest, firstLine) ?? findJson(rest, firstLine) ?? findLines(rest, firstLine);
  if (found === null) return { stated: new Map(), body: text, foreign: null, problems: [] };
  const { entries, error } = found.block;
  const problems: FileProblem[] =
    error === null ? [] : [{ path, line: error.line, severity: 'warning', reason: error.reason }];
  return { stated: pickStatedData(entries), body: rest.slice(found.end), foreign: found.foreign ?? null, problems };
}

interface FoundBlock {
  readonly block: ReadBlock;
  /** Where the text behind it begins. */
  readonly end: number;
  readonly foreign?: string;
}

/** Where something stands that is neither blank nor a comment. Comments are passed over only in front of a mark. */
function startOfContent(text: string): number {
  const start = endOfBlank(text, 0);
  let end = start;
  while (text.startsWith('<!--', end)) {
    const close = text.indexOf('-->', end);
    if (close < 0) return start;
    end = endOfBlank(text, close + 3);
  }
  return /^(?:---|\+\+\+)/.test(text.slice(end, end + 3)) ? end : start;
}

/** Behind blank lines, where the line begins that holds something. */
function endOfBlank(text: string, from: number): number {
  blankLines.lastIndex = from;
  return blankLines.test(text) ? blankLines.lastIndex : from;
}

const blankLines = /(?:[^\S\n]*\n)+/y;

/** Characters that a front matter may have; more is an article that begins with a rule. */
const frontMatterLength = 100_000;

function findFenced(text: string, firstLine: number): FoundBlock | null {
  const opening = /^(---|\+\+\+|;;;)[ \t]*([a-z]{0,20})[ \t]*\n/i.exec(text);
  if (opening === null) return null;
  const [fence = '', mark = '', named = ''] = opening;
  const rest = text.slice(fence.length, fence.length + frontMatterLength);
  const closing = closings.get(mark)?.exec(rest) ?? null;
  if (closing === null) return mark === '---' && named === '' ? findUnclosed(rest, fence.length, firstLine) : null;
  const content = rest.slice(0, closing.index);
  const end = fence.length + closing.index + closing[0].length;
  const language = named.toLowerCase() || (languages.get(mark) ?? 'yaml');
  if (language === 'yaml' || language === 'yml') {
    return isYamlData(content) ? { block: readYamlBlock(content, firstLine + 1), end } : null;
  }
  if (language === 'toml') return { block: readTomlBlock(content, firstLine + 1), end };
  if (language === 'json') return { block: readJsonBlock(content, firstLine + 1), end };
  const reason = `front matter in "${language}", expected YAML, TOML or JSON: taken as text, never run`;
  return { block: { entries: [], error: { line: firstLine, reason } }, end, foreign: content };
}

const closings: ReadonlyMap<string, RegExp> = new Map([
  ['---', /^(?:---|\.\.\.)[ \t]*$/m],
  ['+++', /^\+\+\+[ \t]*$/m],
  [';;;', /^;;;[ \t]*$/m],
]);
const languages: ReadonlyMap<string, string> = new Map([
  ['+++', 'toml'],
  [';;;', 'json'],
]);

/** Keys below a mark that nothing closes: they end at the first blank line. */
function findUnclosed(rest: string, fenceLength: number, firstLine: number): FoundBlock | null {
  const lines = readLabelLines(rest, firstLine + 1);
  if (lines === null) return null;
  const { entries } = readYamlBlock(rest.slice(0, lines.end), firstLine + 1);
  const reason = 'front matter is not closed by a line "---": it is read up to the first blank line';
  return {
    block: { entries: entries.length > 0 ? entries : lines.entries, error: { line: firstLine, reason } },
    end: fenceLength + lines.end,
  };
}

function findJson(text: string, firstLine: number): FoundBlock | null {
  const block = findJsonBlock(text.slice(0, frontMatterLength));
  return block === null ? null : { block: readJsonBlock(block, firstLine), end: block.length };
}

function findLines(text: string, firstLine: number): FoundBlock | null {
  const found = readPandocLines(text, firstLine) ?? readLabelLines(text, firstLine);
  return found === null ? null : { block: { entries: found.entries, error: null }, end: found.end };
}
