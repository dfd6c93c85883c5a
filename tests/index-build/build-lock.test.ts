/** The lock that keeps two builds out of one data folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BuildRunningError, withBuildLock } from '../../index-build/build-lock.ts';
import { withTemporaryFolder } from '../contract/corpus-files.ts';

describe('withBuildLock', () => {
  it('makes the data folder, holds the lock while the work is done, and gives its result', async () => {
    await withTemporaryFolder(async (folder) => {
      const data = join(folder, 'new', 'data');
      const result = await withBuildLock(data, async () => readFile(lockOf(data), 'utf8'));
      expect(result.split(' ')[0]).toBe(String(process.pid));
      await expect(stat(lockOf(data))).rejects.toMatchObject({ code: 'ENOENT' });
    });
  });

  it('gives the lock back when the work fails', async () => {
    await withTemporaryFolder(async (data) => {
      await expect(withBuildLock(data, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
      expect(await withBuildLock(data, async () => 'free')).toBe('free');
    });
  });

  it('refuses a second build in the same process, by name', async () => {
    await withTemporaryFolder(async (data) => {
      await withBuildLock(data, async () => {
        const second = withBuildLock(data, async () => 'never');
        await expect(second).rejects.toBeInstanceOf(BuildRunningError);
        await expect(second).rejects.toMatchObject({
          code: 'unavailable',
          message: expect.stringContaining(`${process.pid}`),
        });
      });
      expect(await withBuildLock(data, async () => 'free')).toBe('free');
    });
  });

  it('refuses while a living process holds the lock, and leaves the lock to it', async () => {
    await withTemporaryFolder(async (data) => {
      const sleeper = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
      try {
        await once(sleeper, 'spawn');
        await writeFile(lockOf(data), `${sleeper.pid}\n`);
        await expect(withBuildLock(data, async () => 'never')).rejects.toBeInstanceOf(BuildRunningError);
        expect(await readFile(lockOf(data), 'utf8')).toBe(`${sleeper.pid}\n`);
      } finally {
        sleeper.kill('SIGKILL');
        await once(sleeper, 'exit');
      }
      expect(await withBuildLock(data, async () => 'taken over')).toBe('taken over');
    });
  });

  it('takes over a lock whose process id went to another process', {
    skip: !existsSync('/proc/self/stat'),
  }, async () => {
    await withTemporaryFolder(async (data) => {
      await writeFile(lockOf(data), `${process.ppid} 1\n`);
      expect(await withBuildLock(data, async () => 'taken over')).toBe('taken over');
    });
  });

  it('waits for a lock that is being written', async () => {
    await withTemporaryFolder(async (data) => {
      await writeFile(lockOf(data), '');
      const second = withBuildLock(data, async () => 'never');
      await writeFile(lockOf(data), `${process.ppid}\n`);
      await expect(second).rejects.toBeInstanceOf(BuildRunningError);
    });
  });

  it.each([
    ['of a process that is gone', async () => `${await deadProcess()}\n`],
    ['that a killed process with the same id left', async () => `${process.pid} 1\n`],
    ['that names no process', async () => 'nonsense'],
    ['that is empty', async () => ''],
    ['that names an impossible process', async () => '-1'],
  ])('takes over a lock %s', async (_, content) => {
    await withTemporaryFolder(async (data) => {
      await writeFile(lockOf(data), await content());
      expect(await withBuildLock(data, async () => 'taken over')).toBe('taken over');
    });
  });
});

function lockOf(data: string): string {
  return join(data, 'build.lock');
}

/** The id of a process that ran and ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}
