/** Which paragraphs recur, by the definition in `src/domain/recurrence.ts` alone: slow and plain, for every engine. */
import { analyze } from '../../src/analysis/analyze.ts';
import { copyMarks, recurringArticles, runTerms, windowRuns } from '../../src/domain/recurrence.ts';

/** Texts of paragraphs by article → for each article and paragraph whether it recurs. */
export function findRecurringParagraphs(articles: readonly (readonly string[])[]): boolean[][] {
  const marks = articles.map((texts) => texts.map((text) => marksOf(text)));
  const copies = new Map<string, Set<string>>();
  for (const own of marks) {
    const all = own.flat();
    const least = [...new Set(all)].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)).slice(0, copyMarks);
    for (const mark of all) copies.set(mark, (copies.get(mark) ?? new Set()).add(least.join('|')));
  }
  const recurs = (mark: string) => (copies.get(mark) as Set<string>).size >= recurringArticles;
  return marks.map((own) => own.map((each) => each.filter(recurs).length * 2 > each.length));
}

/** Runs are told apart by their terms here: hashes only give them an order. */
function marksOf(text: string): string[] {
  const terms = analyze(text).map(({ term }) => term as string);
  if (terms.length === 0) return [];
  if (terms.length < runTerms) return [terms.join(' ')];
  const runs = terms.slice(runTerms - 1).map((_, start) => terms.slice(start, start + runTerms).join(' '));
  const width = Math.min(windowRuns, runs.length);
  const chosen = new Set<number>();
  for (let start = 0; start + width <= runs.length; start++) {
    let least = start;
    for (let run = start; run < start + width; run++) {
      if (orderOf(runs[run] as string) <= orderOf(runs[least] as string)) least = run;
    }
    chosen.add(least);
  }
  return [...chosen].map((run) => runs[run] as string);
}

const base = 0x2c1b3c6dn;
const size = 1n << 32n;

/** The hash of a run: FNV-1a of each term, their polynomial, and the last step of MurmurHash3. */
function orderOf(run: string): bigint {
  const terms = run.split(' ');
  let hash = terms.length < runTerms ? BigInt(terms.length) : 0n;
  for (const term of terms) hash = (hash * base + hashOf(term)) % size;
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) % size;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) % size;
  return hash ^ (hash >> 16n);
}

function hashOf(term: string): bigint {
  let hash = 0x811c9dc5n;
  for (let i = 0; i < term.length; i++) hash = ((hash ^ BigInt(term.charCodeAt(i))) * 0x01000193n) % size;
  return hash;
}
