/** Measures the peers, one after the other, on the same paragraphs and queries. What fails says why, the others go on. */
import { totalmem } from 'node:os';
import path from 'node:path';
import type { BenchOptions } from './bench-options.ts';
import type { DocumentFile } from './documents.ts';
import { type ClassMeasure, medianOfRuns } from './measures.ts';
import { installPeers, ownNodePath } from './peers/install-peers.ts';
import type { PeerJob, PeerPart } from './peers/measure-peer.ts';
import { type PeerName, peerNamed } from './peers/peer-list.ts';
import type { QueryClass } from './query-classes.ts';
import { runStep, type StepOptions } from './run-step.ts';

export interface PeersJob {
  readonly work: string;
  /** Where the peers are installed, and stay. */
  readonly cache: string;
  readonly documents: DocumentFile;
  /** File of the `QuerySet`. */
  readonly queries: string;
  readonly options: BenchOptions;
  readonly say: (line: string) => void;
}

/** What is null was not reached; `failures` says why. */
export interface PeerMeasure {
  readonly name: PeerName;
  readonly label: string;
  readonly version: string;
  readonly remark: string;
  readonly buildMs: number | null;
  readonly buildPeakBytes: number | null;
  /** Its index on disk. */
  readonly savedBytes: number | null;
  readonly toFirstAnswerMs: number | null;
  /** Resident memory after opening, and after all queries. */
  readonly openedBytes: number | null;
  readonly askedBytes: number | null;
  readonly classes: Readonly<Partial<Record<QueryClass, ClassMeasure>>>;
  /** Classes that it cannot do, with the reason. */
  readonly cannot: Readonly<Partial<Record<QueryClass, string>>>;
  readonly failures: readonly string[];
}

export async function measurePeers(job: PeersJob): Promise<PeerMeasure[]> {
  const packages = await installPeers(job.cache);
  const measures: PeerMeasure[] = [];
  for (const name of job.options.peers) {
    job.say(peerNamed(name).label);
    measures.push(await measurePeer(name, packages, job));
  }
  return measures;
}

async function measurePeer(name: PeerName, packages: string, job: PeersJob): Promise<PeerMeasure> {
  const { documents, queries, options } = job;
  const folder = path.join(job.work, 'peers', name);
  const common = { name, packages, folder, documents, queries, classBudgetMs: options.classBudgetMs };
  const stepOptions: StepOptions = {
    // A peer may use half of the machine before it counts as failed.
    nodeParameters: [`--max-old-space-size=${Math.floor(totalmem() / 2 ** 21)}`, '--no-warnings'],
    timeoutMs: options.peerBudgetMs,
    ...(peerNamed(name).needsOwnNode ? { node: ownNodePath(packages) } : {}),
  };
  const failures: string[] = [];
  const run = async (work: PeerJob['work']): Promise<PeerPart[]> => {
    const parts: PeerPart[] = [];
    const onPart = (part: unknown) => void parts.push(part as PeerPart);
    try {
      await runStep('peer', { ...common, work }, { ...stepOptions, onPart });
    } catch (error) {
      failures.push(`${work === 'build' ? 'building' : 'asking'}: ${error instanceof Error ? error.message : error}`);
    }
    return parts;
  };
  const built = await run('build');
  const asked: PeerPart[][] = [];
  if (built.some(({ kind }) => kind === 'saved')) {
    for (let round = 0; round < options.runs && failures.length === 0; round++) asked.push(await run('ask'));
  }
  const runs = (asked.length > 0 ? asked : [[]]).map((parts) => assemble([...built, ...parts]));
  const reasons = built.flatMap((part) => (part.kind === 'not-saved' ? [`saving: ${part.reason}`] : []));
  const { label, version } = peerNamed(name);
  return { name, label, version, ...medianOfRuns(runs), failures: [...reasons, ...failures] };
}

type Assembled = Omit<PeerMeasure, 'name' | 'label' | 'version' | 'failures'>;

function assemble(parts: readonly PeerPart[]): Assembled {
  const find = <Kind extends PeerPart['kind']>(kind: Kind) =>
    parts.find((part): part is Extract<PeerPart, { kind: Kind }> => part.kind === kind);
  const classes = parts.flatMap((part) => (part.kind === 'class' ? [[part.name, part.measure] as const] : []));
  return {
    remark: find('peer')?.remark ?? '',
    cannot: find('peer')?.cannot ?? {},
    buildMs: find('built')?.buildMs ?? null,
    buildPeakBytes: find('built')?.peakBytes ?? null,
    savedBytes: find('saved')?.savedBytes ?? null,
    toFirstAnswerMs: find('opened')?.toFirstAnswerMs ?? null,
    openedBytes: find('opened')?.openedBytes ?? null,
    askedBytes: find('asked')?.askedBytes ?? null,
    classes: Object.fromEntries(classes),
  };
}
