/**
 * Opens a file that was found, without trusting that it still is what it was: no symbolic link, no FIFO, nothing
 * outside the corpus folder, never more bytes than the limit. The only place where article files are opened.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import { type FoundFile, isInside } from '../find-files.ts';
import { describeSystemError } from './describe-system-error.ts';
import type { FileBytes } from './read-file.ts';

/** A file's bytes with what tells them from any others. */
export interface OpenedFile extends FileBytes {
  /** SHA-256 of the bytes, 64 hex digits. */
  readonly contentHash: string;
}

export type OpenOutcome =
  | { readonly kind: 'read'; readonly file: OpenedFile }
  | { readonly kind: 'problem'; readonly problem: FileProblem };

/**
 * Reads the bytes of a found file; `root` is the corpus folder. What concerns this file alone is a `skipped` problem;
 * throws `LedeError` `internal` where the machine fails.
 */
export async function readFoundFile(found: FoundFile, root: string): Promise<OpenOutcome> {
  try {
    const bytes = await readStandingBytes(found.absolutePath, await realpath(root));
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    return { kind: 'read', file: { path: found.path, bytes, contentHash } };
  } catch (error) {
    const reason = error instanceof RefusedFile ? error.message : `cannot be read: ${describeSystemError(error)}`;
    return { kind: 'problem', problem: { path: found.path, line: null, severity: 'skipped', reason } };
  }
}

/** Why an opened file is not read; never leaves this file. */
class RefusedFile extends Error {}

/** Another file took its place between opening and looking. */
class ReplacedFile extends RefusedFile {}

/** How often a file may be replaced while it is read: an editor saves once, by renaming, and then the new one stands. */
const replacements = 3;

async function readStandingBytes(absolutePath: string, realRoot: string): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await readBytes(absolutePath, realRoot);
    } catch (error) {
      if (!(error instanceof ReplacedFile) || attempt === replacements) throw error;
    }
  }
}

/** Without it, opening a FIFO that took a file's place would wait for a writer for ever. */
const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readBytes(absolutePath: string, realRoot: string): Promise<Uint8Array> {
  const handle = await open(absolutePath, openFlags);
  try {
    await checkPlace(handle, absolutePath, realRoot);
    return await readAll(handle);
  } finally {
    await handle.close();
  }
}

/** O_NOFOLLOW guards the last part of a path only: a folder on the way may have become a link since the walk. */
async function checkPlace(handle: FileHandle, absolutePath: string, realRoot: string): Promise<void> {
  const opened = await handle.stat();
  if (!opened.isFile()) throw new RefusedFile('is no longer a regular file');
  const realPath = await realpath(absolutePath);
  const atPath = await lstat(realPath);
  if (!isInside(realRoot, realPath)) throw new RefusedFile('moved out of the corpus folder while it was read');
  const isSame = atPath.ino === opened.ino && atPath.dev === opened.dev;
  if (!isSame) throw new ReplacedFile('was replaced again and again while it was read');
}

async function readAll(handle: FileHandle): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  let room = Math.min((await handle.stat()).size, limits.fileBytes) + 1;
  while (true) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(room), 0, room);
    if (bytesRead === 0) return Buffer.concat(chunks);
    sizeBytes += bytesRead;
    if (sizeBytes > limits.fileBytes) throw new RefusedFile(`grew beyond ${limits.fileBytes} bytes: split it`);
    chunks.push(buffer.subarray(0, bytesRead));
    room = 64 * 1024;
  }
}
