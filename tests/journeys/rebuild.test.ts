/** Builds beside a running service: asked for, from outside, several at once, killed, failed. The service goes on. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuildReport } from '../../src/domain/build-report.ts';
import type { Results } from '../../src/domain/results.ts';
import { catchBuild } from './catch-build.ts';
import {
  type Answer,
  endPrograms,
  makePlace,
  type Place,
  runLede,
  type Service,
  sendSignal,
  startLede,
  startService,
  waitFor,
  writeArticle,
} from './start-program.ts';

const river = { 'river.md': '# The river\n\nThe river rose in the night.\n' };
const token = 'a-token-for-these-tests';

afterAll(endPrograms);

function rebuild(
  service: Service,
  headers: OutgoingHttpHeaders = { authorization: `Bearer ${token}` },
): Promise<Answer> {
  return service.get('/api/v1/rebuild', { method: 'POST', headers });
}

async function count(service: Service, words: string): Promise<number> {
  const answer = await service.get(`/api/v1/search?typos=off&q=${encodeURIComponent(words)}`);
  expect(answer.status).toBe(200);
  return answer.json<Results>().total.count;
}

function waitForArticle(service: Service, words: string): Promise<true> {
  return waitFor(`an article with "${words}"`, async () => (await count(service, words)) === 1);
}

function waitForFailure(service: Service): Promise<string> {
  return waitFor('a failed build', async () => (await service.status()).lastFailure?.message ?? null);
}

function waitForSuccess(service: Service): Promise<true> {
  return waitFor('a build that ended well', async () => (await service.status()).lastFailure === null);
}

/** What lies in the folder of builds beside the published ones. */
async function leftovers({ data }: Place): Promise<readonly string[]> {
  const names = [...(await readdir(data)), ...(await readdir(path.join(data, 'builds')))];
  return names.filter((name) => name.startsWith('.') || /lock|tmp/.test(name));
}

/** The file is found, nothing is built any more, and nothing went wrong. */
async function waitForEnd(service: Service, words: string): Promise<void> {
  await waitForArticle(service, words);
  await waitFor('the end of all builds', async () => (await service.status()).buildingSince === null);
  expect((await service.status()).lastFailure).toBe(null);
}

describe('a service that is told when to build', () => {
  let place: Place;
  let service: Service;

  beforeAll(async () => {
    place = await makePlace(river);
    service = await startService(place, ['--no-watch'], { environment: { LEDE_ADMIN_TOKEN: token } });
  });

  it('does so for whoever has the token', async () => {
    await writeArticle(place, 'boat.md', 'The boat left.\n');
    const anonymous = await rebuild(service, {});
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers['www-authenticate']).toContain('Bearer');
    expect((await rebuild(service, { authorization: `Bearer ${token}x` })).status).toBe(401);
    expect(await count(service, 'boat')).toBe(0);

    expect((await rebuild(service)).status).toBe(202);
    await waitForEnd(service, 'boat');
    expect((await service.status()).lastBuild?.articles).toEqual({ total: 2, added: 1, changed: 0, removed: 0 });
  });

  it('follows what lede build publishes beside it', async () => {
    const before = (await service.status()).snapshot?.build;
    await writeArticle(place, 'raft.md', 'The raft left.\n');
    const built = await runLede(['build', '--json'], place);
    expect(built.code).toBe(0);
    const { report } = JSON.parse(built.stdout) as { report: BuildReport };
    await waitForEnd(service, 'raft');
    const { snapshot, lastBuild } = await service.status();
    expect(snapshot?.build).toBe(report.build);
    expect(snapshot?.build).not.toBe(before);
    expect(lastBuild).toEqual(report);
  });

  it('goes on with the old index when a build is killed; the next one finds everything and cleans up', async () => {
    const pid = await catchBuild(place, async (attempt) => {
      await writeArticle(place, 'canoe.md', `The canoe left, try ${attempt}.\n`);
      await rebuild(service);
    });
    const published = await readFile(path.join(place.data, 'current'), 'utf8');
    sendSignal(pid, 'SIGKILL');
    expect(await waitForFailure(service)).toContain('SIGKILL');
    expect(await readFile(path.join(place.data, 'current'), 'utf8')).toBe(published);
    expect(await count(service, 'river')).toBe(1);
    expect(await leftovers(place)).toContain('build.lock');

    const next = await runLede(['build'], place);
    expect(next).toMatchObject({ code: 0, stderr: '' });
    // A try before the one that was killed may have been published: then there is a canoe already.
    await waitForSuccess(service);
    await waitForEnd(service, 'canoe');
    expect(await leftovers(place)).toEqual([]);
  });

  it('goes on with the old index when a build fails, tells why, and makes up for it when the reason is gone', async () => {
    await rename(place.corpus, `${place.corpus}-away`);
    await rebuild(service);
    expect(await waitForFailure(service)).toBe(`no corpus folder at "${place.corpus}": make it, or name another one`);
    expect(await count(service, 'river')).toBe(1);
    await rename(`${place.corpus}-away`, place.corpus);
    await writeArticle(place, 'ship.md', 'The ship left.\n');
    await rebuild(service);
    await waitForEnd(service, 'ship');
    expect(await leftovers(place)).toEqual([]);
  });
});

describe('while a build is in the middle', () => {
  let place: Place;
  let service: Service;

  beforeAll(async () => {
    place = await makePlace(river);
    service = await startService(place);
  });

  it('no answer is held up, another build is refused, and what changes is in the next one', async () => {
    const pid = await catchBuild(place, (attempt) =>
      writeArticle(place, 'boat.md', `The boat left, try ${attempt}.\n`),
    );
    for (let i = 0; i < 20; i++) expect(await count(service, 'river')).toBe(1);
    expect((await service.status()).buildingSince).not.toBe(null);

    const changedAt = new Date().toISOString();
    await writeArticle(place, 'raft.md', 'The raft followed.\n');
    const second = await runLede(['build'], place);
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toContain(`another build is running (process ${pid}, lock `);
    expect(second.stderr).toContain('wait for it or end it');
    const json = await runLede(['build', '--json'], place);
    expect(json).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'unavailable' } });

    sendSignal(pid, 'SIGCONT');
    await waitForArticle(service, 'boat');
    await waitForEnd(service, 'raft');
    expect(`${(await service.status()).lastBuild?.startedAt}` > changedAt).toBe(true);
  });

  it('that another process began, the service waits for it, and then builds what it lacks', async () => {
    const pid = await catchBuild(place, async (attempt) => {
      await waitFor('the service to be idle', async () => (await service.status()).buildingSince === null);
      startLede(['build', '--full', `--keep-builds=${attempt + 2}`], place);
    });
    await writeArticle(place, 'canoe.md', 'The canoe left.\n');
    await waitFor('the service to try', async () => (await service.status()).buildingSince !== null);
    await sleep(500);
    sendSignal(pid, 'SIGCONT');
    await waitForEnd(service, 'canoe');
  });
});

describe('the process that builds for a service', () => {
  it('is the same one for all builds, and ends with a service that is killed', async () => {
    const place = await makePlace(river);
    const service = await startService(place);
    const pids: number[] = [];
    for (const name of ['boat', 'raft']) {
      const pid = await catchBuild(place, (attempt) =>
        writeArticle(place, `${name}.md`, `The ${name} left, try ${attempt}.\n`),
      );
      pids.push(pid);
      sendSignal(pid, 'SIGCONT');
      await waitForArticle(service, name);
    }
    expect(pids[0]).toBe(pids[1]);
    await service.end('SIGKILL');
    await waitFor('the end of the process', async () => !isAlive(pids[0] as number));
  });

  it('is for services only', async () => {
    const ended = await runLede(['build-process'], await makePlace(river));
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe('lede: "build-process" is for "lede serve" only: run "lede build"\n');
  });
});

describe('a build that fails', () => {
  it('for a file larger than the system allows says so in words', async () => {
    const place = await makePlace({ 'long.txt': longText(20_000) });
    const built = await runLede(['build'], { ...place, wrapper: ['sh', '-c', 'ulimit -f 200 && exec "$@"', 'sh'] });
    expect(built).toMatchObject({ code: 1, stdout: '' });
    expect(built.stderr).toMatch(/^lede: a file grew larger than the system allows: .*\n$/);
    expect(await leftovers(place)).toEqual([]);
    expect((await runLede(['build'], place)).code).toBe(0);
  });

  /** Runs what follows with a disk of 2 MB at `folder`, which is gone with the process: no other one sees it. */
  const withSmallDisk = (folder: string): [string, ...string[]] => {
    const asUser = process.getuid?.() === 0 ? [] : ['--map-root-user'];
    return ['unshare', '--mount', ...asUser, 'sh', '-c', 'mount -t tmpfs -o size=2m tmpfs "$0" && exec "$@"', folder];
  };
  const canMount = () => {
    const [program, ...parameters] = withSmallDisk('/mnt');
    return spawnSync(program, [...parameters, 'true']).status === 0;
  };

  it('on a full disk leaves the old index and no rubbish, and goes on when there is room', async ({ skip }) => {
    if (!canMount()) skip('a small disk cannot be mounted by this user');
    const place = await makePlace(river);
    const disk = path.join(place.folder, 'disk');
    await mkdir(disk);
    const service = await startService(place, [`--data=${disk}`], { wrapper: withSmallDisk(disk) });
    const inside = `/proc/${service.pid}/root${disk}/builds`;
    const builds = await readdir(inside);
    expect(builds).toHaveLength(1);

    await writeArticle(place, 'long.txt', longText(200_000));
    expect(await waitForFailure(service)).toMatch(/^the disk is full: free some room and try again/);
    expect(await count(service, 'river')).toBe(1);
    await waitFor('an orderly disk', async () => `${await readdir(inside)}` === `${builds}`);

    await rm(path.join(place.corpus, 'long.txt'));
    await waitForSuccess(service);
    await writeArticle(place, 'boat.md', 'The boat left.\n');
    await waitForEnd(service, 'boat');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** About 20 bytes a word, all of them different, so that the index is no smaller than the text. */
function longText(words: number): string {
  return Array.from({ length: words }, (_, index) => `wordnumber${index}wordnumber`).join(' ');
}
