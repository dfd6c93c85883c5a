/**
 * Notes, tabs and the like, as site generators write them beside CommonMark: the marks go, titles and contents stay
 * as paragraphs of their own. Part of reading Markdown.
 */
import type { StateBlock, StateCore, Token } from 'markdown-it';
import {
  indentOf,
  type LineRule,
  lineAt,
  parseIndented,
  pushParagraph,
  startOfLine,
  textOfLine,
} from './markdown-lines.ts';

/** `:::tip Pro tip`, `::: {.note}`, `:::note[Title]{open}` and the `:::` that ends it: a line by itself, both times. */
export const colonFence: LineRule = (state, line, _endLine, isSilent) => {
  const match = /^:{3,}[ \t]*([^\n]*?)[ \t:]*$/.exec(textOfLine(state, line));
  if (match === null) return false;
  if (isSilent) return true;
  const title = titleOfFence(match[1] ?? '');
  if (title !== '') pushParagraph(state, title, line);
  state.line = line + 1;
  return true;
};

function titleOfFence(words: string): string {
  const label = /^[\w-]+[ \t]*\[(.*)\]/.exec(words);
  if (label !== null) return label[1] ?? '';
  const stated = /\{[^{}]*\btitle="([^"]*)"/.exec(words);
  if (stated !== null) return stated[1] ?? '';
  return words.replace(/\{[^{}]*\}?/g, '').replace(/^[ \t]*[\w-]+[ \t]*/, '');
}

/** `::name[Label]{attributes}` on a line by itself. */
export const leafDirective: LineRule = (state, line, _endLine, isSilent) => {
  const match = /^::[a-z][\w-]*(?:\[([^\n]*)\])?(?:\{[^{}\n]*\})?[ \t]*$/i.exec(textOfLine(state, line));
  if (match === null) return false;
  if (isSilent) return true;
  if (match[1]) pushParagraph(state, match[1], line);
  state.line = line + 1;
  return true;
};

/** `!!! note "Title"`, `??? note`, `=== "Tab"` with what stands indented below. */
export const indentedNote: LineRule = (state, line, endLine, isSilent) => {
  const text = textOfLine(state, line);
  const match = /^(?:!!!|\?\?\?\+?|===[!+]?)[ \t]*([\w -]*?)[ \t]*(?:"([^\n]*)"|'([^\n]*)')?[ \t]*$/.exec(text);
  const title = match?.[2] ?? match?.[3] ?? '';
  if (match === null || (match[1] === '' && title === '') || (text.startsWith('=') && title === '')) return false;
  if (isSilent) return true;
  if (title !== '') pushParagraph(state, title, line);
  parseIndented(state, { type: 'note', line, textStart: null, indent: noteIndent }, endLine);
  return true;
};

/** Columns below a note's mark that its content is indented by; generators ask for four and take two. */
const noteIndent = 2;

/** `/// note | Title` and the `///` that ends it. */
export const slashFence: LineRule = (state, line, _endLine, isSilent) => {
  const match = /^\/{3,}(?:[ \t]+[\w-]+[ \t]*(?:\|[ \t]*([^\n]*?))?)?[ \t]*$/.exec(textOfLine(state, line));
  if (match === null) return false;
  if (isSilent) return true;
  if (match[1]) pushParagraph(state, match[1], line);
  state.line = line + 1;
  return true;
};

/** Kinds of fence whose content is text: notes of MyST, mdBook and Obsidian, which other generators would show as code. */
const textFence =
  /^(\{(?:note|tip|hint|important|warning|caution|attention|danger|error|seealso|admonition|margin|sidebar|dropdown|card|grid|grid-item|grid-item-card|tab-set|tab-item|epigraph|pull-quote|topic|versionadded|versionchanged|deprecated|figure)\}|(?:admonish|ad-)[\w-]*)([ \t]*.*)$/;

/** A fence of such a kind: its lines are parsed as blocks. */
export const noteFence: LineRule = (state, line, endLine, isSilent) => {
  const opening = /^(`{3,}|~{3,})[ \t]*([^`\n]*)$/.exec(textOfLine(state, line));
  const info = textFence.exec(opening?.[2] ?? '');
  if (opening === null || info === null) return false;
  if (isSilent) return true;
  const close = endOfFence(state, line, endLine, opening[1] ?? '');
  const title = titleOfNote(info[1] ?? '', info[2] ?? '');
  if (title !== '') pushParagraph(state, title, line);
  state.md.block.tokenize(state, skipOptions(state, line + 1, close), close);
  state.line = Math.min(close + 1, endLine);
  return true;
};

/** MyST writes the title as it is, the others in quotes behind the kind of note. */
function titleOfNote(mark: string, words: string): string {
  return mark.startsWith('{') ? words.trim() : (/"([^"]*)"/.exec(words)?.[1] ?? '');
}

function endOfFence(state: StateBlock, line: number, endLine: number, mark: string): number {
  for (let next = line + 1; next < endLine; next += 1) {
    const text = textOfLine(state, next).trimEnd();
    if (indentOf(state, next) < 4 && text.startsWith(mark) && text.replaceAll(mark.charAt(0), '') === '') return next;
  }
  return endLine;
}

/** `:class: x` and `title: x` above a note's text. */
function skipOptions(state: StateBlock, line: number, end: number): number {
  let next = line;
  while (next < end && /^(?::[\w-]+:|(?:title|collapse|icon|color):[ \t])/.test(textOfLine(state, next))) next += 1;
  return next;
}

/** `[^1]: text` with what stands indented below. */
export const footnote: LineRule = (state, line, endLine, isSilent) => {
  const match = /^\[\^[^\]\s]{1,100}\]:[ \t]*/.exec(textOfLine(state, line));
  if (match === null) return false;
  if (isSilent) return true;
  const textStart = startOfLine(state, line) + match[0].length;
  parseIndented(state, { type: 'footnote', line, textStart, indent: footnoteIndent }, endLine);
  return true;
};

const footnoteIndent = 2;

/** `: text` below a term. The paragraph above is the term; it may be another definition as well. */
export const definition: LineRule = (state, line, endLine, isSilent) => {
  const match = /^[:~][ \t]+(?=\S)/.exec(textOfLine(state, line));
  if (match === null) return false;
  if (isSilent) return true;
  // Three spaces are how definitions are written, and hardly anything else is, whatever stands above.
  if (!isBelowTerm(state, line) && match[0].length < 4) return false;
  const textStart = startOfLine(state, line) + match[0].length;
  parseIndented(state, { type: 'definition', line, textStart, indent: footnoteIndent }, endLine);
  return true;
};

/** Marks the paragraph above as the term, if there is one with a blank line between at most. */
function isBelowTerm(state: StateBlock, line: number): boolean {
  const last = state.tokens.at(-1);
  if (last?.type === 'definition_close' || last?.type === 'term_close') return true;
  const opening = state.tokens.at(-3);
  if (last?.type !== 'paragraph_close' || opening?.type !== 'paragraph_open' || opening.hidden) return false;
  const end = opening.map?.[1] ?? 0;
  if (end < line - 1) return false;
  opening.type = 'term_open';
  last.type = 'term_close';
  return true;
}

/** Text between `$$` lines, `\[` and `\]`: kept as written. */
export const mathBlock: LineRule = (state, line, endLine, isSilent) => {
  const opening = /^(\$\$|\\\[)/.exec(textOfLine(state, line));
  if (opening === null) return false;
  const start = startOfLine(state, line);
  const closing = opening[1] === '$$' ? '$$' : '\\]';
  const end = state.src.slice(start + 2, start + 2 + mathLength).indexOf(closing);
  const last = end < 0 ? endLine : lineAt(state, start + 2 + end, line);
  const rest = end < 0 ? '' : state.src.slice(start + 4 + end, state.eMarks[last]);
  if (last >= endLine || rest.trim() !== '') return false;
  if (isSilent) return true;
  state.push('math_block', '', 0).content = state.getLines(line, last + 1, state.blkIndent, false);
  state.line = last + 1;
  return true;
};

/** Characters that a formula may have. */
const mathLength = 5000;

/**
 * Marks at the beginning of blocks that only a look at the tokens finds: `> [!NOTE] Title`, boxes of tasks, and a
 * list that stands for the table of contents.
 */
export function readOpeningMarks(state: StateCore): void {
  const { tokens } = state;
  const titles = new Map<Token, Token[]>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'inline' || tokens[index - 1]?.type !== 'paragraph_open') continue;
    const around = tokens[index - 2]?.type;
    if (around === 'list_item_open') token.content = readItem(token.content);
    else if (around === 'blockquote_open' && token.content.startsWith('[!')) {
      const opening = tokens[index - 1];
      const title = takeCalloutTitle(state, token);
      if (opening !== undefined && title !== null) titles.set(opening, title);
    }
  }
  if (titles.size > 0) state.tokens = tokens.flatMap((token) => [...(titles.get(token) ?? []), token]);
}

function readItem(content: string): string {
  if (/^[^\n]*\n[ \t]*\{:\s*toc\b[^\n]*\}\s*$/.test(content)) return '';
  return content.replace(/^\[[ xX/>-]\][ \t]+/, '');
}

/** Takes the mark off; gives the title's tokens, or null where it has none. */
function takeCalloutTitle(state: StateCore, inline: Token): Token[] | null {
  const match = /^\[!([\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*([^\n]*)\n?/.exec(inline.content);
  if (match === null) return null;
  inline.content = inline.content.slice(match[0].length);
  const title = new state.Token('inline', '', 0);
  title.content = match[2] ?? '';
  title.children = [];
  return title.content === '' ? null : [title];
}
