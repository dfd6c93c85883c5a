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
}
