/**
 * What a segment file holds: the sections by name and type, and the facts in its header. Both sides share it:
 * `index-build/compile/` writes it, `segment.ts` reads it. Bytes of posting lists: `postings.ts`.
 *
 * T terms, P paragraphs, A articles, one number each unless said otherwise. `…Starts` arrays have one entry more than
 * there are things: thing i lies in [starts[i], starts[i + 1]).
 */
import type { Field } from '../../domain/article.ts';
import type { SectionTypes } from '../../snapshot/container.ts';

export const segmentKind = 'segment';

export const segmentSections = {
  // Dictionary: terms ascending by UTF-16 units.
  termStarts: 'u32', // T+1, into termUnits
  termUnits: 'u16',
  termParagraphs: 'u32', // T, paragraphs that hold the term in any field; a title counts for the first one
  termArticles: 'u32', // T, articles that hold it in any field

  // Posting lists in term order: see `postings.ts`.
  articleListStarts: 'u32', // T+1, into articleLists
  articleLists: 'u8',
  occurrenceStarts: 'u32', // T+1, into occurrences
  occurrences: 'u8',

  // Lengths in words. An article's title stands with its first paragraph, a heading with the first one below it.
  paragraphLengths: 'u16', // P, body
  paragraphHeadingLengths: 'u16', // P, the heading that stands with it; 0 where none does
  articleTitleLengths: 'u32', // A
  articleHeadingLengths: 'u32', // A, all headings together
  articleBodyLengths: 'u32', // A
  articleStarts: 'u32', // A+1, first paragraph of each article

  // What tells whether a paragraph recurs in other articles: see `src/domain/recurrence.ts`.
  paragraphMarkStarts: 'u32', // P+1, into paragraphMarks
  paragraphMarks: 'u32', // marks of the body

  // Words with one stem. Keys `LANGUAGE:STEM`, ascending by UTF-16 units; members are term numbers, ascending.
  familyKeyStarts: 'u32',
  familyKeyUnits: 'u16',
  familyMemberStarts: 'u32',
  familyMembers: 'u32',
  familyMemberArticles: 'u32', // beside familyMembers: articles of the family's language that hold the member

  // Beginnings of words that many terms share. Keys ascending by UTF-16 units.
  prefixKeyStarts: 'u32',
  prefixKeyUnits: 'u16',

  // Article data for filters, facets and sorting.
  articleDays: 'i32', // A, days since 1970-01-01, or noDay
  articleWeights: 'u16', // A, hundredths of what it states as its weight; 0 for nothing
  articleSearchWeights: 'u16', // A, the same under the other name
  sourceNameStarts: 'u32', // distinct values, ascending by UTF-16 units; into sourceNames (UTF-8)
  sourceNames: 'u8',
  sourceValueStarts: 'u32', // A+1, into sourceValues
  sourceValues: 'u32', // numbers of names, ascending within an article
  authorNameStarts: 'u32',
  authorNames: 'u8',
  authorValueStarts: 'u32',
  authorValues: 'u32',
  tagNameStarts: 'u32',
  tagNames: 'u8',
  tagValueStarts: 'u32',
  tagValues: 'u32',
  languageNameStarts: 'u32',
  languageNames: 'u8',
  languageValueStarts: 'u32',
  languageValues: 'u32',
  articlePathStarts: 'u32', // A+1, into articlePaths (UTF-8)
  articlePaths: 'u8',
  articleIdStarts: 'u32', // A+1, into articleIds (UTF-8)
  articleIds: 'u8',
  articlesById: 'u32', // A, article numbers ascending by the UTF-16 units of their ids

  // Where the text file holds an article: its data, then its paragraphs, each as JSON in UTF-8.
  articleTextStarts: 'f64', // A+1
  articleDataBytes: 'u32', // A
  paragraphBytes: 'u32', // P
} as const satisfies SectionTypes;

export interface SegmentHeader {
  readonly format: number;
  /** `fingerprint()` of the analyzer that made the terms. */
  readonly analyzer: string;
  /** `boundsBasis` of the version that made it. */
  readonly bounds: string;
  readonly articles: number;
  readonly paragraphs: number;
  readonly terms: number;
  /** Words in each field, all articles together. */
  readonly lengths: Readonly<Record<Field, number>>;
  /** Languages that families exist for, ascending. */
  readonly familyLanguages: readonly string[];
}

/** Raise with every change of meaning above or in `postings.ts`. */
export const segmentFormat = 3;

/** A prefix of up to this many UTF-16 units that more than `prefixTerms` terms have is among the prefix keys. */
export const prefixLength = 4;
export const prefixTerms = 16;

/** Stands in `articleDays` for an article without a date. */
export const noDay = -0x80000000;

/** `YYYY-MM-DD` → days since 1970-01-01. */
export function dayOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}
