/** The same bytes whoever does a build's work, and what becomes of it where a worker fails. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Assembly } from '../../index-build/assembly.ts';
import { build } from '../../index-build/build.ts';
import { Crew } from '../../index-build/crew.ts';
import type { EncodedArticle } from '../../index-build/encode-article.ts';
import { FileWriter } from '../../index-build/file-writer.ts';
import { findFiles } from '../../index-build/find-files.ts';
import { readFiles } from '../../index-build/read-files.ts';
import { defaultReadingOptions } from '../../index-build/reading-options.ts';
import { buildPath, readManifest } from '../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder } from '../contract/corpus-files.ts';

// Megabytes are analyzed here, beside whatever else the machine does.
vi.setConfig({ testTimeout: 120_000 });

describe('a build', () => {
  it('writes the same bytes with no worker, one and three', () =>
    withTemporaryFolder(async (folder) => {
      const corpus = join(folder, 'corpus');
      expect(await writeCorpus(corpus), 'large enough that workers are started').toBeGreaterThan(1024 * 1024);
      const hashes: string[] = [];
      for (const workers of [0, 1, 3]) {
        const data = join(folder, `data-${workers}`);
        const report = await build({ corpus, data, isFull: true, keepBuilds: 1, workers });
        expect(report.paragraphs).toBeGreaterThan(10_000);
        const manifest = await readManifest(data, report.build);
        const names = Object.keys(manifest.files).filter((name) => name.endsWith('.bin'));
        const bytes = await Promise.all(
          names.sort().map((name) => readFile(join(buildPath(data, report.build), name))),
        );
        hashes.push(createHash('sha256').update(Buffer.concat(bytes)).digest('hex'));
        expect(report.problems.map(({ path }) => path)).toEqual(['000/copy.md', '013/broken.json']);
      }
      expect(new Set(hashes).size).toBe(1);
    }));
});

describe('an assembly', () => {
  it('puts batches into the order of the corpus, whichever is indexed first', () =>
    withTemporaryFolder(async (folder) => {
      const corpus = join(folder, 'corpus');
      await writeCorpus(corpus);
      const articles = await readArticles(corpus);
      const expected = await assemble(join(folder, 'a'), articles, new Crew({ workers: 0 }));
      const inAnyOrder = await assemble(join(folder, 'b'), articles, new SlowCrew([30, 0, 20, 5]));
      expect(inAnyOrder.equals(expected)).toBe(true);
    }));

  it('fails with the message of the batch that failed', () =>
    withTemporaryFolder(async (folder) => {
      const corpus = join(folder, 'corpus');
      await writeCorpus(corpus);
      const damaged = (await readArticles(corpus)).map((article, index) =>
        index === 900 ? { ...article, record: new Uint8Array(article.record.length).fill(0x7d) } : article,
      );
      const crew = new Crew({ workers: 2, startBytes: 0 });
      crew.expect(1);
      try {
        await expect(assemble(join(folder, 'a'), damaged, crew)).rejects.toThrow(/Unexpected token/);
      } finally {
        await crew.close();
      }
    }));
});

/** Finishes batches later than asked for, and in another order. */
class SlowCrew extends Crew {
  readonly #waitsMs: readonly number[];
  #batches = 0;

  constructor(waitsMs: readonly number[]) {
    super({ workers: 0 });
    this.#waitsMs = waitsMs;
  }

  override get ahead(): number {
    return 3;
  }

  override async index(articles: Parameters<Crew['index']>[0]): ReturnType<Crew['index']> {
    const waitMs = this.#waitsMs[this.#batches++ % this.#waitsMs.length];
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return super.index(articles);
  }
}

async function assemble(path: string, articles: readonly EncodedArticle[], crew: Crew): Promise<Buffer> {
  const texts = await FileWriter.create(path);
  try {
    const assembly = new Assembly(texts, crew);
    for (const article of articles) await assembly.add(article);
    return Buffer.concat((await assembly.finish()).chunks);
  } finally {
    await texts.abandon();
  }
}

async function readArticles(corpus: string): Promise<EncodedArticle[]> {
  const { files } = await findFiles(corpus);
  const contents = readFiles({
    root: corpus,
    files: files.map((found) => ({ found, knownHash: null })),
    publishing: { ...defaultReadingOptions, nowMs: 0 },
  });
  return contents.flatMap((content) => (content.kind === 'read' ? content.articles : []));
}

/** Many files, with an id that is taken, a file that is broken, and words of several alphabets. Returns their bytes. */
async function writeCorpus(corpus: string): Promise<number> {
  let state = 12345;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const syllables = ['ka', 'to', 'ri', 'Мі', 'ся', 'ße', 'née', 'q', '東京', 'lo', 'Um', 'st'];
  const word = () => Array.from({ length: 1 + random(3) }, () => syllables[random(syllables.length)]).join('');
  const text = (words: number) => Array.from({ length: words }, word).join(' ');
  let bytes = 0;
  for (let number = 0; number < 1500; number++) {
    const folder = join(corpus, String(number % 20).padStart(3, '0'));
    if (number < 20) await mkdir(folder, { recursive: true });
    const paragraphs = Array.from({ length: 8 }, () => text(10 + random(25)));
    const [head, ...rest] = paragraphs;
    // With a language, since to find it out takes most of the time where words mean nothing.
    const page = `---\nlanguage: en\n---\n\n# ${text(3)}\n\n${head}\n\n## ${text(2)}\n\n${rest.join('\n\n')}\n`;
    bytes += Buffer.byteLength(page);
    await writeFile(join(folder, `${number}.md`), page);
  }
  await writeFile(join(corpus, '000', 'copy.md'), '---\nid: "000/0.md"\n---\n\nan id that is taken\n');
  await writeFile(join(corpus, '013', 'broken.json'), '{"title": ');
  return bytes;
}
