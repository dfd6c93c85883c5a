/**
 * Steps 1 and 2 of a build: finds the files, and tells in path order for each whether it is as the snapshot before
 * has it, or what is in it now.
 */
import type { SourceArticle } from '../src/domain/article.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { type Catalogue, type CatalogueEntry, isCertainlyUnchanged } from './catalogue.ts';
import type { FoundFile } from './find-files.ts';
import { readFile } from './read/read-file.ts';
import { readFoundFile } from './read/read-found-file.ts';

export type FileState =
  /** Nothing changed; `entry` has its file data brought up to date. */
  | { readonly kind: 'unchanged'; readonly entry: CatalogueEntry; readonly place: number }
  | {
      readonly kind: 'read';
      readonly file: FileFacts;
      readonly articles: readonly SourceArticle[];
      readonly problems: readonly FileProblem[];
    }
  /**
   * Nothing changed, but the snapshot before lacks an article of it, since another file had its id. As long as no other
   * file changes that stays so; else `read` gives its articles, or what became of it meanwhile.
   */
  | { readonly kind: 'incomplete'; readonly entry: CatalogueEntry; readonly read: () => Promise<ReadAgain> }
  /** It could not be opened; the next build tries again. */
  | { readonly kind: 'unreadable'; readonly problem: FileProblem };

/** What became of a file that was opened; `isSame`: with the content that it had before. */
export type ReadAgain =
  | { readonly isSame: boolean; readonly state: Extract<FileState, { kind: 'read' }> }
  | { readonly isSame: false; readonly state: Extract<FileState, { kind: 'unreadable' }> };

export type FileFacts = Pick<
  CatalogueEntry,
  'path' | 'sizeBytes' | 'mtimeNs' | 'ctimeNs' | 'inode' | 'contentHash' | 'readAtMs'
>;

const filesAtOnce = 32;
const bytesAtOnce = 32 * 1024 * 1024;

/** `place` of an unchanged file is its index in `catalogue`. */
export async function* readChanges(
  root: string,
  files: readonly FoundFile[],
  catalogue: Catalogue,
): AsyncGenerator<FileState> {
  const places = new Map(catalogue.map((entry, place) => [entry.path, place]));
  for (const group of groups(files)) {
    const states = group.map(async (found) => {
      const place = places.get(found.path);
      return readChange(root, found, place === undefined ? null : { place, entry: catalogue[place] as CatalogueEntry });
    });
    for (const state of await Promise.all(states)) yield state();
  }
}

interface Known {
  readonly place: number;
  readonly entry: CatalogueEntry;
}

/** Opens and hashes at once with others; parsing waits until it is the file's turn, so that texts do not pile up. */
async function readChange(root: string, found: FoundFile, known: Known | null): Promise<() => FileState> {
  if (known !== null && isCertainlyUnchanged(known.entry, found)) return () => stay(root, found, known);
  const opened = await open(root, found);
  if (opened.kind === 'unreadable') return () => opened;
  const { bytes, file } = opened;
  if (known?.entry.contentHash === file.contentHash) {
    return () => stay(root, found, { ...known, entry: { ...known.entry, ...file } });
  }
  return () => ({ kind: 'read', file, ...readFile({ path: file.path, bytes }) });
}

function stay(root: string, found: FoundFile, { place, entry }: Known): FileState {
  if (!entry.hasDuplicates) return { kind: 'unchanged', entry, place };
  return { kind: 'incomplete', entry, read: () => readAgain(root, found, entry) };
}

async function readAgain(root: string, found: FoundFile, entry: CatalogueEntry): Promise<ReadAgain> {
  const opened = await open(root, found);
  if (opened.kind === 'unreadable') return { isSame: false, state: opened };
  const { bytes, file } = opened;
  const isSame = file.contentHash === entry.contentHash;
  return { isSame, state: { kind: 'read', file, ...readFile({ path: file.path, bytes }) } };
}

type Opened =
  | { readonly kind: 'opened'; readonly bytes: Uint8Array; readonly file: FileFacts }
  | Extract<FileState, { kind: 'unreadable' }>;

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
