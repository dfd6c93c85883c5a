/**
 * The Markdown parser: CommonMark with tables by markdown-it, and the dialects of site generators as rules within it,
 * so that code stays as it is. Part of reading Markdown; it knows nothing of articles.
 */
import createMarkdownIt, { type Env, type MarkdownIt, type StateBlock, type Token } from 'markdown-it';
import { limits } from '../../src/domain/limits.ts';
import {
  colonFence,
  definition,
  footnote,
  indentedNote,
  leafDirective,
  mathBlock,
  noteFence,
  readOpeningMarks,
  slashFence,
} from './markdown-containers.ts';
import { indentOf, type LineRule, startOfLine } from './markdown-lines.ts';
import { readMark, readMdxMark } from './markdown-marks.ts';
import { componentLines, expressionLines, indentedLines, moduleLine } from './markdown-mdx.ts';
import { commentLines, tagLines, unreadLine } from './markdown-unread.ts';
import { templateTagAt } from './template-tags.ts';

/** `mdx`: components and expressions are code, indented text is none. */
export type MarkdownDialect = 'markdown' | 'mdx';

/** What the blocks of one file share: the targets of reference links. */
export type MarkdownEnv = Env;

/** Parses a text to block tokens, whose lines are not yet parsed. Blocks nested deeper than the parser goes are dropped. */
export function parseBlocks(source: string, dialect: MarkdownDialect, env: MarkdownEnv): Token[] {
  return parsers[dialect].blocks.parse(source, env);
}

/** Parses the lines of one block to inline tokens. Marks nested deeper than `lineNesting` stay text. */
export function parseLines(content: string, dialect: MarkdownDialect, env: MarkdownEnv): Token[] {
  const tokens: Token[] = [];
  const { lines } = parsers[dialect];
  lines.inline.parse(content, lines, env, tokens);
  return tokens;
}

/** Links in images in emphasis: more than that is no text, and 400 levels cost a second for 100,000 open brackets. */
const lineNesting = 30;

/** Rules by the first character of a line. */
const lineRules: ReadonlyMap<string, readonly LineRule[]> = new Map([
  ['{', [bounded(commentLines), bounded(tagLines), unreadLine]],
  ['<', [bounded(tagLines), unreadLine, markdownElement]],
  ['%', [bounded(commentLines)]],
  ['[', [footnote, unreadLine]],
  ['*', [unreadLine]],
  ['$', [unreadLine, bounded(mathBlock)]],
  ['\\', [bounded(mathBlock)]],
  ['-', [unreadLine]],
  ['@', [unreadLine]],
  [':', [colonFence, leafDirective, definition]],
  ['~', [noteFence, definition]],
  ['`', [noteFence]],
  ['!', [indentedNote]],
  ['?', [indentedNote]],
  ['=', [indentedNote]],
  ['/', [slashFence]],
  ['i', [moduleLine]],
  ['e', [moduleLine]],
]);

/** Components go before all else in MDX. */
const mdxLineRules: ReadonlyMap<string, readonly LineRule[]> = new Map([
  ...lineRules,
  ['<', [bounded(commentLines), bounded(tagLines), bounded(componentLines)]],
  ['{', [bounded(commentLines), bounded(tagLines), unreadLine, bounded(expressionLines)]],
]);

/** Lines of a text that a rule may look far ahead from in vain; where there are more, they hold no such thing. */
const failuresAllowed = 500;

/** A rule that looks far ahead, and stops looking in a text where it rarely finds anything. */
function bounded(rule: LineRule): LineRule {
  const failures = new WeakMap<StateBlock, number>();
  return (state, line, endLine, isSilent) => {
    const failed = failures.get(state) ?? 0;
    if (failed > failuresAllowed) return false;
    const isTaken = rule(state, line, endLine, isSilent);
    if (!isTaken) failures.set(state, failed + 1);
    return isTaken;
  };
}

const parsers: Readonly<Record<MarkdownDialect, { readonly blocks: MarkdownIt; readonly lines: MarkdownIt }>> = {
  markdown: { blocks: createBlockParser(lineRules), lines: createLineParser(readMark) },
  mdx: {
    blocks: createMdxBlockParser(),
    lines: createLineParser(readMdxMark).disable(['html_inline', 'autolink']),
  },
};

function createBlockParser(rules: ReadonlyMap<string, readonly LineRule[]>): MarkdownIt {
  const parser = createMarkdownIt({ html: true });
  parser.set({ maxNesting: 2 * limits.nesting });
  const takeLine: LineRule = (state, line, endLine, isSilent) => {
    const candidates = rules.get(state.src[startOfLine(state, line)] ?? '');
    if (candidates === undefined || indentOf(state, line) >= 4) return false;
    return candidates.some((rule) => rule(state, line, endLine, isSilent));
  };
  const alt = ['paragraph', 'reference', 'blockquote', 'list'];
  parser.block.ruler.before('table', 'dialect', takeLine, { alt });
  parser.core.ruler.after('block', 'opening-marks', readOpeningMarks);
  parser.disable(['inline', 'linkify', 'replacements', 'smartquotes', 'text_join']);
  readTargetsWithTags(parser);
  return parser;
}

function createMdxBlockParser(): MarkdownIt {
  const parser = createBlockParser(mdxLineRules).disable(['code', 'html_block']);
  parser.block.ruler.before('dialect', 'indented', indentedLines);
  return parser;
}

function createLineParser(mark: typeof readMark): MarkdownIt {
  const parser = createMarkdownIt({ html: true });
  parser.set({ maxNesting: lineNesting });
  parser.inline.ruler.before('escape', 'dialect', mark);
  readTargetsWithTags(parser);
  return parser;
}

/** `[text]({{ site.url }}/x)` is a link: a tag in its target may hold spaces and brackets. */
function readTargetsWithTags(parser: MarkdownIt): void {
  const { parseLinkDestination } = parser.helpers;
  parser.helpers = {
    ...parser.helpers,
    parseLinkDestination: (text, start, max) => {
      const end = endOfTaggedTarget(text, start, max);
      return end === start ? parseLinkDestination(text, start, max) : { ok: true, pos: end, str: '' };
    },
  };
}

/** Where a target with tags in it ends; `start` where it has none. */
function endOfTaggedTarget(text: string, start: number, max: number): number {
  beginsTagged.lastIndex = start;
  if (!beginsTagged.test(text)) return start;
  let depth = 0;
  let at = start;
  while (at < max && at - start < targetLength) {
    const character = text[at] ?? '';
    const tagLength = character === '{' || character === '<' ? (templateTagAt(text, at)?.length ?? 0) : 0;
    if (tagLength === 0 && /[\s<]/.test(character)) break;
    if (character === '(') depth += 1;
    else if (character === ')' && --depth < 0) break;
    at += Math.max(tagLength, 1);
  }
  return Math.min(at, max);
}

const beginsTagged = /[^\s(){}<>]{0,200}(?:\{[{%]|<%)/y;

/** Characters of a link's target that are looked at for tags. */
const targetLength = 2000;

/** `<div markdown="1">` and its like on a line by itself: what follows is Markdown. */
function markdownElement(state: StateBlock, line: number, _endLine: number, isSilent: boolean): boolean {
  const text = state.src.slice(startOfLine(state, line), state.eMarks[line]);
  if (!/^<[a-z][\w-]*\s[^<>]*\bmarkdown(?:=["']?(?:1|span|block)["']?)?(?:\s[^<>]*)?>\s*$/i.test(text)) return false;
  if (!isSilent) state.line = line + 1;
  return true;
}
