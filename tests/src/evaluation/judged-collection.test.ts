import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJudgedCollection } from '../../../src/evaluation/judged-collection.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lede-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  const whole = {
    'docs.jsonl': '{"id": "d1", "text": "x"}\n',
    'queries.jsonl': '{"id": "q1", "text": "first"}\n{"id": "q2", "text": "second"}\n',
    'qrels.tsv': 'q1\td1\t2\n',
    ...files,
  };
  for (const [name, text] of Object.entries(whole)) await writeFile(join(folder, name), text);
}

describe('readJudgedCollection', () => {
  it('reads the queries that have a relevant document, in file order', async () => {
    await write({
      'queries.jsonl':
        '{"id": "q2", "text": "second"}\r\n\n{"id": "q1", "text": "first"}\n{"id": "q3", "text": "none"}',
      'qrels.tsv': 'q1\td1\t2\nq1\td2\t0\nq2\td2\t1\r\nq1\td3\t1\nq3\td1\t0\n',
    });
    expect(await readJudgedCollection(folder)).toEqual({
      documentsPath: join(folder, 'docs.jsonl'),
      queries: [
        { id: 'q2', text: 'second', number: 1, judgments: new Map([['d2', 1]]) },
        {
          id: 'q1',
          text: 'first',
          number: 2,
          judgments: new Map([
            ['d1', 2],
            ['d3', 1],
          ]),
        },
      ],
      unjudged: 1,
    });
  });

  it.each(['docs.jsonl', 'queries.jsonl', 'qrels.tsv'])(
    'says that %s is not there, and what is expected',
    async (name) => {
      await write({});
      await rm(join(folder, name));
      await expect(readJudgedCollection(folder)).rejects.toMatchObject({
        code: 'not_found',
        message: `no "${join(folder, name)}": expected docs.jsonl, queries.jsonl and qrels.tsv`,
      });
    },
  );

  it.each<[file: string, text: string, line: number]>([
    ['qrels.tsv', 'q1\td1\t1\nq1 d1 1\n', 2],
    ['qrels.tsv', 'q1\td1\n', 1],
    ['qrels.tsv', '\nq1\td1\thigh\n', 2],
    ['queries.jsonl', '{"id": "q1", "text": "x"}\n{"id": 2, "text": "x"}\n', 2],
    ['queries.jsonl', '{"id": "q1"}\n', 1],
    ['queries.jsonl', '{"id": "q1",\n', 1],
    ['queries.jsonl', 'null\n', 1],
  ])('names the line of %s that is not as expected: %j', async (file, text, line) => {
    await write({ [file]: text });
    await expect(readJudgedCollection(folder)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(new RegExp(`^"${join(folder, file)}" line ${line}: ".*", expected `)),
    });
  });
});
