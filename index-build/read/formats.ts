/**
 * The table of file formats: a new one is a reader in a file of its own and one line here.
 * Part of step 2 of an article's journey.
 */
import type { TextKind } from './decode-text.ts';
import { readHtml } from './read-html.ts';
import { readJson, readJsonLines } from './read-json.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPlainText } from './read-plain-text.ts';
import { readTable } from './read-table.ts';
import type { Reader } from './reader.ts';

const readers: ReadonlyMap<string, Reader> = new Map([
  ['.md', readMarkdown],
  ['.markdown', readMarkdown],
  ['.mdx', readMarkdown],
  ['.html', readHtml],
  ['.htm', readHtml],
  ['.xhtml', readHtml],
  ['.txt', readPlainText],
  ['.text', readPlainText],
  ['.json', readJson],
  ['.jsonl', readJsonLines],
  ['.ndjson', readJsonLines],
  ['.csv', readTable],
  ['.tsv', readTable],
]);

/** What kind of text a format's files hold, for decoding. */
export function textKindOf(path: string): TextKind {
  const extension = extensionOf(path);
  if (/^\.x?html?$/.test(extension)) return 'page';
  return readers.get(extension) === readPlainText ? 'pages' : 'data';
}

/** With the dot, in lower case. */
export const knownExtensions: readonly string[] = [...readers.keys()];

/** The reader for a path, or null for an unknown format. */
export function readerFor(path: string): Reader | null {
  return readers.get(extensionOf(path)) ?? null;
}

/** The last extension of a path's name with its dot, in lower case; empty where it has none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot).toLowerCase();
}
