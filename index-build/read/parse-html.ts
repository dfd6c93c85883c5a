/**
 * HTML text → tree, as browsers read it, up to a number of elements: broken pages can make the parser repeat elements
 * without end. Part of reading HTML.
 */
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, parseFragment, type TreeAdapter } from 'parse5';
import { limits } from '../../src/domain/limits.ts';
import type { HtmlParent } from './html-tree.ts';

export interface ParsedHtml {
  /** What was read before the limit, where it was reached. */
  readonly root: HtmlParent;
  /** Whether there were more elements than `limits.htmlElements`. */
  readonly isCut: boolean;
}

/** Parses a whole page. */
export function parsePage(html: string): ParsedHtml {
  return parseWithin(limits.htmlElements, (treeAdapter) => parse(html, { treeAdapter }));
}

/** Parses a part of a page, as it stands in Markdown. */
export function parsePart(html: string): ParsedHtml {
  return parseWithin(limits.htmlElements, (treeAdapter) => parseFragment(html, { treeAdapter }));
}

/** Ends the parser, which has no other way to be ended. */
class TooManyElements extends Error {}

function parseWithin(limit: number, run: (adapter: TreeAdapter<DefaultTreeAdapterMap>) => HtmlParent): ParsedHtml {
  const adapter = new BoundedAdapter(limit);
  try {
    return { root: run(adapter.methods), isCut: false };
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error;
    return { root: adapter.firstRoot, isCut: true };
  }
}

/** The parser's own way to make a tree, with a count. */
class BoundedAdapter {
  readonly methods: TreeAdapter<DefaultTreeAdapterMap>;
  #root: HtmlParent | null = null;
  #elementsLeft: number;

  constructor(limit: number) {
    this.#elementsLeft = limit;
    this.methods = {
      ...defaultTreeAdapter,
      createDocument: () => this.#keepRoot(defaultTreeAdapter.createDocument()),
      createDocumentFragment: () => this.#keepRoot(defaultTreeAdapter.createDocumentFragment()),
      createElement: (tagName, namespace, attributes) => {
        this.#elementsLeft -= 1;
        if (this.#elementsLeft < 0) throw new TooManyElements();
        return defaultTreeAdapter.createElement(tagName, namespace, attributes);
      },
    };
  }

  /** The document; for a part of a page, a document as well, which holds the part. */
  get firstRoot(): HtmlParent {
    return this.#root ?? defaultTreeAdapter.createDocumentFragment();
  }

  #keepRoot<Root extends HtmlParent>(root: Root): Root {
    this.#root ??= root;
    return root;
  }
}
