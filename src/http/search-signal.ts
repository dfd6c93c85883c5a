/** When a search is given up: the client went away, or the engine does not keep its own time. */
import type { Context } from 'hono';
import { limits } from '../domain/limits.ts';

/** Twice what a search may take: by then an engine that heeds its deadline has long answered in part. */
const patienceMs = 2 * limits.searchMs;

/**
 * Runs `work` with the signal of a request. By hand: with `AbortSignal.any` and `AbortSignal.timeout` each request leaves
 * a timer behind that lives on after its answer.
 */
export async function withSearchSignal<T>(c: Context, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const client = c.req.raw.signal;
  const leave = () => controller.abort(client.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException('the search took too long', 'TimeoutError')),
    patienceMs,
  );
  if (client.aborted) leave();
  else client.addEventListener('abort', leave, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    client.removeEventListener('abort', leave);
  }
}
