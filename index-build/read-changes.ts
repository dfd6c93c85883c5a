/**
 * Steps 1 and 2 of a build: which files differ from what the snapshot before has of them, and what is in those now.
 * They are read in path order, some at once, and parsed one by one, so that texts do not pile up.
 */
import type { SourceArticle } from '../src/domain/article.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { type FileFacts, isCertainlyUnchanged } from './catalogue.ts';
import { type FoundFile, findFile } from './find-files.ts';
import type { KnownFiles } from './known-files.ts';
import { readFile } from './read/read-file.ts';
import { readFoundFile } from './read/read-found-file.ts';

/** What became of a file that was to be read. */
export type ReadOutcome =
  | {
      readonly kind: 'read';
      readonly file: FileFacts;
      readonly articles: readonly SourceArticle[];
      readonly problems: readonly FileProblem[];
    }
  /** It could not be opened; the next build tries again. */
  | { readonly kind: 'unreadable'; readonly problem: FileProblem }
  /** It was there when the folder was looked at. */
  | { readonly kind: 'gone' };

const filesAtOnce = 32;
const bytesAtOnce = 32 * 1024 * 1024;

/**
 * The files that must be read: new ones, and those whose content is another one than the snapshot has, as their hash
 * says. Known files that only look different get their file data brought up to date.
 */
export async function findChanged(
  root: string,
  files: readonly FoundFile[],
  known: KnownFiles<unknown> | undefined,
): Promise<FoundFile[]> {
  const isChanged = new Set<FoundFile>();
  const doubtful: FoundFile[] = [];
  for (const found of files) {
    const entry = known?.get(found.path)?.entry;
    if (entry === undefined || entry.sizeBytes !== found.sizeBytes) isChanged.add(found);
    else if (!isCertainlyUnchanged(entry, found)) doubtful.push(found);
  }
  for (const group of groups(doubtful)) {
    await Promise.all(
      group.map(async (found) => {
        const opened = await open(root, found);
        const hash = known?.get(found.path)?.entry.contentHash;
        if (opened.kind === 'opened' && opened.file.contentHash === hash) {
          known?.refresh(found.path, opened.file);
        } else {
          isChanged.add(found);
        }
      }),
    );
  }
  return files.filter((found) => isChanged.has(found));
}

/** Files to be read in path order; further ones may come in between while it goes on. */
export class ReadingQueue {
  readonly #root: string;
  readonly #groups: Generator<readonly FoundFile[]>;
  #opened: { readonly path: string; readonly read: () => ReadOutcome }[] = [];
  /** Paths in descending order, so that the next one is the last. */
  readonly #further: string[] = [];

  /** `files` in path order. */
  constructor(root: string, files: readonly FoundFile[]) {
    this.#root = root;
    this.#groups = groups(files);
  }

  /** Adds a file behind the one that was taken last; a path that is in the queue comes once. */
  add(path: string): void {
    let low = 0;
    let high = this.#further.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#further[middle] as string) > path) low = middle + 1;
      else high = middle;
    }
    if (this.#further[low] !== path) this.#further.splice(low, 0, path);
  }

  /** The path that comes next, with what reads the file; null at the end. */
  async take(): Promise<{ readonly path: string; readonly read: () => Promise<ReadOutcome> } | null> {
    if (this.#opened.length === 0) await this.#openGroup();
    const opened = this.#opened[0];
    const further = this.#further.at(-1);
    if (opened !== undefined && (further === undefined || opened.path <= further)) {
      this.#opened.shift();
      if (opened.path === further) this.#further.pop();
      return { path: opened.path, read: async () => opened.read() };
    }
    if (further === undefined) return null;
    this.#further.pop();
    return { path: further, read: () => readNow(this.#root, further) };
  }

  async #openGroup(): Promise<void> {
    const { done, value: group } = this.#groups.next();
    if (done === true) return;
    this.#opened = await Promise.all(
      group.map(async (found) => {
        const opened = await open(this.#root, found);
        return { path: found.path, read: () => parse(opened) };
      }),
    );
  }
}

async function readNow(root: string, path: string): Promise<ReadOutcome> {
  const found = await findFile(root, path);
  return found === null ? { kind: 'gone' } : parse(await open(root, found));
}

type Opened =
  | { readonly kind: 'opened'; readonly bytes: Uint8Array; readonly file: FileFacts }
  | Extract<ReadOutcome, { kind: 'unreadable' }>;

function parse(opened: Opened): ReadOutcome {
  if (opened.kind === 'unreadable') return opened;
  const { bytes, file } = opened;
  return { kind: 'read', file, ...readFile({ path: file.path, bytes }) };
}

async function open(root: string, found: FoundFile): Promise<Opened> {
  const readAtMs = Date.now();
  const opened = await readFoundFile(found, root);
  if (opened.kind === 'problem') return { kind: 'unreadable', problem: opened.problem };
  const { bytes, contentHash } = opened.file;
  const { path, sizeBytes, mtimeNs, ctimeNs, inode } = found;
  return { kind: 'opened', bytes, file: { path, sizeBytes, mtimeNs, ctimeNs, inode, contentHash, readAtMs } };
}

function* groups(files: readonly FoundFile[]): Generator<readonly FoundFile[]> {
  let group: FoundFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (group.length >= filesAtOnce || (group.length > 0 && bytes + file.sizeBytes > bytesAtOnce)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(file);
    bytes += file.sizeBytes;
  }
  if (group.length > 0) yield group;
}
