/**
 * What an HTML page states about its article outside of the text: meta tags, links and JSON-LD. Part of reading HTML.
 */
import type { FileProblem } from '../../src/domain/problem.ts';
import { attributeOf, elementsIn, type HtmlElement, type HtmlParent, textIn } from './html-tree.ts';
import { type DataField, mergeStatedData, type StatedData, type Statement } from './stated-data.ts';

export interface HtmlMetadata {
  readonly stated: StatedData;
  /** The text of `<title>`, which often names the site as well. */
  readonly pageTitle: string | null;
  readonly problems: readonly FileProblem[];
}

/** Names of `<meta name=…>` and `<meta property=…>`, in lower case, the more telling ones first for each field. */
const metaNames: readonly (readonly [name: string, field: DataField])[] = [
  ['og:title', 'title'],
  ['article:published_time', 'date'],
  ['datepublished', 'date'],
  ['date', 'date'],
  ['dcterms.date', 'date'],
  ['dcterms.created', 'date'],
  ['dc.date', 'date'],
  ['pubdate', 'date'],
  ['author', 'authors'],
  ['dc.creator', 'authors'],
  ['og:site_name', 'source'],
  ['dc.publisher', 'source'],
  ['publisher', 'source'],
  ['og:url', 'url'],
  ['article:tag', 'tags'],
  ['keywords', 'tags'],
];

/** Fields whose meta tags may be repeated, one value each. */
const listFields: ReadonlySet<DataField> = new Set(['authors', 'tags']);

/** Reads a parsed page. Meta tags go before JSON-LD. */
export function readHtmlMetadata(page: HtmlParent, path: string): HtmlMetadata {
  const found = collect(page);
  const { stated, problems } = readLinkedData(found.linkedData, path);
  return {
    stated: mergeStatedData(readMeta(found), stated),
    pageTitle: found.pageTitle,
    problems,
  };
}

interface CollectedMetadata {
  /** Contents by name, in document order. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  readonly canonical: string | null;
  readonly language: string | null;
  readonly authors: readonly string[];
  readonly linkedData: readonly string[];
  readonly pageTitle: string | null;
}

function collect(page: HtmlParent): CollectedMetadata {
  const meta = new Map<string, string[]>();
  const authors: string[] = [];
  const linkedData: string[] = [];
  let canonical: string | null = null;
  let language: string | null = null;
  let pageTitle: string | null = null;
  for (const element of elementsIn(page, (candidate) => candidate.tagName !== 'svg')) {
    const { tagName } = element;
    if (tagName === 'html') language = attributeOf(element, 'lang') ?? attributeOf(element, 'xml:lang');
    else if (tagName === 'title') pageTitle ??= textIn(element);
    else if (tagName === 'meta') addMeta(meta, element);
    else if (tagName === 'link' && isRelated(element, 'canonical')) canonical ??= attributeOf(element, 'href');
    else if (tagName === 'a' && isRelated(element, 'author')) authors.push(textIn(element));
    else if (tagName === 'script' && attributeOf(element, 'type') === 'application/ld+json') {
      linkedData.push(textIn(element));
    }
  }
  return { meta, canonical, language, authors, linkedData, pageTitle };
}

function isRelated(element: HtmlElement, relation: string): boolean {
  const relations = attributeOf(element, 'rel') ?? '';
  return relations.toLowerCase().split(/\s+/).includes(relation);
}

function addMeta(meta: Map<string, string[]>, element: HtmlElement): void {
  const name = attributeOf(element, 'property') ?? attributeOf(element, 'name') ?? attributeOf(element, 'itemprop');
  const content = attributeOf(element, 'content');
  if (name === null || content === null || content.trim() === '') return;
  const contents = meta.get(name.toLowerCase());
  if (contents === undefined) meta.set(name.toLowerCase(), [content]);
  else contents.push(content);
}

function readMeta({ meta, canonical, language, authors }: CollectedMetadata): StatedData {
  const data = new Map<DataField, Statement>();
  if (canonical !== null && URL.canParse(canonical)) data.set('url', { value: canonical, line: null });
  if (language !== null && language !== '') data.set('language', { value: language, line: null });
  for (const [name, field] of metaNames) {
    const contents = meta.get(name);
    if (contents === undefined || data.has(field)) continue;
    const isList = listFields.has(field) && contents.length > 1;
    data.set(field, { value: isList ? contents : contents[0], line: null });
  }
  // Also where there are meta tags: what they give for a name may be an address.
  const linked: StatedData = authors.length > 0 ? new Map([['authors', { value: authors, line: null }]]) : new Map();
  return mergeStatedData(data, linked);
}

function readLinkedData(scripts: readonly string[], path: string): Pick<HtmlMetadata, 'stated' | 'problems'> {
  const problems: FileProblem[] = [];
  let stated: StatedData = new Map();
  for (const script of scripts) {
    try {
      for (const node of findArticleNodes(JSON.parse(script))) stated = mergeStatedData(stated, readNode(node));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ path, line: null, severity: 'warning', reason: `JSON-LD left out, it is not valid: ${message}` });
    }
  }
  return { stated, problems };
}

/** A JSON object, whose keys are not to be trusted: read with `get` only. */
type JsonObject = ReadonlyMap<string, unknown>;

function toObject(value: unknown): JsonObject | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? new Map(Object.entries(value)) : null;
}

/** The nodes that describe an article, at the top, in a list or in a `@graph`. */
function findArticleNodes(value: unknown): JsonObject[] {
  const nodes = Array.isArray(value) ? value : [value];
  return nodes.flatMap((node) => {
    const object = toObject(node);
    if (object === null) return [];
    const graph = object.get('@graph');
    if (Array.isArray(graph)) return graph.map(toObject).filter((part) => part !== null && isArticle(part));
    return isArticle(object) ? [object] : [];
  }) as JsonObject[];
}

/** Types such as NewsArticle and BlogPosting; `datePublished` tells the rarer ones. */
function isArticle(node: JsonObject): boolean {
  return /article|posting|report/i.test(String(node.get('@type'))) || node.has('datePublished');
}

function readNode(node: JsonObject): StatedData {
  const data = new Map<DataField, Statement>();
  const set = (field: DataField, value: unknown) => {
    if (value !== undefined && value !== null && value !== '') data.set(field, { value, line: null });
  };
  set('title', node.get('headline'));
  set('date', node.get('datePublished'));
  set('authors', node.get('author'));
  set('source', node.get('publisher'));
  set('tags', node.get('keywords'));
  set('language', node.get('inLanguage'));
  return data;
}
