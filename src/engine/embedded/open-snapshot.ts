/**
 * Opens a published snapshot in two steps. Loading checks that the files belong to it and reads the segments into shared
 * memory; the texts stay on disk. Viewing makes segments of that memory, in any thread, without reading or comparing
 * anything again. Opened files stay readable when the snapshot is removed meanwhile.
 */
import { close, openSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { LedeError } from '../../domain/error.ts';
import type { BuildId } from '../../domain/ids.ts';
import { damagedFile } from '../../snapshot/container.ts';
import {
  buildPath,
  type Manifest,
  readManifest,
  recurringFile,
  type SegmentEntry,
  segmentFiles,
} from '../../snapshot/snapshot-folder.ts';
import { RecurringMarks } from './recurring-marks.ts';
import { Segment } from './segment.ts';

const closeFile = promisify(close);

/** What other threads need to search a snapshot: plain data that can be posted to them. */
export interface LoadedSnapshot {
  readonly manifest: Manifest;
  /** In the order of the manifest. */
  readonly segments: readonly LoadedSegment[];
  /** Null where the manifest knows no such file: that of an older version, which its segments tell. */
  readonly recurring: LoadedFile | null;
}

interface LoadedSegment {
  readonly name: string;
  readonly segment: LoadedFile;
  /** Of the articles that were removed since; null where none were. */
  readonly removed: LoadedFile | null;
  /** Descriptor of the file of texts, the same in all threads of the process. */
  readonly texts: number;
}

/** A file in shared memory, compared with its checksum. */
interface LoadedFile {
  /** Equal for files of equal content, whatever build they are part of. */
  readonly key: string;
  /** For messages. */
  readonly path: string;
  readonly bytes: SharedArrayBuffer;
}

export interface OpenedSnapshot {
  readonly manifest: Manifest;
  /** In the order of the manifest. */
  readonly segments: readonly OpenedSegment[];
  readonly recurring: RecurringMarks;
  readonly views: SegmentViews;
}

export interface OpenedSegment {
  readonly name: string;
  readonly segment: Segment;
  /** Articles that were removed since, and what counts for them; null where none were. */
  readonly removed: RemovedArticles | null;
  /** Descriptor to read texts from; whoever opened the snapshot closes it. */
  readonly texts: number;
}

export interface RemovedArticles {
  /** Numbers in the segment, ascending. */
  readonly articles: readonly number[];
  /** A segment of these articles alone, in this order: its counts are taken off those of the segment. */
  readonly segment: Segment;
}

/** A snapshot's segments by the keys of their files. */
export type SegmentViews = ReadonlyMap<string, Segment>;

/**
 * Throws `LedeError`: `not_found` where there is no such build, `incompatible` where its files are damaged or were made by
 * another version or analyzer; the message names the file and the remedy.
 */
export async function openSnapshot(data: string, build: BuildId, analyzer: string): Promise<OpenedSnapshot> {
  const loaded = await loadSnapshot(data, build);
  try {
    return viewSnapshot(loaded, analyzer);
  } catch (error) {
    await closeSnapshot(loaded);
    throw error;
  }
}

/**
 * The first step. Files that `before` has as well are taken from there. Reads in pieces, so that a thread that answers
 * requests goes on doing so. Throws like `openSnapshot`, but for what a segment says of its format and analyzer.
 */
export async function loadSnapshot(
  data: string,
  build: BuildId,
  before: LoadedSnapshot | null = null,
): Promise<LoadedSnapshot> {
  const manifest = await readManifest(data, build);
  const known = new Map(filesOf(before).map((file) => [file.key, file.bytes]));
  const segments: LoadedSegment[] = [];
  try {
    for (const entry of manifest.segments) segments.push(await loadSegment({ data, manifest, known }, entry));
    const hasRecurring = manifest.files[recurringFile] !== undefined;
    const recurring = hasRecurring ? await loadFile({ data, manifest, known }, recurringFile) : null;
    return { manifest, segments, recurring };
  } catch (error) {
    await closeSnapshot({ segments });
    throw error;
  }
}

/** The second step. Segments that are in `before` as well are taken from there. Throws `LedeError` `incompatible`. */
export function viewSnapshot(
  loaded: LoadedSnapshot,
  analyzer: string,
  before: SegmentViews = new Map(),
): OpenedSnapshot {
  const { manifest, recurring } = loaded;
  const opened = viewSegments(loaded, analyzer, before);
  if (recurring === null) {
    const lack = `the manifest of build "${manifest.build}" lists no ${recurringFile}`;
    throw new LedeError('incompatible', `${lack}: run \`lede build --full\``);
  }
  return { ...opened, recurring: RecurringMarks.openVerified(recurring.path, new Uint8Array(recurring.bytes)) };
}

/** What a build needs of the snapshot before beside its segments. Throws like `openSnapshot`. */
export async function openRecurring(data: string, manifest: Manifest): Promise<RecurringMarks> {
  const { path, bytes } = await loadFile({ data, manifest, known: new Map() }, recurringFile);
  return RecurringMarks.openVerified(path, new Uint8Array(bytes));
}

function viewSegments(
  { manifest, segments }: Omit<LoadedSnapshot, 'recurring'>,
  analyzer: string,
  before: SegmentViews = new Map(),
): Omit<OpenedSnapshot, 'recurring'> {
  const views = new Map<string, Segment>();
  const view = (file: LoadedFile): Segment => {
    const segment = before.get(file.key) ?? Segment.openVerified(file.path, new Uint8Array(file.bytes), analyzer);
    views.set(file.key, segment);
    return segment;
  };
  return {
    manifest,
    views,
    segments: segments.map(({ name, segment, removed, texts }, index): OpenedSegment => {
      const articles = manifest.segments[index]?.removed ?? [];
      const opened = { name, segment: view(segment), removed: removed && { articles, segment: view(removed) }, texts };
      checkEntry(manifest, opened);
      return opened;
    }),
  };
}

/** That the files of a segment are those that the manifest means, and fit together. */
function checkEntry({ files, segments }: Manifest, { name, segment, removed }: OpenedSegment): void {
  const entry = segments.find((candidate) => candidate.name === name);
  const { articleStarts, articleTextStarts } = segment.sections;
  if (entry?.articles !== segment.header.articles || entry.paragraphs !== segment.header.paragraphs) {
    throw damagedFile(segment.name, 'it holds not as many articles and paragraphs as its manifest says');
  }
  if (files[segmentFiles(name).texts]?.bytes !== articleTextStarts.at(-1)) {
    throw damagedFile(segment.name, 'its texts take more or less than their file');
  }
  if (removed === null) return;
  const paragraphsOf = (article: number) => (articleStarts[article + 1] as number) - (articleStarts[article] as number);
  const isWhole =
    removed.segment.header.articles === removed.articles.length &&
    removed.articles.every((article, place) => {
      const starts = removed.segment.sections.articleStarts;
      return paragraphsOf(article) === (starts[place + 1] as number) - (starts[place] as number);
    });
  if (!isWhole) throw damagedFile(removed.segment.name, 'it holds other articles than its manifest says');
}

/** What one segment is opened by. */
export interface Opening {
  readonly data: string;
  readonly manifest: Manifest;
  readonly analyzer: string;
}

/** Opens one of a snapshot's segments; throws as `openSnapshot` does. Who opened it closes its `texts`. */
export async function openSegment({ data, manifest, analyzer }: Opening, entry: SegmentEntry): Promise<OpenedSegment> {
  const loaded = await loadSegment({ data, manifest, known: new Map() }, entry);
  const only = { manifest: { ...manifest, segments: [entry] }, segments: [loaded] };
  try {
    return viewSegments(only, analyzer).segments[0] as OpenedSegment;
  } catch (error) {
    await closeSnapshot(only);
    throw error;
  }
}

/** Closes the files of texts: once, whatever was made of them, and when nobody reads them any more. */
export async function closeSnapshot({
  segments,
}: {
  readonly segments: readonly { readonly texts: number }[];
}): Promise<void> {
  for (const { texts } of segments) await closeFile(texts);
}

interface Loading {
  readonly data: string;
  readonly manifest: Manifest;
  readonly known: ReadonlyMap<string, SharedArrayBuffer>;
}

async function loadSegment(loading: Loading, { name, removed }: SegmentEntry): Promise<LoadedSegment> {
  const files = segmentFiles(name);
  return {
    name,
    segment: await loadFile(loading, files.segment),
    removed: removed.length === 0 ? null : await loadFile(loading, files.removed),
    texts: await openTexts(loading, files.texts),
  };
}

async function loadFile({ data, manifest, known }: Loading, file: string): Promise<LoadedFile> {
  const path = join(buildPath(data, manifest.build), file);
  const { size } = await refuse(path, stat(path));
  const expected = checkSize(manifest, file, size);
  const key = `${file} ${expected.bytes} ${expected.crc32}`;
  const bytes = known.get(key) ?? (await refuse(path, readShared(path, expected)));
  return { key, path, bytes };
}

/** What keeps the thread for a millisecond or two. */
const pieceBytes = 4 * 1024 * 1024;

async function readShared(path: string, expected: Manifest['files'][string]): Promise<SharedArrayBuffer> {
  const shared = new SharedArrayBuffer(expected.bytes);
  const bytes = new Uint8Array(shared);
  const handle = await open(path, 'r');
  let sum = 0;
  try {
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(pieceBytes, bytes.length - at), at);
      if (bytesRead === 0) break;
      sum = crc32(bytes.subarray(at, at + bytesRead), sum);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
  if (sum === expected.crc32) return shared;
  throw new LedeError('incompatible', `"${path}" is damaged: it differs from its checksum; run \`lede build --full\``);
}

async function openTexts({ data, manifest }: Loading, file: string): Promise<number> {
  const path = join(buildPath(data, manifest.build), file);
  const { size } = await refuse(path, stat(path));
  checkSize(manifest, file, size);
  return refuse(path, new Promise((resolve) => resolve(openSync(path, 'r'))));
}

/** What the system refuses is told by the file's name, with the remedy. */
async function refuse<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    if (cause instanceof LedeError) throw cause;
    throw new LedeError('incompatible', `"${path}" cannot be read: run \`lede build --full\``, { cause });
  });
}

function checkSize(manifest: Manifest, file: string, bytes: number): Manifest['files'][string] {
  const expected = manifest.files[file];
  if (expected !== undefined && bytes === expected.bytes) return expected;
  throw new LedeError(
    'incompatible',
    `${file} of build "${manifest.build}" has ${bytes} bytes, its manifest says ${expected?.bytes}: run \`lede build --full\``,
  );
}

function filesOf(snapshot: LoadedSnapshot | null): LoadedFile[] {
  if (snapshot === null) return [];
  const files = snapshot.segments.flatMap(({ segment, removed }) =>
    removed === null ? [segment] : [segment, removed],
  );
  return snapshot.recurring === null ? files : [...files, snapshot.recurring];
}
