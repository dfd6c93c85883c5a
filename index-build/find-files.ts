/**
 * First step of an article's journey: which files of the corpus folder are to be read, and which cannot be.
 * Looks at names and file data only; what is inside a file is `read/`'s business.
 *
 * Left out by rule, without a word: names that begin with a dot, `node_modules`, and what editors leave beside a file
 * while they save (`x~`, `x.swp`, `x.tmp`, `#x#`). Everything else is either found or reported.
 */
import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
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

/** Walks the folder. Throws `LedeError` `not_found` or `invalid` where `root` itself is no folder that can be walked. */
export async function findFiles(root: string): Promise<FoundFiles> {
  const realRoot = await openRoot(root);
  const files: FoundFile[] = [];
  const problems: FileProblem[] = [];
  const folders = [''];
  while (folders.length > 0) {
    const batch = folders.splice(-foldersAtOnce);
    const outcomes = (await Promise.all(batch.map((folder) => visitFolder(realRoot, folder)))).flat();
    for (const outcome of outcomes) {
      if (outcome.kind === 'folder') folders.push(outcome.path);
      else if (outcome.kind === 'file') files.push(outcome.file);
      else problems.push(outcome.problem);
    }
  }
  files.sort(byPath);
  problems.sort(byPath);
  return { files, problems, found: files.length + problems.length };
}

/** How many folders, and how many entries of one, are asked about at the same time. */
const foldersAtOnce = 8;
const entriesAtOnce = 32;

async function visitFolder(root: string, folder: string): Promise<Outcome[]> {
  const entries = await listFolder(root, folder);
  return Array.isArray(entries) ? inspectAll(root, entries) : [{ kind: 'problem', problem: entries }];
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
async function listFolder(root: string, folder: string): Promise<Entry[] | FileProblem> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true, encoding: 'buffer' });
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

async function inspectAll(root: string, entries: readonly Entry[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let first = 0; first < entries.length; first += entriesAtOnce) {
    const batch = entries.slice(first, first + entriesAtOnce);
    outcomes.push(...(await Promise.all(batch.map((entry) => inspect(root, entry)))));
  }
  return outcomes;
}

async function inspect(root: string, { path, hasValidName }: Entry): Promise<Outcome> {
  if (!hasValidName) return problem(path, 'the name is not valid UTF-8: rename it');
  const absolutePath = join(root, path);
  try {
    const stats = await lstat(absolutePath, { bigint: true });
    if (stats.isDirectory()) return { kind: 'folder', path };
    if (stats.isSymbolicLink()) return problem(path, await describeLink(root, absolutePath));
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

async function describeLink(root: string, absolutePath: string): Promise<string> {
  let target: string;
  try {
    target = await realpath(absolutePath);
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
