/** What a build says of itself: stored in the snapshot's manifest, printed by `lede build`, shown by `status`. */
import type { BuildId } from './ids.ts';
import type { FileProblem } from './problem.ts';

export interface BuildReport {
  readonly build: BuildId;
  /** `unchanged`: nothing differed from the published snapshot, which stays. */
  readonly outcome: 'published' | 'unchanged';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly tookMs: number;
  /** `found` = `read` + `unchanged` + `skipped`. */
  readonly files: {
    readonly found: number;
    readonly read: number;
    readonly unchanged: number;
    readonly skipped: number;
  };
  /** Against the snapshot before; `total` is what the new one holds. */
  readonly articles: {
    readonly total: number;
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
  };
  readonly paragraphs: number;
  readonly terms: number;
  /** Largest resident memory of the building process, in bytes. */
  readonly peakMemoryBytes: number;
  /** Files skipped or read with a warning, in path order; those of unchanged files as well. */
  readonly problems: readonly FileProblem[];
  /** What was left out on purpose, the most frequent first. Missing in reports of older versions. */
  readonly leftOut?: readonly LeftOut[];
  /** Keys of articles' data that mean nothing to the program, the most frequent first. Missing in older reports. */
  readonly unknownKeys?: readonly { readonly key: string; readonly articles: number }[];
  /** When articles come or go because of their dates, ISO 8601, UTC; null where none will. Missing in older reports. */
  readonly nextChangeAt?: string | null;
}

/** Files, folders or articles that were left out for the same reason. */
export interface LeftOut {
  /** A pattern and where it stands, or what an article's source says, such as `draft: true`. */
  readonly reason: string;
  readonly count: number;
  /** Path of one of them. */
  readonly example: string;
}
