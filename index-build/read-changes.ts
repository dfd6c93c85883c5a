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
  /** It could not be opened; the next build tries again. */
  | { readonly kind: 'unreadable'; readonly problem: FileProblem };

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
  const isKnown = known !== null && !known.entry.hasDuplicates;
  if (isKnown && isCertainlyUnchanged(known.entry, found)) {
    return () => ({ kind: 'unchanged', ...known });
  }
  const readAtMs = Date.now();
  const opened = await readFoundFile(found, root);
  if (opened.kind === 'problem') return () => ({ kind: 'unreadable', problem: opened.problem });
  const { bytes, contentHash } = opened.file;
  const { path, sizeBytes, mtimeNs, ctimeNs, inode } = found;
  const file: FileFacts = { path, sizeBytes, mtimeNs, ctimeNs, inode, contentHash, readAtMs };
  if (isKnown && known.entry.contentHash === contentHash) {
    return () => ({ kind: 'unchanged', place: known.place, entry: { ...known.entry, ...file } });
  }
  return () => ({ kind: 'read', file, ...readFile({ path, bytes }) });
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
