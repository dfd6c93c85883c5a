/**
 * Step 1 of a build: what there is in the corpus, or in some places of it, and what is no longer there. What was seen
 * earlier of the other places stays true.
 */
import type { FileProblem } from '../src/domain/problem.ts';
import { type FoundFile, findFiles, findFilesAt } from './find-files.ts';
import type { IgnoreOptions } from './ignore-rules.ts';
import type { KnownFiles } from './known-files.ts';

/** What there is in the corpus that no article comes of, by path. */
export interface LeftFiles {
  /** Neither files of a known format nor folders. */
  readonly problems: Map<string, FileProblem>;
  /** Files that could not be opened. */
  readonly unreadable: Map<string, FileProblem>;
  /** Rules that leave out files and folders. */
  readonly ignored: Map<string, string>;
}

export interface Seen {
  /** In path order. */
  readonly files: readonly FoundFile[];
  /** Known files that are no longer there. */
  readonly gone: readonly string[];
  readonly left: LeftFiles;
}

export interface Hints {
  readonly paths: readonly string[];
  readonly left: LeftFiles;
}

/** The corpus folder, and what is left out of it. */
export interface CorpusFolder {
  readonly path: string;
  readonly ignore: IgnoreOptions;
}

/** Step 1: what is in the corpus, or in some places of it. */
export async function look(corpus: CorpusFolder, known: KnownFiles<string> | null, hints: Hints | null): Promise<Seen> {
  const found = known === null || hints === null ? null : await findFilesAt(corpus.path, hints.paths, corpus.ignore);
  if (found === null || hints === null) return lookAtAll(corpus, known);
  const isThere = new Set(found.files.map(({ path }) => path));
  const isSeen = isWithin(found.places);
  for (const problems of [hints.left.problems, hints.left.unreadable, hints.left.ignored]) {
    for (const path of problems.keys()) if (isSeen(path)) problems.delete(path);
  }
  for (const problem of found.problems) hints.left.problems.set(problem.path, problem);
  for (const { path, rule } of found.ignored) hints.left.ignored.set(path, rule);
  // Nothing lies in a file: only for the other places all that is known is looked through.
  const isFile = found.places.every((place) => known?.get(place) !== undefined);
  const paths = (isFile ? found.places : known?.paths()) ?? [];
  const gone = paths.filter((path) => isSeen(path) && !isThere.has(path));
  return { files: found.files, gone, left: hints.left };
}

async function lookAtAll(corpus: CorpusFolder, known: KnownFiles<string> | null): Promise<Seen> {
  const { files, problems, ignored } = await findFiles(corpus.path, corpus.ignore);
  const isThere = new Set(files.map(({ path }) => path));
  return {
    files,
    gone: known?.paths().filter((path) => !isThere.has(path)) ?? [],
    left: {
      problems: new Map(problems.map((problem) => [problem.path, problem])),
      unreadable: new Map(),
      ignored: new Map(ignored.map(({ path, rule }) => [path, rule])),
    },
  };
}

/** Whether a path is one of the places or lies in one. */
function isWithin(places: readonly string[]): (path: string) => boolean {
  const isPlace = new Set(places);
  return (path) => {
    if (isPlace.has(path)) return true;
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (isPlace.has(path.slice(0, at))) return true;
    }
    return false;
  };
}
