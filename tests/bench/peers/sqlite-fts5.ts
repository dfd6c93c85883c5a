/** SQLite's FTS5 as a peer, on Node's own `node:sqlite`: porter stems, prefix indexes of 2 and 3, ranked by bm25. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BenchDocument } from '../documents.ts';
import { type DrawnQuery, formOf, hitsAsked } from '../query-classes.ts';
import type { Peer, PeerIndex } from './peer.ts';

/** What is used of `node:sqlite`, which the oldest supported Node does not have. */
interface Sqlite {
  readonly DatabaseSync: new (file: string) => Database;
}

interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
}

interface Statement {
  run(...values: readonly (string | number)[]): unknown;
  all(...values: readonly (string | number)[]): readonly unknown[];
}

const fileName = 'index.sqlite';

export async function openSqlite(): Promise<Peer> {
  // A name that bundlers and older Nodes know nothing of is loaded when it is needed.
  const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as Sqlite;
  const openFile = (folder: string) => new DatabaseSync(path.join(folder, fileName));
  return {
    cannot: { misspelled: 'no edit distance' },
    remark: 'stores the texts as well',
    build: async (documents, folder) => {
      const database = openFile(folder);
      await fill(database, documents);
      return new SqliteIndex(database);
    },
    // It is in its file already.
    save: () => Promise.resolve(),
    open: async (folder) => new SqliteIndex(openFile(folder)),
  };
}

async function fill(database: Database, documents: AsyncIterable<BenchDocument>): Promise<void> {
  database.exec(`
    PRAGMA journal_mode = off;
    PRAGMA synchronous = off;
    CREATE VIRTUAL TABLE paragraphs USING fts5(title, body, tokenize = 'porter unicode61', prefix = '2 3');
    INSERT INTO paragraphs (paragraphs, rank) VALUES ('rank', 'bm25(3.0, 1.0)');
    CREATE TABLE facts (id INTEGER PRIMARY KEY, year TEXT, day INTEGER);
    BEGIN;
  `);
  const insertText = database.prepare('INSERT INTO paragraphs (rowid, title, body) VALUES (?, ?, ?)');
  const insertFacts = database.prepare('INSERT INTO facts (id, year, day) VALUES (?, ?, ?)');
  for await (const { id, title, body, year, day } of documents) {
    insertText.run(id, title, body);
    insertFacts.run(id, year, day);
  }
  database.exec(`INSERT INTO paragraphs (paragraphs) VALUES ('optimize'); COMMIT;`);
}

class SqliteIndex implements PeerIndex {
  readonly #ranked: Statement;
  readonly #filtered: Statement;

  constructor(database: Database) {
    // Its own cache is 2 MB by default; mapping the file is the cheapest way to let it use the system's.
    database.exec('PRAGMA mmap_size = 8589934592');
    this.#ranked = database.prepare(
      `SELECT rowid FROM paragraphs WHERE paragraphs MATCH ? ORDER BY rank LIMIT ${hitsAsked}`,
    );
    this.#filtered = database.prepare(
      `SELECT facts.id FROM paragraphs JOIN facts ON facts.id = paragraphs.rowid
       WHERE paragraphs MATCH ? AND facts.year = ? ORDER BY facts.day DESC LIMIT ${hitsAsked}`,
    );
  }

  search(query: DrawnQuery): number {
    const found =
      query.year === null ? this.#ranked.all(toMatch(query)) : this.#filtered.all(toMatch(query), query.year);
    return found.length;
  }
}

function toMatch(query: DrawnQuery): string {
  const quoted = query.words.map((word) => `"${word}"`);
  switch (formOf(query)) {
    case 'any':
      return quoted.join(' OR ');
    case 'phrase':
      return `"${query.words.join(' ')}"`;
    default:
      return [...quoted, ...(query.prefix === null ? [] : [`"${query.prefix}"*`])].join(' ');
  }
}
