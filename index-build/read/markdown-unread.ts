/**
 * Lines of Markdown files that are no text: tags of site generators, comments, tables of contents that would be made,
 * abbreviations, attribute lists. Part of reading Markdown.
 */
import type { StateBlock } from 'markdown-it';
import { indentOf, type LineRule, lineAt, pushParagraph, startOfLine, textOfLine } from './markdown-lines.ts';
import { shownAttributes, type TemplateTag, templateTagAt } from './template-tags.ts';

/** Tags on lines by themselves; what their attributes show to readers is kept. */
export const tagLines: LineRule = (state, line, endLine, isSilent) => {
  const tags = readTagLine(state, line, endLine);
  if (tags === null) return false;
  if (isSilent) return true;
  for (const { content } of tags.tags) {
    for (const text of shownAttributes(content)) pushParagraph(state, text, line);
  }
  state.line = closeTag(state, tags, endLine);
  return true;
};

interface TagLines {
  readonly tags: readonly TemplateTag[];
  /** The line behind them. */
  readonly end: number;
}

function readTagLine(state: StateBlock, line: number, endLine: number): TagLines | null {
  const tags: TemplateTag[] = [];
  let position = startOfLine(state, line);
  let last = line;
  for (;;) {
    const tag = templateTagAt(state.src, position);
    if (tag === null) return null;
    tags.push(tag);
    last = lineAt(state, position + tag.length, last);
    const rest = state.src.slice(position + tag.length, state.eMarks[last]);
    if (tag.name === 'raw' && rest.trim() !== '') return null;
    if (rest.trim() === '') return last < endLine ? { tags, end: last + 1 } : null;
    position += tag.length + rest.length - rest.trimStart().length;
  }
}

/** Pairs of tags around what is no text of the article, or code. */
const pairs: ReadonlyMap<string, 'dropped' | 'code'> = new Map([
  ['comment', 'dropped'],
  ['highlight', 'code'],
]);

/** Where to go on behind tags: behind the end of a comment or of code, which becomes a block here. */
function closeTag(state: StateBlock, { tags, end }: TagLines, endLine: number): number {
  const name = tags.at(-1)?.name ?? '';
  const meaning = pairs.get(name);
  if (meaning === undefined || tags.at(-1)?.content.trimStart().startsWith('/')) return end;
  const closing = new RegExp(`^\\{[{%][%<-]?\\s*(?:end|/\\s*)${name}\\b`);
  let close = end;
  while (close < endLine && !closing.test(textOfLine(state, close))) close += 1;
  if (close >= endLine) return end;
  if (meaning === 'code')
    state.push('code_block', 'code', 0).content = state.getLines(end, close, state.blkIndent, true);
  return close + 1;
}

/** `%%` … `%%`, `{/* … *\/}` and `<!-- … -->` over several lines. */
export const commentLines: LineRule = (state, line, endLine, isSilent) => {
  const start = startOfLine(state, line);
  const marks = comments.find(([opening]) => state.src.startsWith(opening, start));
  if (marks === undefined) return false;
  const [opening, closing] = marks;
  const end = state.src.slice(start + opening.length, start + commentLength).indexOf(closing);
  if (end < 0) return false;
  const behind = start + opening.length + end + closing.length;
  const last = lineAt(state, behind, line);
  if (last >= endLine || state.src.slice(behind, state.eMarks[last]).trim() !== '') return false;
  if (!isSilent) state.line = last + 1;
  return true;
};

const comments = [
  ['%%', '%%'],
  ['{/*', '*/}'],
  ['<!--', '-->'],
] as const;

/** Characters that a comment may have. */
const commentLength = 20_000;

/** Single lines that generators replace or drop. */
const droppedLine = new RegExp(
  [
    // Where a table of contents is to be made, and Kramdown's word for it.
    String.raw`\[\[?_?toc_?\]\]?`,
    String.raw`\$\{toc\}`,
    // Abbreviations.
    String.raw`\*\[[^\]]+\]:.*`,
    // Other files put in.
    '-+8<-+.*',
    String.raw`@include(?:\(| ).*`,
    String.raw`<<\[.*\]`,
    // Attribute lists.
    String.raw`\{:[^{}]*\}`,
    String.raw`\{[ \t]*[.#][^{}]*\}`,
  ]
    .map((line) => `(?:${line})`)
    .join('|')
    .replace(/^.*$/s, (lines) => `^(?:${lines})[ \\t]*$`),
  'i',
);

export const unreadLine: LineRule = (state, line, _endLine, isSilent) => {
  const text = textOfLine(state, line);
  if (indentOf(state, line) >= 4 || !droppedLine.test(text)) return false;
  if (isSilent) return true;
  if (/^\{:\s*toc\b/.test(text)) dropLastText(state);
  state.line = line + 1;
  return true;
};

/** The list above `{:toc}` stands where the table of contents will be. */
function dropLastText(state: StateBlock): void {
  const last = state.tokens.at(-1)?.type ?? '';
  const inline = state.tokens.findLast(({ type }) => type === 'inline');
  if (inline !== undefined && /^(?:bullet_list|ordered_list|paragraph)_close$/.test(last)) inline.content = '';
}
