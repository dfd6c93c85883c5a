/**
 * What a segment knows of the files it was built from, so that the next build reads only what changed. Content
 * decides, by its SHA-256; file data (size, times, inode) only spare the hashing where they are equal and old enough.
 *
 * Each segment has a catalogue of its own, and a small change writes a small one: what the newest segment says of a
 * path holds, and the articles that older ones have of it are removed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { LedeError } from '../src/domain/error.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { buildPath, type Manifest, segmentFiles } from '../src/snapshot/snapshot-folder.ts';
import type { FoundFile } from './find-files.ts';
import type { FileNotes } from './publish-articles.ts';

/** A file whose articles the segment holds, all that it has. */
export interface CatalogueEntry extends FileNotes {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeNs: string;
  readonly ctimeNs: string;
  readonly inode: string;
  readonly contentHash: string;
  /** When the bytes were read, ms since 1970. */
  readonly readAtMs: number;
  /** How many articles of the file the segment holds. */
  readonly articles: number;
  /** Ids of the articles that were left out since another one has the id. */
  readonly taken: readonly TakenId[];
  readonly problems: readonly FileProblem[];
}

/** What tells whether a file is another one than it was. */
export type FileFacts = Pick<
  CatalogueEntry,
  'path' | 'sizeBytes' | 'mtimeNs' | 'ctimeNs' | 'inode' | 'contentHash' | 'readAtMs'
>;

export interface TakenId {
  readonly id: string;
  /** Path of the file whose article has the id; may be the file itself. */
  readonly by: string;
}

/** A file that an older segment names, and that is no longer there. */
export interface GoneFile {
  readonly path: string;
  readonly isGone: true;
}

export type CatalogueLine = CatalogueEntry | GoneFile;

/** In path order; the articles of the segment follow in the same order. */
export type Catalogue = readonly CatalogueLine[];

/** Of one segment of a snapshot. Throws `LedeError` `incompatible` where the file is missing or not what the manifest says. */
export async function readCatalogue(data: string, manifest: Manifest, segment: string): Promise<Catalogue> {
  const file = segmentFiles(segment).catalogue;
  const path = join(buildPath(data, manifest.build), file);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new LedeError('incompatible', `"${path}" cannot be read: run \`lede build --full\``, { cause });
  });
  if (crc32(bytes) !== manifest.files[file]?.crc32) {
    throw new LedeError('incompatible', `"${path}" differs from its checksum: run \`lede build --full\``);
  }
  const catalogue = parseCatalogue(bytes);
  const articles = manifest.segments.find(({ name }) => name === segment)?.articles;
  if (catalogue === null || sumOf(catalogue) !== articles) {
    throw new LedeError('incompatible', `"${path}" is damaged: run \`lede build --full\``);
  }
  return catalogue;
}

/** Null for what is no catalogue. */
function parseCatalogue(bytes: Buffer): Catalogue | null {
  try {
    const lines = JSON.parse(bytes.toString('utf8')) as Catalogue | null;
    return Array.isArray(lines) && lines.every(isLine) ? lines : null;
  } catch {
    return null;
  }
}

function isLine(line: CatalogueLine | null): boolean {
  if (typeof line !== 'object' || line === null || typeof line.path !== 'string') return false;
  if ('isGone' in line) return true;
  return (
    typeof line.contentHash === 'string' &&
    /^-?\d+$/.test(line.ctimeNs) &&
    Number.isFinite(line.readAtMs) &&
    Number.isSafeInteger(line.articles) &&
    line.articles >= 0 &&
    isListOfObjects(line.taken) &&
    isListOfObjects(line.problems) &&
    isListOfObjects(line.heldBack ?? []) &&
    isListOfObjects(line.unknownKeys ?? []) &&
    Number.isFinite(line.dueMs ?? 0)
  );
}

function isListOfObjects(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'object' && value !== null);
}

/** The articles of all files, which are those of the segment. */
function sumOf(catalogue: Catalogue): number {
  return catalogue.reduce((sum, line) => sum + ('isGone' in line ? 0 : line.articles), 0);
}

/** A line per file, so that it can be looked through. */
export function* encodeCatalogue(catalogue: Catalogue): Generator<Uint8Array> {
  for (const [index, line] of catalogue.entries()) {
    yield Buffer.from(`${index === 0 ? '[' : ',\n'}${JSON.stringify(line)}`, 'utf8');
  }
  yield Buffer.from(catalogue.length === 0 ? '[]\n' : ']\n', 'utf8');
}

/** A change within the clock's grain of the reading could leave the file data as they were. */
const clockGrainMs = 2000;

/** Whether the file data alone show that the file holds what it held. */
export function isCertainlyUnchanged(entry: CatalogueEntry, found: FoundFile): boolean {
  return (
    entry.sizeBytes === found.sizeBytes &&
    entry.mtimeNs === found.mtimeNs &&
    entry.ctimeNs === found.ctimeNs &&
    entry.inode === found.inode &&
    Number(BigInt(entry.ctimeNs) / 1_000_000n) + clockGrainMs < entry.readAtMs
  );
}

/** Whether nothing of the file can be searched, for a reason that was told. */
export function isSkipped({
  articles,
  problems,
  heldBack,
}: Pick<CatalogueEntry, 'articles' | 'problems' | 'heldBack'>): boolean {
  const isHeldBack = heldBack !== undefined;
  return articles === 0 && (isHeldBack || problems.some((problem) => problem.severity === 'skipped'));
}
