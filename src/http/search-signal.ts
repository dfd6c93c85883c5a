/** When a search is given up: the client went away, or the engine does not keep its own time. */
import type { Context } from 'hono';
import { limits } from '../domain/limits.ts';

/** Twice what a search may take: by then an engine that heeds its deadline has long answered in part. */
const patienceMs = 2 * limits.searchMs;

export function searchSignal(c: Context): AbortSignal {
  return AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(patienceMs)]);
}
