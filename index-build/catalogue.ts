/**
 * What a snapshot knows of the files it was built from, so that the next build reads only what changed. Content
 * decides, by its SHA-256; file data (size, times, inode) only spare the hashing where they are equal and old enough.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { LedeError } from '../src/domain/error.ts';
import type { FileProblem } from '../src/domain/problem.ts';
import { buildPath, type Manifest, segmentFiles } from '../src/snapshot/snapshot-folder.ts';
import type { FoundFile } from './find-files.ts';

export interface CatalogueEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeNs: string;
  readonly ctimeNs: string;
  readonly inode: string;
  readonly contentHash: string;
  /** When the bytes were read, ms since 1970. */
  readonly readAtMs: number;
  /** How many articles of the file the snapshot holds. */
  readonly articles: number;
  /** Whether an article was left out because another one has its id: the file is then read again by every build. */
  readonly hasDuplicates: boolean;
  readonly problems: readonly FileProblem[];
}

/** In path order. */
export type Catalogue = readonly CatalogueEntry[];

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
  return JSON.parse(bytes.toString('utf8')) as Catalogue;
}

/** A change within the clock's grain of the reading could leave the file data as they were. */
const clockGrainMs = 2000;

/** Whether the file data alone show that the file holds what it held. */
export function isCertainlyUnchanged(entry: CatalogueEntry, found: FoundFile): boolean {
  const changedMs = Number(BigInt(entry.ctimeNs) / 1_000_000n);
  return (
    entry.sizeBytes === found.sizeBytes &&
    entry.mtimeNs === found.mtimeNs &&
    entry.ctimeNs === found.ctimeNs &&
    entry.inode === found.inode &&
    changedMs + clockGrainMs < entry.readAtMs
  );
}
