/**
 * Set-up of all browser tests: finds the browser to use, once for the whole run, and provides its path. First the one
 * that CHROME names, then an installed Chromium, else the one that npm ships, unpacked into a cache folder.
 */
import { existsSync } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path of the browser's program. */
    chromiumPath: string;
  }
}

const installedPath = '/usr/bin/chromium';
const cacheFolder = path.resolve(import.meta.dirname, '../../.cache');

export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromiumPath', await findChromium());
}

async function findChromium(): Promise<string> {
  if (process.env.CHROME !== undefined) {
    await access(process.env.CHROME);
    return process.env.CHROME;
  }
  if (existsSync(installedPath)) {
    return installedPath;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`npm ships no Chromium for ${process.platform} ${process.arch}: set CHROME to the path of one`);
  }
  return unpackChromium();
}

/**
 * The folder's name has the version, since whatever lies there is used again. It appears by a rename, complete, since
 * a second run at the same time must not start a half written program ("spawn ETXTBSY").
 */
async function unpackChromium(): Promise<string> {
  const folder = path.join(cacheFolder, `chromium-${await readVersion()}`);
  if (!existsSync(folder)) {
    await mkdir(cacheFolder, { recursive: true });
    const unfinished = await mkdtemp(`${folder}-unfinished-`);
    try {
      await unpackInto(unfinished);
      await rename(unfinished, folder);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      if (!existsSync(folder)) {
        throw error;
      }
    }
  }
  return path.join(folder, 'chromium');
}

/** The package unpacks into the folder for temporary files, and offers no other way to choose it. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await chromium.executablePath();
  } finally {
    if (before === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = before;
    }
  }
}

async function readVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest: { version: string } = JSON.parse(await readFile(path.join(main, '../../../package.json'), 'utf8'));
  return manifest.version;
}
