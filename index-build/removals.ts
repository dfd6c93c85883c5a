/**
 * What is kept of articles that were removed from a segment: a small segment of them alone, whose counts are taken off.
 * They are indexed from what is stored of them, which is what they were indexed from at first; those that were removed
 * earlier are merged in as they are.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArticleOrdinal } from '../src/domain/ids.ts';
import type { OpenedSegment, RemovedArticles } from '../src/engine/embedded/open-snapshot.ts';
import type { Segment } from '../src/engine/embedded/segment.ts';
import { TextFile } from '../src/engine/embedded/text-file.ts';
import { segmentFiles } from '../src/snapshot/snapshot-folder.ts';
import { Assembly } from './assembly.ts';
import { ArticleTable, readArticleRow } from './compile/article-table.ts';
import { compileSegment } from './compile/compile-segment.ts';
import { runOf } from './compile/run.ts';
import { openCompiled, type WrittenFile, writeFile } from './compiled-segment.ts';
import { encodeArticle } from './encode-article.ts';
import { FileWriter } from './file-writer.ts';
import type { PreparedArticle } from './prepare-article.ts';

export interface WrittenRemoval {
  readonly removed: RemovedArticles;
  readonly file: WrittenFile;
}

/** Adds articles, ascending and none of them removed before, and writes the file into `folder`. */
export async function writeRemoval(
  opened: OpenedSegment,
  articles: readonly number[],
  folder: string,
): Promise<WrittenRemoval> {
  const name = segmentFiles(opened.name).removed;
  const added = { articles, segment: await indexStored(opened, articles, folder) };
  const compiled = compileBoth(opened.removed === null ? [added] : [opened.removed, added]);
  const removed = { articles: compiled.articles, segment: openCompiled(name, compiled) };
  return { removed, file: await writeFile(join(folder, name), compiled.chunks) };
}

async function indexStored(opened: OpenedSegment, articles: readonly number[], folder: string): Promise<Segment> {
  // Their texts are stored already: what is written here is not kept.
  const path = join(folder, `${opened.name}.removed.tmp`);
  const texts = await FileWriter.create(path);
  try {
    const assembly = new Assembly(texts);
    for (const article of articles)
      await assembly.add(encodeArticle(await readStored(opened, article as ArticleOrdinal)));
    return openCompiled(path, await assembly.finish());
  } finally {
    await texts.abandon();
    await rm(path, { force: true });
  }
}

async function readStored({ name, segment, texts }: OpenedSegment, article: ArticleOrdinal): Promise<PreparedArticle> {
  const store = new TextFile(segment, texts, segmentFiles(name).texts);
  return { data: await store.readArticle(article), paragraphs: await store.readParagraphs(article) };
}

/** Each article comes in one part only. */
function compileBoth(parts: readonly RemovedArticles[]) {
  const places = parts.flatMap(({ articles, segment }, part) =>
    articles.map((article, number) => ({ article, segment, part, number })),
  );
  places.sort((a, b) => a.article - b.article);
  const numbers = parts.map(({ articles }) => new Int32Array(articles.length));
  const table = new ArticleTable();
  for (const { segment, part, number } of places) {
    (numbers[part] as Int32Array)[number] = table.add(readArticleRow(segment, number));
  }
  const sources = parts.map(({ segment }, part) => ({
    run: runOf(segment.sections),
    articles: numbers[part] as Int32Array,
  }));
  return { ...compileSegment(sources, table), articles: places.map(({ article }) => article) };
}
