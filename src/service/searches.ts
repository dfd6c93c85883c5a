/**
 * Answers searches: from the cache, else in a search thread, else, where none runs, in the thread that asks.
 * Snapshots are opened in the threads before anybody searches them.
 */
import { availableParallelism } from 'node:os';
import { type Answer, encodeAnswer } from '../domain/answer.ts';
import type { ArticleOrdinal } from '../domain/ids.ts';
import { noChoices, type OwnerChoices, type RecencySetting } from '../domain/owner-choices.ts';
import { type FacetName, facetNames } from '../domain/plan.ts';
import type { SearchRequest } from '../domain/search-request.ts';
import type { OpenedSearchable } from '../open-searchable.ts';
import { canonicalQuery } from '../query/canonical-query.ts';
import { highlightArticle, search } from '../search.ts';
import type { Searchable } from '../searchable.ts';
import type { PinnedArticles } from './pinned-articles.ts';
import { ResultCache } from './result-cache.ts';
import type { TaskResults } from './search-messages.ts';
import { SearchPool } from './search-pool.ts';
import { findThreadProgram, startSearchThread } from './search-thread.ts';

export interface SearchesOptions {
  /** 0 for as many as the machine has cores. */
  readonly threads: number;
  /** 0 for none. */
  readonly cacheBytes: number;
  readonly onThreadEnd: (reason: string) => void;
  /** Null or absent: none. */
  readonly pins?: PinnedArticles | null;
  /** How much newer articles are favoured; null or absent: not at all. */
  readonly recency?: RecencySetting | null;
  /** The compiled program of the threads; null to search in the thread that asks. */
  readonly program?: string | null;
}

export class Searches {
  readonly #pool: SearchPool | null;
  readonly #cache: ResultCache;
  readonly #pins: PinnedArticles | null;
  readonly #recency: RecencySetting | null;
  readonly #numbers = new WeakMap<Searchable, number>();

  constructor(options: SearchesOptions) {
    const { threads, cacheBytes, onThreadEnd, program = findThreadProgram() } = options;
    this.#pins = options.pins ?? null;
    this.#recency = options.recency ?? null;
    this.#cache = new ResultCache(cacheBytes);
    this.#pool =
      program === null
        ? null
        : new SearchPool({
            threads: threads === 0 ? availableParallelism() : threads,
            start: (listener) => startSearchThread(program, listener),
            onThreadEnd,
          });
  }

  /** To be called before the first search of a snapshot. */
  async open(snapshot: OpenedSearchable): Promise<void> {
    if (this.#pool?.isAlive) this.#numbers.set(snapshot, await this.#pool.open(snapshot.loaded));
  }

  /** To be called before the snapshot itself is closed, when its last search is through. */
  close(snapshot: OpenedSearchable): void {
    const number = this.#numbers.get(snapshot);
    if (number !== undefined) this.#pool?.close(number);
    // Those of other builds are found no more: their keys name them.
    this.#cache.clear();
  }

  /** Throws what `search` throws, and `LedeError` `unavailable` where too many searches wait already. */
  async search(asked: SearchRequest, searchable: Searchable, signal: AbortSignal | null = null): Promise<Answer> {
    const request = canonicalRequest(asked);
    const choices = await this.#choicesFor(request, searchable);
    const key = JSON.stringify([searchable.build, today(), request, choices.pinned]);
    const kept = this.#cache.get(key);
    if (kept !== null) return kept;
    const threads = this.#threadsFor(searchable);
    const answer =
      threads === null
        ? encodeAnswer(await search(request, searchable, { signal: signal ?? undefined, choices }))
        : await threads.pool.run(threads.number, { kind: 'search', request, choices }, signal);
    this.#cache.put(key, answer);
    return answer;
  }

  /** Another text whenever answers may be others though snapshot and request are the same. */
  async edition(searchable: Searchable): Promise<string> {
    return JSON.stringify([this.#recency, (await this.#pins?.edition(searchable)) ?? null]);
  }

  async #choicesFor(request: SearchRequest, searchable: Searchable): Promise<OwnerChoices> {
    if (request.sort !== 'relevance') return noChoices;
    return { pinned: (await this.#pins?.of(request.query, searchable)) ?? [], recency: this.#recency };
  }

  async highlightArticle(
    query: string,
    searchable: Searchable,
    article: ArticleOrdinal,
  ): Promise<TaskResults['highlight']> {
    const threads = this.#threadsFor(searchable);
    if (threads === null) return highlightArticle(query, searchable, article);
    return threads.pool.run(threads.number, { kind: 'highlight', query, article });
  }

  /** Ends the threads. */
  stop(): void {
    this.#pool?.stop();
  }

  /** Null where the search has to be done here. */
  #threadsFor(searchable: Searchable): { readonly pool: SearchPool; readonly number: number } | null {
    const number = this.#numbers.get(searchable);
    return this.#pool?.isAlive && number !== undefined ? { pool: this.#pool, number } : null;
  }
}

/** Requests that ask for the same become equal, member by member. */
export function canonicalRequest(request: SearchRequest): SearchRequest {
  const { query, from, to, match, sort, offset, limit, isTyping, correctsTypos } = request;
  const facets = facetNames.flatMap((name): [FacetName, string[]][] => {
    const values = [...new Set(request.facets[name] ?? [])].sort();
    return values.length === 0 ? [] : [[name, values]];
  });
  return {
    query: canonicalQuery(query, isTyping),
    facets: Object.fromEntries(facets),
    from,
    to,
    match,
    sort,
    offset,
    limit,
    isTyping,
    correctsTypos,
  };
}

/** In UTC: `date:today` asks for something else tomorrow. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
