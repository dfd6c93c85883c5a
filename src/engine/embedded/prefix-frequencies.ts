/**
 * How often articles and paragraphs hold words with a common beginning. A beginning of one or two letters has tens of
 * thousands of words with millions of postings: they are counted once, on both levels, and kept as long as there is room.
 */
import { paragraphWeights } from '../../domain/ranking.ts';
import { leastOccurrenceBytes } from './postings.ts';
import { encodeBound } from './saturation-bounds.ts';
import type { Segment } from './segment.ts';

/** Weighted by field, as the ranking counts them; whole numbers. */
export interface PrefixFrequencies {
  /** By article of the segment: in headings and bodies. */
  readonly articles: Uint32Array;
  /** By article of the segment: how often in titles. */
  readonly titles: Uint32Array;
  /** By paragraph of the segment; titles do not count. From `manyMark` on they stand in `many`. */
  readonly paragraphs: Uint8Array;
  readonly many: ReadonlyMap<number, number>;
  /** By article the greatest of its paragraphs' bounds: see `saturation-bounds.ts`. */
  readonly bounds: Uint8Array;
}

/** Stands in `paragraphs` for this frequency and greater ones. */
export const manyMark = 255;

/** Ranges with fewer bytes of article lists, or a smaller share of all of them, are read as they are. */
const leastBytes = 1 << 16;
const leastShare = 1 / 128;
/** Room for what is kept of one segment. */
const mostBytes = 64 * 1024 * 1024;
/** Longer beginnings are not worth the room. */
const longestPrefix = 2;

export interface PrefixRange {
  readonly prefix: string;
  /** Terms: [start, end). */
  readonly start: number;
  readonly end: number;
}

/** By prefix; null until counted. Outlives snapshots: one that has a segment of the one before has the same object. */
const kept = new WeakMap<Segment, Map<string, PrefixFrequencies | null>>();

/** Null for a range that is not among those to keep: it is to be read term by term. Counts when first asked. */
export function prefixFrequencies(segment: Segment, range: PrefixRange): PrefixFrequencies | null {
  const known = keptOf(segment);
  let frequencies = known.get(range.prefix);
  if (frequencies === undefined) return null;
  frequencies ??= countPrefix(segment, range);
  known.set(range.prefix, frequencies);
  return frequencies;
}

/** The prefixes that are kept: those with the longest lists, as many as there is room for; longest first. */
export function prefixesToKeep(segment: Segment): PrefixRange[] {
  return Array.from(keptOf(segment).keys(), (prefix) => rangeOf(segment, prefix));
}

function keptOf(segment: Segment): Map<string, PrefixFrequencies | null> {
  const known = kept.get(segment) ?? new Map(choosePrefixes(segment).map((prefix) => [prefix, null]));
  kept.set(segment, known);
  return known;
}

function choosePrefixes(segment: Segment): string[] {
  const { articleLists } = segment.sections;
  const least = Math.max(leastBytes, leastShare * articleLists.length);
  const ranges: PrefixRange[] = [];
  for (let number = 0; number < segment.prefixes.size; number++) {
    if (segment.prefixes.lengthOf(number) > longestPrefix) continue;
    const range = rangeOf(segment, segment.prefixes.key(number));
    if (rangeBytes(segment, range) >= least) ranges.push(range);
  }
  ranges.sort((a, b) => rangeBytes(segment, b) - rangeBytes(segment, a));
  return ranges.slice(0, Math.floor(mostBytes / frequenciesBytes(segment))).map(({ prefix }) => prefix);
}

function rangeOf(segment: Segment, prefix: string): PrefixRange {
  const [start, end] = segment.terms.prefixRange(prefix);
  return { prefix, start, end };
}

function rangeBytes({ sections }: Segment, { start, end }: PrefixRange): number {
  return (sections.articleListStarts[end] as number) - (sections.articleListStarts[start] as number);
}

function frequenciesBytes({ header }: Segment): number {
  return header.articles * 9 + header.paragraphs;
}

/**
 * The encoding of `postings.ts`, read in place; checks as in `read-lists.ts`. Both levels in one pass: by `addArticles` and
 * `addParagraphs` fifty beginnings of a million paragraphs took 2.0 s instead of 0.8.
 */
export function countPrefix(segment: Segment, { start, end }: PrefixRange): PrefixFrequencies {
  const {
    articleLists: lists,
    articleListStarts,
    articleStarts,
    occurrences: bytes,
    occurrenceStarts,
  } = segment.sections;
  const articles = new Uint32Array(segment.header.articles);
  const titles = new Uint32Array(segment.header.articles);
  const paragraphs = new Uint8Array(segment.header.paragraphs);
  const many = new Map<number, number>();
  for (let term = start; term < end; term++) {
    const listEnd = articleListStarts[term + 1] as number;
    let at = articleListStarts[term] as number;
    let record = occurrenceStarts[term] as number;
    const lastEnd = occurrenceStarts[term + 1] as number;
    let article = -1;
    while (at < listEnd) {
      let head = lists[at++] as number;
      if (head >= 0x80) {
        head &= 0x7f;
        for (let shift = 7; ; shift += 7) {
          const byte = lists[at++] as number;
          head += (byte & 0x7f) << shift;
          if (byte < 0x80) break;
        }
      }
      article += 1 + (head >>> 2);
      let recordsEnd = record + leastOccurrenceBytes + (head & 3);
      if ((head & 3) === 3) {
        let length = lists[at++] as number;
        if (length >= 0x80) {
          length &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = lists[at++] as number;
            length += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        if (length < 0 || length > lastEnd - record) throw segment.malformed(term);
        recordsEnd = record + length;
        at++;
        const hasOthers = ((lists[at] as number) & 1) === 1;
        while ((lists[at++] as number) >= 0x80);
        if (hasOthers) {
          while ((lists[at++] as number) >= 0x80);
          while ((lists[at++] as number) >= 0x80);
        }
      }
      let paragraph = articleStarts[article] as number;
      const paragraphsEnd = articleStarts[article + 1] as number;
      let tf = 0;
      while (record < recordsEnd) {
        let code = bytes[record++] as number;
        if (code >= 0x80) {
          code &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[record++] as number;
            code += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        paragraph += code >>> 2;
        code &= 3;
        let frequency = 1;
        if (code !== 0) {
          frequency = bytes[record++] as number;
          if (frequency >= 0x80) {
            frequency &= 0x7f;
            for (let shift = 7; ; shift += 7) {
              const byte = bytes[record++] as number;
              frequency += (byte & 0x7f) << shift;
              if (byte < 0x80) break;
            }
          }
          if (frequency < 0 || frequency > recordsEnd - record) throw segment.malformed(term);
        }
        for (let left = frequency; left > 0; ) if (!((bytes[record++] as number) >= 0x80)) left--;
        if (code === 3) {
          titles[article] = (titles[article] as number) + frequency;
          continue;
        }
        const own = frequency * (code === 2 ? paragraphWeights.heading : paragraphWeights.body);
        tf += own;
        const before = paragraphs[paragraph] as number;
        if (before + own < manyMark) paragraphs[paragraph] = before + own;
        else {
          many.set(paragraph, (many.get(paragraph) ?? before) + own);
          paragraphs[paragraph] = manyMark;
        }
      }
      // Neither is true of an article that there is not.
      if (!(record === recordsEnd && paragraph < paragraphsEnd)) throw segment.malformed(term);
      articles[article] = (articles[article] as number) + tf;
    }
    if (at !== listEnd || record !== lastEnd) throw segment.malformed(term);
  }
  return { articles, titles, paragraphs, many, bounds: boundsOf(segment, paragraphs, many) };
}

/** Of short paragraphs with few words of the range, which nearly all are, the bounds are looked up. */
const tabulatedTfs = 32;
const tabulatedLengths = 256;

function boundsOf(segment: Segment, paragraphs: Uint8Array, many: ReadonlyMap<number, number>): Uint8Array {
  const { articleStarts, paragraphLengths } = segment.sections;
  const table = new Uint8Array(tabulatedTfs * tabulatedLengths);
  for (let i = 0; i < table.length; i++) {
    table[i] = encodeBound(Math.floor(i / tabulatedLengths), i % tabulatedLengths);
  }
  const bounds = new Uint8Array(segment.header.articles);
  for (let article = 0; article < bounds.length; article++) {
    const end = articleStarts[article + 1] as number;
    let greatest = 0;
    for (let paragraph = articleStarts[article] as number; paragraph < end; paragraph++) {
      const tf = paragraphs[paragraph] as number;
      if (tf === 0) continue;
      const length = paragraphLengths[paragraph] as number;
      const isTabulated = tf < tabulatedTfs && length < tabulatedLengths;
      const bound = isTabulated
        ? (table[tf * tabulatedLengths + length] as number)
        : encodeBound(many.get(paragraph) ?? tf, length);
      if (bound > greatest) greatest = bound;
    }
    bounds[article] = greatest;
  }
  return bounds;
}
