/**
 * What must hold of a segment before anything is read of it, so that no place in it leads out of it. Costs a pass over
 * what stands in it per term, article and paragraph; posting lists are checked where they are read. A checksum tells
 * only that a file is as it was written, not that whoever wrote it knew what he did.
 */
import { fields } from '../../domain/article.ts';
import type { LedeError } from '../../domain/error.ts';
import { mostStated, weightRange } from '../../domain/owner-choices.ts';
import { damagedFile, type Sections } from '../../snapshot/container.ts';
import { dayOf, noDay, type SegmentHeader, type segmentSections } from './segment-format.ts';
import { SortedKeys } from './string-table.ts';

type SegmentSections = Sections<typeof segmentSections>;
type SectionName = keyof SegmentSections;

/** What arrays count: each array of one kind has as many numbers. */
type Kind = 'term' | 'article' | 'paragraph' | 'member';

/** Arrays with a number per thing; the first of a kind says how many things there are. */
const columns: Readonly<Record<Kind, readonly SectionName[]>> = {
  term: ['termParagraphs', 'termArticles'],
  article: [
    'articleDays',
    'articleWeights',
    'articleSearchWeights',
    'articleTitleLengths',
    'articleHeadingLengths',
    'articleBodyLengths',
    'articlesById',
    'articleDataBytes',
  ],
  paragraph: ['paragraphLengths', 'paragraphHeadingLengths', 'paragraphBytes'],
  member: ['familyMembers', 'familyMemberArticles'],
};

/** `…Starts` arrays: of which things (null = of as many as there are), and what they point into. */
const starts: readonly (readonly [name: SectionName, of: Kind | null, into: SectionName])[] = [
  ['termStarts', 'term', 'termUnits'],
  ['articleListStarts', 'term', 'articleLists'],
  ['occurrenceStarts', 'term', 'occurrences'],
  ['articleStarts', 'article', 'paragraphLengths'],
  ['paragraphMarkStarts', 'paragraph', 'paragraphMarks'],
  ['familyKeyStarts', null, 'familyKeyUnits'],
  ['familyMemberStarts', null, 'familyMembers'],
  ['prefixKeyStarts', null, 'prefixKeyUnits'],
  ['sourceNameStarts', null, 'sourceNames'],
  ['sourceValueStarts', 'article', 'sourceValues'],
  ['authorNameStarts', null, 'authorNames'],
  ['authorValueStarts', 'article', 'authorValues'],
  ['tagNameStarts', null, 'tagNames'],
  ['tagValueStarts', 'article', 'tagValues'],
  ['languageNameStarts', null, 'languageNames'],
  ['languageValueStarts', 'article', 'languageValues'],
  ['articlePathStarts', 'article', 'articlePaths'],
  ['articleIdStarts', 'article', 'articleIds'],
];

/** Throws `LedeError` `incompatible` where something does not add up; `name` is the file's name for the message. */
export function checkSegment(name: string, header: SegmentHeader, sections: SegmentSections): void {
  const fail = (what: string): LedeError => damagedFile(name, what);
  checkCounts(header, sections, fail);
  for (const [kind, names] of Object.entries(columns)) {
    const size = sizeOf(sections, kind as Kind);
    for (const column of names) {
      if (sections[column].length !== size) throw fail(`section "${column}" has not one number per ${kind}`);
    }
  }
  for (const [array, of, into] of starts) {
    const size = of === null ? Math.max(0, sections[array].length - 1) : sizeOf(sections, of);
    if (!areStarts(sections[array], size, sections[into].length)) {
      throw fail(`section "${array}" does not lead through "${into}"`);
    }
  }
  if (sections.familyKeyStarts.length !== sections.familyMemberStarts.length) {
    throw fail('section "familyMemberStarts" has not one number per family');
  }
  checkRanges(sections, fail);
  checkLists(sections, fail);
  checkKeys(sections, fail);
  checkTexts(sections, fail);
}

type Fail = (what: string) => LedeError;

/** The header's counts size what is computed at opening, so they must be those of the sections. */
function checkCounts(header: SegmentHeader, sections: SegmentSections, fail: Fail): void {
  const counted = {
    terms: sizeOf(sections, 'term'),
    paragraphs: sizeOf(sections, 'paragraph'),
    articles: sizeOf(sections, 'article'),
  };
  for (const [what, expected] of Object.entries(counted)) {
    const found = header[what as keyof typeof counted];
    if (found !== expected) throw fail(`its header says ${found} ${what}, its sections hold ${expected}`);
  }
  const lengths = {
    title: sum(sections.articleTitleLengths),
    heading: sum(sections.articleHeadingLengths),
    body: sum(sections.articleBodyLengths),
  };
  for (const field of fields) {
    const found = header.lengths?.[field];
    if (found !== lengths[field]) {
      throw fail(`its header says ${found} words of ${field}, its sections hold ${lengths[field]}`);
    }
  }
  const { familyLanguages } = header;
  if (!Array.isArray(familyLanguages) || familyLanguages.some((language) => typeof language !== 'string')) {
    throw fail('its header names no languages');
  }
}

function checkRanges(sections: SegmentSections, fail: Fail): void {
  const below = (array: SectionName, end: number): void => {
    if (greatest(sections[array]) >= end) throw fail(`section "${array}" holds a number of nothing`);
  };
  const [terms, articles, paragraphs] = [
    sizeOf(sections, 'term'),
    sizeOf(sections, 'article'),
    sizeOf(sections, 'paragraph'),
  ];
  below('termParagraphs', paragraphs + 1);
  below('termArticles', articles + 1);
  below('familyMembers', terms);
  below('familyMemberArticles', articles + 1);
  below('sourceValues', sections.sourceNameStarts.length - 1);
  below('authorValues', sections.authorNameStarts.length - 1);
  below('tagValues', sections.tagNameStarts.length - 1);
  below('languageValues', sections.languageNameStarts.length - 1);
  if (!isPermutation(sections.articlesById)) throw fail('section "articlesById" does not hold each article once');
  if (!sections.articleDays.every(isDay)) throw fail('section "articleDays" holds a day that is none');
  const [least, most] = [weightRange.least * 100, weightRange.most * 100];
  const areWeights = (weights: Uint16Array, end: number) =>
    weights.every((weight) => weight === 0 || (weight >= least && weight <= end));
  if (!areWeights(sections.articleWeights, mostStated))
    throw fail('section "articleWeights" holds a weight that is none');
  if (!areWeights(sections.articleSearchWeights, most)) {
    throw fail('section "articleSearchWeights" holds a weight that is none');
  }
}

/** The last byte ends a number, so that no number leads out of the section. */
function checkLists(sections: SegmentSections, fail: Fail): void {
  for (const name of ['articleLists', 'occurrences'] as const) {
    if ((sections[name].at(-1) ?? 0) >= 0x80) throw fail(`section "${name}" ends inside a number`);
  }
}

function checkKeys(sections: SegmentSections, fail: Fail): void {
  const keys = {
    termStarts: new SortedKeys(sections.termStarts, sections.termUnits),
    familyKeyStarts: new SortedKeys(sections.familyKeyStarts, sections.familyKeyUnits),
    prefixKeyStarts: new SortedKeys(sections.prefixKeyStarts, sections.prefixKeyUnits),
  };
  for (const [name, sorted] of Object.entries(keys)) {
    if (!sorted.isAscending()) throw fail(`the keys of section "${name}" do not ascend`);
  }
}

/** Each article's texts take what its data and paragraphs say, from the file's beginning on. */
function checkTexts(sections: SegmentSections, fail: Fail): void {
  const { articleDataBytes, articleStarts, articleTextStarts, paragraphBytes } = sections;
  const articles = articleDataBytes.length;
  let start = 0;
  let isRight = articleTextStarts.length === articles + 1 && articleTextStarts[0] === 0;
  for (let article = 0, paragraph = 0; article < articles && isRight; article++) {
    start += articleDataBytes[article] as number;
    const end = articleStarts[article + 1] as number;
    for (; paragraph < end; paragraph++) start += paragraphBytes[paragraph] as number;
    isRight = articleTextStarts[article + 1] === start;
  }
  if (!isRight) throw fail('section "articleTextStarts" does not lead through the texts');
}

function sizeOf(sections: SegmentSections, kind: Kind): number {
  return sections[columns[kind][0] as SectionName].length;
}

/** Whether `size` things lie one behind the other in [0, end). */
function areStarts(array: ArrayLike<number>, size: number, end: number): boolean {
  if (array.length !== size + 1 || array[0] !== 0 || array[size] !== end) return false;
  for (let i = 0; i < size; i++) if ((array[i] as number) > (array[i + 1] as number)) return false;
  return true;
}

/** -1 for none. */
function greatest(array: ArrayLike<number>): number {
  let most = -1;
  for (let i = 0; i < array.length; i++) if ((array[i] as number) > most) most = array[i] as number;
  return most;
}

function isPermutation(numbers: Uint32Array): boolean {
  const isThere = new Uint8Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) isThere[numbers[i] as number] = 1;
  return !isThere.includes(0);
}

/** What `YYYY-MM-DD` can say: other days have no year. */
const firstDay = dayOf('0000-01-01');
const lastDay = dayOf('9999-12-31');

function isDay(day: number): boolean {
  return day === noDay || (day >= firstDay && day <= lastDay);
}

function sum(array: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < array.length; i++) total += array[i] as number;
  return total;
}
