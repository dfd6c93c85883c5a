/**
 * The slow, obviously right engine: the definitions of `src/domain/plan.ts`, `src/domain/ranking.ts` and
 * `src/engine/engine.ts` in naive loops over prepared articles in memory. Every other engine is held to it.
 * It shares nothing with them but the domain and the analyzer, and knows no bytes, no index and no shortcut.
 */
import { analyze } from '../../src/analysis/analyze.ts';
import { stem, stemLanguages } from '../../src/analysis/stem.ts';
import type { ArticleData, Field, Paragraph } from '../../src/domain/article.ts';
import { LedeError } from '../../src/domain/error.ts';
import { foldText } from '../../src/domain/fold-text.ts';
import type { ArticleId, ArticleOrdinal, BuildId, ParagraphOrdinal, Term } from '../../src/domain/ids.ts';
import {
  type ArticleFilter,
  type FacetName,
  facetNames,
  type Leaf,
  type Plan,
  type PlanNode,
  type TermGroup,
} from '../../src/domain/plan.ts';
import { b, fieldWeights, idf, k1, paragraphShare } from '../../src/domain/ranking.ts';
import type {
  ArticleHit,
  ArticleStore,
  EngineAnswer,
  EngineRequest,
  EngineStatus,
  ParagraphMatch,
  Passages,
  SearchEngine,
  SimilarOptions,
  Stem,
  TermDictionary,
  TermStatistics,
} from '../../src/engine/engine.ts';
import type { Searchable } from '../../src/searchable.ts';

/** An article as it is indexed; its place in the list is its ordinal. */
export interface OracleArticle {
  readonly data: ArticleData;
  /** At least one. */
  readonly paragraphs: readonly Paragraph[];
}

/** Opens prepared articles for searching, without writing anything anywhere. */
export function openOracle(articles: readonly OracleArticle[]): Searchable {
  const build = 'oracle' as BuildId;
  return { build, engine: new OracleEngine(articles, build), store: new OracleStore(articles) };
}

/** What one field holds in one place: an article's title, or a paragraph's heading or body. */
export interface IndexedText {
  readonly field: Field;
  readonly article: number;
  /** The paragraph it counts for; null for a title, which is the article's. */
  readonly paragraph: number | null;
  readonly text: string;
  /** At each position the terms that stand there, usually one. */
  readonly words: readonly (readonly Term[])[];
}

/** Everything that can be found in the articles, in reading order. */
export function indexTexts(articles: readonly OracleArticle[]): IndexedText[] {
  const texts: IndexedText[] = [];
  let paragraph = 0;
  articles.forEach(({ data, paragraphs }, article) => {
    const [first] = paragraphs;
    if (first === undefined || !isMadeFrom(data, first)) {
      texts.push(textOf({ field: 'title', article, paragraph: null, text: data.title }));
    }
    let above: string | null = null;
    for (const { heading, text } of paragraphs) {
      if (heading !== null && heading !== above) {
        texts.push(textOf({ field: 'heading', article, paragraph, text: heading }));
      }
      texts.push(textOf({ field: 'body', article, paragraph, text }));
      above = heading;
      paragraph++;
    }
  });
  return texts;
}

/** Whether the title is nothing but the first words of the text: they would count twice. */
function isMadeFrom({ title, guessed }: ArticleData, { text }: Paragraph): boolean {
  if (!guessed.includes('title')) return false;
  if (title.endsWith('…')) return text.startsWith(title.slice(0, -1));
  const rest = text.slice(title.length);
  return text.startsWith(title) && !/^[\p{L}\p{N}\p{M}]/u.test(rest);
}

function textOf(place: Omit<IndexedText, 'words'>): IndexedText {
  const words: Term[][] = [];
  for (const { term, position } of analyze(place.text)) {
    const word = words[position];
    if (word === undefined) words[position] = [term];
    else word.push(term);
  }
  return { ...place, words };
}

class OracleEngine implements SearchEngine {
  readonly dictionary: TermDictionary;
  readonly #articles: readonly OracleArticle[];
  readonly #build: BuildId;
  readonly #texts: readonly IndexedText[];
  readonly #paragraphs: number;

  constructor(articles: readonly OracleArticle[], build: BuildId) {
    this.#articles = articles;
    this.#build = build;
    this.#texts = indexTexts(articles);
    this.#paragraphs = articles.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0);
    this.dictionary = new OracleDictionary(articles, this.#texts);
  }

  async execute(request: EngineRequest, signal?: AbortSignal): Promise<EngineAnswer> {
    signal?.throwIfAborted();
    const { plan, filters, sort, offset, limit } = request;
    const isPartial = plan.leaves.length > 0 && performance.now() > request.deadline;
    const matching = isPartial ? [] : this.#everyArticle().filter((article) => this.#matches(plan.root, article, plan));
    const hits = matching
      .filter((article) => filters.every((filter) => passes(this.#data(article), filter)))
      .map((article) => this.#hit(article, plan));
    hits.sort((a, b) => this.#compare(a, b, sort));
    const facets = Object.fromEntries(
      facetNames.map((facet) => [facet, request.facets.includes(facet) ? this.#count(facet, matching, request) : []]),
    ) as unknown as EngineAnswer['facets'];
    return {
      hits: hits.slice(offset, offset + limit),
      total: { count: hits.length, isExact: !isPartial },
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

  #matches(node: PlanNode, article: number, plan: Plan): boolean {
    switch (node.kind) {
      case 'everything':
        return true;
      case 'leaf':
        return this.#articleFrequency(plan.leaves[node.leaf] as Leaf, article, plan) > 0;
      case 'filter':
        return passes(this.#data(article), node.filter);
      case 'not':
        return !this.#matches(node.node, article, plan);
      case 'all':
        return node.nodes.every((child) => this.#matches(child, article, plan));
      case 'any':
        return node.nodes.some((child) => this.#matches(child, article, plan));
      case 'some': {
        const count = node.nodes.filter((child) => this.#matches(child, article, plan)).length;
        return count >= node.minimum && count < node.nodes.length;
      }
    }
  }

  #hit(article: number, plan: Plan): ArticleHit {
    const asked = leavesAskedFor(plan.root);
    const paragraphs = this.#paragraphMatches(article, asked, plan);
    const best = paragraphs.reduce((most, { score }) => Math.max(most, score), 0);
    let score = paragraphShare * best;
    for (const number of asked) score += this.#articleScore(plan.leaves[number] as Leaf, article, plan);
    const leaves = asked.filter((number) => this.#articleFrequency(plan.leaves[number] as Leaf, article, plan) > 0);
    return { article: article as ArticleOrdinal, score, leaves, paragraphs };
  }

  #paragraphMatches(article: number, asked: readonly number[], plan: Plan): ParagraphMatch[] {
    const matches: ParagraphMatch[] = [];
    for (const paragraph of this.#paragraphsOf(article)) {
      const held = asked.filter((leaf) => this.#paragraphFrequency(plan.leaves[leaf] as Leaf, paragraph, plan) > 0);
      if (held.length === 0) continue;
      let score = 0;
      for (const leaf of held) score += this.#paragraphScore(plan.leaves[leaf] as Leaf, paragraph, plan);
      matches.push({ paragraph: paragraph as ParagraphOrdinal, score, leaves: held });
    }
    return matches.sort((a, b) => b.score - a.score || a.paragraph - b.paragraph);
  }

  #paragraphsOf(article: number): number[] {
    const ofArticle = this.#texts.filter((text) => text.article === article && text.field === 'body');
    return ofArticle.map(({ paragraph }) => paragraph as number);
  }

  #articleScore(leaf: Leaf, article: number, plan: Plan): number {
    const groups = groupsOf(leaf, plan);
    const weight = sum(groups.map((group) => idf(this.#articlesWith(group), this.#articles.length)));
    const tf = this.#articleFrequency(leaf, article, plan);
    const lengths = this.#everyArticle().map((other) => this.#articleLength(other));
    return weight * saturation(tf, this.#articleLength(article), average(lengths));
  }

  #paragraphScore(leaf: Leaf, paragraph: number, plan: Plan): number {
    const groups = groupsOf(leaf, plan);
    const weight = sum(groups.map((group) => idf(this.#paragraphsWith(group), this.#paragraphs)));
    const tf = this.#paragraphFrequency(leaf, paragraph, plan);
    const bodies = this.#texts.filter(({ field }) => field === 'body');
    const body = bodies.find((text) => text.paragraph === paragraph) as IndexedText;
    return weight * saturation(tf, body.words.length, average(bodies.map(({ words }) => words.length)));
  }

  #articleLength(article: number): number {
    const own = this.#texts.filter((text) => text.article === article);
    return sum(own.map(({ field, words }) => fieldWeights[field] * words.length));
  }

  /** Weighted occurrences in the whole article. */
  #articleFrequency(leaf: Leaf, article: number, plan: Plan): number {
    return this.#frequency(leaf, plan, (text) => text.article === article);
  }

  /** Weighted occurrences in the paragraph's heading and body. */
  #paragraphFrequency(leaf: Leaf, paragraph: number, plan: Plan): number {
    return this.#frequency(leaf, plan, (text) => text.paragraph === paragraph);
  }

  #frequency(leaf: Leaf, plan: Plan, isIn: (text: IndexedText) => boolean): number {
    const groups = groupsOf(leaf, plan);
    const [only] = groups;
    const frequency = (text: IndexedText) => {
      if (leaf.kind === 'term') return occurrences(only as TermGroup, text);
      return leaf.kind === 'phrase' ? places(groups, text) : stretches(groups, leaf.distance, text);
    };
    return sum(this.#texts.filter(isIn).map((text) => fieldWeights[text.field] * frequency(text)));
  }

  #articlesWith(group: TermGroup): number {
    const texts = this.#texts.filter((text) => occurrences(group, text) > 0);
    return new Set(texts.map(({ article }) => article)).size;
  }

  #paragraphsWith(group: TermGroup): number {
    const texts = this.#texts.filter((text) => text.paragraph !== null && occurrences(group, text) > 0);
    return new Set(texts.map(({ paragraph }) => paragraph)).size;
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

/** The leaves of a tree that are asked for: those under a `not` neither score nor match a paragraph. */
function leavesAskedFor(node: PlanNode): number[] {
  if (node.kind === 'leaf') return [node.leaf];
  if (node.kind !== 'all' && node.kind !== 'any' && node.kind !== 'some') return [];
  return [...new Set(node.nodes.flatMap(leavesAskedFor))].sort((a, b) => a - b);
}

function groupsOf(leaf: Leaf, plan: Plan): TermGroup[] {
  const numbers = leaf.kind === 'term' ? [leaf.group] : leaf.groups;
  return numbers.map((group) => plan.groups[group] as TermGroup);
}

/** The occurrences of any member, each by its weight. */
function occurrences(group: TermGroup, { field, words }: IndexedText): number {
  if (!group.fields.includes(field)) return 0;
  return sum(words.flat().map((term) => weightOf(term, group)));
}

/** The places where one group stands behind the other, each weighing as its lightest member. */
function places(groups: readonly TermGroup[], { field, words }: IndexedText): number {
  if (!groups.every((group) => group.fields.includes(field))) return 0;
  return sum(
    words.map((_, start) => Math.min(...groups.map((group, offset) => weightAt(words, start + offset, group)))),
  );
}

/** Of the terms at one position, `#tag` and `tag`, the one that weighs most stands for the group. */
function weightAt(words: IndexedText['words'], position: number, group: TermGroup): number {
  return Math.max(0, ...(words[position] ?? []).map((term) => weightOf(term, group)));
}

/** The stretches that hold all groups and no smaller such stretch, each weighing as its lightest group's last word. */
function stretches(groups: readonly TermGroup[], distance: number, { field, words }: IndexedText): number {
  if (!groups.every((group) => group.fields.includes(field))) return 0;
  const lastWeight = (group: TermGroup, start: number, end: number) => {
    for (let position = end; position >= start; position--) {
      const weight = weightAt(words, position, group);
      if (weight > 0) return weight;
    }
    return 0;
  };
  const weightOfStretch = (start: number, end: number) =>
    Math.min(...groups.map((group) => lastWeight(group, start, end)));
  const found = words.flatMap((_, start) =>
    words.map((__, end) => {
      if (end < start || end - start > distance + groups.length - 1) return 0;
      const holdsSmaller = weightOfStretch(start + 1, end) > 0 || weightOfStretch(start, end - 1) > 0;
      return holdsSmaller ? 0 : weightOfStretch(start, end);
    }),
  );
  return sum(found);
}

/** What an occurrence of the term counts for the group; 0 where it does not stand for it. */
function weightOf(term: Term, group: TermGroup): number {
  const named = group.terms.find((planned) => planned.term === term);
  if (named !== undefined) return named.weight;
  return group.prefix !== null && term.startsWith(group.prefix.prefix) ? group.prefix.weight : 0;
}

function passes(data: ArticleData, filter: ArticleFilter): boolean {
  switch (filter.kind) {
    case 'facet':
      return facetValues(data, filter.facet).some((value) => filter.values.includes(value));
    case 'folded':
      return facetValues(data, filter.facet).some((value) => foldText(value) === foldText(filter.value));
    case 'path':
      return data.path.toLowerCase().includes(filter.contains.toLowerCase());
    case 'date':
      return (
        data.date !== null &&
        (filter.from === null || data.date >= filter.from) &&
        (filter.to === null || data.date <= filter.to)
      );
  }
}

function facetValues(data: ArticleData, facet: FacetName): readonly string[] {
  switch (facet) {
    case 'source':
      return data.source === null ? [] : [data.source];
    case 'author':
      return data.authors;
    case 'tag':
      return data.tags;
    case 'language':
      return data.language === null ? [] : [data.language];
    case 'year':
      return data.date === null ? [] : [data.date.slice(0, 4)];
  }
}

class OracleDictionary implements TermDictionary {
  readonly #articles: readonly OracleArticle[];
  readonly #texts: readonly IndexedText[];
  readonly #terms: readonly TermStatistics[];

  constructor(articles: readonly OracleArticle[], texts: readonly IndexedText[]) {
    this.#articles = articles;
    this.#texts = texts;
    this.#terms = statisticsOf(articles, texts).terms;
  }

  async articles(): Promise<number> {
    return this.#articles.length;
  }

  async lookup(terms: readonly Term[]): Promise<(TermStatistics | null)[]> {
    return terms.map((term) => this.#terms.find((known) => known.term === term) ?? null);
  }

  async languages(): Promise<string[]> {
    const languages = this.#articles.flatMap(({ data }) => data.language ?? []);
    return [...new Set(languages)].filter((language) => stemLanguages.includes(language)).sort(compareText);
  }

  async families(stems: readonly Stem[]): Promise<TermStatistics[][]> {
    return stems.map((wanted) =>
      this.#terms.filter(({ term }) => stem(term, wanted.language) === wanted.stem && this.#isIn(term, wanted)),
    );
  }

  async completions(prefix: Term, limit: number): Promise<{ terms: TermStatistics[]; total: number }> {
    const found = this.#terms.filter(({ term }) => term.startsWith(prefix)).sort(byFrequency);
    return { terms: found.slice(0, limit), total: found.length };
  }

  async similar(term: Term, options: SimilarOptions): Promise<(TermStatistics & { edits: number })[]> {
    const { leastArticles, limit, maxEdits } = options;
    return this.#terms
      .filter((other) => other.term !== term && other.articles >= leastArticles)
      .map((other) => ({ ...other, edits: editsBetween(other.term, term) }))
      .filter(({ edits }) => edits <= maxEdits)
      .sort((a, b) => a.edits - b.edits || byFrequency(a, b))
      .slice(0, limit);
  }

  async together(terms: readonly Term[], others: readonly Term[]): Promise<number[][]> {
    return terms.map((term) =>
      others.map((other) => this.#articles.filter((_, article) => this.#holds(article, term, other)).length),
    );
  }

  #holds(article: number, ...terms: readonly Term[]): boolean {
    const own = this.#texts.filter((text) => text.article === article).flatMap(({ words }) => words.flat());
    return terms.every((term) => own.includes(term));
  }

  /** Whether an article of the language holds the term. */
  #isIn(term: Term, { language }: Stem): boolean {
    return this.#texts.some(
      ({ article, words }) => this.#articles[article]?.data.language === language && words.flat().includes(term),
    );
  }
}

/**
 * All terms, ascending. A title counts for the first paragraph of its article, as everything else that is said of
 * terms and paragraphs: a term that stands in titles only is in one paragraph of each.
 */
function statisticsOf(articles: readonly OracleArticle[], texts: readonly IndexedText[]) {
  const firsts: number[] = [];
  let next = 0;
  for (const { paragraphs } of articles) {
    firsts.push(next);
    next += paragraphs.length;
  }
  const held = new Map<Term, { readonly paragraphs: Set<number>; readonly articles: Set<number> }>();
  for (const { article, paragraph, words } of texts) {
    for (const term of words.flat()) {
      const entry = held.get(term) ?? { paragraphs: new Set(), articles: new Set() };
      entry.paragraphs.add(paragraph ?? (firsts[article] as number));
      entry.articles.add(article);
      held.set(term, entry);
    }
  }
  const terms = [...held].map(
    ([term, entry]): TermStatistics => ({ term, paragraphs: entry.paragraphs.size, articles: entry.articles.size }),
  );
  return { terms: terms.sort((a, b) => compareText(a.term, b.term)) };
}

function byFrequency(a: TermStatistics, b: TermStatistics): number {
  return b.paragraphs - a.paragraphs || compareText(a.term, b.term);
}

/** Optimal string alignment by its textbook recurrence, on UTF-16 units. */
export function editsBetween(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] as number;
  for (let i = 0; i <= a.length; i++) {
    const row = table[i] as number[];
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        row[j] = i + j;
        continue;
      }
      const isSame = a[i - 1] === b[j - 1];
      const edits = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1)];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) edits.push(at(i - 2, j - 2) + 1);
      row[j] = Math.min(...edits);
    }
  }
  return at(a.length, b.length);
}

class OracleStore implements ArticleStore {
  readonly #articles: readonly OracleArticle[];

  constructor(articles: readonly OracleArticle[]) {
    this.#articles = articles;
  }

  async find(id: ArticleId): Promise<ArticleOrdinal | null> {
    const article = this.#articles.findIndex(({ data }) => data.id === id);
    return article < 0 ? null : (article as ArticleOrdinal);
  }

  async readArticle(article: ArticleOrdinal): Promise<ArticleData> {
    return this.#article(article).data;
  }

  async readParagraph(paragraph: ParagraphOrdinal): Promise<Paragraph> {
    const found = this.#articles.flatMap(({ paragraphs }) => paragraphs)[paragraph];
    if (found === undefined) throw new LedeError('internal', `no paragraph ${paragraph}`);
    return found;
  }

  async readParagraphs(article: ArticleOrdinal): Promise<readonly Paragraph[]> {
    return this.#article(article).paragraphs;
  }

  async readPassages(article: ArticleOrdinal, paragraphs: readonly ParagraphOrdinal[]): Promise<Passages> {
    const { data, paragraphs: all } = this.#article(article);
    const asked = await Promise.all(paragraphs.map((paragraph) => this.readParagraph(paragraph)));
    return { data, paragraphs: asked.length > 0 ? asked : all.slice(0, 1) };
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #article(article: ArticleOrdinal): OracleArticle {
    const found = this.#articles[article];
    if (found === undefined) throw new LedeError('internal', `no article ${article}`);
    return found;
  }
}

/** How much of its idf a frequency earns. */
function saturation(tf: number, length: number, averageLength: number): number {
  return tf / (tf + k1 * (1 - b + b * (length / averageLength)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** 1 where there is nothing at all, so that nothing is divided by zero. */
function average(numbers: readonly number[]): number {
  return sum(numbers) === 0 ? 1 : sum(numbers) / numbers.length;
}

/** By UTF-16 units. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
