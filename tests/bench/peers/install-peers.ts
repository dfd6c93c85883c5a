/**
 * Installs the peers on demand, at exact versions and without running any script of theirs, into a cache folder that git
 * ignores. They are no dependencies of the project.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { LoadPackage } from './peer.ts';
import { peerDefinitions } from './peer-list.ts';

const run = promisify(execFile);

/** Returns the folder they are installed in. Throws where npm cannot install them. */
export async function installPeers(cache: string): Promise<string> {
  const folder = path.join(cache, 'peers');
  if (await isInstalled(folder)) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = peerDefinitions.map((definition) => `${definition.package}@${definition.version}`);
  const flags = ['--prefix', folder, '--ignore-scripts', '--save-exact', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...flags, ...wanted], { cwd: folder });
  return folder;
}

/** The Node that is installed beside the peers. */
export function ownNodePath(folder: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  return path.join(folder, 'node_modules', name, 'bin', 'node');
}

export function packageLoader(folder: string): LoadPackage {
  const { resolve } = createRequire(path.join(folder, 'package.json'));
  return (name) => import(pathToFileURL(resolve(name)).href);
}

async function isInstalled(folder: string): Promise<boolean> {
  const versions = await Promise.all(
    peerDefinitions.map(async (definition) => {
      const file = path.join(folder, 'node_modules', definition.package, 'package.json');
      const found = await readFile(file, 'utf8').catch(() => '{}');
      return (JSON.parse(found) as { version?: string }).version === definition.version;
    }),
  );
  return versions.every((isSame) => isSame);
}
