/**
 * Steps 1 and 2 of a build: which files differ from what the snapshot before has of them, and what is in those now.
 * The crew reads them in groups, some ahead of the file whose turn it is.
 */
import { isCertainlyUnchanged } from './catalogue.ts';
import { Crew } from './crew.ts';
import { type FoundFile, findFile } from './find-files.ts';
import type { IgnoreOptions } from './ignore-rules.ts';
import type { KnownFiles } from './known-files.ts';
import type { Publishing } from './publish-articles.ts';
import { readFoundFile } from './read/read-found-file.ts';
import { type FileContent, factsOf, readFiles } from './read-files.ts';

/** What became of a file that was to be read. */
export type ReadOutcome =
  | Exclude<FileContent, { kind: 'same' }>
  /** It was there when the folder was looked at. */
  | { readonly kind: 'gone' };

/** A group takes some hundredths of a second: handing it over costs little beside that, and little is read ahead. */
const filesAtOnce = 64;
const bytesAtOnce = 512 * 1024;

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
  for (const found of doubtful) {
    const readAtMs = Date.now();
    const opened = readFoundFile(found, root);
    const hash = known?.get(found.path)?.entry.contentHash;
    if (opened.kind === 'read' && opened.file.contentHash === hash) {
      known?.refresh(found.path, factsOf(found, opened.file, readAtMs));
    } else {
      isChanged.add(found);
    }
  }
  return files.filter((found) => isChanged.has(found));
}

/** The corpus folder, and how it is read. */
export interface CorpusToRead {
  readonly path: string;
  readonly ignore: IgnoreOptions;
  readonly publishing: Publishing;
}

/** Files to be read in path order; further ones may come in between while it goes on. */
export class ReadingQueue {
  readonly #corpus: CorpusToRead;
  readonly #crew: Crew;
  readonly #groups: Generator<readonly FoundFile[]>;
  /** Groups that are being read. */
  readonly #ahead: Promise<ReadFile[]>[] = [];
  #opened: ReadFile[] = [];
  /** Paths in descending order, so that the next one is the last. */
  readonly #further: string[] = [];

  /** `files` in path order. Without a crew they are read in this thread. */
  constructor(corpus: CorpusToRead, files: readonly FoundFile[], crew = new Crew({ workers: 0 })) {
    this.#corpus = corpus;
    this.#crew = crew;
    this.#groups = groups(files);
    crew.expect(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
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
      return { path: opened.path, read: async () => opened.outcome };
    }
    if (further === undefined) return null;
    this.#further.pop();
    return { path: further, read: () => readNow(this.#corpus, further) };
  }

  async #openGroup(): Promise<void> {
    while (this.#ahead.length <= this.#crew.ahead) {
      const { done, value } = this.#groups.next();
      if (done === true) break;
      const group = this.#readGroup(value);
      // What fails ahead of its turn is told when it is its turn.
      group.catch(() => undefined);
      this.#ahead.push(group);
    }
    this.#opened = (await this.#ahead.shift()) ?? [];
  }

  async #readGroup(group: readonly FoundFile[]): Promise<ReadFile[]> {
    const files = group.map((found) => ({ found, knownHash: null }));
    const contents = await this.#crew.read({ root: this.#corpus.path, files, publishing: this.#corpus.publishing });
    return group.map(({ path }, index) => ({ path, outcome: outcomeOf(contents[index]) }));
  }
}

interface ReadFile {
  readonly path: string;
  readonly outcome: ReadOutcome;
}

async function readNow({ path: root, ignore, publishing }: CorpusToRead, path: string): Promise<ReadOutcome> {
  const found = await findFile(root, path, ignore);
  if (found === null) return { kind: 'gone' };
  return outcomeOf(readFiles({ root, files: [{ found, knownHash: null }], publishing })[0]);
}

function outcomeOf(content: FileContent | undefined): ReadOutcome {
  if (content === undefined || content.kind === 'same') throw new Error('a file was not read that has no known hash');
  return content;
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
