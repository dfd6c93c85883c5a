/** The whole way of a visitor, with the real program and a real browser: type, open a hit, land on the passage, go back. */
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endPrograms, makePlace, type Place, type Service, startService } from '../journeys/start-program.ts';
import { launchBrowser } from './chromium.ts';

/** Long enough that its last paragraph is not on the first screen. */
const filler = Array.from({ length: 60 }, (_, day) => `On day ${day} the council met again and put it off.`).join(
  '\n\n',
);

let place: Place;
let service: Service;
let browser: Browser;
let contexts: BrowserContext[] = [];
let complaints: string[] = [];

beforeAll(async () => {
  place = await makePlace({
    'bridge.md': `---\ntitle: The old bridge\nsource: River Post\ndate: 2022-03-01\n---\n\n${filler}\n\nIn the end a heron built its nest on the bridge.\n`,
    'birds.html': '<title>Birds of the delta</title><main><p>The heron waits. The bridge does not mind.</p></main>',
    'ferry.txt': 'The ferry\n\nThe ferry left without a bridge.\n',
  });
  service = await startService(place);
  browser = await launchBrowser();
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await endPrograms();
});

/** A page of its own, whose complaints (of the security policy above all) fail the test. */
async function openPage(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  contexts.push(context);
  complaints = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(service.url + address);
  return page;
}

async function waitForHeading(page: Page, text: string): Promise<void> {
  await page.locator('#count', { hasText: text }).waitFor();
}

/** Path, query and anchor of the address in the browser's bar. */
function addressOf(page: Page): string {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
}

function titlesOf(page: Page): Promise<string[]> {
  return page.locator('.hit-title').allTextContents();
}

function isOnScreen(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    const { innerHeight } = (node as { ownerDocument: { defaultView: { innerHeight: number } } }).ownerDocument
      .defaultView;
    return top >= 0 && bottom <= innerHeight;
  });
}

/** The passage of the results, opened: the reader stands on that very paragraph, with the words marked. */
async function openHeron(page: Page): Promise<void> {
  await page.locator('.passage', { hasText: 'built its nest' }).click();
  await page.waitForURL(/\/articles\/bridge\.md\?q=heron\+bridge#p-/);
  const target = page.locator(':target');
  expect(await target.textContent()).toContain('In the end a heron built its nest on the bridge.');
  expect(await target.locator('mark').allTextContents()).toEqual(['heron', 'bridge']);
  await expect.poll(() => isOnScreen(target)).toBe(true);
  expect(await page.evaluate<number>('scrollY')).toBeGreaterThan(1000);
}

describe('a visitor', () => {
  it('types and sees the results change, opens a passage, lands on it, and comes back to the results', async () => {
    const page = await openPage('/');
    await waitForHeading(page, '3 articles');
    await page.locator('#q').pressSequentially('bridge');
    await waitForHeading(page, '3 articles for “bridge”');
    await page.locator('#q').press('Home');
    await page.locator('#q').pressSequentially('heron ');
    await waitForHeading(page, '“heron bridge”');
    const titles = await titlesOf(page);
    // The word that every article holds is not enough beside the other.
    expect([...titles].sort()).toEqual(['Birds of the delta', 'The old bridge']);
    expect(addressOf(page)).toBe('/?q=heron+bridge');

    await openHeron(page);
    await page.goBack();
    await waitForHeading(page, '“heron bridge”');
    expect(await page.locator('#q').inputValue()).toBe('heron bridge');
    expect(await titlesOf(page)).toEqual(titles);
    expect(addressOf(page)).toBe('/?q=heron+bridge');

    await page.locator('#q').press('End');
    await page.locator('#q').pressSequentially(' waits');
    await expect.poll(async () => (await titlesOf(page))[0]).toBe('Birds of the delta');
  });

  it('without JavaScript goes the same way', async () => {
    const page = await openPage('/', { javaScriptEnabled: false });
    await page.locator('#q').fill('heron bridge');
    await page.locator('#q').press('Enter');
    await waitForHeading(page, '“heron bridge”');
    await page.locator('.passage', { hasText: 'built its nest' }).click();
    await page.waitForURL(/\/articles\/bridge\.md\?q=heron\+bridge#p-/);
    const target = page.locator(':target');
    expect(await target.textContent()).toContain('In the end a heron built its nest on the bridge.');
    const box = await target.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    await page.goBack();
    await waitForHeading(page, '“heron bridge”');
    expect(await page.locator('#q').inputValue()).toBe('heron bridge');
  });

  it('reloads a passage at its place, and finds it by its address alone', async () => {
    const page = await openPage('/?q=heron+bridge');
    const href = await page.locator('.passage', { hasText: 'built its nest' }).getAttribute('href');
    const other = await openPage(href ?? '');
    const target = other.locator(':target');
    await expect.poll(() => isOnScreen(target)).toBe(true);
    await other.reload();
    await expect.poll(() => isOnScreen(target)).toBe(true);
    expect(await target.locator('mark').allTextContents()).toEqual(['heron', 'bridge']);
  });

  it('finds with the next search what changed in the folder, without loading the page anew', async () => {
    const page = await openPage('/?q=pelican');
    await waitForHeading(page, 'Nothing found for “pelican”');
    const draft = path.join(place.folder, 'draft');
    await writeFile(draft, 'The pelican\n\nA pelican came to the harbour.\n');
    await rename(draft, path.join(place.corpus, 'pelican.txt'));
    await expect
      .poll(
        async () => {
          await page.locator('#q').press('Enter');
          await page.waitForTimeout(200);
          return titlesOf(page);
        },
        { timeout: 60_000 },
      )
      .toEqual(['The pelican']);
    expect(await page.locator('.passage mark').allTextContents()).toEqual(['pelican']);
  });
});
