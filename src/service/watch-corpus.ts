/**
 * Tells when something in the corpus folder changed, once things are quiet: bursts and whole folders moved in or out
 * are one change. What changed is the build's business; here it is enough that something did.
 */
import { watch } from 'chokidar';

export interface CorpusWatch {
  close(): Promise<void>;
}

export interface WatchOptions {
  readonly onChange: () => void;
  /** The folder cannot be followed any more, e.g. because the system's watches are used up. */
  readonly onFailure: (error: Error) => void;
}

/** A change is told after this much quiet, … */
const quietMs = 150;
/** … or after this long, however restless the folder is. */
const patienceMs = 2000;

/** Begins to watch; the promise is kept when changes from then on are seen. */
export async function watchCorpus(folder: string, { onChange, onFailure }: WatchOptions): Promise<CorpusWatch> {
  let quiet: NodeJS.Timeout | undefined;
  let firstMs: number | null = null;
  const tell = () => {
    firstMs = null;
    onChange();
  };
  const notice = () => {
    firstMs ??= performance.now();
    clearTimeout(quiet);
    const patienceLeftMs = Math.max(0, firstMs + patienceMs - performance.now());
    quiet = setTimeout(tell, Math.min(quietMs, patienceLeftMs));
  };
  const watcher = watch(folder, { ignoreInitial: true, followSymlinks: false, ignored: isIgnored(folder) });
  watcher.on('all', notice);
  watcher.on('error', (error) => onFailure(error instanceof Error ? error : new Error(String(error))));
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    close: async () => {
      clearTimeout(quiet);
      await watcher.close();
    },
  };
}

/** The names that a build leaves out without a word: see `index-build/find-files.ts`. */
function isIgnored(folder: string): (path: string) => boolean {
  return (path) => {
    const inside = path.slice(folder.length).split(/[\\/]/);
    return inside.some((name) => /^\.|^node_modules$|~$|\.swp$|\.tmp$|^#.*#$/s.test(name));
  };
}
