/**
 * A run: the posting lists of some articles, sorted by term, in the bytes of a segment. Batches are compiled into runs,
 * and an opened segment is one too, so that both merge alike. Article numbers are the run's own.
 */
import { ListEncoder } from '../../src/engine/embedded/postings.ts';

/** Sections of a segment, by their names there. The arrays of a run that was written own their memory alone. */
export interface Run {
  readonly termStarts: Uint32Array;
  readonly termUnits: Uint16Array;
  readonly articleListStarts: Uint32Array;
  readonly articleLists: Uint8Array;
  readonly occurrenceStarts: Uint32Array;
  readonly occurrences: Uint8Array;
  readonly termParagraphs: Uint32Array;
}

/** A segment's part that is a run. */
export function runOf(sections: Run): Run {
  return {
    termStarts: sections.termStarts,
    termUnits: sections.termUnits,
    articleListStarts: sections.articleListStarts,
    articleLists: sections.articleLists,
    occurrenceStarts: sections.occurrenceStarts,
    occurrences: sections.occurrences,
    termParagraphs: sections.termParagraphs,
  };
}

/** Takes terms in ascending order: first a term's list, through `lists`, then the term. */
export class RunWriter {
  readonly terms = new KeyWriter();
  readonly lists: ListEncoder;
  readonly #articleListStarts = new NumberWriter(0);
  readonly #occurrenceStarts = new NumberWriter(0);
  readonly #termParagraphs = new NumberWriter();

  constructor(capacities?: { readonly articleLists: number; readonly occurrences: number }) {
    this.lists = new ListEncoder(capacities);
  }

  /** Closes the list of the term that was added to `terms` last; `paragraphs` hold it in any field. */
  endTerm(paragraphs: number): void {
    this.#articleListStarts.add(this.lists.articleLists.length);
    this.#occurrenceStarts.add(this.lists.occurrences.length);
    this.#termParagraphs.add(paragraphs);
    this.lists.beginList();
  }

  finish(): Run {
    const { starts, units } = this.terms.finish();
    return {
      termStarts: starts,
      termUnits: units,
      articleListStarts: this.#articleListStarts.finish(),
      articleLists: exact(this.lists.articleLists.finish()),
      occurrenceStarts: this.#occurrenceStarts.finish(),
      occurrences: exact(this.lists.occurrences.finish()),
      termParagraphs: this.#termParagraphs.finish(),
    };
  }
}

function exact(bytes: Uint8Array): Uint8Array {
  return bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** Numbers in [0, 2^32) behind each other. */
export class NumberWriter {
  #numbers = new Uint32Array(1 << 10);
  #length = 0;

  constructor(...first: readonly number[]) {
    for (const number of first) this.add(number);
  }

  add(number: number): void {
    if (this.#length === this.#numbers.length) {
      const grown = new Uint32Array(this.#length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#length++] = number;
  }

  finish(): Uint32Array {
    return this.#numbers.slice(0, this.#length);
  }
}

/** Strings as UTF-16 units behind each other. */
export class KeyWriter {
  readonly #starts = new NumberWriter(0);
  #units = new Uint16Array(1 << 12);
  #length = 0;

  add(key: string): void {
    this.#reserve(key.length);
    for (let i = 0; i < key.length; i++) this.#units[this.#length++] = key.charCodeAt(i);
    this.#starts.add(this.#length);
  }

  /** Adds the key `units[start]` to `units[end - 1]`. */
  addUnits(units: Uint16Array, start: number, end: number): void {
    this.#reserve(end - start);
    for (let at = start; at < end; at++) this.#units[this.#length++] = units[at] as number;
    this.#starts.add(this.#length);
  }

  finish(): { readonly starts: Uint32Array; readonly units: Uint16Array } {
    return { starts: this.#starts.finish(), units: this.#units.slice(0, this.#length) };
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#units.length) return;
    const grown = new Uint16Array(Math.max(this.#length + length, this.#units.length * 2));
    grown.set(this.#units);
    this.#units = grown;
  }
}
