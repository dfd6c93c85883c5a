/**
 * Merges runs into one, term by term, without tokenizing again: paragraphs get their new numbers, those that are gone
 * are left out. What a term's articles tell (how many, in which languages) is passed on as it goes by.
 */
import { type Field, fields } from '../../src/domain/article.ts';
import type { Term } from '../../src/domain/ids.ts';
import { PositionsCursor, PostingsCursor } from '../../src/engine/embedded/postings.ts';
import { SortedKeys } from '../../src/engine/embedded/string-table.ts';
import { type Run, RunWriter } from './run.ts';

export interface MergeSource {
  readonly run: Run;
  /** Old paragraph number → new one, ascending where not -1; -1 = gone. */
  readonly paragraphs: Int32Array;
}

/** Told of each merged term: the paragraphs that hold it in any field, ascending. */
export type ObserveTerm = (term: Term, paragraphs: readonly number[]) => void;

export function mergeRuns(sources: readonly MergeSource[], observe: ObserveTerm): Run {
  const queue = new TermQueue(sources);
  const writer = new RunWriter();
  for (let next = queue.take(); next !== null; next = queue.take()) {
    const lists: Partial<Record<Field, MergedList>> = {};
    for (const field of fields) {
      const merged = mergeList(next.places, field);
      if (merged.paragraphs.length > 0) lists[field] = merged;
    }
    const paragraphs = union(lists);
    if (paragraphs.length === 0) continue;
    writer.add(next.term, lists);
    observe(next.term, paragraphs);
  }
  return writer.finish();
}

interface MergedList {
  paragraphs: number[];
  frequencies: number[];
  positions: number[];
}

/** A term's place in one source. */
interface Place {
  readonly source: MergeSource;
  readonly term: number;
}

function mergeList(places: readonly Place[], field: Field): MergedList {
  const merged: MergedList = { paragraphs: [], frequencies: [], positions: [] };
  for (const { source, term } of places) {
    const list = source.run.lists[field];
    const start = list.postingsStarts[term] as number;
    const end = list.postingsStarts[term + 1] as number;
    if (start === end) continue;
    const postings = new PostingsCursor(list.postings, start, end);
    const positions = new PositionsCursor(list.positions, list.positionsStarts[term] as number);
    while (postings.advance()) {
      const paragraph = source.paragraphs[postings.paragraph] as number;
      if (paragraph < 0) {
        positions.skip(postings.frequency);
        continue;
      }
      merged.paragraphs.push(paragraph);
      merged.frequencies.push(postings.frequency);
      positions.read(postings.frequency, merged.positions);
    }
  }
  return isAscending(merged.paragraphs) ? merged : sorted(merged);
}

function isAscending(numbers: readonly number[]): boolean {
  for (let i = 1; i < numbers.length; i++) if ((numbers[i] as number) <= (numbers[i - 1] as number)) return false;
  return true;
}

function sorted(list: MergedList): MergedList {
  const starts: number[] = [];
  let next = 0;
  for (const frequency of list.frequencies) {
    starts.push(next);
    next += frequency;
  }
  const order = list.paragraphs.map((_, index) => index);
  order.sort((a, b) => (list.paragraphs[a] as number) - (list.paragraphs[b] as number));
  const positions: number[] = [];
  for (const index of order) {
    const start = starts[index] as number;
    for (let k = 0; k < (list.frequencies[index] as number); k++) positions.push(list.positions[start + k] as number);
  }
  return {
    paragraphs: order.map((index) => list.paragraphs[index] as number),
    frequencies: order.map((index) => list.frequencies[index] as number),
    positions,
  };
}

function union(lists: Readonly<Partial<Record<Field, MergedList>>>): readonly number[] {
  const present = fields.flatMap((field) => lists[field]?.paragraphs ?? []);
  const held = fields.filter((field) => lists[field] !== undefined);
  if (held.length <= 1) return present;
  return [...new Set(present)].sort((a, b) => a - b);
}

/** Gives the terms of all sources in ascending order, each once, with its places. A binary heap over the sources. */
class TermQueue {
  readonly #heap: Reader[] = [];

  constructor(sources: readonly MergeSource[]) {
    sources.forEach((source, rank) => {
      const reader = new Reader(source, rank);
      if (reader.isOpen) this.#push(reader);
    });
  }

  take(): { readonly term: Term; readonly places: readonly Place[] } | null {
    const first = this.#heap[0];
    if (first === undefined) return null;
    const term = first.key;
    const places: Place[] = [];
    while (this.#heap[0]?.key === term) {
      const reader = this.#heap[0];
      places.push({ source: reader.source, term: reader.term });
      reader.advance();
      if (!reader.isOpen) {
        const last = this.#heap.pop() as Reader;
        if (this.#heap.length > 0) this.#heap[0] = last;
      }
      this.#sink();
    }
    return { term: term as Term, places };
  }

  #push(reader: Reader): void {
    this.#heap.push(reader);
    let at = this.#heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      let least = at;
      if (left < this.#heap.length && this.#isBefore(left, least)) least = left;
      if (left + 1 < this.#heap.length && this.#isBefore(left + 1, least)) least = left + 1;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const left = this.#heap[a] as Reader;
    const right = this.#heap[b] as Reader;
    return left.key === right.key ? left.rank < right.rank : left.key < right.key;
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a] as Reader;
    this.#heap[a] = this.#heap[b] as Reader;
    this.#heap[b] = kept;
  }
}

class Reader {
  readonly source: MergeSource;
  readonly rank: number;
  readonly #keys: SortedKeys;
  term = 0;
  key = '';

  constructor(source: MergeSource, rank: number) {
    this.source = source;
    this.rank = rank;
    this.#keys = new SortedKeys(source.run.termStarts, source.run.termUnits);
    if (this.isOpen) this.key = this.#keys.key(0);
  }

  get isOpen(): boolean {
    return this.term < this.#keys.size;
  }

  advance(): void {
    this.term++;
    if (this.isOpen) this.key = this.#keys.key(this.term);
  }
}
