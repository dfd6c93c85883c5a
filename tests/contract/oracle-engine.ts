/**
 * The slow, obviously right engine: the definitions of `src/domain/plan.ts`, `src/domain/ranking.ts` and
 * `src/engine/engine.ts` in naive loops over prepared articles in memory. Every other engine is held to it.
 * It shares nothing with them but the domain and the analyzer, and knows no bytes, no index and no shortcut.
 */
import type { ArticleData } from '../../src/domain/article.ts';
import type { ArticleOrdinal, BuildId, ParagraphOrdinal } from '../../src/domain/ids.ts';
import {
  type FacetName,
  facetNames,
  type Leaf,
  type Plan,
  type PlanNode,
  wantedLeaves,
} from '../../src/domain/plan.ts';
import type {
  ArticleHit,
  EngineAnswer,
  EngineRequest,
  EngineStatus,
  ParagraphMatch,
  SearchEngine,
  TermDictionary,
} from '../../src/engine/engine.ts';
import type { Searchable } from '../../src/searchable.ts';
import { compareText, OracleDictionary, statisticsOf } from './oracle/dictionary.ts';
import { facetValues, passes } from './oracle/filters.ts';
import { frequencyIn, sum } from './oracle/leaves.ts';
import { leavesThatScore, OracleScores } from './oracle/scores.ts';
import { OracleStore } from './oracle/store.ts';
import { type IndexedText, indexTexts, type OracleArticle } from './oracle/texts.ts';
import { factorOf, weightUse } from './oracle-owners.ts';
import { findRecurringParagraphs } from './recurring-paragraphs.ts';

/** Opens prepared articles for searching, without writing anything anywhere. */
export function openOracle(articles: readonly OracleArticle[]): Searchable {
  const build = 'oracle' as BuildId;
  const recurring = findRecurringParagraphs(articles.map(({ paragraphs }) => paragraphs.map(({ text }) => text)));
  return {
    build,
    engine: new OracleEngine(articles, build, recurring.flat()),
    store: new OracleStore(articles, recurring),
  };
}

class OracleEngine implements SearchEngine {
  readonly dictionary: TermDictionary;
  readonly #articles: readonly OracleArticle[];
  readonly #build: BuildId;
  readonly #texts: readonly IndexedText[];
  readonly #paragraphs: number;
  readonly #recurring: readonly boolean[];
  readonly #scores: OracleScores;

  /** `recurring`: for each paragraph of all articles, whether it recurs. */
  constructor(articles: readonly OracleArticle[], build: BuildId, recurring: readonly boolean[]) {
    this.#articles = articles;
    this.#build = build;
    this.#texts = indexTexts(articles);
    this.#paragraphs = articles.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0);
    this.#recurring = recurring;
    const totals = { article: articles.length, paragraph: this.#paragraphs };
    this.#scores = new OracleScores(this.#texts, totals, recurring);
    this.dictionary = new OracleDictionary(articles, this.#texts);
  }

  async execute(request: EngineRequest, signal?: AbortSignal): Promise<EngineAnswer> {
    signal?.throwIfAborted();
    const { plan, filters, sort, offset, limit } = request;
    const isPartial = plan.leaves.length > 0 && performance.now() > request.deadline;
    const matched = isPartial ? [] : this.#everyArticle().filter((article) => this.#matches(plan.root, article, plan));
    const pinned = [...new Set(request.pinned ?? [])].filter((article) => this.#articles[article] !== undefined);
    const matching = this.#everyArticle().filter((article) => matched.includes(article) || isAmong(pinned, article));
    const listed = matching.filter((article) => filters.every((filter) => passes(this.#data(article), filter)));
    const allWords = listed.filter(
      (article) => matched.includes(article) && this.#matches(askingForAll(plan.root), article, plan),
    ).length;
    const byOrder = listed.map((article) => this.#hit(article, request)).sort((a, b) => this.#compare(a, b, sort));
    const hits = sort === 'relevance' ? withFirst(pinned, byOrder) : byOrder;
    const facets = Object.fromEntries(
      facetNames.map((facet) => [facet, request.facets.includes(facet) ? this.#count(facet, matching, request) : []]),
    ) as unknown as EngineAnswer['facets'];
    return {
      hits: hits.slice(offset, offset + limit),
      total: { count: hits.length, allWords, isExact: !isPartial },
      facets,
      isPartial,
    };
  }

  async status(): Promise<EngineStatus> {
    const { terms } = statisticsOf(this.#articles, this.#texts);
    return {
      build: this.#build,
      articles: this.#articles.length,
      paragraphs: this.#paragraphs,
      terms: terms.length,
      weights: weightUse(this.#allData()),
    };
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #everyArticle(): number[] {
    return this.#articles.map((_, article) => article);
  }

  #data(article: number): ArticleData {
    return (this.#articles[article] as OracleArticle).data;
  }

  #allData(): ArticleData[] {
    return this.#articles.map(({ data }) => data);
  }

  #matches(node: PlanNode, article: number, plan: Plan): boolean {
    switch (node.kind) {
      case 'everything':
      case 'score':
        return true;
      case 'leaf':
        return this.#holds(node.leaf, plan, (text) => text.article === article);
      case 'filter':
        return passes(this.#data(article), node.filter);
      case 'match':
        return this.#matches(node.node, article, plan);
      case 'not':
        return !this.#matches(node.node, article, plan);
      case 'all':
        return node.nodes.every((child) => this.#matches(child, article, plan));
      case 'any':
        return node.nodes.some((child) => this.#matches(child, article, plan));
      case 'enough': {
        const matched = node.nodes.filter((member) => this.#matches(member.node, article, plan));
        return matched.length > 0 && sum(matched.map(({ mass }) => mass)) >= node.minimum;
      }
    }
  }

  #holds(number: number, plan: Plan, isIn: (text: IndexedText) => boolean): boolean {
    return this.#texts.some((text) => isIn(text) && frequencyIn(text, plan.leaves[number] as Leaf, plan) > 0);
  }

  #hit(article: number, { plan, recency }: EngineRequest): ArticleHit {
    const wanted = [...new Set(wantedLeaves(plan.root))].sort((a, b) => a - b);
    const paragraphs = this.#paragraphsOf(article);
    return {
      article: article as ArticleOrdinal,
      score: this.#scores.article(article, paragraphs, plan) * factorOf(this.#data(article), this.#allData(), recency),
      leaves: wanted.filter((leaf) => this.#holds(leaf, plan, (text) => text.article === article)),
      paragraphs: this.#paragraphMatches(paragraphs, wanted, plan),
    };
  }

  #paragraphMatches(paragraphs: readonly number[], wanted: readonly number[], plan: Plan): ParagraphMatch[] {
    const told = leavesThatScore(plan).filter((leaf) => wanted.includes(leaf));
    const matches = paragraphs.map((paragraph) => ({
      paragraph: paragraph as ParagraphOrdinal,
      score: this.#scores.paragraph(paragraph, plan),
      leaves: told.filter((leaf) => this.#holds(leaf, plan, (text) => text.paragraph === paragraph)),
      isRecurring: this.#recurring[paragraph] as boolean,
    }));
    return matches
      .filter(({ leaves }) => leaves.length > 0)
      .sort((a, b) => Number(a.isRecurring) - Number(b.isRecurring) || b.score - a.score || a.paragraph - b.paragraph);
  }

  #paragraphsOf(article: number): number[] {
    const ofArticle = this.#texts.filter((text) => text.article === article && text.field === 'body');
    return ofArticle.map(({ paragraph }) => paragraph as number);
  }

  #count(facet: FacetName, matching: readonly number[], request: EngineRequest) {
    const others = request.filters.filter((filter) => !(filter.kind === 'facet' && filter.facet === facet));
    const counted = matching.filter((article) => others.every((filter) => passes(this.#data(article), filter)));
    const counts = new Map<string, number>();
    for (const article of counted) {
      for (const value of new Set(facetValues(this.#data(article), facet))) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const most = counted.length <= request.facetLimit ? counts.size : request.facetLimit;
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || compareText(a.value, b.value))
      .filter(({ value }, place) => place < most || (request.facetValues[facet] ?? []).includes(value));
  }

  #compare(a: ArticleHit, b: ArticleHit, sort: EngineRequest['sort']): number {
    const byDefault = a.article - b.article;
    if (sort === 'relevance') return b.score - a.score || byDefault;
    const left = this.#data(a.article).date;
    const right = this.#data(b.article).date;
    if (left === right) return byDefault;
    // Articles without a date come last, whichever end is first.
    if (left === null) return 1;
    if (right === null) return -1;
    return sort === 'newest' ? compareText(right, left) : compareText(left, right);
  }
}

function isAmong(pinned: readonly ArticleOrdinal[], article: number): boolean {
  return pinned.some((one) => one === article);
}

/** Those of the hits that are pinned in the order of the pins, and then the others as they are. */
function withFirst(pinned: readonly ArticleOrdinal[], hits: readonly ArticleHit[]): ArticleHit[] {
  const first = pinned.flatMap((article) => hits.filter((hit) => hit.article === article));
  return [...first, ...hits.filter((hit) => !first.includes(hit))];
}

/** The tree with each `enough` asking for all of its nodes, at least one: what matches both trees has all the words. */
function askingForAll(node: PlanNode): PlanNode {
  switch (node.kind) {
    case 'enough':
      if (node.nodes.length === 0) return node;
      return { kind: 'all', nodes: node.nodes.map((member) => askingForAll(member.node)) };
    case 'all':
    case 'any':
      return { kind: node.kind, nodes: node.nodes.map(askingForAll) };
    case 'not':
    case 'match':
      return { kind: node.kind, node: askingForAll(node.node) };
    default:
      return node;
  }
}
