/**
 * Makes one segment of several: texts and posting lists are copied, nothing is read, analyzed or hashed again. The
 * result has the bytes that indexing the same articles at once would give.
 */
import { LedeError } from '../src/domain/error.ts';
import type { OpenedSegment } from '../src/engine/embedded/open-snapshot.ts';
import type { Segment } from '../src/engine/embedded/segment.ts';
import { readRecord } from '../src/engine/embedded/text-file.ts';
import { ArticleTable, readArticleRow } from './compile/article-table.ts';
import { type CompiledSegment, compileSegment } from './compile/compile-segment.ts';
import type { MergeSource } from './compile/merge-runs.ts';
import { runOf } from './compile/run.ts';
import type { FileWriter } from './file-writer.ts';
import type { KnownFile } from './known-files.ts';

export interface MergedSegment extends CompiledSegment {
  /** For each segment that was merged the new number of each article; -1 = left out. */
  readonly numbers: ReadonlyMap<OpenedSegment, Int32Array>;
}

/** `files`, in path order, are those whose articles the new segment gets; writes their texts to `texts`. */
export async function mergeSegments(
  files: readonly KnownFile<OpenedSegment>[],
  texts: FileWriter,
): Promise<MergedSegment> {
  const table = new ArticleTable();
  const numbers = new Map<OpenedSegment, Int32Array>();
  for (const { entry, segment: opened, first } of files) {
    const { segment } = opened;
    let own = numbers.get(opened);
    if (own === undefined) {
      own = new Int32Array(segment.header.articles).fill(-1);
      numbers.set(opened, own);
    }
    for (let article = first; article < first + entry.articles; article++) {
      own[article] = table.add(readArticleRow(segment, article));
    }
  }
  await copyTexts(files, texts);
  const sources = [...numbers].map(([{ segment }, own]) => mergeSource(segment, own));
  return { ...compileSegment(sources, table), numbers };
}

/** An opened segment as a source to merge from; `articles`: old article number → new one, -1 = left out. */
export function mergeSource(segment: Segment, articles: Int32Array): MergeSource {
  return { run: runOf(segment.sections), articles };
}

const pieceBytes = 1 << 20;

/** A stretch of a file of texts: [from, to). */
interface Stretch {
  readonly opened: OpenedSegment;
  readonly from: number;
  to: number;
}

async function copyTexts(files: readonly KnownFile<OpenedSegment>[], texts: FileWriter): Promise<void> {
  for (const { opened, from, to } of stretchesOf(files)) {
    for (let at = from; at < to; at += pieceBytes) {
      const piece = await readRecord(opened.texts, at, Math.min(pieceBytes, to - at));
      if (piece === null) {
        const name = `the text file of segment "${opened.name}"`;
        throw new LedeError('incompatible', `${name} ends too early: run \`lede build --full\``);
      }
      await texts.write(piece);
    }
  }
}

/** Files that follow each other in one segment are copied together. */
function* stretchesOf(files: readonly KnownFile<OpenedSegment>[]): Generator<Stretch> {
  let last: Stretch | null = null;
  for (const { entry, segment: opened, first } of files) {
    if (entry.articles === 0) continue;
    const { articleTextStarts } = opened.segment.sections;
    const from = articleTextStarts[first] as number;
    const to = articleTextStarts[first + entry.articles] as number;
    if (last !== null && last.opened === opened && last.to === from) {
      last.to = to;
      continue;
    }
    if (last !== null) yield last;
    last = { opened, from, to };
  }
  if (last !== null) yield last;
}
