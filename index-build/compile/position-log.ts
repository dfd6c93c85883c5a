/** Writes down where terms stand while paragraphs are tokenized in order, and gives the positions back term by term. */
import type { Term } from '../../src/domain/ids.ts';

export class PositionLog {
  readonly #numbers = new Map<Term, number>();
  readonly #counts: number[] = [];
  #terms: Uint32Array = new Uint32Array(1 << 12);
  #positions: Uint32Array = new Uint32Array(1 << 12);
  #length = 0;

  add(term: Term, position: number): void {
    let number = this.#numbers.get(term);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(term, number);
      this.#counts.push(0);
    }
    if (this.#length === this.#terms.length) {
      this.#terms = grown(this.#terms);
      this.#positions = grown(this.#positions);
    }
    this.#counts[number] = (this.#counts[number] as number) + 1;
    this.#terms[this.#length] = number;
    this.#positions[this.#length] = position;
    this.#length++;
  }

  /** Sorts by term; within a term the order of adding stays. */
  group(): GroupedPositions {
    const starts = new Uint32Array(this.#counts.length + 1);
    this.#counts.forEach((count, number) => {
      starts[number + 1] = (starts[number] as number) + count;
    });
    const next = starts.slice();
    const positions = new Uint32Array(this.#length);
    for (let i = 0; i < this.#length; i++) {
      const number = this.#terms[i] as number;
      const at = next[number] as number;
      positions[at] = this.#positions[i] as number;
      next[number] = at + 1;
    }
    return new GroupedPositions(this.#numbers, starts, positions);
  }
}

export class GroupedPositions {
  readonly #numbers: ReadonlyMap<Term, number>;
  readonly #starts: Uint32Array;
  readonly #positions: Uint32Array;

  constructor(numbers: ReadonlyMap<Term, number>, starts: Uint32Array, positions: Uint32Array) {
    this.#numbers = numbers;
    this.#starts = starts;
    this.#positions = positions;
  }

  /** Empty for a term that was never added. */
  positionsOf(term: Term): Uint32Array {
    const number = this.#numbers.get(term);
    return number === undefined
      ? new Uint32Array(0)
      : this.#positions.subarray(this.#starts[number], this.#starts[number + 1]);
  }
}

function grown(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
