/** lunr as a peer: its default pipeline, with English stems and without stop words. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BenchDocument } from '../documents.ts';
import { type DrawnQuery, formOf, hitsAsked } from '../query-classes.ts';
import { cannotDo, type LoadPackage, type Peer, type PeerIndex, phraseClasses } from './peer.ts';

interface LunrQuery {
  term(word: string, options: object): unknown;
}

interface LunrIndex {
  query(make: (query: LunrQuery) => void): readonly unknown[];
}

interface Builder {
  readonly pipeline: { add(...steps: readonly unknown[]): void };
  readonly searchPipeline: { add(...steps: readonly unknown[]): void };
  ref(name: string): void;
  field(name: string, options?: object): void;
  add(document: object): void;
  build(): LunrIndex;
}

interface Lunr {
  readonly Builder: new () => Builder;
  readonly Index: { load(saved: unknown): LunrIndex };
  readonly Query: {
    readonly presence: { readonly REQUIRED: number };
    readonly wildcard: { readonly TRAILING: number };
  };
  readonly trimmer: unknown;
  readonly stemmer: unknown;
  readonly stopWordFilter: (word: string) => string | undefined;
}

const fileName = 'index.json';

export async function openLunr(load: LoadPackage): Promise<Peer> {
  const { default: lunr } = (await load('lunr')) as { default: Lunr };
  const isKnown = (word: string) => lunr.stopWordFilter(word) !== undefined;
  return {
    cannot: { ...cannotDo(phraseClasses, 'no phrases'), filtered: 'no filters' },
    remark: 'its stop words are not indexed, so queries are asked without them and those of nothing else left out',
    suits: ({ words, prefix }) => prefix !== null || words.some(isKnown),
    build: async (documents) => {
      const builder = openBuilder(lunr);
      for await (const document of documents) builder.add(toLunrDocument(document));
      return new LunrPeerIndex(lunr, builder.build());
    },
    save: (index, folder) => writeFile(path.join(folder, fileName), JSON.stringify((index as LunrPeerIndex).index)),
    open: async (folder) =>
      new LunrPeerIndex(lunr, lunr.Index.load(JSON.parse(await readFile(path.join(folder, fileName), 'utf8')))),
  };
}

function openBuilder(lunr: Lunr): Builder {
  const builder = new lunr.Builder();
  builder.pipeline.add(lunr.trimmer, lunr.stopWordFilter, lunr.stemmer);
  builder.searchPipeline.add(lunr.stemmer);
  builder.ref('id');
  builder.field('title', { boost: 3 });
  builder.field('body');
  return builder;
}

function toLunrDocument({ id, title, body }: BenchDocument): object {
  return { id: String(id), title, body };
}

class LunrPeerIndex implements PeerIndex {
  readonly index: LunrIndex;
  readonly #lunr: Lunr;

  constructor(lunr: Lunr, index: LunrIndex) {
    this.#lunr = lunr;
    this.index = index;
  }

  search(query: DrawnQuery): number {
    const { Query, stopWordFilter } = this.#lunr;
    const form = formOf(query);
    const required = form === 'any' ? {} : { presence: Query.presence.REQUIRED };
    const found = this.index.query((asked) => {
      for (const word of query.words) {
        // A required word that the index leaves out would be required in vain.
        if (stopWordFilter(word) === undefined) continue;
        asked.term(word, form === 'misspelled' ? { ...required, editDistance: 1 } : required);
      }
      if (query.prefix !== null) {
        asked.term(query.prefix, { ...required, wildcard: Query.wildcard.TRAILING, usePipeline: false });
      }
    });
    return found.slice(0, hitsAsked).length;
  }
}
