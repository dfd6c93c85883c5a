/** A folder of articles indexed aside: known items are drawn from it, misspellings are measured on its words. */
import { join } from 'node:path';
import type { BuildReport } from '../domain/build-report.ts';
import { LedeError } from '../domain/error.ts';
import type { FileProblem } from '../domain/problem.ts';
import type { OpenedSearchable } from '../open-searchable.ts';
import { formatProblem } from './format-problem.ts';
import { withIndex, withWorkFolder } from './index-aside.ts';

/**
 * Runs `work` on the articles of a folder. Files that were skipped are told on stderr: a folder may hold pictures. Throws
 * `LedeError`: as a build does, and `not_found` for a folder without articles.
 */
export function withArticles<T>(
  corpus: string,
  work: (searchable: OpenedSearchable, articles: number) => Promise<T>,
): Promise<T> {
  const check = ({ articles, problems }: BuildReport) => {
    const told = describeSkipped(problems);
    if (articles.total === 0) {
      throw new LedeError(
        'not_found',
        `no article in "${corpus}"${told === null ? '' : ` (${told})`}: name a folder of articles`,
      );
    }
    if (told !== null) process.stderr.write(`lede: ${told}\n`);
  };
  return withWorkFolder((folder) =>
    withIndex({ corpus, data: join(folder, 'data'), check }, (searchable, report) =>
      work(searchable, report.articles.total),
    ),
  );
}

function describeSkipped(problems: readonly FileProblem[]): string | null {
  const skipped = problems.filter(({ severity }) => severity === 'skipped');
  const [first] = skipped;
  if (first === undefined) return null;
  return formatProblem(first) + (skipped.length === 1 ? '' : ` (and ${skipped.length - 1} more)`);
}
