/**
 * Marks of paragraphs, as `src/domain/recurrence.ts` defines them, computed while their terms are read. Knows terms by
 * their hashes only.
 */
import { runTerms, windowRuns } from '../src/domain/recurrence.ts';
import { NumberWriter } from './compile/run.ts';

/** The marks of some paragraphs. */
export interface ParagraphMarks {
  /** How many each paragraph has. */
  readonly counts: Uint16Array;
  /** Behind each other. */
  readonly marks: Uint32Array;
}

/** FNV-1a over UTF-16 units: in [0, 2^32). */
export function hashTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const base = 0x2c1b3c6d;

/** `base` to the power of the terms in a run: what the term that leaves a run counts. */
const leaving = Array.from({ length: runTerms }).reduce<number>((power) => Math.imul(power, base), 1);

/** Takes paragraphs in order, each as the hashes of its terms. */
export class MarkLog {
  readonly #counts: Uint16Array;
  readonly #marks = new NumberWriter();
  #terms = new Uint32Array(1 << 10);
  #length = 0;
  /** Hashes of the last `windowRuns` runs, in a ring. */
  readonly #window = new Uint32Array(windowRuns);

  constructor(paragraphs: number) {
    this.#counts = new Uint16Array(paragraphs);
  }

  addTerm(hash: number): void {
    if (this.#length === this.#terms.length) {
      const grown = new Uint32Array(this.#length * 2);
      grown.set(this.#terms);
      this.#terms = grown;
    }
    this.#terms[this.#length++] = hash;
  }

  /** Ends the paragraph that the terms belong to. Paragraphs that are passed over have no marks. */
  endParagraph(paragraph: number): void {
    this.#counts[paragraph] = this.#length < runTerms ? this.#markShort() : this.#markRuns();
    this.#length = 0;
  }

  finish(): ParagraphMarks {
    return { counts: this.#counts, marks: this.#marks.finish() };
  }

  #markShort(): number {
    if (this.#length === 0) return 0;
    let hash = this.#length;
    for (let i = 0; i < this.#length; i++) hash = Math.imul(hash, base) + (this.#terms[i] as number);
    this.#marks.add(mix(hash));
    return 1;
  }

  /** The least hash of each window, where it is another than that of the window before. Long and plain: each word pays. */
  #markRuns(): number {
    const terms = this.#terms;
    const window = this.#window;
    const runs = this.#length - runTerms + 1;
    const isShort = runs < windowRuns;
    let hash = 0;
    for (let i = 0; i < runTerms - 1; i++) hash = (Math.imul(hash, base) + (terms[i] as number)) | 0;
    let count = 0;
    let least = 0xffffffff;
    let leastRun = -1;
    let last = -1;
    for (let run = 0; run < runs; run++) {
      hash = (Math.imul(hash, base) + (terms[run + runTerms - 1] as number)) | 0;
      if (run > 0) hash = (hash - Math.imul(leaving, terms[run - 1] as number)) | 0;
      const mixed = mix(hash);
      window[run % windowRuns] = mixed;
      if (mixed <= least || leastRun < 0) {
        least = mixed;
        leastRun = run;
      } else if (leastRun <= run - windowRuns) {
        leastRun = run - windowRuns + 1;
        for (let other = leastRun; other <= run; other++) {
          if ((window[other % windowRuns] as number) <= (window[leastRun % windowRuns] as number)) leastRun = other;
        }
        least = window[leastRun % windowRuns] as number;
      }
      const isFull = run >= windowRuns - 1 || (isShort && run === runs - 1);
      if (!isFull || leastRun === last) continue;
      this.#marks.add(least);
      last = leastRun;
      count++;
    }
    return count;
  }
}

/** The finalizer of MurmurHash3: sums are no good order to choose by. In [0, 2^32). */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
