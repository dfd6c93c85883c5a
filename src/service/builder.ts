/**
 * Has builds made by a process of their own, one at a time, so that they never hold up an answer. Whatever is asked for
 * while one runs is in the next one. A build that failed is tried again by itself, ever more rarely. Hints make a build
 * fast, but are never trusted alone: some quiet after a build with hints, one looks at everything.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BuildReport } from '../domain/build-report.ts';
import { BuildChild, type BuildChildOptions } from './build-child.ts';
import type { BuildAnswer } from './build-messages.ts';
import { type Hints, PathHints } from './path-hints.ts';

/** What came of a build beside its report. */
export interface BuildNews {
  /** Nobody asked for it: it looked whether builds with hints missed something. */
  readonly isLook: boolean;
  /** Whether the published snapshot had better be merged. */
  readonly wantsMerge: boolean;
}

export interface BuilderOptions {
  readonly command: BuildChildOptions['command'];
  /** What it throws is a failure of the build. */
  readonly onReport: (report: BuildReport, news: BuildNews) => Promise<void>;
  readonly onFailure: (message: string) => void;
  /** All that was asked for is built. */
  readonly onIdle?: () => void;
  /** Whether it may build without being asked, to make up for what hints missed and to have a new process ready. */
  readonly mayLook: boolean;
  /** Waiting times and amounts, for tests. */
  readonly waits?: Partial<BuilderWaits>;
}

interface BuilderWaits {
  /**
   * Another process builds in the same data folder, or publishes what it merged: what it publishes may lack the newest
   * changes, so try again. Doubled by each further time …
   */
  readonly busyMs: number;
  /** … up to this. */
  readonly longestBusyMs: number;
  /** After a failure, e.g. of a full disk; doubled by each further one. */
  readonly failedMs: number;
  readonly longestMs: number;
  /** A look at everything follows builds with hints after this much quiet, … */
  readonly lookMs: number;
  /** … or this long after the first of them, however restless the folder is. */
  readonly longestLookMs: number;
  /** What a process that is asked to end gets for it. */
  readonly endMs: number;
  /** The process ends after this long without a build. */
  readonly idleMs: number;
  /** A build that read this many files leaves a process with much memory, which is replaced by a new one. */
  readonly manyFiles: number;
}

const defaultWaits: BuilderWaits = {
  busyMs: 50,
  longestBusyMs: 1000,
  failedMs: 30_000,
  longestMs: 30 * 60_000,
  lookMs: 30_000,
  longestLookMs: 10 * 60_000,
  endMs: 2000,
  idleMs: 10 * 60_000,
  manyFiles: 2000,
};

/** Longer waits end at once; a look that comes too early does no harm. */
const longestTimerMs = 2 ** 31 - 1;
/** Against a clock that is set back again and again. */
const leastWaitMs = 1000;

export class Builder {
  readonly #options: BuilderOptions;
  readonly #waits: BuilderWaits;
  readonly #child: BuildChild;
  readonly #closing = new AbortController();
  readonly #hints = new PathHints();
  #since: string | null = null;
  #isRequested = false;
  /** Whether what is requested is a look and nothing else. */
  #isLook = false;
  #busy = 0;
  #failures = 0;
  #again: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  /** Waits for the day on which articles come or go by their dates. */
  #nextDay: NodeJS.Timeout | undefined;
  /** When the first build with hints ended since the last look at everything. */
  #unsureSinceMs: number | null = null;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: BuilderOptions) {
    this.#options = options;
    this.#waits = { ...defaultWaits, ...options.waits };
    const { endMs, idleMs } = this.#waits;
    this.#child = new BuildChild({ command: options.command, endMs, idleMs });
  }

  /** ISO 8601, or null while nothing is built. */
  get buildingSince(): string | null {
    return this.#since;
  }

  /**
   * Asks for a build that looks at these paths, or at everything; the promise is kept when one that began after this
   * call is over. It is never broken.
   */
  request(hints: Hints): Promise<void> {
    return this.#request(hints, false);
  }

  /** Ends a running build, which leaves the published snapshot as it is, and takes no more requests. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#again);
    clearTimeout(this.#look);
    clearTimeout(this.#nextDay);
    await this.#child.end();
    await this.#idle;
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #request(hints: Hints, isLook: boolean): Promise<void> {
    if (this.#isClosed) return this.#idle;
    clearTimeout(this.#look);
    this.#hints.add(hints);
    this.#isLook = isLook && !this.#isRequested;
    this.#isRequested = true;
    if (this.#since === null) this.#idle = this.#run();
    return this.#idle;
  }

  async #run(): Promise<void> {
    this.#since = new Date().toISOString();
    clearTimeout(this.#again);
    while (this.#isRequested && !this.#isClosed) {
      this.#isRequested = false;
      const isLook = this.#isLook;
      const paths = this.#hints.take();
      const answer = await this.#child.ask({ work: 'build', isFull: false, paths });
      if (!this.#isClosed) await this.#take(answer, paths, isLook);
    }
    this.#since = null;
    if (!this.#isClosed) this.#options.onIdle?.();
  }

  async #take(answer: BuildAnswer, paths: Hints, isLook: boolean): Promise<void> {
    if ('error' in answer && answer.error.code === 'unavailable') return this.#waitForOthers(paths);
    this.#busy = 0;
    try {
      if ('error' in answer) throw new Error(answer.error.message);
      const { report, wantsMerge } = answer;
      if (report === null) throw new Error('the build gave no report');
      await this.#options.onReport(report, { isLook, wantsMerge });
      this.#failures = 0;
      this.#lookLater(paths, report);
      this.#lookOnNextDay(report);
    } catch (error) {
      this.#options.onFailure(error instanceof Error ? error.message : String(error));
      this.#tryAgainLater();
    }
  }

  async #waitForOthers(paths: Hints): Promise<void> {
    const { busyMs, longestBusyMs } = this.#waits;
    const waitMs = Math.min(longestBusyMs, busyMs * 2 ** this.#busy);
    this.#busy++;
    await sleep(waitMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    this.#hints.add(paths);
    this.#isLook = false;
    this.#isRequested = true;
  }

  #lookOnNextDay({ nextChangeAt }: BuildReport): void {
    clearTimeout(this.#nextDay);
    if (!this.#options.mayLook || !nextChangeAt) return;
    const waitMs = Math.max(leastWaitMs, Date.parse(nextChangeAt) - Date.now());
    this.#nextDay = setTimeout(() => this.#request(null, true), Math.min(waitMs, longestTimerMs));
  }

  #tryAgainLater(): void {
    const { failedMs, longestMs } = this.#waits;
    // What it was to look at is not known any more.
    this.#hints.add(null);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.request(null), Math.min(longestMs, failedMs * 2 ** this.#failures));
    this.#failures++;
  }

  #lookLater(paths: Hints, { files }: BuildReport): void {
    const hasReadMany = files.read >= this.#waits.manyFiles;
    // Gone before the next request, which starts another one; the look makes that one ready before it is needed.
    if (hasReadMany) void this.#child.end();
    if (paths === null) this.#unsureSinceMs = null;
    if (!this.#options.mayLook || (paths === null && !hasReadMany)) return;
    const { lookMs, longestLookMs } = this.#waits;
    const nowMs = performance.now();
    this.#unsureSinceMs ??= nowMs;
    const waitMs = Math.min(lookMs, Math.max(0, this.#unsureSinceMs + longestLookMs - nowMs));
    clearTimeout(this.#look);
    this.#look = setTimeout(() => this.#request(null, true), waitMs);
  }
}
