/** How long a search may still go on: asked in the middle of loops, so looking at the time must cost next to nothing. */
import type { Cancellation } from '../engine.ts';

/** Bytes of posting lists that are read between two looks at the clock: some tens of microseconds. */
const bytesBetween = 1 << 17;

export class Clock {
  readonly #deadline: number;
  readonly #signal: Cancellation | undefined;
  #bytes = 0;
  #wasLate = false;

  /** `deadline` as `performance.now()` counts. */
  constructor(deadline: number, signal: Cancellation | undefined) {
    this.#deadline = deadline;
    this.#signal = signal;
  }

  /** Whether time was found to have run out. */
  get wasLate(): boolean {
    return this.#wasLate;
  }

  /** Looks at the time. Once true it stays so. */
  isLate(): boolean {
    this.#wasLate ||= performance.now() > this.#deadline || this.#signal?.aborted === true;
    return this.#wasLate;
  }

  /** Looks at the time now and then, as bytes are read. */
  isLateAfter(bytes: number): boolean {
    this.#bytes += bytes;
    if (this.#bytes < bytesBetween) return this.#wasLate;
    this.#bytes = 0;
    return this.isLate();
  }
}
