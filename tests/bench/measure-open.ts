/** The step `open`: opens the published snapshot in a fresh process and answers one search, snippets included. */
import { closeSearchable, openSearchable } from '../../src/open-searchable.ts';
import { search } from '../../src/search.ts';
import { type DrawnQuery, toSearchRequest } from './query-classes.ts';

export interface OpenJob {
  readonly data: string;
  readonly query: DrawnQuery;
}

export interface OpenMeasure {
  /** Until the snapshot could be asked. */
  readonly openMs: number;
  /** From there until the first answer. */
  readonly firstAnswerMs: number;
  /** Both. */
  readonly toFirstAnswerMs: number;
}

export async function measureOpen({ data, query }: OpenJob): Promise<OpenMeasure> {
  const startedMs = performance.now();
  const searchable = await openSearchable(data);
  const openedMs = performance.now();
  await search(toSearchRequest(query), searchable);
  const answeredMs = performance.now();
  await closeSearchable(searchable);
  return {
    openMs: openedMs - startedMs,
    firstAnswerMs: answeredMs - openedMs,
    toFirstAnswerMs: answeredMs - startedMs,
  };
}
