/** What every reader of a file format takes and gives. */
import type { SourceArticle } from '../../src/domain/article.ts';
import type { FileProblem } from '../../src/domain/problem.ts';

export interface ReadResult {
  readonly articles: readonly SourceArticle[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the decoded text of one file. `path` is the one inside the corpus; it only serves ids, titles and problems.
 * Pure: the same text and path give the same result. What is wrong with the text is reported, not thrown.
 */
export type Reader = (text: string, path: string) => ReadResult;
