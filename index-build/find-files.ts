/**
 * First step of an article's journey: which files of the corpus folder are to be read, and which cannot be.
 * Looks at names and file data only; what is inside a file is `read/`'s business.
 *
 * Left out by rule, without a word: names that begin with a dot, `node_modules`, and what editors leave beside a file
 * while they save (`x~`, `x.swp`, `x.tmp`, `#x#`). Everything else is either found or reported.
 */
import { type BigIntStats, type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { LedeError } from '../src/domain/error.ts';
import { limits } from '../src/domain/limits.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { describeSystemError } from './read/describe-system-error.ts';
import { extensionOf, knownExtensions } from './read/formats.ts';

/** A regular file of a known format and size. Two equal ones hold, in all likelihood, the same bytes. */
export interface FoundFile {
  /** Path inside the corpus, with `/`. */
  readonly path: string;
  readonly absolutePath: string;
  readonly sizeBytes: number;
  /** Nanoseconds since 1970, as decimal digits: they do not fit into a number. */
  readonly mtimeNs: string;
  readonly ctimeNs: string;
  readonly inode: string;
}

export interface FoundFiles {
  /** In plain string order of their paths. */
  readonly files: readonly FoundFile[];
  /** In the same order; all of them `skipped`. */
  readonly problems: readonly FileProblem[];
  /**
   * How many things there were to read: `files.length + problems.length`. Folders do not count, unless they
   * could not be listed; what is left out by rule does not count either.
   */
  readonly found: number;
}

/**
 * Walks the folder. Throws `LedeError` `not_found` or `invalid` where `root` itself is no folder that can be walked.
 * Asks the system for one thing after the other: 67,417 files take 0.3 s so.
 */
export async function findFiles(root: string): Promise<FoundFiles> {
  return walk(await openRoot(root), ['']);
}

/** What is found in some places of the corpus. */
export interface FoundPlaces extends FoundFiles {
  /** Paths of files and folders. What was known to be there or below, and was not found, is gone. None lies in another. */
  readonly places: readonly string[];
}

/**
 * Looks at files and folders of the corpus that may have changed, by their paths inside it, with `/`. Null where that
 * is the whole corpus. What the walk would not have come to is left out. Throws as `findFiles` does.
 */
export async function findFilesAt(root: string, paths: readonly string[]): Promise<FoundPlaces | null> {
  const realRoot = await openRoot(root);
  const places = outermost(paths.map((path) => placeOf(realRoot, path)).filter((place) => place !== null));
  if (places.includes('')) return null;
  const files: FoundFile[] = [];
  const problems: FileProblem[] = [];
  for (const place of places) {
    const found = lookAt(realRoot, place);
    files.push(...found.files);
    problems.push(...found.problems);
  }
  return { ...sorted(files, problems), places };
}

/** The one file at a path, or null where the walk would find none. */
export async function findFile(root: string, path: string): Promise<FoundFile | null> {
  const found = await findFilesAt(root, [path]);
  return found?.files.find((file) => file.path === path) ?? null;
}

/** The path as the walk would come to it, or the first folder on the way that is none; null for what a rule leaves out. */
function placeOf(root: string, path: string): string | null {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return '';
  let place = '';
  for (const [index, part] of parts.entries()) {
    // The name on the disk may not be valid UTF-8: its folder tells what it is.
    if (part.includes('\uFFFD')) return place;
    place = place === '' ? part : `${place}/${part}`;
    if (isLeftOut(place)) return null;
    if (index < parts.length - 1 && !isFolder(join(root, place))) return place;
  }
  return place;
}

function isFolder(absolutePath: string): boolean {
  return lstatSync(absolutePath, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function outermost(places: readonly string[]): string[] {
  const kept: string[] = [];
  // A folder sorts before what is in it, though other names may stand between them.
  const isWithinKept = new Set<string>();
  for (const place of [...new Set(places)].sort()) {
    if (foldersOf(place).some((folder) => isWithinKept.has(folder))) continue;
    isWithinKept.add(place);
    kept.push(place);
  }
  return kept;
}

/** The folders that a path lies in, outermost first: `a/b/c` → ``, `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const folders = path === '' ? [] : [''];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at));
  return folders;
}

function lookAt(root: string, place: string): FoundFiles {
  const isThere = lstatSync(join(root, place), { throwIfNoEntry: false }) !== undefined;
  if (!isThere) return { files: [], problems: [], found: 0 };
  const outcome = inspect(root, { path: place, hasValidName: true });
  if (outcome.kind === 'folder') return walk(root, [place]);
  if (outcome.kind === 'file') return sorted([outcome.file], []);
  return sorted([], [outcome.problem]);
}

function walk(root: string, folders: string[]): FoundFiles {
  const files: FoundFile[] = [];
  const problems: FileProblem[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const outcome of visitFolder(root, folder)) {
      if (outcome.kind === 'folder') folders.push(outcome.path);
      else if (outcome.kind === 'file') files.push(outcome.file);
      else problems.push(outcome.problem);
    }
  }
  return sorted(files, problems);
}

function sorted(files: FoundFile[], problems: FileProblem[]): FoundFiles {
  files.sort(byPath);
  problems.sort(byPath);
  return { files, problems, found: files.length + problems.length };
}

function visitFolder(root: string, folder: string): Outcome[] {
  const entries = listFolder(root, folder);
  return Array.isArray(entries)
    ? entries.map((entry) => inspect(root, entry))
    : [{ kind: 'problem', problem: entries }];
}

/** The real path of a corpus folder that is there. Throws as `findFiles` does. */
export async function openRoot(root: string): Promise<string> {
  try {
    const realRoot = await realpath(root);
    if ((await stat(realRoot)).isDirectory()) return realRoot;
  } catch (error) {
    throw new LedeError('not_found', `no corpus folder at "${root}": make it, or name another one`, { cause: error });
  }
  throw new LedeError('invalid', `the corpus "${root}" is not a folder: expected the folder that holds the articles`);
}

interface Entry {
  readonly path: string;
  readonly hasValidName: boolean;
}

/** The folder's entries that no rule leaves out, or why it cannot be listed. Throws where it is the corpus itself. */
function listFolder(root: string, folder: string): Entry[] | FileProblem {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true, encoding: 'buffer' });
    return entries.map((entry) => readName(folder, entry)).filter((entry) => !isLeftOut(entry.path));
  } catch (error) {
    const reason = `the folder cannot be listed: ${describeSystemError(error)}`;
    // What cannot be listed at all is no corpus without articles.
    if (folder === '') throw new LedeError('invalid', `corpus "${root}": ${reason}`, { cause: error });
    return skip(folder, reason);
  }
}

function readName(folder: string, entry: Dirent<Buffer>): Entry {
  const name = entry.name.toString('utf8');
  const hasValidName = Buffer.from(name, 'utf8').equals(entry.name);
  return { path: folder === '' ? name : `${folder}/${name}`, hasValidName };
}

function isLeftOut(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\.|^node_modules$|~$|\.swp$|\.tmp$|^#.*#$/s.test(name);
}

type Outcome =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly file: FoundFile }
  | { readonly kind: 'problem'; readonly problem: FileProblem };

function inspect(root: string, { path, hasValidName }: Entry): Outcome {
  if (!hasValidName) return problem(path, 'the name is not valid UTF-8: rename it');
  const absolutePath = join(root, path);
  try {
    const stats = lstatSync(absolutePath, { bigint: true });
    if (stats.isDirectory()) return { kind: 'folder', path };
    if (stats.isSymbolicLink()) return problem(path, describeLink(root, absolutePath));
    if (!stats.isFile()) return problem(path, `${describeSpecialFile(stats)}, expected a regular file`);
    return inspectFile(path, absolutePath, stats);
  } catch (error) {
    return problem(path, `cannot be looked at: ${describeSystemError(error)}`);
  }
}

function inspectFile(path: string, absolutePath: string, stats: BigIntStats): Outcome {
  const extension = extensionOf(path);
  if (!knownExtensions.includes(extension)) {
    return problem(path, `unknown format "${extension}", expected one of ${knownExtensions.join(' ')}`);
  }
  if (stats.size > BigInt(limits.fileBytes)) {
    return problem(path, `larger than ${limits.fileBytes} bytes (${stats.size}): split it`);
  }
  const file: FoundFile = {
    path,
    absolutePath,
    sizeBytes: Number(stats.size),
    mtimeNs: stats.mtimeNs.toString(),
    ctimeNs: stats.ctimeNs.toString(),
    inode: stats.ino.toString(),
  };
  return { kind: 'file', file };
}

function describeLink(root: string, absolutePath: string): string {
  let target: string;
  try {
    target = realpathSync(absolutePath);
  } catch (error) {
    return `a symbolic link that leads nowhere: ${describeSystemError(error)}`;
  }
  return isInside(root, target)
    ? 'a symbolic link: not followed, since what it leads to is found by itself'
    : 'a symbolic link that leads out of the corpus folder: not followed';
}

/** Whether a real path lies in a real folder. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function describeSpecialFile(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'a device';
  return 'a special file';
}

function problem(path: string, reason: string): Outcome {
  return { kind: 'problem', problem: skip(path, reason) };
}

function skip(path: string, reason: string): FileProblem {
  return { path, line: null, severity: 'skipped', reason };
}

/** UTF-16 order, the same on every machine and in every locale. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
