/**
 * Has the segments of the published snapshot merged in the background, by a process of its own with low priority.
 * Builds go on meanwhile; what it publishes is followed like any other snapshot.
 */
import { constants } from 'node:os';
import type { BuildReport } from '../domain/build-report.ts';
import { BuildChild, type BuildChildOptions } from './build-child.ts';

export interface MergerOptions {
  readonly command: BuildChildOptions['command'];
  /** Null where there was nothing to do. */
  readonly onMerged: (report: BuildReport | null) => void;
  readonly onFailure: (message: string) => void;
  /** Waiting times, for tests. */
  readonly waits?: Partial<MergerWaits>;
}

interface MergerWaits {
  /** After a failure no merge begins for this long; doubled by each further one. */
  readonly failedMs: number;
  readonly longestMs: number;
  readonly endMs: number;
}

const defaultWaits: MergerWaits = { failedMs: 10_000, longestMs: 30 * 60_000, endMs: 2000 };

export class Merger {
  readonly #options: MergerOptions;
  readonly #waits: MergerWaits;
  readonly #child: BuildChild;
  #isWanted = false;
  #isClosed = false;
  #failures = 0;
  #notBeforeMs = 0;
  #running: Promise<void> | null = null;

  constructor(options: MergerOptions) {
    this.#options = options;
    this.#waits = { ...defaultWaits, ...options.waits };
    const { endMs } = this.#waits;
    const priority = constants.priority.PRIORITY_BELOW_NORMAL;
    this.#child = new BuildChild({ command: options.command, endMs, idleMs: endMs, priority });
  }

  /** Whether the snapshot that was published last had better be merged: `start` does nothing unless it is so. */
  want(isWanted: boolean): void {
    this.#isWanted = isWanted;
  }

  /** Begins a merge if one is wanted and none runs, unless the last one failed a short while ago. */
  start(): void {
    const isToWait = performance.now() < this.#notBeforeMs;
    if (!this.#isWanted || this.#running !== null || this.#isClosed || isToWait) return;
    this.#running = this.#merge().finally(() => {
      this.#running = null;
    });
  }

  /** Ends a running merge, which leaves the published snapshot as it is, and begins no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#child.end();
    await this.#running;
  }

  async #merge(): Promise<void> {
    do {
      this.#isWanted = false;
      const answer = await this.#child.ask({ work: 'merge' });
      if (this.#isClosed) return;
      if ('error' in answer) {
        this.#waitAWhile();
        this.#options.onFailure(answer.error.message);
      } else {
        this.#failures = 0;
        this.#options.onMerged(answer.report);
        // Builds went on meanwhile. Where there was nothing to do there would be nothing again.
        this.#isWanted = answer.report !== null && answer.wantsMerge;
      }
    } while (this.#isWanted);
    // A merge needs much memory and comes rarely.
    await this.#child.end();
  }

  #waitAWhile(): void {
    const { failedMs, longestMs } = this.#waits;
    this.#notBeforeMs = performance.now() + Math.min(longestMs, failedMs * 2 ** this.#failures);
    this.#failures++;
  }
}
