/** Locks that killed builds left behind, as they are found on machines that reuse process numbers, and by several at once. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BuildRunningError, withBuildLock } from '../../index-build/build-lock.ts';

let data: string;
let lock: string;

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'lede-lock-'));
  lock = path.join(data, 'build.lock');
});

afterEach(() => rm(data, { recursive: true, force: true }));

const take = () => withBuildLock(data, async () => 'taken');

describe('the lock of a dead build', () => {
  it('is taken over where its number is now ours, as in a container that was started again', async () => {
    await writeFile(lock, `${process.pid} 1\n`);
    expect(await take()).toBe('taken');
  });

  it.skipIf(process.platform !== 'linux')('is taken over where its number is now that of another program', async () => {
    const other = spawn('sleep', ['60']);
    try {
      await writeFile(lock, `${other.pid} 1\n`);
      expect(await take()).toBe('taken');
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('is taken over by one of those who come at the same time, each of which does all its work alone', async () => {
    await writeFile(lock, '999999999 1\n');
    const worker = `
      import { appendFileSync } from 'node:fs';
      import { withBuildLock } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../dist/index-build/build-lock.js'))};
      const log = (word) => appendFileSync(process.argv[2], word + ' ' + process.pid + '\\n');
      await withBuildLock(process.argv[1], async () => {
        log('begin');
        await new Promise((resolve) => setTimeout(resolve, 30));
        log('end');
      }).catch((error) => { if (error.name !== 'BuildRunningError') throw error; });
    `;
    const log = path.join(data, 'log');
    const codes = await Promise.all(
      Array.from({ length: 8 }, () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', worker, data, log], { stdio: 'inherit' });
        return new Promise((resolve) => child.once('close', resolve));
      }),
    );
    expect(codes).toEqual(Array(8).fill(0));
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (let i = 0; i < lines.length; i += 2) {
      const [begin = '', end = ''] = lines.slice(i, i + 2);
      expect([begin.split(' ')[0], end]).toEqual(['begin', begin.replace('begin', 'end')]);
    }
    expect(await readdir(data)).toEqual(['log']);
  });
});

describe('a lock that is just being written', () => {
  it('is waited for, and belongs to its writer', async () => {
    const other = spawn('sleep', ['60']);
    try {
      await writeFile(lock, '');
      const second = take();
      await sleep(100);
      await writeFile(lock, `${other.pid}\n`);
      await expect(second).rejects.toBeInstanceOf(BuildRunningError);
      expect(await readFile(lock, 'utf8')).toBe(`${other.pid}\n`);
    } finally {
      other.kill('SIGKILL');
    }
  });
});
