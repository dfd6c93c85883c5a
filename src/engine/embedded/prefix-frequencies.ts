/**
 * How often articles and paragraphs hold words with a common beginning. A beginning of one or two letters has tens of
 * thousands of words with millions of postings: they are counted once, on both levels, and kept as long as there is room.
 */
import { fieldWeights } from '../../domain/ranking.ts';
import { leastOccurrenceBytes } from './postings.ts';
import type { Segment } from './segment.ts';

/** Weighted by field, as the ranking counts them; whole numbers. */
export interface PrefixFrequencies {
  /** By article of the segment. */
  readonly articles: Uint32Array;
  /** By paragraph of the segment; titles do not count. */
  readonly paragraphs: Uint16Array;
}

/** Ranges with fewer bytes of article lists are read as they are. */
const leastBytes = 1 << 16;
/** Room for what is kept of one segment. */
const mostBytes = 64 * 1024 * 1024;

/** By the memory that a segment lies in, since an opened segment may be opened again with the next snapshot. */
const kept = new WeakMap<ArrayBufferLike, Map<string, PrefixFrequencies>>();

export interface PrefixRange {
  readonly prefix: string;
  /** Terms: [start, end). */
  readonly start: number;
  readonly end: number;
}

/** Null for a range that is small enough to be read term by term. */
export function prefixFrequencies(segment: Segment, range: PrefixRange): PrefixFrequencies | null {
  if (rangeBytes(segment, range) < leastBytes) return null;
  const buffer = segment.sections.articleLists.buffer;
  const known = kept.get(buffer) ?? new Map<string, PrefixFrequencies>();
  kept.set(buffer, known);
  const frequencies = known.get(range.prefix) ?? count(segment, range);
  // The last in the map was used last.
  known.delete(range.prefix);
  known.set(range.prefix, frequencies);
  const room = Math.max(1, Math.floor(mostBytes / bytesOf(segment)));
  for (const oldest of known.keys()) {
    if (known.size <= room) break;
    known.delete(oldest);
  }
  return frequencies;
}

/** The prefixes worth counting before somebody asks: the largest, as many as there is room for. */
export function prefixesToKeep(segment: Segment): PrefixRange[] {
  const ranges: PrefixRange[] = [];
  for (let number = 0; number < segment.prefixes.size; number++) {
    if (segment.prefixes.lengthOf(number) > 2) continue;
    const prefix = segment.prefixes.key(number);
    const [start, end] = segment.terms.prefixRange(prefix);
    ranges.push({ prefix, start, end });
  }
  return ranges
    .filter((range) => rangeBytes(segment, range) >= leastBytes)
    .sort((a, b) => rangeBytes(segment, b) - rangeBytes(segment, a))
    .slice(0, Math.floor(mostBytes / bytesOf(segment)));
}

function rangeBytes({ sections }: Segment, { start, end }: PrefixRange): number {
  return (sections.articleListStarts[end] as number) - (sections.articleListStarts[start] as number);
}

function bytesOf({ header }: Segment): number {
  return header.articles * 4 + header.paragraphs * 2;
}

/** The encoding of `postings.ts`, read in place. Checks as in `read-lists.ts`. */
function count(segment: Segment, { start, end }: PrefixRange): PrefixFrequencies {
  const {
    articleLists: lists,
    articleListStarts,
    articleStarts,
    occurrences: bytes,
    occurrenceStarts,
  } = segment.sections;
  const articles = new Uint32Array(segment.header.articles);
  const paragraphs = new Uint16Array(segment.header.paragraphs);
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
          tf += fieldWeights.title * frequency;
          continue;
        }
        const own = frequency * (code === 2 ? fieldWeights.heading : fieldWeights.body);
        tf += own;
        paragraphs[paragraph] = (paragraphs[paragraph] as number) + own;
      }
      // Neither is true of an article that there is not.
      if (!(record === recordsEnd && paragraph < paragraphsEnd)) throw segment.malformed(term);
      articles[article] = (articles[article] as number) + tf;
    }
    if (at !== listEnd || record !== lastEnd) throw segment.malformed(term);
  }
  return { articles, paragraphs };
}
