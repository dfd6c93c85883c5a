/**
 * How fast a changed file is visible on a server that follows its corpus, and what that costs those who search
 * meanwhile. Changes files and puts them back as they were.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { QuerySet } from './ask-queries.ts';
import { BenchServer, type ServerOptions } from './bench-server.ts';
import { HttpClient } from './http-client.ts';
import { percentile } from './measures.ts';
import { type DrawnQuery, toAddress } from './query-classes.ts';

export interface ChangesJob extends ServerOptions {
  /** File of the `QuerySet`. */
  readonly queries: string;
  readonly changes: number;
}

export interface ChangesMeasure {
  /** Changes that were seen; fewer than asked for where time ran out. */
  readonly seen: number;
  /** From the end of writing to the first answer that has it. */
  readonly visibleP50Ms: number;
  readonly visibleP95Ms: number;
  /** Of one client's searches before, and while files change. */
  readonly quietP99Ms: number;
  readonly busyP99Ms: number;
}

const quietMs = 5000;
const longestMs = 300_000;
const pollMs = 5;
/** A change follows the one before after this pause. */
const pauseMs = 200;

export async function measureChanges(job: ChangesJob): Promise<ChangesMeasure> {
  const { load } = JSON.parse(await readFile(job.queries, 'utf8')) as QuerySet;
  const server = await BenchServer.start({ ...job, isWatching: true });
  try {
    const searcher = new Searcher(server.url, load);
    await wait(quietMs);
    const quiet = searcher.takeLatencies();
    const visible = await changeFiles(server.url, job);
    const busy = await searcher.stop();
    return {
      seen: visible.length,
      visibleP50Ms: percentile(ascending(visible), 0.5),
      visibleP95Ms: percentile(ascending(visible), 0.95),
      quietP99Ms: percentile(ascending(quiet), 0.99),
      busyP99Ms: percentile(ascending(busy), 0.99),
    };
  } finally {
    await server.stop();
  }
}

async function changeFiles(url: string, { corpus, changes }: ChangesJob): Promise<number[]> {
  const files = await listArticles(corpus);
  const client = new HttpClient(url);
  const startedMs = performance.now();
  const visible: number[] = [];
  for (let change = 0; change < changes && performance.now() - startedMs < longestMs; change++) {
    const file = files[Math.floor((change / changes) * files.length)] as string;
    const before = await readFile(file, 'utf8');
    try {
      const word = newWord(change);
      await writeFile(file, `${before}\nThis paragraph was put in while others searched, and holds ${word}.\n`);
      visible.push(await waitForWord(client, word));
    } finally {
      await writeFile(file, before);
    }
    await wait(pauseMs);
  }
  client.close();
  return visible;
}

async function listArticles(corpus: string): Promise<string[]> {
  const entries = await readdir(corpus, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Letters only, unlike any word of a language. */
function newWord(change: number): string {
  const digits = String(change).replace(/\d/g, (digit) => 'bcdfghjklm'.charAt(Number(digit)));
  return `qzxv${digits}vxzq`;
}

/** Milliseconds until the word is found. */
async function waitForWord(client: HttpClient, word: string): Promise<number> {
  const writtenMs = performance.now();
  while (performance.now() - writtenMs < longestMs) {
    const { body } = await client.get(`/api/v1/search?q=${word}&typos=off`);
    if (!body.includes('"hits":[]')) return performance.now() - writtenMs;
    await wait(pollMs);
  }
  throw new Error(`a changed file was not visible after ${longestMs / 1000} s`);
}

/** Searches one after the other until it is stopped. */
class Searcher {
  readonly #client: HttpClient;
  readonly #queries: readonly DrawnQuery[];
  readonly #done: Promise<void>;
  #latencies: number[] = [];
  #isStopped = false;

  constructor(url: string, queries: readonly DrawnQuery[]) {
    this.#client = new HttpClient(url);
    this.#queries = queries;
    this.#done = this.#searchOn();
  }

  /** Those since the last time. */
  takeLatencies(): number[] {
    const taken = this.#latencies;
    this.#latencies = [];
    return taken;
  }

  async stop(): Promise<number[]> {
    this.#isStopped = true;
    await this.#done;
    this.#client.close();
    return this.takeLatencies();
  }

  async #searchOn(): Promise<void> {
    for (let asked = 0; !this.#isStopped; asked++) {
      const askedMs = performance.now();
      await this.#client.get(toAddress(this.#queries[asked % this.#queries.length] as DrawnQuery));
      this.#latencies.push(performance.now() - askedMs);
    }
  }
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
