/** Starts search threads of this Node process. Knows how they are reached, and nothing of who gets which job. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadData, ToThread } from './search-messages.ts';

/** Of a thread's own objects. What it searches is shared memory and does not count; a query that needs more is ill. */
const heapMegabytes = 512;

export interface SearchThread {
  post(message: ToThread): void;
  /** Has the thread give up a job at its next look. */
  cancel(job: number): void;
  /** Ends it whatever it does; `onEnd` follows. */
  terminate(): void;
}

export interface ThreadListener {
  readonly onMessage: (message: FromThread) => void;
  /** Once, when the thread is no more. */
  readonly onEnd: (reason: string) => void;
}

export type StartThread = (listener: ThreadListener) => SearchThread;

/** The program of the threads; null where it is not compiled, since Node runs no TypeScript in them. */
export function findThreadProgram(): string | null {
  const file = path.join(import.meta.dirname, `search-worker${path.extname(import.meta.filename)}`);
  return file.endsWith('.js') && existsSync(file) ? file : null;
}

/** Throws where the system starts no thread. */
export function startSearchThread(program: string, { onMessage, onEnd }: ThreadListener): SearchThread {
  const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(program, {
    name: 'search',
    workerData: { cancelled } satisfies ThreadData,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  let reason: string | null = null;
  worker.on('message', onMessage);
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', (code) => onEnd(reason ?? `it ended with code ${code}`));
  return {
    post: (message) => worker.postMessage(message),
    cancel: (job) => void Atomics.store(cancelled, 0, job),
    terminate: () => void worker.terminate(),
  };
}
