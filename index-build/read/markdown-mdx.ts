/**
 * What MDX adds to Markdown: imports and exports, components, expressions. Their code is left out, the text of
 * components is read. Part of reading Markdown; imports stand in plain `.md` files as well.
 */
import type { StateBlock, StateInline } from 'markdown-it';
import { indentOf, type LineRule, lineAt, pushParagraph, startOfLine, textOfLine } from './markdown-lines.ts';
import { shownAttributes } from './template-tags.ts';

/** Characters that a component's tag or an expression may have. */
const codeLength = 2000;

/** Lines that an import or export may have. */
const moduleLines = 500;

const importStatement =
  /^import\s+(?:[^'"`;]{1,1000}?\sfrom\s*)?(['"])[^'"\n]{1,300}\1(?:\s+(?:with|assert)\s*\{[^{}]*\})?[ \t]*;?[ \t]*(?:\/\/[^\n]*)?(?:\n|$)/;
const exportStatement =
  /^export\s+(?:default\s|(?:const|let|var|(?:async\s+)?function\*?|class|enum|type|interface)\s+[\w${[]|\{[^}]*\}|\*\s+from)/;

/** Imports and exports at the top level of a file. */
export const moduleLine: LineRule = (state, line, endLine, isSilent) => {
  if (state.level > 0 || state.blkIndent > 0) return false;
  const start = startOfLine(state, line);
  if (!/^(?:import|export)\s/.test(state.src.slice(start, start + 8))) return false;
  const source = state.src.slice(start, start + codeLength);
  const length = importStatement.exec(source)?.[0].length ?? 0;
  if (length === 0 && !exportStatement.test(source)) return false;
  if (isSilent) return true;
  state.line = length > 0 ? lineAt(state, start + length - 1, line) + 1 : endOfExport(state, line, endLine);
  return true;
};

/** An export goes on to the first blank line that stands in no bracket. */
function endOfExport(state: StateBlock, line: number, endLine: number): number {
  let depth = 0;
  const last = Math.min(endLine, line + moduleLines);
  for (let next = line; next < last; next += 1) {
    if (state.isEmpty(next) && depth <= 0) return next;
    depth += depthOfLine(textOfLine(state, next));
  }
  return depth > 0 ? nextBlankLine(state, line, endLine) : last;
}

function depthOfLine(text: string): number {
  const code = text.replace(/(["'`])(?:\\.|(?!\1).)*\1/g, '');
  return (code.match(/[{([]/g)?.length ?? 0) - (code.match(/[})\]]/g)?.length ?? 0);
}

function nextBlankLine(state: StateBlock, line: number, endLine: number): number {
  let next = line;
  while (next < endLine && !state.isEmpty(next)) next += 1;
  return next;
}

/** Indented lines are no code in MDX: they are parsed as if they stood at the margin. */
export const indentedLines: LineRule = (state, line, endLine, isSilent) => {
  const indent = indentOf(state, line);
  if (indent < 4 || isSilent) return false;
  let end = line + 1;
  while (end < endLine && (state.isEmpty(end) || indentOf(state, end) >= indent)) end += 1;
  const { blkIndent, lineMax } = state;
  state.blkIndent += indent;
  state.lineMax = end;
  state.md.block.tokenize(state, line, end);
  state.blkIndent = blkIndent;
  state.lineMax = lineMax;
  state.line = end;
  return true;
};

/** A component's tags on lines by themselves. Content of `<style>` and `<script>` is passed over. */
export const componentLines: LineRule = (state, line, endLine, isSilent) => {
  const start = startOfLine(state, line);
  let position = start;
  let last = line;
  while (state.src[position] === '<') {
    const length = codeLengthAt(state, position);
    if (length === 0) return false;
    position += length;
    last = lineAt(state, position, last);
    const rest = state.src.slice(position, state.eMarks[last]);
    position += rest.length - rest.trimStart().length;
  }
  if (position === start || position < (state.eMarks[last] ?? 0) || last >= endLine) return false;
  if (isSilent) return true;
  const source = state.src.slice(start, position);
  for (const text of shownAttributes(source)) pushParagraph(state, text, line);
  state.line = endOfHidden(state, source, { line: last + 1, endLine });
  return true;
};

function endOfHidden(state: StateBlock, source: string, { line, endLine }: { line: number; endLine: number }): number {
  const name = /^<(style|script)\b[^>]*(?<!\/)>$/i.exec(source)?.[1];
  if (name === undefined) return line;
  let next = line;
  while (next < endLine && !textOfLine(state, next).includes(`</${name}>`)) next += 1;
  return Math.min(next + 1, endLine);
}

/** An expression on lines by itself. */
export const expressionLines: LineRule = (state, line, endLine, isSilent) => {
  const start = startOfLine(state, line);
  const length = state.src[start] === '{' ? codeLengthAt(state, start) : 0;
  if (length === 0) return false;
  const last = lineAt(state, start + length, line);
  if (last >= endLine || state.src.slice(start + length, state.eMarks[last]).trim() !== '') return false;
  if (!isSilent) state.line = last + 1;
  return true;
};

/** Passes over a component's tag or an expression inside a line; an expression that is only a text gives that text. */
export function passCode(state: StateInline, isSilent: boolean): boolean {
  const isTag = state.src[state.pos] === '<';
  const length = codeLengthAt(state, state.pos);
  if (length === 0 || state.pos + length > state.posMax) return false;
  const source = state.src.slice(state.pos, state.pos + length);
  if (!isSilent && isTag) state.push('html_inline', '', 0).content = source;
  else if (!isSilent) state.pending += /^\{\s*(["'`])([^"'`{}]*)\1\s*\}$/.exec(source)?.[2] ?? '';
  state.pos += length;
  return true;
}

/** Texts in which this many tags and expressions are not closed are no MDX; looking for ends would take forever. */
const failuresAllowed = 50;

const failures = new WeakMap<StateBlock | StateInline, number>();

/** Length of the tag or expression that begins at `start`, 0 where none does. */
function codeLengthAt(state: StateBlock | StateInline, start: number): number {
  const failed = failures.get(state) ?? 0;
  if (failed > failuresAllowed) return 0;
  const length = state.src[start] === '<' ? tagLength(state.src, start) : bracedLength(state.src, start);
  if (length === 0) failures.set(state, failed + 1);
  return length;
}

const tagStart = /<(?:>|\/>|\/?[A-Za-z][\w.:-]*(?=[\s/>]))/y;

/** Length of the tag that begins at `start`, 0 where none does. Braces in it may hold whatever code. */
function tagLength(text: string, start: number): number {
  tagStart.lastIndex = start;
  const opening = tagStart.exec(text)?.[0] ?? '';
  if (opening.length <= 3 && opening.endsWith('>')) return opening.length;
  const end = Math.min(text.length, start + codeLength);
  for (let at = start + opening.length; opening !== '' && at < end; at += 1) {
    const character = text[at];
    if (character === '>') return at + 1 - start;
    if (character === '<') return 0;
    if (character === '"' || character === "'") at = closingQuote(text, at, end);
    else if (character === '{') at += (bracedLength(text, at) || codeLength) - 1;
  }
  return 0;
}

function closingQuote(text: string, start: number, end: number): number {
  const close = text.slice(start + 1, end).indexOf(text[start] ?? '');
  return close < 0 ? end : start + 1 + close;
}

/** Length of a text in balanced braces, 0 where it is too long or not closed. Braces in quoted texts do not count. */
function bracedLength(text: string, start: number): number {
  if (text[start] !== '{') return 0;
  const end = Math.min(text.length, start + codeLength);
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const character = text[at];
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '"' || character === '`') at = Math.min(closingQuote(text, at, end), end);
    if (depth === 0) return at + 1 - start;
  }
  return 0;
}
