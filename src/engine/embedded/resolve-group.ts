/**
 * A group of a plan in one segment: which of its terms stand in the segment's dictionary, and how many paragraphs hold
 * any of them. The count is stored for single terms, whole stem families and common prefixes; others are counted out.
 */
import type { TermGroup } from '../../domain/plan.ts';
import { count, emptySet } from './bit-set.ts';
import { addHolders } from './read-lists.ts';
import type { Segment } from './segment.ts';

/** A dictionary term that counts for a group. */
export interface Member {
  readonly term: number;
  readonly weight: number;
}

/** A group in one segment. */
export interface ResolvedGroup {
  readonly named: readonly Member[];
  /** Terms that count because they begin with the group's prefix: [start, end), named ones among them. */
  readonly range: {
    readonly prefix: string;
    readonly start: number;
    readonly end: number;
    readonly weight: number;
  } | null;
}

export function resolveGroup({ terms, prefix }: TermGroup, segment: Segment): ResolvedGroup {
  const named: Member[] = [];
  for (const { term, weight } of terms) {
    const number = segment.terms.find(term);
    if (number >= 0) named.push({ term: number, weight });
  }
  if (prefix === null) return { named, range: null };
  const [start, end] = segment.terms.prefixRange(prefix.prefix);
  return { named, range: { prefix: prefix.prefix, start, end, weight: prefix.weight } };
}

/** The terms of a group, each once, with its weight: the named ones, then those of the prefix. */
export function membersOf({ named, range }: ResolvedGroup): readonly Member[] {
  if (range === null) return named;
  const members = [...named];
  const isNamed = new Set(named.map(({ term }) => term));
  for (let term = range.start; term < range.end; term++) {
    if (!isNamed.has(term)) members.push({ term, weight: range.weight });
  }
  return members;
}

/**
 * What the named terms count beside the range, which counts all of its terms alike. So the range can be counted once and
 * kept, and the sums are the same to the last bit whether it was.
 */
export function namedBesideRange({ named, range }: ResolvedGroup): readonly Member[] {
  if (range === null) return named;
  return named
    .map(({ term, weight }) => ({
      term,
      weight: term >= range.start && term < range.end ? weight - range.weight : weight,
    }))
    .filter(({ weight }) => weight !== 0);
}

/** Paragraphs of the segment that hold a member in those of the group's fields that stand in paragraphs. */
export function countTextParagraphs(group: TermGroup, resolved: ResolvedGroup, segment: Segment): number {
  const inHeading = group.fields.includes('heading');
  const inBody = group.fields.includes('body');
  if (!inHeading && !inBody) return 0;
  if (inHeading && inBody) {
    const stored = storedCount(resolved, segment);
    if (stored !== null) return stored;
  }
  const holders = emptySet(segment.header.paragraphs);
  const fields = { inHeading, inBody };
  for (const { term } of membersOf(resolved)) addHolders(segment, term, { holders, ...fields });
  return count(holders);
}

function storedCount({ named, range }: ResolvedGroup, segment: Segment): number | null {
  const { familyTextParagraphs, prefixTextParagraphs, termTextParagraphs } = segment.sections;
  if (range !== null && range.end > range.start) {
    const stored = segment.prefixes.find(range.prefix);
    const isAllWithin = named.every(({ term }) => term >= range.start && term < range.end);
    return stored >= 0 && isAllWithin ? (prefixTextParagraphs[stored] as number) : null;
  }
  const [first, ...others] = named;
  if (first === undefined) return 0;
  if (others.length === 0) return termTextParagraphs[first.term] as number;
  const family = segment.familyOfTerms(named.map(({ term }) => term));
  return family < 0 ? null : (familyTextParagraphs[family] as number);
}
