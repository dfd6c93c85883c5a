/** How well one saved page was read, compared with what people say is on it. Pure; part of `measure-pages.ts`. */
import { scan } from '../../src/analysis/analyze.ts';

/** What is known of a page, or was read of it. */
export interface PageReading {
  readonly title: string;
  readonly authors: readonly string[];
  /** `YYYY-MM-DD`, or null. */
  readonly date: string | null;
  readonly text: string;
}

/** What people say of a page; null where they say nothing, and then nothing is judged. */
export interface ExpectedPage {
  readonly title: string | null;
  readonly byline: string | null;
  readonly publishedTime: string | null;
  readonly text: string;
  /** Texts of the article's pictures: right where they are read, not missed where they are not. */
  readonly pictureTexts: string;
  /** The page's only heading of level 1, which names the article as well as `title` does; null where there is not one. */
  readonly headline: string | null;
}

/** The share of the read words that are right, and the share of the right words that were read; each word counts as often as it stands. */
export interface WordMeasures {
  readonly precision: number;
  readonly recall: number;
}

export interface PageMeasures extends WordMeasures {
  /** Null where nothing is expected. */
  readonly isTitleRight: boolean | null;
  /** The same where the page's own headline is right as well. */
  readonly isHeadlineRight: boolean | null;
  readonly isBylineRight: boolean | null;
  readonly isDateRight: boolean | null;
}

export function measurePage(read: PageReading, expected: ExpectedPage): PageMeasures {
  const { title, byline, publishedTime, headline } = expected;
  return {
    precision: compareWords(read.text, `${expected.text} ${expected.pictureTexts}`).precision,
    recall: compareWords(read.text, expected.text).recall,
    isTitleRight: title ? isSameTitle(read.title, title) : null,
    isHeadlineRight: title ? isSameTitle(read.title, title) || isSameTitle(read.title, headline ?? title) : null,
    isBylineRight: byline ? isSameByline(read.authors, byline) : null,
    isDateRight: publishedTime ? read.date === publishedTime.slice(0, 10) : null,
  };
}

/** Both are 1 where both texts are empty. */
export function compareWords(read: string, expected: string): WordMeasures {
  const readCounts = countWords(read);
  const expectedCounts = countWords(expected);
  let common = 0;
  for (const [word, count] of readCounts) common += Math.min(count, expectedCounts.get(word) ?? 0);
  return { precision: share(common, total(readCounts)), recall: share(common, total(expectedCounts)) };
}

/** Equal but for case, spaces and signs; or the expected one with something more behind or before a dash or a bar: the site's name. */
export function isSameTitle(read: string, expected: string): boolean {
  if (lettersOf(read) === lettersOf(expected)) return true;
  const separators = [...expected.matchAll(/\s[|\-–—·»:/\\]\s|[|_:»]\s?/g)];
  return separators.some(({ index, 0: separator }) =>
    [expected.slice(0, index), expected.slice(index + separator.length)].some(
      (part) => lettersOf(part) === lettersOf(read) && part.trim() !== '',
    ),
  );
}

/** Every author stands in the byline, and more than one where the byline joins names. */
export function isSameByline(authors: readonly string[], byline: string): boolean {
  const letters = lettersOf(byline);
  const isJoined = /\s(?:and|et|und|y)\s|\s&\s/.test(byline);
  return authors.length >= (isJoined ? 2 : 1) && authors.every((author) => letters.includes(lettersOf(author)));
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  scan(text, (term) => counts.set(term, (counts.get(term) ?? 0) + 1));
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
