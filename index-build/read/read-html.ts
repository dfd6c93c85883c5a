/**
 * HTML → article. Step 2 of an article's journey for pages: the main content becomes blocks, meta tags and JSON-LD
 * become data. A page may begin with front matter, which goes before what the page says itself.
 */
import { assembleArticle } from './article-data.ts';
import { BlockCollector } from './block-collector.ts';
import { splitFrontMatter } from './front-matter.ts';
import { isLeftOut } from './hidden-elements.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { type HtmlMetadata, readHtmlMetadata } from './html-metadata.ts';
import { elementsIn, type HtmlParent, textIn } from './html-tree.ts';
import { findMainContent, type MainContent } from './main-content.ts';
import { parsePage } from './parse-html.ts';
import { tooDeep, tooManyBlocks, tooManyElements, warnOfFile } from './reached-limits.ts';
import type { ReadResult } from './reader.ts';
import { mergeStatedData, type StatedData } from './stated-data.ts';

/** Reads one page as one article. */
export function readHtml(text: string, path: string): ReadResult {
  const frontMatter = splitFrontMatter(text, path);
  const { root: page, isCut } = parsePage(frontMatter.body);
  // What stands below front matter is the source of a page, without what the site puts around it.
  const isSource = frontMatter.stated.size > 0;
  const content = isSource ? { roots: [page], isLeftOut } : findMainContent(page);
  const metadata = readHtmlMetadata(page, isSource ? null : content.isLeftOut, path);
  const stated = [frontMatter.stated, metadata.stated, stateTitle(findTitle(page, content, metadata))].reduce(
    mergeStatedData,
  );
  const title = stated.get('title')?.value;
  const collector = new BlockCollector(typeof title === 'string' ? title : null);
  if (frontMatter.foreign !== null) collector.add('code', frontMatter.foreign);
  const isTooDeep = content.roots
    .map((root) => addHtmlBlocks(root, collector, content.isLeftOut).isTooDeep)
    .includes(true);

  const { article, problems } = assembleArticle({
    path,
    line: null,
    fallbackId: path,
    stated,
    guessed: { title: collector.openingHeading, date: metadata.guessedDate },
    blocks: collector.finish(),
  });
  const reached: string[] = [];
  if (isTooDeep) reached.push(tooDeep);
  if (isCut) reached.push(tooManyElements);
  if (collector.isFull) reached.push(tooManyBlocks);
  const limitProblems = reached.map((reason) => warnOfFile(path, reason));
  return {
    articles: [article],
    problems: [...frontMatter.problems, ...metadata.problems, ...problems, ...limitProblems],
  };
}

function stateTitle(title: string | null): StatedData {
  return title === null || title.trim() === '' ? new Map() : new Map([['title', { value: title, line: null }]]);
}

/**
 * The heading of level 1 that `<title>` names as well, else the first in the main content that is not the masthead; else
 * `<title>`, or a heading outside of the main content.
 */
function findTitle(page: HtmlParent, content: MainContent, { isSiteName, pageTitle }: HtmlMetadata): string | null {
  const isTitle = (text: string) => text !== '' && text.length <= headlineLength && !isSiteName(text);
  const inContent = content.roots.flatMap((root) => listHeadings(root, content)).filter(isTitle);
  const named = (pageTitle ?? '').toLowerCase();
  const onPage = listHeadings(page, content).filter(isTitle);
  const agreed = [...inContent, ...onPage].find((heading) => named.includes(heading.toLowerCase()));
  return agreed ?? inContent[0] ?? pageTitle ?? onPage[0] ?? null;
}

/** Characters of a headline; what is longer is a caption or a paragraph in large letters. */
const headlineLength = 300;

/** Headings of a page that are looked at for its title. */
const headingLimit = 100;

function listHeadings(root: HtmlParent, content: MainContent): string[] {
  const headings: string[] = [];
  for (const element of elementsIn(root, (candidate) => !content.isLeftOut(candidate))) {
    if (element.tagName === 'h1' && !content.isLeftOut(element)) headings.push(headingText(element, content));
    if (headings.length >= headingLimit) break;
  }
  return headings;
}

/** A heading's text without the signs in it that link to it. */
function headingText(heading: HtmlParent, content: MainContent): string {
  const signs = [...elementsIn(heading)].filter(content.isLeftOut).map(textIn);
  return signs
    .reduce((text, sign) => text.replace(sign, ''), textIn(heading))
    .replace(/\s+/g, ' ')
    .trim();
}
