/** The parsed HTML tree as readers use it: types under short names, and walks that no nesting can overflow. */
import type { DefaultTreeAdapterTypes } from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.Node;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlParent = DefaultTreeAdapterTypes.ParentNode;

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isText(node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

/** The value of an attribute, or null. */
export function attributeOf(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

/** All elements below a node in document order; `enters` says which elements to look into. */
export function* elementsIn(root: HtmlParent, enters = (_element: HtmlElement) => true): Generator<HtmlElement> {
  const stack: HtmlNode[] = root.childNodes.toReversed();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    yield node;
    if (enters(node)) for (let child = node.childNodes.length - 1; child >= 0; child -= 1) push(stack, node, child);
  }
}

/** All text below a node, as it stands in the source. */
export function textIn(root: HtmlParent): string {
  const parts: string[] = [];
  const stack: HtmlNode[] = root.childNodes.toReversed();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) parts.push(node.value);
    else if (isElement(node))
      for (let child = node.childNodes.length - 1; child >= 0; child -= 1) push(stack, node, child);
  }
  return parts.join('');
}

function push(stack: HtmlNode[], parent: HtmlParent, index: number): void {
  const child = parent.childNodes[index];
  if (child !== undefined) stack.push(child);
}
