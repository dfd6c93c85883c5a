/** One run of all that is measured of Lede, from the build to the loaded server. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { QuerySet } from './ask-queries.ts';
import type { BenchOptions } from './bench-options.ts';
import type { BuildMeasure } from './measure-build.ts';
import { type ChangesMeasure, measureChanges } from './measure-changes.ts';
import type { EngineMeasure } from './measure-engine.ts';
import type { OpenMeasure } from './measure-open.ts';
import { measureServer, type ServerMeasure } from './measure-server.ts';
import { dropFromPageCache } from './page-cache.ts';
import type { DrawnQuery } from './query-classes.ts';
import { runStep } from './run-step.ts';
import { measureBytes, type SnapshotBytes } from './snapshot-bytes.ts';

export interface LedeJob {
  readonly corpus: string;
  readonly data: string;
  /** File of the `QuerySet`. */
  readonly queries: string;
  readonly options: BenchOptions;
  readonly say: (line: string) => void;
}

export interface LedeMeasure {
  readonly build: BuildMeasure;
  readonly bytes: SnapshotBytes;
  readonly open: {
    /** Null where the page cache could not be emptied. */
    readonly cold: OpenMeasure | null;
    readonly warm: OpenMeasure;
  };
  /** Parse, plan, execute. */
  readonly rank: EngineMeasure;
  /** The same, then texts and snippets. */
  readonly search: EngineMeasure;
  readonly server: ServerMeasure;
  /** Null where it was not asked for. */
  readonly changes: ChangesMeasure | null;
}

export async function measureLede(job: LedeJob): Promise<LedeMeasure> {
  const { corpus, data, queries, options, say } = job;
  const { classBudgetMs, clients, loadMs, serverFlags } = options;
  say('build');
  const build = await runStep('build', { corpus, data });
  const bytes = await measureBytes(data);
  say('open');
  const open = await measureOpening(data, await firstQuery(queries));
  say('queries, without texts');
  const rank = await runStep('engine', { data, queries, work: 'rank', classBudgetMs });
  say('queries, with snippets');
  const search = await runStep('engine', { data, queries, work: 'search', classBudgetMs });
  say('server');
  const serverJob = { corpus, data, queries, flags: serverFlags };
  const server = await measureServer({ ...serverJob, classBudgetMs, clients, loadMs });
  if (options.changes > 0) say('changed files');
  const changes = options.changes > 0 ? await measureChanges({ ...serverJob, changes: options.changes }) : null;
  return { build, bytes, open, rank, search, server, changes };
}

export async function measureOpening(data: string, query: DrawnQuery): Promise<LedeMeasure['open']> {
  const isDropped = await dropFromPageCache(path.join(data, 'builds'));
  const first = await runStep('open', { data, query });
  const warm = await runStep('open', { data, query });
  return { cold: isDropped ? first : null, warm };
}

/** Of the middle class: what somebody would search for first. */
export async function firstQuery(file: string): Promise<DrawnQuery> {
  const { measured } = JSON.parse(await readFile(file, 'utf8')) as QuerySet;
  const query = measured.middle?.[0] ?? measured.common?.[0];
  if (query === undefined) throw new Error('the corpus is too small to draw queries from it');
  return query;
}
