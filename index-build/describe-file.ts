/** Words for what lies in the corpus folder and is no file to be read. Part of finding files. */
import { type BigIntStats, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { describeSystemError } from './read/describe-system-error.ts';

/** Says where a symbolic link leads; `root` is the real path of the corpus folder. */
export function describeLink(root: string, absolutePath: string): string {
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

/** Names what is neither a file nor a folder nor a link. */
export function describeSpecialFile(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'a device';
  return 'a special file';
}
