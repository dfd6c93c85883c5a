/** A corpus → what queries are drawn from: its words with their frequencies, and a sample of its paragraphs. */

import { drawBelow, type Random } from '../../src/evaluation/random.ts';
import type { BenchDocument } from './documents.ts';

export interface WordStatistics {
  /** Paragraphs that were counted: at most `countedParagraphs`, evenly out of all. */
  readonly counted: number;
  /** Words that stand alone (letters only, in lower case), the most frequent first. */
  readonly ranked: readonly string[];
  /** How many of the counted paragraphs hold a word; 0 for others. */
  readonly frequency: (word: string) => number;
  /** 0 = the most frequent; infinite for words that were not counted. */
  readonly rank: (word: string) => number;
  readonly sample: readonly BenchDocument[];
}

/** More would take minutes and change no class: what is common, or rare, in these is so in all. */
const countedParagraphs = 400_000;
const sampledParagraphs = 20_000;

/** `total` is how many documents will come. */
export async function countWords(
  documents: AsyncIterable<BenchDocument>,
  total: number,
  random: Random,
): Promise<WordStatistics> {
  const every = Math.max(1, Math.ceil(total / countedParagraphs));
  const frequencies = new Map<string, number>();
  const sample: BenchDocument[] = [];
  let counted = 0;
  for await (const document of documents) {
    if (document.id % every !== 0) continue;
    for (const word of new Set(wordsOf(document.body))) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    counted++;
    // Every paragraph ends in the sample with the same probability (Vitter's algorithm R).
    const place = sample.length < sampledParagraphs ? sample.length : drawBelow(random, counted);
    if (place < sampledParagraphs) sample[place] = document;
  }
  const ranked = Array.from(frequencies)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([word]) => word);
  const ranks = new Map(ranked.map((word, rank) => [word, rank]));
  return {
    counted,
    ranked,
    frequency: (word) => frequencies.get(word) ?? 0,
    rank: (word) => ranks.get(word) ?? Number.POSITIVE_INFINITY,
    sample,
  };
}

/**
 * The words of letters only, in lower case: what every engine takes as one word. `it's`, `utf8` and `foo_bar` are left
 * out, since engines differ on them.
 */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}'’_]+/u)
    .filter((word) => /^\p{L}+$/u.test(word));
}

/** Places where `length` such words follow each other with one space between, as their word lists. */
export function runsOf(text: string, length: number): string[][] {
  const parts = text.toLowerCase().split(' ');
  const runs: string[][] = [];
  for (let start = 0; start + length <= parts.length; start++) {
    const run = parts.slice(start, start + length);
    if (run.every((part) => /^\p{L}+$/u.test(part))) runs.push(run);
  }
  return runs;
}
