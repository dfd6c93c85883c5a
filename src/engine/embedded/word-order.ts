/**
 * Which neighbours of a query are neighbours in a text: read from positions, of the few articles whose paragraphs are
 * looked into. Words that only count because they begin with a prefix are left out: they are too many to read.
 */
import { type Field, fields } from '../../domain/article.ts';
import type { Plan } from '../../domain/plan.ts';
import { type BitSet, has, members } from './bit-set.ts';
import type { Clock } from './clock.ts';
import type { IndexedGroup, ResolvedPart } from './group-reader.ts';
import type { IndexPart } from './index-part.ts';
import type { OpenedIndex } from './opened-index.ts';
import { Places, positionsPerField, SlotReader } from './read-places.ts';

/** The neighbours of a query, in an index. */
export interface NeighbourSearch {
  readonly neighbours: Plan['neighbours'];
  /** All groups of the plan. */
  readonly groups: readonly IndexedGroup[];
  /** For each of them the articles that hold it; null where that is not known. */
  readonly articlesOf: readonly (BitSet | null)[];
}

export class WordOrder {
  /** How many there are. */
  readonly pairs: number;
  readonly #search: NeighbourSearch;
  readonly #index: OpenedIndex;
  readonly #clock: Clock;

  constructor(search: NeighbourSearch, index: OpenedIndex, clock: Clock) {
    this.pairs = search.neighbours.length;
    this.#search = search;
    this.#index = index;
    this.#clock = clock;
  }

  /** How many of the pairs an article has both words of: no more of them are neighbours in it. */
  possible(article: number): number {
    const { articlesOf, neighbours } = this.#search;
    let count = 0;
    for (const [first, second] of neighbours) {
      const firsts = articlesOf[first] ?? null;
      const seconds = articlesOf[second] ?? null;
      if ((firsts === null || has(firsts, article)) && (seconds === null || has(seconds, article))) count++;
    }
    return count;
  }

  /**
   * Tells of each paragraph of the articles how many pairs are neighbours in its body, in its heading or in its article's
   * title, whichever has most; not of those without any. Bodies that recur across articles are passed over.
   */
  read(articles: BitSet, tell: (paragraph: number, held: number) => void): void {
    if (this.pairs === 0) return;
    this.#index.parts.forEach((part, number) => {
      this.#readPart(part, number, { articles, tell });
    });
  }

  #readPart(part: IndexPart, number: number, { articles, tell }: Reading): void {
    const { groups, neighbours } = this.#search;
    const clock = this.#clock;
    const readers = new Map<number, PlacesReader>();
    for (const group of new Set(neighbours.flat())) {
      const { group: planned, parts } = groups[group] as IndexedGroup;
      const { named } = (parts[number] as ResolvedPart).resolved;
      const search = { part, fields: planned.fields as readonly Field[], candidates: articles, clock };
      readers.set(group, { reader: new SlotReader(search, { members: named, slot: 0 }), places: new Places() });
    }
    for (const { article, local } of this.#articlesIn(part, articles)) {
      const held = new Map<number, number>();
      for (const { reader, places } of readers.values()) reader.read(local, places, null);
      for (const [first, second] of neighbours) {
        countTexts((readers.get(first) as PlacesReader).places, (readers.get(second) as PlacesReader).places, held);
      }
      this.#tellParagraphs(article, held, tell);
    }
  }

  /** Ascending by their numbers in the part. */
  *#articlesIn(part: IndexPart, articles: BitSet): Generator<{ readonly article: number; readonly local: number }> {
    for (const article of members(articles)) {
      const { part: own, local } = this.#index.locate(article);
      if (own === part) yield { article, local };
    }
  }

  #tellParagraphs(article: number, held: ReadonlyMap<number, number>, tell: Reading['tell']): void {
    if (held.size === 0) return;
    const start = this.#index.paragraphStarts[article] as number;
    const end = this.#index.paragraphEnds[article] as number;
    const inTitle = held.get(titleNumber) ?? 0;
    const most = new Map<number, number>();
    for (const [text, count] of held) {
      const paragraph = start + Math.floor(text / fields.length);
      if (text % fields.length === bodyNumber && this.#index.isRecurring(paragraph)) continue;
      if (count > inTitle) most.set(paragraph, Math.max(count, most.get(paragraph) ?? 0));
    }
    if (inTitle === 0) for (const [paragraph, count] of most) tell(paragraph, count);
    else for (let paragraph = start; paragraph < end; paragraph++) tell(paragraph, most.get(paragraph) ?? inTitle);
  }
}

interface Reading {
  readonly articles: BitSet;
  readonly tell: (paragraph: number, held: number) => void;
}

interface PlacesReader {
  readonly reader: SlotReader;
  readonly places: Places;
}

/** A text is a field of a paragraph: its number is `paragraph * fields.length + field`. Titles stand with paragraph 0. */
const titleNumber = fields.indexOf('title');
const bodyNumber = fields.indexOf('body');

/** Counts up the texts in which `second` stands directly behind `first`, each once. */
function countTexts(first: Places, second: Places, held: Map<number, number>): void {
  let last = -1;
  for (let i = 0, j = 0; i < first.length && j < second.length; ) {
    const wanted = (first.keys[i] as number) + 1;
    const key = second.keys[j] as number;
    if (key < wanted) j++;
    else if (key > wanted) i++;
    else {
      const text = Math.floor(key / positionsPerField);
      if (text !== last) held.set(text, (held.get(text) ?? 0) + 1);
      last = text;
      i++;
      j++;
    }
  }
}
