/**
 * Posting lists as bytes. A list is one term's in one field:
 *
 *     postings    per paragraph: varint((paragraph - previous - 1) << 1 | (frequency == 1)), then, if the
 *                 frequency is greater, varint(frequency); `previous` is -1 at first
 *     positions   per paragraph, in the same order: `frequency` times varint(position - previous position),
 *                 with previous position 0 at first
 *
 * A varint has seven bits a byte, the lowest first, the top bit set on all bytes but the last. At 54 million postings
 * this takes 1.7 bytes a posting; fixed-width arrays took more than twice as much and answered no faster.
 */

/** One term's occurrences in one field, paragraphs ascending. */
export interface Postings {
  readonly paragraphs: ArrayLike<number>;
  readonly frequencies: ArrayLike<number>;
  /** The positions of all paragraphs behind each other, `frequencies[i]` for the i-th, ascending within it. */
  readonly positions: ArrayLike<number>;
}

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

export function encodePostings(list: Postings, postings: ByteWriter, positions: ByteWriter): void {
  let previous = -1;
  let next = 0;
  for (let i = 0; i < list.paragraphs.length; i++) {
    const paragraph = list.paragraphs[i] as number;
    const frequency = list.frequencies[i] as number;
    postings.writeVarint((paragraph - previous - 1) * 2 + (frequency === 1 ? 1 : 0));
    if (frequency !== 1) postings.writeVarint(frequency);
    previous = paragraph;
    let previousPosition = 0;
    for (let k = 0; k < frequency; k++) {
      const position = list.positions[next++] as number;
      positions.writeVarint(position - previousPosition);
      previousPosition = position;
    }
  }
}

/**
 * Walks a list: `advance()` goes to the next paragraph, after which `paragraph` and `frequency` are its. Who wants
 * positions walks a `PositionsCursor` beside it, and reads or skips those of every paragraph.
 */
export class PostingsCursor {
  readonly #postings: Uint8Array;
  #at: number;
  readonly #end: number;
  paragraph = -1;
  frequency = 0;

  constructor(postings: Uint8Array, start: number, end: number) {
    this.#postings = postings;
    this.#at = start;
    this.#end = end;
  }

  /** False at the end of the list. */
  advance(): boolean {
    if (this.#at >= this.#end) return false;
    const head = this.#readVarint();
    this.paragraph += 1 + (head >>> 1);
    this.frequency = (head & 1) === 1 ? 1 : this.#readVarint();
    return true;
  }

  #readVarint(): number {
    const bytes = this.#postings;
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

/** Walks the positions of a list, in step with a `PostingsCursor`. */
export class PositionsCursor {
  readonly #positions: Uint8Array;
  #at: number;

  constructor(positions: Uint8Array, start: number) {
    this.#positions = positions;
    this.#at = start;
  }

  /** Passes over the positions of a paragraph. */
  skip(frequency: number): void {
    const bytes = this.#positions;
    for (let left = frequency; left > 0; ) if ((bytes[this.#at++] as number) < 0x80) left--;
  }

  /** Appends the positions of a paragraph to `into`. */
  read(frequency: number, into: number[]): void {
    this.readAt(frequency, into, into.length);
  }

  /** Writes the positions of a paragraph into `into` from index `from` on, over what stands there. */
  readAt(frequency: number, into: number[], from: number): void {
    const bytes = this.#positions;
    let position = 0;
    for (let k = 0; k < frequency; k++) {
      let byte = bytes[this.#at++] as number;
      let value = byte & 0x7f;
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = bytes[this.#at++] as number;
        value += (byte & 0x7f) << shift;
      }
      position += value;
      into[from + k] = position;
    }
  }
}
