/** Errors of the system in words that say what to do. */

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some room and try again',
  EDQUOT: 'the disk quota is used up: free some room and try again',
  EFBIG: 'a file grew larger than the system allows: raise the limit (ulimit -f) or move the data folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only: name another data folder with --data',
  EMFILE: 'too many open files: raise the limit (ulimit -n)',
};

/** One sentence; errors of the program itself speak for themselves. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = remedies[(error as NodeJS.ErrnoException).code ?? ''];
  return remedy === undefined ? error.message : `${remedy} (${error.message})`;
}
