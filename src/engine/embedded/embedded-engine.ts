/**
 * The engine on an open snapshot. A query's way through it: evaluate the leaves, match the tree and the filters, count
 * facets, keep the best articles. Exact: every match is counted and scored; the hot loops are in `evaluate-leaf.ts`.
 */
import type { ArticleOrdinal, ParagraphOrdinal } from '../../domain/ids.ts';
import { type FacetName, facetNames, type PlanNode } from '../../domain/plan.ts';
import { paragraphShare } from '../../domain/ranking.ts';
import type {
  ArticleHit,
  Cancellation,
  EngineAnswer,
  EngineRequest,
  EngineStatus,
  ParagraphMatch,
  SearchEngine,
} from '../engine.ts';
import { type BitSet, has, members } from './bit-set.ts';
import { CorpusStatistics } from './corpus-statistics.ts';
import { countFacet, type EvaluatedFilters, type FacetCount, passing } from './count-facets.ts';
import { EmbeddedDictionary } from './embedded-dictionary.ts';
import { LeafEvaluator, type LeafMatch, type Scores } from './evaluate-leaf.ts';
import { matchFilter, matchNode } from './match-articles.ts';
import { type OpenedSnapshot, onlySegment } from './open-snapshot.ts';
import type { Segment } from './segment.ts';
import { noDay } from './segment-format.ts';
import { topByKey } from './top-articles.ts';

export class EmbeddedEngine implements SearchEngine {
  readonly dictionary: EmbeddedDictionary;
  readonly #snapshot: OpenedSnapshot;
  readonly #segment: Segment;
  readonly #evaluator: LeafEvaluator;
  readonly #scores: Scores;

  constructor(snapshot: OpenedSnapshot) {
    this.#snapshot = snapshot;
    const { segment } = onlySegment(snapshot);
    this.#segment = segment;
    this.dictionary = new EmbeddedDictionary(segment);
    this.#evaluator = new LeafEvaluator(segment, new CorpusStatistics(segment));
    const { articles, paragraphs } = segment.header;
    this.#scores = { articles: new Float64Array(articles), paragraphs: new Float64Array(paragraphs) };
  }

  async execute(request: EngineRequest, signal?: Cancellation): Promise<EngineAnswer> {
    signal?.throwIfAborted();
    try {
      const answer = this.#execute(request, signal);
      signal?.throwIfAborted();
      return answer;
    } finally {
      this.#scores.articles.fill(0);
      this.#scores.paragraphs.fill(0);
    }
  }

  async status(): Promise<EngineStatus> {
    const { articles, paragraphs, terms } = this.#segment.header;
    return { build: this.#snapshot.manifest.build, articles, paragraphs, terms };
  }

  async close(): Promise<void> {
    // The segment is memory alone; the texts are closed by the article store.
  }

  #execute(request: EngineRequest, signal: Cancellation | undefined): EngineAnswer {
    const { plan } = request;
    const clock = openClock(request.deadline, signal);
    const scoring = [...new Set(scoringLeaves(plan.root))].sort((a, b) => a - b);
    const leaves = plan.leaves.map((leaf, index) =>
      this.#evaluator.evaluate(leaf, plan.groups, scoring.includes(index) ? this.#scores : null, clock.isLate),
    );
    const matched = matchNode(plan.root, leaves, this.#segment);
    const filters = request.filters.map((filter) => ({ filter, articles: matchFilter(filter, this.#segment) }));
    const facets = this.#countFacets(request, matched, filters);
    const articles = members(passing(matched, filters, null));
    const keys = this.#sortKeys(articles, request.sort);
    const best = topByKey(articles, keys, request.offset + request.limit).subarray(request.offset);
    return {
      hits: Array.from(best, (article) => this.#hit(article, scoring, leaves)),
      total: { count: articles.length, isExact: !clock.wasLate() },
      facets,
      isPartial: clock.wasLate(),
    };
  }

  #countFacets(
    { facets }: EngineRequest,
    matched: BitSet,
    filters: EvaluatedFilters,
  ): Record<FacetName, readonly FacetCount[]> {
    const count = (facet: FacetName) =>
      facets.includes(facet) ? countFacet(this.#segment, facet, passing(matched, filters, facet)) : [];
    return Object.fromEntries(facetNames.map((facet) => [facet, count(facet)])) as Record<FacetName, FacetCount[]>;
  }

  /** What the articles are sorted by, greatest first; beside `articles`. */
  #sortKeys(articles: Uint32Array, sort: EngineRequest['sort']): Float64Array {
    const keys = new Float64Array(articles.length);
    const { articleDays } = this.#segment.sections;
    for (let i = 0; i < articles.length; i++) {
      const article = articles[i] as number;
      if (sort === 'relevance') {
        keys[i] = this.#score(article);
        continue;
      }
      const day = articleDays[article] as number;
      keys[i] = day === noDay ? Number.NEGATIVE_INFINITY : sort === 'newest' ? day : -day;
    }
    return keys;
  }

  #score(article: number): number {
    const { articleStarts } = this.#segment.sections;
    const { articles, paragraphs } = this.#scores;
    const end = articleStarts[article + 1] as number;
    let best = 0;
    for (let paragraph = articleStarts[article] as number; paragraph < end; paragraph++) {
      const score = paragraphs[paragraph] as number;
      if (score > best) best = score;
    }
    return (articles[article] as number) + paragraphShare * best;
  }

  #hit(article: number, scoring: readonly number[], leaves: readonly LeafMatch[]): ArticleHit {
    const { articleStarts } = this.#segment.sections;
    const end = articleStarts[article + 1] as number;
    const paragraphs: ParagraphMatch[] = [];
    for (let paragraph = articleStarts[article] as number; paragraph < end; paragraph++) {
      const held = scoring.filter((leaf) => has((leaves[leaf] as LeafMatch).paragraphs, paragraph));
      if (held.length === 0) continue;
      const score = this.#scores.paragraphs[paragraph] as number;
      paragraphs.push({ paragraph: paragraph as ParagraphOrdinal, score, leaves: held });
    }
    paragraphs.sort((a, b) => b.score - a.score || a.paragraph - b.paragraph);
    return {
      article: article as ArticleOrdinal,
      score: this.#score(article),
      leaves: scoring.filter((leaf) => has((leaves[leaf] as LeafMatch).articles, article)),
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

/** Late is also what nobody waits for any more. */
function openClock(
  deadline: number,
  signal: Cancellation | undefined,
): { readonly isLate: () => boolean; readonly wasLate: () => boolean } {
  let late = false;
  return {
    isLate: () => {
      late ||= performance.now() > deadline || signal?.aborted === true;
      return late;
    },
    wasLate: () => late,
  };
}
