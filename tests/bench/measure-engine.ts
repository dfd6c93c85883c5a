/**
 * The step `engine`: asks all classes of query of the opened snapshot, in this process. Nothing is asked twice, so that
 * no cache of results can answer.
 */
import { readFile } from 'node:fs/promises';
import { closeSearchable, openSearchable } from '../../src/open-searchable.ts';
import { rankArticles, search } from '../../src/search.ts';
import { type Ask, askQueries, type MeasuresByClass, type QuerySet } from './ask-queries.ts';
import { toSearchRequest } from './query-classes.ts';

export interface EngineJob {
  readonly data: string;
  /** File of the `QuerySet`. */
  readonly queries: string;
  /** `rank`: parse, plan and execute, without reading texts. `search`: all of it, with snippets. */
  readonly work: 'rank' | 'search';
  readonly classBudgetMs: number;
}

export interface EngineMeasure {
  readonly classes: MeasuresByClass;
  /** Resident memory of the process after opening, and after all queries. */
  readonly openedBytes: number;
  readonly askedBytes: number;
}

export async function measureEngine({ data, queries, work, classBudgetMs }: EngineJob): Promise<EngineMeasure> {
  const querySet = JSON.parse(await readFile(queries, 'utf8')) as QuerySet;
  const searchable = await openSearchable(data);
  const openedBytes = process.memoryUsage.rss();
  // As a server does it behind the first answers.
  await searchable.warmUp(AbortSignal.timeout(60_000));
  const ask: Ask =
    work === 'rank'
      ? async (query) =>
          (await rankArticles(toSearchRequest(query), searchable, { timeMs: Number.POSITIVE_INFINITY })).length
      : async (query) => (await search(toSearchRequest(query), searchable)).hits.length;
  const classes = await askQueries(ask, querySet, { classBudgetMs });
  const askedBytes = process.memoryUsage.rss();
  await closeSearchable(searchable);
  return { classes, openedBytes, askedBytes };
}
