/**
 * Reads where words stand in the articles that hold all of them: what phrases and words near each other are found from.
 * Stands on the way of phrases of common words, with a million positions, hence plain loops over flat arrays.
 */
import { fields as allFields, type Field } from '../../domain/article.ts';
import { type BitSet, count, has } from './bit-set.ts';
import type { Clock } from './clock.ts';
import type { IndexPart } from './index-part.ts';
import { ArticleCursor, recordCodes } from './postings.ts';
import type { Member } from './resolve-group.ts';
import type { Segment } from './segment.ts';

/** Where a phrase stands: a place per field of a paragraph, beside each other in the arrays, the first `length` of them. */
export class PhrasePlaces {
  length = 0;
  /** Numbers in the index. */
  articles = new Uint32Array(256);
  /** 0 is the article's first. */
  paragraphs = new Uint32Array(256);
  /** By their numbers. */
  fields = new Uint8Array(256);
  /** The weights of the phrase's places in the field, added up, … */
  frequencies = new Float64Array(256);
  /** … and their number. */
  counts = new Uint32Array(256);

  add(place: { article: number; paragraph: number; field: number }, frequency: number, count: number): void {
    if (this.length === this.articles.length) this.#grow();
    this.articles[this.length] = place.article;
    this.paragraphs[this.length] = place.paragraph;
    this.fields[this.length] = place.field;
    this.counts[this.length] = count;
    this.frequencies[this.length++] = frequency;
  }

  #grow(): void {
    const { articles, counts, fields, frequencies, length, paragraphs } = this;
    this.counts = new Uint32Array(length * 2);
    this.counts.set(counts);
    this.articles = new Uint32Array(length * 2);
    this.articles.set(articles);
    this.paragraphs = new Uint32Array(length * 2);
    this.paragraphs.set(paragraphs);
    this.fields = new Uint8Array(length * 2);
    this.fields.set(fields);
    this.frequencies = new Float64Array(length * 2);
    this.frequencies.set(frequencies);
  }
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
 * A key holds paragraph, field and the position at which the phrase would begin, so that keys ascend in reading order and
 * are equal for words that stand where the phrase wants them. The first positions are left free: a phrase may seem to
 * begin before its field.
 */
export const positionsPerField = 2 ** 20;
const firstPosition = 2 ** 10;

export function addFound(found: PhrasePlaces, { keys, length, weights }: Places, article: number): void {
  for (let i = 0; i < length; ) {
    const place = Math.floor((keys[i] as number) / positionsPerField);
    const end = (place + 1) * positionsPerField;
    const first = i;
    let frequency = 0;
    for (; i < length && (keys[i] as number) < end; i++) frequency += weights[i] as number;
    const paragraph = Math.floor(place / allFields.length);
    found.add({ article, paragraph, field: place % allFields.length }, frequency, i - first);
  }
}

/** Places in one article, as ascending keys, with what each place weighs. */
export class Places {
  length = 0;
  keys = new Float64Array(64);
  weights = new Float64Array(64);

  add(key: number, weight: number): void {
    this.makeRoom(1);
    this.keys[this.length] = key;
    this.weights[this.length++] = weight;
  }

  /** For so many more places. */
  makeRoom(places: number): void {
    while (this.length + places > this.keys.length) this.#grow();
  }

  /** Keeps the places that `next` has as well, the lighter of the two weights counting. */
  keepFollowed(next: Places): void {
    const { keys, length, weights } = this;
    const nextKeys = next.keys;
    const nextWeights = next.weights;
    const nextLength = next.length;
    let kept = 0;
    for (let i = 0, j = 0; i < length && j < nextLength; ) {
      const key = keys[i] as number;
      const other = nextKeys[j] as number;
      if (other < key) {
        j++;
      } else if (other > key) {
        i++;
      } else {
        const weight = weights[i++] as number;
        const otherWeight = nextWeights[j++] as number;
        keys[kept] = key;
        weights[kept++] = weight < otherWeight ? weight : otherWeight;
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
export class SlotReader {
  /** Bytes of the occurrences of all candidates. */
  bytes = 0;
  readonly #segment: Segment;
  readonly #occurrences: Uint8Array;
  /** Per record code whether its field is wanted. */
  readonly #isWanted: Uint8Array;
  /** What is added to a position to give the phrase's. */
  readonly #shift: number;
  /** Entries of the candidates: article, weight, and where its occurrences lie; ascending by article. */
  #articles: Uint32Array;
  #weights: Float64Array;
  #terms: Uint32Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #length = 0;
  #next = 0;
  #told = 0;

  constructor(
    { part, fields, candidates, clock }: PhraseSearch,
    { members, slot }: { readonly members: readonly Member[]; readonly slot: number },
  ) {
    const { segment } = part;
    this.#segment = segment;
    this.#occurrences = segment.sections.occurrences;
    this.#isWanted = Uint8Array.from(fieldsByCode, (field) => (fields.includes(allFields[field] as Field) ? 1 : 0));
    this.#shift = firstPosition - slot;
    // An entry takes a byte at least, and of a word alone no candidate has two.
    const most = members.reduce((sum, { term }) => sum + Math.min(segment.listBytes(term), count(candidates)), 0);
    this.#articles = new Uint32Array(most);
    this.#weights = new Float64Array(most);
    this.#terms = new Uint32Array(most);
    this.#starts = new Uint32Array(most);
    this.#ends = new Uint32Array(most);
    for (const { term, weight } of members) {
      if (clock.isLateAfter(segment.listBytes(term))) break;
      this.#collect(part, candidates, { term, weight });
    }
    if (members.length > 1) this.#sort();
  }

  /** The next candidate of this slot, each once; -1 at the end. */
  nextArticle(): number {
    const articles = this.#articles;
    while (this.#told > 0 && this.#told < this.#length && articles[this.#told] === articles[this.#told - 1]) {
      this.#told++;
    }
    return this.#told < this.#length ? (articles[this.#told++] as number) : -1;
  }

  /** Must be asked for ascending articles. Overwrites `into`; paragraphs in which `among` has no place may be left out. */
  read(article: number, into: Places, among: Places | null): void {
    const articles = this.#articles;
    into.length = 0;
    while (this.#next < this.#length && (articles[this.#next] as number) < article) this.#next++;
    const first = this.#next;
    for (; this.#next < this.#length && articles[this.#next] === article; this.#next++) {
      if (!this.#readEntry(this.#next, into, among)) throw this.#segment.malformed(this.#terms[this.#next] as number);
    }
    if (this.#next - first > 1) into.unite();
  }

  #collect({ segment, articleNumbers }: IndexPart, candidates: BitSet, { term, weight }: Member): void {
    const list = segment.list(term);
    const cursor = new ArticleCursor(list);
    while (cursor.advance()) {
      const { article } = cursor;
      if (cursor.occurrencesEnd > list.occurrences.end) throw segment.malformed(term);
      if (!has(candidates, articleNumbers === null ? article : (articleNumbers[article] as number))) continue;
      const at = this.#length++;
      this.#articles[at] = article;
      this.#weights[at] = weight;
      this.#terms[at] = term;
      this.#starts[at] = cursor.occurrencesStart;
      this.#ends[at] = cursor.occurrencesEnd;
      this.bytes += cursor.occurrencesEnd - cursor.occurrencesStart;
    }
    if (cursor.occurrencesEnd !== list.occurrences.end) throw segment.malformed(term);
  }

  /** False for a malformed one. */
  #readEntry(entry: number, into: Places, among: Places | null): boolean {
    const bytes = this.#occurrences;
    const { articleStarts } = this.#segment.sections;
    const article = this.#articles[entry] as number;
    const paragraphs = (articleStarts[article + 1] as number) - (articleStarts[article] as number);
    const isWanted = this.#isWanted;
    const end = this.#ends[entry] as number;
    const weight = this.#weights[entry] as number;
    into.makeRoom(end - (this.#starts[entry] as number));
    const { keys, weights } = into;
    let length = into.length;
    let paragraph = 0;
    let at = this.#starts[entry] as number;
    let place = 0;
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
      const field = (paragraph * allFields.length + (fieldsByCode[code] as number)) * positionsPerField;
      let isNeeded = isWanted[code] === 1;
      if (isNeeded && among !== null) {
        while (place < among.length && (among.keys[place] as number) < field) place++;
        isNeeded = place < among.length && (among.keys[place] as number) < field + positionsPerField;
      }
      if (!isNeeded) {
        for (let left = frequency; left > 0; ) if ((bytes[at++] as number) < 0x80) left--;
        continue;
      }
      let key = field + this.#shift;
      const keysEnd = field + positionsPerField;
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
        if (key >= keysEnd) return false;
        keys[length] = key;
        weights[length++] = weight;
      }
    }
    into.length = length;
    return at === end && paragraph < paragraphs;
  }

  #sort(): void {
    const articles = this.#articles;
    const order = Uint32Array.from({ length: this.#length }, (_, entry) => entry).sort(
      (a, b) => (articles[a] as number) - (articles[b] as number) || a - b,
    );
    this.#weights = Float64Array.from(order, (entry) => this.#weights[entry] as number);
    this.#terms = order.map((entry) => this.#terms[entry] as number);
    this.#starts = order.map((entry) => this.#starts[entry] as number);
    this.#ends = order.map((entry) => this.#ends[entry] as number);
    this.#articles = order.map((entry) => articles[entry] as number);
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
