/** One build at a time per data folder: a lock file with the process id of whoever builds. */
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LedeError } from '../src/domain/error.ts';

/** Another build holds the lock; its process id is in the message. */
export class BuildRunningError extends LedeError {
  constructor(path: string, pid: number) {
    super('unavailable', `another build is running (process ${pid}, lock "${path}"): wait for it or end it`);
    this.name = 'BuildRunningError';
  }
}

/** Runs `work` under the lock. Throws `BuildRunningError` where a living process holds it; takes over a dead one's. */
export async function withBuildLock<T>(data: string, work: () => Promise<T>): Promise<T> {
  await mkdir(data, { recursive: true });
  const path = join(data, 'build.lock');
  await acquire(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(path)) return;
    const holder = await readHolder(path);
    if (holder !== null && isAlive(holder)) throw new BuildRunningError(path, holder);
    await rm(path, { force: true });
  }
  throw new LedeError('unavailable', `the lock "${path}" could not be taken: other builds keep taking it`);
}

async function create(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx');
    await handle.writeFile(`${process.pid}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
