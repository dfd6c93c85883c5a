/**
 * Lines as block rules of Markdown need them, and the way to parse what stands indented below one. Part of reading
 * Markdown.
 */
import type { StateBlock } from 'markdown-it';

/** A rule for lines: takes them and says so, or leaves them. `isSilent`: only asked whether it would. */
export type LineRule = (state: StateBlock, line: number, endLine: number, isSilent: boolean) => boolean;

/** A line without its indentation. */
export function textOfLine(state: StateBlock, line: number): string {
  return state.src.slice(startOfLine(state, line), state.eMarks[line]);
}

/** Where a line's text begins, behind indentation and the marks of blocks around it. */
export function startOfLine(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

/** Columns that a line is indented by, those of blocks around it not counted. */
export function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent;
}

/** The line that holds a place of the source, from `line` on. */
export function lineAt(state: StateBlock, position: number, line: number): number {
  let found = line;
  while (found < state.lineMax - 1 && (state.eMarks[found] ?? 0) < position) found += 1;
  return found;
}

/** Adds a paragraph whose text is parsed as Markdown. */
export function pushParagraph(state: StateBlock, text: string, line: number): void {
  state.push('paragraph_open', 'p', 1).map = [line, line + 1];
  const inline = state.push('inline', '', 0);
  inline.content = text.trim();
  inline.map = [line, line + 1];
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
}

/** A block whose first line begins behind a mark and whose further lines are indented. */
interface IndentedBlock {
  readonly type: string;
  readonly line: number;
  /** Where the first line's text begins in the source; null where that line is the mark's alone. */
  readonly textStart: number | null;
  /** Columns that further lines are indented by at least. */
  readonly indent: number;
}

/** Parses an indented block's lines as blocks of their own, up to `endLine` at most. */
export function parseIndented(state: StateBlock, block: IndentedBlock, endLine: number): void {
  const { line, textStart, type } = block;
  const indent = state.blkIndent + block.indent;
  const end = endOfIndented(state, block, endLine);
  const { blkIndent, lineMax } = state;
  const marks = [state.bMarks[line], state.tShift[line], state.sCount[line]] as const;
  if (textStart !== null) setLineStart(state, line, [textStart, 0, indent]);
  state.push(`${type}_open`, '', 1);
  state.blkIndent = indent;
  state.lineMax = end;
  state.md.block.tokenize(state, textStart === null ? line + 1 : line, end);
  state.blkIndent = blkIndent;
  state.lineMax = lineMax;
  setLineStart(state, line, marks);
  state.push(`${type}_close`, '', -1);
  state.line = end;
}

type LineStart = readonly [start: number | undefined, textShift: number | undefined, columns: number | undefined];

function setLineStart(state: StateBlock, line: number, [start = 0, textShift = 0, columns = 0]: LineStart): void {
  state.bMarks[line] = start;
  state.tShift[line] = textShift;
  state.sCount[line] = columns;
}

/** Blank lines belong to it where indented ones follow; a line that only goes on with a paragraph does as well. */
function endOfIndented(state: StateBlock, { line, indent, textStart }: IndentedBlock, endLine: number): number {
  let end = line + 1;
  let isInText = textStart !== null;
  for (let next = line + 1; next < endLine; next += 1) {
    if (state.isEmpty(next)) isInText = false;
    else if (indentOf(state, next) >= indent) {
      end = next + 1;
      isInText = true;
    } else if (isInText && indentOf(state, next) >= 0 && !endsParagraph(state, next, endLine)) end = next + 1;
    else break;
  }
  return end;
}

function endsParagraph(state: StateBlock, line: number, endLine: number): boolean {
  return state.md.block.ruler.getRules('paragraph').some((rule) => rule(state, line, endLine, true));
}
