/** Which of an article's matching paragraphs to show, so that together they hold as many of the words as they can. */

/** The part of an engine's paragraph match that matters here. */
export interface Candidate {
  /** Ordinal of the paragraph; settles ties, in reading order. */
  readonly paragraph: number;
  readonly score: number;
  readonly leaves: readonly number[];
}

/**
 * At most `limit` of the matches, in the order of choice: the best one; then, while any adds leaves that are not
 * covered yet, the one that adds most, the better first; then the next best.
 */
export function chooseParagraphs<Match extends Candidate>(matches: readonly Match[], limit: number): Match[] {
  const left = [...matches].sort((a, b) => b.score - a.score || a.paragraph - b.paragraph);
  const covered = new Set<number>();
  const chosen: Match[] = [];
  while (chosen.length < limit && left.length > 0) {
    const index = chosen.length === 0 ? 0 : indexOfMostNew(left, covered);
    for (const match of left.splice(index, 1)) {
      chosen.push(match);
      for (const leaf of match.leaves) covered.add(leaf);
    }
  }
  return chosen;
}

function indexOfMostNew(matches: readonly Candidate[], covered: ReadonlySet<number>): number {
  const added = matches.map(({ leaves }) => leaves.filter((leaf) => !covered.has(leaf)).length);
  return added.reduce((best, count, index) => (count > (added[best] ?? 0) ? index : best), 0);
}
