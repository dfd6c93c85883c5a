/** Orama as a peer: its defaults, which match beginnings of words everywhere. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BenchDocument } from '../documents.ts';
import { type DrawnQuery, formOf, hitsAsked } from '../query-classes.ts';
import { cannotDo, type LoadPackage, type Peer, type PeerIndex, phraseClasses } from './peer.ts';

type Database = object;

interface Orama {
  create(options: object): Database;
  insertMultiple(database: Database, documents: readonly object[], batchSize?: number): unknown;
  search(database: Database, parameters: object): MaybePromise<{ readonly hits: readonly unknown[] }>;
  save(database: Database): unknown;
  load(database: Database, saved: unknown): void;
}

type MaybePromise<T> = T | Promise<T>;

const schema = { title: 'string', body: 'string', year: 'enum', day: 'number' };
const fileName = 'index.json';
const batchSize = 5000;

export async function openOrama(load: LoadPackage): Promise<Peer> {
  const orama = (await load('@orama/orama')) as Orama;
  return {
    cannot: cannotDo(phraseClasses, 'no phrases'),
    remark: 'every word also matches as a beginning, which is its default; no stemming',
    build: async (documents) => {
      const database = orama.create({ schema });
      let batch: object[] = [];
      for await (const document of documents) {
        batch.push(toOramaDocument(document));
        if (batch.length < batchSize) continue;
        await orama.insertMultiple(database, batch, batchSize);
        batch = [];
      }
      await orama.insertMultiple(database, batch, batchSize);
      return new OramaIndex(orama, database);
    },
    save: (index, folder) =>
      writeFile(path.join(folder, fileName), JSON.stringify(orama.save((index as OramaIndex).database))),
    open: async (folder) => {
      const database = orama.create({ schema });
      orama.load(database, JSON.parse(await readFile(path.join(folder, fileName), 'utf8')));
      return new OramaIndex(orama, database);
    },
  };
}

function toOramaDocument({ id, title, body, year, day }: BenchDocument): object {
  return { id: String(id), title, body, year, day };
}

class OramaIndex implements PeerIndex {
  readonly database: Database;
  readonly #orama: Orama;

  constructor(orama: Orama, database: Database) {
    this.#orama = orama;
    this.database = database;
  }

  async search(query: DrawnQuery): Promise<number> {
    const term = [...query.words, ...(query.prefix === null ? [] : [query.prefix])].join(' ');
    const parameters = { term, properties: ['title', 'body'], boost: { title: 3 }, limit: hitsAsked };
    const { hits } = await this.#orama.search(this.database, { ...parameters, ...searchOptions(query) });
    return hits.length;
  }
}

function searchOptions(query: DrawnQuery): object {
  switch (formOf(query)) {
    case 'any':
      return { threshold: 1 };
    case 'misspelled':
      return { threshold: 0, tolerance: 1 };
    case 'filtered':
      return { threshold: 0, where: { year: { eq: query.year } }, sortBy: { property: 'day', order: 'DESC' } };
    default:
      return { threshold: 0 };
  }
}
