/**
 * Writes down where terms stand while paragraphs are tokenized in order. MiniSearch keeps which paragraphs hold a term,
 * but no positions; both have the same order, so that they join without a key.
 */

/** A term's occurrences in one field, paragraphs ascending. */
export interface TermPostings {
  /** Numbers in the batch. */
  readonly paragraphs: Uint32Array;
  readonly frequencies: Uint32Array;
  /** The positions of all paragraphs behind each other, `frequencies[i]` for the i-th, ascending within it. */
  readonly positions: Uint32Array;
}

/** What a log holds, term by term. */
export interface GroupedLog {
  /** T+1, into `frequencies`: an entry per paragraph that holds the term. */
  readonly starts: Uint32Array;
  readonly frequencies: Uint32Array;
  /** T+1, into `positions`. */
  readonly positionStarts: Uint32Array;
  readonly positions: Uint32Array;
}

/** Of one field. Terms come as numbers that the caller gives out from 0 on, without gaps. */
export class PositionLog {
  #terms = new Uint32Array(1 << 12);
  #positions = new Uint32Array(1 << 12);
  #length = 0;
  #paragraph = 0;
  /** Per term: occurrences, paragraphs, and the last paragraph that holds it, counted from 1. */
  #counts = new Uint32Array(1 << 10);
  #paragraphs = new Uint32Array(1 << 10);
  #lastParagraphs = new Uint32Array(1 << 10);

  /** What is added from now on stands in the next paragraph. */
  beginParagraph(): void {
    this.#paragraph++;
  }

  /** Returns whether it is the term's first occurrence in the paragraph. */
  add(term: number, position: number): boolean {
    if (this.#length === this.#terms.length) this.#growLog();
    if (term >= this.#counts.length) this.#growTerms(term);
    this.#terms[this.#length] = term;
    this.#counts[term] = (this.#counts[term] as number) + 1;
    const isFirst = this.#lastParagraphs[term] !== this.#paragraph;
    // The lowest bit parts the paragraphs, so that frequencies need no numbers of their own.
    this.#positions[this.#length++] = position * 2 + (isFirst ? 1 : 0);
    if (!isFirst) return false;
    this.#lastParagraphs[term] = this.#paragraph;
    this.#paragraphs[term] = (this.#paragraphs[term] as number) + 1;
    return true;
  }

  /** Sorts by term; within a term the order of adding stays. `terms`: how many there are. */
  group(terms: number): GroupedLog {
    const positionStarts = toStarts(this.#counts, terms);
    const starts = toStarts(this.#paragraphs, terms);
    const nextPosition = positionStarts.slice();
    const next = starts.slice();
    const positions = new Uint32Array(this.#length);
    const frequencies = new Uint32Array(starts[terms] as number);
    for (let i = 0; i < this.#length; i++) {
      const term = this.#terms[i] as number;
      const at = nextPosition[term] as number;
      const position = this.#positions[i] as number;
      positions[at] = position >>> 1;
      nextPosition[term] = at + 1;
      if ((position & 1) === 1) next[term] = (next[term] as number) + 1;
      const paragraph = (next[term] as number) - 1;
      frequencies[paragraph] = (frequencies[paragraph] as number) + 1;
    }
    return { starts, frequencies, positionStarts, positions };
  }

  #growLog(): void {
    this.#terms = grown(this.#terms, this.#length * 2);
    this.#positions = grown(this.#positions, this.#length * 2);
  }

  #growTerms(term: number): void {
    const length = Math.max(term + 1, this.#counts.length * 2);
    this.#counts = grown(this.#counts, length);
    this.#paragraphs = grown(this.#paragraphs, length);
    this.#lastParagraphs = grown(this.#lastParagraphs, length);
  }
}

function toStarts(counts: Uint32Array, length: number): Uint32Array {
  const starts = new Uint32Array(length + 1);
  for (let i = 0; i < length; i++) starts[i + 1] = (starts[i] as number) + (counts[i] ?? 0);
  return starts;
}

function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
