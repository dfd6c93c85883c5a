import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ArticleTable } from '../../../../index-build/compile/article-table.ts';
import { compileSegment } from '../../../../index-build/compile/compile-segment.ts';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import type { ArticleData, Paragraph } from '../../../../src/domain/article.ts';
import type { ArticleId, ArticleOrdinal, ParagraphId, ParagraphOrdinal } from '../../../../src/domain/ids.ts';
import { Segment } from '../../../../src/engine/embedded/segment.ts';
import { noDay } from '../../../../src/engine/embedded/segment-format.ts';
import { encodeArticleData, encodeParagraph, readRecord, TextFile } from '../../../../src/engine/embedded/text-file.ts';

interface Stored {
  readonly data: ArticleData;
  readonly paragraphs: readonly Paragraph[];
}

const hostile = '<b>"&\u0000\ud800\u2028 Ґ 東 😀 __proto__';

function storedOf(id: string, texts: readonly string[]): Stored {
  const data: ArticleData = {
    id: id as ArticleId,
    path: `${id}.md`,
    title: hostile,
    date: null,
    authors: [hostile],
    source: null,
    url: null,
    tags: [],
    language: 'uk',
    guessed: ['language'],
  };
  const paragraphs = texts.map(
    (text, i): Paragraph => ({
      id: `${id}#p-${i}` as ParagraphId,
      kind: 'text',
      heading: i === 0 ? null : hostile,
      text,
    }),
  );
  return { data, paragraphs };
}

const articles = [storedOf('a', ['one', hostile, 'three']), storedOf('b', ['four']), storedOf('c', ['', 'six'])];
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** The articles' text file, of which `change` may make another, with the segment that knows its places. */
async function openTexts(
  change: (bytes: Buffer) => Buffer = (bytes) => bytes,
  stored: readonly Stored[] = articles,
): Promise<TextFile> {
  const table = new ArticleTable();
  const records: Uint8Array[] = [];
  for (const { data, paragraphs } of stored) {
    const [head, ...texts] = [encodeArticleData(data), ...paragraphs.map(encodeParagraph)];
    records.push(head as Uint8Array, ...texts);
    table.add({
      id: data.id,
      path: data.path,
      day: noDay,
      weight: 0,
      searchWeight: 0,
      facets: { source: [], author: [], tag: [], language: [] },
      titleLength: 0,
      headingLengths: texts.map(() => 0),
      paragraphLengths: texts.map(() => 1),
      markCounts: texts.map(() => 0),
      marks: [],
      dataBytes: (head as Uint8Array).length,
      paragraphBytes: texts.map(({ length }) => length),
    });
  }
  const segment = Segment.open('s', new Uint8Array(Buffer.concat(compileSegment([], table).chunks)), fingerprint());
  return new TextFile(segment, await openFile(change(Buffer.concat(records))), 'the text file');
}

async function openFile(bytes: Uint8Array): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lede-test-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'texts.bin'), bytes);
  const file = openSync(join(folder, 'texts.bin'), 'r');
  cleanUps.push(async () => closeSync(file));
  return file;
}

describe('TextFile', () => {
  it('gives back every article and paragraph as it was written, whatever is in it', async () => {
    const texts = await openTexts();
    let ordinal = 0;
    for (const [number, { data, paragraphs }] of articles.entries()) {
      const article = number as ArticleOrdinal;
      expect(await texts.readArticle(article)).toEqual(data);
      expect(await texts.readParagraphs(article)).toEqual(paragraphs);
      for (const paragraph of paragraphs) {
        expect(await texts.readParagraph(ordinal++ as ParagraphOrdinal)).toEqual(paragraph);
      }
    }
  });

  it('reads any paragraphs of an article in one call, near each other or far apart, in the order asked for', async () => {
    const far = 'far '.repeat(20_000);
    const many = [
      storedOf('a', ['one']),
      storedOf('b', ['two', far, 'three', 'four', far, 'five']),
      storedOf('c', ['six']),
    ];
    const texts = await openTexts((bytes) => bytes, many);
    const read = async (article: number, paragraphs: readonly number[]) =>
      texts.readPassages(article as ArticleOrdinal, paragraphs as ParagraphOrdinal[]);
    const { data, paragraphs = [] } = many[1] ?? {};
    const numbers = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(numbers, async (chosen) => {
        const expected = { data, paragraphs: chosen.map((number) => paragraphs[number]) };
        expect(
          await read(
            1,
            chosen.map((number) => number + 1),
          ),
        ).toEqual(expected);
      }),
      { numRuns: 30 },
    );
    expect(await read(1, [])).toEqual({ data, paragraphs: [paragraphs[0]] });
    await expect(read(1, [0])).rejects.toMatchObject({ message: 'the text file has no paragraph 0 in article 1' });
    await expect(read(1, [7])).rejects.toMatchObject({ message: 'the text file has no paragraph 7 in article 1' });
    await expect(read(3, [])).rejects.toMatchObject({ message: 'the text file has no article 3' });
  });

  it('finds an article by its id, and null for another', async () => {
    const texts = await openTexts();
    expect(await texts.find('b' as ArticleId)).toBe(1);
    expect(await texts.find('d' as ArticleId)).toBeNull();
  });

  it('finds the first article of a path, and null for a path that is none or only the beginning of one', async () => {
    const [first, second, third] = articles as [Stored, Stored, Stored];
    const texts = await openTexts(
      (bytes) => bytes,
      [first, second, { ...third, data: { ...third.data, path: 'b.md' } }],
    );
    expect(await texts.findPath('a.md')).toBe(0);
    expect(await texts.findPath('b.md')).toBe(1);
    for (const path of ['', 'b', 'b.m', 'b.mdx', 'c.md', 'z']) expect(await texts.findPath(path), path).toBeNull();
  });

  it.each([-1, 3, 1.5, Number.NaN])('has no article %d, and says so', async (article) => {
    const texts = await openTexts();
    const refusal = { code: 'internal', message: `the text file has no article ${article}` };
    await expect(texts.readArticle(article as ArticleOrdinal)).rejects.toMatchObject(refusal);
    await expect(texts.readParagraphs(article as ArticleOrdinal)).rejects.toMatchObject(refusal);
  });

  it.each([-1, 6, Number.NaN])('has no paragraph %d, and says so', async (paragraph) => {
    await expect((await openTexts()).readParagraph(paragraph as ParagraphOrdinal)).rejects.toMatchObject({
      code: 'internal',
      message: `the text file has no paragraph ${paragraph}`,
    });
  });

  it('names the remedy where the file ends too early', async () => {
    const texts = await openTexts((bytes) => bytes.subarray(0, bytes.length - 3));
    expect(await texts.readParagraph(4 as ParagraphOrdinal)).toEqual(articles[2]?.paragraphs[0]);
    await expect(texts.readParagraph(5 as ParagraphOrdinal)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/^the text file is damaged: it ends before byte \d+; run `lede build --full`$/),
    });
  });

  it('names the remedy where a record is not readable', async () => {
    const texts = await openTexts((bytes) => Buffer.from(bytes.toString('latin1').replace('{', '#'), 'latin1'));
    await expect(texts.readArticle(0 as ArticleOrdinal)).rejects.toMatchObject({
      code: 'internal',
      message: 'the text file is damaged: a record is not readable; run `lede build --full`',
      cause: expect.any(SyntaxError),
    });
  });

  it.each(['1', 'null', '[]', '{}', '"x"', '[1, 2, 3, 4]'])(
    'names the remedy where a record is but %s',
    async (json) => {
      const { data, paragraphs } = storedOf('a', ['one']);
      const end = encodeArticleData(data).length;
      const blank = (bytes: Buffer, from: number, to: number) => bytes.fill(json.padEnd(to - from), from, to);
      const texts = await openTexts((bytes) => blank(bytes, 0, end), [{ data, paragraphs }]);
      await expect(texts.readArticle(0 as ArticleOrdinal)).rejects.toMatchObject({
        code: 'internal',
        message: 'the text file is damaged: a record is no article; run `lede build --full`',
      });
      const others = await openTexts((bytes) => blank(bytes, end, bytes.length), [{ data, paragraphs }]);
      await expect(others.readParagraphs(0 as ArticleOrdinal)).rejects.toMatchObject({
        code: 'internal',
        message: 'the text file is damaged: a record is no paragraph; run `lede build --full`',
      });
    },
  );
});

describe('readRecord', () => {
  it('gives the bytes asked for, or null where the file ends before', async () => {
    const file = await openFile(Buffer.from('0123456789'));
    expect(readRecord(file, 2, 3)?.toString()).toBe('234');
    expect(readRecord(file, 10, 0)?.length).toBe(0);
    expect(readRecord(file, 0, 10)?.toString()).toBe('0123456789');
    expect(readRecord(file, 8, 3)).toBeNull();
    expect(readRecord(file, 99, 1)).toBeNull();
  });
});
