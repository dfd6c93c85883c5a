/** What the service and the process that builds for it say to each other, over the channel between them. */
import type { BuildReport } from '../domain/build-report.ts';
import type { Hints } from './path-hints.ts';

/** One at a time; each is answered once. */
export type BuildRequest =
  | { readonly work: 'build'; readonly isFull: boolean; readonly paths: Hints }
  /** Fewer segments for what is published. */
  | { readonly work: 'merge' };

export type BuildAnswer =
  | {
      /** Null where a merge had nothing to do. */
      readonly report: BuildReport | null;
      /** Whether what is published now had better be merged. */
      readonly wantsMerge: boolean;
    }
  | { readonly error: { readonly code: string; readonly message: string } };

/** Whether a message is an answer, by its form. */
export function isBuildAnswer(message: unknown): message is BuildAnswer {
  return typeof message === 'object' && message !== null && ('report' in message || 'error' in message);
}
