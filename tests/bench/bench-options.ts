/** The command line of the bench → what to measure. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type PeerName, peerNames } from './peers/peer-list.ts';

export interface BenchOptions {
  /** Absolute paths of folders, and of files of JSON Lines. */
  readonly sources: readonly string[];
  /** Null: all that the sources have. */
  readonly paragraphs: number | null;
  readonly seed: number;
  readonly runs: number;
  /** Measured queries of each class. */
  readonly queries: number;
  readonly classBudgetMs: number;
  readonly clients: number;
  readonly loadMs: number;
  readonly peers: readonly PeerName[];
  /** For each process of a peer. */
  readonly peerBudgetMs: number;
  /** Files that are changed to see how fast that shows; 0 = none. */
  readonly changes: number;
  /** Largest size of a series of doublings, or null for none: then that alone is measured. */
  readonly scale: number | null;
  /** Absolute paths of what is written, or null. */
  readonly json: string | null;
  readonly svg: string | null;
  /** Absolute path of a folder to work in, which stays, or null for a temporary one. */
  readonly work: string | null;
  readonly serverFlags: readonly string[];
}

export const helpText = `npm run bench -- --corpus FILE|FOLDER [--corpus …] [options]

Measures Lede on paragraphs of the given corpora: folders as Lede reads them, files of JSON Lines {id, title, text}.

  --paragraphs N      this many, a fair sample; beyond what there is, copies with changed words (default: all)
  --peers             also measure ${peerNames.join(', ')}, which are installed for it
  --peer NAME         only this one of them; repeatable
  --scale N           instead, measure how costs grow by doublings up to N paragraphs
  --changes N         also measure how fast N changed files are visible (default 0)
  --json FILE         write all figures as JSON
  --svg FILE          write the plot of --scale
  --runs N            show medians of N runs (default 3)
  --queries N         distinct queries of each class (default 200)
  --clients N         of the mixed load (default 16)
  --seconds N         length of the mixed load (default 10)
  --class-seconds N   longest time for one class of query (default 30)
  --peer-seconds N    longest time for building a peer, and for asking it (default 900)
  --seed N            for the sample, the copies and the queries (default 1)
  --work FOLDER       work here and keep the corpus for the next run (default: a temporary folder)
  --server-flag FLAG  hand this to \`lede serve\`; repeatable
  --help              this text
`;

/** Null where help is asked for. Throws an `Error` that says what is wrong with the command line. */
export function parseBenchOptions(parameters: readonly string[], folder: string): BenchOptions | null {
  const { values } = parseArgs({ args: [...parameters], options: flags, strict: true });
  if (values.help === true) return null;
  const sources = values.corpus ?? [];
  if (sources.length === 0) throw new Error('no corpus given: name a folder or file with --corpus');
  const resolve = (file: string | undefined) => (file === undefined ? null : path.resolve(folder, file));
  return {
    sources: sources.map((source) => path.resolve(folder, source)),
    paragraphs: values.paragraphs === undefined ? null : readCount('paragraphs', values.paragraphs),
    seed: readCount('seed', values.seed ?? '1'),
    runs: readCount('runs', values.runs ?? '3'),
    queries: readCount('queries', values.queries ?? '200'),
    classBudgetMs: 1000 * readCount('class-seconds', values['class-seconds'] ?? '30'),
    clients: readCount('clients', values.clients ?? '16'),
    loadMs: 1000 * readCount('seconds', values.seconds ?? '10'),
    peers: readPeers(values.peers === true, values.peer ?? []),
    peerBudgetMs: 1000 * readCount('peer-seconds', values['peer-seconds'] ?? '900'),
    changes: values.changes === undefined ? 0 : readCount('changes', values.changes),
    scale: values.scale === undefined ? null : readCount('scale', values.scale),
    json: resolve(values.json),
    svg: resolve(values.svg),
    work: resolve(values.work),
    serverFlags: values['server-flag'] ?? [],
  };
}

const flags = {
  corpus: { type: 'string', multiple: true },
  paragraphs: { type: 'string' },
  peers: { type: 'boolean' },
  peer: { type: 'string', multiple: true },
  scale: { type: 'string' },
  changes: { type: 'string' },
  json: { type: 'string' },
  svg: { type: 'string' },
  runs: { type: 'string' },
  queries: { type: 'string' },
  clients: { type: 'string' },
  seconds: { type: 'string' },
  'class-seconds': { type: 'string' },
  'peer-seconds': { type: 'string' },
  seed: { type: 'string' },
  work: { type: 'string' },
  'server-flag': { type: 'string', multiple: true },
  help: { type: 'boolean' },
} as const;

function readCount(name: string, text: string): number {
  const value = /^[\d_]{1,12}$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  if (!(value >= 1)) throw new Error(`--${name} is "${text}", expected a whole number from 1`);
  return value;
}

function readPeers(areAllWanted: boolean, names: readonly string[]): PeerName[] {
  const unknown = names.find((name) => !peerNames.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`no peer "${unknown}": expected one of ${peerNames.join(', ')}`);
  return peerNames.filter((name) => (areAllWanted && names.length === 0) || names.includes(name));
}
