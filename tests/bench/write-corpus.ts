/**
 * The step `corpus`: sources → the folder of Markdown files that Lede indexes, and the file of the same paragraphs that
 * queries are drawn from and that peers index. Where more paragraphs are asked for than the sources have, copies with
 * changed words follow.
 *
 *     FOLDER/parts/00/…       files up to the first size, parts/01/… from there to the second
 *     FOLDER/paragraphs.jsonl see `documents.ts`
 *     FOLDER/originals.jsonl  the articles as they were read, for copies
 */
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { PreparedArticle } from '../../index-build/prepare-article.ts';
import { drawBelow, openRandom, type Random } from '../../src/evaluation/random.ts';
import { changeWords } from './change-words.ts';
import type { BenchDocument } from './documents.ts';
import { LineWriter } from './line-writer.ts';
import { printMarkdown } from './print-markdown.ts';
import { readSources } from './read-sources.ts';

export interface CorpusJob {
  /** Folders, and files of JSON Lines. */
  readonly sources: readonly string[];
  readonly seed: number;
  /** Where to write; emptied first. */
  readonly folder: string;
  /** Paragraphs, ascending: a part ends at the first article that reaches each. Null: all of the sources, no copies. */
  readonly sizes: readonly number[] | null;
}

export interface CorpusPart {
  /** From the beginning up to the end of this part. */
  readonly articles: number;
  readonly paragraphs: number;
  /** How often the sources were repeated for it: 0 = not even once to their end. */
  readonly copies: number;
}

export async function writeCorpus(job: CorpusJob): Promise<readonly CorpusPart[]> {
  await rm(job.folder, { recursive: true, force: true });
  await mkdir(path.join(job.folder, 'parts'), { recursive: true });
  const writer = new CorpusWriter(job.folder, await LineWriter.create(documentsPath(job.folder)));
  const random = openRandom(job.seed, 'dates');
  try {
    for await (const { article, copy } of repeatArticles(job)) {
      if (job.sizes === null && copy > 0) break;
      await writer.write({ ...article, data: withDate(article.data, random) }, copy);
      if (job.sizes !== null && writer.paragraphs >= (job.sizes[writer.part] ?? 0)) writer.endPart();
      if (job.sizes !== null && writer.part === job.sizes.length) break;
    }
    if (job.sizes === null) writer.endPart();
  } finally {
    await writer.close();
  }
  return writer.parts;
}

export function documentsPath(folder: string): string {
  return path.join(folder, 'paragraphs.jsonl');
}

/** Sees to it that the folder that is indexed holds the first `count` parts and nothing else; returns its path. */
export async function stageParts(folder: string, count: number, parts: number): Promise<string> {
  const corpus = path.join(folder, 'corpus');
  await mkdir(corpus, { recursive: true });
  for (let part = 0; part < parts; part++) {
    const names = [path.join(folder, 'parts', partName(part)), path.join(corpus, partName(part))] as const;
    const [from, to] = part < count ? names : names.toReversed();
    await rename(from as string, to as string).catch((error: NodeJS.ErrnoException) => {
      // It is where it should be.
      if (error.code !== 'ENOENT') throw error;
    });
  }
  return corpus;
}

const articlesPerFolder = 1000;

class CorpusWriter {
  readonly parts: CorpusPart[] = [];
  paragraphs = 0;
  readonly #folder: string;
  readonly #documents: LineWriter;
  #articles = 0;
  #copies = 0;
  #madeFolder = '';

  constructor(folder: string, documents: LineWriter) {
    this.#folder = folder;
    this.#documents = documents;
  }

  /** 0-based number of the part that is being written. */
  get part(): number {
    return this.parts.length;
  }

  async write(article: PreparedArticle, copy: number): Promise<void> {
    const group = String(Math.floor(this.#articles / articlesPerFolder)).padStart(4, '0');
    const folder = path.join(this.#folder, 'parts', partName(this.part), group);
    if (folder !== this.#madeFolder) await mkdir(folder, { recursive: true });
    this.#madeFolder = folder;
    const name = `${String(this.#articles).padStart(8, '0')}.md`;
    await writeFile(path.join(folder, name), printMarkdown(article));
    for (const document of toDocuments(article, this.paragraphs)) await this.#documents.write(JSON.stringify(document));
    this.#articles++;
    this.paragraphs += article.paragraphs.length;
    this.#copies = copy;
  }

  endPart(): void {
    this.parts.push({ articles: this.#articles, paragraphs: this.paragraphs, copies: this.#copies });
  }

  close(): Promise<void> {
    return this.#documents.close();
  }
}

function partName(part: number): string {
  return String(part).padStart(2, '0');
}

function toDocuments({ data, paragraphs }: PreparedArticle, first: number): BenchDocument[] {
  const day = Math.round(Date.parse(data.date ?? '') / 86_400_000);
  const year = (data.date ?? '').slice(0, 4);
  return paragraphs.map(({ text }, index) => ({ id: first + index, title: data.title, body: text, year, day }));
}

interface RepeatedArticle {
  readonly article: PreparedArticle;
  /** 0 = the original. */
  readonly copy: number;
}

/** The originals once, then one copy after the other without end. Nothing where there are no originals. */
async function* repeatArticles(job: CorpusJob): AsyncGenerator<RepeatedArticle> {
  const file = path.join(job.folder, 'originals.jsonl');
  const originals = await LineWriter.create(file);
  const frequencies = new Map<string, number>();
  try {
    for await (const article of readSources(job.sources, job.seed)) {
      await originals.write(JSON.stringify(article));
      for (const { text } of article.paragraphs) countInto(frequencies, text);
      yield { article, copy: 0 };
    }
  } finally {
    // Whoever has enough paragraphs stops asking in the middle.
    await originals.close();
  }
  if (frequencies.size === 0) return;
  const kept = mostFrequent(frequencies);
  for (let copy = 1; ; copy++) {
    const change = { seed: job.seed, copy, kept };
    const input = createReadStream(file, 'utf8');
    try {
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        const article = JSON.parse(line) as PreparedArticle;
        yield { article: mapTexts(article, (text) => changeWords(text, change)), copy };
      }
    } finally {
      input.destroy();
    }
  }
}

function countInto(frequencies: Map<string, number>, text: string): void {
  for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? []) {
    frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
}

/** Function words and the commonest others: with them changed, the copies would not be of the same language. */
const keptWords = 300;
/** Of small corpora fewer, or nothing would be left to change. */
const keptShare = 0.01;

function mostFrequent(frequencies: ReadonlyMap<string, number>): ReadonlySet<string> {
  const ranked = [...frequencies].sort(([, a], [, b]) => b - a);
  return new Set(ranked.slice(0, Math.min(keptWords, Math.ceil(ranked.length * keptShare))).map(([word]) => word));
}

function mapTexts({ data, paragraphs }: PreparedArticle, change: (text: string) => string): PreparedArticle {
  return {
    data: { ...data, title: change(data.title) },
    paragraphs: paragraphs.map((paragraph) => ({
      ...paragraph,
      heading: paragraph.heading === null ? null : change(paragraph.heading),
      text: change(paragraph.text),
    })),
  };
}

/** Filtering and sorting by date need dates: an article without one gets one, the same in every run. */
function withDate(data: PreparedArticle['data'], random: Random): PreparedArticle['data'] {
  if (data.date !== null) return data;
  const day = Date.UTC(2004, 0, 1) + drawBelow(random, 20 * 365) * 86_400_000;
  return { ...data, date: new Date(day).toISOString().slice(0, 10) };
}
