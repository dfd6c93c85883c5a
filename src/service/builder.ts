/**
 * Runs builds in a process of their own, one at a time, so that they never hold up an answer. Whatever is asked for
 * while one runs is in the next one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { BuildReport } from '../domain/build-report.ts';

/** What `lede build --json` prints. */
export type BuildOutput =
  | { readonly report: BuildReport }
  | { readonly error: { readonly code: string; readonly message: string } };

export interface BuilderOptions {
  /** The program and its arguments; prints a `BuildOutput` as its last line. */
  readonly command: readonly [program: string, ...parameters: string[]];
  readonly onReport: (report: BuildReport) => Promise<void>;
  readonly onFailure: (message: string) => void;
}

/** Another process builds in the same data folder: what it publishes may lack the newest changes, so try again. */
const retryMs = 1000;

export class Builder {
  readonly #options: BuilderOptions;
  #child: ChildProcess | null = null;
  #since: string | null = null;
  #isRequested = false;
  #isClosed = false;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: BuilderOptions) {
    this.#options = options;
  }

  /** ISO 8601, or null while nothing is built. */
  get buildingSince(): string | null {
    return this.#since;
  }

  /** Asks for a build; the promise is kept when one that began after this call is over. */
  request(): Promise<void> {
    if (this.#isClosed) return this.#idle;
    const isRunning = this.#since !== null;
    this.#isRequested = true;
    if (!isRunning) this.#idle = this.#run();
    return this.#idle;
  }

  /** Ends a running build, which leaves the published snapshot as it is, and takes no more requests. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isRequested = false;
    this.#child?.kill('SIGTERM');
    await this.#idle;
  }

  async #run(): Promise<void> {
    this.#since = new Date().toISOString();
    while (this.#isRequested) {
      this.#isRequested = false;
      const output = await this.#build();
      if (this.#isClosed) break;
      if ('report' in output) await this.#options.onReport(output.report);
      else if (output.error.code === 'unavailable') await this.#retry();
      else this.#options.onFailure(output.error.message);
    }
    this.#since = null;
  }

  async #retry(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    this.#isRequested = !this.#isClosed;
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
    return typeof parsed === 'object' && parsed !== null ? (parsed as BuildOutput) : null;
  } catch {
    // No report: the process was killed, or failed before it could tell.
    return null;
  }
}

function failure(message: string): BuildOutput {
  return { error: { code: 'internal', message } };
}
