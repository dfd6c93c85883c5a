/** Step 2 of a build for a group of files, start to end: opened, compared, parsed, prepared and encoded. */
import type { FileProblem } from '../src/domain/problem.ts';
import type { FileFacts } from './catalogue.ts';
import { type EncodedArticle, encodeArticle } from './encode-article.ts';
import type { FoundFile } from './find-files.ts';
import { prepareArticle } from './prepare-article.ts';
import { type FileNotes, type Publishing, publishArticles } from './publish-articles.ts';
import { readFile } from './read/read-file.ts';
import { type OpenedFile, readFoundFile } from './read/read-found-file.ts';

export interface FileToRead {
  readonly found: FoundFile;
  /** A file with this hash is not parsed. Null = whatever is in it is news. */
  readonly knownHash: string | null;
}

/** Group of files that are read as one. */
export interface FilesToRead {
  /** The corpus folder. */
  readonly root: string;
  readonly files: readonly FileToRead[];
  readonly publishing: Publishing;
}

export type FileContent =
  | {
      readonly kind: 'read';
      readonly file: FileFacts;
      readonly articles: readonly EncodedArticle[];
      readonly problems: readonly FileProblem[];
      readonly notes: FileNotes;
    }
  /** It has the known hash. */
  | { readonly kind: 'same'; readonly file: FileFacts }
  /** It could not be opened. */
  | { readonly kind: 'unreadable'; readonly problem: FileProblem };

/** One content per file, in their order. Throws as `readFoundFile` does. */
export function readFiles({ root, files, publishing }: FilesToRead): FileContent[] {
  return files.map((file) => readOne(file, root, publishing));
}

function readOne({ found, knownHash }: FileToRead, root: string, publishing: Publishing): FileContent {
  const readAtMs = Date.now();
  const opened = readFoundFile(found, root);
  if (opened.kind === 'problem') return { kind: 'unreadable', problem: opened.problem };
  const { path, bytes, contentHash } = opened.file;
  const file = factsOf(found, opened.file, readAtMs);
  if (contentHash === knownHash) return { kind: 'same', file };
  const read = readFile({ path, bytes });
  const { articles, notes } = publishArticles(read.articles, publishing);
  const encoded = articles.map((article) => encodeArticle(prepareArticle(article)));
  return { kind: 'read', file, articles: encoded, problems: read.problems, notes };
}

export function factsOf(found: FoundFile, { contentHash }: OpenedFile, readAtMs: number): FileFacts {
  const { path, sizeBytes, mtimeNs, ctimeNs, inode } = found;
  return { path, sizeBytes, mtimeNs, ctimeNs, inode, contentHash, readAtMs };
}
