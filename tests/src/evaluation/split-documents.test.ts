import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import { type DocumentPart, splitDocuments } from '../../../src/evaluation/split-documents.ts';
import { withTemporaryFolder } from '../../contract/corpus-files.ts';

interface Split {
  readonly parts: readonly DocumentPart[];
  readonly texts: readonly Buffer[];
}

function split(documents: string | Buffer, bytes?: number): Promise<Split> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'docs.jsonl');
    const corpus = join(folder, 'corpus');
    await mkdir(corpus);
    await writeFile(path, documents);
    const parts = await splitDocuments(path, corpus, bytes);
    return { parts, texts: await Promise.all(parts.map(({ name }) => readFile(join(corpus, name)))) };
  });
}

describe('splitDocuments', () => {
  it('begins a part where a line no longer fits, and says which line that is', async () => {
    const { parts, texts } = await split('aaaa\nbb\ncc\ndddddddd\n\ne', 8);
    expect(texts.map(String)).toEqual(['aaaa\nbb\n', 'cc\n', 'dddddddd\n', '\ne']);
    expect(parts.map(({ firstLine }) => firstLine)).toEqual([1, 3, 4, 5]);
    expect(parts[0]?.name).toBe('docs-000001.jsonl');
  });

  it('keeps the order of the lines in the order of names, and every byte', async () => {
    const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 60 }), async (texts, bytes) => {
        const documents = Buffer.from(texts.join('\n'));
        const { parts, texts: written } = await split(documents, bytes);
        expect(Buffer.concat(written).equals(documents)).toBe(true);
        const names = parts.map(({ name }) => name);
        expect(names).toEqual([...names].sort());
      }),
      { numRuns: 30 },
    );
  });

  it('makes several files that a build reads of one that it does not', async () => {
    const line = `{"text": "${'quay '.repeat(200_000)}"}\n`;
    const { texts } = await split(line.repeat(35));
    expect(texts.length).toBeGreaterThan(1);
    for (const { length } of texts) expect(length).toBeLessThan(limits.fileBytes);
  });

  it('makes nothing of nothing', async () => {
    expect((await split('')).parts).toEqual([]);
  });

  it('refuses a line that no file can hold, by its number', async () => {
    const long = `"${'x'.repeat(limits.fileBytes)}"\n`;
    await expect(split(`{}\n${long}{}\n`)).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringMatching(/docs\.jsonl" line 2: 33554435 bytes, at most 33554432 can be read: split it$/),
    });
  });

  it.each(['utf16le', 'big-endian'])('refuses UTF-16 (%s)', async (encoding) => {
    const bytes = Buffer.from('\ufeff{"text": "quay"}\n', 'utf16le');
    await expect(split(encoding === 'utf16le' ? bytes : bytes.swap16())).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('line 1: UTF-16, expected UTF-8: convert the file'),
    });
  });
});
