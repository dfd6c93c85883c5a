/**
 * What a page's `<meta>` and `<link>` elements and its `lang` state: Open Graph, Dublin Core, Parse.ly, Highwire and
 * the names that newsrooms made up. Part of reading HTML.
 */
import { attributeOf, type HtmlElement } from './html-tree.ts';
import type { DataField, StatedData, Statement } from './stated-data.ts';

/** Names by field, in lower case, with `.` for every mark between their parts, the more telling ones first. */
const namesByField: Readonly<Partial<Record<DataField, string>>> = {
  title:
    'og.title parsely.title citation.title dcterms.title dc.title twitter.title sailthru.title rnews.headline headline title',
  date:
    'article.published.time og.article.published.time og.published.time parsely.pub.date datepublished rnews.datepublished ' +
    'citation.publication.date citation.online.date citation.date dcterms.issued dc.date.issued dcterms.date dc.date ' +
    'dcterms.created dc.date.created sailthru.date article.published publication.date published.date publish.date ' +
    'publisheddate publishdate pubdate bt.pubdate og.pubdate displaydate display.date published.time publish.time published ' +
    'pub.date article.date.original weibo.article.create.at date',
  authors:
    'citation.author parsely.author dcterms.creator dc.creator article.author.name sailthru.author author rnews.author ' +
    'article.author og.article.author cxenseparse.author byl byline twitter.data1.author',
  source:
    'og.site.name citation.journal.title dcterms.publisher dc.publisher publisher application.name copyright.holder',
  url: 'og.url parsely.link',
  tags: 'article.tag parsely.tags news.keywords citation.keywords sailthru.tags keywords',
  language: 'content.language dcterms.language dc.language language og.locale',
};

const fieldNames = Object.entries(namesByField) as [DataField, string][];

/** Fields whose tags may be repeated, one value each. */
const listFields: ReadonlySet<DataField> = new Set(['authors', 'tags']);

/** Gathers what elements in the head state, in document order. */
export class MetaTags {
  readonly #contents = new Map<string, string[]>();
  #canonical: string | null = null;
  #language: string | null = null;

  /** Takes an element that may state something. */
  add(element: HtmlElement): void {
    const { tagName } = element;
    if (tagName === 'html') this.#language = attributeOf(element, 'lang') ?? attributeOf(element, 'xml:lang');
    else if (tagName === 'link' && isCanonical(element)) this.#canonical ??= attributeOf(element, 'href');
    else if (tagName === 'meta') this.#addMeta(element);
  }

  /** The contents of all tags with a name, as written in the table above. */
  contentsOf(name: string): readonly string[] {
    return this.#contents.get(name) ?? [];
  }

  stated(): StatedData {
    const data = new Map<DataField, Statement>();
    if (this.#canonical !== null && URL.canParse(this.#canonical))
      data.set('url', { value: this.#canonical, line: null });
    if (this.#language) data.set('language', { value: this.#language, line: null });
    for (const [field, names] of fieldNames) {
      const value = this.#find(field, names.split(' '));
      if (value !== null && !data.has(field)) data.set(field, { value, line: null });
    }
    const robots = [...this.contentsOf('robots'), ...this.contentsOf('googlebot')].find(isUnwanted);
    if (robots !== undefined) data.set('heldBack', { value: `robots: ${robots.trim()}`, line: null });
    return data;
  }

  #addMeta(element: HtmlElement): void {
    const content = attributeOf(element, 'content');
    if (content === null || content.trim() === '') return;
    const attributes = ['property', 'name', 'itemprop', 'http-equiv'].map((name) => attributeOf(element, name) ?? '');
    for (const name of new Set(attributes.join(' ').toLowerCase().split(/\s+/))) {
      const key = name.replace(/[^\p{L}\d]+/gu, '.');
      const contents = this.#contents.get(key);
      if (contents === undefined) this.#contents.set(key, [content]);
      else if (contents.length < contentsPerName) contents.push(content);
    }
  }

  #find(field: DataField, names: readonly string[]): string | readonly string[] | null {
    for (const name of names) {
      const contents = this.contentsOf(name).filter((content) => field !== 'authors' || !isAddress(content));
      if (contents.length > 0) return listFields.has(field) && contents.length > 1 ? contents : (contents[0] ?? null);
    }
    return null;
  }
}

/** Tags of one name that are kept. */
const contentsPerName = 200;

function isCanonical(link: HtmlElement): boolean {
  return (attributeOf(link, 'rel') ?? '').toLowerCase().split(/\s+/).includes('canonical');
}

/** `article:author` often holds the address of a profile. */
function isAddress(content: string): boolean {
  return /^\s*(?:https?:)?\/\/|^\s*www\.|^\s*@|^\s*\d+\s*$/i.test(content);
}

/** `noindex`, or `none`, which means it as well. */
function isUnwanted(content: string): boolean {
  return /(?:^|[\s,:])(?:noindex|none)(?:$|[\s,])/i.test(content);
}
