/**
 * Which parts of an HTML page are its article: by `<main>` and `<article>` where there are, else by where the prose
 * is; and within it not what frames it, known by its names and by its links. Part of reading HTML.
 */
import { isLeftOut } from './hidden-elements.ts';
import {
  attributeOf,
  elementsIn,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  textIn,
} from './html-tree.ts';
import { isFrameHeading, judgeNames } from './page-frame.ts';
import { type Density, inlineTags, measureText, type TextStats } from './text-density.ts';

export interface MainContent {
  /** In document order. */
  readonly roots: readonly HtmlParent[];
  /** Whether an element inside a root, with all below it, is no part of the article. */
  readonly isLeftOut: (element: HtmlElement) => boolean;
}

/** Finds the article of a whole page. */
export function findMainContent(page: HtmlParent): MainContent {
  const frames = findNamedFrames(page);
  const isOut = (element: HtmlElement) => isLeftOut(element) || frames.has(element);
  const density = measureText(page, isOut);
  const roots = findRoots(page, density, isOut);
  for (const root of roots) addLinkLists(root, density, frames);
  return { roots, isLeftOut: isOut };
}

const noText: TextStats = { text: 0, linkText: 0, links: 0, prose: 0 };

function statsOf(density: Density, node: HtmlNode): TextStats {
  return density.get(node) ?? noText;
}

/** Share of a page's prose that an element called like a frame may hold, and one whose names also say the opposite. */
const frameShare = 0.3;
const doubtfulShare = 0.1;
const commentShare = 0.9;

/** Elements whose names say that they frame the article, unless much of the page's prose is in them. */
function findNamedFrames(page: HtmlParent): Set<HtmlElement> {
  const density = measureText(page, isLeftOut);
  const whole = statsOf(density, page);
  const frames = new Set<HtmlElement>();
  const enters = (element: HtmlElement) => density.has(element) && !frames.has(element);
  for (const element of elementsIn(page, enters)) {
    if (density.has(element) && isNamedFrame(element, statsOf(density, element), whole)) frames.add(element);
  }
  return frames;
}

function isNamedFrame(element: HtmlElement, stats: TextStats, whole: TextStats): boolean {
  const { tagName } = element;
  if (/^(?:html|body|main|h1|code|pre|p|table|tr|td|em|strong|b|i)$/.test(tagName)) return false;
  const verdict = judgeNames(element);
  if (verdict === null || holdsTitle(element)) return false;
  const share = whole.prose === 0 ? stats.text / (whole.text + 1) : stats.prose / whole.prose;
  if (verdict === 'comments') return share < commentShare;
  if (verdict === 'frame') return share < frameShare;
  return share < doubtfulShare && (isMostlyLinks(stats) || stats.prose * 2 < stats.text);
}

function holdsTitle(element: HtmlElement): boolean {
  if (element.childNodes.length > 200) return false;
  for (const inner of elementsIn(element)) if (inner.tagName === 'h1' || inner.tagName === 'article') return true;
  return false;
}

function isMostlyLinks({ text, linkText, links }: TextStats): boolean {
  return links >= 2 && linkText * 2 > text;
}

function findRoots(
  page: HtmlParent,
  density: Density,
  isOut: (element: HtmlElement) => boolean,
): readonly HtmlParent[] {
  const main = findMain(page, isOut);
  const articles = findArticles(main ?? page, density, isOut);
  if (main === null) return articles.length > 0 ? articles : [narrow(findBody(page), density)];
  const isArticlesOwn = sum(articles, density) * 2 >= statsOf(density, main).text;
  return isArticlesOwn && articles.length > 0 ? articles : [main];
}

function findBody(page: HtmlParent): HtmlParent {
  for (const element of elementsIn(page)) if (element.tagName === 'body') return element;
  return page;
}

function findMain(page: HtmlParent, isOut: (element: HtmlElement) => boolean): HtmlElement | null {
  for (const element of elementsIn(page, (candidate) => !isOut(candidate))) {
    if (isOut(element)) continue;
    if (element.tagName === 'main' || attributeOf(element, 'role') === 'main') return element;
  }
  return null;
}

/** Articles that do not stand in another one; beside a long one, short ones are teasers of others. */
function findArticles(root: HtmlParent, density: Density, isOut: (element: HtmlElement) => boolean): HtmlElement[] {
  const articles: HtmlElement[] = [];
  const enters = (element: HtmlElement) => element.tagName !== 'article' && !isOut(element);
  for (const element of elementsIn(root, enters)) {
    if (element.tagName === 'article' && !isOut(element)) articles.push(element);
  }
  const longest = articles.reduce((length, article) => Math.max(length, statsOf(density, article).prose), 0);
  return articles.filter((article) => statsOf(density, article).prose >= longest * teaserShare);
}

/** An article with less than this share of the longest one's prose is a teaser. */
const teaserShare = 0.2;

function sum(elements: readonly HtmlElement[], density: Density): number {
  return elements.reduce((length, element) => length + statsOf(density, element).text, 0);
}

/** Share of the prose around it that one element must hold for the rest to be left out. */
const narrowShare = 0.85;

/** The smallest container that holds nearly all prose. */
function narrow(body: HtmlParent, density: Density): HtmlParent {
  let container = body;
  for (;;) {
    const { prose } = statsOf(density, container);
    const inner: HtmlElement | undefined = container.childNodes
      .filter(isElement)
      .find((child) => isContainer(child) && statsOf(density, child).prose >= prose * narrowShare);
    if (prose === 0 || inner === undefined) return container;
    container = inner;
  }
}

function isContainer({ tagName }: HtmlElement): boolean {
  return /^(?:article|body|center|div|form|main|section|table|tbody|td|tr)$/.test(tagName);
}

/** Least text of a root, in characters, of which half is prose, for lists of links in it to be left out. */
const proseRoot = 400;

/** Adds blocks of links and what stands under headings such as “Related stories” to the frames. */
function addLinkLists(root: HtmlParent, density: Density, frames: Set<HtmlElement>): void {
  const whole = statsOf(density, root);
  if (whole.prose < proseRoot || whole.prose * 2 < whole.text) return;
  const enters = (element: HtmlElement) => density.has(element) && !frames.has(element);
  for (const element of elementsIn(root, enters)) {
    if (!density.has(element) || inlineTags.has(element.tagName)) continue;
    if (isLinkList(element, statsOf(density, element), whole)) frames.add(element);
    else if (/^(?:h[1-6]|p|div)$/.test(element.tagName)) addFramedSection(element, { whole, density, frames });
  }
}

function isLinkList({ tagName }: HtmlElement, stats: TextStats, whole: TextStats): boolean {
  if (!/^(?:div|dl|ol|section|table|ul)$/.test(tagName) || stats.links < 2) return false;
  if (stats.text * 3 > whole.text) return false;
  return stats.linkText > stats.text * linkListShare && stats.prose * 4 < stats.text;
}

/** Share of a list's text that is links where it leads to other articles. */
const linkListShare = 0.7;

interface Surroundings {
  readonly whole: TextStats;
  readonly density: Density;
  readonly frames: Set<HtmlElement>;
}

/** A heading over other articles goes with all up to the next heading, where that is links or little. */
function addFramedSection(heading: HtmlElement, { whole, density, frames }: Surroundings): void {
  const { text } = statsOf(density, heading);
  if (text === 0 || text > 100 || !isFrameHeading(textIn(heading).replace(/\s+/g, ' ').trim())) return;
  const section = [heading, ...siblingsBehind(heading)];
  const prose = section.reduce((length, element) => length + statsOf(density, element).prose, 0);
  const links = section.reduce((count, element) => count + statsOf(density, element).links, 0);
  if (prose > whole.prose * frameShare || (links === 0 && section.length > 1)) return;
  for (const element of section) frames.add(element);
}

function siblingsBehind(heading: HtmlElement): HtmlElement[] {
  const siblings = heading.parentNode?.childNodes ?? [];
  const behind = siblings.slice(siblings.indexOf(heading) + 1).filter(isElement);
  const end = behind.findIndex(({ tagName }) => /^h[1-6]$/.test(tagName) || tagName === 'p');
  return end < 0 ? behind : behind.slice(0, end);
}
