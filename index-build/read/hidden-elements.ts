/** Which elements of HTML hold no text for readers, wherever they stand. Part of reading HTML. */
import { limits } from '../../src/domain/limits.ts';
import { attributeOf, type HtmlElement, isText } from './html-tree.ts';

const leftOutTags = new Set(
  (
    'aside button canvas datalist embed footer form frameset head iframe input map math-field nav noframes noscript ' +
    'object rp rt script select style svg template textarea title'
  ).split(' '),
);

const leftOutRoles = new Set([
  'alertdialog',
  'banner',
  'complementary',
  'contentinfo',
  'dialog',
  'navigation',
  'search',
]);

/** Attributes by which a page asks search engines to leave an element out. */
const unsearchedAttributes = new Set(['data-pagefind-ignore', 'data-nosnippet', 'data-search-exclude']);

/** Whether an element and all below it are no part of the article's text. */
export function isLeftOut(element: HtmlElement): boolean {
  const { tagName } = element;
  if (tagName === 'footer') return element.parentNode?.nodeName !== 'blockquote';
  if (tagName === 'form') return !holdsText(element);
  if (leftOutTags.has(tagName)) return true;
  if (tagName === 'header' && isPageHeader(element)) return true;
  if (tagName === 'dialog' && attributeOf(element, 'open') === null) return true;
  if (tagName === 'a' && isAnchorSign(element)) return true;
  return element.attrs.some(({ name, value }) => isHiding(name, value)) && !isTabPanel(element);
}

function isHiding(name: string, value: string): boolean {
  if (name === 'hidden') return value !== 'until-found';
  if (name === 'aria-hidden') return value === 'true';
  if (name === 'style') return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(value);
  return unsearchedAttributes.has(name) || (name === 'role' && leftOutRoles.has(value));
}

/** All but one of a set of tabs are hidden until someone chooses them. */
function isTabPanel(element: HtmlElement): boolean {
  if (attributeOf(element, 'role') === 'tabpanel') return true;
  return /(?:^|[\s_-])tabs?(?:[_-]{1,2}|)(?:pane|panel|content|body|item)\b/i.test(attributeOf(element, 'class') ?? '');
}

/** Some frameworks wrap whole pages into a form. */
function holdsText(form: HtmlElement): boolean {
  let paragraphs = 0;
  const stack = [...form.childNodes];
  for (let node = stack.pop(), seen = 0; node !== undefined && seen < formNodes; node = stack.pop(), seen += 1) {
    if (!('tagName' in node)) continue;
    if (/^(?:article|main|h1)$/.test(node.tagName)) return true;
    if (node.tagName === 'p' && textLength(node) > 80) paragraphs += 1;
    if (paragraphs >= 2) return true;
    for (const child of node.childNodes) stack.push(child);
  }
  return false;
}

/** Nodes of a form that are looked at. */
const formNodes = 2000;

function textLength(element: HtmlElement): number {
  return element.childNodes.reduce((length, child) => length + (isText(child) ? child.value.trim().length : 0), 0);
}

/** The sign beside a heading that links to it: `¶`, `#`, or nothing but a picture. */
function isAnchorSign(link: HtmlElement): boolean {
  if (!attributeOf(link, 'href')?.includes('#')) return false;
  const [child, second] = link.childNodes;
  if (child === undefined || second !== undefined || !isText(child)) return false;
  return /^[\s\u200B]*[¶#§🔗∞][\s\u200B]*$/u.test(child.value);
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
