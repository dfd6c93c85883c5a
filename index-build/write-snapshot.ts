/**
 * Step 6 of a build, publishing: the delta becomes a segment, merged with those that are not much larger; segments that
 * stay are shared with the snapshot before, and where articles of one are superseded, these are written beside it.
 */
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../src/analysis/analyze.ts';
import type { BuildReport } from '../src/domain/build-report.ts';
import type { BuildId } from '../src/domain/ids.ts';
import { type OpenedSegment, openSegment } from '../src/engine/embedded/open-snapshot.ts';
import type { Segment } from '../src/engine/embedded/segment.ts';
import {
  buildPath,
  type Manifest,
  publish,
  type SegmentEntry,
  segmentFiles,
  shareFiles,
  snapshotFormat,
} from '../src/snapshot/snapshot-folder.ts';
import { type Catalogue, type CatalogueEntry, encodeCatalogue, readCatalogue } from './catalogue.ts';
import { openCompiled, type WrittenFile, writeFile } from './compiled-segment.ts';
import { type CountedSegment, countLiveTerms } from './count-live-terms.ts';
import type { Delta, FinishedDelta } from './delta.ts';
import { FileWriter } from './file-writer.ts';
import { type KnownFile, KnownFiles } from './known-files.ts';
import { pinnedSegments } from './merge-folder.ts';
import { chooseMerged, type MergeRules } from './merge-rules.ts';
import { mergeSegments } from './merge-segments.ts';
import { Published, type PublishedSegment } from './published.ts';
import { writeRemoval } from './removals.ts';

export interface SnapshotWriting {
  readonly data: string;
  readonly keepBuilds: number;
  readonly build: BuildId;
  readonly rules: MergeRules;
  readonly before: Published | null;
  readonly delta: Delta;
  /** What the snapshot before has of the files in the delta, and of those that are gone. */
  readonly superseded: readonly KnownFile<string>[];
  /** The report but for what the segments tell. */
  readonly report: () => BuildReport;
}

/** The snapshot that was published. Its newest segment is opened only if another build follows. */
export interface Successor {
  readonly manifest: Manifest;
  open(): Promise<Published>;
  /** Closes what stayed open of the snapshot before. */
  close(): Promise<void>;
}

/** Writes and publishes. On an error the build's folder is left to be removed, and nothing else is changed. */
export async function writeSnapshot(writing: SnapshotWriting): Promise<Successor> {
  const { data, build, before, superseded } = writing;
  const finished = await writing.delta.finish();
  const { folder } = finished;
  const removed = articlesOf(superseded);
  const chosen = await chooseSegments(writing, removed, finished);
  const all = before?.segments ?? [];
  const merged = all.filter(({ entry }) => chosen.has(entry.name));
  const others = all.filter(({ entry }) => !chosen.has(entry.name));

  const written =
    merged.length === 0 ? await writeDelta(writing, finished) : await writeMerged(writing, finished, merged);
  const kept = await keepSegments(
    { manifest: before?.manifest ?? null, data, folder, removed, known: before?.known ?? null },
    others,
  );
  const { articles, paragraphs } = written.compiled.header;
  const entry: SegmentEntry = { name: build, articles, paragraphs, removed: [] };
  const segments = [...kept.segments.map((segment) => segment.entry), entry];
  const counts = {
    articles: writing.report().articles.total,
    paragraphs: paragraphs + kept.segments.reduce((sum, segment) => sum + liveParagraphs(segment), 0),
    terms: countTerms(kept.segments, written.compiled),
  };
  const manifest: Manifest = {
    format: snapshotFormat,
    build,
    publishedAt: new Date().toISOString(),
    analyzer: fingerprint(),
    ...counts,
    segments,
    files: { ...kept.files, ...written.files },
    report: { ...writing.report(), paragraphs: counts.paragraphs, terms: counts.terms },
  };
  await publish(data, manifest, writing.keepBuilds);
  for (const { opened } of merged) await opened.texts.close();
  const known = knownAfter(before, chosen, { build, catalogue: written.catalogue });
  return {
    manifest,
    open: async () => {
      const opened = await openSegment({ data, manifest, analyzer: fingerprint() }, entry);
      return new Published(manifest, [...kept.segments, { entry, opened }], known);
    },
    close: async () => {
      for (const { opened } of kept.segments) await opened.texts.close();
    },
  };
}

/** Which segments the build takes in: all of them where much changed. */
async function chooseSegments(
  { data, before, superseded, rules }: SnapshotWriting,
  removed: ReadonlyMap<string, readonly number[]>,
  { compiled }: FinishedDelta,
): Promise<ReadonlySet<string>> {
  if (before === null) return new Set();
  const added = compiled.header.paragraphs;
  const gone = superseded.reduce((sum, { segment: name, first, entry }) => {
    const { articleStarts } = before.segment(name).opened.segment.sections;
    return sum + (articleStarts[first + entry.articles] as number) - (articleStarts[first] as number);
  }, 0);
  if (added + gone > rules.muchChanged * before.manifest.paragraphs) {
    return new Set(before.segments.map(({ entry }) => entry.name));
  }
  const pinned = await pinnedSegments(data);
  const candidates = before.segments
    .filter(({ entry }) => !pinned.has(entry.name))
    .map((segment) => ({
      name: segment.entry.name,
      liveParagraphs: liveParagraphs(segment) - paragraphsOf(segment.opened.segment, removed.get(segment.entry.name)),
    }));
  return chooseMerged(candidates, added, rules);
}

/** For each segment the numbers of the articles that the files have there, ascending. */
function articlesOf(files: readonly KnownFile<string>[]): Map<string, number[]> {
  const articles = new Map<string, number[]>();
  for (const { segment, first, entry } of files) {
    if (entry.articles === 0) continue;
    const own = articles.get(segment) ?? [];
    articles.set(segment, own);
    for (let i = 0; i < entry.articles; i++) own.push(first + i);
  }
  for (const own of articles.values()) own.sort((a, b) => a - b);
  return articles;
}

/** Paragraphs of a segment's articles that were not removed. */
function liveParagraphs({ entry, opened }: PublishedSegment): number {
  return entry.paragraphs - paragraphsOf(opened.segment, entry.removed);
}

function paragraphsOf({ sections }: Segment, articles: readonly number[] = []): number {
  const { articleStarts } = sections;
  return articles.reduce(
    (sum, article) => sum + (articleStarts[article + 1] as number) - (articleStarts[article] as number),
    0,
  );
}

type CompiledDelta = FinishedDelta['compiled'];

interface WrittenSegment {
  readonly compiled: CompiledDelta;
  readonly catalogue: Catalogue;
  readonly files: Manifest['files'];
}

async function writeDelta(
  { build, delta }: SnapshotWriting,
  { folder, compiled, texts }: FinishedDelta,
): Promise<WrittenSegment> {
  const catalogue = inPathOrder([...delta.files, ...delta.gone.map((path) => ({ path, isGone: true as const }))]);
  return writeSegment(build, folder, { compiled, catalogue, texts });
}

async function writeMerged(
  writing: SnapshotWriting,
  { folder, compiled, texts }: FinishedDelta,
  merged: readonly PublishedSegment[],
): Promise<WrittenSegment> {
  const { build } = writing;
  await texts.finishForNow();
  const deltaTexts = join(folder, 'delta.tmp');
  await rename(join(folder, segmentFiles(build).texts), deltaTexts);
  const handle = await open(deltaTexts, 'r');
  try {
    const delta = { name: build, segment: openCompiled('the delta', compiled), removed: null, texts: handle };
    return await writeTogether(writing, folder, { delta, merged });
  } finally {
    await handle.close();
    await rm(deltaTexts, { force: true });
  }
}

async function writeTogether(
  { build, delta: { files: added, gone }, before, superseded }: SnapshotWriting,
  folder: string,
  { delta, merged }: { readonly delta: OpenedSegment; readonly merged: readonly PublishedSegment[] },
): Promise<WrittenSegment> {
  const known = before?.known ?? new KnownFiles<string>();
  const openedOf = new Map(merged.map(({ entry, opened }) => [entry.name, opened]));
  const names = new Set(openedOf.keys());
  const isSuperseded = new Set(superseded.map(({ entry }) => entry.path));
  const kept = known
    .filesOf(names)
    .filter(({ entry }) => !isSuperseded.has(entry.path))
    .map((file) => ({ ...file, segment: openedOf.get(file.segment) as OpenedSegment }));
  const files = [...kept, ...filesOfDelta(added, delta)].sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
  const isAdded = new Set(added.map(({ path }) => path));
  // Where no older segment stays, nobody needs to be told what is gone.
  const told = names.size === before?.segments.length ? [] : [...gone, ...known.goneIn(names)];
  const catalogue = inPathOrder([
    ...files.map(({ entry }) => entry),
    ...told.filter((path) => !isAdded.has(path)).map((path) => ({ path, isGone: true as const })),
  ]);
  const texts = await FileWriter.create(join(folder, segmentFiles(build).texts));
  try {
    return await writeSegment(build, folder, { compiled: await mergeSegments(files, texts), catalogue, texts });
  } finally {
    await texts.abandon();
  }
}

function filesOfDelta(files: readonly CatalogueEntry[], segment: OpenedSegment): KnownFile<OpenedSegment>[] {
  let next = 0;
  return files.map((entry) => {
    const first = next;
    next += entry.articles;
    return { entry, segment, first };
  });
}

function inPathOrder(lines: Catalogue): Catalogue {
  return [...lines].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes the files of a new segment; its texts are there already. */
export async function writeSegment(
  name: string,
  folder: string,
  { compiled, catalogue, texts }: { compiled: CompiledDelta; catalogue: Catalogue; texts: FileWriter },
): Promise<WrittenSegment> {
  const names = segmentFiles(name);
  const files = {
    [names.texts]: await texts.finish(),
    [names.segment]: await writeFile(join(folder, names.segment), compiled.chunks),
    [names.catalogue]: await writeFile(join(folder, names.catalogue), encodeCatalogue(catalogue)),
  };
  return { compiled, catalogue, files };
}

interface Keeping {
  readonly data: string;
  /** Of the snapshot that has the segments. */
  readonly manifest: Manifest | null;
  readonly folder: string;
  /** For each segment the articles that are removed from it now. */
  readonly removed: ReadonlyMap<string, readonly number[]>;
  /** What is known of the files now; null: what the catalogues say. */
  readonly known: KnownFiles<string> | null;
}

/** Takes segments over into the folder of a build. */
export async function keepSegments(
  { data, manifest, folder, removed, known }: Keeping,
  segments: readonly PublishedSegment[],
): Promise<{ segments: readonly PublishedSegment[]; files: Manifest['files'] }> {
  const kept: PublishedSegment[] = [];
  const files: Record<string, WrittenFile> = {};
  const inFolder = new Set(await readdir(folder));
  for (const segment of segments) {
    if (manifest === null) break;
    const names = segmentFiles(segment.entry.name);
    const newlyRemoved = removed.get(segment.entry.name) ?? [];
    const shared: string[] = [names.segment, names.texts];
    if (known !== null && isOutdated(segment, known)) {
      const catalogue = await readCatalogue(data, manifest, segment.entry.name);
      const lines = bringUpToDate(catalogue, segment.entry.name, known);
      files[names.catalogue] = await writeFile(join(folder, names.catalogue), encodeCatalogue(lines));
    } else {
      shared.push(names.catalogue);
    }
    if (newlyRemoved.length === 0) {
      if (segment.opened.removed !== null) shared.push(names.removed);
      kept.push(segment);
    } else {
      const removal = await writeRemoval(segment.opened, newlyRemoved, folder);
      files[names.removed] = removal.file;
      kept.push({
        entry: { ...segment.entry, removed: removal.removed.articles },
        opened: { ...segment.opened, removed: removal.removed },
      });
    }
    // A merged segment lies in the folder already.
    const elsewhere = shared.filter((name) => !inFolder.has(name));
    await shareFiles(buildPath(data, manifest.build), folder, elsewhere);
    for (const name of shared) files[name] = manifest.files[name] as WrittenFile;
  }
  return { segments: kept, files };
}

/** Part of a segment's files whose times changed, e.g. when the folder was copied, that is worth a new catalogue. */
const outdatedShare = 0.1;

function isOutdated({ entry }: PublishedSegment, known: KnownFiles<string>): boolean {
  // Counted in articles, since how many files there are is not at hand: most files hold one.
  return known.refreshed(entry.name) > Math.max(1, outdatedShare * entry.articles);
}

/** Every line stays in its place, since the articles of the segment follow in the same order. */
function bringUpToDate(catalogue: Catalogue, segment: string, known: KnownFiles<string>): Catalogue {
  known.forgetRefreshed(segment);
  return catalogue.map((line) => {
    const file = known.get(line.path);
    return file?.segment === segment ? file.entry : line;
  });
}

function countTerms(kept: readonly PublishedSegment[], added: CompiledDelta): number {
  if (kept.length === 0) return added.header.terms;
  const segments: CountedSegment[] = kept.map(({ opened }) => ({
    segment: opened.segment,
    removed: opened.removed?.segment ?? null,
  }));
  return countLiveTerms([...segments, { segment: openCompiled('the new segment', added), removed: null }]);
}

function knownAfter(
  before: Published | null,
  chosen: ReadonlySet<string>,
  { build, catalogue }: { readonly build: BuildId; readonly catalogue: Catalogue },
): KnownFiles<string> {
  const known = before === null || chosen.size === before.segments.length ? new KnownFiles<string>() : before.known;
  known.adopt(build, catalogue);
  return known;
}
