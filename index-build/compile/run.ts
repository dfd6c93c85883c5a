/**
 * A run: the posting lists of some paragraphs, sorted by term, in the bytes of a segment. Batches are compiled into
 * runs, and an opened segment is one too, so that both merge alike.
 */
import { type Field, fields } from '../../src/domain/article.ts';
import type { Term } from '../../src/domain/ids.ts';
import { ByteWriter, encodePostings, type Postings } from '../../src/engine/embedded/postings.ts';

export interface RunLists {
  /** T+1, byte offsets. */
  readonly postingsStarts: Uint32Array;
  readonly postings: Uint8Array;
  readonly positionsStarts: Uint32Array;
  readonly positions: Uint8Array;
}

export interface Run {
  /** T+1, into `termUnits`; terms ascending by UTF-16 units. */
  readonly termStarts: Uint32Array;
  readonly termUnits: Uint16Array;
  readonly lists: Readonly<Record<Field, RunLists>>;
}

/** Takes terms in ascending order and makes a run of them. */
export class RunWriter {
  readonly #terms = new KeyWriter();
  readonly #fields: Record<Field, FieldWriter> = {
    title: new FieldWriter(),
    heading: new FieldWriter(),
    body: new FieldWriter(),
  };

  /** Fields that lack the term are left out of `lists`. */
  add(term: Term, lists: Readonly<Partial<Record<Field, Postings>>>): void {
    this.#terms.add(term);
    for (const field of fields) this.#fields[field].add(lists[field]);
  }

  finish(): Run {
    const { starts, units } = this.#terms.finish();
    const { title, heading, body } = this.#fields;
    return {
      termStarts: starts,
      termUnits: units,
      lists: { title: title.finish(), heading: heading.finish(), body: body.finish() },
    };
  }
}

class FieldWriter {
  readonly #postings = new ByteWriter();
  readonly #positions = new ByteWriter();
  readonly #postingsStarts: number[] = [0];
  readonly #positionsStarts: number[] = [0];

  add(list: Postings | undefined): void {
    if (list !== undefined) encodePostings(list, this.#postings, this.#positions);
    this.#postingsStarts.push(this.#postings.length);
    this.#positionsStarts.push(this.#positions.length);
  }

  finish(): RunLists {
    return {
      postingsStarts: Uint32Array.from(this.#postingsStarts),
      postings: this.#postings.finish(),
      positionsStarts: Uint32Array.from(this.#positionsStarts),
      positions: this.#positions.finish(),
    };
  }
}

/** Strings as UTF-16 units behind each other. */
export class KeyWriter {
  readonly #starts: number[] = [0];
  #units = new Uint16Array(1 << 12);
  #length = 0;

  add(key: string): void {
    if (this.#length + key.length > this.#units.length) {
      const grown = new Uint16Array(Math.max(this.#length + key.length, this.#units.length * 2));
      grown.set(this.#units);
      this.#units = grown;
    }
    for (let i = 0; i < key.length; i++) this.#units[this.#length++] = key.charCodeAt(i);
    this.#starts.push(this.#length);
  }

  finish(): { readonly starts: Uint32Array; readonly units: Uint16Array } {
    return { starts: Uint32Array.from(this.#starts), units: this.#units.slice(0, this.#length) };
  }
}
