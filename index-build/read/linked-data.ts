/**
 * JSON-LD: what the scripts of a page state about its article, in whatever shape publishing systems write it. Part of
 * reading HTML.
 */
import { decodeEntities } from './decode-entities.ts';
import { type DataField, mergeStatedData, type StatedData, type Statement } from './stated-data.ts';

export interface LinkedData {
  readonly stated: StatedData;
  /** Names of the site, its publisher and its organizations: a title that ends in one of them names the site. */
  readonly siteNames: readonly string[];
  /** Why scripts could not be read. */
  readonly complaints: readonly string[];
}

/** Reads the scripts of one page with the texts of its headings. Nodes that describe the article itself go before those that describe the page. */
export function readLinkedData(scripts: readonly string[], headings: readonly string[]): LinkedData {
  const complaints: string[] = [];
  const nodes: JsonObject[] = [];
  for (const script of scripts) {
    try {
      collectNodes(JSON.parse(bareJson(script)), nodes);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      complaints.push(`JSON-LD left out, it is not valid: ${message}`);
    }
  }
  const byId = new Map(nodes.filter((node) => node.has('name')).map((node) => [node.get('@id'), node]));
  const described = nodes.filter(isArticle).sort((a, b) => rankOf(a) - rankOf(b));
  return {
    stated: described.map((node) => readNode(node, { byId, headings })).reduce(mergeStatedData, new Map()),
    siteNames: nodes.filter(isSite).flatMap((node) => namesIn(node, byId)),
    complaints,
  };
}

/** The JSON in a script, without CDATA and comment marks around it, and with line breaks in its strings as spaces. */
function bareJson(script: string): string {
  const bare = script
    .replace(/^\s*(?:\/\/|\/\*|<!--)?\s*(?:<!\[CDATA\[|<!--)?\s*(?:\*\/|\/\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*(?:\]\]>|-->)?\s*(?:\*\/)?\s*;?\s*$/, '');
  return bare.replace(/"(?:[^"\\]|\\[\s\S])*"/g, (text) => text.replace(/[\n\r\t]+/g, ' '));
}

/** A JSON object, whose keys are not to be trusted: read with `get` only. */
type JsonObject = ReadonlyMap<string, unknown>;

/** Nodes of one page that are looked at. */
const nodeLimit = 5000;

/** Keys under which a node holds the article, or the nodes of the page. */
const innerKeys = ['@graph', 'mainEntity', 'mainEntityOfPage', 'isPartOf', 'publisher', 'author'];

/** Adds a value's nodes, outer ones first. */
function collectNodes(value: unknown, nodes: JsonObject[]): void {
  const queue: unknown[] = [value];
  for (let index = 0; index < queue.length && nodes.length < nodeLimit; index += 1) {
    const item = queue[index];
    if (Array.isArray(item)) for (const inner of item) queue.push(inner);
    const node = toObject(item);
    if (node === null) continue;
    if (node.has('@type') || node.has('@id') || node.has('datePublished')) nodes.push(node);
    for (const key of innerKeys) if (typeof node.get(key) === 'object') queue.push(node.get(key));
  }
}

function toObject(value: unknown): JsonObject | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? new Map(Object.entries(value)) : null;
}

function typeOf(node: JsonObject): string {
  return String(node.get('@type'));
}

/** Types such as NewsArticle and BlogPosting; `datePublished` tells the rarer ones. */
function isArticle(node: JsonObject): boolean {
  if (/comment|review|product|person|organization/i.test(typeOf(node)) && !/article/i.test(typeOf(node))) return false;
  return /article|posting|report/i.test(typeOf(node)) || node.has('datePublished');
}

function rankOf(node: JsonObject): number {
  if (!/article|posting|report/i.test(typeOf(node))) return 2;
  return node.has('headline') ? 0 : 1;
}

function isSite(node: JsonObject): boolean {
  return /website|organization|newsmedia|brand/i.test(typeOf(node));
}

type Nodes = ReadonlyMap<unknown, JsonObject>;

interface PageContext {
  readonly byId: Nodes;
  readonly headings: readonly string[];
}

function readNode(node: JsonObject, { byId, headings }: PageContext): StatedData {
  const data = new Map<DataField, Statement>();
  const set = (field: DataField, value: unknown) => {
    if (value !== undefined && value !== null && value !== '') data.set(field, { value, line: null });
  };
  set('title', readTitle(node, headings));
  set('date', textOf(node.get('datePublished')));
  const authors = namesIn(node.get('author') ?? node.get('creator'), byId).filter((name) => !isAddress(name));
  if (authors.length > 0) set('authors', authors.length === 1 ? authors[0] : authors);
  set('source', namesIn(node.get('publisher'), byId)[0]);
  set('tags', readTags(node.get('keywords')));
  set('language', textOf(node.get('inLanguage')));
  return data;
}

/** The headline; the name where there is none or where the page shows the name and not the headline. */
function readTitle(node: JsonObject, headings: readonly string[]): string | null {
  const headline = textOf(node.get('headline'));
  const name = /webpage/i.test(typeOf(node)) ? null : textOf(node.get('name'));
  const isShown = (title: string) => headings.some((heading) => heading.trim() === title.trim());
  return headline !== null && name !== null && isShown(name) && !isShown(headline) ? name : (headline ?? name);
}

/** The names that a value states: texts, nodes with a name, nodes that refer to one by `@id`, or a list of these. */
function namesIn(value: unknown, byId: Nodes): string[] {
  if (Array.isArray(value)) return value.slice(0, 100).flatMap((item) => namesIn(item, byId));
  const text = textOf(value);
  if (text !== null) return text.trim() === '' ? [] : [text];
  const node = value instanceof Map ? (value as JsonObject) : toObject(value);
  if (node === null) return [];
  const named = node.has('name') ? node : byId.get(node.get('@id'));
  const name = Array.isArray(named?.get('name')) ? named.get('name') : [named?.get('name')];
  return (name as unknown[]).map(textOf).filter((part): part is string => part !== null && part.trim() !== '');
}

function isAddress(name: string): boolean {
  return /^\s*(?:https?:)?\/\//i.test(name);
}

function readTags(value: unknown): unknown {
  if (!Array.isArray(value)) return textOf(value);
  return value.map((item) => textOf(item) ?? textOf(toObject(item)?.get('name'))).filter((tag) => tag !== null);
}

/** A text with its entities resolved: many systems escape for HTML what they put into JSON. */
function textOf(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? decodeEntities(first) : null;
}
