/**
 * What a search answers. These types are the JSON of `GET /api/v1/search`, and what the pages are made from.
 * Highlights are ranges into the text beside them: UTF-16 units, end excluded, ascending, not overlapping.
 */
import type { ArticleData, ParagraphKind } from './article.ts';
import type { ArticleId, BuildId, ParagraphId } from './ids.ts';
import type { RecencySetting } from './owner-choices.ts';
import type { FacetName, MatchKind } from './plan.ts';
import type { QueryProblem } from './problem.ts';

export type Range = readonly [start: number, end: number];

/** An article as hits show it. */
export type ArticleSummary = Pick<
  ArticleData,
  'title' | 'date' | 'source' | 'authors' | 'tags' | 'language' | 'url' | 'path'
> & { readonly id: ArticleId };

export interface Snippet {
  readonly id: ParagraphId;
  readonly kind: ParagraphKind;
  readonly heading: string | null;
  /** Ranges into `heading`. */
  readonly headingHighlights: readonly Range[];
  /** The stretch that is shown: the whole paragraph, or a window of it. */
  readonly text: string;
  readonly highlights: readonly Range[];
  /** Which ends of the paragraph were left out. */
  readonly truncated: { readonly start: boolean; readonly end: boolean };
  /** Path of the reader page, landing on this paragraph, e.g. `/articles/a.md?q=x#p-3fa9c1d2e4f5`. */
  readonly href: string;
  /** The article's own URL with a text fragment for this paragraph, where it has a URL. */
  readonly source: string | null;
}

export interface Hit {
  readonly score: number;
  readonly article: ArticleSummary;
  readonly titleHighlights: readonly Range[];
  /**
   * The best paragraphs, best first, none of which repeats another; where none matches, because only the title does or
   * nothing was asked, the first that is a sentence and does not recur across articles.
   */
  readonly paragraphs: readonly Snippet[];
  /** Matching paragraphs beyond those shown. */
  readonly moreParagraphs: number;
  /** Words and phrases of the query that this article does not hold, as typed. */
  readonly missing: readonly string[];
  /** Whether the corpus' owners want it first for this query. */
  readonly pinned: boolean;
}

export interface UnderstoodTerm {
  readonly term: string;
  readonly kind: MatchKind;
  /** Paragraphs that hold it. */
  readonly paragraphs: number;
}

export interface UnderstoodWord {
  /** As typed. */
  readonly word: string;
  /** What it was looked for as; only the most frequent are listed for words with many completions. */
  readonly terms: readonly UnderstoodTerm[];
}

export interface Understood {
  /** The query as it was taken, in query language, with what was added in brackets. */
  readonly text: string;
  readonly words: readonly UnderstoodWord[];
  /** What the corpus' owners added to the order by relevance; null in another order, and where they added nothing. */
  readonly owners: UnderstoodOwners | null;
}

export interface UnderstoodOwners {
  /** Articles that are pinned to this query. */
  readonly pinned: number;
  /** `menu-order`: articles state numbers as `weight` that order menus, so that these do not count. */
  readonly weights: 'none' | 'counted' | 'menu-order';
  /** How much newer articles are favoured, or null. */
  readonly recency: RecencySetting | null;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  readonly selected: boolean;
}

export interface Results {
  readonly query: string;
  readonly understood: Understood;
  readonly problems: readonly QueryProblem[];
  /** How many articles are listed, and how many of them have all the words. */
  readonly total: { readonly count: number; readonly allWords: number; readonly exact: boolean };
  readonly tookMs: number;
  readonly build: BuildId;
  /** True where time ran out and there may be more. */
  readonly partial: boolean;
  readonly hits: readonly Hit[];
  readonly facets: Readonly<Record<FacetName, readonly FacetValue[]>>;
  /** Another query that may be what was meant, in query language. */
  readonly suggestion: string | null;
}
