/**
 * The web application: middleware, pages, the interface for programs. Nothing listens here; `src/main.ts` gives the app
 * to a server, tests call it directly. Order matters: each line below sees every answer of the lines that follow it.
 */
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { createApi } from './api.ts';
import { loadAssets } from './assets.ts';
import { compression } from './compression.ts';
import type { AppDependencies, Environment } from './environment.ts';
import { answerError, answerNotFound, answerProblem } from './errors.ts';
import { createPages } from './pages.ts';
import { requestLog } from './request-log.ts';
import { browserPolicy, hostGuard } from './security.ts';

export type { AppDependencies } from './environment.ts';

/** Throws `LedeError` `internal` where the files that pages load are missing from the installation. */
export function createApp(dependencies: AppDependencies): Hono<Environment> {
  const { logger, publicUrl, allowedHosts, status, isDraining } = dependencies;
  const assets = loadAssets();
  const app = new Hono<Environment>();
  app.onError(answerError);
  app.notFound(answerNotFound);

  app.use(requestId());
  app.use(requestLog(logger));
  app.use(compression);
  app.use(browserPolicy(publicUrl));
  app.use(async (c, next) => {
    c.set('frame', () => ({ assets: assets.paths, version: status().version, snapshot: status().snapshot }));
    await next();
    if (isDraining()) c.header('Connection', 'close');
  });

  // Before the guard: those who watch over a service ask by address, and learn nothing.
  app.get('/healthz', (c) => c.text('ok\n', 200, { 'Cache-Control': 'no-store' }));
  app.get('/readyz', (c) => {
    const isReady = status().snapshot !== null && !isDraining();
    return c.text(isReady ? 'ready\n' : 'not ready\n', isReady ? 200 : 503, { 'Cache-Control': 'no-store' });
  });

  app.use(hostGuard([...allowedHosts, ...(publicUrl === null ? [] : [new URL(publicUrl).hostname])]));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const detail = `This address takes ${methods.join(', ')}.`;
        return answerProblem(c, 'method-not-allowed', { detail, headers: { Allow: methods.join(', ') } });
      },
    }),
  );
  app.route('/', assets.routes);
  app.route('/', createPages(dependencies, { pageVersion: `${status().version} ${assets.version}` }));
  app.route('/api/v1', createApi(dependencies));
  return app;
}
