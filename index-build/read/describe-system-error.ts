/** Words for what the operating system refused, for reports about files: no absolute paths, no stack. */
import { LedeError } from '../../src/domain/error.ts';

const descriptions = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOENT', 'it is gone'],
  ['ENOTDIR', 'its folder is gone'],
  ['ELOOP', 'a symbolic link, or a circle of them'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EIO', 'the disk failed to read it'],
  ['EISDIR', 'a folder'],
  ['ENXIO', 'a special file'],
  ['EBUSY', 'it is in use'],
  ['EOVERFLOW', 'it is too large'],
]);

/** What leaves no file readable, not only this one. */
const machineErrors = new Set(['EMFILE', 'ENFILE', 'ENOMEM']);

/**
 * Describes an error that concerns one file. Throws `LedeError` `internal` for one that concerns the whole machine,
 * and for what the operating system did not say at all: a mistake in the program.
 */
export function describeSystemError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z0-9]+$/.test(code) || machineErrors.has(code)) {
    throw new LedeError('internal', `reading a file failed: ${error}`, { cause: error });
  }
  return `${descriptions.get(code) ?? 'the operating system refused'} (${code})`;
}
