/** What a reader says where an article reaches a limit of its own. Part of reading Markdown and HTML. */
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';

/** A warning about a whole file. */
export function warnOfFile(path: string, reason: string): FileProblem {
  return { path, line: null, severity: 'warning', reason };
}

export const tooDeep = `elements nested deeper than ${limits.nesting}: what is below keeps its text, not its structure`;

export const tooManyBlocks = `more than ${limits.blocksPerArticle} paragraphs in one article: the rest is left out, split the file`;

export const tooMarked =
  `more than ${limits.paragraphMarks} marks of Markdown in a paragraph or ${limits.markdownMarks} in the file: ` +
  'paragraphs beyond are kept as written';

export const tooManyElements = `more than ${limits.htmlElements} elements in one page: what stands behind is left out, split the file`;
