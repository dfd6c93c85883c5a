/**
 * Finds where words stand one behind the other. The articles that hold all the words are known; of these, each word's
 * positions are read and kept as long as they fit to those of the words before. Stands on the way of phrases of common
 * words, with a million positions, hence plain loops over flat arrays.
 */
import { fields as allFields, type Field } from '../../domain/article.ts';
import { type BitSet, has } from './bit-set.ts';
import type { Clock } from './clock.ts';
import type { IndexPart } from './index-part.ts';
import { ArticleCursor, recordCodes } from './postings.ts';
import type { Member } from './resolve-group.ts';
import type { Segment } from './segment.ts';

/** Places of a phrase in one field of one paragraph. */
export interface PhrasePlace {
  /** Number in the index. */
  readonly article: number;
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
 * All places where a member of each slot stands at consecutive positions of one field. A place weighs as its lightest
 * member; where several members of a slot stand at one position, the heaviest of them counts. In the order of the part's
 * articles, an article's places in reading order. Throws `LedeError` `incompatible` for a malformed posting list.
 */
export function findPhrase(search: PhraseSearch, slots: readonly (readonly Member[])[]): PhrasePlace[] {
  const found: PhrasePlace[] = [];
  const [first, ...others] = slots.map((members) => new SlotReader(search, members));
  if (first === undefined) return found;
  const { articleNumbers } = search.part;
  const places = new Places();
  const next = new Places();
  for (let local = first.nextArticle(); local >= 0; local = first.nextArticle()) {
    first.read(local, places);
    if (search.clock.isLateAfter(places.length * 4)) break;
    for (let i = 0; i < others.length && places.length > 0; i++) {
      (others[i] as SlotReader).read(local, next);
      places.keepFollowed(next, i + 1);
    }
    if (places.length > 0) addFound(found, places, articleNumbers === null ? local : (articleNumbers[local] as number));
  }
  return found;
}

/** A key holds paragraph, field and position, so that keys ascend in reading order and the next word's is greater by 1. */
const positionsPerField = 2 ** 20;

function addFound(found: PhrasePlace[], { keys, length, weights }: Places, article: number): void {
  for (let i = 0; i < length; ) {
    const place = Math.floor((keys[i] as number) / positionsPerField);
    const end = (place + 1) * positionsPerField;
    let frequency = 0;
    for (; i < length && (keys[i] as number) < end; i++) frequency += weights[i] as number;
    const field = allFields[place % allFields.length] as Field;
    found.push({ article, paragraph: Math.floor(place / allFields.length), field, frequency });
  }
}

/** Where the phrase so far begins in one article, as ascending keys, with what each place weighs. */
class Places {
  length = 0;
  keys = new Float64Array(64);
  weights = new Float64Array(64);

  add(key: number, weight: number): void {
    if (this.length === this.keys.length) this.#grow();
    this.keys[this.length] = key;
    this.weights[this.length++] = weight;
  }

  /** Keeps the places that `next` has one of at this distance, the lighter of the two weights counting. */
  keepFollowed(next: Places, distance: number): void {
    const { keys, weights } = this;
    let kept = 0;
    for (let i = 0, j = 0; i < this.length && j < next.length; ) {
      const wanted = (keys[i] as number) + distance;
      const key = next.keys[j] as number;
      if (key < wanted) {
        j++;
      } else if (key > wanted) {
        i++;
      } else {
        const weight = Math.min(weights[i] as number, next.weights[j] as number);
        keys[kept] = keys[i] as number;
        weights[kept++] = weight;
        i++;
        j++;
      }
    }
    this.length = kept;
  }

  /** Sorts keys of several terms; each stays once, with its heaviest weight. */
  unite(): void {
    const heaviest = new Map<number, number>();
    for (let i = 0; i < this.length; i++) {
      const key = this.keys[i] as number;
      heaviest.set(key, Math.max(heaviest.get(key) ?? 0, this.weights[i] as number));
    }
    this.length = 0;
    for (const key of [...heaviest.keys()].sort((a, b) => a - b)) this.add(key, heaviest.get(key) as number);
  }

  #grow(): void {
    const { keys, weights } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.weights = new Float64Array(keys.length * 2);
    this.keys.set(keys);
    this.weights.set(weights);
  }
}

/** Reads the positions of one slot, article by article in ascending order. */
class SlotReader {
  readonly #segment: Segment;
  readonly #bytes: Uint8Array;
  /** Per record code whether its field is wanted. */
  readonly #isWanted: readonly boolean[];
  /** Entries of the candidates: article, weight, and where its occurrences lie; ascending by article. */
  #articles: number[] = [];
  #weights: number[] = [];
  #terms: number[] = [];
  #starts: number[] = [];
  #ends: number[] = [];
  #next = 0;
  #told = 0;

  constructor({ part, fields, candidates, clock }: PhraseSearch, members: readonly Member[]) {
    const { segment, articleNumbers } = part;
    this.#segment = segment;
    this.#bytes = segment.sections.occurrences;
    this.#isWanted = fieldsByCode.map((field) => fields.includes(allFields[field] as Field));
    for (const { term, weight } of members) {
      if (clock.isLateAfter(segment.listBytes(term))) break;
      const list = segment.list(term);
      const cursor = new ArticleCursor(list);
      while (cursor.advance()) {
        const { article } = cursor;
        if (cursor.occurrencesEnd > list.occurrences.end) throw segment.malformed(term);
        if (!has(candidates, articleNumbers === null ? article : (articleNumbers[article] as number))) continue;
        this.#articles.push(article);
        this.#weights.push(weight);
        this.#terms.push(term);
        this.#starts.push(cursor.occurrencesStart);
        this.#ends.push(cursor.occurrencesEnd);
      }
      if (cursor.occurrencesEnd !== list.occurrences.end) throw segment.malformed(term);
    }
    if (members.length > 1) this.#sort();
  }

  /** The next candidate of this slot, each once; -1 at the end. */
  nextArticle(): number {
    const articles = this.#articles;
    while (this.#told > 0 && this.#told < articles.length && articles[this.#told] === articles[this.#told - 1]) {
      this.#told++;
    }
    return articles[this.#told++] ?? -1;
  }

  /** Must be asked for ascending articles. Overwrites `into`. */
  read(article: number, into: Places): void {
    const articles = this.#articles;
    into.length = 0;
    while (this.#next < articles.length && (articles[this.#next] as number) < article) this.#next++;
    const first = this.#next;
    for (; articles[this.#next] === article; this.#next++) {
      if (!this.#readEntry(this.#next, into)) throw this.#segment.malformed(this.#terms[this.#next] as number);
    }
    if (this.#next - first > 1) into.unite();
  }

  /** False for a malformed one. */
  #readEntry(entry: number, into: Places): boolean {
    const bytes = this.#bytes;
    const { articleStarts } = this.#segment.sections;
    const article = this.#articles[entry] as number;
    const paragraphs = (articleStarts[article + 1] as number) - (articleStarts[article] as number);
    const end = this.#ends[entry] as number;
    const weight = this.#weights[entry] as number;
    let paragraph = 0;
    let at = this.#starts[entry] as number;
    while (at < end) {
      let code = bytes[at++] as number;
      if (code >= 0x80) {
        code &= 0x7f;
        for (let shift = 7; ; shift += 7) {
          const byte = bytes[at++] as number;
          code += (byte & 0x7f) << shift;
          if (byte < 0x80) break;
        }
      }
      paragraph += code >>> 2;
      code &= 3;
      let frequency = 1;
      if (code !== recordCodes.bodyOnce) {
        frequency = bytes[at++] as number;
        if (frequency >= 0x80) {
          frequency &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[at++] as number;
            frequency += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        if (frequency < 0 || frequency > end - at) return false;
      }
      const isWanted = this.#isWanted[code] === true;
      let key = (paragraph * allFields.length + (fieldsByCode[code] as number)) * positionsPerField;
      const keysEnd = key + positionsPerField;
      for (let left = frequency; left > 0; left--) {
        let distance = bytes[at++] as number;
        if (distance >= 0x80) {
          distance &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[at++] as number;
            distance += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
          if (distance < 0) return false;
        }
        key += distance;
        if (isWanted && key < keysEnd) into.add(key, weight);
      }
    }
    return at === end && paragraph < paragraphs;
  }

  #sort(): void {
    const articles = this.#articles;
    const order = Uint32Array.from(articles, (_, entry) => entry).sort(
      (a, b) => (articles[a] as number) - (articles[b] as number) || a - b,
    );
    const inOrder = (values: readonly number[]) => Array.from(order, (entry) => values[entry] as number);
    this.#weights = inOrder(this.#weights);
    this.#terms = inOrder(this.#terms);
    this.#starts = inOrder(this.#starts);
    this.#ends = inOrder(this.#ends);
    this.#articles = inOrder(articles);
  }
}

/** The number of each record code's field. */
const fieldsByCode: readonly number[] = [
  recordCodes.bodyOnce,
  recordCodes.body,
  recordCodes.heading,
  recordCodes.title,
].map((code) =>
  allFields.indexOf(code === recordCodes.title ? 'title' : code === recordCodes.heading ? 'heading' : 'body'),
);
