/** What the analyzer yields. */
import type { Term } from '../domain/ids.ts';

/** A word of a text. */
export interface Token {
  readonly term: Term;
  /** Where it stands in the text: UTF-16 units, end excluded. */
  readonly start: number;
  readonly end: number;
  /** 0-based number of the word in the text. Tokens of one word (`#tag` and `tag`) share it. */
  readonly position: number;
}
