/**
 * Finds where words stand one behind the other. The articles that hold all the words are known; of these, each word's
 * positions are read and kept as long as the words before them fit.
 */
import { fields as allFields, type Field } from '../../domain/article.ts';
import { type BitSet, has } from './bit-set.ts';
import type { Clock } from './clock.ts';
import type { IndexPart } from './opened-index.ts';
import { ArticleCursor, OccurrenceCursor } from './postings.ts';
import type { Member } from './resolve-group.ts';

/** Places of a phrase in one field of one paragraph. */
export interface PhrasePlace {
  /** 0 is the article's first. */
  readonly paragraph: number;
  readonly field: Field;
  /** The weights of the places, added up. */
  readonly frequency: number;
}

export interface PhraseSearch {
  readonly part: IndexPart;
  /** Where to look. */
  readonly fields: readonly Field[];
  /** Articles, by their numbers in the index, that hold a member of each slot. */
  readonly candidates: BitSet;
  readonly clock: Clock;
}

/**
 * Tells of all places where a member of each slot stands at consecutive positions of one field. A place weighs as its
 * lightest member; where several members of a slot stand at one position, the heaviest of them counts. Articles come in
 * the order of the part, an article's places in reading order.
 */
export function findPhrase(
  search: PhraseSearch,
  slots: readonly (readonly Member[])[],
  onPlace: (article: number, place: PhrasePlace) => void,
): void {
  const { part, clock } = search;
  const readers = slots.map((members) => new SlotReader(search, members));
  const [first, ...others] = readers;
  if (first === undefined) return;
  for (const local of first.articles()) {
    if (clock.isLateAfter(256)) return;
    let places = first.read(local);
    for (const [index, reader] of others.entries()) {
      if (places.length === 0) break;
      places = follow(places, reader.read(local), index + 1);
    }
    tell(places, (place) =>
      onPlace(part.articleNumbers === null ? local : (part.articleNumbers[local] as number), place),
    );
  }
}

/** Where the phrase so far begins, as keys, with what each place weighs. */
interface Places {
  readonly length: number;
  readonly keys: readonly number[];
  readonly weights: readonly number[];
}

/** A key holds paragraph, field and position, so that keys ascend in reading order and the next word's is greater by 1. */
const positionsPerField = 2 ** 20;

function toKey(paragraph: number, field: Field): number {
  return (paragraph * allFields.length + allFields.indexOf(field)) * positionsPerField;
}

function follow(places: Places, next: Places, distance: number): Places {
  const keys: number[] = [];
  const weights: number[] = [];
  for (let i = 0, j = 0; i < places.length && j < next.length; ) {
    const wanted = (places.keys[i] as number) + distance;
    const found = next.keys[j] as number;
    if (found === wanted) {
      keys.push(places.keys[i] as number);
      weights.push(Math.min(places.weights[i] as number, next.weights[j] as number));
    }
    if (found <= wanted) j++;
    if (found >= wanted) i++;
  }
  return { length: keys.length, keys, weights };
}

function tell({ length, keys, weights }: Places, onPlace: (place: PhrasePlace) => void): void {
  for (let i = 0; i < length; ) {
    const place = Math.floor((keys[i] as number) / positionsPerField);
    let frequency = 0;
    for (; i < length && Math.floor((keys[i] as number) / positionsPerField) === place; i++) {
      frequency += weights[i] as number;
    }
    const field = allFields[place % allFields.length] as Field;
    onPlace({ paragraph: Math.floor(place / allFields.length), field, frequency });
  }
}

/** Reads the positions of one slot, article by article in ascending order. */
class SlotReader {
  readonly #fields: readonly Field[];
  readonly #cursor: OccurrenceCursor;
  /** Entries of the candidates: article, weight, and where its occurrences lie. */
  readonly #articles: number[] = [];
  readonly #weights: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** The entries in the order of their articles; null where that is the order they stand in. */
  readonly #order: Uint32Array | null;
  #next = 0;

  constructor({ part, fields, candidates, clock }: PhraseSearch, members: readonly Member[]) {
    const { segment, articleNumbers } = part;
    this.#fields = fields;
    this.#cursor = new OccurrenceCursor(segment.sections.occurrences);
    for (const { term, weight } of members) {
      const list = segment.list(term);
      if (clock.isLateAfter(list.articles.end - list.articles.start)) break;
      const cursor = new ArticleCursor(list);
      while (cursor.advance()) {
        if (!has(candidates, articleNumbers === null ? cursor.article : (articleNumbers[cursor.article] as number)))
          continue;
        this.#articles.push(cursor.article);
        this.#weights.push(weight);
        this.#starts.push(cursor.occurrencesStart);
        this.#ends.push(cursor.occurrencesEnd);
      }
    }
    const articles = this.#articles;
    this.#order =
      members.length < 2
        ? null
        : Uint32Array.from(articles, (_, entry) => entry).sort(
            (a, b) => (articles[a] as number) - (articles[b] as number) || a - b,
          );
  }

  /** The candidates of this slot, ascending, each once. */
  *articles(): Generator<number> {
    let last = -1;
    for (let i = 0; i < this.#articles.length; i++) {
      const article = this.#articles[this.#order?.[i] ?? i] as number;
      if (article !== last) yield article;
      last = article;
    }
  }

  /** Must be asked for ascending articles. */
  read(article: number): Places {
    const keys: number[] = [];
    const weights: number[] = [];
    let members = 0;
    for (; this.#next < this.#articles.length; this.#next++) {
      const entry = this.#order?.[this.#next] ?? this.#next;
      if ((this.#articles[entry] as number) > article) break;
      if (this.#articles[entry] !== article) continue;
      members++;
      this.#readEntry(entry, keys, weights);
    }
    return members < 2 ? { length: keys.length, keys, weights } : toPlaces(keys, weights);
  }

  #readEntry(entry: number, keys: number[], weights: number[]): void {
    const cursor = this.#cursor;
    cursor.open(this.#starts[entry] as number, this.#ends[entry] as number);
    while (cursor.advance()) {
      const { field, frequency, paragraph, positions } = cursor;
      if (!this.#fields.includes(field)) continue;
      const first = toKey(paragraph, field);
      for (let i = 0; i < frequency; i++) {
        keys.push(first + (positions[i] as number));
        weights.push(this.#weights[entry] as number);
      }
    }
  }
}

/** Several terms' places, each once with the heaviest weight, ascending. */
function toPlaces(keys: readonly number[], weights: readonly number[]): Places {
  const heaviest = new Map<number, number>();
  keys.forEach((key, i) => {
    heaviest.set(key, Math.max(heaviest.get(key) ?? 0, weights[i] as number));
  });
  const sorted = [...heaviest.keys()].sort((a, b) => a - b);
  return { length: sorted.length, keys: sorted, weights: sorted.map((key) => heaviest.get(key) as number) };
}
