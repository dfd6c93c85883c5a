/**
 * HTML tree → blocks. Walks iteratively, so that no nesting can overflow the stack; part of reading HTML, and of
 * reading the HTML inside Markdown.
 */
import type { ParagraphKind } from '../../src/domain/article.ts';
import { limits } from '../../src/domain/limits.ts';
import type { BlockCollector } from './block-collector.ts';
import { isLeftOut } from './hidden-elements.ts';
import {
  attributeOf,
  elementsIn,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  isText,
  textIn,
} from './html-tree.ts';
import { stripTemplateTags } from './template-tags.ts';

/** Adds the blocks below `root` that are not left out. Says whether elements were nested so deep that their text was kept without structure. */
export function addHtmlBlocks(
  root: HtmlParent,
  collector: BlockCollector,
  isOut: (element: HtmlElement) => boolean = isLeftOut,
): { readonly isTooDeep: boolean } {
  const walk = new BlockWalk(collector, findLayoutParts(root), isOut);
  walk.run(root);
  return { isTooDeep: walk.isTooDeep };
}

/** What an element means for the text in it. */
type Role =
  | { readonly does: 'inline' }
  /** Nothing but a gap between words: blocks where no block can begin, in headings, table rows and too deep. */
  | { readonly does: 'gap' }
  | { readonly does: 'block'; readonly kind: ParagraphKind | null }
  | { readonly does: 'heading'; readonly level: number }
  | { readonly does: 'row' }
  | { readonly does: 'cell' };

const inline: Role = { does: 'inline' };
const gap: Role = { does: 'gap' };

const roles: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, Role] => [`h${level}`, { does: 'heading', level }]),
  ...block('item', 'li dt dd'),
  ...block('quote', 'blockquote'),
  ...block('code', 'pre listing xmp plaintext'),
  ...block('caption', 'figcaption caption'),
  ...block(
    null,
    'address article aside body center details dialog dir div dl fieldset figure footer header hgroup hr html legend ' +
      'main menu ol p search section summary table tbody tfoot thead ul',
  ),
  ['tr', { does: 'row' }],
  ['td', { does: 'cell' }],
  ['th', { does: 'cell' }],
]);

function block(kind: ParagraphKind | null, tags: string): [string, Role][] {
  return tags.split(' ').map((tag) => [tag, { does: 'block', kind }]);
}

/** An element that the walk is inside of. */
interface Frame {
  readonly node: HtmlParent;
  readonly role: Role;
  /** The kind of the blocks around it, to go back to. */
  readonly outerKind: ParagraphKind;
  nextChild: number;
}

class BlockWalk {
  isTooDeep = false;
  readonly #collector: BlockCollector;
  /** Elements that hold a table or a heading: a table row among them lays out the page, it holds no data. */
  readonly #layoutParts: ReadonlySet<HtmlNode>;
  readonly #isOut: (element: HtmlElement) => boolean;
  readonly #frames: Frame[] = [];
  #kind: ParagraphKind = 'text';
  /** Set while a heading or a table row is read: no block can begin there. */
  #cells: string[] | null = null;
  #isInHeading = false;
  #text = '';
  #isAfterBreak = false;
  #imageTexts: string[] = [];

  constructor(collector: BlockCollector, layoutParts: ReadonlySet<HtmlNode>, isOut: (element: HtmlElement) => boolean) {
    this.#collector = collector;
    this.#layoutParts = layoutParts;
    this.#isOut = isOut;
  }

  run(root: HtmlParent): void {
    this.#frames.push({ node: root, role: { does: 'block', kind: null }, outerKind: 'text', nextChild: 0 });
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const child = frame.node.childNodes[frame.nextChild];
      frame.nextChild += 1;
      if (child === undefined) this.#leave(frame);
      else if (isText(child)) this.#addText(child.value, frame.node.nodeName);
      else if (isElement(child) && !this.#isOut(child)) this.#enter(child);
    }
  }

  #enter(element: HtmlElement): void {
    if (element.tagName === 'br') this.#addBreak();
    else if (element.tagName === 'img') this.#addImage(element);
    else this.#open(element, this.#roleOf(element));
  }

  #open(element: HtmlElement, role: Role): void {
    this.#frames.push({ node: element, role, outerKind: this.#kind, nextChild: 0 });
    if (role.does === 'inline') return;
    if (role.does === 'gap') this.#text += ' ';
    else if (role.does === 'cell') this.#text = '';
    else this.#begin(element, role);
  }

  #begin(element: HtmlElement, role: Exclude<Role, { does: 'inline' | 'gap' | 'cell' }>): void {
    if (element.tagName === 'figcaption') this.#imageTexts = [];
    this.#endBlock();
    if (role.does === 'heading') this.#isInHeading = true;
    else if (role.does === 'row') this.#cells = [];
    else if (role.kind !== null) this.#kind = role.kind;
  }

  #leave({ role, outerKind }: Frame): void {
    this.#frames.pop();
    if (role.does === 'gap') this.#text += ' ';
    else if (role.does === 'cell') this.#endCell();
    else if (role.does === 'row') this.#endRow();
    else if (role.does === 'heading') this.#endHeading(role.level);
    else if (role.does === 'block') this.#endBlock();
    this.#kind = outerKind;
  }

  #roleOf(element: HtmlElement): Role {
    const role = roles.get(element.tagName);
    if (role === undefined || role.does === 'inline') return inline;
    if (this.#frames.length > limits.nesting) {
      this.isTooDeep = true;
      return gap;
    }
    if (this.#isInHeading) return gap;
    if (this.#cells !== null) return role.does === 'cell' ? role : gap;
    if (role.does === 'row' || role.does === 'cell') return this.#tableRole(element, role);
    return role;
  }

  #tableRole(element: HtmlElement, role: Role): Role {
    const isData = role.does === 'row' && !this.#layoutParts.has(element);
    return isData ? role : { does: 'block', kind: null };
  }

  #addText(value: string, parentName: string): void {
    const text = /^(?:code|kbd|pre|samp)$/.test(parentName) ? value : stripTemplateTags(value);
    if (this.#isAfterBreak && /\S/.test(text)) this.#isAfterBreak = false;
    this.#text += text;
  }

  /** Two line breaks in a row stand for a new paragraph on older pages. */
  #addBreak(): void {
    if (this.#isAfterBreak && this.#kind !== 'code' && !this.#isInHeading && this.#cells === null) this.#endBlock();
    this.#text += '\n';
    this.#isAfterBreak = true;
  }

  #addImage(image: HtmlElement): void {
    const text = attributeOf(image, 'alt');
    if (text) this.#imageTexts.push(text);
  }

  #endBlock(): void {
    const isAdded = this.#collector.add(this.#kind, this.#text);
    if (!isAdded && this.#imageTexts.length > 0) this.#collector.add('caption', this.#imageTexts.join(' '));
    this.#clear();
  }

  #endCell(): void {
    if (this.#cells !== null) this.#cells.push(this.#text.trim());
    this.#text = '';
  }

  #endRow(): void {
    this.#collector.add('row', (this.#cells ?? []).filter((cell) => cell !== '').join(' | '));
    this.#cells = null;
    this.#clear();
  }

  #endHeading(level: number): void {
    this.#collector.addHeading(level, this.#text);
    this.#isInHeading = false;
    this.#clear();
  }

  #clear(): void {
    this.#text = '';
    this.#imageTexts = [];
    this.#isAfterBreak = false;
  }
}

/** Every element with a table, a heading or a cell of paragraphs below it. Linear: climbing stops where an earlier climb went. */
function findLayoutParts(root: HtmlParent): ReadonlySet<HtmlNode> {
  const parts = new Set<HtmlNode>();
  for (const element of elementsIn(root)) {
    if (!/^(?:table|h[1-6])$/.test(element.tagName) && !isCellOfParagraphs(element)) continue;
    let parent = element.parentNode;
    while (parent !== null && !parts.has(parent)) {
      parts.add(parent);
      parent = 'parentNode' in parent ? parent.parentNode : null;
    }
  }
  return parts;
}

/** Characters of a paragraph in a cell that is more than a value. */
const cellParagraphLength = 40;

/** Whether a cell holds two paragraphs, by their elements or by two line breaks in a row. */
function isCellOfParagraphs({ tagName, childNodes }: HtmlElement): boolean {
  if (tagName !== 'td') return false;
  let paragraphs = 0;
  let isAfterBreak = false;
  for (const child of childNodes) {
    if (isText(child) && child.value.trim() === '') continue;
    const isBreak = child.nodeName === 'br';
    if (isBreak && isAfterBreak) return true;
    isAfterBreak = isBreak;
    if (isElement(child) && child.tagName === 'p' && textIn(child).length >= cellParagraphLength) paragraphs += 1;
  }
  return paragraphs >= 2;
}
