/**
 * What site generators leave in their sources and would replace or drop on publishing: Liquid and Jinja tags
 * (`{% include x %}`) and variables (`{{ page.title }}`), Hugo shortcodes (`{{< x >}}`, `{{% x %}}`), attribute lists
 * (`{: .note}`, `{#id .class}`), ERB and Templater tags (`<% x %>`). Macro calls (`{{Sidebar("x")}}`) are none: their
 * arguments are words of the sentence.
 */

/** A tag inside a text. */
export interface TemplateTag {
  /** UTF-16 units from its first brace to behind its last. */
  readonly length: number;
  /** The first word in it, in lower case; empty where it has none. */
  readonly name: string;
  /** What stands between its braces. */
  readonly content: string;
}

/** How a tag begins, how it ends, and what may be between; the longer beginnings first. */
interface TagForm {
  readonly opening: string;
  readonly closing: string;
  readonly content?: RegExp;
}

const curlyForms: readonly TagForm[] = [
  { opening: '{{<', closing: '>}}' },
  { opening: '{{%', closing: '%}}' },
  { opening: '{{', closing: '}}', content: /^(?!-?\s*[\w.-]+\s*\()[^{}]*$/ },
  { opening: '{%', closing: '%}' },
  { opening: '{#', closing: '#}', content: /^\s/ },
];
const angleForms: readonly TagForm[] = [{ opening: '<%', closing: '%>' }];

/** Characters that a tag may have. */
const tagLength = 1000;

/** Kramdown's, Pandoc's and MkDocs' lists of ids, classes and attributes. */
const attributeList =
  /\{(?::(?:\s*[.#]|\s+\w|:|\/|[\w-]+=|toc)[^{}\n]{0,200}|[ \t]*[.#][\w:-]{1,100}(?:[ \t][^{}\n]{0,300})?)\}/y;

/** Attributes without id or class are a list where they are quoted, or behind what they belong to: `[a](b){target=c}`. */
const quotedList = /\{:?[ \t]*[\w:-]{1,50}="[^"{}\n]{0,200}"(?:[ \t][^{}\n]{0,300})?\}/y;
const attachedList = /\{[ \t]*[\w:-]{1,50}=[^\s"{}]{0,200}(?:[ \t][^{}\n]{0,300})?\}/y;

/** The tag that begins at `start`, or null. */
export function templateTagAt(text: string, start: number): TemplateTag | null {
  for (const form of text[start] === '{' ? curlyForms : angleForms) {
    if (!text.startsWith(form.opening, start)) continue;
    const tag = readTag(text.slice(start + form.opening.length, start + tagLength), form);
    if (tag !== null) return tag;
  }
  return null;
}

function readTag(rest: string, { opening, closing, content: allowed }: TagForm): TemplateTag | null {
  const end = rest.indexOf(closing);
  if (end < 0) return null;
  const content = rest.slice(0, end);
  if (allowed !== undefined && !allowed.test(content)) return null;
  const name = /^[\s/*-]*([\w.-]+)/.exec(content)?.[1]?.toLowerCase() ?? '';
  return { length: opening.length + end + closing.length, name, content };
}

/** Length of the attribute list that begins at `start`, 0 where none does. */
export function attributeListLength(text: string, start: number): number {
  const isAttached = /[)\]`*_>]/.test(text[start - 1] ?? '');
  for (const pattern of isAttached ? [attributeList, quotedList, attachedList] : [attributeList, quotedList]) {
    pattern.lastIndex = start;
    const list = pattern.exec(text);
    if (list !== null) return list[0].length;
  }
  return 0;
}

/** Takes tags and attribute lists out of the running text of a page; variables are its words, once it is published. */
export function stripTemplateTags(text: string): string {
  return strip(text, (at) => (isVariable(text, at) ? 0 : tagLengthAt(text, at)));
}

/** Takes tags, variables and attribute lists out of what will go through a site generator. */
export function stripTemplates(text: string): string {
  return strip(text, (at) => tagLengthAt(text, at));
}

function tagLengthAt(text: string, at: number): number {
  return templateTagAt(text, at)?.length ?? attributeListLength(text, at);
}

function isVariable(text: string, at: number): boolean {
  return text.startsWith('{{', at) && !/[<%]/.test(text[at + 2] ?? '');
}

function strip(text: string, lengthAt: (at: number) => number): string {
  if (!text.includes('{') && !text.includes('<%')) return text;
  let kept = '';
  let from = 0;
  for (let at = nextOpening(text, 0); at >= 0; at = nextOpening(text, at)) {
    const length = lengthAt(at);
    if (length > 0) {
      kept += text.slice(from, at);
      from = at + length;
    }
    at += Math.max(length, 1);
  }
  return kept + text.slice(from);
}

function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{' || (text[at] === '<' && text[at + 1] === '%')) return at;
  }
  return -1;
}

/** Attributes whose values are shown to readers, in tags and in components: `title="…"`, `caption='…'`. */
const shownAttribute =
  /(?<![\w-])(?:title|caption|label|summary|description|header|content|text|alt)=(?:"([^"]{1,1000})"|'([^']{1,1000})')/gi;

/** The texts of a tag's attributes that readers see. */
export function shownAttributes(content: string): readonly string[] {
  return [...content.matchAll(shownAttribute)].map(([, double, single]) => double ?? single ?? '');
}

/** Whether a text is nothing but macro calls: a sidebar, a banner, an embedded example. */
export function isOnlyMacros(text: string): boolean {
  return text.startsWith('{{') && /^(?:\{\{[^{}]{1,500}\}\}\s*)+$/.test(text);
}
