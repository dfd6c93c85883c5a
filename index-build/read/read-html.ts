/**
 * HTML → article. Step 2 of an article's journey for pages: the main content becomes blocks, meta tags and JSON-LD
 * become data. A page may begin with YAML front matter, which goes before what the page says itself.
 */
import { parse } from 'parse5';
import { assembleArticle } from './article-data.ts';
import { BlockCollector } from './block-collector.ts';
import { splitFrontMatter } from './front-matter.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { readHtmlMetadata } from './html-metadata.ts';
import { attributeOf, elementsIn, type HtmlParent } from './html-tree.ts';
import { findMainContent, isLeftOut } from './main-content.ts';
import { parseDate } from './parse-date.ts';
import { tooDeep, warnOfFile } from './reached-limits.ts';
import type { ReadResult } from './reader.ts';
import { mergeStatedData, type StatedData } from './stated-data.ts';

/** Reads one page as one article. */
export function readHtml(text: string, path: string): ReadResult {
  const frontMatter = splitFrontMatter(text, path);
  const page = parse(frontMatter.body);
  const metadata = readHtmlMetadata(page, path);
  const roots = findMainContent(page);
  const statedTitle = frontMatter.stated.get('title')?.value;
  const collector = new BlockCollector(typeof statedTitle === 'string' ? statedTitle : null);
  if (frontMatter.foreign !== null) collector.add('code', frontMatter.foreign);
  const isTooDeep = roots.map((root) => addHtmlBlocks(root, collector).isTooDeep).includes(true);

  const dates = findDates(roots);
  const { article, problems } = assembleArticle({
    path,
    line: null,
    fallbackId: path,
    stated: [
      frontMatter.stated,
      stateTitle(collector.mainHeading),
      metadata.stated,
      dates.stated,
      stateTitle(metadata.pageTitle),
    ].reduce(mergeStatedData),
    guessed: { title: collector.openingHeading, date: dates.guessed },
    blocks: collector.finish(),
  });
  const depthProblems = isTooDeep ? [warnOfFile(path, tooDeep)] : [];
  return {
    articles: [article],
    problems: [...frontMatter.problems, ...metadata.problems, ...problems, ...depthProblems],
  };
}

function stateTitle(title: string | null): StatedData {
  return title === null || title.trim() === '' ? new Map() : new Map([['title', { value: title, line: null }]]);
}

/** `<time>` in the text: stated where it is marked as the day of publication, else the first one is a guess. */
function findDates(roots: readonly HtmlParent[]): { readonly stated: StatedData; readonly guessed: string | null } {
  let guessed: string | null = null;
  for (const root of roots) {
    for (const element of elementsIn(root, (candidate) => !isLeftOut(candidate))) {
      if (element.tagName !== 'time') continue;
      const date = parseDate(attributeOf(element, 'datetime') ?? '');
      if (date === null) continue;
      const isStated = attributeOf(element, 'pubdate') !== null || attributeOf(element, 'itemprop') === 'datePublished';
      if (isStated) return { stated: new Map([['date', { value: date, line: null }]]), guessed: null };
      guessed ??= date;
    }
  }
  return { stated: new Map(), guessed };
}
