/**
 * Tells when something in the corpus folder changed, and which paths, once things are quiet: bursts and whole folders
 * moved in or out are one change. What became of the paths is the build's business.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FolderEvent, FolderWatch } from './folder-watch.ts';
import { type Hints, PathHints } from './path-hints.ts';

export interface CorpusWatch {
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Which files and folders changed, appeared or vanished; null where that cannot be told. */
  readonly onChange: (paths: Hints) => void;
  /** The folder cannot be followed completely, e.g. because the system's watches are used up. */
  readonly onFailure: (error: Error) => void;
  /** Waiting times, for tests. */
  readonly waits?: Partial<WatchWaits>;
}

interface WatchWaits {
  /** A change is told after this much quiet, after a burst of changes as much quiet as it lasted, … */
  readonly quietMs: number;
  /** … but not more than this, … */
  readonly longestQuietMs: number;
  /** … and after this much where a name is gone: whoever saves a file may be about to give the name to the new one. */
  readonly goneMs: number;
  /** A change is told after this long, however restless the folder is. */
  readonly patienceMs: number;
  /** How often it is looked whether the folder is there at all: it may be moved away and back, or replaced. */
  readonly rootMs: number;
}

/** Between two events of one save by vim, with and without renaming, and by `sed -i`, were 15 ms at most on a busy machine. */
const defaultWaits: WatchWaits = {
  quietMs: 50,
  longestQuietMs: 250,
  goneMs: 100,
  patienceMs: 2000,
  rootMs: 1000,
};

/** Of more names than these it is not asked whether they are gone: so many are no file being saved. */
const mostRenamed = 16;

/**
 * Begins to watch; the promise is kept when changes from then on are seen. The folder need not be there: that it comes,
 * goes, or is replaced by another is a change as well.
 */
export async function watchCorpus(folder: string, options: WatchOptions): Promise<CorpusWatch> {
  const watching = new WatchedCorpus(folder, options);
  await watching.begin();
  return watching;
}

class WatchedCorpus implements CorpusWatch {
  readonly #folder: string;
  readonly #onChange: WatchOptions['onChange'];
  readonly #waits: WatchWaits;
  readonly #watched: FolderWatch;
  readonly #hints = new PathHints();
  /** What appeared or vanished since it was last looked at. */
  #renamed = new Set<string>();
  /** When the first of the changes came that are not told yet. */
  #firstMs: number | null = null;
  #waiting: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(folder: string, { onChange, onFailure, waits }: WatchOptions) {
    this.#folder = folder;
    this.#onChange = onChange;
    this.#waits = { ...defaultWaits, ...waits };
    this.#watched = new FolderWatch(folder, { isIgnored, onEvent: (event) => this.#notice(event), onFailure });
  }

  async begin(): Promise<void> {
    await this.#watched.update();
    this.#looking = setInterval(async () => {
      if (await this.#watched.hasNewRoot()) this.#notice({ path: null, isRename: true });
    }, this.#waits.rootMs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#looking);
    clearTimeout(this.#waiting);
    this.#watched.close();
    await this.#telling;
  }

  #notice({ path, isRename }: FolderEvent): void {
    if (this.#isClosed) return;
    // Of the root itself: anything may have changed.
    this.#hints.add(path === null || path === '' ? null : [path]);
    if (isRename && path !== null && this.#renamed.size < mostRenamed) this.#renamed.add(path);
    const { quietMs, longestQuietMs } = this.#waits;
    const nowMs = performance.now();
    this.#firstMs ??= nowMs;
    this.#wait(Math.min(longestQuietMs, Math.max(quietMs, nowMs - this.#firstMs)));
  }

  #wait(quietMs: number): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#settle(), Math.min(quietMs, this.#patienceLeftMs()));
  }

  #patienceLeftMs(): number {
    const firstMs = this.#firstMs ?? performance.now();
    return Math.max(0, firstMs + this.#waits.patienceMs - performance.now());
  }

  async #settle(): Promise<void> {
    this.#waiting = undefined;
    const renamed = this.#renamed;
    this.#renamed = new Set();
    const isGone = renamed.size > 0 && this.#patienceLeftMs() > 0 && (await this.#isOneGone(renamed));
    // Something else came meanwhile, and has its own wait.
    if (this.#isClosed || this.#waiting !== undefined) return;
    if (isGone) this.#wait(this.#waits.goneMs);
    else this.#tell();
  }

  async #isOneGone(paths: ReadonlySet<string>): Promise<boolean> {
    const areThere = await Promise.all(
      [...paths].map((path) =>
        lstat(join(this.#folder, path)).then(
          () => true,
          () => false,
        ),
      ),
    );
    return areThere.includes(false);
  }

  #tell(): void {
    this.#firstMs = null;
    const paths = this.#hints.take();
    this.#telling = this.#telling
      // Before the change is told, so that new folders are watched when they are read.
      .then(() => this.#watched.update())
      .then(() => {
        // Where not all is seen, what is seen says nothing of the rest.
        if (!this.#isClosed) this.#onChange(this.#watched.isComplete ? paths : null);
      });
  }
}

/** The names that a build leaves out without a word, see `index-build/find-files.ts`, but not what changes what it finds. */
function isIgnored(name: string): boolean {
  if (name === '.gitignore' || name === '.ledeignore') return false;
  return /^\.|^node_modules$|~$|\.swp$|\.tmp$|^#.*#$/s.test(name);
}
