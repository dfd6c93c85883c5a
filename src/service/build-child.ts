/**
 * The process that builds, as the service holds it: started when it is first needed, kept for what comes next, since
 * what it has in memory makes the next build fast, replaced when it dies, ended when it is not needed for long.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { type BuildAnswer, type BuildRequest, isBuildAnswer } from './build-messages.ts';

export interface BuildChildOptions {
  /** The program and its arguments; answers each `BuildRequest` that it is sent with one `BuildAnswer`. */
  readonly command: readonly [program: string, ...parameters: string[]];
  /** What it gets for ending when it is asked to. */
  readonly endMs: number;
  /** Ends it after this long without a request. */
  readonly idleMs: number;
  /** As `os.setPriority` takes it; 0 where it is left out. */
  readonly priority?: number;
}

interface Running {
  readonly process: ChildProcess;
  readonly gone: Promise<void>;
  /** The last of what it wrote to its standard error since the last request. */
  errors: string;
  /** Null while nothing is asked. */
  answer: ((answer: BuildAnswer) => void) | null;
}

const errorLength = 4000;

export class BuildChild {
  readonly #options: BuildChildOptions;
  #running: Running | null = null;
  #ended: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  constructor(options: BuildChildOptions) {
    this.#options = options;
  }

  /**
   * Has the process do something. One at a time: the answer before must be there. The promise is never broken: that the
   * process dies, or cannot be started, is an answer with an error as well.
   */
  async ask(request: BuildRequest): Promise<BuildAnswer> {
    clearTimeout(this.#idle);
    const answer = await this.#send(request);
    if (this.#running !== null) this.#idle = setTimeout(() => this.end(), this.#options.idleMs);
    return answer;
  }

  /** Ends the process, whatever it does; the promise is kept when it is gone. The next request starts another one. */
  async end(): Promise<void> {
    clearTimeout(this.#idle);
    const running = this.#running;
    this.#running = null;
    if (running !== null) this.#ended = Promise.all([this.#ended, endProcess(running, this.#options.endMs)]);
    await this.#ended;
  }

  #send(request: BuildRequest): Promise<BuildAnswer> {
    const kept = this.#running;
    return new Promise((resolve) => {
      const running = kept ?? this.#start(resolve);
      if (running === null) return;
      running.errors = '';
      running.answer = resolve;
      running.process.send(request, (error) => {
        // Only a process that was kept can have died unseen before it was asked: then it is no fault of this request.
        if (error === null || kept === null || running.answer === null) return;
        running.answer = null;
        if (this.#running === running) this.#running = null;
        resolve(this.#send(request));
      });
    });
  }

  #start(fail: (answer: BuildAnswer) => void): Running | null {
    const [program, ...parameters] = this.#options.command;
    let process: ChildProcess;
    try {
      process = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    } catch (error) {
      // Most reasons are told by an event, but e.g. too little memory is thrown.
      fail(notStarted(error as Error));
      return null;
    }
    lowerPriority(process, this.#options.priority ?? 0);
    const running: Running = { process, gone: waitForEnd(process), errors: '', answer: null };
    this.#running = running;
    this.#follow(running);
    return running;
  }

  /** Hands on its answers, and tells whoever waits for one that it is gone. */
  #follow(running: Running): void {
    const { process } = running;
    const answer = (given: BuildAnswer) => {
      running.answer?.(given);
      running.answer = null;
    };
    const leave = (given: BuildAnswer) => {
      if (this.#running === running) this.#running = null;
      answer(given);
    };
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      running.errors = (running.errors + text).slice(-errorLength);
    });
    process.on('message', (message) => {
      answer(isBuildAnswer(message) ? message : failure('the build process said something that is no answer'));
    });
    process.on('error', (error) => {
      if (!hasStarted(process)) leave(notStarted(error));
    });
    process.on('close', (code, signal) => {
      leave(failure(`the build ended with ${signal ?? `code ${code}`}: ${running.errors.trim()}`));
    });
  }
}

function waitForEnd(process: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    process.on('close', () => resolve());
    process.on('error', () => {
      if (!hasStarted(process)) resolve();
    });
  });
}

function hasStarted({ pid }: ChildProcess): boolean {
  return pid !== undefined;
}

async function endProcess({ process, gone }: Running, endMs: number): Promise<void> {
  process.kill('SIGTERM');
  const insist = setTimeout(() => process.kill('SIGKILL'), endMs);
  await gone;
  clearTimeout(insist);
}

/** At once, before its threads begin: they take over what the first one has. */
function lowerPriority({ pid }: ChildProcess, priority: number): void {
  if (pid === undefined || priority === 0) return;
  try {
    setPriority(pid, priority);
  } catch {
    // Not allowed, or gone already: at the usual priority it does the same.
  }
}

function notStarted({ message }: Error): BuildAnswer {
  return failure(`the build could not be started: ${message}`);
}

function failure(message: string): BuildAnswer {
  return { error: { code: 'internal', message } };
}
