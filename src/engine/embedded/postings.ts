/**
 * Posting lists as bytes. A term has one list for all fields, on two levels, so that articles can be matched and scored
 * without touching paragraphs:
 *
 *     articleLists   per article that holds the term, ascending:
 *                      varint((article - previous - 1) << 2 | kind)     previous is -1 at first
 *                        kind 0, 1, 2   once, in a body; its occurrences take 2, 3, 4 bytes
 *                        kind 3         more: varint(bytes of its occurrences) u8(see `saturation-bounds.ts`)
 *                                             varint(frequency in bodies << 1 | others)
 *                                             if others: varint(frequency in headings) varint(frequency in titles)
 *     occurrences    per article in the same order, and per paragraph and field that hold the term, ascending by
 *                    paragraph, then title, heading, body:
 *                      varint((paragraph - previous) << 2 | code)       paragraph 0 is the article's first;
 *                                                                       previous is 0 at the article's first record
 *                        code 0         once, in the body
 *                        code 1, 2, 3   in body, heading, title: varint(frequency)
 *                      `frequency` times varint(position - previous position), previous position is 0 at first
 *
 * A varint has seven bits a byte, the lowest first, the top bit set on all bytes but the last. Occurrences say nothing
 * of where their article stands, so segments merge by copying them. An article's title stands with its first paragraph.
 */
import type { Field } from '../../domain/article.ts';
import { LedeError } from '../../domain/error.ts';

/** How often an article holds a term, by field. */
export type Frequencies = Readonly<Record<Field, number>>;

/** What an entry says of its article. */
export interface EntryFacts extends Frequencies {
  /** The greatest of its paragraphs' bounds, in [0, 255]. */
  readonly bound: number;
}

/** One paragraph's occurrences of a term in one field. */
export interface OccurrenceRecord {
  /** 0 is the article's first. */
  readonly paragraph: number;
  readonly field: Field;
  /** In words, ascending. */
  readonly positions: ArrayLike<number>;
}

export const recordCodes = { bodyOnce: 0, body: 1, heading: 2, title: 3 } as const;

/** Kinds of article entries: those below `entryKinds.more` are of one occurrence in a body. */
const entryKinds = { more: 3 } as const;
/** Bytes of occurrences of an entry of kind 0. */
export const leastOccurrenceBytes = 2;

/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 1 << 16) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** `value` in [0, 2^31): more than that the readers' shifts do not hold. */
  writeVarint(value: number): void {
    if (this.#length + 6 > this.#bytes.length) this.#grow(this.#length + 6);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** `value` in [0, 255]. */
  writeByte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length++] = value;
  }

  /** Appends `source[start]` to `source[end - 1]`. */
  writeBytes(source: Uint8Array, start: number, end: number): void {
    if (this.#length + (end - start) > this.#bytes.length) this.#grow(this.#length + (end - start));
    // Occurrences of an article are a few bytes: a view on them would cost more than copying does.
    if (end - start > 32) {
      this.#bytes.set(source.subarray(start, end), this.#length);
      this.#length += end - start;
    } else {
      for (let at = start; at < end; at++) this.#bytes[this.#length++] = source[at] as number;
    }
  }

  /** What was written; shares memory with the writer. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Writes lists one behind the other; the caller notes where each begins, by the writers' lengths. */
export class ListEncoder {
  readonly articleLists: ByteWriter;
  readonly occurrences: ByteWriter;
  #previous = -1;
  // Of the article that records are being added to.
  #start = 0;
  #paragraph = 0;
  #title = 0;
  #heading = 0;
  #body = 0;
  #bound = 0;

  /** `capacities` in bytes spare growing to who knows them. */
  constructor(capacities?: { readonly articleLists: number; readonly occurrences: number }) {
    this.articleLists = new ByteWriter(capacities?.articleLists);
    this.occurrences = new ByteWriter(capacities?.occurrences);
  }

  /** The next entry is the first of another list. */
  beginList(): void {
    this.#previous = -1;
  }

  /** Adds an article's entry from its records, which must be in the order of the format. */
  addRecords(article: number, records: readonly OccurrenceRecord[], bound = 0): void {
    this.beginArticle();
    this.addBound(bound);
    for (const { paragraph, field, positions } of records) {
      this.addRecord(paragraph, recordCodes[field], positions, 0, positions.length);
    }
    this.endArticle(article);
  }

  /** `addRecord` and `endArticle` follow: the way for many records, without an object for each. */
  beginArticle(): void {
    this.#start = this.occurrences.length;
    this.#paragraph = 0;
    this.#title = 0;
    this.#heading = 0;
    this.#body = 0;
    this.#bound = 0;
  }

  /** Some paragraph of the article has this bound; the greatest of them counts. See `saturation-bounds.ts`. */
  addBound(bound: number): void {
    if (bound > this.#bound) this.#bound = bound;
  }

  /** `field` is a code above `bodyOnce`; the positions are `positions[from]` to `positions[to - 1]`, at least one. */
  addRecord(paragraph: number, field: number, positions: ArrayLike<number>, from: number, to: number): void {
    const { occurrences } = this;
    const frequency = to - from;
    const isBody = field === recordCodes.body;
    const isOnce = isBody && frequency === 1;
    occurrences.writeVarint((paragraph - this.#paragraph) * 4 + (isOnce ? recordCodes.bodyOnce : field));
    if (!isOnce) occurrences.writeVarint(frequency);
    this.#paragraph = paragraph;
    if (isBody) this.#body += frequency;
    else if (field === recordCodes.heading) this.#heading += frequency;
    else this.#title += frequency;
    let previous = 0;
    for (let i = from; i < to; i++) {
      const position = positions[i] as number;
      occurrences.writeVarint(position - previous);
      previous = position;
    }
  }

  /** Adds the entry of the records since `beginArticle`. */
  endArticle(article: number): void {
    const frequencies = { title: this.#title, heading: this.#heading, body: this.#body };
    this.addEntry(article, { ...frequencies, bound: this.#bound }, this.occurrences.length - this.#start);
  }

  /** Adds an entry to the articles alone: the caller writes its occurrences, of so many bytes. */
  addEntry(article: number, { title, heading, body, bound }: EntryFacts, bytes: number): void {
    const isOnce = body === 1 && title + heading === 0 && bytes < leastOccurrenceBytes + entryKinds.more;
    const kind = isOnce ? bytes - leastOccurrenceBytes : entryKinds.more;
    this.articleLists.writeVarint((article - this.#previous - 1) * 4 + kind);
    this.#previous = article;
    if (isOnce) return;
    const others = title + heading > 0 ? 1 : 0;
    this.articleLists.writeVarint(bytes);
    this.articleLists.writeByte(bound);
    this.articleLists.writeVarint(body * 2 + others);
    if (others === 0) return;
    this.articleLists.writeVarint(heading);
    this.articleLists.writeVarint(title);
  }
}

export interface ByteRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Excluded. */
  readonly end: number;
}

/** A term's list: where its bytes lie in both sections. */
export interface TermList {
  readonly articles: ByteRange;
  readonly occurrences: ByteRange;
}

/**
 * Walks the articles of a list: `advance()` goes to the next one, after which the fields below are its. The hot loops of
 * a search read the same bytes in place. Whatever the bytes are, it comes to an end; occurrences never end before they
 * begin. Throws `LedeError` `incompatible` for a length that is none.
 */
export class ArticleCursor {
  readonly #bytes: Uint8Array;
  #end: number;
  #at: number;
  article = -1;
  title = 0;
  heading = 0;
  body = 0;
  /** Of an article with one occurrence, which is no entry of kind 3, none is stored. */
  bound = 0;
  /** Where the article's occurrences lie. */
  occurrencesStart: number;
  occurrencesEnd: number;

  constructor({ articles, occurrences }: TermList) {
    this.#bytes = articles.bytes;
    this.#at = articles.start;
    this.#end = articles.end;
    this.occurrencesStart = occurrences.start;
    this.occurrencesEnd = occurrences.start;
  }

  /** Goes to another list in the same bytes: its articles lie in [start, end), its occurrences begin there. */
  open(start: number, end: number, occurrencesStart: number): void {
    this.#at = start;
    this.#end = end;
    this.article = -1;
    this.occurrencesStart = occurrencesStart;
    this.occurrencesEnd = occurrencesStart;
  }

  /** False at the end of the list. */
  advance(): boolean {
    if (this.#at >= this.#end) return false;
    const head = this.#readVarint();
    this.article += 1 + (head >>> 2);
    this.occurrencesStart = this.occurrencesEnd;
    this.title = 0;
    this.heading = 0;
    if ((head & 3) !== entryKinds.more) {
      this.body = 1;
      this.bound = 0;
      this.occurrencesEnd += leastOccurrenceBytes + (head & 3);
      return true;
    }
    const length = this.#readVarint();
    if (length < 0) throw malformedList();
    this.occurrencesEnd += length;
    this.bound = this.#bytes[this.#at++] as number;
    const body = this.#readVarint();
    this.body = body >>> 1;
    if ((body & 1) === 1) {
      this.heading = this.#readVarint();
      this.title = this.#readVarint();
    }
    return true;
  }

  #readVarint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++] as number;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[this.#at++] as number;
      value += (byte & 0x7f) << shift;
    }
    return value;
  }
}

/**
 * Walks the records of one article: `advance()` goes to the next one, after which the fields below are its. Throws
 * `LedeError` `incompatible` for a record that would be longer than what is left of the article's bytes.
 */
export class OccurrenceCursor {
  readonly #bytes: Uint8Array;
  #at = 0;
  #end = 0;
  paragraph = 0;
  code = 0;
  frequency = 0;
  /** Positions of the record, ascending: the first `frequency` entries. */
  readonly positions: number[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get field(): Field {
    return this.code === recordCodes.title ? 'title' : this.code === recordCodes.heading ? 'heading' : 'body';
  }

  /** Goes to the records between the two places. */
  open(start: number, end: number): void {
    this.#at = start;
    this.#end = end;
    this.paragraph = 0;
  }

  advance(): boolean {
    if (this.#at >= this.#end) return false;
    const head = this.#readVarint();
    this.paragraph += head >>> 2;
    this.code = head & 3;
    this.frequency = this.code === recordCodes.bodyOnce ? 1 : this.#readFrequency();
    let position = 0;
    for (let i = 0; i < this.frequency; i++) {
      position += this.#readVarint();
      this.positions[i] = position;
    }
    return true;
  }

  /** Like `advance`, but leaves `positions` as they are. */
  advanceOnly(): boolean {
    if (this.#at >= this.#end) return false;
    const head = this.#readVarint();
    this.paragraph += head >>> 2;
    this.code = head & 3;
    this.frequency = this.code === recordCodes.bodyOnce ? 1 : this.#readFrequency();
    const bytes = this.#bytes;
    for (let left = this.frequency; left > 0; ) if (!((bytes[this.#at++] as number) >= 0x80)) left--;
    return true;
  }

  #readFrequency(): number {
    const frequency = this.#readVarint();
    if (frequency < 0 || frequency > this.#end - this.#at) throw malformedList();
    return frequency;
  }

  #readVarint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++] as number;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[this.#at++] as number;
      value += (byte & 0x7f) << shift;
    }
    return value;
  }
}

function malformedList(): LedeError {
  return new LedeError('incompatible', 'a posting list is damaged: run `lede build --full`');
}
