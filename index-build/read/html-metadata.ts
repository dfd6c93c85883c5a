/**
 * What an HTML page states about its article outside of the text: meta tags, links, JSON-LD and its titles. Part of
 * reading HTML.
 */
import type { FileProblem } from '../../src/domain/problem.ts';
import { type Byline, readByline } from './byline.ts';
import { isLeftOut } from './hidden-elements.ts';
import { attributeOf, elementsIn, type HtmlElement, type HtmlParent, textIn } from './html-tree.ts';
import { readLinkedData } from './linked-data.ts';
import { MetaTags } from './meta-tags.ts';
import { bareTitle, isTakenOff, type TitleContext } from './page-title.ts';
import { warnOfFile } from './reached-limits.ts';
import { mergeStatedData, type StatedData, type Statement } from './stated-data.ts';

export interface HtmlMetadata {
  readonly stated: StatedData;
  /** The text of `<title>` without the site's name, as far as the page tells it. */
  readonly pageTitle: string | null;
  /** Whether a text is no title of this page: the name of its site in the masthead. */
  readonly isSiteName: (text: string) => boolean;
  /** Dates that are shown on the page, not stated for programs. */
  readonly guessedDate: string | null;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads a parsed page. Meta tags go before JSON-LD, and both before what readers are shown, which `isOut` leaves parts
 * out of; null where nothing of that is looked at, as in sources whose front matter has the data.
 */
export function readHtmlMetadata(
  page: HtmlParent,
  isOut: ((element: HtmlElement) => boolean) | null,
  path: string,
): HtmlMetadata {
  const found = collect(page);
  const linked = readLinkedData(found.linkedData, found.headings);
  const siteNames = [
    ...found.meta.contentsOf('og.site.name'),
    ...found.meta.contentsOf('application.name'),
    ...linked.siteNames,
  ];
  const context = { siteNames, headings: found.headings };
  const pageTitle = found.pageTitle === null ? null : bareTitle(found.pageTitle, context);
  const forPrograms = mergeStatedData(found.meta.stated(), linked.stated);
  const needsByline = isOut !== null && !(forPrograms.has('authors') && forPrograms.has('date'));
  const byline = needsByline ? findByline(page, isOut) : noByline;
  const stated = mergeStatedData(forPrograms, stateByline(byline));
  return {
    stated: withBareTitle(stated, context),
    pageTitle,
    isSiteName: (text) =>
      bareTitle(text, { siteNames, headings: [] }) === null || isTakenOff(text, found.pageTitle ?? '', pageTitle),
    guessedDate: byline.isDateMarked ? null : byline.date,
    problems: linked.complaints.map((reason) => warnOfFile(path, reason)),
  };
}

const noByline: Byline = { authors: [], date: null, isDateMarked: false };

/** Some pages name the author only in a box beside the text. */
function findByline(page: HtmlParent, isOut: (element: HtmlElement) => boolean): Byline {
  const byline = readByline(page, isOut);
  return byline.authors.length > 0 ? byline : { ...byline, authors: readByline(page, isLeftOut).authors };
}

interface CollectedMetadata {
  readonly meta: MetaTags;
  readonly linkedData: readonly string[];
  readonly pageTitle: string | null;
  /** Texts of the headings of level 1 and 2. */
  readonly headings: readonly string[];
}

function collect(page: HtmlParent): CollectedMetadata {
  const meta = new MetaTags();
  const linkedData: string[] = [];
  const headings: string[] = [];
  let pageTitle: string | null = null;
  for (const element of elementsIn(page, (candidate) => candidate.tagName !== 'svg')) {
    const { tagName } = element;
    if (tagName === 'title') pageTitle ??= textIn(element);
    else if (tagName === 'h1' || tagName === 'h2') addHeading(headings, element);
    else if (tagName === 'script' && /^application\/ld\+json\b/i.test(attributeOf(element, 'type') ?? '')) {
      linkedData.push(textIn(element));
    } else meta.add(element);
  }
  return { meta, linkedData, pageTitle, headings };
}

/** Headings that are looked at for the title. */
const headingLimit = 100;

function addHeading(headings: string[], element: HtmlElement): void {
  if (headings.length < headingLimit) headings.push(textIn(element));
}

function stateByline({ authors, date, isDateMarked }: Byline): StatedData {
  const data = new Map<'authors' | 'date', Statement>();
  if (authors.length > 0) data.set('authors', { value: authors.length === 1 ? authors[0] : authors, line: null });
  if (date !== null && isDateMarked) data.set('date', { value: date, line: null });
  return data;
}

/** Social networks are often given the title with the site's name, or nothing but the site's name. */
function withBareTitle(stated: StatedData, context: TitleContext): StatedData {
  const statement = stated.get('title');
  if (statement === undefined) return stated;
  const title = typeof statement.value === 'string' ? bareTitle(statement.value, context) : null;
  const data = new Map(stated);
  if (title === null) data.delete('title');
  else data.set('title', { ...statement, value: title });
  return data;
}
