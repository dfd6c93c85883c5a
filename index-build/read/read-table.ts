/**
 * Tables with a header row → articles: CSV with commas, semicolons, tabs or bars, and TSV. Step 2 of an article's
 * journey: a row is what an object is in JSON.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { limits } from '../../src/domain/limits.ts';
import type { FileProblem } from '../../src/domain/problem.ts';
import { isBodyKey } from './json-body.ts';
import { type Item, readItems } from './read-json.ts';
import type { ReadResult } from './reader.ts';
import { fieldsOfKey } from './stated-data.ts';

/** Reads a file whose first row names the columns. */
export function readTable(text: string, path: string): ReadResult {
  const rows = parseRows(text, path);
  if (rows.rows === null) return { articles: [], problems: [rows.problem] };
  const [header, ...others] = rows.rows;
  const columns = header?.cells.map((cell) => cell.trim()) ?? [];
  if (!columns.some((name) => isBodyKey(name) || fieldsOfKey(name).includes('title'))) {
    const found = columns.slice(0, 5).join(', ').slice(0, 100);
    return { articles: [], problems: [skip(path, 1, `no column for a title or a text, found: ${found}`)] };
  }
  const items = others.map(({ cells, line }, index) => readRow({ columns, cells, line, path, number: index + 1 }));
  const uneven = others.filter(({ cells }) => cells.length > columns.length);
  const problems = uneven.slice(0, 20).map(({ cells, line }): FileProblem => {
    const reason = `${cells.length} cells in a row of ${columns.length} columns: the last ones were left out`;
    return { path, line, severity: 'warning', reason };
  });
  const read = readItems(items, path);
  return { articles: read.articles, problems: [...problems, ...read.problems] };
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

type Rows = { readonly rows: readonly Row[] } | { readonly rows: null; readonly problem: FileProblem };

/** A row more than articles are read: it is the header. */
const mostRows = limits.articlesPerFile + 1_000;

/** Cells of a table, counted by what parts them. */
const mostCells = 4_000_000;

function parseRows(text: string, path: string): Rows {
  const delimiter = delimiterOf(text);
  if (countCells(text, delimiter) > mostCells) {
    return { rows: null, problem: skip(path, null, `a table of more than ${mostCells} cells: split it`) };
  }
  const options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    info: true,
    to: mostRows,
  } as const;
  try {
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    let line = 1;
    const rows = records.map(({ record, info }) => {
      const row = { cells: record, line };
      line = info.lines + 1;
      return row;
    });
    return { rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: null, problem: skip(path, null, `not a table: ${error.message.slice(0, 200)}`) };
  }
}

function countCells(text: string, delimiter: string): number {
  let cells = 0;
  for (let at = text.indexOf(delimiter); at >= 0 && cells <= mostCells; at = text.indexOf(delimiter, at + 1))
    cells += 1;
  return cells;
}

/** What parts the columns of the first line most often. */
function delimiterOf(text: string): string {
  const header =
    text
      .slice(0, 10_000)
      .split('\n', 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.mark ?? ',';
}

interface RowInTable extends Row {
  readonly columns: readonly string[];
  readonly path: string;
  readonly number: number;
}

function readRow({ columns, cells, line, path, number }: RowInTable): Item {
  const entries = columns.flatMap((name, index) => {
    const cell = cells[index] ?? '';
    const isIndex = name === '' || /^unnamed: \d+$/i.test(name);
    return isIndex || isMissing(cell) ? [] : [[name, readCell(name, cell, path)] as const];
  });
  return { value: Object.fromEntries(entries), line, id: `${path}~${number}` };
}

/** What programs write where there is nothing. */
function isMissing(cell: string): boolean {
  return /^\s*(?:nan|null|none|n\/a|#n\/a|\\n)?\s*$/i.test(cell);
}

/** A number as an id counts the rows of this table, and those of the next table as well. */
function readCell(name: string, cell: string, path: string): string {
  return name.toLowerCase() === 'id' && /^\d{1,9}$/.test(cell.trim()) ? `${path}~${cell.trim()}` : cell;
}

function skip(path: string, line: number | null, reason: string): FileProblem {
  return { path, line, severity: 'skipped', reason };
}
