/** What the readers of front matter give, whatever language it is in. */
import type { Statement } from './stated-data.ts';

/** A key of front matter with its value and line. */
export type Entry = readonly [key: string, statement: Statement];

/** What a language's reader found in a block, and what was wrong there. */
export interface ReadBlock {
  readonly entries: readonly Entry[];
  readonly error: { readonly line: number | null; readonly reason: string } | null;
}
