/**
 * Chooses the best articles. What an article earns as a whole is known of all that match; what its best paragraph earns
 * is computed only for those whose bound says that they can still be among the best. (The idea of MaxScore, Turtle and
 * Flood 1995, on the two levels of the score instead of on several lists.)
 */
import { paragraphShare } from '../../domain/ranking.ts';
import type { Sort } from '../../domain/search-request.ts';
import { addTo, emptySet, has } from './bit-set.ts';
import type { ArticleScores, LeafMatch, ParagraphScores } from './evaluate-leaf.ts';
import type { OpenedIndex } from './opened-index.ts';
import { allocateHolders, type SearchArrays } from './search-memory.ts';
import { noDay } from './segment-format.ts';
import { topByKey } from './top-articles.ts';

export interface Ranking {
  /** Those that match, ascending. */
  readonly articles: Uint32Array;
  /** The leaves that score. */
  readonly leaves: readonly LeafMatch[];
}

/** Articles whose paragraphs are looked into first: enough that the worst of the best is a strict judge of the rest. */
const firstChosen = 64;

/** So few that looking into all of them costs less than reading the lists a second time. */
const fewArticles = 128;

/** Sets of paragraphs that stay for the next search; few have more leaves. */
const holdersKept = 8;

/** Sums in another order differ in their last bits: a bound must not fall below what it bounds. */
const roundingSlack = 1 + 1e-9;

export class RankedArticles {
  /** What leaves add to in their first level. */
  readonly scores: ArticleScores;
  readonly #index: OpenedIndex;
  readonly #arrays: SearchArrays;
  readonly #paragraphs: ParagraphScores;
  /** Articles whose paragraphs have scores. */
  #scored: Uint32Array[] = [];

  constructor(index: OpenedIndex, arrays: SearchArrays) {
    this.#index = index;
    this.#arrays = arrays;
    this.scores = { articles: arrays.articleScores, bounds: arrays.articleBounds };
    this.#paragraphs = { scores: arrays.paragraphScores, tfs: arrays.paragraphTfs };
  }

  /** The `limit` best articles, best first, ties by number; their paragraphs have scores afterwards. */
  best(ranking: Ranking, limit: number): Uint32Array {
    const { articles } = ranking;
    if (limit === 0) return new Uint32Array(0);
    const bounds = this.#arrays.boundKeys;
    for (let i = 0; i < articles.length; i++) bounds[i] = this.#bound(articles[i] as number);
    const isFew = articles.length <= fewArticles;
    const first = isFew ? articles : topByKey(articles, bounds, Math.max(limit, firstChosen));
    this.scoreParagraphs(ranking, first);
    const best = this.#top(first.slice().sort(), limit);
    if (best.length < limit || first.length === articles.length) return best;
    const threshold = this.score(best[limit - 1] as number);
    const others = this.#others(articles, bounds, { threshold, first });
    if (others.length === 0) return best;
    this.scoreParagraphs(ranking, others);
    return this.#top(joined(best.slice().sort(), others), limit);
  }

  /** The `limit` first articles by date, undated ones last, ties by number. */
  byDate({ articles }: Ranking, sort: Exclude<Sort, 'relevance'>, limit: number): Uint32Array {
    const { days } = this.#index;
    const keys = Float64Array.from(articles, (article) => {
      const day = days[article] as number;
      return day === noDay ? Number.NEGATIVE_INFINITY : sort === 'newest' ? day : -day;
    });
    return topByKey(articles, keys, limit);
  }

  /** Adds what the articles earn as a whole for leaves that were left for later. */
  scoreArticles({ leaves }: Ranking, articles: Uint32Array): void {
    const within = emptySet(this.#index.articleNumbers);
    for (const article of articles) addTo(within, article);
    for (const leaf of leaves) leaf.scoreArticles(within, this.scores);
  }

  /** Computes what paragraphs of the articles earn. No article may be asked for twice. */
  scoreParagraphs({ leaves }: Ranking, articles: Uint32Array): void {
    const set = emptySet(this.#index.articleNumbers);
    for (const article of articles) addTo(set, article);
    this.#scored.push(articles);
    const { holders } = this.#arrays;
    leaves.forEach((leaf, place) => {
      holders[place] ??= allocateHolders(this.#arrays);
      leaf.addParagraphs({ set, members: articles }, this.#paragraphs, holders[place]);
    });
  }

  /** Of an article whose paragraphs have scores. */
  score(article: number): number {
    const { paragraphEnds, paragraphStarts } = this.#index;
    const { scores } = this.#paragraphs;
    const end = paragraphEnds[article] as number;
    let best = 0;
    for (let paragraph = paragraphStarts[article] as number; paragraph < end; paragraph++) {
      const score = scores[paragraph] as number;
      if (score > best) best = score;
    }
    return (this.scores.articles[article] as number) + paragraphShare * best;
  }

  paragraphScore(paragraph: number): number {
    return this.#paragraphs.scores[paragraph] as number;
  }

  /** Whether a paragraph holds the leaf at this place of the ranking's leaves. */
  holds(place: number, paragraph: number): boolean {
    const holders = this.#arrays.holders[place];
    return holders !== undefined && has(holders, paragraph);
  }

  /** Makes everything ready for the next search. */
  clear(): void {
    const { paragraphEnds, paragraphStarts } = this.#index;
    const { scores } = this.#paragraphs;
    this.scores.articles.fill(0);
    this.scores.bounds.fill(0);
    const { holders } = this.#arrays;
    holders.length = Math.min(holders.length, holdersKept);
    for (const articles of this.#scored) {
      for (const article of articles) {
        const start = paragraphStarts[article] as number;
        const end = paragraphEnds[article] as number;
        if (start === end) continue;
        for (let paragraph = start; paragraph < end; paragraph++) scores[paragraph] = 0;
        for (const held of holders) {
          for (let word = start >>> 5; word <= (end - 1) >>> 5; word++) held[word] = 0;
        }
      }
    }
    this.#scored = [];
  }

  /** The same where a search failed in the middle, leaving frequencies behind. */
  clearAll(): void {
    this.clear();
    this.#paragraphs.tfs.values.fill(0);
    this.#paragraphs.tfs.length = 0;
  }

  #bound(article: number): number {
    const { articles, bounds } = this.scores;
    return (articles[article] as number) + paragraphShare * (bounds[article] as number);
  }

  /** `articles` ascending. */
  #top(articles: Uint32Array, limit: number): Uint32Array {
    const keys = this.#arrays.scoreKeys;
    for (let i = 0; i < articles.length; i++) keys[i] = this.score(articles[i] as number);
    return topByKey(articles, keys, limit);
  }

  /** The articles, but for the first ones, that can reach the threshold. */
  #others(
    articles: Uint32Array,
    bounds: Float64Array,
    { threshold, first }: { readonly threshold: number; readonly first: Uint32Array },
  ): Uint32Array {
    const done = emptySet(this.#index.articleNumbers);
    for (const article of first) addTo(done, article);
    const others = this.#arrays.otherArticles;
    let next = 0;
    for (let i = 0; i < articles.length; i++) {
      if ((bounds[i] as number) * roundingSlack < threshold) continue;
      const article = articles[i] as number;
      if (!has(done, article)) others[next++] = article;
    }
    return others.slice(0, next);
  }
}

/** Two ascending lists as one. */
function joined(a: Uint32Array, b: Uint32Array): Uint32Array {
  const all = new Uint32Array(a.length + b.length);
  for (let i = 0, j = 0, at = 0; at < all.length; at++) {
    const isFromA = j === b.length || (i < a.length && (a[i] as number) < (b[j] as number));
    all[at] = (isFromA ? a[i++] : b[j++]) as number;
  }
  return all;
}
