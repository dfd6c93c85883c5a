/**
 * The engine on an open snapshot. A query's way through it: score the leaves, match the tree and the filters, count
 * facets, add the leaves up per article, keep the best. Exhaustive and exact; the hot loops are in `score-leaf.ts`.
 */
import type { ArticleOrdinal, ParagraphOrdinal } from '../../domain/ids.ts';
import { type FacetName, facetNames, type PlanNode } from '../../domain/plan.ts';
import { paragraphShare } from '../../domain/ranking.ts';
import type { ArticleHit, EngineAnswer, EngineRequest, EngineStatus, ParagraphMatch, SearchEngine } from '../engine.ts';
import { CorpusStatistics } from './corpus-statistics.ts';
import { countFacet, type FacetCount, passing } from './count-facets.ts';
import { EmbeddedDictionary } from './embedded-dictionary.ts';
import { type ArticleMask, matchFilter, matchNode } from './match-articles.ts';
import type { OpenedSnapshot } from './open-snapshot.ts';
import { LeafScorer, type LeafScores } from './score-leaf.ts';
import type { Segment } from './segment.ts';
import { noDay } from './segment-format.ts';

export class EmbeddedEngine implements SearchEngine {
  readonly dictionary: EmbeddedDictionary;
  readonly #snapshot: OpenedSnapshot;
  readonly #segment: Segment;
  readonly #scorer: LeafScorer;
  readonly #paragraphScores: Float64Array;
  readonly #articleScores: Float64Array;

  constructor(snapshot: OpenedSnapshot) {
    this.#snapshot = snapshot;
    this.#segment = snapshot.segment;
    this.dictionary = new EmbeddedDictionary(snapshot.segment);
    this.#scorer = new LeafScorer(snapshot.segment, new CorpusStatistics(snapshot.segment));
    this.#paragraphScores = new Float64Array(snapshot.segment.header.paragraphs);
    this.#articleScores = new Float64Array(snapshot.segment.header.articles);
  }

  async execute(request: EngineRequest, signal?: AbortSignal): Promise<EngineAnswer> {
    signal?.throwIfAborted();
    let isPartial = false;
    const isLate = () => {
      isPartial ||= performance.now() > request.deadline;
      return isPartial;
    };
    const { plan } = request;
    const leaves = plan.leaves.map((leaf) => this.#scorer.score(leaf, plan.groups, isLate));
    const matched = matchNode(plan.root, leaves, this.#segment);
    const filters = request.filters.map((filter) => ({ filter, mask: matchFilter(filter, this.#segment) }));
    const mask = passing(matched, filters, null);
    const facets = Object.fromEntries(
      facetNames.map((facet): [FacetName, FacetCount[]] => [
        facet,
        request.facets.includes(facet) ? countFacet(this.#segment, facet, passing(matched, filters, facet)) : [],
      ]),
    ) as Record<FacetName, FacetCount[]>;

    const scoring = [...scoringLeaves(plan.root)].sort((a, b) => a - b);
    const articles = maskedArticles(mask);
    const total = { count: articles.length, isExact: !isPartial };
    this.#addUp(scoring, leaves);
    const best = this.#sort(articles, request.sort).slice(request.offset, request.offset + request.limit);
    const hits = best.map((article) => this.#hit(article, scoring, leaves));
    this.#clear(scoring, leaves);
    return { hits, total, facets, isPartial };
  }

  async status(): Promise<EngineStatus> {
    const { articles, paragraphs, terms } = this.#segment.header;
    return { build: this.#snapshot.manifest.build, articles, paragraphs, terms };
  }

  async close(): Promise<void> {
    // The segment is memory alone; the texts are closed by the article store.
  }

  #addUp(scoring: readonly number[], leaves: readonly LeafScores[]): void {
    for (const leaf of scoring) {
      const { articles, articleScores, paragraphs, paragraphScores } = leaves[leaf] as LeafScores;
      add(this.#articleScores, articles, articleScores);
      add(this.#paragraphScores, paragraphs, paragraphScores);
    }
  }

  #clear(scoring: readonly number[], leaves: readonly LeafScores[]): void {
    for (const leaf of scoring) {
      const { articles, paragraphs } = leaves[leaf] as LeafScores;
      for (const article of articles) this.#articleScores[article] = 0;
      for (const paragraph of paragraphs) this.#paragraphScores[paragraph] = 0;
    }
  }

  #score(article: number): number {
    const { articleStarts } = this.#segment.sections;
    const end = articleStarts[article + 1] as number;
    let best = 0;
    for (let paragraph = articleStarts[article] as number; paragraph < end; paragraph++) {
      best = Math.max(best, this.#paragraphScores[paragraph] as number);
    }
    return (this.#articleScores[article] as number) + paragraphShare * best;
  }

  #sort(articles: readonly number[], sort: EngineRequest['sort']): readonly number[] {
    const keys = new Float64Array(this.#segment.header.articles);
    const { articleDays } = this.#segment.sections;
    for (const article of articles) {
      const day = articleDays[article] as number;
      if (sort === 'relevance') keys[article] = this.#score(article);
      else keys[article] = day === noDay ? Number.NEGATIVE_INFINITY : sort === 'newest' ? day : -day;
    }
    return [...articles].sort((a, b) => {
      const left = keys[a] as number;
      const right = keys[b] as number;
      return left === right ? a - b : right - left;
    });
  }

  #hit(article: number, scoring: readonly number[], leaves: readonly LeafScores[]): ArticleHit {
    const { articleStarts } = this.#segment.sections;
    const first = articleStarts[article] as number;
    const end = articleStarts[article + 1] as number;
    const held = new Map<number, number[]>();
    for (const leaf of scoring) {
      const { paragraphs } = leaves[leaf] as LeafScores;
      for (let i = lowerBound(paragraphs, first); i < paragraphs.length && (paragraphs[i] as number) < end; i++) {
        const paragraph = paragraphs[i] as number;
        const known = held.get(paragraph);
        if (known === undefined) held.set(paragraph, [leaf]);
        else known.push(leaf);
      }
    }
    const paragraphs = Array.from(
      held,
      ([paragraph, leavesHeld]): ParagraphMatch => ({
        paragraph: paragraph as ParagraphOrdinal,
        score: this.#paragraphScores[paragraph] as number,
        leaves: leavesHeld,
      }),
    );
    paragraphs.sort((a, b) => b.score - a.score || a.paragraph - b.paragraph);
    return {
      article: article as ArticleOrdinal,
      score: this.#score(article),
      leaves: scoring.filter((leaf) => includes((leaves[leaf] as LeafScores).articles, article)),
      paragraphs,
    };
  }
}

/** The leaves that are asked for, not those that are excluded. */
function* scoringLeaves(node: PlanNode): Generator<number> {
  if (node.kind === 'leaf') yield node.leaf;
  else if (node.kind === 'all' || node.kind === 'any' || node.kind === 'some') {
    for (const child of node.nodes) yield* scoringLeaves(child);
  }
}

function maskedArticles(mask: ArticleMask): number[] {
  const articles: number[] = [];
  mask.forEach((bit, article) => {
    if (bit === 1) articles.push(article);
  });
  return articles;
}

function add(into: Float64Array, places: Uint32Array, values: Float64Array): void {
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    into[place] = (into[place] as number) + (values[i] as number);
  }
}

/** First index whose number is not below `value`. */
function lowerBound(ascending: Uint32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function includes(ascending: Uint32Array, value: number): boolean {
  return ascending[lowerBound(ascending, value)] === value;
}
