/**
 * Hands searches to threads: one at a time to each, in the order in which they came. What nobody waits for any more is
 * dropped or broken off, a thread that dies is replaced and costs only the search it had.
 */
import { LedeError } from '../domain/error.ts';
import { limits } from '../domain/limits.ts';
import type { LoadedSnapshot } from '../open-searchable.ts';
import type { Failure, FromThread, SearchTask, TaskResults } from './search-messages.ts';
import type { SearchThread, StartThread } from './search-thread.ts';

export interface SearchPoolOptions {
  readonly threads: number;
  readonly start: StartThread;
  /** Told when a thread ended that nobody had asked to. */
  readonly onThreadEnd: (reason: string) => void;
  /** Milliseconds that a thread has to give up what was cancelled. */
  readonly stuckMs?: number;
}

/** Threads that may end one after the other without having opened anything; then none is started any more. */
const mostVainStarts = 3;
const defaultStuckMs = 5000;
/** The largest number that a thread's flag holds. */
const lastNumber = 0x7fffffff;

interface Job {
  readonly number: number;
  readonly snapshot: number;
  readonly task: SearchTask;
  readonly resolve: (result: TaskResults[SearchTask['kind']]) => void;
  readonly reject: (error: unknown) => void;
  readonly signal: AbortSignal | null;
  /** Ends what waits for the signal and for the thread. */
  release: () => void;
}

interface Member {
  readonly thread: SearchThread;
  job: Job | null;
  /** Whether it has opened a snapshot yet: a thread that cannot even do that gets no job. */
  isReady: boolean;
  /** By snapshot; ended as the thread has opened it, or is no more. */
  readonly opening: Map<number, { readonly ended: Promise<void>; readonly end: () => void }>;
}

export class SearchPool {
  readonly #options: SearchPoolOptions;
  readonly #members = new Set<Member>();
  /** Jobs that wait, the first in front. */
  readonly #waiting = new Set<Job>();
  readonly #snapshots = new Map<number, LoadedSnapshot>();
  #lastJob = 0;
  #lastSnapshot = 0;
  #vainStarts = 0;
  #isStopped = false;

  constructor(options: SearchPoolOptions) {
    this.#options = options;
    for (let i = 0; i < options.threads; i++) this.#startMember();
  }

  /** Whether there is a thread to search with; false for good once it is. */
  get isAlive(): boolean {
    return this.#members.size > 0;
  }

  /** Opens a snapshot in all threads; kept with its number as soon as they are ready to search it. */
  async open(loaded: LoadedSnapshot): Promise<number> {
    const snapshot = ++this.#lastSnapshot;
    this.#snapshots.set(snapshot, loaded);
    for (const member of this.#members) this.#openIn(member, snapshot);
    // Again for those that took the place of a thread that ended meanwhile.
    for (let opening = this.#openingOf(snapshot); opening.length > 0; opening = this.#openingOf(snapshot)) {
      await Promise.all(opening);
    }
    return snapshot;
  }

  #openingOf(snapshot: number): Promise<void>[] {
    return Array.from(this.#members).flatMap(({ opening }) => opening.get(snapshot)?.ended ?? []);
  }

  /** No thread touches the snapshot's files afterwards. Only once its last job is done. */
  close(snapshot: number): void {
    this.#snapshots.delete(snapshot);
    for (const { thread } of this.#members) thread.post({ kind: 'close', snapshot });
  }

  /**
   * Runs a task in the next thread that is free. Throws `LedeError` `unavailable` where too much waits already or the pool is
   * stopped, `internal` where the thread died of it, what the task throws, and the signal's reason once the thread is
   * through with what was aborted.
   */
  run<Task extends SearchTask>(
    snapshot: number,
    task: Task,
    signal: AbortSignal | null = null,
  ): Promise<TaskResults[Task['kind']]> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#isStopped || !this.isAlive) return Promise.reject(new LedeError('unavailable', 'no search thread runs'));
    if (this.#waiting.size >= limits.waitingSearches) {
      const message = `${this.#waiting.size} searches are waiting already: try again in some seconds`;
      return Promise.reject(new LedeError('unavailable', message));
    }
    return new Promise<TaskResults[SearchTask['kind']]>((resolve, reject) => {
      this.#lastJob = (this.#lastJob % lastNumber) + 1;
      const job: Job = { number: this.#lastJob, snapshot, task, signal, resolve, reject, release: () => {} };
      const onAbort = () => this.#cancel(job);
      signal?.addEventListener('abort', onAbort, { once: true });
      job.release = () => signal?.removeEventListener('abort', onAbort);
      this.#waiting.add(job);
      this.#assign();
    }) as Promise<TaskResults[Task['kind']]>;
  }

  /** Ends all threads; what they have under way fails. */
  stop(): void {
    this.#isStopped = true;
    this.#failWaiting('the service is about to stop');
    for (const { thread } of this.#members) thread.terminate();
  }

  #assign(): void {
    for (const member of this.#members) {
      const [job] = this.#waiting;
      if (job === undefined) return;
      if (member.job !== null || !member.isReady) continue;
      this.#waiting.delete(job);
      member.job = job;
      member.thread.post({ kind: 'run', job: job.number, snapshot: job.snapshot, task: job.task });
    }
  }

  #cancel(job: Job): void {
    if (this.#waiting.delete(job)) {
      job.release();
      job.reject(job.signal?.reason);
      return;
    }
    const member = [...this.#members].find((candidate) => candidate.job === job);
    if (member === undefined) return;
    member.thread.cancel(job.number);
    // The snapshot stays open as long as the thread may read of it, so that its word has to be waited for.
    const timer = setTimeout(() => member.thread.terminate(), this.#options.stuckMs ?? defaultStuckMs);
    const { release } = job;
    job.release = () => {
      clearTimeout(timer);
      release();
    };
  }

  #startMember(): void {
    try {
      const thread: SearchThread = this.#options.start({
        onMessage: (message) => this.#take(member, message),
        onEnd: (reason) => this.#replace(member, reason),
      });
      const member: Member = { thread, job: null, isReady: false, opening: new Map() };
      this.#members.add(member);
      for (const snapshot of this.#snapshots.keys()) this.#openIn(member, snapshot);
    } catch (error) {
      this.#options.onThreadEnd(error instanceof Error ? error.message : String(error));
    }
  }

  #openIn({ thread, opening }: Member, snapshot: number): void {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    opening.set(snapshot, { ended, end });
    thread.post({ kind: 'open', snapshot, loaded: this.#snapshots.get(snapshot) as LoadedSnapshot });
  }

  #take(member: Member, message: FromThread): void {
    if (message.kind === 'opened') {
      member.isReady = true;
      this.#vainStarts = 0;
      member.opening.get(message.snapshot)?.end();
      member.opening.delete(message.snapshot);
      this.#assign();
      return;
    }
    const job = member.job;
    if (job === null || job.number !== message.job) return;
    member.job = null;
    job.release();
    this.#assign();
    if (job.signal?.aborted) job.reject(job.signal.reason);
    else if (message.kind === 'done') job.resolve(message.result);
    else job.reject(toError(message.failure));
  }

  #replace(member: Member, reason: string): void {
    this.#members.delete(member);
    for (const { end } of member.opening.values()) end();
    const { job } = member;
    job?.release();
    if (!this.#isStopped) {
      this.#options.onThreadEnd(reason);
      if (!member.isReady) this.#vainStarts++;
      if (this.#vainStarts < mostVainStarts) this.#startMember();
      if (!this.isAlive) this.#failWaiting('no search thread runs');
    }
    if (job?.signal?.aborted) job.reject(job.signal.reason);
    else job?.reject(new LedeError(this.#isStopped ? 'unavailable' : 'internal', `a search thread ended: ${reason}`));
    this.#assign();
  }

  #failWaiting(message: string): void {
    for (const job of this.#waiting) {
      job.release();
      job.reject(new LedeError('unavailable', message));
    }
    this.#waiting.clear();
  }
}

function toError({ code, message, stack }: Failure): Error {
  const error = code === null ? new Error(message) : new LedeError(code, message);
  if (stack !== null) error.stack = stack;
  return error;
}
