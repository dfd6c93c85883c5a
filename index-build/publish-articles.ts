/**
 * Which articles of a file are public now, and where: drafts, days to come and days that are over are left out and
 * counted. Between steps 2 and 3 of an article's journey; the only step that knows what day it is.
 */
import type { SourceArticle } from '../src/domain/article.ts';
import type { ReadingOptions } from './reading-options.ts';
import { siteAddress } from './site-address.ts';

export interface Publishing extends ReadingOptions {
  /** When the build began, ms since 1970. */
  readonly nowMs: number;
}

/** How often something was met in a file. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** What is to be remembered of a file beside its articles; fields without anything to tell are missing. */
export interface FileNotes {
  /** Reasons why articles were left out. */
  readonly heldBack?: readonly NamedCount[];
  /** Keys that mean nothing to the program, with the number of articles that have them. */
  readonly unknownKeys?: readonly NamedCount[];
  /** When the file's articles are others without a change of the file, ms since 1970. */
  readonly dueMs?: number;
}

export interface PublishedArticles {
  readonly articles: readonly SourceArticle[];
  readonly notes: FileNotes;
}

/** Different keys of a file that are remembered. */
const keysPerFile = 50;
const keyLength = 60;

/** Chooses, and gives addresses to those whose source states none. */
export function publishArticles(articles: readonly SourceArticle[], publishing: Publishing): PublishedArticles {
  const heldBack = new Map<string, number>();
  const unknownKeys = new Map<string, number>();
  let dueMs = Number.POSITIVE_INFINITY;
  const published = articles.filter((article) => {
    for (const key of new Set(article.publication?.unknownKeys)) countKey(unknownKeys, key);
    const { reason, changesMs } = judge(article, publishing);
    if (changesMs !== null) dueMs = Math.min(dueMs, changesMs);
    if (reason !== null) heldBack.set(reason, (heldBack.get(reason) ?? 0) + 1);
    return reason === null;
  });
  const { site } = publishing;
  return {
    articles: site === null ? published : published.map((article) => withAddress(article, siteAddress(article, site))),
    notes: {
      ...(heldBack.size > 0 ? { heldBack: toCounts(heldBack) } : {}),
      ...(unknownKeys.size > 0 ? { unknownKeys: toCounts(unknownKeys) } : {}),
      ...(Number.isFinite(dueMs) ? { dueMs } : {}),
    },
  };
}

function countKey(keys: Map<string, number>, key: string): void {
  const name = key.slice(0, keyLength);
  const count = keys.get(name);
  if (count !== undefined || keys.size < keysPerFile) keys.set(name, (count ?? 0) + 1);
}

function toCounts(counts: ReadonlyMap<string, number>): NamedCount[] {
  return [...counts].map(([name, count]) => ({ name, count }));
}

interface Judgement {
  /** Why the article is left out, or null. */
  readonly reason: string | null;
  /** When this may be otherwise, ms since 1970, or null. */
  readonly changesMs: number | null;
}

function judge({ publication }: SourceArticle, { nowMs, includesDrafts, includesFuture }: Publishing): Judgement {
  if (publication === undefined) return { reason: null, changesMs: null };
  const { heldBack, fromMs, untilMs } = publication;
  if (heldBack !== null && !includesDrafts) return { reason: heldBack, changesMs: null };
  if (fromMs !== null && fromMs > nowMs && !includesFuture)
    return { reason: 'its date is yet to come', changesMs: fromMs };
  if (untilMs === null || includesDrafts) return { reason: null, changesMs: null };
  return untilMs <= nowMs
    ? { reason: 'its expiry date is over', changesMs: null }
    : { reason: null, changesMs: untilMs };
}

function withAddress(article: SourceArticle, url: string | null): SourceArticle {
  return article.url !== null || url === null ? article : { ...article, url };
}
