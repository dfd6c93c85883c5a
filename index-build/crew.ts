/**
 * Who does a build's work: worker threads, or for little work the calling thread. The results are the same, and whoever
 * asks takes them in the order of asking, so that nothing depends on how many workers there are or which one is faster.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ArticleToIndex, indexArticles } from './index-articles.ts';
import type { IndexedBatch } from './index-batch.ts';
import { type FileContent, type FilesToRead, readFiles } from './read-files.ts';
import { WorkerPool } from './worker-pool.ts';

export type BuildJob =
  | { readonly kind: 'read'; readonly files: FilesToRead }
  | { readonly kind: 'index'; readonly articles: readonly ArticleToIndex[] };

export type BuildJobResult =
  | { readonly kind: 'read'; readonly contents: readonly FileContent[] }
  | { readonly kind: 'index'; readonly batch: IndexedBatch };

export interface CrewOptions {
  /** 0 = everything in the calling thread. By default as many as there are cores. */
  readonly workers?: number | undefined;
  /** Workers are started for at least so many bytes of files. */
  readonly startBytes?: number;
}

/** Starting two workers takes about as long as reading and indexing this much. */
const defaultStartBytes = 1024 * 1024;

/** Must be closed. */
export class Crew {
  readonly #workers: number;
  readonly #startBytes: number;
  #pool: WorkerPool<BuildJob, BuildJobResult> | null = null;

  constructor({ workers = availableParallelism(), startBytes = defaultStartBytes }: CrewOptions = {}) {
    this.#workers = workers;
    this.#startBytes = startBytes;
  }

  /** How many jobs should wait or run while the result of another is awaited: bounds what lies in memory. */
  get ahead(): number {
    return this.#pool === null ? 0 : 2 * this.#workers;
  }

  /** Says how much is about to be read; the workers start where that is much. */
  expect(bytes: number): void {
    if (this.#pool !== null || this.#workers === 0 || bytes < this.#startBytes) return;
    const file = workerFile();
    if (file !== null) this.#pool = new WorkerPool(file, this.#workers);
  }

  /** Throws as `readFiles` does. */
  async read(files: FilesToRead): Promise<readonly FileContent[]> {
    if (this.#pool === null) return readFiles(files);
    const done = await this.#pool.run({ kind: 'read', files });
    return (done as Extract<BuildJobResult, { kind: 'read' }>).contents;
  }

  /** Goes before all reading: it lets go of texts, and reading takes more of them. */
  async index(articles: readonly ArticleToIndex[]): Promise<IndexedBatch> {
    if (this.#pool === null) return indexArticles(articles);
    const needed = articles.map(({ record, dataBytes, paragraphBytes }) => ({ record, dataBytes, paragraphBytes }));
    const done = await this.#pool.run({ kind: 'index', articles: needed }, { isUrgent: true });
    return (done as Extract<BuildJobResult, { kind: 'index' }>).batch;
  }

  /** Ends the workers. What was not awaited yet fails. */
  async close(): Promise<void> {
    await this.#pool?.close();
    this.#pool = null;
  }
}

/** Workers need compiled files: beside this one, or, where this one is a source, in `dist`. Null before compiling. */
function workerFile(): string | null {
  const here = dirname(fileURLToPath(import.meta.url));
  const isSource = import.meta.url.endsWith('.ts');
  const file = join(isSource ? join(here, '..', 'dist', 'index-build') : here, 'build-worker.js');
  return existsSync(file) ? file : null;
}
