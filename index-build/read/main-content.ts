/**
 * Which parts of an HTML page are the article: `<article>` and `<main>` before the whole body, and nowhere what
 * frames it. Part of reading HTML.
 */
import { limits } from '../../src/domain/limits.ts';
import { attributeOf, elementsIn, type HtmlElement, type HtmlParent, textIn } from './html-tree.ts';

const leftOutTags = new Set(
  (
    'aside button canvas datalist embed footer form frameset head iframe input map math-field nav noframes noscript ' +
    'object rp rt script select style svg template textarea title'
  ).split(' '),
);

const leftOutRoles = new Set(['banner', 'complementary', 'contentinfo', 'navigation', 'search']);

/** Whether an element and all below it are no part of the article's text. */
export function isLeftOut(element: HtmlElement): boolean {
  const { tagName } = element;
  if (tagName === 'footer') return parentTag(element) !== 'blockquote';
  if (leftOutTags.has(tagName)) return true;
  if (tagName === 'header' && isPageHeader(element)) return true;
  return element.attrs.some(isHiding);
}

function isHiding({ name, value }: { readonly name: string; readonly value: string }): boolean {
  if (name === 'hidden') return true;
  if (name === 'aria-hidden') return value === 'true';
  return name === 'role' && leftOutRoles.has(value);
}

/** A header belongs to the page unless it stands in an article, in the main part or in a section. */
function isPageHeader(header: HtmlElement): boolean {
  let parent = header.parentNode;
  for (let depth = 0; parent !== null && depth < limits.nesting; depth += 1) {
    if (!('tagName' in parent)) return parent.nodeName === '#document';
    if (/^(?:article|main|section)$/.test(parent.tagName) || attributeOf(parent, 'role') === 'main') return false;
    parent = parent.parentNode;
  }
  return false;
}

function parentTag(element: HtmlElement): string {
  return element.parentNode?.nodeName ?? '';
}

/**
 * The roots of a page's main content, in document order. Articles inside `<main>` count only if they hold at least
 * half of its text: otherwise they are comments or teasers beside the text.
 */
export function findMainContent(page: HtmlParent): readonly HtmlParent[] {
  const main = findMain(page);
  const articles = findArticles(main ?? page);
  if (main === null) return articles.length > 0 ? articles : [page];
  return textLength(articles) * 2 >= textLength([main]) && articles.length > 0 ? articles : [main];
}

function findMain(page: HtmlParent): HtmlElement | null {
  for (const element of elementsIn(page, (candidate) => !isLeftOut(candidate))) {
    if (isLeftOut(element)) continue;
    if (element.tagName === 'main' || attributeOf(element, 'role') === 'main') return element;
  }
  return null;
}

/** Articles that do not stand in another one. */
function findArticles(root: HtmlParent): HtmlElement[] {
  const articles: HtmlElement[] = [];
  const enters = (element: HtmlElement) => element.tagName !== 'article' && !isLeftOut(element);
  for (const element of elementsIn(root, enters)) {
    if (element.tagName === 'article' && !isLeftOut(element)) articles.push(element);
  }
  return articles;
}

function textLength(roots: readonly HtmlParent[]): number {
  return roots.reduce((length, root) => length + textIn(root).replace(/\s+/g, ' ').length, 0);
}
