/** A group of a plan in one segment: which of its terms stand in the segment's dictionary. */
import type { TermGroup } from '../../domain/plan.ts';
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
 * kept, and the sums are the same to the last bit whether it was. Zero for one that counts as the range does.
 */
export function namedBesideRange({
  named,
  range,
}: ResolvedGroup): readonly (Member & { readonly isInRange: boolean })[] {
  return named.map(({ term, weight }) => {
    const isInRange = range !== null && term >= range.start && term < range.end;
    return { term, weight: isInRange ? weight - range.weight : weight, isInRange };
  });
}
