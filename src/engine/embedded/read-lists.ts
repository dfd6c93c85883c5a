/**
 * The hot loops over posting lists, hence long and plain: the encoding of `postings.ts` is read in place, since a cursor
 * object costs twice as much. First level: frequencies per article. Second level: frequencies per paragraph of chosen
 * articles.
 *
 * A file with a right checksum may still be malformed. The checks bound every loop, and what does not add up throws; they
 * stand where they cost least, at the end of a list or an article. Behind the end of a section bytes are undefined,
 * hence `!(byte >= 0x80)` for a varint's last byte.
 */
import type { Field } from '../../domain/article.ts';
import type { BitSet } from './bit-set.ts';
import { leastOccurrenceBytes } from './postings.ts';
import type { Segment } from './segment.ts';

/** What an occurrence in a field counts; 0 = nothing. */
export type FieldWeights = Readonly<Record<Field, number>>;

/** Where a term counts for how well title and headings fit the query. */
export interface CoverFields {
  readonly title: boolean;
  readonly heading: boolean;
}

export interface ArticleFrequencies {
  /** Article numbers of the list → of the sets and arrays below; null = the same. */
  readonly numbers: Uint32Array | null;
  /** Articles with any occurrence that counts are put in here. */
  readonly articles: BitSet;
  /** Articles of which the rest is wanted; null = all. */
  readonly wanted: BitSet | null;
  /** Weighted frequencies are added here, … */
  readonly tfs: Float64Array;
  /** … here what their best paragraph's odds are at most: see `saturation-bounds.ts`; … */
  readonly bounds: Float64Array;
  /** … here how often it stands in the title, for a term that counts there; … */
  readonly titles: Uint32Array;
  /** … and where it stands in a heading, for a term that counts there, 1 is put in here. */
  readonly headings: Uint8Array;
}

export interface TermWeight {
  readonly weights: FieldWeights;
  readonly covers: CoverFields;
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
  const { numbers, articles, wanted, tfs, bounds, titles, headings } = into;
  const { odds, share, covers } = weight;
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
    let inTitle = 0;
    let inHeading = 0;
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
        inHeading = bytes[at++] as number;
        if (inHeading >= 0x80) {
          inHeading &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[at++] as number;
            inHeading += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        inTitle = bytes[at++] as number;
        if (inTitle >= 0x80) {
          inTitle &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[at++] as number;
            inTitle += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
        if (inHeading < 0 || inTitle < 0) throw segment.malformed(term);
        tf += headingWeight * inHeading + titleWeight * inTitle;
      }
    }
    if (tf === 0 && !(inHeading > 0 && covers.heading)) continue;
    const number = numbers === null ? article : (numbers[article] as number);
    articles[number >>> 5] = (articles[number >>> 5] as number) | (1 << (number & 31));
    if (wanted !== null && (((wanted[number >>> 5] as number) >>> (number & 31)) & 1) === 0) continue;
    tfs[number] = (tfs[number] as number) + tf;
    bounds[number] = (bounds[number] as number) + bound;
    if (inTitle > 0 && covers.title) titles[number] = (titles[number] as number) + inTitle;
    if (inHeading > 0 && covers.heading) headings[number] = 1;
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
  /** How often the leaf stands in the heading of a paragraph, where at all. Empty between leaves. */
  readonly headings: Map<number, number>;
}

/** Adds a term's frequencies, paragraph by paragraph, for the articles that are wanted. Throws like `addArticles`. */
export function addParagraphs(
  segment: Segment,
  term: number,
  { weights, covers }: Pick<TermWeight, 'weights' | 'covers'>,
  into: ParagraphFrequencies,
): void {
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
      if (code === 2 && covers.heading) addHeading(tfs, paragraph, frequency);
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

export function addHeading({ headings }: ParagraphTfs, paragraph: number, frequency: number): void {
  headings.set(paragraph, (headings.get(paragraph) ?? 0) + frequency);
}

/** Adds to one paragraph's. */
export function addTf(tfs: ParagraphTfs, paragraph: number, tf: number): void {
  const before = tfs.values[paragraph] as number;
  tfs.values[paragraph] = before + tf;
  if (before === 0) tfs.found[tfs.length++] = paragraph;
}
