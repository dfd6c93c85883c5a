/** The state of the service, as `lede status` and `GET /api/v1/status` give it. */
import type { BuildReport } from './build-report.ts';
import type { BuildId } from './ids.ts';

export interface SnapshotStatus {
  readonly build: BuildId;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  readonly articles: number;
  readonly paragraphs: number;
  readonly terms: number;
}

/** What the file of pinned articles says. */
export interface PinsStatus {
  /** Queries that have pinned articles. */
  readonly queries: number;
  /** What is wrong with it, by line, 1-based. */
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
}

export interface ServiceStatus {
  readonly version: string;
  /** The snapshot that answers, or null while there is none yet. */
  readonly snapshot: SnapshotStatus | null;
  /** Whether the corpus folder is being followed. */
  readonly isWatching: boolean;
  /** Since when a build runs, ISO 8601, or null. */
  readonly buildingSince: string | null;
  /** The report of the last build that ended well, or null. */
  readonly lastBuild: BuildReport | null;
  /** The last build that failed, if none ended well since. The old snapshot goes on answering. */
  readonly lastFailure: { readonly at: string; readonly message: string } | null;
  /** As of the last search, or the last change of the snapshot; null where there is no such file. */
  readonly pins: PinsStatus | null;
}
