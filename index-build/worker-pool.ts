/**
 * Worker threads that take one job at a time and give its result back. Knows nothing of what the jobs are: the worker's
 * file calls `serveJobs` with a function that does them.
 */
import { isMainThread, type MessagePort, parentPort, Worker } from 'node:worker_threads';
import { type ErrorCode, LedeError } from '../src/domain/error.ts';

/** What a worker posts: the job's result, or what it threw. */
type Reply<Result> =
  | { readonly result: Result }
  | { readonly error: { readonly code: ErrorCode; readonly message: string; readonly stack: string | undefined } };

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Hand<Job, Result> {
  readonly worker: Worker;
  doing: Waiting<Job, Result> | null;
}

export class WorkerPool<Job, Result> {
  readonly #hands: Hand<Job, Result>[];
  #queue: Waiting<Job, Result>[] = [];
  #failure: Error | null = null;

  /** Starts all workers at once; `file` is a compiled one. */
  constructor(file: string, workers: number) {
    this.#hands = Array.from({ length: workers }, () => this.#start(file));
  }

  /**
   * Does a job on the next free worker; one with `isUrgent` goes before all that wait. Throws what the job threw; once
   * a worker itself ended, `LedeError` `internal`.
   */
  run(job: Job, { isUrgent = false }: { readonly isUrgent?: boolean } = {}): Promise<Result> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const waiting = { job, resolve, reject };
      if (isUrgent) this.#queue.unshift(waiting);
      else this.#queue.push(waiting);
      this.#hand();
    });
  }

  /** Ends the workers, whatever they do; jobs that are not done fail. */
  async close(): Promise<void> {
    this.#fail(new LedeError('internal', 'the worker threads were ended'));
    await Promise.all(this.#hands.map(({ worker }) => worker.terminate()));
  }

  #start(file: string): Hand<Job, Result> {
    const hand: Hand<Job, Result> = { worker: new Worker(file), doing: null };
    hand.worker.on('message', (reply: Reply<Result>) => this.#take(hand, reply));
    hand.worker.on('error', (error) => {
      this.#fail(new LedeError('internal', `a worker thread failed: ${describe(error)}`, { cause: error }));
    });
    hand.worker.on('exit', (code) => this.#fail(new LedeError('internal', `a worker thread ended with code ${code}`)));
    return hand;
  }

  #hand(): void {
    for (const hand of this.#hands) {
      if (hand.doing !== null) continue;
      const next = this.#queue.shift();
      if (next === undefined) return;
      hand.doing = next;
      hand.worker.postMessage(next.job);
    }
  }

  #take(hand: Hand<Job, Result>, reply: Reply<Result>): void {
    const done = hand.doing;
    hand.doing = null;
    this.#hand();
    if ('result' in reply) done?.resolve(reply.result);
    else done?.reject(revive(reply.error));
  }

  /** Only the first failure counts: the others follow from it. */
  #fail(error: Error): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    const jobs = [...this.#hands.flatMap(({ doing }) => doing ?? []), ...this.#queue];
    this.#queue = [];
    for (const { reject } of jobs) reject(error);
  }
}

/**
 * The worker's side: does jobs as they come. Typed arrays of a result change hands without a copy, those in shared
 * memory stay shared.
 */
export function serveJobs<Job, Result>(run: (job: Job) => Result): void {
  if (isMainThread) throw new Error('serveJobs belongs into a worker thread');
  const port = parentPort as MessagePort;
  port.on('message', (job: Job) => {
    try {
      const result = exactArrays(run(job)) as Result;
      port.postMessage({ result } satisfies Reply<Result>, [...buffersOf(result)]);
    } catch (error) {
      const code = error instanceof LedeError ? error.code : 'internal';
      const stack = error instanceof Error ? error.stack : undefined;
      port.postMessage({ error: { code, message: describe(error), stack } } satisfies Reply<Result>);
    }
  });
}

/** A view on a part of a buffer would take the whole buffer along, with the room that was left for growing. */
function exactArrays(value: unknown): unknown {
  if (isTypedArray(value)) return isExact(value) || isShared(value) ? value : value.slice();
  if (Array.isArray(value)) return value.map(exactArrays);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, exactArrays(part)]));
}

function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (isTypedArray(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return found;
}

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isExact(array: TypedArray): boolean {
  return array.byteLength === array.buffer.byteLength;
}

function isShared(array: TypedArray): boolean {
  return array.buffer instanceof SharedArrayBuffer;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function revive({ code, message, stack }: { code: ErrorCode; message: string; stack: string | undefined }): LedeError {
  const error = new LedeError(code, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
