/** How the service begins and ends: what it says, what it answers before it is ready, and that it breaks nothing off. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { Results } from '../../src/domain/results.ts';
import { catchBuild } from './catch-build.ts';
import {
  endPrograms,
  keepAsking,
  makePlace,
  type Place,
  runLede,
  type Service,
  sendSignal,
  startListening,
  startService,
  waitFor,
  writeArticle,
} from './start-program.ts';

const articles = {
  'river.md': '---\ntitle: The river\n---\n\nThe river rose in the night.\n\nNobody slept.\n',
  'mill.txt': 'The mill\n\nThe mill stands still.\n',
};

afterAll(endPrograms);

/** A request of which the last line is held back. */
class HeldRequest {
  readonly #socket: Socket;
  readonly answer: Promise<string>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.answer = new Promise((resolve, reject) => {
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.once('error', reject);
      socket.once('close', () => resolve(text));
    });
    // Whoever awaits it sees the failure.
    this.answer.catch(() => undefined);
  }

  static async begin({ url }: Service, address: string): Promise<HeldRequest> {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const held = new HeldRequest(socket);
    await new Promise((resolve) => socket.write(`GET ${address} HTTP/1.1\r\nHost: localhost\r\n`, resolve));
    return held;
  }

  finish(): Promise<string> {
    this.#socket.write('\r\n');
    return this.answer;
  }
}

async function waitUntilRefused({ url }: Service): Promise<void> {
  const { port, hostname } = new URL(url);
  await waitFor('the service to take no connections', async () => {
    const socket = connect(Number(port), hostname);
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    return !isOpen;
  });
}

describe.concurrent('the start', () => {
  it('is told in one line, and the first search is answered', async () => {
    const place = await makePlace(articles);
    const service = await startService(place);
    const answer = await service.get('/api/v1/search?q=rose');
    expect(answer.status).toBe(200);
    const { hits, build } = answer.json<Results>();
    expect(hits.map(({ article }) => article.title)).toEqual(['The river']);
    expect(hits[0]?.paragraphs[0]?.text).toBe('The river rose in the night.');
    expect((await service.status()).snapshot?.build).toBe(build);
    expect((await service.get('/readyz')).status).toBe(200);
    expect(service.stdout()).toBe(`Lede answers at ${service.url} – 2 articles, 3 paragraphs, indexed just now\n`);
    expect(service.stderr()).toBe('');
  });

  it('tells one article and one paragraph as one', async () => {
    const place = await makePlace({ 'bell.md': 'The bell rang.\n' });
    const service = await startService(place);
    expect(service.stdout()).toMatch(/ – 1 article, 1 paragraph, indexed just now\n$/);
    expect((await service.get('/')).text).toContain('1 article, 1 paragraph, indexed');
    expect((await runLede(['status'], place)).stdout).toMatch(/^holds: 1 article, 1 paragraph, 3 different words, /m);
  });

  it('on a folder without an index says "not yet" until there is one', async () => {
    const place = await makePlace(articles);
    const { service, pid } = await startInFirstBuild(place);
    const early = await service.get('/api/v1/search?q=rose');
    expect(early.status).toBe(503);
    expect(early.headers['retry-after']).toBe('3');
    expect(early.headers['content-type']).toBe('application/problem+json');
    expect(early.json<{ type: string }>().type).toBe('/problems/unavailable');
    const page = await service.get('/?q=rose', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers['retry-after']]).toEqual([503, '3']);
    expect((await service.get('/healthz')).status).toBe(200);
    expect((await service.get('/readyz')).status).toBe(503);
    expect((await service.status()).snapshot).toBe(null);
    expect(service.stdout()).toBe('');
    sendSignal(pid, 'SIGCONT');
    await waitFor('the first answer', async () => (await service.get('/api/v1/search?q=rose')).status === 200);
    await waitFor('the start line', async () => service.stdout() !== '');
  });

  it('with an index answers at once from it, while it builds what changed', async () => {
    const place = await makePlace(articles);
    expect((await runLede(['build'], place)).code).toBe(0);
    const { service, pid } = await startInFirstBuild(place);
    await waitFor('the start line', async () => service.stdout() !== '');
    expect((await service.get('/api/v1/search?q=rose')).json<Results>().total.count).toBe(1);
    expect((await service.status()).buildingSince).not.toBe(null);
    sendSignal(pid, 'SIGCONT');
    await waitFor('the end of the build', async () => (await service.status()).lastBuild?.articles.total === 3);
  });

  it('fails in words where the corpus folder is missing and nothing was ever built', async () => {
    const place = await makePlace({});
    const missing = `${place.corpus}/nowhere`;
    const ended = await runLede(['serve', '--port=0', '--log-level=error', `--corpus=${missing}`], place);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    const [logged = '', ...said] = ended.stderr.split('\n');
    expect(JSON.parse(logged).msg).toBe('build failed; there is no snapshot to answer from');
    expect(said).toEqual([`lede: no corpus folder at "${missing}": make it, or name another one`, '']);
  });

  it('goes on with the old index where the corpus folder is missing', async () => {
    const place = await makePlace(articles);
    expect((await runLede(['build'], place)).code).toBe(0);
    const service = await startService(place, [`--corpus=${place.corpus}/nowhere`]);
    expect((await service.get('/api/v1/search?q=rose')).json<Results>().total.count).toBe(1);
    const failure = await waitFor('a failed build', async () => (await service.status()).lastFailure);
    expect(failure.message).toContain('no corpus folder at');
    expect(service.stderr()).toContain('build failed; the snapshot before goes on answering');
  });

  it('fails in words where another program has the port', async () => {
    const place = await makePlace(articles);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const ended = await runLede(['serve', `--port=${port}`, '--log-level=silent'], place);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(
      `lede: 127.0.0.1 port ${port} is taken by another program: end it, or choose another port with --port\n`,
    );
    await new Promise((resolve) => other.close(resolve));
  });
});

describe.concurrent('the end', () => {
  it('waits for the requests that are under way, and takes no others', async () => {
    const place = await makePlace(articles);
    const service = await startService(place);
    const held = await HeldRequest.begin(service, '/api/v1/search?q=rose');
    await service.get('/healthz');
    service.kill('SIGTERM');
    await waitUntilRefused(service);
    const answer = await held.finish();
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).toContain('The river rose in the night.');
    expect(await service.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('comes with %s and code 0, whatever connections are idle', async (signal) => {
    const place = await makePlace(articles);
    const service = await startService(place);
    const asking = keepAsking(service, ['/api/v1/search?q=rose', '/?q=mill']);
    await waitFor('answers', async () => asking.answers() > 10);
    expect((await asking.stop()).failures).toEqual([]);
    expect(await service.end(signal)).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  it('comes at once with a second signal', async () => {
    const place = await makePlace(articles);
    const service = await startService(place);
    const held = await HeldRequest.begin(service, '/api/v1/search?q=rose');
    await service.get('/healthz');
    service.kill('SIGTERM');
    await waitUntilRefused(service);
    expect(await service.end('SIGINT')).toMatchObject({ code: 1, signal: null });
    expect(await held.answer.catch(() => '')).toBe('');
  });

  it('takes a running build along', async () => {
    const place = await makePlace(articles);
    const { service, pid } = await startInFirstBuild(place);
    expect(await service.end('SIGTERM')).toMatchObject({ code: 0, signal: null, stdout: '' });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

/**
 * Starts a service whose first build stands still; `pid` is the build's. Something in the corpus differs from what is
 * published, if anything is.
 */
async function startInFirstBuild(place: Place): Promise<{ readonly service: Service; readonly pid: number }> {
  const isFirst = !existsSync(place.data);
  const services: Service[] = [];
  const pid = await catchBuild(place, async (attempt) => {
    await services.at(-1)?.end('SIGKILL');
    if (isFirst) await rm(place.data, { recursive: true, force: true });
    await writeArticle(place, 'boat.md', `The boat left, try ${attempt}.\n`);
    services.push(await startListening(place));
  });
  return { service: services.at(-1) as Service, pid };
}
