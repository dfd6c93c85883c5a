/**
 * What keeps browsers and strangers in bounds: which hosts are answered, and the headers that tell a browser to run and
 * load nothing but our own files. Knows no routes.
 */
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Environment } from './environment.ts';

/**
 * Without a nonce, so that equal pages have equal bytes. Scripts make markup only through the policy named `htmx`,
 * which `views/assets/app.js` gives to htmx alone.
 */
export function browserPolicy(publicUrl: string | null) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['htmx'],
    },
    // The reader page finds the results it was opened from; other sites learn nothing.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: publicUrl?.startsWith('https:') ? 'max-age=15552000' : false,
    xFrameOptions: 'DENY',
  });
}

/**
 * Answers only hosts that the service knows, so that no page elsewhere can reach it by pointing a name of its own here.
 * Throws `HTTPException` 421.
 */
export function hostGuard(allowedHosts: readonly string[]) {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  return createMiddleware<Environment>(async (c, next) => {
    const host = hostName(c.req.header('host') ?? new URL(c.req.url).host);
    if (host === null || !allowed.has(host))
      throw new HTTPException(421, { message: `host "${host ?? ''}" is not served here` });
    await next();
  });
}

/** The host without port, lower case, IPv6 in brackets; null where it is no host at all. */
function hostName(host: string): string | null {
  try {
    const url = new URL(`http://${host}`);
    return url.pathname === '/' && url.search === '' && url.username === '' ? url.hostname : null;
  } catch {
    // Malformed: the caller refuses it like an unknown one.
    return null;
  }
}
