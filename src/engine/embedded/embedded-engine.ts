/**
 * The engine on an open snapshot. A query's way through it: evaluate the leaves on articles, match the tree and the
 * filters, count facets, choose the articles that can be among the best, and only of these look into paragraphs. Totals
 * and scores are exact: what is left out is proven not to be among the best.
 */
import { setTimeout } from 'node:timers/promises';
import type { ArticleOrdinal, ParagraphOrdinal } from '../../domain/ids.ts';
import { excludedLeaves, type Leaf, type Plan, type PlanNode, scoringLeaves, wantedLeaves } from '../../domain/plan.ts';
import type {
  ArticleHit,
  Cancellation,
  EngineAnswer,
  EngineRequest,
  EngineStatus,
  ParagraphMatch,
  SearchEngine,
} from '../engine.ts';
import { addTo, type BitSet, count, emptySet, fullSet, has, intersectWith, members } from './bit-set.ts';
import { Clock } from './clock.ts';
import { countFacets, type EvaluatedFilters, passing } from './count-facets.ts';
import { EmbeddedDictionary } from './embedded-dictionary.ts';
import { LeafEvaluator, type LeafMatch, type Scoring } from './evaluate-leaf.ts';
import type { IndexedGroup } from './group-reader.ts';
import { orderLeaves, requiredLeaves } from './leaf-order.ts';
import { matchFilter, matchTree } from './match-articles.ts';
import type { OpenedSnapshot } from './open-snapshot.ts';
import type { OpenedIndex } from './opened-index.ts';
import { prefixesToKeep, prefixFrequencies } from './prefix-frequencies.ts';
import { type Pruning, RankedArticles, type Ranking } from './rank-articles.ts';
import { SearchMemory } from './search-memory.ts';
import { WordOrder } from './word-order.ts';

/** Between two steps of warming up, each of which takes about as long: searches come first. */
const pauseMs = 20;

export class EmbeddedEngine implements SearchEngine {
  readonly dictionary: EmbeddedDictionary;
  readonly #manifest: OpenedSnapshot['manifest'];
  readonly #index: OpenedIndex;
  readonly #evaluator: LeafEvaluator;
  readonly #ranked: RankedArticles;

  /**
   * `index` is that of the snapshot's segments; `memory` that of all engines of the thread. `pruning` changes what is
   * looked into, never what is found.
   */
  constructor(
    manifest: OpenedSnapshot['manifest'],
    index: OpenedIndex,
    { memory = new SearchMemory(), pruning }: { readonly memory?: SearchMemory; readonly pruning?: Pruning } = {},
  ) {
    this.#manifest = manifest;
    this.#index = index;
    this.dictionary = new EmbeddedDictionary(index);
    const arrays = memory.reserve(index.articleNumbers, index.paragraphNumbers);
    this.#evaluator = new LeafEvaluator(index, arrays, index.ranking);
    this.#ranked = new RankedArticles(index, arrays, pruning);
    // Made now, not when the first visitor needs them.
    void index.facets;
    void index.factors;
    void index.paragraphNorms;
    void index.recurringParagraphs;
  }

  async execute(request: EngineRequest, signal?: Cancellation): Promise<EngineAnswer> {
    signal?.throwIfAborted();
    try {
      const answer = this.#execute(request, new Clock(request.deadline, signal));
      signal?.throwIfAborted();
      return answer;
    } catch (error) {
      this.#evaluator.clear();
      this.#ranked.clearAll();
      throw error;
    } finally {
      this.#ranked.clear();
    }
  }

  /** Prepares misspellings and counts common beginnings of words, letting others have their turn in between. */
  async warmUp(signal: AbortSignal): Promise<void> {
    for (const { segment } of this.#index.parts) {
      segment.terms.prepareBranches();
      segment.commonTerms.prepareBranches();
      for (const range of prefixesToKeep(segment)) {
        await setTimeout(pauseMs);
        if (signal.aborted) return;
        prefixFrequencies(segment, range);
      }
    }
  }

  async status(): Promise<EngineStatus> {
    const { articles, build, paragraphs, terms } = this.#manifest;
    return { build, articles, paragraphs, terms, weights: this.#index.factors.weights };
  }

  async close(): Promise<void> {
    // The segments are memory alone; the texts are closed by the article store.
  }

  #execute(request: EngineRequest, clock: Clock): EngineAnswer {
    const { plan } = request;
    const scoring = ascending(scoringLeaves(plan.root));
    const groups = plan.groups.map((group) => this.#evaluator.resolve(group));
    const filters = request.filters.map((filter) => ({ filter, articles: matchFilter(filter, this.#index) }));
    const known = this.#known(request.pinned ?? []);
    const pinned = known.filter((article) => filters.every(({ articles }) => has(articles, article)));
    const leaves = this.#evaluateLeaves(request, scoring, { groups, filters, pinned, clock });
    const articlesOf = leaves.map((leaf) => leaf?.articles ?? null);
    const matching = { index: this.#index, leaves: articlesOf };
    const wanted = ascending(wantedLeaves(plan.root));
    // Time may have run out before any leaf was begun: then nothing is known to match.
    const isAnswered = wanted.length === 0 || wanted.some((leaf) => leaves[leaf] !== null);
    const match = (wantsAllWords: boolean) =>
      isAnswered
        ? this.#living(matchTree(plan.root, { ...matching, wantsAllWords }))
        : emptySet(this.#index.articleNumbers);
    const found = match(false);
    const matched = known.length === 0 ? found : found.slice();
    for (const article of known) addTo(matched, article);
    const facets = countFacets(request, this.#index.facets, { matched, filters });
    const articles = members(passing(matched, filters, null));
    const ranking = {
      articles,
      factors: this.#index.factors.of(request.recency ?? null),
      leaves: scoring.flatMap((leaf) => leaves[leaf] ?? []),
      masses: addMasses(scoring.flatMap((leaf) => leaves[leaf] ?? [])),
      order: new WordOrder(
        { neighbours: plan.neighbours, groups, articlesOf: byGroup(plan, articlesOf) },
        this.#index,
        clock,
      ),
    };
    const best = this.#best(request, ranking, pinned);
    const isSame = pinned.length === 0 && !hasEnough(plan.root);
    const allWords = isSame ? articles.length : this.#countAllWords(match(true), found, filters);
    const shown = { ranking, scoring: scoring.filter((leaf) => leaves[leaf] !== null), wanted, articlesOf };
    return {
      hits: Array.from(best, (article) => this.#hit(article, shown)),
      total: { count: articles.length, allWords, isExact: !clock.wasLate },
      facets,
      isPartial: clock.wasLate,
    };
  }

  /** Of what matches, how many match as well where all words are wanted. */
  #countAllWords(withAll: BitSet, matched: BitSet, filters: EvaluatedFilters): number {
    intersectWith(withAll, matched);
    return count(passing(withAll, filters, null));
  }

  /** Those of the articles that are there, each once. */
  #known(articles: readonly ArticleOrdinal[]): readonly ArticleOrdinal[] {
    const { live } = this.#index;
    return [...new Set(articles)].filter(
      (article) => this.#index.has(article) && (live === null || has(live, article)),
    );
  }

  #living(articles: BitSet): BitSet {
    if (this.#index.live !== null) intersectWith(articles, this.#index.live);
    return articles;
  }

  /**
   * Evaluates the leaves: first those that are excluded, then those that only match, then the rarest, so that a search that
   * runs out of time has them. Null for a leaf that was not begun in time, and for an excluded one that was not read to its end. Where few articles of a leaf may be needed, of the longer lists only what
   * still matches is written down, and scored once it is known what does.
   */
  #evaluateLeaves(request: EngineRequest, scoring: readonly number[], evaluating: Evaluating): (LeafMatch | null)[] {
    const { groups, filters, pinned, clock } = evaluating;
    const { leaves, root } = request.plan;
    const required = requiredLeaves(root);
    const wanted =
      needsFew(request, required) && scoring.length <= leavesScoredLater
        ? passing(fullSet(this.#index.articleNumbers), filters, null)
        : null;
    const excluded = new Set(excludedLeaves(root));
    const matches: (LeafMatch | null)[] = [];
    for (const number of orderLeaves(leaves, groups, { excluded, scoring })) {
      if (clock.isLate()) {
        matches[number] = null;
        continue;
      }
      const place = scoring.indexOf(number);
      const how: Scoring =
        wanted === null ? { when: 'now', scores: this.#ranked.scores } : { when: 'later', place, wanted };
      const leaf = leaves[number] as Leaf;
      const match = this.#evaluator.evaluate(leaf, groups, { scoring: place < 0 ? null : how, clock });
      matches[number] = excluded.has(number) && clock.wasLate ? null : match;
      if (wanted === null || !required.has(number)) continue;
      intersectWith(wanted, match.articles);
      // They are shown whether they match or not, with the score of any other article.
      for (const article of pinned) addTo(wanted, article);
    }
    return matches;
  }

  /** The articles of the page that is asked for. */
  #best({ sort, offset, limit }: EngineRequest, ranking: Ranking, pinned: readonly number[]): Uint32Array {
    if (sort === 'relevance') {
      this.#ranked.scoreArticles(ranking, ranking.articles);
      const first = Uint32Array.from(pinned.slice(offset, offset + limit));
      if (first.length > 0) this.#ranked.scoreParagraphs(ranking, first.slice().sort());
      const others = pinned.length === 0 ? ranking : { ...ranking, articles: without(ranking.articles, pinned) };
      const end = Math.max(0, offset + limit - pinned.length);
      const best = this.#ranked.best(others, end).subarray(Math.max(0, offset - pinned.length));
      return first.length === 0 ? best : Uint32Array.from([...first, ...best]);
    }
    const best = this.#ranked.byDate(ranking, sort, offset + limit).subarray(offset);
    this.#ranked.scoreArticles(ranking, best);
    this.#ranked.scoreParagraphs(ranking, best);
    return best;
  }

  #hit(article: number, { ranking, scoring, wanted, articlesOf }: ShownLeaves): ArticleHit {
    return {
      article: article as ArticleOrdinal,
      score: this.#ranked.score(article, ranking),
      leaves: wanted.filter((leaf) => {
        const articles = articlesOf[leaf] ?? null;
        return articles !== null && has(articles, article);
      }),
      paragraphs: this.#paragraphs(article, scoring, wanted),
    };
  }

  #paragraphs(article: number, scoring: readonly number[], wanted: readonly number[]): ParagraphMatch[] {
    const end = this.#index.paragraphEnds[article] as number;
    const paragraphs: ParagraphMatch[] = [];
    for (let paragraph = this.#index.paragraphStarts[article] as number; paragraph < end; paragraph++) {
      const leaves = scoring.filter((leaf, place) => wanted.includes(leaf) && this.#ranked.holds(place, paragraph));
      if (leaves.length === 0) continue;
      paragraphs.push({
        paragraph: paragraph as ParagraphOrdinal,
        score: this.#ranked.paragraphScore(paragraph),
        leaves,
        isRecurring: this.#index.isRecurring(paragraph),
      });
    }
    return paragraphs.sort(
      (a, b) => Number(a.isRecurring) - Number(b.isRecurring) || b.score - a.score || a.paragraph - b.paragraph,
    );
  }
}

/** More leaves than these are scored as they are found: what is written down of each takes room. */
const leavesScoredLater = 8;

/** Whether most articles of a leaf may turn out not to be needed. */
function needsFew({ filters, sort }: EngineRequest, required: ReadonlySet<number>): boolean {
  return filters.length > 0 || sort !== 'relevance' || required.size > 0;
}

function hasEnough(node: PlanNode): boolean {
  if (node.kind === 'enough') return true;
  if (node.kind === 'not' || node.kind === 'match') return hasEnough(node.node);
  return (node.kind === 'all' || node.kind === 'any') && node.nodes.some(hasEnough);
}

interface Evaluating {
  /** The plan's. */
  readonly groups: readonly IndexedGroup[];
  readonly filters: EvaluatedFilters;
  /** Articles that are listed in any case. */
  readonly pinned: readonly number[];
  readonly clock: Clock;
}

interface ShownLeaves {
  readonly ranking: Ranking;
  readonly scoring: readonly number[];
  readonly wanted: readonly number[];
  readonly articlesOf: readonly (BitSet | null)[];
}

function without(articles: Uint32Array, left: readonly number[]): Uint32Array {
  const set = new Set(left);
  return articles.filter((article) => !set.has(article));
}

/** The articles of each group that is a leaf of its own; null for the others. */
function byGroup({ groups, leaves }: Plan, articlesOf: readonly (BitSet | null)[]): (BitSet | null)[] {
  const found: (BitSet | null)[] = groups.map(() => null);
  leaves.forEach((leaf, number) => {
    if (leaf.kind === 'term') found[leaf.group] = articlesOf[number] ?? null;
  });
  return found;
}

function addMasses(leaves: readonly LeafMatch[]): LeafMatch['masses'] {
  let article = 0;
  let paragraph = 0;
  for (const { masses } of leaves) {
    article += masses.article;
    paragraph += masses.paragraph;
  }
  return { article, paragraph };
}

function ascending(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
