/**
 * The corpora that were named → articles, in an order drawn with the seed, so that the first thousand paragraphs are a
 * fair sample of all. A folder is read as Lede reads its corpus; a file is JSON Lines of `{id, title, text}`.
 */
import { createReadStream } from 'node:fs';
import { readFile as readBytes, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { findFiles } from '../../index-build/find-files.ts';
import { type PreparedArticle, prepareArticle } from '../../index-build/prepare-article.ts';
import { readFile } from '../../index-build/read/read-file.ts';
import { openRandom, shuffle } from '../../src/evaluation/random.ts';

/** Articles without a paragraph are left out. Those of folders come first, mixed; files follow in their own order. */
export async function* readSources(sources: readonly string[], seed: number): AsyncGenerator<PreparedArticle> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const source of sources) ((await stat(source)).isDirectory() ? folders : files).push(source);
  yield* readFolders(folders, seed);
  for (const file of files) yield* readJsonLines(file);
}

async function* readFolders(folders: readonly string[], seed: number): AsyncGenerator<PreparedArticle> {
  const found = [];
  for (const folder of folders) found.push(...(await findFiles(folder)).files);
  for (const { path, absolutePath } of shuffle(openRandom(seed, 'files'), found)) {
    yield* prepare(path, await readBytes(absolutePath));
  }
}

/** Line by line, since a corpus in one file may be larger than what Lede takes as one article file. */
async function* readJsonLines(file: string): AsyncGenerator<PreparedArticle> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() !== '') yield* prepare('corpus.jsonl', Buffer.from(line));
  }
}

function prepare(path: string, bytes: Uint8Array): PreparedArticle[] {
  return readFile({ path, bytes })
    .articles.map(prepareArticle)
    .filter(({ paragraphs }) => paragraphs.length > 0);
}
