import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { decodeAnswer, encodeAnswer } from '../../../src/domain/answer.ts';
import type { BuildId } from '../../../src/domain/ids.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { SearchRequest } from '../../../src/domain/search-request.ts';
import { createFakeApp, fakeDependencies, useOfUnreadyService } from './fake-service.ts';
import { sampleArticles } from './sample-articles.ts';

const app = createFakeApp(sampleArticles);
const token = 'a-token-of-some-length-for-tests';

async function readJson(response: Response | Promise<Response>) {
  return JSON.parse(await (await response).text());
}

describe('GET /api/v1/search', () => {
  it('answers with results and the address of the next ones', async () => {
    const response = await app.request('/api/v1/search?q=bridge&limit=5');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('link')).toBe('</api/v1/search?q=bridge&limit=5&offset=5>; rel="next"');
    expect(response.headers.get('server-timing')).toMatch(/^search;dur=/);
    const answer = await readJson(response);
    expect(answer).toMatchObject({
      query: 'bridge',
      total: { count: 25, exact: true },
      build: 'build-1',
      problems: [],
    });
    expect(answer.hits).toHaveLength(5);
    expect(answer.next).toBe('/api/v1/search?q=bridge&limit=5&offset=5');
  });

  it('leads from page to page through every hit, once each', async () => {
    const seen: string[] = [];
    let address: string | null = '/api/v1/search?q=bridge&limit=7';
    while (address !== null) {
      const answer: { hits: { article: { id: string } }[]; next: string | null } = await readJson(app.request(address));
      seen.push(...answer.hits.map((hit) => hit.article.id));
      address = answer.next;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('hands every parameter to the search', async () => {
    const asked: SearchRequest[] = [];
    const dependencies = fakeDependencies(sampleArticles);
    const listening = createFakeApp(sampleArticles, {
      search: async (request, snapshot) => {
        asked.push(request);
        return dependencies.search(request, snapshot);
      },
    });
    await listening.request(
      '/api/v1/search?q=a+b&source=S&source=R&author=A&tag=T&language=de&year=2022&from=2022-01-01&to=2022-12-31&match=all&sort=oldest&limit=3&offset=6&typos=off&typing=on',
    );
    expect(asked).toEqual([
      {
        query: 'a b',
        facets: { source: ['R', 'S'], author: ['A'], tag: ['T'], language: ['de'], year: ['2022'] },
        from: '2022-01-01',
        to: '2022-12-31',
        match: 'all',
        sort: 'oldest',
        limit: 3,
        offset: 6,
        isTyping: true,
        correctsTypos: false,
      },
    ]);
  });

  it('gives up the search of a client that goes away', async () => {
    const client = new AbortController();
    const gone = createFakeApp(sampleArticles, {
      search: (_request, _snapshot, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
          client.abort();
        }),
    });
    const response = await gone.request('/api/v1/search?q=bridge', { signal: client.signal });
    expect(response.status).toBe(499);
  });

  it('gives up a search that takes far longer than it may', async () => {
    vi.useFakeTimers();
    try {
      const endless = createFakeApp(sampleArticles, {
        search: (_request, _snapshot, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
          }),
      });
      const asked = endless.request('/api/v1/search?q=bridge');
      await vi.advanceTimersByTimeAsync(2 * limits.searchMs);
      const response = await asked;
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves no timer behind an answer', async () => {
    vi.useFakeTimers();
    try {
      expect((await app.request('/api/v1/search?q=bridge')).status).toBe(200);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses values that make no sense, each by pointer', async () => {
    const response = await app.request('/api/v1/search?limit=99&from=soon');
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await readJson(response)).toEqual({
      type: '/problems/invalid-parameters',
      title: expect.any(String),
      status: 422,
      detail: expect.any(String),
      instance: '/api/v1/search',
      requestId: response.headers.get('x-request-id'),
      errors: [
        { pointer: '#/from', detail: expect.stringContaining('2022-09-13') },
        { pointer: '#/limit', detail: expect.stringContaining('1 to 50') },
      ],
    });
  });

  it.each(['names=off', 'retellings=show', 'explain=1'])('refuses %s, which later versions know', async (parameter) => {
    const answer = await readJson(app.request(`/api/v1/search?q=a&${parameter}`));
    expect(answer).toMatchObject({
      status: 422,
      errors: [{ pointer: `#/${parameter.split('=')[0]}`, detail: 'not available in this version' }],
    });
  });

  it('lists unknown parameters as problems and searches', async () => {
    const answer = await readJson(app.request('/api/v1/search?q=bridge&page=2&__proto__=x'));
    expect(answer.total.count).toBe(25);
    expect(answer.problems.map((problem: { code: string }) => problem.code)).toEqual([
      'unknown-parameter',
      'unknown-parameter',
    ]);
  });

  it('takes queries of any characters', async () => {
    const query = '\ud800<script>"&\u202e\0__proto__';
    const answer = await readJson(app.request(`/api/v1/search?${new URLSearchParams({ q: query })}`));
    expect(answer.query).toBe(query.replace('\ud800', '\ufffd'));
  });

  it.each([
    ['kherson%FF', 'kherson\ufffd'],
    ['kherson%ED%A0%80', 'kherson\ufffd\ufffd\ufffd'],
    ['%E9t%E9', '\ufffdt\ufffd'],
    ['100%', '100%'],
    ['a+b%2Bc', 'a b+c'],
  ])('reads q=%s as the page does', async (written, query) => {
    const answer = await readJson(app.request(`/api/v1/search?q=${written}`));
    expect(answer.query).toBe(query);
    const page = await (await app.request(`/?q=${written}`)).text();
    expect(page).toContain(`<title>${query} – Lede</title>`);
  });

  it('says 503 with Retry-After while there is no index', async () => {
    const unready = createFakeApp([], { use: useOfUnreadyService });
    const response = await unready.request('/api/v1/search?q=a');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await readJson(response)).toMatchObject({ type: '/problems/unavailable' });
  });

  it('ends paging at the published depth', async () => {
    const dependencies = fakeDependencies(sampleArticles);
    const endless = createFakeApp(sampleArticles, {
      search: async (request, snapshot) =>
        encodeAnswer({
          ...decodeAnswer(await dependencies.search({ ...request, offset: 0 }, snapshot)),
          total: { count: 1_000_000, allWords: 1_000_000, exact: true },
        }),
    });
    const { next } = await readJson(endless.request('/api/v1/search?q=bridge&offset=9990'));
    expect(next).toBe('/api/v1/search?q=bridge&offset=10000');
    expect(await readJson(endless.request(next))).toMatchObject({ next: null });
  });
});

describe('keeping answers', () => {
  function countSearches(changes: { build?: string; partial?: boolean } = {}) {
    const dependencies = fakeDependencies(sampleArticles);
    const state = { searches: 0, build: 'build-1', partial: false, ...changes };
    const counted = createFakeApp(sampleArticles, {
      use: (work) => dependencies.use((snapshot) => work({ ...snapshot, build: state.build as BuildId })),
      search: async (request, snapshot) => {
        state.searches++;
        const results = decodeAnswer(await dependencies.search(request, snapshot));
        return encodeAnswer({ ...results, partial: state.partial });
      },
    });
    return { counted, state };
  }

  it.each(['/api/v1/search?q=bridge', '/?q=bridge', '/'])(
    '%s is searched once and confirmed by 304',
    async (address) => {
      const { counted, state } = countSearches();
      const first = await counted.request(address);
      const tag = first.headers.get('etag') ?? '';
      expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
      const second = await counted.request(address, { headers: { 'If-None-Match': `"other", ${tag}` } });
      expect(second.status).toBe(304);
      expect(await second.text()).toBe('');
      expect(second.headers.get('etag')).toBe(tag);
      expect(second.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
      expect(state.searches).toBe(1);
    },
  );

  it('gives another tag for another build', async () => {
    const { counted, state } = countSearches();
    const tag = (await counted.request('/api/v1/search?q=bridge')).headers.get('etag') ?? '';
    state.build = 'build-2';
    const response = await counted.request('/api/v1/search?q=bridge', { headers: { 'If-None-Match': tag } });
    expect(response.status).toBe(200);
  });

  it('gives equal tags for requests that mean the same', async () => {
    const { counted } = countSearches();
    const tags = await Promise.all(
      ['source=B&q=a&source=A', 'q=a&source=A&source=B&limit=10&typos=on'].map(async (text) =>
        (await counted.request(`/api/v1/search?${text}`)).headers.get('etag'),
      ),
    );
    expect(tags[0]).toBe(tags[1]);
  });

  it('gives the page, its part and the JSON different tags', async () => {
    const answers = await Promise.all([
      app.request('/?q=bridge'),
      app.request('/?q=bridge', { headers: { 'HX-Request-Type': 'partial', 'HX-Source': 'form#search' } }),
      app.request('/?q=bridge', { headers: { 'HX-Request-Type': 'partial', 'HX-Source': 'a' } }),
      app.request('/api/v1/search?q=bridge'),
    ]);
    expect(new Set(answers.map((answer) => answer.headers.get('etag'))).size).toBe(4);
  });

  it.each(['/api/v1/search?q=bridge', '/?q=bridge'])('%s is not kept where time ran out', async (address) => {
    const { counted } = countSearches({ partial: true });
    const response = await counted.request(address);
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('GET /api/v1/articles/{id}', () => {
  const ids = ['plain', 'a/b c.md', '../etc/passwd', 'a/./b', 'a//b', '/', 'Ізюм/№1', '100%', 'a%2Fb', 'q?x#y', 'a\nb'];

  it.each(ids)('finds %j by its address', async (id) => {
    const other = createFakeApp([
      { id: 'other', paragraphs: ['x'] },
      { id, title: 'Found', paragraphs: ['text'] },
    ]);
    const { hits } = await readJson(other.request('/api/v1/search?q=text'));
    expect(hits[0].article.id).toBe(id);
    const page = await (await other.request('/?q=text')).text();
    const address = /class="hit-title" href="(?<href>[^"?]+)/.exec(page)?.groups?.href ?? '';
    const answer = await readJson(other.request(`/api/v1${address}`));
    expect(answer.article).toMatchObject({ id, title: 'Found' });
    expect(answer.paragraphs.map((paragraph: { text: string }) => paragraph.text)).toEqual(['text']);
    expect((await other.request(address)).status).toBe(200);
  });

  it.each(['/api/v1/articles/nothing', '/api/v1/articles/%', '/api/v1/articles/%ff', '/api/v1/articles/..%2f..%2fx'])(
    'answers 404 for %s',
    async (address) => {
      const response = await app.request(address);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('etag')).toBeNull();
    },
  );

  it('confirms an article that did not change', async () => {
    const first = await app.request('/api/v1/articles/note.txt');
    const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
    expect((await app.request('/api/v1/articles/note.txt', { headers })).status).toBe(304);
  });
});

describe('POST /api/v1/rebuild', () => {
  it.each(['GET', 'POST'])('does not exist without a token (%s)', async (method) => {
    expect((await app.request('/api/v1/rebuild', { method })).status).toBe(404);
  });

  it('does not exist where this process builds nothing', async () => {
    const reader = createFakeApp([], { adminToken: token, requestRebuild: null });
    const headers = { Authorization: `Bearer ${token}` };
    expect((await reader.request('/api/v1/rebuild', { method: 'POST', headers })).status).toBe(404);
  });

  it('starts a build for whoever has the token', async () => {
    let builds = 0;
    const admin = createFakeApp([], { adminToken: token, requestRebuild: () => builds++ });
    const headers = { Authorization: `Bearer ${token}` };
    const response = await admin.request('/api/v1/rebuild', { method: 'POST', headers });
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe('/api/v1/status');
    expect(await readJson(response)).toMatchObject({ version: '0.1.0', isWatching: true });
    expect(builds).toBe(1);
  });

  it.each([undefined, 'Bearer wrong', `Bearer ${token}x`, `Basic ${token}`, 'Bearer', `Bearer ${token.slice(1)}`])(
    'refuses %j',
    async (authorization) => {
      let builds = 0;
      const admin = createFakeApp([], { adminToken: token, requestRebuild: () => builds++ });
      const headers = authorization === undefined ? {} : { Authorization: authorization };
      const response = await admin.request('/api/v1/rebuild', { method: 'POST', headers });
      expect([400, 401]).toContain(response.status);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.text()).not.toContain(token);
      expect(builds).toBe(0);
    },
  );

  it('refuses a large body', async () => {
    const admin = createFakeApp([], { adminToken: token });
    const headers = { Authorization: `Bearer ${token}`, 'Content-Length': '5000' };
    const response = await admin.request('/api/v1/rebuild', { method: 'POST', headers, body: 'x'.repeat(5000) });
    expect(response.status).toBe(413);
  });
});

describe('GET /api/v1/openapi.json', () => {
  const admin = createFakeApp(sampleArticles, { adminToken: token, publicUrl: 'https://search.example.org/' });

  it('describes every route under /api/v1', async () => {
    const document = await readJson(admin.request('/api/v1/openapi.json'));
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} /api/v1${path}`),
    );
    const served = admin.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{.*\})?/, '{$1}')}`);
    expect(new Set(described)).toEqual(new Set(served));
    expect(described).toContain('GET /api/v1/articles/{id}');
    expect(described).toContain('POST /api/v1/rebuild');
  });

  it('is OpenAPI 3.1, names its server, and leaves out what does not exist', async () => {
    const document = await readJson(admin.request('/api/v1/openapi.json'));
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Lede', version: '0.1.0' },
      servers: [{ url: 'https://search.example.org/api/v1' }],
    });
    const anonymous = await readJson(app.request('/api/v1/openapi.json'));
    expect(Object.keys(anonymous.paths)).not.toContain('/rebuild');
    expect(anonymous.servers).toEqual([{ url: '/api/v1' }]);
  });

  it('describes the parameters of a search with their bounds', async () => {
    const document = await readJson(app.request('/api/v1/openapi.json'));
    const parameters = document.paths['/search'].get.parameters.map(
      ({ name, required, schema }: { name: string; required?: boolean; schema: object }) => [
        name,
        { required, ...schema },
      ],
    );
    expect(Object.fromEntries(parameters)).toMatchObject({
      q: { type: 'string', default: '' },
      source: { type: 'array', items: { type: 'string' } },
      from: { type: 'string', format: 'date' },
      match: { enum: ['most', 'all'], default: 'most' },
      sort: { enum: ['relevance', 'newest', 'oldest'], default: 'relevance' },
      limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
      offset: { type: 'integer', minimum: 0, maximum: 10000, default: 0 },
      typos: { enum: ['on', 'off'], default: 'on' },
    });
    expect(parameters.filter(([, schema]: [string, { required?: boolean }]) => schema.required)).toEqual([]);
  });

  it.each([
    ['/search', '/search?q=bridge&source=Eastern+Courier', '200'],
    ['/search', '/search?q=bridge&bogus=1', '200'],
    ['/search', '/search?limit=x', '422'],
    ['/articles/{id}', '/articles/2022/11/across-the-river.md', '200'],
    ['/articles/{id}', '/articles/none', '404'],
    ['/status', '/status', '200'],
  ])('describes what %s answers, as in %s: %s', async (path, address, status) => {
    const document = await readJson(admin.request('/api/v1/openapi.json'));
    const { content } = document.paths[path].get.responses[status];
    const [schema] = Object.values(content as Record<string, { schema: { $ref: string } }>).map(({ schema }) => schema);
    const validator = z.fromJSONSchema(strict({ ...schema, ...renamed(document) }));
    const response = await admin.request(`/api/v1${address}`);
    expect(String(response.status)).toBe(status);
    const checked = validator.safeParse(await readJson(response));
    expect(checked.error?.issues ?? []).toEqual([]);
  });

  it('describes for every route the answer to a request for another host', async () => {
    const document = await readJson(admin.request('/api/v1/openapi.json'));
    const operations = Object.values(document.paths as Record<string, object>).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(4);
    for (const { responses } of operations) {
      expect(responses[421].content['application/problem+json'].schema.$ref).toBe('#/components/schemas/Problem');
    }
    const response = await admin.request('/api/v1/status', { headers: { Host: 'other.example' } });
    const validator = z.fromJSONSchema(strict({ $ref: '#/$defs/Problem', ...renamed(document) }));
    expect([response.status, validator.safeParse(await readJson(response)).success]).toEqual([421, true]);
  });

  it('would notice an answer that is described wrongly', async () => {
    const document = await readJson(admin.request('/api/v1/openapi.json'));
    const validator = z.fromJSONSchema(strict({ $ref: '#/$defs/SearchAnswer', ...renamed(document) }));
    const answer = await readJson(admin.request('/api/v1/search?q=bridge'));
    expect(validator.safeParse({ ...answer, surplus: 1 }).success).toBe(false);
    expect(validator.safeParse({ ...answer, tookMs: 'long' }).success).toBe(false);
    const problem = { code: 'x', message: 'x', range: ['1', '2'] };
    expect(validator.safeParse({ ...answer, problems: [problem] }).success).toBe(false);
  });

  /** A JSON Schema keeps under `$defs` what OpenAPI keeps under `components`. */
  function renamed(document: { components: { schemas: object } }): object {
    return { $defs: document.components.schemas };
  }

  /** No property may be missing from the description. */
  function strict(schema: object): z.core.JSONSchema.JSONSchema {
    const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/');
    return JSON.parse(text, (_key, value) =>
      value?.type === 'object' && value.properties !== undefined && value.additionalProperties === undefined
        ? { ...value, additionalProperties: false }
        : value,
    );
  }
});

describe('what does not exist yet', () => {
  it.each(['/api/v1/suggest?q=a', '/api/v1/builds', '/api/v2/search', '/api/v1/', '/api'])(
    '%s answers 404 as a problem',
    async (address) => {
      const response = await app.request(address);
      expect(response.status).toBe(404);
    },
  );
});
