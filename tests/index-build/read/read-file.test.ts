/** From bytes to articles: the right reader, and an outcome for every file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownExtensions } from '../../../index-build/read/formats.ts';
import { problemsPerFile, readFile } from '../../../index-build/read/read-file.ts';
import { limits } from '../../../src/domain/limits.ts';

const read = (path: string, text: string | Uint8Array) =>
  readFile({ path, bytes: typeof text === 'string' ? Buffer.from(text) : text });

describe('readFile', () => {
  it.each([
    ['a.md', '# T\n\nx'],
    ['a.Markdown', '# T\n\nx'],
    ['a.html', '<h1>T</h1>x'],
    ['a.htm', '<h1>T</h1>x'],
    ['a.xhtml', '<?xml version="1.0"?><html><body><h1>T</h1><p>x</p></body></html>'],
    ['a.txt', 'T\n\nx'],
    ['a.TEXT', 'T\n\nx'],
    ['a.json', '{"title":"T","text":"x"}'],
    ['a.jsonl', '{"title":"T","text":"x"}'],
    ['a.ndjson', '{"title":"T","text":"x"}'],
  ])('reads %s', (path, text) => {
    expect(read(path, text)).toMatchObject({ articles: [{ path, title: 'T', blocks: [{ text: 'x' }] }], problems: [] });
  });

  it.each([
    ['a.pdf', 'x', 'unknown format ".pdf"'],
    ['README', 'x', 'unknown format ""'],
    ['a.md', 'PK\u0000\u0001', 'binary'],
    ['a.jsonl', '', 'no article'],
  ])('skips %s with %j', (path, text, reason) => {
    const { articles, problems } = read(path, text);
    expect(articles).toEqual([]);
    expect(problems).toEqual([{ path, line: null, severity: 'skipped', reason: expect.stringContaining(reason) }]);
  });

  it('says which articles have paragraphs that will be split', () => {
    const long = 'Tanks. '.repeat(limits.paragraphLength / 5);
    expect(read('a.txt', `T\n\n${long}\n\nshort`).problems).toMatchObject([
      { path: 'a.txt', severity: 'warning', reason: expect.stringContaining('1 paragraph is longer than 8000') },
    ]);
    expect(read('a.txt', `T\n\n${'x'.repeat(limits.paragraphLength)}`).problems).toEqual([]);
  });

  it('passes on what decoding had to say', () => {
    expect(read('a.txt', Buffer.from('caf\xe9\n\nx', 'latin1')).problems).toMatchObject([
      { path: 'a.txt', severity: 'warning', reason: expect.stringContaining('Windows-1252') },
    ]);
  });

  it('tells the first problems of a file one by one and counts the others', () => {
    const { problems } = read('a.jsonl', '{broken\n'.repeat(problemsPerFile + 5));
    expect(problems).toHaveLength(problemsPerFile + 1);
    expect(problems.at(-1)).toMatchObject({ severity: 'skipped', reason: 'and 5 more problems in this file' });
  });

  it('gives clean text or a reason for any bytes under any name', () => {
    const extension = fc.constantFrom(...knownExtensions);
    const part = fc.constantFrom(
      '<p>',
      '<div',
      '"',
      '{',
      '}',
      '[',
      '---\n',
      '\n',
      '# ',
      '> ',
      '- ',
      '|',
      '`',
      '&',
      'a',
      '\u0000',
      '{%',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(part, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(extension, bytes, (ending, content) => {
        const { articles, problems } = read(`a${ending}`, content);
        expect(articles.length + problems.length).toBeGreaterThan(0);
        for (const { title, blocks } of articles) {
          expect(blocks.length).toBeGreaterThan(0);
          for (const text of [title, ...blocks.map((block) => block.text)]) {
            expect(text).not.toBe('');
            expect(text).not.toMatch(/[^\P{Cc}\t\n]|\p{Surrogate}/u);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
