/** The commands as people and scripts run them: what they print, where, and the exit code. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuildReport } from '../../src/domain/build-report.ts';
import type { Results } from '../../src/domain/results.ts';
import type { Manifest } from '../../src/snapshot/snapshot-folder.ts';
import { version } from '../../src/version.ts';
import { type Ended, endPrograms, mainFile, makePlace, type Place, runLede, writeArticle } from './start-program.ts';

const articles = {
  'river.md': '---\ntitle: The river\nsource: Daily\ndate: 2022-03-01\n---\n\nThe river rose <b>at night</b>.\n',
  'mill.txt': 'The mill\n\nThe mill at the river stands still.\n\u0007Bell.\n',
  'sub/boat.html': '<title>The boat</title><main><p>A boat on the river.</p></main>',
  'photo.png': 'no text',
};

let place: Place;
let built: Ended;

beforeAll(async () => {
  place = await makePlace(articles);
  built = await runLede(['build'], place);
  await writeFile(path.join(place.folder, 'corpus.txt'), 'no folder');
});

afterAll(endPrograms);

function lede(...parameters: readonly string[]): Promise<Ended> {
  return runLede(parameters, place);
}

async function json<T>(...parameters: readonly string[]): Promise<T> {
  const ended = await lede(...parameters, '--json');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(ended.stdout) as T;
}

describe.concurrent('lede build', () => {
  it('reports what it found, read, skipped and published', () => {
    expect(built).toMatchObject({ code: 0, stderr: '' });
    const lines = built.stdout.split('\n');
    expect(lines[0]).toMatch(/^published \d{8}T\d{9}Z-[0-9a-f]{4}$/);
    expect(lines[1]).toBe('files: 4 found = 3 read + 0 unchanged + 1 skipped');
    expect(lines[2]).toBe('articles: 3 (3 added, 0 changed, 0 removed)');
    expect(lines[3]).toMatch(/^paragraphs: \d+, different words: \d+$/);
    expect(lines[5]).toMatch(/^skipped: photo\.png: unknown format "\.png"/);
  });

  it('publishes nothing where nothing changed, and reads everything again when told to', async () => {
    const other = await makePlace(articles);
    expect((await runLede(['build'], other)).code).toBe(0);
    const again = await runLede(['build'], other);
    expect(again.stdout).toMatch(/^nothing changed: .* stays\nfiles: 4 found = 0 read \+ 3 unchanged \+ 1 skipped\n/);
    const full = await runLede(['build', '--full', '--json'], other);
    const { report } = JSON.parse(full.stdout) as { report: BuildReport };
    expect(report).toMatchObject({ outcome: 'published', files: { found: 4, read: 3, unchanged: 0, skipped: 1 } });
  });

  it('reports as JSON what changed, was added and removed since', async () => {
    const other = await makePlace(articles);
    expect((await runLede(['build'], other)).code).toBe(0);
    await writeArticle(other, 'river.md', 'The river fell.\n');
    await writeArticle(other, 'new.md', 'The bridge opened.\n');
    await rm(path.join(other.corpus, 'mill.txt'));
    const ended = await runLede(['build', '--json'], other);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { report } = JSON.parse(ended.stdout) as { report: BuildReport };
    expect(report.files).toEqual({ found: 4, read: 2, unchanged: 1, skipped: 1 });
    expect(report.articles).toEqual({ total: 3, added: 1, changed: 1, removed: 1 });
  });

  it('keeps as many builds as it is told to', async () => {
    const other = await makePlace(articles);
    for (let build = 0; build < 3; build++) await runLede(['build', '--full', '--keep-builds=2'], other);
    expect(await readdir(path.join(other.data, 'builds'))).toHaveLength(2);
  });

  it('indexes a folder of anything but articles without failing', async () => {
    const other = await makePlace({ 'photo.png': 'no text' });
    const ended = await runLede(['build'], other);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('files: 1 found = 0 read + 0 unchanged + 1 skipped');
    expect((await runLede(['search', 'anything'], other)).stdout).toMatch(/^0 articles in /);
  });

  it('replaces an index that is damaged, once told to, and says so before', async () => {
    const other = await makePlace(articles);
    expect((await runLede(['build'], other)).code).toBe(0);
    const [build = ''] = await readdir(path.join(other.data, 'builds'));
    await writeFile(path.join(other.data, 'builds', build, `${build}.segment.bin`), 'rubbish');
    const search = await runLede(['search', 'river'], other);
    expect(search).toMatchObject({ code: 1, stdout: '' });
    expect(search.stderr).toMatch(/segment\.bin .*run `lede build --full`\n$/);
    expect((await runLede(['build', '--full'], other)).code).toBe(0);
    expect((await runLede(['search', 'river'], other)).stdout).toMatch(/^3 articles/);
  });
});

describe.concurrent('lede search', () => {
  it('prints articles with their paragraphs, the words marked, and no control characters', async () => {
    const found = await lede('search', '--', 'river', '-rose');
    expect(found).toMatchObject({ code: 0, stderr: '' });
    expect(found.stdout).toMatch(/^2 articles in [\d.]+ ms: river -rose\n/);
    expect(found.stdout).toContain('\nThe boat\n');
    expect(found.stdout).toContain('  A boat on the [river].\n');
    expect(found.stdout).not.toContain('The river\n');
    expect((await lede('search', 'bell')).stdout).not.toContain('\u0007');
  });

  it('says how many articles have all the words', async () => {
    const { stdout } = await lede('search', 'boat mill');
    expect(stdout).toMatch(/^2 articles, none with all the words, in [\d.]+ ms: boat mill\n/);
    expect((await lede('search', '+boat', 'mill')).stdout).toMatch(/^1 article, none with all the words, in /);
    expect((await lede('search', 'boat AND river')).stdout).toMatch(/^1 article in /);
  });

  it('gives as JSON what the service gives', async () => {
    const results = await json<Results>('search', 'river', '--limit', '2');
    expect(results).toMatchObject({ query: 'river', total: { count: 3, exact: true }, partial: false, problems: [] });
    expect(results.hits).toHaveLength(2);
    for (const { paragraphs } of results.hits) {
      for (const { text, highlights } of paragraphs) {
        expect(highlights.map(([start, end]) => text.slice(start, end).toLowerCase())).toContain('river');
      }
    }
  });

  it('finds nothing without failing', async () => {
    const { code, stdout } = await lede('search', 'zzzzqqqq');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^0 articles in /);
  });

  it('ends in peace when whoever reads has read enough', () => {
    const pipeline = `"${process.execPath}" "${mainFile}" search river --json; echo "exit $?" >&2`;
    const { stderr } = spawnSync('sh', ['-c', `{ ${pipeline}; } | head -c 1`], { cwd: place.folder, encoding: 'utf8' });
    expect(stderr).toBe('exit 0\n');
  });
});

describe.concurrent('lede status', () => {
  it('prints what is published and what could not be read', async () => {
    const { code, stdout } = await lede('status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^published: \S+ at \d{4}-\d\d-\d\dT.*\nholds: 3 articles, \d+ paragraphs, /);
    expect(stdout).toContain('skipped: photo.png: unknown format ".png"');
  });

  it('gives as JSON the whole manifest', async () => {
    const manifest = await json<Manifest>('status');
    expect(manifest).toMatchObject({ articles: 3, report: { outcome: 'published', articles: { total: 3 } } });
    expect(await readFile(path.join(place.data, 'current'), 'utf8')).toBe(`${manifest.build}\n`);
  });
});

describe.concurrent('lede evaluate', () => {
  beforeAll(async () => {
    const folder = path.join(place.folder, 'judged');
    await mkdir(folder);
    const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
    const documents = [
      { id: 'd1', title: 'Bridges', text: 'A bridge over the river.' },
      { id: 'd2', title: 'Mills', text: 'A mill beside the river.' },
      { id: 'd3', title: 'Boats', text: 'A boat in the harbour.' },
    ];
    await writeFile(path.join(folder, 'docs.jsonl'), lines(documents));
    const queries = [
      { id: 'q1', text: 'bridge' },
      { id: 'q2', text: 'harbour boat' },
    ];
    await writeFile(path.join(folder, 'queries.jsonl'), lines(queries));
    await writeFile(path.join(folder, 'qrels.tsv'), 'q1\td1\t1\nq2\td3\t2\nq2\td1\t0\n');
  });

  it('measures the rankings of a judged collection', async () => {
    const { code, stdout, stderr } = await lede('evaluate', 'judged', '--per-query=outcome.jsonl');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^2 queries on 3 documents: nDCG@10 1\.0000, MRR 1\.0000, success@1 1\.0000, MAP 1\.0000, Recall@100 1\.0000 \([\d.]+ s\)\n$/,
    );
    const outcomes = (await readFile(path.join(place.folder, 'outcome.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(outcomes.map((line) => JSON.parse(line))).toMatchObject([
      { id: 'q1', ndcg10: 1, ranking: ['d1'] },
      { id: 'q2', ndcg10: 1 },
    ]);
  });

  it('gives the figures as JSON, and leaves the index of the folder alone', async () => {
    const before = await readFile(path.join(place.data, 'current'), 'utf8');
    const figures = await json('evaluate', 'judged');
    expect(figures).toMatchObject({ queries: 2, documents: 3, ndcg10: 1, mrr: 1, success1: 1, map: 1, recall100: 1 });
    expect(await readFile(path.join(place.data, 'current'), 'utf8')).toBe(before);
  });

  it('measures known items of a folder of articles', async () => {
    const { code, stdout } = await lede('evaluate', '--known-items', 'corpus', '--limit=2', '--per-query=items.jsonl');
    expect(code).toBe(0);
    const [first, heading, title] = stdout.split('\n');
    expect(first).toMatch(/^3 articles \([\d.]+ s\)$/);
    expect(heading).toMatch(/^ +queries +success@1 +success@3 +success@10 +MRR +share$/);
    expect(title).toMatch(/^title that one article alone has +2 +1\.000 +1\.000 +1\.000 +1\.000$/);
    const outcomes = (await readFile(path.join(place.folder, 'items.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(outcomes[0] ?? '')).toMatchObject({ class: 'title', rank: 1 });
  });

  it('measures misspellings on the words of a folder of articles', async () => {
    await writeFile(path.join(place.folder, 'pairs.tsv'), 'rivre\triver\nqauy\tquay\n');
    const { code, stdout } = await lede('evaluate', 'corpus', '--misspellings', 'pairs.tsv', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      articles: 3,
      others: 1,
      distances: [{ distance: 1, pairs: 1, found: 1 }],
    });
  });
});

describe.concurrent('what fails', () => {
  it.each([
    [['search', 'x', '--data=nowhere'], /^lede: nothing is indexed in "\/.*\/nowhere" yet: run `lede build`\n$/],
    [['status', '--data=nowhere'], /^lede: nothing is indexed in "\/.*\/nowhere" yet: run `lede build`\n$/],
    [['build', '--corpus=nowhere', '--data=else'], /^lede: no corpus folder at "\/.*\/nowhere": make it, or .*\n$/],
    [['build', '--corpus=corpus/river.md', '--data=else'], /^lede: the corpus ".*river\.md" is not a folder: .*\n$/],
    [['evaluate', '--known-items', 'nowhere'], /^lede: no corpus folder at ".*nowhere": .*\n$/],
    [['evaluate', 'nowhere'], /^lede: no "nowhere\/docs\.jsonl": expected docs\.jsonl, .*\n$/],
  ])('%j says why in one line and exits with 1', async (parameters, message) => {
    const ended = await lede(...parameters);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(message);
  });

  it.each([
    [['build'], 'corpus.txt'],
    [['build'], 'corpus.txt/deeper'],
    [['serve', '--port=0', '--log-level=silent'], 'corpus.txt'],
    [['status'], 'corpus.txt'],
    [['search', 'x'], 'corpus.txt'],
  ])('%j says that the data folder %s is none', async (command, data) => {
    const ended = await lede(...command, `--data=${data}`);
    const expected = `lede: the data folder "${path.join(place.folder, data)}" is a file, or lies in one: name another with --data\n`;
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expected });
  });

  it('lede build --json says why in JSON', async () => {
    const ended = await lede('build', '--corpus=nowhere', '--data=else', '--json');
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(ended.stdout)).toEqual({
      error: { code: 'not_found', message: expect.stringMatching(/^no corpus folder at/) },
    });
  });
});

describe.concurrent('wrong usage', () => {
  it.each([
    [[], 'no command given'],
    [['serch'], 'did you mean "search"?'],
    [['search'], 'lede search QUERY'],
    [['search', 'x', '--limit=0'], 'expected a whole number from 1 to 50'],
    [['build', '--jsn'], 'did you mean "--json"?'],
    [['serve', '--port=99999'], 'expected a whole number from 0 to 65535'],
    [['serve', '--watch=perhaps'], 'expected on, off, true, false, 1 or 0'],
    [['rollback'], 'not available in this version'],
  ])('%j says what was expected in one line and exits with 2', async (parameters, message) => {
    const ended = await lede(...parameters);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^lede: .*\n$/);
    expect(ended.stderr).toContain(message);
  });

  it.each([
    ['{"prot": 1}', 'unknown setting "prot" in lede.config.json, did you mean "port"?'],
    ['{"port": ', 'is not JSON'],
    ['{"admin-token": "short"}', 'is a secret of 5 characters'],
  ])('of the configuration file, as in %s, is said as well, and help still helps', async (content, message) => {
    const other = await makePlace({});
    await writeFile(path.join(other.folder, 'lede.config.json'), content);
    const ended = await runLede(['serve'], other);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).not.toContain('short');
    expect((await runLede(['help'], other)).code).toBe(0);
  });
});

describe.concurrent('what helps', () => {
  it.each([[['help']], [['--help']], [['search', '-h']]])(
    '%j prints the commands and exits with 0',
    async (parameters) => {
      const ended = await lede(...parameters);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain('usage: lede COMMAND');
    },
  );

  it('--version prints the version of the package and nothing else', async () => {
    expect(await lede('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('a setting that is misspelt in the environment is warned of', async () => {
    const ended = await runLede(['status'], { ...place, environment: { LEDE_PROT: '1' } });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toBe('lede: environment variable "LEDE_PROT" sets nothing, did you mean "LEDE_PORT"?\n');
  });

  it('settings come from flag, environment and configuration file, in this order', async () => {
    const other = await makePlace(articles);
    await rename(other.corpus, path.join(other.folder, 'texts'));
    await writeFile(path.join(other.folder, 'lede.config.json'), '{"corpus": "texts", "data": "from-file"}');
    const environment = { LEDE_DATA: 'from-environment' };
    expect((await runLede(['build'], other)).code).toBe(0);
    expect((await runLede(['build'], { ...other, environment })).code).toBe(0);
    expect((await runLede(['build', '--data=from-flag'], { ...other, environment })).code).toBe(0);
    const folders = (await readdir(other.folder)).filter((name) => name.startsWith('from-'));
    expect(folders.sort()).toEqual(['from-environment', 'from-file', 'from-flag']);
  });
});
