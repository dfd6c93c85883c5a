/** Finds where words stand one behind the other, from their positions. */
import type { Field } from '../../domain/article.ts';
import type { Segment } from './segment.ts';

/** A dictionary term that counts for a group. */
export interface Member {
  readonly term: number;
  readonly weight: number;
}

/** Paragraph → weighted number of places. */
export type FieldOccurrences = ReadonlyMap<number, number>;

/** Start position of a place → its weight, that of its lightest member. */
type Places = Map<number, number>;

/** Places where a member of each slot stands, at consecutive positions of one field. The rarest slot is read first. */
export function findPhrase(segment: Segment, slots: readonly (readonly Member[])[], field: Field): FieldOccurrences {
  const order = slots
    .map((_, slot) => slot)
    .sort((a, b) => cost(segment, slots[a], field) - cost(segment, slots[b], field));
  let found: Map<number, Places> | null = null;
  for (const slot of order) {
    found = narrow(segment, { members: slots[slot] as readonly Member[], offset: slot }, field, found);
    if (found.size === 0) break;
  }
  const occurrences = new Map<number, number>();
  for (const [paragraph, places] of found ?? []) {
    let sum = 0;
    for (const weight of places.values()) sum += weight;
    occurrences.set(paragraph, sum);
  }
  return occurrences;
}

function cost(segment: Segment, members: readonly Member[] | undefined, field: Field): number {
  const { termParagraphs } = segment.sections;
  let paragraphs = 0;
  for (const { term } of members ?? []) {
    if (segment.hasPostings(term, field)) paragraphs += termParagraphs[term] as number;
  }
  return paragraphs;
}

interface Slot {
  readonly members: readonly Member[];
  /** Words between the phrase's start and the slot. */
  readonly offset: number;
}

/** The places of `before` where the slot also fits; all its places where `before` is null. */
function narrow(
  segment: Segment,
  { members, offset }: Slot,
  field: Field,
  before: ReadonlyMap<number, Places> | null,
): Map<number, Places> {
  const found = new Map<number, Places>();
  const positions: number[] = [];
  for (const { term, weight } of members) {
    if (!segment.hasPostings(term, field)) continue;
    const postings = segment.postings(term, field);
    const reader = segment.positions(term, field);
    while (postings.advance()) {
      const known = before?.get(postings.paragraph);
      if (before !== null && known === undefined) {
        reader.skip(postings.frequency);
        continue;
      }
      positions.length = 0;
      reader.read(postings.frequency, positions);
      for (const position of positions) {
        const start = position - offset;
        const lightest = known === undefined ? weight : Math.min(weight, known.get(start) ?? 0);
        if (start < 0 || lightest === 0) continue;
        const places = found.get(postings.paragraph) ?? new Map<number, number>();
        places.set(start, Math.max(lightest, places.get(start) ?? 0));
        found.set(postings.paragraph, places);
      }
    }
  }
  return found;
}
