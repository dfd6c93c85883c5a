/**
 * How much text each element of a page holds, and how much of it links and prose: what tells an article from menus and
 * lists of other articles. One walk over the tree. Part of reading HTML.
 */
import { type HtmlElement, type HtmlNode, type HtmlParent, isElement, isText } from './html-tree.ts';

/** Sums over an element and all below it, in characters; runs of white space count as one. */
export interface TextStats {
  text: number;
  /** Text inside links. */
  linkText: number;
  links: number;
  /** Text outside of links in blocks long enough to be sentences. */
  prose: number;
}

export type Density = ReadonlyMap<HtmlNode, TextStats>;

/** Elements that stand inside a line. */
export const inlineTags: ReadonlySet<string> = new Set(
  (
    'a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math q ruby s samp small span strike ' +
    'strong sub sup time tt u var wbr'
  ).split(' '),
);

/** Shortest text of a block that counts as prose, in characters, and of one that has a sentence's signs. */
const proseLength = 80;
const sentenceLength = 30;

interface Frame {
  readonly node: HtmlParent;
  readonly stats: TextStats;
  readonly isInLink: boolean;
  /** Text of the block itself outside of links, with the inline elements in it; shared by these. */
  readonly block: { length: number; hasSentence: boolean };
  nextChild: number;
}

/** Measures everything below `root` that is not left out. */
export function measureText(root: HtmlParent, isLeftOut: (element: HtmlElement) => boolean): Density {
  const density = new Map<HtmlNode, TextStats>();
  const frames: Frame[] = [createFrame(root, null)];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const child = frame.node.childNodes[frame.nextChild];
    frame.nextChild += 1;
    if (child === undefined) {
      frames.pop();
      leave(frame, frames.at(-1), density);
    } else if (isText(child)) addText(frame, child.value);
    else if (isElement(child) && !isLeftOut(child)) frames.push(createFrame(child, frame));
  }
  return density;
}

function createFrame(node: HtmlParent, parent: Frame | null): Frame {
  const tagName = isElement(node) ? node.tagName : '';
  const isLink = tagName === 'a';
  const isInline = parent !== null && inlineTags.has(tagName);
  return {
    node,
    stats: { text: 0, linkText: 0, links: isLink ? 1 : 0, prose: 0 },
    isInLink: isLink || parent?.isInLink === true,
    block: isInline ? parent.block : { length: 0, hasSentence: false },
    nextChild: 0,
  };
}

function addText({ stats, isInLink, block }: Frame, value: string): void {
  const text = value.replace(/\s+/g, ' ');
  const length = text === ' ' ? 0 : text.length;
  stats.text += length;
  if (isInLink) stats.linkText += length;
  else {
    block.length += length;
    block.hasSentence ||= /[.,;:!?…。、，！？।؟،]/.test(text);
  }
}

function leave({ node, stats, block }: Frame, parent: Frame | undefined, density: Map<HtmlNode, TextStats>): void {
  if (parent?.block !== block && block.length >= (block.hasSentence ? sentenceLength : proseLength)) {
    stats.prose += block.length;
  }
  density.set(node, stats);
  if (parent === undefined) return;
  parent.stats.text += stats.text;
  parent.stats.linkText += stats.linkText;
  parent.stats.links += stats.links;
  parent.stats.prose += stats.prose;
}
