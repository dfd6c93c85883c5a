/**
 * Merges all segments of the published snapshot into one, in the background: builds go on meanwhile, and what they
 * publish stands beside the merged segment. Nothing is read or analyzed again, and nothing that is published changes.
 */
import { openSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../src/analysis/analyze.ts';
import type { BuildReport } from '../src/domain/build-report.ts';
import type { BuildId } from '../src/domain/ids.ts';
import { closeSnapshot, type OpenedSegment, openSegment } from '../src/engine/embedded/open-snapshot.ts';
import {
  buildPath,
  type Manifest,
  mergingPath,
  openBuildFolder,
  publish,
  readCurrent,
  readManifest,
  recurringFile,
  segmentFiles,
  shareFiles,
} from '../src/snapshot/snapshot-folder.ts';
import { afterBuilds, BuildRunningError, withMergeLock } from './build-lock.ts';
import { nextBuildId } from './build-session.ts';
import { openCompiled, type WrittenFile, writeSegment } from './compiled-segment.ts';
import { FileWriter } from './file-writer.ts';
import { keepSegments } from './keep-segments.ts';
import { pinSegments } from './merge-folder.ts';
import { wantsMerge } from './merge-rules.ts';
import { type MergedSegment, mergeSegments } from './merge-segments.ts';
import { openPublished, type Published } from './published.ts';

export interface MergeOptions {
  /** Folder for snapshots. */
  readonly data: string;
  /** How many builds stay for rollback, the new one included. */
  readonly keepBuilds: number;
  /** For tests: waited for when the merged segment is written, before it is published. */
  readonly onWritten?: () => Promise<void>;
}

/**
 * Returns the report of the snapshot that it published, or null where there was nothing to merge, or where a build made
 * one segment of all meanwhile. Waits for a running build before it publishes. Throws `LedeError` `unavailable` while
 * another merge runs; on any error the published snapshot stays.
 */
export function mergeSnapshot(options: MergeOptions): Promise<BuildReport | null> {
  return withMergeLock(options.data, async () => {
    const folder = mergingPath(options.data);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    try {
      return await mergeInto(folder, options);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Merges where it is worth it; leaves it to whoever merges already. */
export async function mergeIfWanted(options: MergeOptions): Promise<BuildReport | null> {
  const current = await readCurrent(options.data);
  if (current === null || !wantsMerge(await readManifest(options.data, current))) return null;
  try {
    return await mergeSnapshot(options);
  } catch (error) {
    if (error instanceof BuildRunningError) return null;
    throw error;
  }
}

async function mergeInto(folder: string, options: MergeOptions): Promise<BuildReport | null> {
  const started = { at: new Date().toISOString(), ms: performance.now() };
  const inputs = await openInputs(options.data);
  if (inputs === null) return null;
  try {
    const name = nextBuildId();
    const written = await writeMerged(inputs, name, folder);
    await options.onWritten?.();
    return await afterBuilds(options.data, () => publishMerged(options, { started, inputs, name, folder, ...written }));
  } finally {
    await inputs.close();
  }
}

/** How often the snapshot may be replaced while it is opened. */
const replacements = 5;

/** The segments to be merged, which builds leave alone from now on; null where there are none. */
async function openInputs(data: string): Promise<Published | null> {
  for (let attempt = 0; attempt < replacements; attempt++) {
    const published = await openPublished(data);
    if (published === null) {
      // Removed while it was opened, or nothing to build on.
      continue;
    }
    const names = published.segments.map(({ entry }) => entry.name);
    await pinSegments(data, names);
    const [only, ...others] = published.segments;
    const isMerged = others.length === 0 && only?.entry.removed.length === 0;
    if (!isMerged && (await holdsAll(data, names))) return published;
    await published.close();
    if (isMerged) return null;
  }
  return null;
}

async function holdsAll(data: string, names: readonly string[]): Promise<boolean> {
  const current = await readCurrent(data);
  if (current === null) return false;
  const held = new Set((await readManifest(data, current)).segments.map(({ name }) => name));
  return names.every((name) => held.has(name));
}

interface Written {
  readonly merged: Omit<MergedSegment, 'numbers'>;
  /** For each merged segment the new numbers of its articles. */
  readonly numbers: ReadonlyMap<string, Int32Array>;
  readonly files: Manifest['files'];
}

async function writeMerged({ segments, known }: Published, name: BuildId, folder: string): Promise<Written> {
  const openedOf = new Map(segments.map(({ opened }) => [opened.name, opened]));
  const files = known
    .filesOf(new Set(openedOf.keys()))
    .map((file) => ({ ...file, segment: openedOf.get(file.segment) as OpenedSegment }));
  const texts = await FileWriter.create(join(folder, segmentFiles(name).texts));
  try {
    const { numbers, ...merged } = await mergeSegments(files, texts);
    const catalogue = files.map(({ entry }) => entry);
    const written = await writeSegment(name, folder, { compiled: merged, catalogue, texts });
    const numbersOf = new Map([...numbers].map(([opened, own]) => [opened.name, own]));
    return { merged, numbers: numbersOf, files: written.files };
  } finally {
    await texts.abandon();
  }
}

interface Publishing extends Written {
  readonly started: { readonly at: string; readonly ms: number };
  readonly inputs: Published;
  readonly name: BuildId;
  readonly folder: string;
}

/** Puts the merged segment into the place of those it was made of. Needs the build lock. */
async function publishMerged(options: MergeOptions, publishing: Publishing): Promise<BuildReport | null> {
  const { data, keepBuilds } = options;
  const { inputs, name, merged, files } = publishing;
  const names = inputs.segments.map(({ entry }) => entry.name);
  const current = await readCurrent(data);
  if (current === null || !(await holdsAll(data, names))) return null;
  const manifest = await readManifest(data, current);
  const opening = { data, manifest, analyzer: fingerprint() };
  const opened: OpenedSegment[] = [];
  const build = nextBuildId();
  const folder = await openBuildFolder(data, build);
  try {
    for (const file of Object.keys(files)) await rename(join(publishing.folder, file), join(folder, file));
    const texts = openSync(join(folder, segmentFiles(name).texts), 'r');
    opened.push({ name, segment: openCompiled(name, merged), removed: null, texts });
    const { articles, paragraphs } = merged.header;
    const entry = { name, articles, paragraphs, removed: [] };
    const newer = manifest.segments.filter((segment) => !names.includes(segment.name));
    for (const segment of newer) opened.push(await openSegment(opening, segment));
    const segments = [entry, ...newer].map((each, index) => ({ entry: each, opened: opened[index] as OpenedSegment }));
    const removed = new Map([[name as string, removedMeanwhile(manifest, publishing)]]);
    const kept = await keepSegments(
      { data, manifest: { ...manifest, files: { ...manifest.files, ...files } }, folder, removed, known: null },
      segments,
    );
    // The articles are the same, and so is what recurs in them.
    await shareFiles(buildPath(data, current), folder, [recurringFile]);
    const report = reportOf(manifest.report, build, publishing.started);
    await publish(
      data,
      {
        ...manifest,
        build,
        mergedFrom: manifest.build,
        publishedAt: new Date().toISOString(),
        segments: kept.segments.map((each) => each.entry),
        files: { ...kept.files, [recurringFile]: manifest.files[recurringFile] as WrittenFile },
        report,
      },
      keepBuilds,
    );
    return report;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await closeSnapshot({ segments: opened });
  }
}

/** Numbers in the merged segment of the articles that builds removed from the merged ones since. */
function removedMeanwhile(manifest: Manifest, { numbers }: Publishing): number[] {
  const removed = manifest.segments.flatMap((segment) => {
    const own = numbers.get(segment.name);
    return own === undefined ? [] : segment.removed.map((article) => own[article] as number);
  });
  // Those that were removed before are not in it.
  return removed.filter((number) => number >= 0).sort((a, b) => a - b);
}

function reportOf(last: BuildReport, build: BuildId, started: Publishing['started']): BuildReport {
  const { found, read, unchanged, skipped } = last.files;
  return {
    ...last,
    build,
    outcome: 'published',
    startedAt: started.at,
    tookMs: Math.round(performance.now() - started.ms),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    files: { found, read: 0, unchanged: unchanged + read, skipped },
    articles: { total: last.articles.total, added: 0, changed: 0, removed: 0 },
  };
}
