/**
 * Where snapshots lie, and which one is published:
 *
 *     DATA/current            the name of the published build, one line; replaced by rename, never edited
 *     DATA/builds/BUILD/      never changed once published: manifest.json, and of each of its segments
 *                             NAME.segment.bin, NAME.texts.bin, NAME.files.json, and where articles of it were removed
 *                             since, NAME.removed.bin; a file that several builds share is one file with several links;
 *                             recurring.bin, see `src/engine/embedded/recurring-marks.ts`
 *     DATA/builds/.BUILD.tmp  a build in the making; whatever is left of one is removed by the next build
 *     DATA/merging/           segments that are being merged into one, beside builds
 *     DATA/build.lock, DATA/merge.lock  see `index-build/build-lock.ts`
 */
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildReport } from '../domain/build-report.ts';
import { LedeError } from '../domain/error.ts';
import type { BuildId } from '../domain/ids.ts';

/** Raise with every change of the folder's files that older versions could not read. */
export const snapshotFormat = 2;

const manifestFile = 'manifest.json';

/** Which marks recur in the articles of the snapshot: `src/engine/embedded/recurring-marks.ts`. */
export const recurringFile = 'recurring.bin';

/** The names of a segment's files. */
export function segmentFiles(name: string) {
  return {
    /** Dictionary, posting lists and columns: `src/engine/embedded/segment-format.ts`. */
    segment: `${name}.segment.bin`,
    /** What is shown: `src/engine/embedded/text-file.ts`. */
    texts: `${name}.texts.bin`,
    /** The source files it was made from: `index-build/catalogue.ts`. */
    catalogue: `${name}.files.json`,
    /** A segment of the articles that were removed since, whose counts are taken off those of the segment. */
    removed: `${name}.removed.bin`,
  } as const;
}

/** One segment of a snapshot. */
export interface SegmentEntry {
  /** Names its files; unique, since builds share them. */
  readonly name: string;
  /** What the segment holds, removed articles included. */
  readonly articles: number;
  readonly paragraphs: number;
  /** Numbers of the articles that were removed since, ascending. */
  readonly removed: readonly number[];
}

/** What a snapshot says of itself. */
export interface Manifest {
  readonly format: number;
  readonly build: BuildId;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  readonly analyzer: string;
  /** How the files were read; where it differs, they are read again. Missing in snapshots of older versions. */
  readonly reading?: string;
  readonly articles: number;
  readonly paragraphs: number;
  readonly terms: number;
  /** Oldest first. `articles`, `paragraphs` and `terms` above are those of all together, without what was removed. */
  readonly segments: readonly SegmentEntry[];
  /** Size and CRC-32 of each other file, by its name. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly crc32: number }>>;
  readonly report: BuildReport;
  /** The build that says the same, where nothing was built but its segments merged. */
  readonly mergedFrom?: BuildId;
}

function currentPath(data: string): string {
  return join(data, 'current');
}

export function buildPath(data: string, build: BuildId): string {
  return join(data, 'builds', build);
}

/** The published build, or null where nothing was published yet. Throws as `refuseNoFolder` does. */
export async function readCurrent(data: string): Promise<BuildId | null> {
  const text = await readIfThere(currentPath(data)).catch((error) => refuseNoFolder(data, error));
  if (text === null) return null;
  const name = text.trim();
  if (!/^[\w-]+$/.test(name)) {
    throw new LedeError('incompatible', `"${currentPath(data)}" does not name a build: run \`lede build --full\``);
  }
  return name as BuildId;
}

/** Throws `LedeError` `invalid` where the data folder is no folder and cannot be made one, else the error that was met. */
export function refuseNoFolder(data: string, error: NodeJS.ErrnoException): never {
  if (error.code !== 'EEXIST' && error.code !== 'ENOTDIR') throw error;
  throw new LedeError('invalid', `the data folder "${data}" is a file, or lies in one: name another with --data`, {
    cause: error,
  });
}

/** Throws `LedeError` `not_found` where there is no such build, `incompatible` where it cannot be read by this version. */
export async function readManifest(data: string, build: BuildId): Promise<Manifest> {
  const path = join(buildPath(data, build), manifestFile);
  const text = await readIfThere(path);
  if (text === null) {
    throw new LedeError('not_found', `no build "${build}" in "${data}": run \`lede build\``);
  }
  const manifest = parseManifest(text);
  if (manifest !== null && manifest.format !== snapshotFormat) {
    throw new LedeError(
      'incompatible',
      `snapshot "${build}" has format ${manifest.format}, this version of Lede reads ${snapshotFormat}: run \`lede build --full\``,
    );
  }
  if (manifest === null || manifest.build !== build || !isManifest(manifest)) {
    throw new LedeError('incompatible', `"${path}" is damaged: run \`lede build --full\``);
  }
  return manifest;
}

/** Whether it says all that a manifest says, in the types of one, and its counts fit together. */
function isManifest({
  analyzer,
  articles,
  files,
  paragraphs,
  publishedAt,
  report,
  segments,
  terms,
}: Manifest): boolean {
  return (
    [analyzer, publishedAt].every((text) => typeof text === 'string') &&
    [articles, paragraphs, terms].every(isCount) &&
    isObject(files) &&
    Object.values(files).every((file) => isObject(file) && isCount(file.bytes) && isCount(file.crc32)) &&
    Array.isArray(segments) &&
    segments.every(isSegmentEntry) &&
    new Set(segments.map(({ name }) => name)).size === segments.length &&
    segments.reduce((sum, entry) => sum + entry.articles - entry.removed.length, 0) === articles &&
    isReport(report)
  );
}

function isSegmentEntry(entry: SegmentEntry): boolean {
  return (
    isObject(entry) &&
    typeof entry.name === 'string' &&
    /^[\w-]+$/.test(entry.name) &&
    isCount(entry.articles) &&
    isCount(entry.paragraphs) &&
    Array.isArray(entry.removed) &&
    entry.removed.every(
      (article, place) =>
        isCount(article) && article < entry.articles && (place === 0 || article > (entry.removed[place - 1] as number)),
    )
  );
}

function isReport(report: BuildReport): boolean {
  return (
    isObject(report) &&
    isObject(report.files) &&
    isObject(report.articles) &&
    [report.startedAt, report.build].every((text) => typeof text === 'string') &&
    [report.paragraphs, report.terms, report.peakMemoryBytes].every(isCount) &&
    typeof report.tookMs === 'number' &&
    [...Object.values(report.files), ...Object.values(report.articles)].every(isCount) &&
    Array.isArray(report.problems) &&
    report.problems.every(isObject)
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Null for what is no manifest of any format. */
function parseManifest(text: string): Manifest | null {
  try {
    const manifest = JSON.parse(text) as Manifest | null;
    return typeof manifest?.format === 'number' ? manifest : null;
  } catch {
    return null;
  }
}

/** The builds that lie there, oldest first. */
export async function listBuilds(data: string): Promise<BuildId[]> {
  const names = await readdir(join(data, 'builds')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => !name.startsWith('.')).sort() as BuildId[];
}

/** Makes an empty folder for a build in the making, and removes what killed builds left. Needs the build lock. */
export async function openBuildFolder(data: string, build: BuildId): Promise<string> {
  const builds = join(data, 'builds');
  await mkdir(builds, { recursive: true });
  for (const name of await readdir(builds)) {
    if (name.startsWith('.')) await rm(join(builds, name), { recursive: true, force: true });
  }
  const folder = join(builds, `.${build}.tmp`);
  await mkdir(folder);
  return folder;
}

/** Where segments are merged; who merges makes and removes it, under the lock for merging. */
export function mergingPath(data: string): string {
  return join(data, 'merging');
}

/**
 * Gives files of another folder to a build in the making: as further links to them, so that an unchanged segment costs
 * neither time nor room, or as copies where the file system knows no links. Published files are never changed.
 */
export async function shareFiles(from: string, to: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      await link(join(from, file), join(to, file));
    } catch (error) {
      if (!isLinkRefused(error)) throw error;
      await copyDurably(join(from, file), join(to, file));
    }
  }
}

/** Another device, a file system without links, too many of them, or a system that allows none. */
const linkRefusals = ['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'];

function isLinkRefused(error: unknown): boolean {
  return linkRefusals.includes((error as NodeJS.ErrnoException).code ?? '');
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Publishes a finished build folder: renames it to its name, then replaces `current`. Killed at any moment, it leaves
 * the old snapshot published or the new one, whole. Afterwards only the last `keep` builds stay.
 */
export async function publish(data: string, manifest: Manifest, keep: number): Promise<void> {
  const folder = join(data, 'builds', `.${manifest.build}.tmp`);
  await writeDurably(join(folder, manifestFile), `${JSON.stringify(manifest)}\n`);
  await syncFolder(folder);
  await rename(folder, buildPath(data, manifest.build));
  await syncFolder(join(data, 'builds'));
  await replaceCurrent(data, manifest.build);
  await syncFolder(data);
  await removeOldBuilds(data, manifest.build, keep);
}

async function replaceCurrent(data: string, build: BuildId): Promise<void> {
  const next = `${currentPath(data)}.tmp`;
  try {
    await writeDurably(next, `${build}\n`);
  } catch (error) {
    // Never published, and where the disk is full its room is needed.
    await rm(buildPath(data, build), { recursive: true, force: true });
    throw error;
  }
  await rename(next, currentPath(data));
}

async function removeOldBuilds(data: string, current: BuildId, keep: number): Promise<void> {
  const others = (await listBuilds(data)).filter((build) => build !== current);
  for (const build of others.slice(0, Math.max(0, others.length - (keep - 1)))) {
    await rm(buildPath(data, build), { recursive: true, force: true });
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
