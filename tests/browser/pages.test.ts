/** The pages in a real browser, over a socket, answered by a small made-up service. */
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFakeApp, fakeDependencies } from '../src/http/fake-service.ts';
import { sampleArticles } from '../src/http/sample-articles.ts';
import { launchBrowser } from './chromium.ts';

/** Milliseconds that the fake search takes, per query, to have answers overtake each other. */
const delays = new Map<string, number>();
/** What the search was asked, as `query typing`. */
let asked: string[] = [];

let browser: Browser;
let server: ServerType;
let base = '';
let contexts: BrowserContext[] = [];
let complaints: string[] = [];

beforeAll(async () => {
  const dependencies = fakeDependencies(sampleArticles);
  const app = createFakeApp(sampleArticles, {
    search: async (request, snapshot) => {
      asked.push(`${request.query}${request.isTyping ? ' …' : ''}`);
      if (request.query === 'broken') throw new Error('told in the test');
      await new Promise((resolve) => setTimeout(resolve, delays.get(request.query) ?? 0));
      return dependencies.search(request, snapshot);
    },
  });
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  delays.clear();
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
});

/** A page of its own, whose complaints (of the security policy above all) fail the test. */
async function openPage(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  contexts.push(context);
  const page = await context.newPage();
  asked = [];
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isFailedRequest = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isFailedRequest) complaints.push(message.text());
  });
  await page.goto(base + address);
  return page;
}

/** Waits until the heading over the results reads so. */
async function waitForHeading(page: Page, text: string): Promise<void> {
  await page.locator('#count', { hasText: text }).waitFor();
}

/** The box that filters by one of the sources. */
function courier(page: Page): Locator {
  return page.getByRole('checkbox', { name: 'Eastern Courier' });
}

function focusedId(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.id');
}

/** Path and query of the address in the browser's bar. */
function addressOf(page: Page): string {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
}

describe('typing', () => {
  it('changes results, title and address, and leaves one entry in the history', async () => {
    const page = await openPage('/');
    const entries = await page.evaluate<number>('history.length');
    await page.locator('#q').pressSequentially('bridg', { delay: 20 });
    await waitForHeading(page, '25 articles for “bridg”');
    await page.locator('#q').pressSequentially('e');
    await waitForHeading(page, '25 articles for “bridge”');
    expect(addressOf(page)).toBe('/?q=bridge');
    expect(await page.title()).toBe('bridge – Lede');
    expect(await page.locator('.hit mark').first().textContent()).toBe('bridge');
    expect(await page.evaluate<number>('history.length')).toBe(entries);
    expect(asked).toContain('bridge …');
  });

  it('keeps focus, caret and words while answers arrive', async () => {
    const page = await openPage('/');
    await page.locator('#q').pressSequentially('bridge', { delay: 60 });
    await waitForHeading(page, '“bridge”');
    expect(await page.locator('#q').inputValue()).toBe('bridge');
    expect(await focusedId(page)).toBe('q');
  });

  it('ends on the last key even where an earlier answer is slower', async () => {
    delays.set('bri', 700);
    const page = await openPage('/');
    await page.locator('#q').pressSequentially('bri');
    await expect.poll(() => asked).toContain('bri …');
    await page.locator('#q').pressSequentially('dge');
    await waitForHeading(page, '“bridge”');
    await page.waitForTimeout(900);
    expect(await page.locator('#count').textContent()).toContain('“bridge”');
  });

  it('sends one request for Enter, and says no more that someone types', async () => {
    const page = await openPage('/');
    await page.locator('#q').pressSequentially('bridge');
    await page.keyboard.press('Enter');
    await waitForHeading(page, '“bridge”');
    await page.waitForTimeout(400);
    expect(asked.filter((query) => !query.endsWith('…'))).toEqual(['', 'bridge']);
    expect(asked.at(-1)).toBe('bridge');
  });

  it('asks nothing while an input method composes a word', async () => {
    const page = await openPage('/');
    await page.locator('#q').focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    await page.waitForTimeout(400);
    expect(asked).toEqual(['']);
    await session.send('Input.insertText', { text: '日本' });
    await expect.poll(() => asked).toEqual(['', '日本 …']);
  });

  it('reads out what the results have come to', async () => {
    const page = await openPage('/');
    await page.locator('#q').fill('bridge');
    await waitForHeading(page, '“bridge”');
    await expect.poll(() => page.locator('#live').textContent()).toContain('25 articles for “bridge”');
  });

  it('shows a failure in place of the results, and recovers with the next key', async () => {
    const page = await openPage('/');
    await page.locator('#q').fill('broken');
    await page.getByRole('alert').getByText('Something went wrong').waitFor();
    await page.locator('#q').fill('bridge');
    await waitForHeading(page, '25 articles');
  });

  it('says so where the service cannot be reached, and keeps the results', async () => {
    const page = await openPage('/?q=bridge');
    await page.context().setOffline(true);
    await page.locator('#q').fill('bridge narrows');
    await page.locator('#failure').getByText('cannot be reached').waitFor();
    expect(await page.locator('.hit').count()).toBe(10);
    complaints = [];
    await page.context().setOffline(false);
    await page.locator('#q').fill('bridge');
    await page.locator('#failure').waitFor({ state: 'hidden' });
  });
});

describe('filters', () => {
  it('restrict the results, update the counts, and can be undone by Back', async () => {
    const page = await openPage('/?q=bridge');
    await courier(page).check();
    await waitForHeading(page, '9 articles');
    expect(addressOf(page)).toBe('/?q=bridge&source=Eastern+Courier');
    expect(await courier(page).isChecked()).toBe(true);
    expect(await focusedId(page)).toBe('source-Eastern_w_Courier');
    await page.goBack();
    await waitForHeading(page, '25 articles');
    expect(await courier(page).isChecked()).toBe(false);
    await page.goForward();
    await waitForHeading(page, '9 articles');
    expect(await courier(page).isChecked()).toBe(true);
    await page.locator('#q').fill('bridge narrows');
    await expect.poll(() => addressOf(page)).toBe('/?q=bridge+narrows&source=Eastern+Courier');
  });

  it('are lifted by their chips', async () => {
    const page = await openPage('/?q=bridge&source=Eastern+Courier&tag=bridges');
    await page.getByRole('link', { name: 'Remove filter Tag: bridges' }).click();
    await waitForHeading(page, '9 articles');
    expect(addressOf(page)).toBe('/?q=bridge&source=Eastern+Courier');
    expect(await page.getByRole('checkbox', { name: 'bridges' }).isChecked()).toBe(false);
  });

  it('take days, and sort', async () => {
    const page = await openPage('/?q=bridge');
    await page.getByLabel('From').fill('2022-09-01');
    await waitForHeading(page, '3 articles');
    await page.locator('#sort').selectOption('oldest');
    await expect.poll(() => addressOf(page)).toBe('/?q=bridge&sort=oldest&from=2022-09-01');
    await expect.poll(() => page.locator('.hit-title').first().textContent()).toContain('Report 8');
  });

  it('stay while someone types on', async () => {
    const page = await openPage('/?q=bridge&source=Eastern+Courier');
    await page.locator('#q').press('End');
    await page.locator('#q').pressSequentially(' narrows');
    await expect.poll(() => addressOf(page)).toBe('/?q=bridge+narrows&source=Eastern+Courier');
    expect(await courier(page).isChecked()).toBe(true);
  });
});

describe('pages of results', () => {
  it('follow one another in place, with the focus on the heading', async () => {
    const page = await openPage('/?q=bridge');
    await page.getByRole('link', { name: 'Next' }).click();
    await waitForHeading(page, 'page 2');
    expect(addressOf(page)).toBe('/?q=bridge&page=2');
    expect(await focusedId(page)).toBe('count');
    expect(await page.evaluate<number>('scrollY')).toBeLessThan(200);
    await page.getByRole('link', { name: 'Page 3' }).click();
    await waitForHeading(page, 'page 3');
    await page.goBack();
    await waitForHeading(page, 'page 2');
    expect(addressOf(page)).toBe('/?q=bridge&page=2');
  });

  it('open elsewhere when someone asks for that', async () => {
    const page = await openPage('/?q=bridge');
    const opened = page.context().waitForEvent('page');
    // What the other page asks for, not what it shows: a page in the background may wait to be painted.
    const asked = page.context().waitForEvent('request', (request) => request.isNavigationRequest());
    await page.getByRole('link', { name: 'Next' }).click({ modifiers: ['ControlOrMeta'] });
    await opened;
    expect(new URL((await asked).url()).search).toBe('?q=bridge&page=2');
    expect(addressOf(page)).toBe('/?q=bridge');
  });

  it('start over when the words change', async () => {
    const page = await openPage('/?q=bridge&page=2');
    await page.locator('#q').fill('bridge narrows');
    await waitForHeading(page, '“bridge narrows”');
    expect(addressOf(page)).toBe('/?q=bridge+narrows');
  });
});

describe('from the box to the paragraph and back', () => {
  it('opens a passage at its place, highlighted, and returns to the very results', async () => {
    const page = await openPage('/');
    await page.locator('#q').fill('bridge');
    await waitForHeading(page, '25 articles');
    await courier(page).check();
    await waitForHeading(page, '9 articles');
    await page.locator('.passage', { hasText: 'Nobody here asks' }).click();
    await page.waitForURL('**/articles/2022/11/across-the-river.md?q=bridge#p-000000000006');
    const target = page.locator(':target');
    expect(await target.textContent()).toContain('Nobody here asks');
    expect(await target.locator('mark').textContent()).toBe('bridge');
    await expect
      .poll(() => target.evaluate((element) => Math.round(element.getBoundingClientRect().top)))
      .toBeGreaterThan(0);
    await page.goBack();
    await waitForHeading(page, '9 articles');
    expect(await page.locator('#q').inputValue()).toBe('bridge');
    expect(await page.locator('.masthead').count()).toBe(1);
    await page.goForward();
    await page.getByRole('link', { name: 'Back to the results' }).click();
    await waitForHeading(page, '9 articles');
    expect(addressOf(page)).toBe('/?q=bridge&source=Eastern+Courier');
  });

  it('searches from the reader page as well', async () => {
    const page = await openPage('/articles/note.txt');
    await page.locator('#q').fill('bridge');
    await page.keyboard.press('Enter');
    await waitForHeading(page, '25 articles');
  });
});

describe('keys', () => {
  it('lead to the box, through the results, and out again', async () => {
    const page = await openPage('/?q=bridge');
    const focused = () => page.evaluate<string>('document.activeElement.id || document.activeElement.textContent');
    await page.keyboard.press('/');
    expect(await focused()).toBe('q');
    expect(await page.locator('#q').inputValue()).toBe('bridge');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain('Across the river');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain('Report 0');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('q');
    await page.keyboard.press('Escape');
    await waitForHeading(page, '26 articles, newest first');
    expect(addressOf(page)).toBe('/');
    await page.keyboard.press('Escape');
    expect(await focused()).not.toBe('q');
    await page.keyboard.press('Control+k');
    expect(await focused()).toBe('q');
    await page.keyboard.press('/');
    expect(await page.locator('#q').inputValue()).toBe('/');
  });

  it('still lead there after going back', async () => {
    const page = await openPage('/?q=bridge');
    await courier(page).check();
    await waitForHeading(page, '9 articles');
    await page.goBack();
    await waitForHeading(page, '25 articles');
    await page.keyboard.press('/');
    expect(await focusedId(page)).toBe('q');
    await page.locator('#q').fill('narrows');
    await waitForHeading(page, '“narrows”');
  });
});

describe('without JavaScript', () => {
  it('the same form and links do everything', async () => {
    const page = await openPage('/', { javaScriptEnabled: false });
    await page.locator('#q').fill('bridge');
    await page.getByRole('button', { name: 'Search' }).click();
    await waitForHeading(page, '25 articles for “bridge”');
    await courier(page).check();
    await page.locator('#sort').selectOption('oldest');
    await page.getByRole('button', { name: 'Apply' }).click();
    await waitForHeading(page, '9 articles');
    await page.getByRole('link', { name: 'Remove filter Source: Eastern Courier' }).click();
    await waitForHeading(page, '25 articles');
    await page.getByRole('link', { name: 'Next' }).click();
    await waitForHeading(page, 'page 2');
    await page.locator('.hit-title').first().click();
    await page.locator('article.story').waitFor();
    await page.getByRole('link', { name: 'Back to the results' }).click();
    await waitForHeading(page, '25 articles for “bridge”');
  });
});

const busyPages = [
  ['results', '/?q=bridge&source=Eastern+Courier&from=2022-02-01&sort=strange'],
  ['the reader', '/articles/2022/11/across-the-river.md?q=bridge'],
] as const;

const shownPages = [
  ...busyPages,
  ['the start page', '/'],
  ['an empty answer', '/?q=zzz'],
  ['help', '/help'],
  ['an error', '/nothing'],
] as const;

describe('for everyone', () => {
  const looks = [
    ['in light', shownPages, { colorScheme: 'light' }],
    ['in the dark', shownPages, { colorScheme: 'dark' }],
    ['on a phone', busyPages, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
  ] as const;

  it.each(looks)('pages have no fault that a program finds %s', async (_name, pages, options) => {
    for (const [name, address] of pages) {
      const page = await openPage(address, { reducedMotion: 'reduce', ...options });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      const found = violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map((node) => node.html).join(' ')}`);
      expect(found).toEqual([]);
      await page.close();
    }
  });

  it.each([320, 360, 768, 800])('no page scrolls sideways at %i pixels', async (width) => {
    for (const [name, address] of shownPages) {
      const page = await openPage(address, { viewport: { width, height: 740 } });
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect([name, overflow]).toEqual([name, Math.min(overflow, 0)]);
      await page.close();
    }
  });

  it('a table that is too wide for a phone scrolls by itself, with keys as well', async () => {
    const page = await openPage('/articles/2022/11/across-the-river.md', { viewport: { width: 360, height: 740 } });
    const table = page.getByRole('region', { name: 'Table 1' });
    await table.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => table.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    expect(await page.evaluate<number>('scrollX')).toBe(0);
  });

  it('filters fold away on a phone, and open', async () => {
    const page = await openPage('/?q=bridge', { viewport: { width: 360, height: 740 } });
    expect(await courier(page).isVisible()).toBe(false);
    await page.getByText('Sort and filter').click();
    await courier(page).check();
    await waitForHeading(page, '9 articles');
    expect(await courier(page).isVisible()).toBe(true);
  });
});

describe('hostile text', () => {
  it('runs nothing and stays readable', async () => {
    const query = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>';
    const page = await openPage(`/?${new URLSearchParams({ q: query })}`);
    let alerts = 0;
    page.on('dialog', (dialog) => {
      alerts++;
      dialog.dismiss();
    });
    expect(await page.locator('#q').inputValue()).toBe(query);
    await page.locator('#q').press('End');
    await page.locator('#q').pressSequentially(' <b>more</b>', { delay: 10 });
    await waitForHeading(page, '<b>more</b>');
    await page.waitForTimeout(200);
    expect(alerts).toBe(0);
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
  });
});
