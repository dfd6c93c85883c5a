/**
 * Tells when something in the corpus folder changed, once things are quiet: bursts and whole folders moved in or out
 * are one change. What changed is the build's business; here it is enough that something did.
 */
import { FolderWatch } from './folder-watch.ts';

export interface CorpusWatch {
  close(): Promise<void>;
}

export interface WatchOptions {
  readonly onChange: () => void;
  /** The folder cannot be followed completely, e.g. because the system's watches are used up. */
  readonly onFailure: (error: Error) => void;
  /** Waiting times, for tests. */
  readonly waits?: WatchWaits;
}

interface WatchWaits {
  /** A change is told after this much quiet, … */
  readonly quietMs: number;
  /** … or after this long, however restless the folder is. */
  readonly patienceMs: number;
  /** How often it is looked whether the folder is there at all: it may be moved away and back, or replaced. */
  readonly rootMs: number;
}

const defaultWaits: WatchWaits = { quietMs: 150, patienceMs: 2000, rootMs: 1000 };

/**
 * Begins to watch; the promise is kept when changes from then on are seen. The folder need not be there: that it comes,
 * goes, or is replaced by another is a change as well.
 */
export async function watchCorpus(folder: string, options: WatchOptions): Promise<CorpusWatch> {
  const { onChange, onFailure, waits = defaultWaits } = options;
  let isClosed = false;
  let quiet: NodeJS.Timeout | undefined;
  let firstMs: number | null = null;
  let telling: Promise<void> = Promise.resolve();
  const notice = () => {
    if (isClosed) return;
    firstMs ??= performance.now();
    clearTimeout(quiet);
    const patienceLeftMs = Math.max(0, firstMs + waits.patienceMs - performance.now());
    quiet = setTimeout(tell, Math.min(waits.quietMs, patienceLeftMs));
  };
  const watched = new FolderWatch(folder, { isIgnored, onEvent: notice, onFailure });
  const tell = () => {
    firstMs = null;
    // Before the change is told, so that new folders are watched when they are read.
    telling = telling.then(() => watched.update()).then(() => (isClosed ? undefined : onChange()));
  };
  await watched.update();
  const looking = setInterval(async () => {
    if (await watched.hasNewRoot()) notice();
  }, waits.rootMs);
  return {
    close: async () => {
      isClosed = true;
      clearInterval(looking);
      clearTimeout(quiet);
      watched.close();
      await telling;
    },
  };
}

/** The names that a build leaves out without a word: see `index-build/find-files.ts`. */
function isIgnored(name: string): boolean {
  return /^\.|^node_modules$|~$|\.swp$|\.tmp$|^#.*#$/s.test(name);
}
