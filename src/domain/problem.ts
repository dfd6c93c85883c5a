/**
 * Problems: what there is to tell a user about a query or a file. Values, never thrown.
 */

/** Something about a query that was not as written; the search went on regardless. */
export interface QueryProblem {
  /** Stable name for programs, e.g. `unclosed-quote`. */
  readonly code: string;
  /** One sentence for people. */
  readonly message: string;
  /** Where in the query text, UTF-16 units, end excluded; null where it concerns the whole. */
  readonly range: readonly [start: number, end: number] | null;
}

/** Something about a source file. */
export interface FileProblem {
  /** Path inside the corpus, with `/`. */
  readonly path: string;
  /** 1-based line, where there is one to point to. */
  readonly line: number | null;
  /** `skipped`: nothing (or not this article) was read. `warning`: it was read, but not as written. */
  readonly severity: 'skipped' | 'warning';
  /** One sentence: what was found, what was expected, what to do. */
  readonly reason: string;
}
