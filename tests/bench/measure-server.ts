/**
 * Measures Lede as its users meet it: a started server, asked over HTTP with snippets, first by one client class by
 * class, then by several at once with all classes mixed.
 */
import { readFile } from 'node:fs/promises';
import { askQueries, type MeasuresByClass, type QuerySet } from './ask-queries.ts';
import { BenchServer, type ServerOptions } from './bench-server.ts';
import { HttpClient } from './http-client.ts';
import { type ClassMeasure, type Latencies, summarize } from './measures.ts';
import { type DrawnQuery, toAddress } from './query-classes.ts';

export interface ServerJob extends ServerOptions {
  /** File of the `QuerySet`. */
  readonly queries: string;
  readonly classBudgetMs: number;
  /** Clients of the mixed load, and how long it lasts. */
  readonly clients: number;
  readonly loadMs: number;
}

export interface ServerMeasure {
  readonly classes: MeasuresByClass;
  readonly load: ClassMeasure;
  /** Resident memory of the server when it was ready, and after `askedRequests`. */
  readonly openedBytes: number;
  readonly askedBytes: number;
  readonly askedRequests: number;
  /** Answers that time cut short. */
  readonly partialAnswers: number;
}

/** Requests after which the memory is taken. */
const requestsForMemory = 10_000;

export async function measureServer(job: ServerJob): Promise<ServerMeasure> {
  const queries = JSON.parse(await readFile(job.queries, 'utf8')) as QuerySet;
  const server = await BenchServer.start(job);
  try {
    const openedBytes = await server.residentBytes();
    const asker = new Asker(server.url);
    const single = asker.openClient();
    const classes = await askQueries(single.ask, queries, { classBudgetMs: job.classBudgetMs });
    single.close();
    const { clients, loadMs } = job;
    const load = await askTogether(asker, queries.load, { clients, longestMs: loadMs, most: Number.POSITIVE_INFINITY });
    const most = requestsForMemory - asker.requests;
    await askTogether(asker, queries.load, { clients, longestMs: longestMemoryRunMs, most });
    return {
      classes,
      load: summarize(load),
      openedBytes,
      askedBytes: await server.residentBytes(),
      askedRequests: asker.requests,
      partialAnswers: asker.partialAnswers,
    };
  } finally {
    await server.stop();
  }
}

/** A server that is too slow for ten thousand requests must not keep the bench for an hour. */
const longestMemoryRunMs = 300_000;

/** Asks over HTTP and counts. */
class Asker {
  requests = 0;
  partialAnswers = 0;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  openClient(): { readonly ask: (query: DrawnQuery) => Promise<number>; readonly close: () => void } {
    const client = new HttpClient(this.#url);
    return { ask: (query) => this.#ask(client, query), close: () => client.close() };
  }

  async #ask(client: HttpClient, query: DrawnQuery): Promise<number> {
    const { status, body } = await client.get(toAddress(query));
    this.requests++;
    if (status !== 200) throw new Error(`the server answered ${status} to ${toAddress(query)}: ${body.slice(0, 200)}`);
    if (body.includes('"partial":true')) this.partialAnswers++;
    // Parsing the answer would cost the time of the one who asks, not of the one who answers.
    return body.includes('"hits":[]') ? 0 : 1;
  }
}

interface LoadOptions {
  readonly clients: number;
  readonly longestMs: number;
  /** Requests of all clients together. */
  readonly most: number;
}

/** Each client asks the next query as soon as it has its answer; from the beginning again when all were asked. */
async function askTogether(asker: Asker, queries: readonly DrawnQuery[], options: LoadOptions): Promise<Latencies> {
  const startedMs = performance.now();
  const ms: number[] = [];
  let answered = 0;
  let asked = 0;
  const work = async () => {
    const client = asker.openClient();
    while (asked < options.most && performance.now() - startedMs < options.longestMs) {
      const query = queries[asked++ % queries.length] as DrawnQuery;
      const askedMs = performance.now();
      const hits = await client.ask(query);
      ms.push(performance.now() - askedMs);
      if (hits > 0) answered++;
    }
    client.close();
  };
  await Promise.all(Array.from({ length: options.clients }, work));
  return { ms, answered, passedMs: performance.now() - startedMs };
}
