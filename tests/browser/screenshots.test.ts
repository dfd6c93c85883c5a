/**
 * The pictures in README, of the real program on the sample corpus: each shows what README says it shows, in a real
 * browser. `npm run screenshots` writes them anew; a plain test run takes them too, and only looks at them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './chromium.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(import.meta.dirname, 'screenshots');

/** A picture in README is loaded by everyone who opens the project's page. */
const maximumBytes = 300_000;

const searched = '/?q=%22trip+wires%22+bridge';

let work: string;
let program: ChildProcess;
let origin: string;
let browser: Browser;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'lede-screenshots-'));
  program = startProgram();
  [origin, browser] = await Promise.all([readOrigin(program), launchBrowser()]);
  await warmUp();
});

afterAll(async () => {
  await browser?.close();
  if (program?.exitCode === null) {
    const ended = new Promise((resolve) => program.once('exit', resolve));
    program.kill('SIGTERM');
    await ended;
  }
  await rm(work, { recursive: true, force: true });
});

describe('the screenshots', () => {
  it('show the paragraphs that hold the words of a query, highlighted, and the filters beside them', async () => {
    const page = await openPage(searched, { viewport: { width: 1200, height: 760 } });
    expect(await page.locator('#count').textContent()).toContain('articles for');
    expect(await page.locator('.passage mark').allTextContents()).toEqual(
      expect.arrayContaining(['trip wires', 'bridge', 'bridges']),
    );
    expect(await page.getByRole('checkbox', { name: 'Harbour Courier' }).isVisible()).toBe(true);
    await takeScreenshot(page, 'search-page.png');
  });

  it('show the paragraph of an article that a result leads to', async () => {
    const page = await openPage(searched, {
      viewport: { width: 640, height: 560 },
      colorScheme: 'dark',
    });
    await page.locator('.passage', { hasText: 'trip wires' }).first().click();
    await page.locator('article.story').waitFor();
    expect(await page.locator('.para:target mark').allTextContents()).toEqual(['bridge', 'trip wires']);
    await takeScreenshot(page, 'article-page.png');
  });
});

/** The compiled program on a free port, with an index of its own and nobody's settings. */
function startProgram(): ChildProcess {
  const main = path.join(root, 'dist/src/main.js');
  const flags = [
    `--corpus=${path.join(root, 'corpus')}`,
    `--data=${path.join(work, 'data')}`,
    '--port=0',
    '--no-watch',
  ];
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('LEDE_'));
  return spawn(process.execPath, [main, 'serve', ...flags, '--log-level=error'], {
    cwd: work,
    env: Object.fromEntries(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Where the program says that it answers. */
function readOrigin(started: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (text: Buffer) => {
      output += text.toString();
      const found = /http:\/\/[\w.:]+/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    };
    started.stdout?.on('data', read);
    started.stderr?.on('data', read);
    started.once('exit', (code) => reject(new Error(`the program ended with ${code}, is it built? ${output}`)));
    started.once('error', reject);
  });
}

/** The time on the picture is that of a service that runs, not of its first answer. */
async function warmUp(): Promise<void> {
  for (let round = 0; round < 30; round++) await (await fetch(origin + searched)).text();
}

async function openPage(address: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ deviceScaleFactor: 1.25, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(origin + address);
  return page;
}

async function takeScreenshot(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  expect(picture.length).toBeLessThan(maximumBytes);
  if (process.env.SCREENSHOTS === 'write') await writeFile(path.join(folder, name), picture);
  await page.context().close();
}
