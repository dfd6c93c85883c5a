/**
 * Which of an article's matching paragraphs to show, so that together they hold as many of the words as they can: first
 * by what an engine says of them, then, of those that were read, by their texts.
 */
import type { Paragraph } from '../domain/article.ts';
import { limits } from '../domain/limits.ts';
import type { Match } from './open-matcher.ts';
import { shapeOf, type TextShape } from './text-shape.ts';

/** The part of an engine's paragraph match that matters here. */
export interface Candidate {
  /** Ordinal of the paragraph; settles ties, in reading order. */
  readonly paragraph: number;
  readonly score: number;
  readonly leaves: readonly number[];
  readonly isRecurring: boolean;
}

/** A candidate with its text, and with where the words stand in it. */
export interface ReadCandidate extends Candidate {
  readonly kind: Paragraph['kind'];
  readonly text: string;
  /** By their start. Asked for only where it matters: to find them takes longer than all else. */
  readonly findMatches: () => readonly Match[];
}

/**
 * At most `limit` of the matches, which are worth reading, in the order of choice: the best one; then, while any adds
 * leaves that are not covered yet, the one that adds most, the better first; then the next best. Those that recur across
 * articles come behind all others.
 */
export function shortlistParagraphs<Match extends Candidate>(matches: readonly Match[], limit: number): Match[] {
  const others = matches.filter(({ isRecurring }) => !isRecurring);
  const chosen = chooseCovering(others, limit);
  if (chosen.length === limit || others.length === matches.length) return chosen;
  return [
    ...chosen,
    ...chooseCovering(
      matches.filter(({ isRecurring }) => isRecurring),
      limit - chosen.length,
    ),
  ];
}

/**
 * At most `limit` of the candidates, in the order of choice as above. What is better is told by the text as well: a
 * sentence before a fragment, and words that stand together before words apart. Of texts of which one holds the other
 * the longer is chosen, of equal ones the better. Credits, links, what recurs across articles and what says no more than
 * the title are chosen only where nothing else is there.
 */
export function chooseParagraphs<Read extends ReadCandidate>(
  candidates: readonly Read[],
  { title, limit }: { readonly title: string; readonly limit: number },
): Read[] {
  const titleWords = comparable(title);
  const all = candidates.map((candidate) => {
    const shape = shapeOf(candidate);
    const words = comparable(candidate.text);
    const isPoor = candidate.isRecurring || shape === 'aside' || titleWords.includes(words);
    return { candidate, shape, words, isPoor };
  });
  const worthShowing = all.filter(({ isPoor }) => !isPoor);
  const asked = Math.max(1, ...candidates.map(({ leaves }) => leaves.length));
  const pool = (worthShowing.length > 0 ? worthShowing : all).map(({ candidate, shape, words }) => {
    const { paragraph, leaves, score } = candidate;
    return { candidate, paragraph, leaves, words, score: score * worthOf(candidate, shape, asked) };
  });
  return chooseCovering(withoutRepeated(pool), limit).map(({ candidate }) => candidate);
}

/** What a fragment's score counts beside a sentence's. */
const fragmentWorth = 0.25;

/** What words count that stand far from each other, beside words that stand together. */
const scatteredWorth = 0.5;

function worthOf({ leaves, findMatches }: ReadCandidate, shape: TextShape, asked: number): number {
  const held = leaves.length > 1 ? mostTogether(findMatches()) : leaves.length;
  const together = Math.min(1, held / asked);
  return (shape === 'sentence' ? 1 : fragmentWorth) * (scatteredWorth + (1 - scatteredWorth) * together);
}

/** Characters in which words stand together: some two lines, a sentence. */
const togetherLength = limits.snippetLength / 2;

/** The most different leaves in any stretch of that length. `matches` by start. */
function mostTogether(matches: readonly Match[]): number {
  const counts = new Map<number, number>();
  let first = 0;
  let most = 0;
  for (const { leaf, end } of matches) {
    counts.set(leaf, (counts.get(leaf) ?? 0) + 1);
    for (let match = matches[first]; match && end - match.start > togetherLength; match = matches[++first]) {
      const left = (counts.get(match.leaf) ?? 0) - 1;
      if (left > 0) counts.set(match.leaf, left);
      else counts.delete(match.leaf);
    }
    most = Math.max(most, counts.size);
  }
  return most;
}

interface Weighed extends Omit<Candidate, 'isRecurring'> {
  readonly words: string;
}

/** Without texts that stand in another of the texts; of equal ones the best stays. */
function withoutRepeated<T extends Weighed>(texts: readonly T[]): T[] {
  return texts.filter(
    (one) => !texts.some((other) => other !== one && other.words.includes(one.words) && replaces(other, one)),
  );
}

function replaces(other: Weighed, one: Weighed): boolean {
  if (other.words !== one.words) return true;
  return other.score > one.score || (other.score === one.score && other.paragraph < one.paragraph);
}

/** A text for comparing what it says: case, white space and punctuation do not count. */
function comparable(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
  return ` ${words === '' ? text.trim() : words} `;
}

/** The best; then, while any adds leaves, the one that adds most, the better first; then the next best. */
function chooseCovering<T extends Omit<Candidate, 'isRecurring'>>(matches: readonly T[], limit: number): T[] {
  const left = [...matches].sort((a, b) => b.score - a.score || a.paragraph - b.paragraph);
  const covered = new Set<number>();
  const chosen: T[] = [];
  while (chosen.length < limit && left.length > 0) {
    const index = chosen.length === 0 ? 0 : indexOfMostNew(left, covered);
    for (const match of left.splice(index, 1)) {
      chosen.push(match);
      for (const leaf of match.leaves) covered.add(leaf);
    }
  }
  return chosen;
}

function indexOfMostNew(matches: readonly Pick<Candidate, 'leaves'>[], covered: ReadonlySet<number>): number {
  const added = matches.map(({ leaves }) => leaves.filter((leaf) => !covered.has(leaf)).length);
  return added.reduce((best, count, index) => (count > (added[best] ?? 0) ? index : best), 0);
}
