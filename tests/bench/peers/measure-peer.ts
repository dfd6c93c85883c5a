/** The step `peer`: builds a peer's index, or opens a built one and asks it. What is known is told at once. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Ask, askQueries, type QueriesByClass, type QuerySet } from '../ask-queries.ts';
import { type DocumentFile, readDocuments } from '../documents.ts';
import type { ClassMeasure } from '../measures.ts';
import { byClass, type DrawnQuery, type QueryClass } from '../query-classes.ts';
import type { Tell } from '../steps.ts';
import { packageLoader } from './install-peers.ts';
import type { Peer, PeerIndex } from './peer.ts';
import { type PeerName, peerNamed } from './peer-list.ts';

export interface PeerJob {
  readonly name: PeerName;
  /** Where the peers are installed. */
  readonly packages: string;
  /** Where its index lies, or shall lie. */
  readonly folder: string;
  readonly documents: DocumentFile;
  /** File of the `QuerySet`. */
  readonly queries: string;
  readonly classBudgetMs: number;
  /** `build`: builds and saves; where it cannot be saved it is asked as it is. `ask`: opens what was saved. */
  readonly work: 'build' | 'ask';
}

export type PeerPart =
  | { readonly kind: 'peer'; readonly cannot: Peer['cannot']; readonly remark: string }
  | { readonly kind: 'built'; readonly buildMs: number; readonly peakBytes: number }
  | { readonly kind: 'saved'; readonly savedBytes: number }
  | { readonly kind: 'not-saved'; readonly reason: string }
  | { readonly kind: 'opened'; readonly toFirstAnswerMs: number; readonly openedBytes: number }
  | { readonly kind: 'class'; readonly name: QueryClass; readonly measure: ClassMeasure }
  | { readonly kind: 'asked'; readonly askedBytes: number };

export async function measurePeer(job: PeerJob, tell: Tell): Promise<null> {
  const peer = await peerNamed(job.name).open(packageLoader(job.packages));
  const say = (part: PeerPart) => tell(part);
  await say({ kind: 'peer', cannot: peer.cannot, remark: peer.remark });
  if (job.work === 'build') await buildPeer(peer, job, say);
  else await openPeer(peer, job, say);
  return null;
}

type Say = (part: PeerPart) => Promise<void>;

async function buildPeer(peer: Peer, job: PeerJob, say: Say): Promise<void> {
  await rm(job.folder, { recursive: true, force: true });
  await mkdir(job.folder, { recursive: true });
  const startedMs = performance.now();
  const index = await peer.build(readDocuments(job.documents), job.folder);
  await say({
    kind: 'built',
    buildMs: performance.now() - startedMs,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  });
  try {
    await peer.save(index, job.folder);
    await say({ kind: 'saved', savedBytes: await folderBytes(job.folder) });
  } catch (error) {
    await say({ kind: 'not-saved', reason: error instanceof Error ? error.message : String(error) });
    await ask(peer, index, { job, say });
  }
}

async function openPeer(peer: Peer, job: PeerJob, say: Say): Promise<void> {
  const queries = await readQueries(job);
  const startedMs = performance.now();
  const index = await peer.open(job.folder);
  const first = firstQuery(queries, peer);
  if (first !== undefined) await index.search(first);
  const toFirstAnswerMs = performance.now() - startedMs;
  await say({ kind: 'opened', toFirstAnswerMs, openedBytes: process.memoryUsage.rss() });
  await ask(peer, index, { job, say });
}

async function ask(peer: Peer, index: PeerIndex, { job, say }: { job: PeerJob; say: Say }): Promise<void> {
  const all = await readQueries(job);
  const queries = { ...all, warmUp: suitable(all.warmUp, peer), measured: suitable(all.measured, peer) };
  const search: Ask = (query) => index.search(query);
  await askQueries(search, queries, {
    classBudgetMs: job.classBudgetMs,
    onClass: (name, measure) => void say({ kind: 'class', name, measure }),
  });
  await say({ kind: 'asked', askedBytes: process.memoryUsage.rss() });
}

async function readQueries({ queries }: PeerJob): Promise<QuerySet> {
  return JSON.parse(await readFile(queries, 'utf8')) as QuerySet;
}

function firstQuery({ measured }: QuerySet, peer: Peer): DrawnQuery | undefined {
  return suitable(measured, peer).middle?.[0];
}

function suitable(queries: QueriesByClass, peer: Peer): QueriesByClass {
  return byClass((name) =>
    name in peer.cannot ? undefined : queries[name]?.filter((query) => peer.suits?.(query) ?? true),
  );
}

async function folderBytes(folder: string): Promise<number> {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
