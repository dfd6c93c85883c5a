/** JSON and JSON Lines: one article per object, and nothing an object holds can break its neighbours. */
import { describe, expect, it } from 'vitest';
import { readJson, readJsonLines } from '../../../index-build/read/read-json.ts';
import { limits } from '../../../src/domain/limits.ts';

const summary = ({ articles }: ReturnType<typeof readJson>) =>
  articles.map(({ id, title, blocks }) => [id, title, blocks.map((block) => block.text)]);

describe('readJson', () => {
  it('reads one object', () => {
    const value = {
      id: 7,
      title: 'T',
      text: 'One\nline.\n\nTwo.',
      date: '2022-09-10',
      authors: ['A B'],
      source: 'S',
      url: 'https://example.org/',
      tags: ['t'],
      language: 'en',
      unknown: { kept: 'out' },
    };
    const { articles, problems } = readJson(JSON.stringify(value), 'a.json');
    expect(problems).toEqual([]);
    expect(articles).toEqual([
      {
        id: '7',
        path: 'a.json',
        title: 'T',
        date: '2022-09-10',
        authors: ['A B'],
        source: 'S',
        url: 'https://example.org/',
        tags: ['t'],
        language: 'en',
        guessed: [],
        blocks: [
          { kind: 'text', heading: null, text: 'One line.' },
          { kind: 'text', heading: null, text: 'Two.' },
        ],
        publication: expect.objectContaining({ unknownKeys: ['unknown'] }),
      },
    ]);
  });

  it('reads a list of objects, with the line on which a wrong one begins', () => {
    const read = readJson(
      '[\n {"title": "a, [b]", "text": "x"},\n {"title": "c",\n  "text": "y", "date": 5},\n 6\n]',
      'a.json',
    );
    expect(summary(read)).toEqual([
      ['a.json~1', 'a, [b]', ['x']],
      ['a.json~2', 'c', ['y']],
    ]);
    expect(read.problems.map(({ line, severity }) => [line, severity])).toEqual([
      [3, 'warning'],
      [5, 'skipped'],
    ]);
  });

  it.each([
    ['{"title": "x",\n "text": }', 2],
    ['', null],
    ['['.repeat(200_000), null],
  ])('reports what is no JSON', (text, line) => {
    const { articles, problems } = readJson(text, 'a.json');
    expect(articles).toEqual([]);
    expect(problems).toMatchObject([
      { path: 'a.json', line, severity: 'skipped', reason: expect.stringContaining('JSON') },
    ]);
  });
});

describe('readJsonLines', () => {
  it('skips a broken line and reads the others, ids counted by articles', () => {
    const read = readJsonLines('{"title":"a","text":"x"}\n\n{broken\n[1]\n{"title":"b","text":"y"}\n', 'd/a.jsonl');
    expect(summary(read)).toEqual([
      ['d/a.jsonl~1', 'a', ['x']],
      ['d/a.jsonl~3', 'b', ['y']],
    ]);
    expect(read.problems.map(({ line, severity }) => [line, severity])).toEqual([
      [3, 'skipped'],
      [4, 'skipped'],
    ]);
  });

  it.each([
    [{ id: '1', title: '', text: 'First words here.' }, ['1', 'First words here.', ['First words here.']]],
    [{ title: 'T', text: '' }, ['a.jsonl~1', 'T', ['T']]],
    [{ title: 'T', paragraphs: ['a', 'b\n\nc'] }, ['a.jsonl~1', 'T', ['a', 'b', 'c']]],
    [{ title: 'T', text: '', paragraphs: ['a'] }, ['a.jsonl~1', 'T', ['a']]],
    [{ title: 5, text: 'x' }, ['a.jsonl~1', '5', ['x']]],
    [{ title: 'T\uD800', text: 'a\u0000\uDC00' }, ['a.jsonl~1', 'T\uFFFD', ['a\uFFFD']]],
    [{ id: '../../x', title: '__proto__', text: 'constructor' }, ['../../x', '__proto__', ['constructor']]],
  ])('reads %j', (value, expected) => {
    expect(summary(readJsonLines(JSON.stringify(value), 'a.jsonl'))).toEqual([expected]);
  });

  it('marks the title of an article without one as guessed', () => {
    expect(readJsonLines('{"text":"Some words"}', 'a.jsonl').articles[0]?.guessed).toEqual(['title']);
  });

  it.each([
    ['{"title":"T","text":{"a":1}}', 'warning'],
    ['{"title":"T","paragraphs":["x",5]}', 'warning'],
    ['{"text":5}', 'skipped'],
    ['{"name":"x"}', 'skipped'],
    ['{"title":"","text":""}', 'skipped'],
  ])('reports %s', (text, severity) => {
    const { problems } = readJsonLines(`\n${text}`, 'a.jsonl');
    expect(problems[0]).toMatchObject({ path: 'a.jsonl', line: 2, severity });
  });

  it('reads the keys of prototypes as keys', () => {
    const line =
      '{"__proto__":{"title":"no"},"constructor":{"text":"no"},"title":"T","text":"x","tags":["__proto__","constructor"]}';
    const { articles } = readJsonLines(line, 'a.jsonl');
    expect(articles).toMatchObject([{ title: 'T', tags: ['__proto__', 'constructor'] }]);
    expect(({} as Record<string, unknown>).title).toBeUndefined();
  });

  it('stops at the limit of articles and says how many were left', () => {
    const read = readJsonLines('{"title":"a","text":"b"}\n'.repeat(limits.articlesPerFile + 2), 'a.jsonl');
    expect(read.articles).toHaveLength(limits.articlesPerFile);
    expect(read.problems).toMatchObject([
      { line: limits.articlesPerFile, reason: expect.stringMatching(/^2 articles/) },
    ]);
  });
});
