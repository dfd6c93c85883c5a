/** Gives the terms of several runs in ascending order, each once, with its places. A binary heap over the runs. */
import type { Run } from './run.ts';

/** This many units of a term are compared as one number, which a double holds exactly. */
const headUnits = 3;

export class TermQueue {
  readonly #runs: readonly Run[];
  /** Numbers of runs. */
  readonly #heap: Int32Array;
  #size = 0;
  /** Each run's next term, and the number that its first units make. */
  readonly #terms: Uint32Array;
  readonly #heads: Float64Array;
  /** The places of the term that was taken last, by ascending numbers of runs: the first `places` entries. */
  places = 0;
  readonly placeRuns: Int32Array;
  readonly placeTerms: Uint32Array;

  constructor(runs: readonly Run[]) {
    this.#runs = runs;
    this.#heap = new Int32Array(runs.length);
    this.#terms = new Uint32Array(runs.length);
    this.#heads = new Float64Array(runs.length);
    this.placeRuns = new Int32Array(runs.length);
    this.placeTerms = new Uint32Array(runs.length);
    runs.forEach((run, number) => {
      if (run.termStarts.length > 1) this.#push(number);
    });
  }

  /** Goes to the next term. False at the end. */
  take(): boolean {
    this.places = 0;
    if (this.#size === 0) return false;
    do this.#takeFirst();
    while (this.#size > 0 && this.#isTaken(this.#heap[0] as number));
    return true;
  }

  #takeFirst(): void {
    const run = this.#heap[0] as number;
    const term = this.#terms[run] as number;
    this.placeRuns[this.places] = run;
    this.placeTerms[this.places++] = term;
    if (term + 2 < (this.#runs[run] as Run).termStarts.length) {
      this.#terms[run] = term + 1;
      this.#heads[run] = this.#headOf(run, term + 1);
    } else {
      this.#heap[0] = this.#heap[--this.#size] as number;
    }
    this.#sink();
  }

  /** Whether the run's next term is the one that is being taken. */
  #isTaken(run: number): boolean {
    const first = this.placeRuns[0] as number;
    return this.#compareTerms(run, this.#terms[run] as number, first, this.placeTerms[0] as number, 0) === 0;
  }

  #push(run: number): void {
    this.#heads[run] = this.#headOf(run, 0);
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#heap[parent] as number;
      if (!this.#isBefore(run, above)) break;
      this.#heap[at] = above;
      at = parent;
    }
    this.#heap[at] = run;
  }

  #sink(): void {
    const heap = this.#heap;
    const run = heap[0] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#isBefore(heap[child + 1] as number, heap[child] as number)) child++;
      const below = heap[child] as number;
      if (!this.#isBefore(below, run)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = run;
  }

  /** Equal terms come by the numbers of their runs. */
  #isBefore(a: number, b: number): boolean {
    const difference = (this.#heads[a] as number) - (this.#heads[b] as number);
    if (difference !== 0) return difference < 0;
    const order = this.#compareTerms(a, this.#terms[a] as number, b, this.#terms[b] as number, headUnits);
    return order === 0 ? a < b : order < 0;
  }

  /** Two terms by their units from the `from`-th on; those before are equal. */
  #compareTerms(runA: number, termA: number, runB: number, termB: number, from: number): number {
    const a = this.#runs[runA] as Run;
    const b = this.#runs[runB] as Run;
    const startOfA = a.termStarts[termA] as number;
    const startOfB = b.termStarts[termB] as number;
    const lengthOfA = (a.termStarts[termA + 1] as number) - startOfA;
    const lengthOfB = (b.termStarts[termB + 1] as number) - startOfB;
    const shared = Math.min(lengthOfA, lengthOfB);
    for (let i = from; i < shared; i++) {
      const difference = (a.termUnits[startOfA + i] as number) - (b.termUnits[startOfB + i] as number);
      if (difference !== 0) return difference;
    }
    return lengthOfA - lengthOfB;
  }

  /** The first units as one number, zeros behind a shorter term: equal numbers do not make equal terms. */
  #headOf(run: number, term: number): number {
    const { termStarts, termUnits } = this.#runs[run] as Run;
    const start = termStarts[term] as number;
    const end = termStarts[term + 1] as number;
    let head = 0;
    for (let i = 0; i < headUnits; i++)
      head = head * 0x10000 + (start + i < end ? (termUnits[start + i] as number) : 0);
    return head;
  }
}
