/** Stops a build in the middle, so that a journey can look at what happens while one runs. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Place, rememberProcess, sendSignal } from './start-program.ts';

const patienceMs = 60_000;

/**
 * Has a build begun in the place, and stops its process (SIGSTOP) before it publishes; returns its number. Builds are
 * short and may be over before they are caught: `begin` is called again then, with 0, 1, 2, … to change something else.
 */
export async function catchBuild(place: Place, begin: (attempt: number) => Promise<unknown>): Promise<number> {
  const endMs = performance.now() + patienceMs;
  for (let attempt = 0; performance.now() < endMs; attempt++) {
    const before = await readPublished(place);
    await begin(attempt);
    const pid = await waitForLock(place, before);
    if (pid === null) continue;
    rememberProcess(pid);
    sendSignal(pid, 'SIGSTOP');
    await sleep(20);
    const isInTheMiddle = (await readLockHolder(place)) === pid && (await readPublished(place)) === before;
    if (isInTheMiddle) return pid;
    sendSignal(pid, 'SIGCONT');
  }
  throw new Error('no build could be stopped in the middle');
}

/** Null where the build was over before it was seen. */
async function waitForLock(place: Place, published: string): Promise<number | null> {
  const endMs = performance.now() + patienceMs;
  while (performance.now() < endMs) {
    const pid = await readLockHolder(place);
    if (pid !== null) return pid;
    if ((await readPublished(place)) !== published) return null;
    await sleep(1);
  }
  throw new Error('no build began');
}

async function readLockHolder({ data }: Place): Promise<number | null> {
  const text = await readFile(path.join(data, 'build.lock'), 'utf8').catch(() => '');
  return text.endsWith('\n') ? Number.parseInt(text, 10) : null;
}

function readPublished({ data }: Place): Promise<string> {
  return readFile(path.join(data, 'current'), 'utf8').catch(() => '');
}
