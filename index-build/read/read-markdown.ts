/**
 * Markdown with YAML front matter → article. Step 2 of an article's journey. markdown-it parses; its tokens become
 * blocks, and HTML between them goes the way of HTML pages. Code in front matter is never run.
 */
import { assembleArticle } from './article-data.ts';
import { BlockCollector } from './block-collector.ts';
import { splitFrontMatter } from './front-matter.ts';
import { MarkdownBlockWalk } from './markdown-blocks.ts';
import { cutMarkdown, dropDataUrls, flattenMarks, shareReferences } from './markdown-chunks.ts';
import { type MarkdownDialect, parseBlocks } from './markdown-parser.ts';
import { tooDeep, tooManyBlocks, tooManyElements, tooMarked, warnOfFile } from './reached-limits.ts';
import type { ReadResult } from './reader.ts';
import { mergeStatedData, type StatedData } from './stated-data.ts';

/** Reads one file as one article. */
export function readMarkdown(text: string, path: string): ReadResult {
  const frontMatter = splitFrontMatter(text, path);
  const statedTitle = frontMatter.stated.get('title')?.value;
  const collector = new BlockCollector(typeof statedTitle === 'string' ? statedTitle : null);
  if (frontMatter.foreign !== null) collector.add('code', frontMatter.foreign);
  const reached = addMarkdownBlocks(frontMatter.body, dialectOf(path, frontMatter.body), collector);

  const blocks = collector.finish();
  const { article, problems } = assembleArticle({
    path,
    line: null,
    fallbackId: path,
    stated: mergeStatedData(frontMatter.stated, stateTitle(collector.mainHeading)),
    guessed: { title: collector.openingHeading },
    blocks,
  });
  const limitProblems = reached.map((reason) => warnOfFile(path, reason));
  return { articles: [article], problems: [...frontMatter.problems, ...problems, ...limitProblems] };
}

/** Docusaurus reads `.md` as MDX as well: a file that imports components at its top is. */
function dialectOf(path: string, body: string): MarkdownDialect {
  return /\.mdx$/i.test(path) || /^\s*import\s[^\n]{0,300}\sfrom\s+['"]/.test(body.slice(0, 1000)) ? 'mdx' : 'markdown';
}

function stateTitle(title: string | null): StatedData {
  return title === null ? new Map() : new Map([['title', { value: title, line: null }]]);
}

/** Adds the blocks of a text. Returns the reasons why some are not as written. */
function addMarkdownBlocks(body: string, dialect: MarkdownDialect, collector: BlockCollector): readonly string[] {
  const source = dropDataUrls(body);
  const flat = flattenMarks(source);
  const env = shareReferences(flat);
  const walk = new MarkdownBlockWalk(collector, dialect, env);
  for (const part of cutMarkdown(flat)) {
    for (const token of parseBlocks(part, dialect, env)) walk.take(token);
    if (collector.isFull) break;
  }
  const reached: string[] = [];
  if (walk.isTooDeep || flat !== source) reached.push(tooDeep);
  if (walk.isCut) reached.push(tooManyElements);
  if (walk.isTooMarked) reached.push(tooMarked);
  if (collector.isFull) reached.push(tooManyBlocks);
  return reached;
}
