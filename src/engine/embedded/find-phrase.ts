/**
 * Finds where words stand one behind the other, from their positions. First the paragraphs that hold all the words, on
 * sets; then their positions, walking each word's list once.
 */
import type { Field } from '../../domain/article.ts';
import { addTo, type BitSet, emptySet, has, intersectWith, members as membersOfSet } from './bit-set.ts';
import type { PositionsCursor, PostingsCursor } from './postings.ts';
import type { Segment } from './segment.ts';

/** A dictionary term that counts for a group. */
export interface Member {
  readonly term: number;
  readonly weight: number;
}

/** Paragraph → weighted number of places. */
export type FieldOccurrences = ReadonlyMap<number, number>;

/**
 * Places where a member of each slot stands, at consecutive positions of one field. A place weighs as its lightest
 * member; where several members of a slot stand at one position, the heaviest of them counts.
 */
export function findPhrase(segment: Segment, slots: readonly (readonly Member[])[], field: Field): FieldOccurrences {
  const occurrences = new Map<number, number>();
  const candidates = findCandidates(segment, slots, field);
  if (candidates === null) return occurrences;
  const readers = slots.map((members) => openSlot({ segment, field, candidates }, members));
  for (const paragraph of membersOfSet(candidates)) {
    const frequency = countPlaces(readers, paragraph);
    if (frequency > 0) occurrences.set(paragraph, frequency);
  }
  return occurrences;
}

/** The paragraphs that hold a member of each slot; null where a slot has none at all. */
function findCandidates(segment: Segment, slots: readonly (readonly Member[])[], field: Field): BitSet | null {
  let candidates: BitSet | null = null;
  for (const members of slots) {
    const holders = emptySet(segment.header.paragraphs);
    let isHeld = false;
    for (const { term } of members) {
      const postings = segment.postings(term, field);
      while (postings.advance()) {
        addTo(holders, postings.paragraph);
        isHeld = true;
      }
    }
    if (!isHeld) return null;
    if (candidates === null) candidates = holders;
    else intersectWith(candidates, holders);
  }
  return candidates;
}

/** Positions of one slot, ascending, each once: the first `count` entries of `at`, with their weights beside them. */
interface Positions {
  readonly count: number;
  readonly at: readonly number[];
  readonly weights: readonly number[];
}

interface SlotReader {
  /** Must be asked for ascending paragraphs; what it gives is overwritten by the next call. */
  read(paragraph: number): Positions;
}

/** The weights of the places in a paragraph, added up. */
function countPlaces(readers: readonly SlotReader[], paragraph: number): number {
  const [first, ...others] = readers.map((reader) => reader.read(paragraph));
  if (first === undefined) return 0;
  let sum = 0;
  for (let i = 0; i < first.count; i++) {
    let lightest = first.weights[i] as number;
    for (let slot = 0; slot < others.length && lightest > 0; slot++) {
      lightest = Math.min(lightest, weightAt(others[slot] as Positions, (first.at[i] as number) + slot + 1));
    }
    sum += lightest;
  }
  return sum;
}

/** The weight of what stands at a position, 0 where nothing does. Paragraphs hold a word a few times at most. */
function weightAt({ at, count, weights }: Positions, position: number): number {
  for (let i = 0; i < count; i++) if (at[i] === position) return weights[i] as number;
  return 0;
}

interface PhrasePlace {
  readonly segment: Segment;
  readonly field: Field;
  readonly candidates: BitSet;
}

/** With more members than this, asking every list about every paragraph costs more than reading each list once. */
const listsAtOnce = 4;

function openSlot(place: PhrasePlace, members: readonly Member[]): SlotReader {
  const held = members.filter(({ term }) => place.segment.hasPostings(term, place.field));
  const [only] = held;
  if (held.length === 1 && only !== undefined) return new ListReader(place, only);
  if (held.length <= listsAtOnce) return new MergedReader(held.map((member) => new ListReader(place, member)));
  return new CollectedReader(place, held);
}

/** Walks one term's list. */
class ListReader implements SlotReader {
  readonly at: number[] = [];
  readonly weights: number[] = [];
  count = 0;
  readonly #postings: PostingsCursor;
  readonly #positions: PositionsCursor;
  readonly #weight: number;
  #isOpen: boolean;

  constructor({ segment, field }: PhrasePlace, { term, weight }: Member) {
    this.#postings = segment.postings(term, field);
    this.#positions = segment.positions(term, field);
    this.#weight = weight;
    this.#isOpen = this.#postings.advance();
  }

  read(paragraph: number): Positions {
    this.count = 0;
    while (this.#isOpen && this.#postings.paragraph < paragraph) {
      this.#positions.skip(this.#postings.frequency);
      this.#isOpen = this.#postings.advance();
    }
    if (this.#isOpen && this.#postings.paragraph === paragraph) {
      this.count = this.#postings.frequency;
      this.#positions.readAt(this.count, this.at, 0);
      while (this.weights.length < this.count) this.weights.push(this.#weight);
      this.#isOpen = this.#postings.advance();
    }
    return this;
  }
}

/** A few terms' lists, read side by side. */
class MergedReader implements SlotReader {
  readonly #readers: readonly SlotReader[];

  constructor(readers: readonly SlotReader[]) {
    this.#readers = readers;
  }

  read(paragraph: number): Positions {
    const heaviest = new Map<number, number>();
    for (const reader of this.#readers) {
      const { at, count, weights } = reader.read(paragraph);
      for (let i = 0; i < count; i++) {
        const position = at[i] as number;
        heaviest.set(position, Math.max(heaviest.get(position) ?? 0, weights[i] as number));
      }
    }
    return toPositions(heaviest);
  }
}

/** Many terms' lists, each read once beforehand, for the candidates alone. */
class CollectedReader implements SlotReader {
  readonly #found = new Map<number, Map<number, number>>();

  constructor({ segment, field, candidates }: PhrasePlace, members: readonly Member[]) {
    const at: number[] = [];
    for (const { term, weight } of members) {
      const postings = segment.postings(term, field);
      const positions = segment.positions(term, field);
      while (postings.advance()) {
        if (!has(candidates, postings.paragraph)) {
          positions.skip(postings.frequency);
          continue;
        }
        at.length = 0;
        positions.read(postings.frequency, at);
        const known = this.#found.get(postings.paragraph) ?? new Map<number, number>();
        for (const position of at) known.set(position, Math.max(known.get(position) ?? 0, weight));
        this.#found.set(postings.paragraph, known);
      }
    }
  }

  read(paragraph: number): Positions {
    return toPositions(this.#found.get(paragraph) ?? new Map());
  }
}

function toPositions(heaviest: ReadonlyMap<number, number>): Positions {
  const at = [...heaviest.keys()].sort((a, b) => a - b);
  return { count: at.length, at, weights: at.map((position) => heaviest.get(position) as number) };
}
