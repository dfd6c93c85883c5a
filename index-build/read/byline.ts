/**
 * Author and date where a page shows them to readers: microdata, `rel=author`, elements called byline or date, and
 * the lines right below the headline. Part of reading HTML.
 */
import { cleanText } from './clean-text.ts';
import { attributeOf, elementsIn, type HtmlElement, type HtmlParent, textIn } from './html-tree.ts';
import { findDate, parseDate } from './parse-date.ts';

/** What was found; null where nothing was. */
export interface Byline {
  readonly authors: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  /** Whether the date's element says that it is the day of publication. */
  readonly isDateMarked: boolean;
}

/** A place that names authors or a date, better ones with a lower rank. */
interface Found<Value> {
  readonly value: Value;
  readonly rank: number;
}

/** Reads the elements of a page that are not left out. */
export function readByline(page: HtmlParent, isLeftOut: (element: HtmlElement) => boolean): Byline {
  const authors: Found<string>[] = [];
  const dates: Found<string>[] = [];
  for (const element of elementsIn(page, (candidate) => !isLeftOut(candidate))) {
    if (element.tagName === 'meta' || isLeftOut(element)) continue;
    const names = namesOf(element);
    const authorRank = rankOfAuthor(element, names);
    if (authorRank !== null) authors.push(...readNames(element).map((value) => ({ value, rank: authorRank })));
    const dateRank = rankOfDate(element, names);
    const date = dateRank === null ? null : readDate(element);
    if (dateRank !== null && date !== null) dates.push({ value: date, rank: dateRank });
  }
  const date = best(dates)[0];
  return { authors: firstNames(authors), date: date?.value ?? null, isDateMarked: date?.rank === 0 };
}

/** All that share the lowest rank, in document order. */
function best<Value>(found: readonly Found<Value>[]): readonly Found<Value>[] {
  const rank = Math.min(...found.map((place) => place.rank).slice(0, 10_000));
  return found.filter((place) => place.rank === rank);
}

/** Authors named by marks may be several; of elements only called so, the first counts, others may be of other articles. */
function firstNames(found: readonly Found<string>[]): readonly string[] {
  const places = best(found);
  const isMarked = (places[0]?.rank ?? 0) <= 1;
  return [...new Set(places.map(({ value }) => value))].slice(0, isMarked ? 10 : 1);
}

/** Id, class and the like of an element in one text. */
function namesOf(element: HtmlElement): string {
  return `${attributeOf(element, 'class') ?? ''} ${attributeOf(element, 'id') ?? ''}`.slice(0, 300).toLowerCase();
}

function hasProperty(element: HtmlElement, name: RegExp): boolean {
  const properties = `${attributeOf(element, 'itemprop') ?? ''} ${attributeOf(element, 'property') ?? ''}`;
  return properties.split(/\s+/).some((property) => name.test(property));
}

function rankOfAuthor(element: HtmlElement, names: string): number | null {
  if (hasProperty(element, /^(?:\w+:)?(?:author|creator)$/i)) return 0;
  if ((attributeOf(element, 'rel') ?? '').toLowerCase().split(/\s+/).includes('author')) return 1;
  if (
    /(?:^|[\s_-])(?:by-?line|p-author|author-?name|post-?author|entry-?author|article-?author|autor|auteur|dateline-?author)(?:$|[\s_-])/.test(
      names,
    )
  ) {
    return 2;
  }
  if (/(?:^|[\s_-])(?:author|writer|writtenby|written-by)s?(?:$|[\s_-])/.test(names)) return 3;
  return isTextBlock(element) && /^(?:by|von|por|par|di|door|av|автор:?)\s/i.test(shortText(element)) ? 4 : null;
}

function rankOfDate(element: HtmlElement, names: string): number | null {
  if (hasProperty(element, /^(?:\w+:)?datePublished$/i)) return 0;
  if (element.tagName === 'time') {
    if (attributeOf(element, 'pubdate') !== null) return 0;
    if (/updated|modified/.test(names) && !/publi/.test(names)) return 3;
    return /publi|entry-date|dt-published/.test(names) ? 0 : 2;
  }
  if (
    /(?:^|[\s_-])(?:pub-?date|publish(?:ed)?(?:-?(?:date|on|at|time))?|posted-?on|date-?published|post-?date|entry-?date|article-?date|dateline|timestamp)(?:$|[\s_-])/.test(
      names,
    )
  ) {
    return 1;
  }
  if (/(?:^|[\s_-])(?:date|time|datum|fecha)(?:$|[\s_-])/.test(names)) return 3;
  return isTextBlock(element) &&
    /^(?:published|posted|date|veröffentlicht|publié|publicado)\b/i.test(shortText(element))
    ? 3
    : null;
}

function isTextBlock({ tagName }: HtmlElement): boolean {
  return /^(?:p|div|span|h[2-6]|em|strong|address)$/.test(tagName);
}

/** Text of a short element without elements that hold much; empty for a long one. */
function shortText(element: HtmlElement): string {
  if (element.childNodes.length > 20) return '';
  const text = element.childNodes.map((child) =>
    'value' in child ? child.value : 'tagName' in child ? inlineText(child) : '',
  );
  const joined = cleanText(text.join(' '));
  return joined.length > lineLength ? '' : joined;
}

function inlineText(element: HtmlElement): string {
  return /^(?:a|span|strong|b|em|i|time|br)$/.test(element.tagName) && element.childNodes.length < 5
    ? textIn(element)
    : '';
}

/** Characters of a line that names an author or a date. */
const lineLength = 150;

/** The names in an author's element; none where it holds something else. */
function readNames(element: HtmlElement): readonly string[] {
  for (const inner of elementsIn(element)) {
    if (hasProperty(inner, /^(?:\w+:)?name$/i) || /(?:^|[\s_-])(?:fn|author-?name)(?:$|\s)/.test(namesOf(inner))) {
      const name = bareName(attributeOf(inner, 'content') ?? textIn(inner));
      if (name !== null) return [name];
    }
  }
  const stated = attributeOf(element, 'content');
  const name = bareName(stated ?? linesIn(element));
  return name === null ? [] : [name];
}

/** The text of an element with a line break between its blocks. */
function linesIn(element: HtmlElement): string {
  const text = textIn(element);
  return text.length > 4 * lineLength ? '' : text;
}

/** A byline without what stands around the names; null where no name is left. */
function bareName(byline: string): string | null {
  const [line = ''] = byline
    .trim()
    .split(/\s*(?:\n\s*\n|\n\s{4,}|[|•·│]|\s[–—-]\s|\t{2,})\s*/)
    .filter(
      (part) => /\p{L}{2}/u.test(part) && !/^(?:written |posted |published )?(?:by|von|por|par)[:\s]*$/i.test(part),
    );
  const name = cleanText(line)
    .replace(
      /^.{0,20}?\b(?:(?:written|posted|published|reviewed|story|text|words|article|contributed)\s+)?(?:by|von|por|par|di|door|av)\b[:\s]+(?=\p{Lu})/iu,
      '',
    )
    .replace(/^(?:author|autor|auteur|автор)\s*:\s*/i, '')
    .replace(/\s*[,(]?\s*(?:on|updated|published|posted|am|le)?\s*(?:\d{1,2}[\s./:-]|\p{L}{3,9}\.?\s\d|\d{4}).*$/u, '')
    .replace(/[\s,;:–—-]+$/, '');
  const isName = /\p{L}{2}/u.test(name) && name.length <= nameLength && !/[@{}<>?!]|https?:|\d{3}/.test(name);
  return isName && name.split(' ').length <= nameWords ? name : null;
}

/** Characters and words of one name, or of several joined. */
const nameLength = 100;
const nameWords = 14;

function readDate(element: HtmlElement): string | null {
  const stated = attributeOf(element, 'content') ?? attributeOf(element, 'datetime') ?? attributeOf(element, 'title');
  if (stated !== null && parseDate(stated) !== null) return parseDate(stated);
  const text = cleanText(linesIn(element));
  return text.length > lineLength ? null : (findDate(text)?.date ?? null);
}
