/**
 * Step 6 of a build, publishing: the delta becomes a segment, merged with those that are not much larger; segments that
 * stay are shared with the snapshot before, and where articles of one are superseded, these are written beside it.
 */
import { closeSync, openSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../src/analysis/analyze.ts';
import type { BuildReport } from '../src/domain/build-report.ts';
import type { BuildId } from '../src/domain/ids.ts';
import { closeSnapshot, type OpenedSegment, openSegment } from '../src/engine/embedded/open-snapshot.ts';
import { encodeRecurringMarks } from '../src/engine/embedded/recurring-marks.ts';
import type { Segment } from '../src/engine/embedded/segment.ts';
import {
  type Manifest,
  publish,
  recurringFile,
  type SegmentEntry,
  segmentFiles,
  snapshotFormat,
} from '../src/snapshot/snapshot-folder.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import type { CompiledSegment } from './compile/compile-segment.ts';
import { openCompiled, type WrittenSegment, writeFile, writeSegment } from './compiled-segment.ts';
import { type CountedSegment, countLiveTerms } from './count-live-terms.ts';
import { findRecurring, marksOf, type RecurredBefore } from './count-recurring.ts';
import type { Delta, FinishedDelta } from './delta.ts';
import { FileWriter } from './file-writer.ts';
import { keepSegments } from './keep-segments.ts';
import { type KnownFile, KnownFiles } from './known-files.ts';
import { pinnedSegments } from './merge-folder.ts';
import { chooseMerged, type MergeRules } from './merge-rules.ts';
import { mergeSegments } from './merge-segments.ts';
import { Published, type PublishedSegment } from './published.ts';

export interface SnapshotWriting {
  readonly data: string;
  readonly keepBuilds: number;
  readonly build: BuildId;
  readonly rules: MergeRules;
  readonly before: Published | null;
  /** How the files were read. */
  readonly reading: string;
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
  const recurring = findRecurringAfter(writing, finished, { kept: kept.segments, added: written.compiled });
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
    reading: writing.reading,
    ...counts,
    segments,
    files: {
      ...kept.files,
      ...written.files,
      [recurringFile]: await writeFile(join(folder, recurringFile), encodeRecurringMarks(recurring)),
    },
    report: { ...writing.report(), paragraphs: counts.paragraphs, terms: counts.terms },
  };
  await publish(data, manifest, writing.keepBuilds);
  await closeSnapshot({ segments: merged.map(({ opened }) => opened) });
  const known = knownAfter(before, chosen, { build, catalogue: written.catalogue });
  return {
    manifest,
    open: async () => {
      const opened = await openSegment({ data, manifest, analyzer: fingerprint() }, entry);
      return new Published({ manifest, segments: [...kept.segments, { entry, opened }], known, recurring });
    },
    close: async () => {
      await closeSnapshot({ segments: kept.segments.map(({ opened }) => opened) });
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
  const handle = openSync(deltaTexts, 'r');
  try {
    const delta = { name: build, segment: openCompiled('the delta', compiled), removed: null, texts: handle };
    return await writeTogether(writing, folder, { delta, merged });
  } finally {
    closeSync(handle);
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

interface SnapshotSegments {
  readonly kept: readonly PublishedSegment[];
  readonly added: CompiledSegment;
}

/** Where more than this share of all paragraphs changed, counting all marks takes less than knowing what changed. */
const countedAnew = 0.25;

function findRecurringAfter(
  writing: SnapshotWriting,
  { compiled: { header, marks } }: FinishedDelta,
  { kept, added }: SnapshotSegments,
): Uint32Array {
  const segments = [
    ...kept.map(({ entry, opened }) => ({ marks: opened.segment.sections, removed: entry.removed })),
    { marks: added.marks, removed: [] },
  ];
  const isNew = header.paragraphs > countedAnew * (writing.before?.manifest.paragraphs ?? 0);
  return findRecurring(segments, isNew ? null : recurredBefore(writing, marks));
}

function recurredBefore(
  { before, superseded }: SnapshotWriting,
  added: CompiledSegment['marks'],
): RecurredBefore | null {
  if (before === null) return null;
  const changed = new Set(added.paragraphMarks);
  for (const { segment, first, entry } of superseded) {
    const { sections } = before.segment(segment).opened.segment;
    for (const mark of marksOf(sections, first, first + entry.articles)) changed.add(mark);
  }
  return { recurring: before.recurring, changed };
}

function inPathOrder(lines: Catalogue): Catalogue {
  return [...lines].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function countTerms(kept: readonly PublishedSegment[], added: CompiledSegment): number {
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
