/** A build whose process is killed in the middle: what is published then, and what the next build finds. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFiles } from '../contract/corpus-files.ts';
import { textsOf, withWorkshop } from './workshop.ts';

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist/src/main.js');
const isCompiled = existsSync(program) && statSync(program).mtimeMs >= lastChangeMs();

describe('a build that is killed', { timeout: 60_000 }, () => {
  it('leaves the old snapshot or the new one published, whole, and the way free for the next', async ({ skip }) => {
    if (!isCompiled) skip('dist/ is not compiled from these sources: npm run build');
    await withWorkshop(async ({ corpus, data, run }) => {
      const write = (word: string) =>
        writeFiles(corpus, new Map([0, 1, 2, 3].map((part) => [`${part}.jsonl`, linesOf(word, 600)] as const)));
      await write('quay');
      await run();
      for (const [round, delayMs] of [0, 30, 120, 300].entries()) {
        await write(`wall${round}`);
        const child = startBuild(corpus, data);
        await leftoverAppears(data, child);
        await new Promise((next) => setTimeout(next, delayMs));
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        const words = new Set((await textsOf(data)).map((text) => text.replace(/ \d+$/, '')));
        expect(words.size).toBe(1);
        expect([`wall${round}`, round === 0 ? 'quay' : `wall${round - 1}`]).toContain([...words][0]);
        expect((await run()).articles.total).toBe(2400);
        expect(new Set((await textsOf(data)).map((text) => text.replace(/ \d+$/, '')))).toEqual(
          new Set([`wall${round}`]),
        );
        expect((await readdir(join(data, 'builds'))).filter((name) => name.startsWith('.'))).toEqual([]);
      }
    });
  });
});

/** When the youngest source file was written. */
function lastChangeMs(): number {
  const sources = ['src', 'index-build'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  );
  return Math.max(...sources.map((file) => statSync(file).mtimeMs));
}

function linesOf(word: string, count: number): string {
  return Array.from({ length: count }, (_, i) => `{"text": "${word} ${i}"}\n`).join('');
}

function startBuild(corpus: string, data: string): ChildProcess {
  return spawn(process.execPath, [program, 'build', '--corpus', corpus, '--data', data], { stdio: 'ignore' });
}

/** Waits until the build has begun to write, or is over already. */
async function leftoverAppears(data: string, child: ChildProcess): Promise<void> {
  const startedMs = performance.now();
  while (child.exitCode === null) {
    if ((await readdir(join(data, 'builds'))).some((name) => name.startsWith('.'))) return;
    if (performance.now() - startedMs > 20_000) throw new Error('the build did not begin within 20 s');
    await new Promise((next) => setTimeout(next, 5));
  }
}
