/** What a browser makes of a page, for tests that look at elements instead of strings. */
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text inside, as it reads. */
  readonly text: string;
}

/** Every element of a page or fragment in document order. */
export function parseElements(html: string): readonly PageElement[] {
  const elements: PageElement[] = [];
  const waiting: Tree.Node[] = [parse(html)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('tagName' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      elements.push({ name: node.tagName, attributes, text: textOf(node) });
    }
    waiting.push(...childrenOf(node).toReversed());
  }
  return elements;
}

/** Names of elements and attributes without any content: equal for pages that differ only in texts. */
export function outlineOf(html: string): readonly string[] {
  return parseElements(html).map(({ name, attributes }) => `${name} ${Object.keys(attributes).sort().join(' ')}`);
}

function textOf(node: Tree.Node): string {
  return 'value' in node ? node.value : childrenOf(node).map(textOf).join('');
}

function childrenOf(node: Tree.Node): readonly Tree.Node[] {
  if ('content' in node) return node.content.childNodes;
  return 'childNodes' in node ? node.childNodes : [];
}
