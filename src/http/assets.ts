/**
 * The files that pages load: our styles and script, htmx, the icon. Read, hashed and compressed once at the start, then
 * served from memory at addresses that change with their content, so that browsers keep them for good.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { LedeError } from '../domain/error.ts';
import { acceptedEncoding } from './compression.ts';
import type { Environment } from './environment.ts';

export interface Assets {
  /** Changes whenever any file does. */
  readonly version: string;
  /** Addresses, by what they are to a page. */
  readonly paths: Readonly<Record<keyof typeof files, string>>;
  /** Serves the addresses; mount at `/`. */
  readonly routes: Hono<Environment>;
}

const files = {
  styles: { name: 'styles.css', type: 'text/css; charset=utf-8' },
  script: { name: 'app.js', type: 'text/javascript; charset=utf-8' },
  htmx: { name: 'htmx.js', type: 'text/javascript; charset=utf-8' },
  icon: { name: 'favicon.svg', type: 'image/svg+xml' },
} as const;

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bodies: { readonly identity: Uint8Array; readonly gzip: Uint8Array; readonly br: Uint8Array };
}

/** Throws `LedeError` `internal` where a file of the installation is missing. */
export function loadAssets(): Assets {
  const folder = path.join(packageRoot(), 'views', 'assets');
  const htmx = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');
  const assets = {
    styles: loadAsset('styles', path.join(folder, files.styles.name)),
    script: loadAsset('script', path.join(folder, files.script.name)),
    htmx: loadAsset('htmx', htmx),
    icon: loadAsset('icon', path.join(folder, files.icon.name)),
  };
  const paths = {
    styles: assets.styles.path,
    script: assets.script.path,
    htmx: assets.htmx.path,
    icon: assets.icon.path,
  };
  return { version: shortHash(Object.values(paths).join(' ')), paths, routes: assetRoutes(Object.values(assets)) };
}

function loadAsset(key: keyof typeof files, file: string): Asset {
  const identity = readInstalledFile(file);
  const { name, type } = files[key];
  const br = brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } });
  return {
    path: `/assets/${shortHash(identity)}/${name}`,
    type,
    bodies: { identity, gzip: gzipSync(identity, { level: 9 }), br },
  };
}

function readInstalledFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new LedeError('internal', `file "${file}" of the installation cannot be read: install again`, { cause });
  }
}

function assetRoutes(assets: readonly Asset[]): Hono<Environment> {
  const routes = new Hono<Environment>();
  for (const { path, type, bodies } of assets) {
    routes.get(path, (c) => {
      const encoding = acceptedEncoding(c.req.header('accept-encoding'));
      c.header('Content-Type', type);
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
      c.header('Vary', 'Accept-Encoding');
      if (encoding !== 'identity') c.header('Content-Encoding', encoding);
      return c.body(new Uint8Array(bodies[encoding]));
    });
  }
  return routes;
}

/** The folder with package.json: two above this file in the source, three in the compiled program. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new LedeError('internal', `no package.json above "${import.meta.dirname}": install again`);
    folder = parent;
  }
  return folder;
}

function shortHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 12);
}
