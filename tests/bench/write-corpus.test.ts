import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenchDocument, readDocuments } from './documents.ts';
import { documentsPath, stageParts, writeCorpus } from './write-corpus.ts';

let folder: string;
let source: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bench-corpus-'));
  source = path.join(folder, 'source');
  await mkdir(source);
  for (let article = 0; article < 10; article++) {
    const text = [0, 1, 2].map((paragraph) => `Paragraph ${paragraph} about gardening number${article} and harvest.`);
    await writeFile(path.join(source, `${article}.md`), `---\ntitle: Garden ${article}\n---\n\n${text.join('\n\n')}\n`);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('writeCorpus', () => {
  it('writes all of a folder, each paragraph once, in an order that the seed decides', async () => {
    const all = await write('all', { sizes: null });
    expect(all.parts).toEqual([{ articles: 10, paragraphs: 30, copies: 0 }]);
    expect(all.documents.map(({ id }) => id)).toEqual(all.documents.map((_, index) => index));
    expect(new Set(all.documents.map(({ title }) => title)).size).toBe(10);
    expect(await write('again', { sizes: null })).toEqual(all);
    expect((await write('other', { sizes: null, seed: 2 })).documents).not.toEqual(all.documents);
  });

  it('gives every article a day to filter and sort by', async () => {
    const { documents } = await write('days', { sizes: null });
    expect(documents.filter(({ year, day }) => !/^20\d\d$/.test(year) || !Number.isInteger(day))).toEqual([]);
  });

  it('stops at the article that reaches the size', async () => {
    const { parts, documents } = await write('some', { sizes: [7] });
    expect(parts).toEqual([{ articles: 3, paragraphs: 9, copies: 0 }]);
    expect(documents).toHaveLength(9);
  });

  it('repeats the corpus with changed words where more is asked for', async () => {
    const { parts, documents } = await write('more', { sizes: [30, 60, 90] });
    expect(parts.map(({ paragraphs, copies }) => [paragraphs, copies])).toEqual([
      [30, 0],
      [60, 1],
      [90, 2],
    ]);
    const wordsUpTo = (count: number) => new Set(documents.slice(0, count).flatMap(({ body }) => body.split(/\W+/)));
    expect(wordsUpTo(90).size).toBeGreaterThan(wordsUpTo(30).size);
    expect(documents.slice(30, 60).map(({ body }) => body.length)).toEqual(
      documents.slice(0, 30).map(({ body }) => body.length),
    );
  });

  it('reads JSON Lines line by line', async () => {
    const file = path.join(folder, 'corpus.jsonl');
    const lines = [0, 1, 2].map((id) => JSON.stringify({ id: `a${id}`, title: `T${id}`, text: `Body ${id}.` }));
    await writeFile(file, lines.join('\n'));
    const { documents } = await write('lines', { sizes: null, sources: [file] });
    expect(documents.map(({ title, body }) => [title, body])).toEqual([
      ['T0', 'Body 0.'],
      ['T1', 'Body 1.'],
      ['T2', 'Body 2.'],
    ]);
  });

  it('has no parts where there is nothing to read', async () => {
    const empty = path.join(folder, 'empty');
    await mkdir(empty);
    expect((await write('nothing', { sizes: [10], sources: [empty] })).parts).toEqual([]);
  });
});

describe('stageParts', () => {
  it('puts the first parts into the folder that is indexed and takes the others out', async () => {
    await write('staged', { sizes: [6, 12, 18] });
    const work = path.join(folder, 'staged');
    const stage = async (count: number) => (await readdir(await stageParts(work, count, 3))).sort();
    expect(await stage(1)).toEqual(['00']);
    expect(await stage(3)).toEqual(['00', '01', '02']);
    expect(await stage(2)).toEqual(['00', '01']);
  });
});

interface Wanted {
  readonly sizes: readonly number[] | null;
  readonly seed?: number;
  readonly sources?: readonly string[];
}

async function write(name: string, { sizes, seed = 1, sources = [source] }: Wanted) {
  const work = path.join(folder, name);
  const parts = await writeCorpus({ sources, seed, folder: work, sizes });
  const documents: BenchDocument[] = [];
  const paragraphs = parts.at(-1)?.paragraphs ?? 0;
  for await (const document of readDocuments({ file: documentsPath(work), paragraphs })) documents.push(document);
  return { parts, documents };
}
