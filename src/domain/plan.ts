/**
 * The planned query: what an engine executes. Words are expanded into groups of dictionary terms, so that an
 * engine needs to know nothing of languages, stems or spelling. Every engine gives equal results for a plan;
 * `tests/contract/` holds them to it.
 */
import type { Field } from './article.ts';
import type { Term } from './ids.ts';

/** How a term came to stand for a query word, strongest first. */
export const matchKinds = ['exact', 'stem', 'name', 'synonym', 'prefix', 'fuzzy'] as const;
export type MatchKind = (typeof matchKinds)[number];

/** A dictionary term that stands for a query word. */
export interface PlannedTerm {
  readonly term: Term;
  readonly kind: MatchKind;
  /** Share of an occurrence that counts as term frequency, in (0, 1]. */
  readonly weight: number;
}

/** How many articles, and how many paragraphs, hold something. */
export interface DocumentFrequency {
  readonly articles: number;
  readonly paragraphs: number;
}

/**
 * A query word with all that stands for it. A group scores as one term: in each field the weighted frequencies of its
 * members add up, and it has one document frequency, whatever its members are.
 */
export interface TermGroup {
  /** The word as typed. */
  readonly word: string;
  /** Distinct terms, in dictionary order. */
  readonly terms: readonly PlannedTerm[];
  /**
   * Every further dictionary term that begins with it counts with this weight; but a word alone is sought by its named
   * terms in what headings cover, and neighbours are sought by named terms everywhere.
   */
  readonly prefix: { readonly prefix: Term; readonly weight: number } | null;
  /** Where to look. */
  readonly fields: readonly Field[];
  /**
   * What its idf is made of, the same in every field: see `src/query/group-frequency.ts`. Never more than there are of
   * either. Zero: its idf is zero.
   */
  readonly df: DocumentFrequency;
  /** What its idf counts: 1; next to nothing for a function word beside other words; n for a word that stands n times. */
  readonly weight: number;
}

/** What scores and what is highlighted: one word, one phrase, or words near each other. */
export type Leaf =
  | { readonly kind: 'term'; readonly group: number }
  /**
   * One group after the other at consecutive positions of one field of one paragraph. Its frequency is the number
   * of such places, each weighing as its lightest member; its idf is the sum of its groups' (Lucene's PhraseQuery).
   */
  | { readonly kind: 'phrase'; readonly groups: readonly number[] }
  /**
   * All groups in one field of one paragraph, in any order, with at most `distance` further words from the first to the
   * last of them. Its frequency is the number of such stretches that hold no smaller one, each weighing as its lightest
   * member, of several places of a group in it the last; its idf is the sum of its groups'.
   */
  | { readonly kind: 'near'; readonly groups: readonly number[]; readonly distance: number };

/** Which articles match. A leaf matches an article when it matches any of its paragraphs, or its title. */
export type PlanNode =
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'all'; readonly nodes: readonly PlanNode[] }
  | { readonly kind: 'any'; readonly nodes: readonly PlanNode[] }
  /**
   * At least one of the nodes, and so many that their masses add up to `minimum`. An article that matches all of them,
   * those without mass included, has all the words. Masses are whole numbers, so that no engine rounds them.
   */
  | { readonly kind: 'enough'; readonly nodes: readonly MassNode[]; readonly minimum: number }
  | { readonly kind: 'not'; readonly node: PlanNode }
  /** Matches what the node matches; its leaves earn nothing. */
  | { readonly kind: 'match'; readonly node: PlanNode }
  /** Matches everything; the node's leaves earn where they stand. */
  | { readonly kind: 'score'; readonly node: PlanNode }
  | { readonly kind: 'filter'; readonly filter: ArticleFilter }
  | { readonly kind: 'everything' };

/** A node that may be missing, and what it counts. */
export interface MassNode {
  readonly node: PlanNode;
  /** A whole number, 0 or more. */
  readonly mass: number;
}

export interface Plan {
  readonly groups: readonly TermGroup[];
  readonly leaves: readonly Leaf[];
  readonly root: PlanNode;
  /**
   * Pairs of groups that stand side by side in the query, each once; their order in a text earns a bonus. Neighbours in a
   * text are a named term of the first and one of the second at consecutive positions of a field of both groups.
   */
  readonly neighbours: readonly (readonly [first: number, second: number])[];
}

/**
 * The leaves that earn: those asked for or scored, not those that are excluded or only matched. Each is told as often as
 * the tree names it; it earns once.
 */
export function* scoringLeaves(node: PlanNode): Generator<number> {
  if (node.kind === 'leaf') yield node.leaf;
  else if (node.kind === 'score') yield* scoringLeaves(node.node);
  else for (const child of childrenOf(node)) yield* scoringLeaves(child);
}

/** The leaves that are asked for: those that an article can hold to match, whether they earn or not. What hits tell of. */
export function* wantedLeaves(node: PlanNode): Generator<number> {
  if (node.kind === 'leaf') yield node.leaf;
  else if (node.kind === 'match') yield* wantedLeaves(node.node);
  else for (const child of childrenOf(node)) yield* wantedLeaves(child);
}

/** The leaves that an article must not hold, as far as one `not` decides: those below any. Each as often as named. */
export function* excludedLeaves(node: PlanNode): Generator<number> {
  if (node.kind === 'not') yield* allLeaves(node.node);
  else for (const child of nodesIn(node)) yield* excludedLeaves(child);
}

/** Every leaf below a node. Each as often as named. */
export function* allLeaves(node: PlanNode): Generator<number> {
  if (node.kind === 'leaf') yield node.leaf;
  else for (const child of nodesIn(node)) yield* allLeaves(child);
}

function nodesIn(node: PlanNode): readonly PlanNode[] {
  return node.kind === 'not' || node.kind === 'match' || node.kind === 'score' ? [node.node] : childrenOf(node);
}

function childrenOf(node: PlanNode): readonly PlanNode[] {
  if (node.kind === 'all' || node.kind === 'any') return node.nodes;
  return node.kind === 'enough' ? node.nodes.map((member) => member.node) : [];
}

/** The article data that facets count. */
export const facetNames = ['source', 'author', 'tag', 'language', 'year'] as const;
export type FacetName = (typeof facetNames)[number];

/** Restricts articles by their data; never scores. */
export type ArticleFilter =
  /** Has one of the values, compared exactly. */
  | { readonly kind: 'facet'; readonly facet: FacetName; readonly values: readonly string[] }
  /** Has a value that is equal when case and diacritics are folded. */
  | { readonly kind: 'folded'; readonly facet: FacetName; readonly value: string }
  /** Its path contains the text, case folded. */
  | { readonly kind: 'path'; readonly contains: string }
  /** Dated from `from` to `to`, both included; null = open. Articles without a date never match. */
  | { readonly kind: 'date'; readonly from: string | null; readonly to: string | null };
