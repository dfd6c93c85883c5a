/**
 * How many different terms the articles of several segments hold, those of removed articles left out. Exact; the cost
 * is that of walking the small dictionaries and of looking up each of their terms in the largest one, near the last.
 */
import type { Segment } from '../src/engine/embedded/segment.ts';

/** A segment, with that of its removed articles. */
export interface CountedSegment {
  readonly segment: Segment;
  readonly removed: Segment | null;
}

export function countLiveTerms(segments: readonly CountedSegment[]): number {
  const [largest, ...others] = [...segments].sort((a, b) => b.segment.header.terms - a.segment.header.terms);
  if (largest === undefined) return 0;
  const deadInLargest = deadTerms(largest);
  const seeker = new Seeker(largest.segment);
  let count = largest.segment.header.terms - deadInLargest.size;
  for (const { segment, term } of mergeTerms(others)) {
    const found = seeker.find(segment, term);
    if (found < 0 || deadInLargest.has(found)) count++;
  }
  return count;
}

/** Numbers of the terms that only removed articles hold. */
function deadTerms({ segment, removed }: CountedSegment): Set<number> {
  const dead = new Set<number>();
  if (removed === null) return dead;
  const seeker = new Seeker(segment);
  for (let term = 0; term < removed.header.terms; term++) {
    const found = seeker.find(removed, term);
    if (found >= 0 && segment.sections.termArticles[found] === removed.sections.termArticles[term]) dead.add(found);
  }
  return dead;
}

interface TermPlace {
  readonly segment: Segment;
  readonly term: number;
}

/** The live terms of some segments, ascending, each once. There are few segments, so the least is found by looking at all. */
function* mergeTerms(segments: readonly CountedSegment[]): Generator<TermPlace> {
  const cursors = segments.map((counted) => new LiveTerms(counted)).filter((cursor) => cursor.isOpen);
  for (;;) {
    let least: LiveTerms | undefined;
    for (const cursor of cursors) {
      if (cursor.isOpen && (least === undefined || compareTerms(cursor, least) < 0)) least = cursor;
    }
    if (least === undefined) return;
    const { segment, term } = least;
    for (const cursor of cursors) {
      if (cursor !== least && cursor.isOpen && compareTerms(cursor, { segment, term }) === 0) cursor.advance();
    }
    yield { segment, term };
    least.advance();
  }
}

class LiveTerms implements TermPlace {
  readonly segment: Segment;
  readonly #dead: ReadonlySet<number>;
  term = -1;

  constructor(counted: CountedSegment) {
    this.segment = counted.segment;
    this.#dead = deadTerms(counted);
    this.advance();
  }

  get isOpen(): boolean {
    return this.term < this.segment.header.terms;
  }

  advance(): void {
    do this.term++;
    while (this.#dead.has(this.term));
  }
}

/** Looks up ascending terms in a dictionary: in growing steps from the last place on, then by halves. */
class Seeker {
  readonly #segment: Segment;
  #at = 0;

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /** The number of another segment's term, or -1. */
  find(segment: Segment, term: number): number {
    const place = { segment, term };
    const size = this.#segment.header.terms;
    let low = this.#at;
    let step = 1;
    while (low + step <= size && this.#compare(low + step - 1, place) < 0) {
      low += step;
      step *= 2;
    }
    let high = Math.min(size, low + step - 1);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, place) < 0) low = middle + 1;
      else high = middle;
    }
    this.#at = low;
    return low < size && this.#compare(low, place) === 0 ? low : -1;
  }

  #compare(term: number, place: TermPlace): number {
    return compareTerms({ segment: this.#segment, term }, place);
  }
}

/** By UTF-16 units, as dictionaries are sorted. */
function compareTerms(a: TermPlace, b: TermPlace): number {
  const { termStarts: startsOfA, termUnits: unitsOfA } = a.segment.sections;
  const { termStarts: startsOfB, termUnits: unitsOfB } = b.segment.sections;
  const startOfA = startsOfA[a.term] as number;
  const startOfB = startsOfB[b.term] as number;
  const lengthOfA = (startsOfA[a.term + 1] as number) - startOfA;
  const lengthOfB = (startsOfB[b.term + 1] as number) - startOfB;
  const shared = Math.min(lengthOfA, lengthOfB);
  for (let i = 0; i < shared; i++) {
    const difference = (unitsOfA[startOfA + i] as number) - (unitsOfB[startOfB + i] as number);
    if (difference !== 0) return difference;
  }
  return lengthOfA - lengthOfB;
}
