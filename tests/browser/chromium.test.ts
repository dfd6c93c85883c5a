import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './chromium.ts';

describe('the browser of the tests', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
  });

  it('shows a page, runs its script and lays out its text', async () => {
    const page = await browser.newPage();
    await page.goto(
      'data:text/html,<title>One</title><p>Long enough to be seen</p><script>document.title += " two"</script>',
    );
    expect(await page.title()).toBe('One two');
    const box = await page.getByText('Long enough').boundingBox();
    expect(box?.height).toBeGreaterThan(10);
    await page.close();
  });

  it('keeps to the content security policy of a page', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('Content-Security-Policy', "default-src 'none'");
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>Untouched</title><script>document.title = "Scripted"</script>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    expect(await page.title()).toBe('Untouched');
    await page.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
