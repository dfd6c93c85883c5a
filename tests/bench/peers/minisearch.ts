/** MiniSearch as a peer: its defaults, with weights for the fields. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BenchDocument } from '../documents.ts';
import { type DrawnQuery, formOf, hitsAsked } from '../query-classes.ts';
import { cannotDo, type LoadPackage, type Peer, type PeerIndex, phraseClasses } from './peer.ts';

interface SearchOptions {
  readonly combineWith?: 'AND' | 'OR';
  readonly prefix?: boolean | ((term: string, index: number, terms: readonly string[]) => boolean);
  readonly fuzzy?: number;
  readonly filter?: (result: { readonly year: string }) => boolean;
}

interface MiniSearch {
  addAll(documents: readonly BenchDocument[]): void;
  search(text: string, options: SearchOptions): { readonly day: number }[];
}

interface MiniSearchClass {
  new (options: object): MiniSearch;
  loadJSON(json: string, options: object): MiniSearch;
}

const setUp = {
  fields: ['title', 'body'],
  storeFields: ['year', 'day'],
  searchOptions: { boost: { title: 3 } },
};
const fileName = 'index.json';
const batchSize = 10_000;

export async function openMiniSearch(load: LoadPackage): Promise<Peer> {
  const { default: Engine } = (await load('minisearch')) as { default: MiniSearchClass };
  return {
    cannot: cannotDo(phraseClasses, 'no phrases'),
    remark: 'no stemming; sorting by date is a sort of all hits',
    build: async (documents) => {
      const engine = new Engine(setUp);
      let batch: BenchDocument[] = [];
      for await (const document of documents) {
        batch.push(document);
        if (batch.length < batchSize) continue;
        engine.addAll(batch);
        batch = [];
      }
      engine.addAll(batch);
      return new MiniSearchIndex(engine);
    },
    save: (index, folder) => writeFile(path.join(folder, fileName), JSON.stringify((index as MiniSearchIndex).engine)),
    open: async (folder) =>
      new MiniSearchIndex(Engine.loadJSON(await readFile(path.join(folder, fileName), 'utf8'), setUp)),
  };
}

class MiniSearchIndex implements PeerIndex {
  readonly engine: MiniSearch;

  constructor(engine: MiniSearch) {
    this.engine = engine;
  }

  search(query: DrawnQuery): number {
    const text = [...query.words, ...(query.prefix === null ? [] : [query.prefix])].join(' ');
    const found = this.engine.search(text, searchOptions(query));
    if (formOf(query) === 'filtered') found.sort((a, b) => b.day - a.day);
    return found.slice(0, hitsAsked).length;
  }
}

function searchOptions(query: DrawnQuery): SearchOptions {
  switch (formOf(query)) {
    case 'any':
      return { combineWith: 'OR' };
    case 'typing':
      return { combineWith: 'AND', prefix: (_, index, terms) => index === terms.length - 1 };
    case 'prefix':
      return { prefix: true };
    case 'misspelled':
      return { fuzzy: 0.2 };
    case 'filtered':
      return { combineWith: 'AND', filter: ({ year }) => year === query.year };
    default:
      return { combineWith: 'AND' };
  }
}
