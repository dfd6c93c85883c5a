/**
 * Plain text → article. Step 2 of an article's journey: the frames of pages and of Project Gutenberg go, the head gives
 * title, author and day, and the rest is paragraphs. What no label states is a guess and marked as such.
 */
import type { Block } from '../../src/domain/article.ts';
import { assembleArticle, firstWords, readableName } from './article-data.ts';
import { readLabelLines } from './front-matter-lines.ts';
import type { ReadResult } from './reader.ts';
import { mergeStatedData, pickStatedData, type StatedData } from './stated-data.ts';
import { readTextHead } from './text-head.ts';
import { findGutenbergBook, removePageFrames } from './text-pages.ts';
import { hasTooManyLines, mostTextLines, toParagraphs } from './text-paragraphs.ts';

/** Reads one file as one article. */
export function readPlainText(text: string, path: string): ReadResult {
  if (hasTooManyLines(text)) return readUnseen(text, path);
  const book = findGutenbergBook(text);
  const head = readTextHead(removePageFrames(book?.text ?? text).split('\n'));
  const stated = book === null ? head.stated : mergeStatedData(stateBook(book.head), head.stated);
  const blocks = [...head.blocks, ...toParagraphs(head.lines.join('\n'))];
  const { article, problems } = assembleArticle({
    path,
    line: null,
    fallbackId: path,
    stated,
    guessed: { ...head, title: head.title ?? guessTitle(blocks, path) },
    blocks,
  });
  return { articles: [article], problems };
}

/** A text that is read without a look at its lines. */
function readUnseen(text: string, path: string): ReadResult {
  const blocks = toParagraphs(text);
  const guessed = { title: guessTitle(blocks, path) };
  const draft = { path, line: null, fallbackId: path, stated: new Map(), guessed, blocks };
  const { article, problems } = assembleArticle(draft);
  const reason = `more than ${mostTextLines} lines: its paragraphs are told by blank lines alone, and nothing else is looked for`;
  return { articles: [article], problems: [{ path, line: null, severity: 'warning', reason }, ...problems] };
}

/** What the frame of a book states. Its language is a name, and its day that of the edition. */
function stateBook(head: string): StatedData {
  const lines = head.split('\n').map((line) => line.trim());
  const entries = lines.flatMap((line, index) => {
    if (!/^(?:Title|Author)s?:/.test(line)) return [];
    // Long titles go on in the next line.
    const block = readLabelLines(`${line.replace(/^Authors:/, 'Author:')}\n${continuation(lines, index)}`, index + 1);
    return block?.entries ?? [];
  });
  return pickStatedData(
    entries.map(([key, { value, line }]) => [key, { value: String(value).replace(/\n/g, ' '), line }]),
  );
}

function continuation(lines: readonly string[], index: number): string {
  const next = lines[index + 1] ?? '';
  return next === '' || /^[\w ]+:/.test(next) ? '' : `  ${next}\n`;
}

/** Of a text that begins at once: the file's name where it is words, else the first sentence. */
function guessTitle(blocks: readonly Block[], path: string): string | null {
  const first = blocks[0]?.text;
  if (first === undefined) return null;
  const name = readableName(path);
  const isWords = /^\p{L}{2,}(?: \p{L}+){2,}$/u.test(name);
  const sentence = /^.{15,120}?[.!?。！？](?=\s|$)/u.exec(first)?.[0];
  return isWords ? name : (sentence?.replace(/[.。]$/, '') ?? firstWords(first));
}
