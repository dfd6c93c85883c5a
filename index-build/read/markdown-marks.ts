/**
 * Marks inside lines beyond CommonMark: footnotes, wiki links, highlights, comments, formulas, attribute lists, tags of
 * site generators. One rule of the parser, which looks at the character it stands at. Part of reading Markdown.
 */
import type { StateInline } from 'markdown-it';
import { passCode } from './markdown-mdx.ts';
import { attributeListLength, templateTagAt } from './template-tags.ts';

/** Reads what stands at the state's position and moves on, or leaves it. `isSilent`: moves on without adding anything. */
type InlineRule = (state: StateInline, isSilent: boolean) => boolean;

/** A rule for each first character. */
const rules: ReadonlyMap<string, readonly InlineRule[]> = new Map([
  ['{', [passTag, passComment, passRevision, passAttributes]],
  ['<', [passTag, passComment]],
  ['[', [passFootnoteMark, passHeadingId, readWikiLink, readSpan]],
  ['!', [passEmbed]],
  ['%', [passComment]],
  ['=', [readMarked]],
  ['+', [readMarked]],
  ['~', [readMarked]],
  ['^', [readInlineFootnote, passBlockId, readMarked]],
  ['$', [keepFormula]],
  ['\\', [keepFormula]],
  [':', [passIcon, readDirective]],
]);

/** The rule for plain Markdown. */
export function readMark(state: StateInline, isSilent: boolean): boolean {
  return rules.get(state.src[state.pos] ?? '')?.some((rule) => rule(state, isSilent)) ?? false;
}

/** The rule for MDX, where braces and angles hold code. */
export function readMdxMark(state: StateInline, isSilent: boolean): boolean {
  return readMark(state, isSilent) || (/[<{]/.test(state.src[state.pos] ?? '') && passCode(state, isSilent));
}

/** Tags of generators; what stands between `raw` tags stays as it is, and between `comment` tags goes. */
function passTag(state: StateInline, isSilent: boolean): boolean {
  const tag = templateTagAt(state.src, state.pos);
  if (tag === null) return false;
  state.pos += tag.length;
  // Marks on both sides of a tag would pass for one run of marks, if there were no token between them.
  if (!isSilent) state.push('text', '', 0);
  if (tag.name !== 'raw' && tag.name !== 'comment') return true;
  const between = state.src.slice(state.pos, Math.min(state.posMax, state.pos + longest));
  const closing = /\{[{%][%<-]?\s*(?:end|\/\s*)(?:raw|comment)\b[^{}]*\}{1,2}/.exec(between);
  if (closing === null) return true;
  if (tag.name === 'raw' && !isSilent) state.pending += between.slice(0, closing.index);
  state.pos += closing.index + closing[0].length;
  return true;
}

/** Characters that a mark looks ahead for its end. */
const longest = 2000;

function passComment(state: StateInline): boolean {
  return pass(state, /%%[^%\n]{0,1000}%%|\{\/\*[\s\S]{0,1000}?\*\/\}|<!--[\s\S]{0,1000}?-->/y);
}

/** CriticMarkup: what was put in stays, what was taken out and remarks go. */
function passRevision(state: StateInline, isSilent: boolean): boolean {
  const match = matchHere(
    state,
    /\{(?:(\+\+|==)([^{}]{0,500})\1|--[^{}]{0,500}--|>>[^{}]{0,500}<<|~~[^{}]{0,500}~>([^{}]{0,500})~~)\}/y,
  );
  if (match === null) return false;
  if (!isSilent) state.pending += match[2] ?? match[3] ?? '';
  state.pos += match[0].length;
  return true;
}

function passAttributes(state: StateInline): boolean {
  const length = attributeListLength(state.src, state.pos);
  state.pos += length;
  return length > 0;
}

/** `[^1]`; the words before and behind it are neighbours. */
function passFootnoteMark(state: StateInline, isSilent: boolean): boolean {
  const match = matchHere(state, /\[\^[^\]\s]{1,100}\]/y);
  if (match === null) return false;
  if (!isSilent) state.pending = state.pending.trimEnd();
  state.pos += match[0].length;
  if (!isSilent && /[\p{L}\p{N}]/u.test(state.src[state.pos] ?? '')) state.pending += ' ';
  return true;
}

/** `[#name]` at a heading's end names the heading. */
function passHeadingId(state: StateInline): boolean {
  return pass(state, /\[#[\p{L}\p{N}_-]{1,100}\]\s*$/uy);
}

/** `^[text]` becomes a token of its own, with the text for its content. */
function readInlineFootnote(state: StateInline, isSilent: boolean): boolean {
  const match = matchHere(state, /\^\[((?:[^[\]^]|\[[^[\]^]{0,300}\]){1,1000})\]/y);
  if (match === null) return false;
  state.pos += match[0].length;
  if (isSilent) return true;
  state.push('footnote_inline', '', 0).content = match[1] ?? '';
  return true;
}

const wikiLink = /\[\[(?!\s)([^[\]\n|#\\]{0,300})(#[^[\]\n|\\]{0,300})?(?:\\?\|([^[\]\n]{0,300}))?\]\](?![([])/y;

/** `[[Page#Heading|words]]`: the words, or the page's name with its heading. */
function readWikiLink(state: StateInline, isSilent: boolean): boolean {
  const match = matchHere(state, wikiLink);
  if (match === null) return false;
  const [link, page = '', heading = '', words] = match;
  if (!isSilent && !/^_?toc_?$/i.test(page)) state.pending += words ?? nameOfTarget(page, heading);
  state.pos += link.length;
  return true;
}

function nameOfTarget(page: string, heading: string): string {
  const name = page.slice(page.lastIndexOf('/') + 1).replace(/\.md$/, '');
  const places = heading.split('#').filter((place) => place !== '' && !place.startsWith('^'));
  return [name, ...places].filter((part) => part !== '').join(' > ');
}

/** `![[file|words]]` shows another file: its text stands there, not here. */
function passEmbed(state: StateInline, isSilent: boolean): boolean {
  const match = matchHere(state, /!\[\[[^[\]\n|]{1,300}(?:\|([^[\]\n]{0,300}))?\]\]/y);
  if (match === null) return false;
  const words = match[1] ?? '';
  if (!isSilent && /\p{L}/u.test(words)) state.push('image', '', 0).content = words;
  state.pos += match[0].length;
  return true;
}

/** `[text]{.class}` */
function readSpan(state: StateInline, isSilent: boolean): boolean {
  const match = matchHere(state, /\[([^[\]\n]{1,500})\](?=\{[ \t]*[.#:][^{}\n]{0,200}\})/y);
  const name = match?.[1] ?? '';
  if (match === null || state.env.references?.[state.md.utils.normalizeReference(name)] !== undefined) return false;
  return readInside(state, isSilent, { start: 1, end: match[0].length - 1, length: match[0].length });
}

/** `:name[text]{attributes}` */
function readDirective(state: StateInline, isSilent: boolean): boolean {
  const match = matchHere(state, /:[a-z][\w-]{0,30}\[([^[\]\n]{0,500})\](?:\{[^{}\n]{0,200}\})?/y);
  if (match === null) return false;
  const start = match[0].indexOf('[') + 1;
  return readInside(state, isSilent, { start, end: start + (match[1] ?? '').length, length: match[0].length });
}

/** `:material-check:` and other names of pictures. */
function passIcon(state: StateInline): boolean {
  return pass(state, /:(?:material|octicons|fontawesome|simple)-[a-z\d-]{1,80}:/y);
}

/** What stands between equal marks: `==marked==`, `++inserted++` or keys, `H~2~O`, `x^2^`. */
const markedForms: Readonly<Record<string, RegExp>> = {
  '=': /==(?![\s=])([^\n]{0,500}?)(?<![\s=])==(?!=)/y,
  '+': /\+\+(?![\s+])([^\s+](?:[^\n+]|\+(?!\+)){0,200}?)(?<![\s+])\+\+(?!\+)/y,
  '~': /~(?!~)([\p{L}\p{N}+\-−,()=]{1,30})~(?!~)/uy,
  '^': /\^([\p{L}\p{N}+\-−,()=]{1,30})\^/uy,
};

function readMarked(state: StateInline, isSilent: boolean): boolean {
  const mark = state.src[state.pos] ?? '';
  const form = markedForms[mark];
  if (form === undefined || state.src[state.pos - 1] === mark) return false;
  const match = matchHere(state, form);
  if (match === null) return false;
  const width = mark === '=' || mark === '+' ? 2 : 1;
  return readInside(state, isSilent, { start: width, end: match[0].length - width, length: match[0].length });
}

/** `$…$`, `$$…$$`, `\(…\)`: kept as written, marks and all. Brackets that only are escaped hold no formula. */
function keepFormula(state: StateInline, isSilent: boolean): boolean {
  const match =
    matchHere(state, /\$\$[^$]{1,1000}\$\$|\$(?![\s$])(?:[^$\\\n]|\\.){0,500}?(?<!\s)\$(?!\d)/y) ??
    matchHere(state, /\\\((?=[^\n]{0,300}?[\\^_=])(?:[^\n\\]|\\(?![()])){1,500}\\\)/y);
  if (match === null) return false;
  if (!isSilent) state.pending += match[0];
  state.pos += match[0].length;
  return true;
}

/** ` ^name` at a paragraph's end names the paragraph. */
function passBlockId(state: StateInline): boolean {
  return /(?:^|\s)$/.test(state.src.slice(Math.max(0, state.pos - 1), state.pos)) && pass(state, /\^[\w-]{1,60}\s*$/y);
}

/** Reads a part of what stands here as Markdown and passes over all of it. Places count from the position. */
function readInside(
  state: StateInline,
  isSilent: boolean,
  part: { readonly start: number; readonly end: number; readonly length: number },
): boolean {
  const { pos, posMax } = state;
  if (!isSilent) {
    state.pos = pos + part.start;
    state.posMax = pos + part.end;
    state.push('mark_open', '', 1);
    state.md.inline.tokenize(state);
    state.push('mark_close', '', -1);
  }
  state.pos = pos + part.length;
  state.posMax = posMax;
  return true;
}

function pass(state: StateInline, pattern: RegExp): boolean {
  const match = matchHere(state, pattern);
  if (match === null) return false;
  state.pos += match[0].length;
  return true;
}

/** Matches a sticky pattern at the position; what goes beyond the end of what is read does not count. */
function matchHere(state: StateInline, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = state.pos;
  const match = pattern.exec(state.src);
  return match === null || state.pos + match[0].length > state.posMax ? null : match;
}
