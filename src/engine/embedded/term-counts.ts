/** How many paragraphs and articles of an index hold a term: what its parts hold, less what was removed of them. */
import type { IndexPart } from './index-part.ts';
import type { OpenedIndex } from './opened-index.ts';
import type { Segment } from './segment.ts';

export interface TermCounts {
  readonly paragraphs: number;
  readonly articles: number;
}

/** Null where no article holds it. */
export function countTerm({ parts }: OpenedIndex, term: string): TermCounts | null {
  let paragraphs = 0;
  let articles = 0;
  for (const { segment, removed } of parts) {
    const number = segment.terms.find(term);
    if (number < 0) continue;
    paragraphs += segment.sections.termParagraphs[number] as number;
    articles += segment.sections.termArticles[number] as number;
    const gone = removed?.terms.find(term) ?? -1;
    if (removed === null || gone < 0) continue;
    paragraphs -= removed.sections.termParagraphs[gone] as number;
    articles -= removed.sections.termArticles[gone] as number;
  }
  return articles > 0 ? { paragraphs, articles } : null;
}

/** The terms of a stem family that some article of its language holds, ascending. */
export function familyTerms({ parts }: OpenedIndex, family: string): string[] {
  const articles = new Map<string, number>();
  const add = (segment: Segment, step: number) => {
    const number = segment.families.find(family);
    if (number < 0) return;
    const { familyMemberArticles, familyMembers, familyMemberStarts } = segment.sections;
    const end = familyMemberStarts[number + 1] as number;
    for (let i = familyMemberStarts[number] as number; i < end; i++) {
      const term = segment.terms.key(familyMembers[i] as number);
      articles.set(term, (articles.get(term) ?? 0) + step * (familyMemberArticles[i] as number));
    }
  };
  for (const { segment, removed } of parts) {
    add(segment, 1);
    if (removed !== null) add(removed, -1);
  }
  return [...articles].flatMap(([term, held]) => (held > 0 ? [term] : [])).sort();
}

/** What articles and paragraphs hold of all terms that begin with a prefix, added up. */
export function sumPrefix({ parts }: OpenedIndex, prefix: string): TermCounts {
  let paragraphs = 0;
  let articles = 0;
  const add = ({ sections, terms }: Segment, step: number) => {
    const [start, end] = terms.prefixRange(prefix);
    for (let term = start; term < end; term++) {
      paragraphs += step * (sections.termParagraphs[term] as number);
      articles += step * (sections.termArticles[term] as number);
    }
  };
  for (const { segment, removed } of parts) {
    add(segment, 1);
    if (removed !== null) add(removed, -1);
  }
  return { paragraphs, articles };
}

/** The terms that begin with a prefix, of the largest part by number, of the others by name. */
export interface PrefixTerms {
  readonly segment: Segment;
  /** Numbers in `segment`: [start, end). */
  readonly start: number;
  readonly end: number;
  /** Beside these numbers: paragraphs of the index that hold the term, 0 where none is left. */
  readonly paragraphs: Float64Array;
  /** Terms that `segment` lacks, with the paragraphs that hold each; 0 where none is left. */
  readonly others: ReadonlyMap<string, number>;
}

/** Null for an index without segments. Costs a lookup per term of the smaller parts. */
export function findPrefixTerms(index: OpenedIndex, prefix: string): PrefixTerms | null {
  const { parts } = index;
  const largest = largestPart(index);
  if (largest === null) return null;
  const { segment } = largest;
  const [start, end] = segment.terms.prefixRange(prefix);
  const paragraphs = Float64Array.from(segment.sections.termParagraphs.subarray(start, end));
  const others = new Map<string, number>();
  const add = (other: Segment, step: number) => {
    const [first, last] = other.terms.prefixRange(prefix);
    for (let number = first; number < last; number++) {
      const term = other.terms.key(number);
      const held = step * (other.sections.termParagraphs[number] as number);
      const known = segment.terms.find(term);
      if (known < 0) others.set(term, (others.get(term) ?? 0) + held);
      else paragraphs[known - start] = (paragraphs[known - start] as number) + held;
    }
  };
  for (const part of parts) {
    if (part !== largest) add(part.segment, 1);
    if (part.removed !== null) add(part.removed, -1);
  }
  return { segment, start, end, paragraphs, others };
}

/** The part with the most terms; null for an index without segments. */
export function largestPart({ parts }: OpenedIndex): IndexPart | null {
  return parts.reduce<IndexPart | null>(
    (most, part) => (most === null || part.segment.header.terms > most.segment.header.terms ? part : most),
    null,
  );
}
