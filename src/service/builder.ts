/**
 * Runs builds in a process of their own, one at a time, so that they never hold up an answer. Whatever is asked for
 * while one runs is in the next one. A build that failed is tried again by itself, ever more rarely.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BuildReport } from '../domain/build-report.ts';

/** What `lede build --json` prints. */
export type BuildOutput =
  | { readonly report: BuildReport }
  | { readonly error: { readonly code: string; readonly message: string } };

export interface BuilderOptions {
  /** The program and its arguments; prints a `BuildOutput` as its last line. */
  readonly command: readonly [program: string, ...parameters: string[]];
  /** What it throws is a failure of the build. */
  readonly onReport: (report: BuildReport) => Promise<void>;
  readonly onFailure: (message: string) => void;
  /** Waiting times, for tests. */
  readonly waits?: Partial<BuilderWaits>;
}

interface BuilderWaits {
  /** Another process builds in the same data folder: what it publishes may lack the newest changes, so try again. */
  readonly busyMs: number;
  /** After a failure, e.g. of a full disk; doubled by each further one. */
  readonly failedMs: number;
  readonly longestMs: number;
  /** What a build that is asked to end gets for it. */
  readonly endMs: number;
}

const defaultWaits: BuilderWaits = { busyMs: 1000, failedMs: 30_000, longestMs: 30 * 60_000, endMs: 2000 };

export class Builder {
  readonly #options: BuilderOptions;
  readonly #waits: BuilderWaits;
  readonly #closing = new AbortController();
  #child: ChildProcess | null = null;
  #since: string | null = null;
  #isRequested = false;
  #failures = 0;
  #again: NodeJS.Timeout | undefined;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: BuilderOptions) {
    this.#options = options;
    this.#waits = { ...defaultWaits, ...options.waits };
  }

  /** ISO 8601, or null while nothing is built. */
  get buildingSince(): string | null {
    return this.#since;
  }

  /** Asks for a build; the promise is kept when one that began after this call is over. It is never broken. */
  request(): Promise<void> {
    if (this.#isClosed) return this.#idle;
    this.#isRequested = true;
    if (this.#since === null) this.#idle = this.#run();
    return this.#idle;
  }

  /** Ends a running build, which leaves the published snapshot as it is, and takes no more requests. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#again);
    const child = this.#child;
    child?.kill('SIGTERM');
    const insist = setTimeout(() => child?.kill('SIGKILL'), this.#waits.endMs);
    await this.#idle;
    clearTimeout(insist);
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #run(): Promise<void> {
    this.#since = new Date().toISOString();
    clearTimeout(this.#again);
    while (this.#isRequested && !this.#isClosed) {
      this.#isRequested = false;
      const output = await this.#build();
      if (!this.#isClosed) await this.#take(output);
    }
    this.#since = null;
  }

  async #take(output: BuildOutput): Promise<void> {
    if ('error' in output && output.error.code === 'unavailable') {
      await sleep(this.#waits.busyMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      this.#isRequested = true;
      return;
    }
    try {
      if ('error' in output) throw new Error(output.error.message);
      await this.#options.onReport(output.report);
      this.#failures = 0;
    } catch (error) {
      this.#options.onFailure(error instanceof Error ? error.message : String(error));
      this.#tryAgainLater();
    }
  }

  #tryAgainLater(): void {
    const { failedMs, longestMs } = this.#waits;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.request(), Math.min(longestMs, failedMs * 2 ** this.#failures));
    this.#failures++;
  }

  #build(): Promise<BuildOutput> {
    const [program, ...parameters] = this.#options.command;
    return new Promise((resolve) => {
      const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
      this.#child = child;
      let output = '';
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors = (errors + text).slice(-4000);
      });
      child.on('error', (error) => resolve(failure(`the build could not be started: ${error.message}`)));
      child.on('close', (code, signal) => {
        this.#child = null;
        resolve(parseOutput(output) ?? failure(`the build ended with ${signal ?? `code ${code}`}: ${errors.trim()}`));
      });
    });
  }
}

function parseOutput(output: string): BuildOutput | null {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    const parsed: unknown = JSON.parse(last);
    const isOutput = typeof parsed === 'object' && parsed !== null && ('report' in parsed || 'error' in parsed);
    return isOutput ? (parsed as BuildOutput) : null;
  } catch {
    // No report: the process was killed, or failed before it could tell.
    return null;
  }
}

function failure(message: string): BuildOutput {
  return { error: { code: 'internal', message } };
}
