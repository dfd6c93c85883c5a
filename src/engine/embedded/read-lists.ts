/**
 * The hot loops over posting lists, hence long and plain: the encoding of `postings.ts` is read in place, since a cursor
 * object costs twice as much. First level: frequencies per article. Second level: frequencies per paragraph of chosen
 * articles, and which paragraphs hold a term.
 *
 * A file with a right checksum may still be malformed. The checks bound every loop, and what does not add up throws; they
 * stand where they cost least, at the end of a list or an article. Behind the end of a section bytes are undefined,
 * hence `!(byte >= 0x80)` for a varint's last byte.
 */
import type { Field } from '../../domain/article.ts';
import { addTo, type BitSet } from './bit-set.ts';
import { leastOccurrenceBytes, recordCodes } from './postings.ts';
import type { Segment } from './segment.ts';

/** What an occurrence in a field counts; 0 = nothing. */
export type FieldWeights = Readonly<Record<Field, number>>;

export interface ArticleFrequencies {
  /** Article numbers of the list → of the sets and arrays below; null = the same. */
  readonly numbers: Uint32Array | null;
  /** Articles with any occurrence that counts are put in here. */
  readonly articles: BitSet;
  /** Articles of which the rest is wanted; null = all. */
  readonly wanted: BitSet | null;
  /** Weighted frequencies are added here, … */
  readonly tfs: Float64Array;
  /** … and here what their best paragraph's odds are at most: see `saturation-bounds.ts`. */
  readonly bounds: Float64Array;
}

export interface TermWeight {
  readonly weights: FieldWeights;
  /** Odds by the byte of an entry, and for entries without one: see `saturation-bounds.ts`. */
  readonly odds: Float64Array;
  readonly onceOdds: number;
  /** What the odds count. */
  readonly share: number;
}

/** Adds a term's frequencies, article by article. Throws `LedeError` `incompatible` for a malformed list, with some of it added. */
export function addArticles(segment: Segment, term: number, weight: TermWeight, into: ArticleFrequencies): void {
  const { articleDays, articleLists: bytes, articleListStarts } = segment.sections;
  const end = articleListStarts[term + 1] as number;
  const { numbers, articles, wanted, tfs, bounds } = into;
  const { odds, share } = weight;
  const onceOdds = share * weight.onceOdds;
  const { title: titleWeight, heading: headingWeight, body: bodyWeight } = weight.weights;
  let article = -1;
  let at = articleListStarts[term] as number;
  while (at < end) {
    let head = bytes[at++] as number;
    if (head >= 0x80) {
      head &= 0x7f;
      for (let shift = 7; ; shift += 7) {
        const byte = bytes[at++] as number;
        head += (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
    }
    article += 1 + (head >>> 2);
    let tf = bodyWeight;
    let bound = onceOdds;
    if ((head & 3) === 3) {
      while ((bytes[at++] as number) >= 0x80);
      bound = share * (odds[bytes[at++] as number] as number);
      let body = bytes[at++] as number;
      if (body >= 0x80) {
        body &= 0x7f;
        for (let shift = 7; ; shift += 7) {
          const byte = bytes[at++] as number;
          body += (byte & 0x7f) << shift;
          if (byte < 0x80) break;
        }
      }
      tf = bodyWeight * (body >>> 1);
      if ((body & 1) === 1) {
        let heading = bytes[at++] as number;
        if (heading >= 0x80) {
          heading &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[at++] as number;
            heading += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        let title = bytes[at++] as number;
        if (title >= 0x80) {
          title &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[at++] as number;
            title += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        if (heading < 0 || title < 0) throw segment.malformed(term);
        tf += headingWeight * heading + titleWeight * title;
      }
    }
    if (tf === 0) continue;
    const number = numbers === null ? article : (numbers[article] as number);
    articles[number >>> 5] = (articles[number >>> 5] as number) | (1 << (number & 31));
    if (wanted !== null && (((wanted[number >>> 5] as number) >>> (number & 31)) & 1) === 0) continue;
    tfs[number] = (tfs[number] as number) + tf;
    bounds[number] = (bounds[number] as number) + bound;
  }
  if (at !== end || article >= articleDays.length) throw segment.malformed(term);
}

export interface ParagraphFrequencies {
  readonly numbers: Uint32Array | null;
  /** Articles, by their numbers in the index, whose paragraphs are wanted. */
  readonly wanted: BitSet;
  /** For each article of the index its first paragraph. */
  readonly paragraphStarts: Uint32Array;
  readonly tfs: ParagraphTfs;
}

/** Weighted frequencies of one leaf by paragraph, and which are not zero. A title belongs to no paragraph. */
export interface ParagraphTfs {
  readonly values: Float64Array;
  /** The first `length` of them; a paragraph may be among them whose value is zero again. */
  readonly found: Uint32Array;
  length: number;
}

/** Adds a term's frequencies, paragraph by paragraph, for the articles that are wanted. Throws like `addArticles`. */
export function addParagraphs(segment: Segment, term: number, weights: FieldWeights, into: ParagraphFrequencies): void {
  const {
    articleLists: lists,
    articleListStarts,
    articleStarts,
    occurrences: bytes,
    occurrenceStarts,
  } = segment.sections;
  const { numbers, wanted, paragraphStarts, tfs } = into;
  const { values, found } = tfs;
  let foundCount = tfs.length;
  const { heading: headingWeight, body: bodyWeight } = weights;
  const end = articleListStarts[term + 1] as number;
  let article = -1;
  let at = articleListStarts[term] as number;
  let recordsEnd = occurrenceStarts[term] as number;
  const lastEnd = occurrenceStarts[term + 1] as number;
  while (at < end) {
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
    let record = recordsEnd;
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
      if (length < 0 || length > lastEnd - recordsEnd) throw segment.malformed(term);
      recordsEnd += length;
      at++;
      const hasOthers = ((lists[at] as number) & 1) === 1;
      while ((lists[at++] as number) >= 0x80);
      if (hasOthers) {
        while ((lists[at++] as number) >= 0x80);
        while ((lists[at++] as number) >= 0x80);
      }
    } else {
      recordsEnd += leastOccurrenceBytes + (head & 3);
    }
    const number = numbers === null ? article : (numbers[article] as number);
    if ((((wanted[number >>> 5] as number) >>> (number & 31)) & 1) === 0) continue;
    const first = paragraphStarts[number] as number;
    let paragraph = first;
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
      if (code === 3) continue;
      const tf = frequency * (code === 2 ? headingWeight : bodyWeight);
      if (tf === 0) continue;
      const before = values[paragraph] as number;
      values[paragraph] = before + tf;
      if (before === 0) found[foundCount++] = paragraph;
    }
    const paragraphs = (articleStarts[article + 1] as number) - (articleStarts[article] as number);
    if (record !== recordsEnd || paragraph - first >= paragraphs) throw segment.malformed(term);
  }
  if (at !== end || recordsEnd !== lastEnd || article + 1 >= articleStarts.length) throw segment.malformed(term);
  tfs.length = foundCount;
}

/** Adds to one paragraph's. */
export function addTf(tfs: ParagraphTfs, paragraph: number, tf: number): void {
  const before = tfs.values[paragraph] as number;
  tfs.values[paragraph] = before + tf;
  if (before === 0) tfs.found[tfs.length++] = paragraph;
}

export interface Holders {
  /** Paragraph numbers of the segment are put in here. */
  readonly holders: BitSet;
  readonly inHeading: boolean;
  readonly inBody: boolean;
}

/**
 * Adds the paragraphs that hold a term in the wanted ones of their fields. Throws like `addArticles`. Without frequencies it
 * needs a bit a paragraph, where `addParagraphs` needs a number.
 */
export function addHolders(segment: Segment, term: number, { holders, inHeading, inBody }: Holders): void {
  const { articles, occurrences } = segment.list(term);
  const { articleStarts } = segment.sections;
  const lists = articles.bytes;
  const bytes = occurrences.bytes;
  let article = -1;
  let record = occurrences.start;
  let at = articles.start;
  while (at < articles.end) {
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
      if (length < 0 || length > occurrences.end - record) throw segment.malformed(term);
      recordsEnd = record + length;
      // The bound, then frequencies: of the body, and where its lowest bit says so two more.
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
      let left = 1;
      if ((code & 3) !== recordCodes.bodyOnce) {
        left = bytes[record++] as number;
        if (left >= 0x80) {
          left &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[record++] as number;
            left += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        if (left < 0 || left > recordsEnd - record) throw segment.malformed(term);
      }
      while (left > 0) if (!((bytes[record++] as number) >= 0x80)) left--;
      const isWanted = (code & 3) < recordCodes.heading ? inBody : (code & 3) === recordCodes.heading && inHeading;
      if (isWanted) addTo(holders, paragraph);
    }
    // Neither is true of an article that there is not.
    if (!(record === recordsEnd && paragraph < paragraphsEnd)) throw segment.malformed(term);
  }
  if (at !== articles.end || record !== occurrences.end) throw segment.malformed(term);
}
