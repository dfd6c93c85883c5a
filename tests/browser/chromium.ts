/** The browser of the browser tests. */
import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/**
 * Starts a headless browser; the caller closes it. The flags are our own: those that the package suggests switch off
 * the web's security, and with it the faults that the tests look for.
 */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromiumPath'),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
