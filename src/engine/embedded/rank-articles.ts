/**
 * Chooses the best articles. What an article earns as a whole is known of all that match; what its best paragraph earns
 * is computed only for those whose bound says that they can still be among the best. (The idea of MaxScore, Turtle and
 * Flood 1995, on the two levels of the score instead of on several lists.)
 */
import { coverOf, orderOf } from '../../domain/ranking.ts';
import type { Sort } from '../../domain/search-request.ts';
import { addTo, type BitSet, emptySet, has } from './bit-set.ts';
import type { ArticleScores, LeafMatch, ParagraphScores } from './evaluate-leaf.ts';
import type { OpenedIndex } from './opened-index.ts';
import { allocateHolders, type SearchArrays } from './search-memory.ts';
import { noDay } from './segment-format.ts';
import { topByKey } from './top-articles.ts';
import type { WordOrder } from './word-order.ts';

export interface Ranking {
  /** Those that match, ascending. */
  readonly articles: Uint32Array;
  /** The leaves that score. */
  readonly leaves: readonly LeafMatch[];
  /** What they earn at most, on articles and on paragraphs: the query's idf mass. */
  readonly masses: LeafMatch['masses'];
  readonly order: WordOrder;
  /** What each article's score is multiplied by; null where all are 1. */
  readonly factors: Float64Array | null;
}

/** How many articles are looked into at once. What is found does not depend on them. */
export interface Pruning {
  /** So few that looking into all of them costs less than reading the lists a second time. */
  readonly fewArticles: number;
  /** Articles that are looked into first: enough that the worst of the best is a strict judge of the rest. */
  readonly firstChosen: number;
  /** Of the rest, where more than twice as many are left, so many before all: they make the judge stricter. */
  readonly nextChosen: number;
}

const defaultPruning: Pruning = { fewArticles: 128, firstChosen: 64, nextChosen: 512 };

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
  readonly #pruning: Pruning;
  /** Articles whose paragraphs have scores. */
  #scored: Uint32Array[] = [];

  constructor(index: OpenedIndex, arrays: SearchArrays, pruning: Pruning = defaultPruning) {
    const { articleBounds, articleScores, headingMasses, paragraphScores, paragraphTfs, titleMasses, titleWords } =
      arrays;
    this.#index = index;
    this.#arrays = arrays;
    this.#pruning = pruning;
    this.scores = { articles: articleScores, bounds: articleBounds, titleMasses, titleWords, headingMasses };
    this.#paragraphs = { scores: paragraphScores, tfs: paragraphTfs, headings: new Map() };
  }

  /** The `limit` best articles, best first, ties by number; their paragraphs have scores afterwards. */
  best(ranking: Ranking, limit: number): Uint32Array {
    const { articles } = ranking;
    if (limit === 0) return new Uint32Array(0);
    const { fewArticles, firstChosen, nextChosen } = this.#pruning;
    const bounds = this.#arrays.boundKeys;
    for (let i = 0; i < articles.length; i++) bounds[i] = this.#bound(articles[i] as number, ranking);
    const isFew = articles.length <= fewArticles;
    const first = isFew ? articles : topByKey(articles, bounds, Math.max(limit, firstChosen));
    this.scoreParagraphs(ranking, first);
    let best = this.#top(ranking, first.slice().sort(), limit);
    if (best.length < limit || first.length === articles.length) return best;
    const done = emptySet(this.#index.articleNumbers);
    addAll(done, first);
    let others = this.#others({ ranking, best, done }, articles);
    if (others.length > 2 * nextChosen) {
      const keys = Float64Array.from(others, (article) => this.#fullBound(article, ranking));
      const next = topByKey(others, keys, nextChosen).sort();
      best = this.#withMore(ranking, best, next);
      addAll(done, next);
      others = this.#others({ ranking, best, done }, others);
    }
    return others.length === 0 ? best : this.#withMore(ranking, best, others);
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

  /** Adds what the articles earn as a whole for leaves that were left for later, and for their titles. Each article once. */
  scoreArticles({ leaves, masses }: Ranking, articles: Uint32Array): void {
    const within = emptySet(this.#index.articleNumbers);
    for (const article of articles) addTo(within, article);
    for (const leaf of leaves) leaf.scoreArticles(within, this.scores);
    this.#addTitleCovers(articles, masses.article);
  }

  /** Computes what paragraphs of the articles earn. No article may be asked for twice. */
  scoreParagraphs({ leaves, masses, order }: Ranking, articles: Uint32Array): void {
    const set = emptySet(this.#index.articleNumbers);
    for (const article of articles) addTo(set, article);
    this.#scored.push(articles);
    const { holders } = this.#arrays;
    leaves.forEach((leaf, place) => {
      holders[place] ??= allocateHolders(this.#arrays);
      leaf.addParagraphs({ set, members: articles }, this.#paragraphs, holders[place]);
    });
    this.#addHeadingCovers(masses.paragraph);
    const { scores } = this.#paragraphs;
    const most = this.#index.ranking.wordOrder * masses.paragraph;
    order.read(set, (paragraph, held) => {
      scores[paragraph] = (scores[paragraph] as number) + most * orderOf(held, order.pairs);
    });
  }

  /** Of an article whose paragraphs have scores. */
  score(article: number, ranking: Ranking): number {
    const { paragraphEnds, paragraphStarts } = this.#index;
    const { scores } = this.#paragraphs;
    const end = paragraphEnds[article] as number;
    let best = 0;
    for (let paragraph = paragraphStarts[article] as number; paragraph < end; paragraph++) {
      const score = scores[paragraph] as number;
      if (score > best) best = score;
    }
    const whole = (this.scores.articles[article] as number) + this.#index.ranking.paragraphShare * best;
    return factorOf(article, ranking) * whole;
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
    for (const values of Object.values(this.scores)) values.fill(0);
    this.#paragraphs.headings.clear();
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
    this.#paragraphs.tfs.headings.clear();
  }

  /** Adds what titles earn for fitting the query. Each article once, when all leaves are scored. */
  #addTitleCovers(articles: Uint32Array, mass: number): void {
    const { ranking, titleLengths } = this.#index;
    const { articles: scores, titleMasses, titleWords } = this.scores;
    if (mass === 0) return;
    for (const article of articles) {
      const words = titleWords[article] as number;
      if (words === 0) continue;
      const cover = coverOf(
        shareOf(titleMasses[article] as number, mass),
        shareOf(words, titleLengths[article] as number),
      );
      scores[article] = (scores[article] as number) + ranking.titleCover * mass * cover;
    }
  }

  /** Adds what headings earn for fitting the query, of the paragraphs that got scores since the last time. */
  #addHeadingCovers(mass: number): void {
    const { headingLengths, ranking } = this.#index;
    const { headings, scores } = this.#paragraphs;
    for (const [paragraph, hits] of headings) {
      const cover = coverOf(shareOf(hits.mass, mass), shareOf(hits.words, headingLengths[paragraph] as number));
      scores[paragraph] = (scores[paragraph] as number) + ranking.headingCover * mass * cover;
    }
    headings.clear();
  }

  /** What a paragraph's score can count at most, were it not lowered. */
  get #mostShare(): number {
    const { paragraphShare, recurringShare } = this.#index.ranking;
    return paragraphShare * Math.max(1, recurringShare);
  }

  /** The most that an article can earn, but for word order: its best heading is no more than all of them. */
  #bound(article: number, ranking: Ranking): number {
    const mass = ranking.masses.paragraph;
    const { headingCover } = this.#index.ranking;
    const { articles, bounds, headingMasses } = this.scores;
    const inHeadings = headingMasses[article] as number;
    const heading = inHeadings === 0 ? 0 : headingCover * mass * coverOf(shareOf(inHeadings, mass), 1);
    const whole = (articles[article] as number) + this.#mostShare * ((bounds[article] as number) + heading);
    return factorOf(article, ranking) * whole;
  }

  /** The most that an article can earn: no pair of words stands in it that has not both of them. */
  #fullBound(article: number, ranking: Ranking): number {
    const { masses, order } = ranking;
    const { wordOrder } = this.#index.ranking;
    const most = wordOrder * masses.paragraph * orderOf(order.possible(article), order.pairs);
    return this.#bound(article, ranking) + factorOf(article, ranking) * this.#mostShare * most;
  }

  /** `articles` ascending. */
  #top(ranking: Ranking, articles: Uint32Array, limit: number): Uint32Array {
    const keys = this.#arrays.scoreKeys;
    for (let i = 0; i < articles.length; i++) keys[i] = this.score(articles[i] as number, ranking);
    return topByKey(articles, keys, limit);
  }

  /** The best of those before and of `more`, ascending, as many as before. */
  #withMore(ranking: Ranking, best: Uint32Array, more: Uint32Array): Uint32Array {
    this.scoreParagraphs(ranking, more);
    return this.#top(ranking, joined(best.slice().sort(), more), best.length);
  }

  /** The articles that were not looked into and can be among the best. */
  #others({ ranking, best, done }: LookedInto, articles: Uint32Array): Uint32Array {
    const { wordOrder } = this.#index.ranking;
    const threshold = this.score(best[best.length - 1] as number, ranking);
    const { masses, order } = ranking;
    const most = this.#mostShare * wordOrder * masses.paragraph * orderOf(order.pairs, order.pairs);
    const others = this.#arrays.otherArticles;
    let next = 0;
    for (let i = 0; i < articles.length; i++) {
      const article = articles[i] as number;
      // Which pairs are possible is asked only of those that word order can help.
      const bound = this.#bound(article, ranking) + factorOf(article, ranking) * most;
      if (bound * roundingSlack < threshold || has(done, article)) continue;
      if (order.pairs > 0 && this.#fullBound(article, ranking) * roundingSlack < threshold) continue;
      others[next++] = article;
    }
    return others.slice(0, next);
  }
}

function factorOf(article: number, { factors }: Ranking): number {
  return factors === null ? 1 : (factors[article] as number);
}

interface LookedInto {
  readonly ranking: Ranking;
  /** The best so far, best first. */
  readonly best: Uint32Array;
  readonly done: BitSet;
}

/** In [0, 1]: sums of the same numbers in another order may be a bit too large, and a word may count twice. */
function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}

function addAll(set: BitSet, articles: Uint32Array): void {
  for (const article of articles) addTo(set, article);
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
