/**
 * One build at a time per data folder, and one merge of segments: a lock file for each, with the process id of whoever
 * builds or merges.
 */
import { link, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LedeError } from '../src/domain/error.ts';
import { refuseNoFolder } from '../src/snapshot/snapshot-folder.ts';

/** Another process holds the lock; its process id is in the message. */
export class BuildRunningError extends LedeError {
  constructor(path: string, pid: number) {
    const work = path.endsWith(lockFiles.merge) ? 'merge' : 'build';
    super('unavailable', `another ${work} is running (process ${pid}, lock "${path}"): wait for it or end it`);
    this.name = 'BuildRunningError';
  }
}

const lockFiles = { build: 'build.lock', merge: 'merge.lock' } as const;

/** Runs `work` under the lock. Throws `BuildRunningError` where a living process holds it; takes over a dead one's. */
export function withBuildLock<T>(data: string, work: () => Promise<T>): Promise<T> {
  return withLock(data, lockFiles.build, work);
}

/** How long to wait between two looks at a lock that another process holds. */
const waitMs = 50;

/** As `withBuildLock`, but waits for a running build. */
export async function afterBuilds<T>(data: string, work: () => Promise<T>): Promise<T> {
  let hasBegun = false;
  for (;;) {
    try {
      return await withBuildLock(data, () => {
        hasBegun = true;
        return work();
      });
    } catch (error) {
      if (hasBegun || !(error instanceof BuildRunningError)) throw error;
      await setTimeout(waitMs);
    }
  }
}

/** Runs `work` as the only one that merges segments; builds may run beside it. Throws as `withBuildLock` does. */
export function withMergeLock<T>(data: string, work: () => Promise<T>): Promise<T> {
  return withLock(data, lockFiles.merge, work);
}

/** Whether a living process merges segments. */
export async function isMerging(data: string): Promise<boolean> {
  const path = join(await realpath(data), lockFiles.merge);
  if (heldHere.has(path)) return true;
  const holder = parseHolder(await readFile(path, 'utf8').catch(() => ''));
  return holder !== null && (await isHeld(holder));
}

async function withLock<T>(data: string, file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(data, { recursive: true }).catch((error) => refuseNoFolder(data, error));
  const path = join(await realpath(data), file);
  if (heldHere.has(path)) throw new BuildRunningError(path, process.pid);
  heldHere.add(path);
  try {
    await acquire(path);
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    heldHere.delete(path);
  }
}

/** Locks that this process holds or is about to take. */
const heldHere = new Set<string>();

async function acquire(path: string): Promise<void> {
  const ours = `${process.pid} ${await beginOf(process.pid)}\n`;
  let hasTakenOver = false;
  for (let attempt = 0; attempt < 3; attempt++) {
    if ((await create(path, ours)) && (!hasTakenOver || (await staysOurs(path, ours)))) return;
    const text = await readLock(path);
    const holder = parseHolder(text);
    if (holder !== null && (await isHeld(holder))) throw new BuildRunningError(path, holder.pid);
    await removeDead(path, text);
    hasTakenOver = true;
  }
  throw new LedeError('unavailable', `the lock "${path}" could not be taken: other builds keep taking it`);
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx');
    await handle.writeFile(text).finally(() => handle.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** How long a lock may stay empty while its holder writes into it. */
const writingMs = 200;

/** Empty where there is none. */
async function readLock(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (parseHolder(text) !== null) return text;
  await setTimeout(writingMs);
  return readFile(path, 'utf8').catch(() => '');
}

/**
 * Several may find the same lock dead. So it is moved aside first: if it is the new one of a build that was faster, it
 * goes back. Removed without looking, the second of eight that came at once ran beside the first in one try of six.
 */
async function removeDead(path: string, deadText: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== deadText) await link(aside, path);
  } catch (error) {
    // It is gone already, or a third build was faster still.
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** How long another one may have our lock aside before it sees that it is not the dead one. */
const asideMs = 50;

async function staysOurs(path: string, ours: string): Promise<boolean> {
  await setTimeout(asideMs);
  return (await readFile(path, 'utf8').catch(() => '')) === ours;
}

/** The lock file holds both with a space between. */
interface Holder {
  readonly pid: number;
  /** When the process began, as the system counts; empty where it does not tell. */
  readonly began: string;
}

function parseHolder(text: string): Holder | null {
  const [first = '', began = ''] = text.trim().split(' ');
  const pid = Number.parseInt(first, 10);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, began } : null;
}

/**
 * Process ids come again, in a container that restarts nearly always the same ones: a process that began at another time
 * than the holder is not the holder, and neither is this one, which knows its own locks.
 */
async function isHeld({ pid, began }: Holder): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false;
  const now = await beginOf(pid);
  return began === '' || now === '' || began === now;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux: clock ticks from boot to the start of the process, the 22nd field of its stat file; elsewhere empty. */
async function beginOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is a name in parentheses, which may hold spaces.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
