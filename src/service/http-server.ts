/** Listens for requests, and stops without breaking off any that is under way. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { LedeError } from '../domain/error.ts';

export interface HttpServer {
  /** With the port that was really taken. */
  readonly url: string;
  /** Takes no new connections and lets requests end, for at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export interface HttpServerOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly host: string;
  readonly port: number;
}

/** Throws `LedeError` `unavailable` where the port is taken or may not be used. */
export async function startHttpServer({ fetch, host, port }: HttpServerOptions): Promise<HttpServer> {
  const server = serve({
    fetch,
    hostname: host,
    port,
    serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000 },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(toLedeError(error, { host, port })));
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    stop: (graceMs) => stop(server, graceMs),
  };
}

function toLedeError(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): LedeError {
  const reason =
    error.code === 'EADDRINUSE'
      ? 'is taken by another program: end it, or choose another port with --port'
      : `cannot be listened on: ${error.message}`;
  return new LedeError('unavailable', `${host} port ${port} ${reason}`, { cause: error });
}

/** `close` alone waits for idle keep-alive connections, each for seconds. */
async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const end = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}
