/**
 * A collection with judged queries, as a folder: `docs.jsonl` ({"id", "title", "text"} a line), `queries.jsonl`
 * ({"id", "text"} a line), `qrels.tsv` (query id, document id, grade, with tabs between).
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LedeError } from '../domain/error.ts';
import type { Judgments } from './measures.ts';

export interface JudgedQuery {
  readonly id: string;
  readonly text: string;
  /** Its 1-based place among all queries of the file, judged or not. */
  readonly number: number;
  readonly judgments: Judgments;
}

export interface JudgedCollection {
  readonly documentsPath: string;
  /** The queries that have a relevant document, in file order. */
  readonly queries: readonly JudgedQuery[];
  /** How many others there are. */
  readonly unjudged: number;
}

/** Throws `LedeError`: `not_found` for a missing file, `invalid` for a line that is not as above, with its number. */
export async function readJudgedCollection(folder: string): Promise<JudgedCollection> {
  const documentsPath = join(folder, 'docs.jsonl');
  await stat(documentsPath).catch((cause: unknown) => {
    throw new LedeError('not_found', `no "${documentsPath}": expected docs.jsonl, queries.jsonl and qrels.tsv`, {
      cause,
    });
  });
  const judgments = await readJudgments(join(folder, 'qrels.tsv'));
  const queries = (await readLines(join(folder, 'queries.jsonl'))).map(({ line, place }) =>
    parseQueryLine(line, place),
  );
  const judged = queries.flatMap(({ id, text }, index) => {
    const relevant = judgments.get(id);
    return relevant === undefined ? [] : [{ id, text, number: index + 1, judgments: relevant }];
  });
  return { documentsPath, queries: judged, unjudged: queries.length - judged.length };
}

async function readJudgments(path: string): Promise<Map<string, Map<string, number>>> {
  const judgments = new Map<string, Map<string, number>>();
  for (const { line, place } of await readLines(path)) {
    const [query, document, grade] = line.split('\t');
    const value = Number(grade);
    if (query === undefined || document === undefined || grade === undefined || Number.isNaN(value)) {
      throw new LedeError('invalid', `${place}: "${line}", expected query id, document id and grade with tabs between`);
    }
    if (value <= 0) continue;
    const judged = judgments.get(query) ?? new Map<string, number>();
    judgments.set(query, judged.set(document, value));
  }
  return judgments;
}

function parseQueryLine(line: string, place: string): { readonly id: string; readonly text: string } {
  try {
    const { id, text } = JSON.parse(line) as { id?: unknown; text?: unknown };
    if (typeof id === 'string' && typeof text === 'string') return { id, text };
  } catch {
    // Told below, like any other line that is not as expected.
  }
  throw new LedeError('invalid', `${place}: "${line.slice(0, 80)}", expected {"id": "…", "text": "…"}`);
}

async function readLines(path: string): Promise<{ readonly line: string; readonly place: string }[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new LedeError('not_found', `no "${path}": expected docs.jsonl, queries.jsonl and qrels.tsv`, { cause });
  });
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trimEnd(), place: `"${path}" line ${index + 1}` }))
    .filter(({ line }) => line !== '');
}
