/**
 * The snapshot that answers at the moment. Requests take it once and keep it to their end; another one takes its place
 * by one assignment, and the old one is closed when its last request is through. So every answer is from one snapshot,
 * and no request ever waits for a switch.
 */
import { LedeError } from '../domain/error.ts';
import { closeSearchable, type OpenedSearchable, openSearchable } from '../open-searchable.ts';
import { readCurrent } from '../snapshot/snapshot-folder.ts';

interface Entry {
  readonly snapshot: OpenedSearchable;
  users: number;
  isReplaced: boolean;
}

/** Who has to know which snapshots are open. */
export interface SnapshotUser {
  /** Called before any request gets the snapshot. */
  open(snapshot: OpenedSearchable): Promise<void>;
  /** Called when its last request is through, before it is closed. */
  close(snapshot: OpenedSearchable): void;
}

const nobody: SnapshotUser = { open: async () => {}, close: () => {} };

export class LiveSnapshot {
  readonly #data: string;
  readonly #user: SnapshotUser;
  #entry: Entry | null = null;
  #isClosed = false;
  #switching: Promise<unknown> = Promise.resolve();

  /** `data` is the folder that snapshots are published in. */
  constructor(data: string, user: SnapshotUser = nobody) {
    this.#data = data;
    this.#user = user;
  }

  get current(): OpenedSearchable | null {
    return this.#entry?.snapshot ?? null;
  }

  /** Runs `work` on the snapshot of this moment. Throws `LedeError` `unavailable` while there is none. */
  async use<T>(work: (snapshot: OpenedSearchable) => Promise<T>): Promise<T> {
    const entry = this.#entry;
    if (entry === null)
      throw new LedeError('unavailable', 'the articles are being indexed for the first time: try again soon');
    entry.users++;
    try {
      return await work(entry.snapshot);
    } finally {
      entry.users--;
      await this.#closeIfUnused(entry);
    }
  }

  /**
   * Switches to what is published at the time of the call or later, if that is another build. True if it switched.
   * Throws where it cannot be opened; the one before goes on then.
   */
  follow(): Promise<boolean> {
    // One after the other, so that none opens what another one opens already.
    const switching = this.#switching.then(() => this.#switch());
    this.#switching = switching.catch(() => undefined);
    return switching;
  }

  /** Closes the snapshot once its requests are through; later requests find none. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#switching;
    await this.#replace(null);
  }

  async #switch(): Promise<boolean> {
    if (this.#isClosed) return false;
    const published = await readCurrent(this.#data);
    if (published === null || published === this.current?.build) return false;
    // Its segment files are mostly those of the one before, which are in memory.
    const snapshot = await openSearchable(this.#data, this.current);
    try {
      await this.#user.open(snapshot);
    } catch (error) {
      await closeSearchable(snapshot);
      throw error;
    }
    await this.#replace(snapshot);
    return true;
  }

  async #replace(snapshot: OpenedSearchable | null): Promise<void> {
    const old = this.#entry;
    this.#entry = snapshot === null ? null : { snapshot, users: 0, isReplaced: false };
    if (old === null) return;
    old.isReplaced = true;
    await this.#closeIfUnused(old);
  }

  async #closeIfUnused(entry: Entry): Promise<void> {
    if (!entry.isReplaced || entry.users > 0) return;
    // Only once, though the last request and the switch may both see that nobody is left.
    entry.users = Number.POSITIVE_INFINITY;
    this.#user.close(entry.snapshot);
    await closeSearchable(entry.snapshot);
  }
}
