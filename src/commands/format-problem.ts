/** A problem of a file as a line of text. */
import type { FileProblem } from '../domain/problem.ts';
import { printableText } from './printable-text.ts';

/** `skipped: path:line: reason`. */
export function formatProblem({ path, line, severity, reason }: FileProblem): string {
  return printableText(`${severity}: ${path}${line === null ? '' : `:${line}`}: ${reason}`);
}
