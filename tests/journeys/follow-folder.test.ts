/** The service follows its folder: whatever happens to files and folders is found in the end, and nobody waits for it. */
import { copyFile, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuildReport } from '../../src/domain/build-report.ts';
import type { Results } from '../../src/domain/results.ts';
import {
  type Asking,
  endPrograms,
  keepAsking,
  makePlace,
  type Place,
  runLede,
  type Service,
  startService,
  waitFor,
  writeArticle,
} from './start-program.ts';

/** A service on a folder that is asked over and over while things happen there. */
interface Followed {
  readonly place: Place;
  readonly service: Service;
  readonly asking: Asking;
}

async function startFollowed(): Promise<Followed> {
  const place = await makePlace({
    'river.md': '---\ntitle: The river\n---\n\nThe river rose in the night.\n',
    'notes/mill.txt': 'The mill\n\nThe mill stands still.\n',
  });
  const service = await startService(place);
  const asking = keepAsking(service, ['/api/v1/search?q=river', '/?q=river', '/articles/river.md?q=river']);
  return { place, service, asking };
}

async function expectAllAnswered({ asking }: { readonly asking: Asking }): Promise<void> {
  const { answers, failures } = await asking.stop();
  expect(failures).toEqual([]);
  expect(answers).toBeGreaterThan(0);
}

/** Paths of the articles that hold exactly these words, in order. */
async function find(service: Service, words: string): Promise<readonly string[]> {
  const answer = await service.get(`/api/v1/search?limit=50&typos=off&q=${encodeURIComponent(`"${words}"`)}`);
  const { hits, problems } = answer.json<Results>();
  // Where no article has the phrase, its words are looked for.
  if (problems.some(({ code }) => code === 'no-phrase')) return [];
  return hits.map(({ article }) => article.path).sort();
}

/** Waits until exactly these files are found for the words. */
async function waitForFiles(service: Service, words: string, files: readonly string[]): Promise<void> {
  const isAsExpected = async () => `${await find(service, words)}` === `${files}`;
  await waitFor(`"${words}" in ${files.join(', ') || 'no file'}`, isAsExpected);
}

let place: Place;
let service: Service;
let asking: Asking;

beforeAll(async () => {
  ({ place, service, asking } = await startFollowed());
});

afterAll(async () => {
  await expectAllAnswered({ asking }).finally(endPrograms);
});

describe.concurrent('a file', () => {
  it('that is added, changed, renamed and removed is found as it is', async () => {
    await writeArticle(place, 'boat.md', '# The boat\n\nThe ferryman sleeps.\n');
    await waitForFiles(service, 'ferryman sleeps', ['boat.md']);
    await writeArticle(place, 'boat.md', '# The boat\n\nThe ferryman wakes.\n');
    await waitForFiles(service, 'ferryman wakes', ['boat.md']);
    expect(await find(service, 'ferryman sleeps')).toEqual([]);
    await rename(path.join(place.corpus, 'boat.md'), path.join(place.corpus, 'notes/ship.md'));
    await waitForFiles(service, 'ferryman wakes', ['notes/ship.md']);
    await unlink(path.join(place.corpus, 'notes/ship.md'));
    await waitForFiles(service, 'ferryman wakes', []);
  });

  it('that an editor saves by renaming another one over it is found as saved, and was never missing', async () => {
    const file = path.join(place.corpus, 'saved.md');
    await writeFile(file, '# Saved\n\nDraft zero.\n');
    await waitForFiles(service, 'draft zero', ['saved.md']);
    const present = keepAsking(service, ['/articles/saved.md']);
    for (const draft of ['one', 'two', 'three']) {
      await writeFile(`${file}.tmp`, `# Saved\n\nDraft ${draft}.\n`);
      await rename(`${file}.tmp`, file);
      await waitForFiles(service, `draft ${draft}`, ['saved.md']);
    }
    expect((await present.stop()).failures).toEqual([]);
  });

  it('that an editor keeps a copy of while it saves is found once', async () => {
    const file = path.join(place.corpus, 'kept.md');
    await writeFile(file, '# Kept\n\nFirst lantern.\n');
    await waitForFiles(service, 'first lantern', ['kept.md']);
    await rename(file, `${file}~`);
    await writeFile(path.join(place.corpus, '.kept.md.swp'), '# Swapped\n\nFirst lantern.\n');
    await writeFile(file, '# Kept\n\nSecond lantern.\n');
    await waitForFiles(service, 'second lantern', ['kept.md']);
    expect(await find(service, 'first lantern')).toEqual([]);
  });

  it('that is written slowly is found as it is in the end', async () => {
    for (let line = 0; line < 12; line++) {
      await writeFile(path.join(place.corpus, 'slow.txt'), `Line ${line} of twelve\n\n`, { flag: 'a' });
      await sleep(100);
    }
    await waitForFiles(service, 'line 11 of twelve', ['slow.txt']);
  });
});

describe.concurrent('a folder', () => {
  it('that is moved in is found and followed to its depths, and gone when it is moved out', async () => {
    const outside = path.join(place.folder, 'archive');
    await mkdir(path.join(outside, 'deep/deeper'), { recursive: true });
    await writeFile(path.join(outside, 'top.md'), 'A lighthouse keeper writes.\n');
    await writeFile(path.join(outside, 'deep/deeper/low.md'), 'A lighthouse keeper reads.\n');
    await rename(outside, path.join(place.corpus, 'archive'));
    await waitForFiles(service, 'lighthouse keeper', ['archive/deep/deeper/low.md', 'archive/top.md']);

    await writeArticle(place, 'archive/deep/deeper/low.md', 'A lighthouse keeper dreams.\n');
    await waitForFiles(service, 'keeper dreams', ['archive/deep/deeper/low.md']);
    await rename(path.join(place.corpus, 'archive/deep'), path.join(place.corpus, 'notes/deep'));
    await waitForFiles(service, 'keeper dreams', ['notes/deep/deeper/low.md']);
    await writeArticle(place, 'notes/deep/deeper/low.md', 'A lighthouse keeper sings.\n');
    await waitForFiles(service, 'keeper sings', ['notes/deep/deeper/low.md']);

    await rename(path.join(place.corpus, 'archive'), outside);
    await rename(path.join(place.corpus, 'notes/deep'), path.join(outside, 'deep'));
    await waitForFiles(service, 'lighthouse keeper', []);
  });

  it('that is removed and made anew is followed again', async () => {
    for (const word of ['anchor', 'compass']) {
      await writeArticle(place, `tools/box/${word}.md`, `Here lies the ${word} of old.\n`);
      await waitForFiles(service, `${word} of old`, [`tools/box/${word}.md`]);
      await rm(path.join(place.corpus, 'tools'), { recursive: true });
      await waitForFiles(service, `${word} of old`, []);
    }
  });

  it('full of 2,000 new files is found whole', async () => {
    for (let part = 0; part < 4; part++) {
      const numbers = Array.from({ length: 500 }, (_, index) => part * 500 + index);
      await Promise.all(
        numbers.map((number) => writeArticle(place, `burst/${part}/${number}.txt`, `Sparrow number ${number}\n`)),
      );
    }
    const count = async () => {
      const answer = await service.get('/api/v1/search?q=sparrow&limit=1');
      return answer.json<Results>().total.count;
    };
    await waitFor('2,000 sparrows', async () => (await count()) === 2000);
    await rm(path.join(place.corpus, 'burst'), { recursive: true });
    await waitFor('no sparrow', async () => (await count()) === 0);
  });
});

describe.concurrent('a service', () => {
  it('goes on from what is built beside it: files and folders that change afterwards are found as they are', async () => {
    const followed = await startFollowed();
    const { corpus } = followed.place;
    await writeArticle(followed.place, 'harbour.md', 'The harbour is quiet.\n');
    await waitForFiles(followed.service, 'harbour is quiet', ['harbour.md']);

    // Its own build may be running at that moment.
    const beside = await waitFor('a build beside the service', async () => {
      const { code, stdout } = await runLede(['build', '--full', '--json'], followed.place);
      return code === 0 && (JSON.parse(stdout) as { report: BuildReport }).report.build;
    });
    await waitFor('its snapshot', async () => `${(await followed.service.status()).snapshot?.build}` >= beside);

    await writeArticle(followed.place, 'harbour.md', 'The harbour is loud.\n');
    await waitForFiles(followed.service, 'harbour is loud', ['harbour.md']);
    expect(await find(followed.service, 'harbour is quiet')).toEqual([]);
    await writeArticle(followed.place, 'pier/deep/crane.md', 'The crane lifts timber.\n');
    await waitForFiles(followed.service, 'crane lifts timber', ['pier/deep/crane.md']);
    await rm(path.join(corpus, 'pier'), { recursive: true });
    await waitForFiles(followed.service, 'crane lifts timber', []);
    expect(await find(followed.service, 'river rose')).toEqual(['river.md']);
    await expectAllAnswered(followed);
  });
});

describe.concurrent('the corpus folder itself', () => {
  it('may be moved away and back: meanwhile the old articles are found, and the status says what is wrong', async () => {
    const followed = await startFollowed();
    const { corpus, folder } = followed.place;
    const away = path.join(folder, 'away');
    const failure = async () => (await followed.service.status()).lastFailure?.message ?? null;
    await rename(corpus, away);
    const message = await waitFor('a failed build', failure);
    expect(message).toContain('no corpus folder at');
    expect(await find(followed.service, 'river rose')).toEqual(['river.md']);
    await writeFile(path.join(away, 'meanwhile.md'), 'The tide turned meanwhile.\n');
    await rename(away, corpus);
    await waitForFiles(followed.service, 'tide turned', ['meanwhile.md']);
    await waitFor('a build that ended well', async () => (await failure()) === null);
    await writeArticle(followed.place, 'notes/afterwards.md', 'The tide stayed afterwards.\n');
    await waitForFiles(followed.service, 'tide stayed', ['notes/afterwards.md']);
    await expectAllAnswered(followed);
  });

  it('may be replaced by another folder, and by one that a link leads to', async () => {
    const followed = await startFollowed();
    const { corpus, folder } = followed.place;
    const [before, after] = [path.join(folder, 'before'), path.join(folder, 'after')];
    await mkdir(path.join(after, 'sub'), { recursive: true });
    await copyFile(path.join(corpus, 'river.md'), path.join(after, 'river.md'));
    await writeFile(path.join(after, 'sub/other.md'), 'A heron in another folder.\n');
    await rename(corpus, before);
    await rename(after, corpus);
    await waitForFiles(followed.service, 'heron in another folder', ['sub/other.md']);
    await writeArticle(followed.place, 'sub/more.md', 'A second heron.\n');
    await waitForFiles(followed.service, 'second heron', ['sub/more.md']);

    await rename(corpus, after);
    await symlink(before, corpus);
    await waitForFiles(followed.service, 'mill stands', ['notes/mill.txt']);
    await symlink(after, `${corpus}-link`);
    await rename(`${corpus}-link`, corpus);
    await waitForFiles(followed.service, 'second heron', ['sub/more.md']);
    await writeFile(path.join(after, 'sub/third.md'), 'A third heron.\n');
    await waitForFiles(followed.service, 'third heron', ['sub/third.md']);
    await expectAllAnswered(followed);
  });
});
