/**
 * Which marks recur (`src/domain/recurrence.ts`) in the articles of some segments. Exact, whatever the segments are: it
 * counts articles, and a change counts anew only what marks of changed articles there are.
 */
import { recurringArticles } from '../src/domain/recurrence.ts';
import type { ArticleMarks } from './compile/article-table.ts';

/** A segment's marks, and which of its articles do not count, ascending. */
export interface MarkedSegment {
  readonly marks: ArticleMarks;
  readonly removed: readonly number[];
}

/** What recurred before, and the marks of all articles that were added or removed since. */
export interface RecurredBefore {
  /** Ascending. */
  readonly recurring: Uint32Array;
  readonly changed: ReadonlySet<number>;
}

/** Ascending, each once. `before`: null where nothing is known. Equal to counting everything. */
export function findRecurring(segments: readonly MarkedSegment[], before: RecurredBefore | null): Uint32Array {
  const counted = countAll(segments, before === null ? null : new MarkFilter(before.changed));
  if (before === null) return counted;
  const kept = before.recurring.filter((mark) => !before.changed.has(mark));
  const all = new Uint32Array(kept.length + counted.length);
  all.set(kept);
  all.set(counted, kept.length);
  return all.sort();
}

/** The marks of [from, to) articles. */
export function marksOf(
  { articleStarts, paragraphMarkStarts, paragraphMarks }: ArticleMarks,
  from: number,
  to: number,
) {
  return paragraphMarks.subarray(
    paragraphMarkStarts[articleStarts[from] as number],
    paragraphMarkStarts[articleStarts[to] as number],
  );
}

/** Few marks are in many articles: these are found first, and only they are counted copy by copy. */
function countAll(segments: readonly MarkedSegment[], within: MarkFilter | null): Uint32Array {
  const frequent = new Set(frequentMarks(segments, within));
  const filter = new MarkFilter(frequent);
  const holders = new Map<number, Set<number>>();
  for (const marks of liveArticles(segments)) {
    let least: number | null = null;
    for (let i = 0; i < marks.length; i++) {
      const mark = marks[i] as number;
      if (!filter.has(mark)) continue;
      least ??= leastOf(marks);
      const copies = holders.get(mark) ?? new Set();
      holders.set(mark, copies.add(least));
    }
  }
  const recurring = [...holders].filter(([, copies]) => copies.size >= recurringArticles).map(([mark]) => mark);
  return Uint32Array.from(recurring).sort();
}

/** Ascending, each once: those in enough articles, copies among them. */
function frequentMarks(segments: readonly MarkedSegment[], within: MarkFilter | null): Uint32Array {
  const all = articleMarks(segments, within).sort();
  let found = 0;
  for (let start = 0; start < all.length; ) {
    let end = start + 1;
    while (all[end] === all[start]) end++;
    if (end - start >= recurringArticles) all[found++] = all[start] as number;
    start = end;
  }
  return all.slice(0, found);
}

/** The marks of all articles behind each other, each once per article. */
function articleMarks(segments: readonly MarkedSegment[], within: MarkFilter | null): Uint32Array {
  let all = new Uint32Array(within === null ? sum(segments.map(({ marks }) => marks.paragraphMarks.length)) : 1 << 10);
  let length = 0;
  for (const marks of liveArticles(segments)) {
    const first = length;
    if (length + marks.length > all.length) all = grown(all, length + marks.length);
    for (let i = 0; i < marks.length; i++) {
      const mark = marks[i] as number;
      if (within === null || within.has(mark)) all[length++] = mark;
    }
    if (length - first > 1) length = first + distinctFirst(all.subarray(first, length).sort());
  }
  return all.subarray(0, length);
}

function* liveArticles(segments: readonly MarkedSegment[]): Generator<Uint32Array> {
  for (const { marks, removed } of segments) {
    let next = 0;
    for (let article = 0; article + 1 < marks.articleStarts.length; article++) {
      if (removed[next] === article) next++;
      else yield marksOf(marks, article, article + 1);
    }
  }
}

/** Moves the different numbers of an ascending list to its beginning, and returns how many there are. */
function distinctFirst(ascending: Uint32Array): number {
  let length = 0;
  for (const number of ascending) if (length === 0 || number !== ascending[length - 1]) ascending[length++] = number;
  return length;
}

function leastOf(marks: Uint32Array): number {
  let least = 0xffffffff;
  for (const mark of marks) if (mark < least) least = mark;
  return least;
}

function grown(numbers: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(length, 2 * numbers.length));
  larger.set(numbers);
  return larger;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Bits of a mark by which most others are passed over without a look into the set. */
const filterMask = 0xffff;

class MarkFilter {
  readonly #marks: ReadonlySet<number>;
  readonly #mayHold = new Uint8Array(filterMask + 1);

  constructor(marks: ReadonlySet<number>) {
    this.#marks = marks;
    for (const mark of marks) this.#mayHold[mark & filterMask] = 1;
  }

  has(mark: number): boolean {
    return this.#mayHold[mark & filterMask] === 1 && this.#marks.has(mark);
  }
}
