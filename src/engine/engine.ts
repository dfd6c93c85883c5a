/**
 * The seam between a search and what executes it. Reading only; `index-build/` has the writing side.
 * Parsing, expansion, snippets and highlights stand above it, so that every engine obeys them.
 * Implementations: `embedded/` (an open snapshot), and in tests a slow and obviously right one.
 */
import type { ArticleData, Paragraph } from '../domain/article.ts';
import type { ArticleId, ArticleOrdinal, BuildId, ParagraphOrdinal, Term } from '../domain/ids.ts';
import type { Recency } from '../domain/owner-choices.ts';
import type { ArticleFilter, DocumentFrequency, FacetName, Plan } from '../domain/plan.ts';
import type { Sort } from '../domain/search-request.ts';

export interface EngineRequest {
  readonly plan: Plan;
  /** All must hold. One of kind `facet` is left out when that very facet is counted. */
  readonly filters: readonly ArticleFilter[];
  readonly sort: Sort;
  readonly offset: number;
  readonly limit: number;
  /**
   * Articles that come first in the order by relevance, in this order, each once, whether they match the plan or not; they count
   * in totals and facets. Filters hold for them as well. Their scores are those of any other article. Absent = none.
   */
  readonly pinned?: readonly ArticleOrdinal[];
  /** How much newer articles are favoured; null or absent = not at all. Weights of articles count in any case. */
  readonly recency?: Recency | null;
  /** The facets to count. */
  readonly facets: readonly FacetName[];
  /** How many values of a facet are answered, the most frequent ones; all where no more articles than that are counted; … */
  readonly facetLimit: number;
  /** … and these as well, where any article that matches has them. */
  readonly facetValues: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  /** `performance.now()` after which the engine stops and answers with `isPartial`. */
  readonly deadline: number;
}

export interface ParagraphMatch {
  readonly paragraph: ParagraphOrdinal;
  /** See `src/domain/ranking.ts`. */
  readonly score: number;
  /** Which leaves that are asked for and earn it holds in heading or body, ascending. */
  readonly leaves: readonly number[];
  /** Whether it recurs across articles: see `src/domain/recurrence.ts`. */
  readonly isRecurring: boolean;
}

export interface ArticleHit {
  readonly article: ArticleOrdinal;
  readonly score: number;
  /** Which leaves the article holds of those that are asked for (`wantedLeaves` in `src/domain/plan.ts`), ascending. */
  readonly leaves: readonly number[];
  /**
   * The paragraphs that hold any leaf that is asked for and earns in heading or body: first those that do not recur, each best first, ties
   * in reading order.
   */
  readonly paragraphs: readonly ParagraphMatch[];
}

export interface EngineAnswer {
  /** Best first, or by date with undated articles last; ties by article ordinal. */
  readonly hits: readonly ArticleHit[];
  /** `allWords`: how many of them match as well where each `enough` node of the plan asks for all of its nodes. */
  readonly total: { readonly count: number; readonly allWords: number; readonly isExact: boolean };
  /** Values by falling count, then by value. */
  readonly facets: Readonly<Record<FacetName, readonly { readonly value: string; readonly count: number }[]>>;
  readonly isPartial: boolean;
}

export interface TermStatistics {
  readonly term: Term;
  /** Paragraphs, and articles, that hold it in any field; a title counts for the article's first paragraph. */
  readonly paragraphs: number;
  readonly articles: number;
}

/** What is left of a word when its endings are taken off, by the rules of one language. */
export interface Stem {
  readonly language: string;
  readonly stem: string;
}

/** How many articles and paragraphs there are. */
export interface CorpusSize extends DocumentFrequency {
  /** Articles by language, of all that are known. */
  readonly languages: ReadonlyMap<string, number>;
}

export interface SimilarOptions {
  /** 1 or 2. */
  readonly maxEdits: number;
  /** Terms in fewer articles are left out; 1 = none is. Looking for frequent ones only takes less time. */
  readonly leastArticles: number;
  /** At most so many. */
  readonly limit: number;
}

/** What expansion needs to know of the words of the corpus. */
export interface TermDictionary {
  size(): Promise<CorpusSize>;
  /** One entry per term asked for, null where the dictionary lacks it. */
  lookup(terms: readonly Term[]): Promise<readonly (TermStatistics | null)[]>;
  /** Languages, ascending, that stem families exist for: those of the articles, as far as there is a stemmer. */
  languages(): Promise<readonly string[]>;
  /** For each stem the dictionary terms that have it in articles of its language, in dictionary order. */
  families(stems: readonly Stem[]): Promise<readonly (readonly TermStatistics[])[]>;
  /**
   * Dictionary terms that begin with `prefix`, the most frequent first, at most `limit`; `sums` adds up what articles and
   * paragraphs hold of all of them.
   */
  completions(
    prefix: Term,
    limit: number,
  ): Promise<{ readonly terms: readonly TermStatistics[]; readonly sums: DocumentFrequency }>;
  /**
   * Dictionary terms within some edits of `term`: insertions, deletions, substitutions and transpositions of neighbours on
   * UTF-16 units; without `term` itself. Nearest first, then in most paragraphs.
   */
  similar(term: Term, options: SimilarOptions): Promise<readonly (TermStatistics & { readonly edits: number })[]>;
  /**
   * For each of `terms`, for each of `others`: how many articles hold both, in any field; 0 where the dictionary lacks one.
   * Reads the lists of articles of all of them.
   */
  together(terms: readonly Term[], others: readonly Term[]): Promise<readonly (readonly number[])[]>;
}

export interface EngineStatus {
  readonly build: BuildId;
  readonly articles: number;
  readonly paragraphs: number;
  readonly terms: number;
  /** Whether articles state weights, and whether what they state as `weight` counts: see `isMenuOrder`. */
  readonly weights: 'none' | 'counted' | 'menu-order';
}

/**
 * Says whether anybody still waits for an answer: an `AbortSignal`, or what looks like one and reads a flag that another
 * thread sets. Loops ask `aborted` as often as they look at the clock, since no event arrives while they run.
 */
export type Cancellation = Pick<AbortSignal, 'aborted' | 'throwIfAborted'>;

export interface SearchEngine {
  readonly dictionary: TermDictionary;
  /** Executes a plan. Throws `LedeError` only where the machine fails, and the signal's reason where aborted. */
  execute(request: EngineRequest, signal?: Cancellation): Promise<EngineAnswer>;
  status(): Promise<EngineStatus>;
  close(): Promise<void>;
}

/** What a hit shows of its article. */
export interface Passages {
  readonly data: ArticleData;
  readonly paragraphs: readonly Paragraph[];
}

/** Texts and article data of one snapshot, read per article that is shown. */
export interface ArticleStore {
  /** The article's ordinal, or null where the snapshot has no such article. */
  find(id: ArticleId): Promise<ArticleOrdinal | null>;
  /** The first article of the source file with this path, or null where there is none. */
  findPath(path: string): Promise<ArticleOrdinal | null>;
  /** Throws `LedeError` `internal` for an ordinal out of range, here and below. */
  readArticle(article: ArticleOrdinal): Promise<ArticleData>;
  readParagraph(paragraph: ParagraphOrdinal): Promise<Paragraph>;
  /** An article's data with some of its paragraphs, in the order asked for; with the first one where none is asked for. */
  readPassages(article: ArticleOrdinal, paragraphs: readonly ParagraphOrdinal[]): Promise<Passages>;
  /** An article's data with the first of its paragraphs that do not recur, at most `limit`; with its very first where all do. */
  readOpening(article: ArticleOrdinal, limit: number): Promise<Passages>;
  /** All paragraphs of an article, in reading order. */
  readParagraphs(article: ArticleOrdinal): Promise<readonly Paragraph[]>;
  close(): Promise<void>;
}
