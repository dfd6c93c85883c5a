import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { serve } from '@hono/node-server';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, LedeError } from '../../../src/domain/error.ts';
import { problemKinds, problemOfCode } from '../../../src/http/problems.ts';
import { createFakeApp, fakeDependencies, useOfUnreadyService } from './fake-service.ts';
import { sampleArticles } from './sample-articles.ts';

const app = createFakeApp(sampleArticles);
const browser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const htmx = { Accept: 'text/html', 'HX-Request': 'true', 'HX-Request-Type': 'partial', 'HX-Source': 'form#search' };

/** An app whose searches fail with this error, and what it writes to its log. */
function createFailingApp(error: unknown) {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const search = () => Promise.reject(error);
  return { failing: createFakeApp(sampleArticles, { search, logger }), lines };
}

describe('errors', () => {
  const statuses: readonly [ErrorCode, number][] = [
    ['invalid', 400],
    ['not_found', 404],
    ['unsupported', 501],
    ['unavailable', 503],
    ['incompatible', 500],
    ['too_large', 413],
    ['internal', 500],
  ];

  it.each(statuses)('%s becomes status %i', async (code, status) => {
    const { failing } = createFailingApp(new LedeError(code, 'told in the test'));
    const response = await failing.request('/api/v1/search?q=a');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, type: `/problems/${problemOfCode[code]}` });
  });

  it('tell programs by problem+json, htmx by a fragment and browsers by a page', async () => {
    const { failing } = createFailingApp(new LedeError('invalid', 'told in the test'));
    const page = await (await failing.request('/?q=a', { headers: browser })).text();
    expect(page).toMatch(/^<!DOCTYPE html>/);
    expect(page).toContain('told in the test');
    const fragment = await failing.request('/?q=a', { headers: htmx });
    expect(await fragment.text()).toMatch(/^<div[^>]* role="alert">.*told in the test/s);
    expect(fragment.headers.get('vary')).toContain('HX-Request-Type');
    const problem = await failing.request('/?q=a', { headers: { Accept: 'application/json' } });
    expect(problem.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each([new Error('secret /path'), new LedeError('internal', 'secret /path'), new TypeError('secret /path')])(
    'on our side are logged once, under the request id, and not shown (%s)',
    async (error) => {
      const { failing, lines } = createFailingApp(error);
      const response = await failing.request('/?q=private', { headers: { ...browser, 'X-Request-Id': 'my-request' } });
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).not.toContain('secret');
      expect(text).toContain('my-request');
      const failures = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
      expect(failures).toMatchObject([{ requestId: 'my-request', err: { message: 'secret /path' } }]);
    },
  );

  it('forget the name that the answer would have had', async () => {
    const { failing } = createFailingApp(new Error('late'));
    const response = await failing.request('/api/v1/search?q=a');
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('of a client that went away are none of ours', async () => {
    const { failing, lines } = createFailingApp(new DOMException('aborted', 'AbortError'));
    const response = await failing.request('/?q=a', { signal: AbortSignal.abort() });
    expect(response.status).toBe(499);
    expect(lines.map((line) => JSON.parse(line).level)).toEqual([20]);
  });

  it('of an engine that keeps no time are a 503', async () => {
    const { failing } = createFailingApp(new DOMException('too long', 'TimeoutError'));
    expect((await failing.request('/?q=a')).status).toBe(503);
  });

  it('say 503 while there is no index, and the page asks again by itself', async () => {
    const unready = createFakeApp([], { use: useOfUnreadyService });
    const response = await unready.request('/', { headers: browser });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.text()).toContain('http-equiv="refresh" content="3"');
  });

  it.each(Object.entries(problemKinds))('have a page: /problems/%s', async (name, kind) => {
    const response = await app.request(`/problems/${name}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(kind.title);
  });

  it.each([
    '/problems/none',
    '/problems/constructor',
    '/problems/__proto__',
    '/nothing',
    '/articles/none',
    '/articles/',
  ])('say 404 for %s', async (address) => {
    const response = await app.request(address, { headers: browser });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(problemKinds['not-found'].title);
  });

  it.each([
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/articles/a/b', 'GET, HEAD'],
    ['PUT', '/api/v1/search', 'GET, HEAD'],
    ['POST', '/api/v1/articles/a/b', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('say 405 for %s %s, which takes %s', async (method, address, allow) => {
    const response = await app.request(address, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
  });
});

describe('health', () => {
  it('is told to anyone, whatever host they ask for', async () => {
    const response = await app.request('/healthz', { headers: { Host: '10.0.0.7:3000' } });
    expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
  });

  it('is ready with a snapshot only, and not while draining', async () => {
    const { status } = fakeDependencies(sampleArticles);
    const empty = createFakeApp([], { status: () => ({ ...status(), snapshot: null }) });
    const draining = createFakeApp([], { isDraining: () => true });
    expect((await app.request('/readyz')).status).toBe(200);
    expect((await empty.request('/readyz')).status).toBe(503);
    expect((await empty.request('/healthz')).status).toBe(200);
    const response = await draining.request('/readyz');
    expect([response.status, response.headers.get('connection')]).toEqual([503, 'close']);
  });
});

describe('hosts', () => {
  const guarded = createFakeApp(sampleArticles, {
    allowedHosts: ['localhost', '127.0.0.1', '[::1]'],
    publicUrl: 'https://Search.Example.org',
  });

  it.each(['localhost', 'localhost:3000', '127.0.0.1:8080', '[::1]:3000', 'LOCALHOST', 'search.example.org'])(
    '%s is served',
    async (host) => {
      expect((await guarded.request('/', { headers: { Host: host } })).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    'localhost/x',
    '',
    'a b',
    '[::1',
    '10.0.0.1',
  ])('%j is not', async (host) => {
    const response = await guarded.request('/', { headers: { Host: host, ...browser } });
    expect(response.status).toBe(421);
    expect(await response.text()).toContain(problemKinds.misdirected.title);
  });
});

describe('headers', () => {
  it.each(['/', '/articles/note.txt', '/help', '/nothing', '/api/v1/search', '/problems/internal'])(
    'of %s bind the browser to our own files',
    async (address) => {
      const { headers } = await app.request(address);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[\w-]+$/);
    },
  );

  it('ask for https where the public address does', async () => {
    const secure = createFakeApp([], { publicUrl: 'https://search.example.org' });
    expect((await secure.request('/help')).headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('never carry a request id that could break the log', async () => {
    const response = await app.request('/help', { headers: { 'X-Request-Id': 'a b"c' } });
    expect(response.headers.get('x-request-id')).not.toContain(' ');
  });

  it('let a browser keep page and part apart', async () => {
    const page = await app.request('/?q=bridge');
    expect(page.headers.get('vary')).toBe('HX-Request-Type, Accept-Encoding');
    expect(page.headers.get('cache-control')).toBe('private, no-cache');
  });
});

describe('NUL in a query', () => {
  it.each([
    ['the page', '/?q=a%00b', browser],
    ['its part', '/?q=a%00b', htmx],
    ['the reader', '/articles/note.txt?q=a%00b', browser],
  ])('is no NUL in %s', async (_name, address, headers) => {
    const html = await (await app.request(address, { headers })).text();
    expect(html).not.toContain('\0');
  });

  it('is shown as the sign for what cannot be shown', async () => {
    expect(await (await app.request('/?q=a%00b')).text()).toContain('value="a\ufffdb"');
  });
});

describe('the request log', () => {
  it('has a line for each request, without what was searched for', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
    await createFakeApp(sampleArticles, { logger }).request('/?q=private+matter', {
      headers: { 'X-Request-Id': 'r1' },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'r1', method: 'GET', path: '/', status: 200 });
    expect(lines[0]).not.toContain('private');
  });
});

describe('compression', () => {
  it.each([
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip, br;q=0'],
    ['gzip', 'GZIP;q=0.5'],
    [null, 'identity'],
    [null, ''],
    [null, 'br;q=0, gzip;q=0.0'],
    [null, 'brotli, x-gzip'],
  ])('is %s for %j', async (encoding, accepted) => {
    const response = await app.request('/?q=bridge', { headers: { 'Accept-Encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
    const bytes = Buffer.from(await response.arrayBuffer());
    const plain = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes;
    expect(plain.toString()).toBe(await (await app.request('/?q=bridge')).text());
  });

  it.each(['br', 'gzip'])('by %s leaves large answers whole', async (encoding) => {
    const text = 'word '.repeat(100_000);
    const large = createFakeApp([{ id: 'large', paragraphs: [text] }]);
    const response = await large.request('/api/v1/articles/large', { headers: { 'Accept-Encoding': encoding } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBeLessThan(10_000);
    const plain = encoding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes);
    expect(JSON.parse(plain.toString()).paragraphs[0].text).toBe(text);
  });

  it('spares small answers', async () => {
    const response = await app.request('/healthz', { headers: { 'Accept-Encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).toBe('ok\n');
  });
});

describe('assets', () => {
  it.each([
    ['styles.css', 'text/css'],
    ['app.js', 'text/javascript'],
    ['htmx.js', 'text/javascript'],
    ['favicon.svg', 'image/svg+xml'],
  ])('%s is served for good, compressed and plain', async (name, type) => {
    const page = await (await app.request('/')).text();
    const address = new RegExp(`/assets/[\\w-]{12}/${name.replace('.', '\\.')}`).exec(page)?.[0] ?? '';
    const plain = await app.request(address);
    expect(plain.status).toBe(200);
    expect(plain.headers.get('content-type')).toContain(type);
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const packed = await app.request(address, { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(packed.headers.get('content-encoding')).toBe('br');
    const bytes = brotliDecompressSync(Buffer.from(await packed.arrayBuffer()));
    expect(bytes.toString()).toBe(await plain.text());
  });

  it('are not found at addresses of other versions', async () => {
    expect((await app.request('/assets/000000000000/styles.css')).status).toBe(404);
  });
});

describe('over a socket', () => {
  it('serves pages, HEAD, strange paths and compressed JSON as in memory', async () => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const send = (path: string, method = 'GET') =>
      new Promise<{ status: number; length: number; headers: Record<string, unknown> }>((resolve, reject) => {
        const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers: { 'Accept-Encoding': 'br' } });
        sent.once('error', reject).once('response', (message) => {
          let length = 0;
          message.on('data', (chunk: Buffer) => {
            length += chunk.length;
          });
          message.once('end', () => resolve({ status: message.statusCode ?? 0, length, headers: message.headers }));
        });
        sent.end();
      });
    try {
      expect(await send('/?q=bridge')).toMatchObject({ status: 200, headers: { 'content-encoding': 'br' } });
      expect(await send('/?q=bridge', 'HEAD')).toMatchObject({ status: 200, length: 0 });
      expect(await send('/api/v1/search?q=bridge')).toMatchObject({
        status: 200,
        headers: { 'content-encoding': 'br' },
      });
      expect(await send('/articles/2022/11/across-the-river.md')).toMatchObject({ status: 200 });
      expect(await send('/articles/../../../etc/passwd')).toMatchObject({ status: 404 });
      expect(await send('/articles/..%2f..%2fetc%2fpasswd')).toMatchObject({ status: 404 });
      expect(await send('/assets/../../package.json')).toMatchObject({ status: 404 });
      expect(await send('//evil.example/')).toMatchObject({ status: 404 });
      expect(await send('/articles/%')).toMatchObject({ status: 404 });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
