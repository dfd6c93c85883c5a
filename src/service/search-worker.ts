/**
 * The program of a search thread. It makes the whole journey of a query, one after the other, on snapshots that the main
 * thread loaded; while it searches it hears nothing, so that it learns from shared memory when nobody waits any more.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { encodeAnswer } from '../domain/answer.ts';
import { LedeError } from '../domain/error.ts';
import type { Cancellation } from '../engine/engine.ts';
import { type LoadedSnapshot, type ViewedSearchable, viewSearchable } from '../open-searchable.ts';
import { highlightArticle, search } from '../search.ts';
import type { Failure, FromThread, SearchTask, TaskResults, ThreadData, ToThread } from './search-messages.ts';

const port = parentPort as MessagePort;
const { cancelled } = workerData as ThreadData;

interface OpenSnapshot {
  readonly searchable: ViewedSearchable;
  readonly closing: AbortController;
}

const snapshots = new Map<number, OpenSnapshot>();

port.on('message', (message: ToThread) => {
  if (message.kind === 'open') open(message.snapshot, message.loaded);
  else if (message.kind === 'close') close(message.snapshot);
  else void run(message);
});

function open(snapshot: number, loaded: LoadedSnapshot): void {
  const searchable = viewSearchable(loaded, { before: [...snapshots.values()].at(-1)?.searchable ?? null });
  // Engines are made when they are first asked for; that must not be a visitor's turn.
  void searchable.engine;
  const closing = new AbortController();
  snapshots.set(snapshot, { searchable, closing });
  say({ kind: 'opened', snapshot });
  void searchable.warmUp(closing.signal);
}

/** The files are closed by the main thread. */
function close(snapshot: number): void {
  const opened = snapshots.get(snapshot);
  opened?.closing.abort();
  void opened?.searchable.close();
  snapshots.delete(snapshot);
}

async function run({ job, snapshot, task }: Extract<ToThread, { kind: 'run' }>): Promise<void> {
  try {
    const result = await execute(task, snapshot, cancellationOf(job));
    say({ kind: 'done', job, result }, 'json' in result ? [result.json.buffer] : []);
  } catch (error) {
    say({ kind: 'failed', job, failure: describe(error) });
  }
}

async function execute(
  task: SearchTask,
  snapshot: number,
  cancellation: Cancellation,
): Promise<TaskResults[SearchTask['kind']]> {
  const opened = snapshots.get(snapshot);
  if (opened === undefined) throw new LedeError('internal', `the search thread has no snapshot ${snapshot}`);
  const { searchable } = opened;
  return task.kind === 'search'
    ? encodeAnswer(await search(task.request, searchable, { signal: cancellation, choices: task.choices }))
    : highlightArticle(task.query, searchable, task.article);
}

function cancellationOf(job: number): Cancellation {
  const isCancelled = () => Atomics.load(cancelled, 0) === job;
  return {
    get aborted() {
      return isCancelled();
    },
    throwIfAborted() {
      if (isCancelled()) throw new LedeError('unavailable', 'nobody waits for this search any more');
    },
  };
}

function describe(error: unknown): Failure {
  const { message, stack = null } = error instanceof Error ? error : new Error(String(error));
  return { code: error instanceof LedeError ? error.code : null, message, stack };
}

function say(message: FromThread, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...transfer]);
}
