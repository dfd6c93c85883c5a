/** What a build left out on purpose, and the keys it made nothing of, as lines of text. */
import type { BuildReport } from '../domain/build-report.ts';
import { printableText } from './printable-text.ts';

/** `left out: 12 by "draft: true", such as posts/a.md`. */
export function formatLeftOut({ leftOut = [] }: BuildReport): string[] {
  return leftOut.map(({ reason, count, example }) => {
    return printableText(`left out: ${count} by "${reason}", such as ${example}`);
  });
}

const keysShown = 20;

/** One line: keys that are in the articles' data and mean nothing to the program. */
export function formatUnknownKeys({ unknownKeys = [] }: BuildReport): string[] {
  if (unknownKeys.length === 0) return [];
  const keys = unknownKeys.slice(0, keysShown).map(({ key, articles }) => `${key} (${articles})`);
  const more = unknownKeys.length > keysShown ? ` and ${unknownKeys.length - keysShown} more` : '';
  return [printableText(`keys that nothing is made of: ${keys.join(', ')}${more}`)];
}
