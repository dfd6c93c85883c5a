/** FlexSearch as a peer: one index over title and body together, whole words. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DrawnQuery, formOf, hitsAsked } from '../query-classes.ts';
import { cannotDo, type LoadPackage, type Peer, type PeerIndex, phraseClasses, prefixClasses } from './peer.ts';

interface Index {
  add(id: number, text: string): unknown;
  search(text: string, options: object): readonly unknown[];
  export(take: (key: string, data: string | undefined) => Promise<void>): Promise<void>;
  import(key: string, data: string): unknown;
}

interface Resolver {
  or(query: object): Resolver;
  resolve(options: object): readonly unknown[];
}

interface FlexSearch {
  readonly Index: new (options: object) => Index;
  readonly Resolver: new (query: object) => Resolver;
}

const setUp = { tokenize: 'strict' };

export async function openFlexSearch(load: LoadPackage): Promise<Peer> {
  const { default: flexSearch } = (await load('flexsearch')) as { default: FlexSearch };
  return {
    cannot: {
      ...cannotDo(phraseClasses, 'no phrases'),
      ...cannotDo([...prefixClasses, 'typing'], 'prefixes need an index of all beginnings, several times as large'),
      misspelled: 'no edit distance',
      filtered: 'no sorting by a value',
    },
    remark: 'no term frequencies and no positions: what it answers is not ranked by relevance as the others rank',
    build: async (documents) => {
      const index = new flexSearch.Index(setUp);
      for await (const { id, title, body } of documents) index.add(id, `${title} ${body}`);
      return new FlexSearchIndex(flexSearch, index);
    },
    save: async (index, folder) => {
      await (index as FlexSearchIndex).index.export(async (key, data) => {
        if (data !== undefined) await writeFile(path.join(folder, key), data);
      });
    },
    open: async (folder) => {
      const index = new flexSearch.Index(setUp);
      for (const key of await readdir(folder)) index.import(key, await readFile(path.join(folder, key), 'utf8'));
      return new FlexSearchIndex(flexSearch, index);
    },
  };
}

class FlexSearchIndex implements PeerIndex {
  readonly index: Index;
  readonly #flexSearch: FlexSearch;

  constructor(flexSearch: FlexSearch, index: Index) {
    this.#flexSearch = flexSearch;
    this.index = index;
  }

  search(query: DrawnQuery): number {
    return formOf(query) === 'any'
      ? this.#searchAny(query.words)
      : this.index.search(query.words.join(' '), { limit: hitsAsked }).length;
  }

  #searchAny([first = '', ...others]: readonly string[]): number {
    const { index } = this;
    let resolver = new this.#flexSearch.Resolver({ index, query: first });
    for (const query of others) resolver = resolver.or({ index, query });
    return resolver.resolve({ limit: hitsAsked }).length;
  }
}
