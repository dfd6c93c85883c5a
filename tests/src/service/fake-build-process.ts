/** Stands for the process that builds: does what the test says, and writes down what it was asked. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { BuildRequest } from '../../../src/service/build-messages.ts';

/**
 * Notes each request with its process number, waits while the file `hold` is there, and does what the file `next`
 * says: an answer as JSON, `exit N` or `crash`.
 */
const program = `
  const fs = require('node:fs');
  const os = require('node:os');
  process.on('disconnect', () => process.exit());
  process.on('message', (request) => {
    fs.appendFileSync('asked', JSON.stringify({ pid: process.pid, priority: os.getPriority(), request }) + '\\n');
    const wait = () => {
      if (fs.existsSync('hold')) return void setTimeout(wait, 5);
      const next = fs.readFileSync('next', 'utf8');
      if (next === 'crash') throw new Error('told in the test');
      if (next.startsWith('exit')) process.exit(Number(next.slice(5)));
      process.send(JSON.parse(next));
    };
    wait();
  });
`;

export interface Asked {
  readonly pid: number;
  readonly priority: number;
  readonly request: BuildRequest;
}

export class FakeBuildProcess {
  readonly folder: string;
  readonly command: readonly [string, ...string[]];

  private constructor(folder: string) {
    this.folder = folder;
    this.command = ['sh', '-c', 'cd "$0" && exec "$@"', folder, process.execPath, '-e', program];
  }

  /** What is not JSON is `exit N` or `crash`. */
  static async make(next: unknown): Promise<FakeBuildProcess> {
    const fake = new FakeBuildProcess(await mkdtemp(path.join(tmpdir(), 'lede-build-process-')));
    await fake.answer(next);
    return fake;
  }

  /** What it does with the requests from now on: `exit N`, `crash`, or an answer. */
  async answer(next: unknown): Promise<void> {
    const text = typeof next === 'string' && /^(exit|crash)/.test(next) ? next : JSON.stringify(next);
    // At once: the process may be reading it.
    await writeFile(path.join(this.folder, 'next.new'), text);
    await rename(path.join(this.folder, 'next.new'), path.join(this.folder, 'next'));
  }

  hold(): Promise<void> {
    return writeFile(path.join(this.folder, 'hold'), '');
  }

  release(): Promise<void> {
    return rm(path.join(this.folder, 'hold'));
  }

  /** The requests so far, in order. */
  async asked(): Promise<readonly Asked[]> {
    const text = await readFile(path.join(this.folder, 'asked'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  async waitForRequests(count: number): Promise<readonly Asked[]> {
    await expect.poll(async () => (await this.asked()).length, { timeout: 20_000 }).toBe(count);
    return this.asked();
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
