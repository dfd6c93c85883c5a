/**
 * Step 2 of an article's journey for one file: bytes → articles. Chooses the reader, decodes, and sees to it that
 * whatever is in a file, the outcome is articles and problems. Knows nothing of folders or of what was read before.
 */
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import { decodeText } from './decode-text.ts';
import { extensionOf, knownExtensions, readerFor, textKindOf } from './formats.ts';
import type { Reader, ReadResult } from './reader.ts';

/** A file's bytes under its path inside the corpus. */
export interface FileBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Problems of one file that are told one by one; the others are counted. */
export const problemsPerFile = 100;

/** Reads one file. Never throws for what the file holds; a file without any readable article is `skipped`. */
export function readFile({ path, bytes }: FileBytes): ReadResult {
  const reader = readerFor(path);
  if (reader === null) {
    return skipFile(path, `unknown format "${extensionOf(path)}", expected one of ${knownExtensions.join(' ')}`);
  }
  const decoded = decodeText(bytes, textKindOf(path));
  if (decoded.text === null) return skipFile(path, decoded.reason);

  const { articles, problems } = readSafely(reader, decoded.text, path);
  if (articles.length === 0 && problems.length === 0) return skipFile(path, 'no article in it');
  const warnings = decoded.warnings.map((reason): FileProblem => ({ path, line: null, severity: 'warning', reason }));
  return { articles, problems: summarize([...warnings, ...problems, ...warnOfLongParagraphs(articles, path)], path) };
}

/** They are split later; that a passage is no paragraph of the author's is said here. */
function warnOfLongParagraphs(articles: ReadResult['articles'], path: string): FileProblem[] {
  return articles.flatMap(({ id, blocks }) => {
    const long = blocks.filter(({ text }) => text.length > limits.paragraphLength).length;
    if (long === 0) return [];
    const count = long === 1 ? '1 paragraph is' : `${long} paragraphs are`;
    const reason = `${count} longer than ${limits.paragraphLength} characters in "${id}": split at sentence ends`;
    return [{ path, line: null, severity: 'warning', reason }];
  });
}

/** A parser that gives up on a hostile file must not end the build. */
function readSafely(reader: Reader, text: string, path: string): ReadResult {
  try {
    return reader(text, path);
  } catch (error) {
    return skipFile(path, `the parser failed on it: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function summarize(problems: readonly FileProblem[], path: string): readonly FileProblem[] {
  if (problems.length <= problemsPerFile) return problems;
  const more = problems.slice(problemsPerFile);
  const severity = more.some((problem) => problem.severity === 'skipped') ? 'skipped' : 'warning';
  const reason = `and ${more.length} more problems in this file`;
  return [...problems.slice(0, problemsPerFile), { path, line: null, severity, reason }];
}

function skipFile(path: string, reason: string): ReadResult {
  return { articles: [], problems: [{ path, line: null, severity: 'skipped', reason }] };
}
