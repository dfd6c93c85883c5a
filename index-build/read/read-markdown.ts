/**
 * Markdown with YAML front matter → article. Step 2 of an article's journey. markdown-it parses; its tokens become
 * blocks, and HTML between them goes the way of HTML pages. Code in front matter is never run.
 */
import MarkdownIt, { type Token } from 'markdown-it';
import { parseFragment } from 'parse5';
import type { ParagraphKind } from '../../src/domain/article.ts';
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import { assembleArticle } from './article-data.ts';
import { BlockCollector } from './block-collector.ts';
import { splitFrontMatter } from './front-matter.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { tooDeep } from './read-html.ts';
import type { ReadResult } from './reader.ts';
import { mergeStatedData, type StatedData } from './stated-data.ts';
import { templateTagLength } from './template-tags.ts';

/** Deeper blocks would be dropped by the parser without a word; `flatten` sees to it that there are none. */
const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });
markdown.set({ maxNesting: 2 * limits.nesting });

/** Passes over the tags of site generators; as a rule of the parser it leaves those in code alone. */
markdown.inline.ruler.before('escape', 'template-tag', (state) => {
  const length = templateTagLength(state.src, state.pos);
  state.pos += length;
  return length > 0;
});

/** Reads one file as one article. */
export function readMarkdown(text: string, path: string): ReadResult {
  const frontMatter = splitFrontMatter(text, path);
  const statedTitle = frontMatter.stated.get('title')?.value;
  const collector = new BlockCollector(typeof statedTitle === 'string' ? statedTitle : null);
  if (frontMatter.foreign !== null) collector.add('code', frontMatter.foreign);
  const { isTooDeep } = addMarkdownBlocks(frontMatter.body, collector);

  const blocks = collector.finish();
  const { article, problems } = assembleArticle({
    path,
    line: null,
    fallbackId: path,
    stated: mergeStatedData(frontMatter.stated, stateTitle(collector.mainHeading)),
    guessed: { title: collector.openingHeading },
    blocks,
  });
  const depthProblems: FileProblem[] = isTooDeep ? [tooDeep(path)] : [];
  return { articles: [article], problems: [...frontMatter.problems, ...problems, ...depthProblems] };
}

function stateTitle(title: string | null): StatedData {
  return title === null ? new Map() : new Map([['title', { value: title, line: null }]]);
}

function addMarkdownBlocks(source: string, collector: BlockCollector): { readonly isTooDeep: boolean } {
  const body = flatten(source);
  const walk = new TokenWalk(collector);
  for (const token of markdown.parse(body, {})) walk.take(token);
  return { isTooDeep: walk.isTooDeep || body !== source };
}

/** Takes the marks off lines that begin with more quotes, bullets and spaces than blocks may be nested. */
function flatten(source: string): string {
  return source.replace(deepMarks, '');
}

const deepMarks = new RegExp(`^[ \\t>*+-]{${limits.nesting},}(?=[^ \\t>*+\\n-])`, 'gm');

/** Turns block tokens into blocks, one after the other: the tokens of nested blocks follow each other as well. */
class TokenWalk {
  isTooDeep = false;
  readonly #collector: BlockCollector;
  /** What surrounds the next text, innermost last. */
  readonly #kinds: ParagraphKind[] = ['text'];
  #headingLevel: number | null = null;
  #cells: string[] | null = null;

  constructor(collector: BlockCollector) {
    this.#collector = collector;
  }

  take(token: Token): void {
    switch (token.type) {
      case 'inline':
        this.#takeInline(token);
        return;
      case 'fence':
      case 'code_block':
        this.#collector.add('code', token.content);
        return;
      case 'html_block':
        this.#takeHtml(token.content);
        return;
      case 'heading_open':
        this.#headingLevel = Number(token.tag.slice(1));
        return;
      case 'heading_close':
        this.#headingLevel = null;
        return;
      case 'tr_open':
        this.#cells = [];
        return;
      case 'tr_close':
        this.#collector.add('row', (this.#cells ?? []).filter((cell) => cell !== '').join(' | '));
        this.#cells = null;
        return;
      case 'list_item_open':
        this.#kinds.push('item');
        return;
      case 'blockquote_open':
        this.#kinds.push('quote');
        return;
      case 'list_item_close':
      case 'blockquote_close':
        this.#kinds.pop();
        return;
    }
  }

  #takeInline(token: Token): void {
    const { text, imageText } = flattenInline(token.children ?? []);
    if (this.#headingLevel !== null) this.#collector.addHeading(this.#headingLevel, text);
    else if (this.#cells !== null) this.#cells.push(text.trim());
    else if (!this.#collector.add(this.#kinds.at(-1) ?? 'text', text)) this.#collector.add('caption', imageText);
  }

  #takeHtml(html: string): void {
    const { isTooDeep } = addHtmlBlocks(parseFragment(html), this.#collector);
    this.isTooDeep ||= isTooDeep;
  }
}

/** The readable text of a line: marks and tags gone, link texts and code kept. Images count where nothing else is. */
function flattenInline(children: readonly Token[]): { readonly text: string; readonly imageText: string } {
  let text = '';
  let imageText = '';
  let hiddenTag: string | null = null;
  for (const child of children) {
    if (child.type === 'html_inline') {
      hiddenTag = nextHiddenTag(child.content, hiddenTag);
      if (/^<br\b/i.test(child.content)) text += ' ';
    } else if (hiddenTag === null) {
      if (child.type === 'text' || child.type === 'text_special') text += child.content;
      else if (child.type === 'code_inline') text += child.content;
      else if (child.type === 'softbreak' || child.type === 'hardbreak') text += '\n';
      else if (child.type === 'image') imageText += ` ${child.content}`;
    }
  }
  return { text, imageText };
}

/** Inside `<script>` or `<style>` in a line there is code, not text, up to the end tag. */
function nextHiddenTag(tag: string, hiddenTag: string | null): string | null {
  if (hiddenTag !== null) return tag.toLowerCase().startsWith(`</${hiddenTag}`) ? null : hiddenTag;
  return /^<(script|style)\b[^>]*(?<!\/)>$/i.exec(tag)?.[1]?.toLowerCase() ?? null;
}
