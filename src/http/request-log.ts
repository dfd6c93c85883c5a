/**
 * One line per request at level `debug`: what was asked for and how it went. What people search for is not written down.
 */
import { createMiddleware } from 'hono/factory';
import type { Logger } from 'pino';
import type { Environment } from './environment.ts';

export function requestLog(logger: Logger) {
  return createMiddleware<Environment>(async (c, next) => {
    const startedAt = performance.now();
    c.set('logger', logger);
    await next();
    const entry = {
      requestId: c.get('requestId'),
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      tookMs: Math.round((performance.now() - startedAt) * 10) / 10,
    };
    logger.debug(entry, 'request');
  });
}
