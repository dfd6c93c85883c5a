/**
 * The engine on an open snapshot. A query's way through it: evaluate the leaves on articles, match the tree and the
 * filters, count facets, choose the articles that can be among the best, and only of these look into paragraphs. Totals
 * and scores are exact: what is left out is proven not to be among the best.
 */
import { setTimeout } from 'node:timers/promises';
import type { ArticleOrdinal, ParagraphOrdinal } from '../../domain/ids.ts';
import type { Leaf, PlanNode } from '../../domain/plan.ts';
import type {
  ArticleHit,
  Cancellation,
  EngineAnswer,
  EngineRequest,
  EngineStatus,
  ParagraphMatch,
  SearchEngine,
} from '../engine.ts';
import { type BitSet, fullSet, has, intersectWith, members } from './bit-set.ts';
import { Clock } from './clock.ts';
import { countFacets, type EvaluatedFilters, passing } from './count-facets.ts';
import { EmbeddedDictionary } from './embedded-dictionary.ts';
import { LeafEvaluator, type LeafMatch, type Scoring } from './evaluate-leaf.ts';
import { costOf, type IndexedGroup } from './group-reader.ts';
import { matchFilter, matchNode } from './match-articles.ts';
import type { OpenedSnapshot } from './open-snapshot.ts';
import type { OpenedIndex } from './opened-index.ts';
import { prefixesToKeep, prefixFrequencies } from './prefix-frequencies.ts';
import { RankedArticles, type Ranking } from './rank-articles.ts';
import { SearchMemory } from './search-memory.ts';

/** Between two steps of warming up, each of which takes about as long: searches come first. */
const pauseMs = 20;

export class EmbeddedEngine implements SearchEngine {
  readonly dictionary: EmbeddedDictionary;
  readonly #manifest: OpenedSnapshot['manifest'];
  readonly #index: OpenedIndex;
  readonly #evaluator: LeafEvaluator;
  readonly #ranked: RankedArticles;

  /** `index` is that of the snapshot's segments; `memory` that of all engines of the thread. */
  constructor(manifest: OpenedSnapshot['manifest'], index: OpenedIndex, memory = new SearchMemory()) {
    this.#manifest = manifest;
    this.#index = index;
    this.dictionary = new EmbeddedDictionary(index);
    const arrays = memory.reserve(index.articleNumbers, index.paragraphNumbers);
    this.#evaluator = new LeafEvaluator(index, arrays);
    this.#ranked = new RankedArticles(index, arrays);
    // Made now, not when the first visitor needs them.
    void index.facets;
    void index.paragraphNorms;
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
    return { build, articles, paragraphs, terms };
  }

  async close(): Promise<void> {
    // The segments are memory alone; the texts are closed by the article store.
  }

  #execute(request: EngineRequest, clock: Clock): EngineAnswer {
    const { plan } = request;
    const scoring = [...new Set(scoringLeaves(plan.root))].sort((a, b) => a - b);
    const filters = request.filters.map((filter) => ({ filter, articles: matchFilter(filter, this.#index) }));
    const leaves = this.#evaluateLeaves(request, scoring, { filters, clock });
    const articlesOf = leaves.map(({ articles }) => articles);
    const matched = matchNode(plan.root, articlesOf, this.#index);
    if (this.#index.live !== null) intersectWith(matched, this.#index.live);
    const facets = countFacets(request, this.#index.facets, { matched, filters });
    const articles = members(passing(matched, filters, null));
    const ranking = { articles, leaves: scoring.map((leaf) => leaves[leaf] as LeafMatch) };
    const best = this.#best(request, ranking);
    return {
      hits: Array.from(best, (article) => this.#hit(article, scoring, articlesOf)),
      total: { count: articles.length, isExact: !clock.wasLate },
      facets,
      isPartial: clock.wasLate,
    };
  }

  /**
   * Where few articles of a leaf may be needed, the shortest lists are read first: of the longer ones only what still
   * matches is written down, and scored once it is known what does.
   */
  #evaluateLeaves(request: EngineRequest, scoring: readonly number[], { filters, clock }: Evaluating): LeafMatch[] {
    const { groups, leaves, root } = request.plan;
    const resolved = groups.map((group) => this.#evaluator.resolve(group));
    const wanted =
      needsFew(request) && scoring.length <= leavesScoredLater
        ? passing(fullSet(this.#index.articleNumbers), filters, null)
        : null;
    const required = root.kind === 'all' ? root.nodes.flatMap((node) => (node.kind === 'leaf' ? [node.leaf] : [])) : [];
    const order = leaves.map((leaf, number) => ({ number, cost: wanted === null ? 0 : costOfLeaf(leaf, resolved) }));
    order.sort((a, b) => a.cost - b.cost);
    const matches: LeafMatch[] = [];
    for (const { number } of order) {
      const place = scoring.indexOf(number);
      const how: Scoring =
        wanted === null ? { when: 'now', scores: this.#ranked.scores } : { when: 'later', place, wanted };
      const leaf = leaves[number] as Leaf;
      const match = this.#evaluator.evaluate(leaf, resolved, { scoring: place < 0 ? null : how, clock });
      matches[number] = match;
      if (wanted !== null && required.includes(number)) intersectWith(wanted, match.articles);
    }
    return matches;
  }

  /** The articles of the page that is asked for. */
  #best({ sort, offset, limit }: EngineRequest, ranking: Ranking): Uint32Array {
    if (sort === 'relevance') {
      this.#ranked.scoreArticles(ranking, ranking.articles);
      return this.#ranked.best(ranking, offset + limit).subarray(offset);
    }
    const best = this.#ranked.byDate(ranking, sort, offset + limit).subarray(offset);
    this.#ranked.scoreArticles(ranking, best);
    this.#ranked.scoreParagraphs(ranking, best);
    return best;
  }

  #hit(article: number, scoring: readonly number[], articlesOf: readonly BitSet[]): ArticleHit {
    return {
      article: article as ArticleOrdinal,
      score: this.#ranked.score(article),
      leaves: scoring.filter((leaf) => has(articlesOf[leaf] as BitSet, article)),
      paragraphs: this.#paragraphs(article, scoring),
    };
  }

  #paragraphs(article: number, scoring: readonly number[]): ParagraphMatch[] {
    const end = this.#index.paragraphEnds[article] as number;
    const paragraphs: ParagraphMatch[] = [];
    for (let paragraph = this.#index.paragraphStarts[article] as number; paragraph < end; paragraph++) {
      const leaves = scoring.filter((_, place) => this.#ranked.holds(place, paragraph));
      if (leaves.length === 0) continue;
      paragraphs.push({
        paragraph: paragraph as ParagraphOrdinal,
        score: this.#ranked.paragraphScore(paragraph),
        leaves,
      });
    }
    return paragraphs.sort((a, b) => b.score - a.score || a.paragraph - b.paragraph);
  }
}

/** More leaves than these are scored as they are found: what is written down of each takes room. */
const leavesScoredLater = 8;

/** Whether most articles of a leaf may turn out not to be needed. */
function needsFew({ plan: { root }, filters, sort }: EngineRequest): boolean {
  return filters.length > 0 || sort !== 'relevance' || (root.kind === 'all' && root.nodes.length > 1);
}

interface Evaluating {
  readonly filters: EvaluatedFilters;
  readonly clock: Clock;
}

function costOfLeaf(leaf: Leaf, resolved: readonly IndexedGroup[]): number {
  const groups = leaf.kind === 'term' ? [leaf.group] : leaf.groups;
  return groups.reduce((total, group) => total + costOf(resolved[group] as IndexedGroup), 0);
}

/** The leaves that are asked for, not those that are excluded. */
function* scoringLeaves(node: PlanNode): Generator<number> {
  if (node.kind === 'leaf') yield node.leaf;
  else if (node.kind === 'all' || node.kind === 'any' || node.kind === 'some') {
    for (const child of node.nodes) yield* scoringLeaves(child);
  }
}
