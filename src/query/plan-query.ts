/**
 * Query tree → plan: words are analyzed and expanded, conditions on article data become filters. Beside the strict plan,
 * which asks for every word, a relaxed one for when that finds too little.
 */
import { analyzePhrase, analyzeWord, type QuerySlot, type QueryUnit } from '../analysis/analyze-query.ts';
import { type Field, fields } from '../domain/article.ts';
import type { Term } from '../domain/ids.ts';
import type { FacetName, Leaf, MatchKind, Plan, PlanNode, TermGroup } from '../domain/plan.ts';
import type { FilterField, Query, QueryField } from '../domain/query.ts';
import type { UnderstoodWord } from '../domain/results.ts';
import type { TermDictionary } from '../engine/engine.ts';
import { type Expansion, expandWord, kindWeights } from './expand-word.ts';

export interface PlanOptions {
  readonly isTyping: boolean;
  readonly correctsTypos: boolean;
}

export interface PlannedQuery {
  readonly plan: Plan;
  /** Most of the words instead of all; null where there are too few to leave any out. */
  readonly relaxed: Plan | null;
  /** For each leaf of either plan the word or phrase as typed. */
  readonly leafWords: readonly string[];
  readonly relaxedLeafWords: readonly string[];
  readonly words: readonly UnderstoodWord[];
  /** The query with its misspelled words corrected, or null. */
  readonly corrected: Query | null;
}

export async function planQuery(query: Query, dictionary: TermDictionary, options: PlanOptions): Promise<PlannedQuery> {
  const expander = new Expander(dictionary, options);
  const strict = new Planner(expander, false);
  const plan = await strict.plan(query);
  const relaxedRoot = relaxable(query);
  const relaxed = new Planner(expander, true);
  const relaxedPlan = relaxedRoot === null ? null : await relaxed.planRelaxed(relaxedRoot);
  return {
    plan,
    relaxed: relaxedPlan,
    leafWords: strict.leafWords,
    relaxedLeafWords: relaxed.leafWords,
    words: expander.words(),
    corrected: expander.hasCorrections ? await expander.correct(query) : null,
  };
}

/** Expands each word once, and remembers what for. */
class Expander {
  readonly #dictionary: TermDictionary;
  readonly #options: PlanOptions;
  readonly #expansions = new Map<string, Expansion>();
  readonly #words = new Map<string, UnderstoodWord>();
  hasCorrections = false;

  constructor(dictionary: TermDictionary, options: PlanOptions) {
    this.#dictionary = dictionary;
    this.#options = options;
  }

  words(): UnderstoodWord[] {
    return [...this.#words.values()];
  }

  /** A word in full: its family, its completions if `isBeginning` or still being typed, its corrections. */
  async expand(surface: string, slot: QuerySlot, { isLast }: { readonly isLast: boolean }): Promise<Expansion> {
    const isBeginning = slot.isBeginning || (isLast && this.#options.isTyping);
    const term = await this.#present(slot);
    const key = `${isBeginning ? '*' : ''}${term}`;
    const expansion =
      this.#expansions.get(key) ??
      (await expandWord(term, this.#dictionary, { isBeginning, correctsTypos: this.#options.correctsTypos }));
    this.#expansions.set(key, expansion);
    this.hasCorrections ||= expansion.correction !== null;
    this.understand(surface, expansion.understood);
    return expansion;
  }

  /** The term alone, as phrases want it. */
  async exact(surface: string, slot: QuerySlot, isBeginning: boolean): Promise<Pick<Expansion, 'terms' | 'prefix'>> {
    const term = await this.#present(slot);
    const [found] = await this.#dictionary.lookup([term]);
    if (isBeginning || slot.isBeginning) {
      const { terms: completions } = await this.#dictionary.completions(term, 8);
      this.understand(surface, [
        ...(found ? [{ ...found, kind: 'exact' as const }] : []),
        ...completions.filter((other) => other.term !== term).map((other) => ({ ...other, kind: 'prefix' as const })),
      ]);
    } else {
      this.understand(surface, found ? [{ ...found, kind: 'exact' }] : []);
    }
    return {
      terms: found ? [{ term, kind: 'exact', weight: kindWeights.exact }] : [],
      prefix: isBeginning || slot.isBeginning ? { prefix: term, weight: kindWeights.exact } : null,
    };
  }

  /** The query with each misspelled word replaced. */
  async correct(query: Query): Promise<Query> {
    switch (query.kind) {
      case 'term': {
        const [unit, ...others] = analyzeWord(query.word);
        const slot = unit?.slots[0];
        if (unit === undefined || slot === undefined || others.length > 0 || unit.slots.length > 1) return query;
        const expansion = await this.expand(unit.surface, slot, query);
        return expansion.correction === null ? query : { ...query, word: expansion.correction };
      }
      case 'all':
      case 'any':
        return { ...query, queries: await Promise.all(query.queries.map((member) => this.correct(member))) };
      default:
        return query;
    }
  }

  understand(
    surface: string,
    found: readonly { readonly term: Term; readonly kind: MatchKind; readonly paragraphs: number }[],
  ): void {
    if (this.#words.has(surface)) return;
    const terms = found.map(({ term, kind, paragraphs }) => ({ term, kind, paragraphs }));
    this.#words.set(surface, { word: surface, terms: terms.slice(0, termsShown) });
  }

  async #present(slot: QuerySlot): Promise<Term> {
    if (slot.fallback === null) return slot.term;
    const [found] = await this.#dictionary.lookup([slot.term]);
    return found ? slot.term : slot.fallback;
  }
}

/** Terms listed per word in an answer. */
const termsShown = 20;

class Planner {
  readonly #expander: Expander;
  /** Whether the parts of `self-propelled`, or the pairs of 東京都, are looked for each for itself. */
  readonly #takesParts: boolean;
  readonly #groups: TermGroup[] = [];
  readonly #leaves: Leaf[] = [];
  readonly leafWords: string[] = [];

  constructor(expander: Expander, takesParts: boolean) {
    this.#expander = expander;
    this.#takesParts = takesParts;
  }

  async plan(query: Query): Promise<Plan> {
    return this.#finish(await this.#node(query));
  }

  /** Beside a phrase that may be missing, its words count: an article with most of them is better than one with none. */
  async #wordsOfPhrase({ text, field }: Extract<Query, { kind: 'phrase' }>): Promise<PlanNode[]> {
    const nodes: PlanNode[] = [];
    for (const unit of text.split(/\s+/).flatMap(analyzeWord)) {
      nodes.push(...(await this.#unitNodes(unit, { field, isLast: false })));
    }
    return nodes;
  }

  async planRelaxed({ optional, required }: Relaxable): Promise<Plan> {
    const nodes: PlanNode[] = [];
    for (const member of optional) {
      nodes.push(...flatten(await this.#node(member)).filter((node) => node.kind !== 'everything'));
      if (member.kind === 'phrase') nodes.push(...(await this.#wordsOfPhrase(member)));
    }
    const kept: PlanNode[] = [];
    for (const member of required) kept.push(await this.#node(member));
    const minimum = minimumOf(nodes.length);
    return this.#finish({ kind: 'all', nodes: [{ kind: 'some', nodes, minimum }, ...kept] });
  }

  #finish(root: PlanNode): Plan {
    return { groups: this.#groups, leaves: this.#leaves, root };
  }

  async #node(query: Query): Promise<PlanNode> {
    switch (query.kind) {
      case 'everything':
        return query;
      case 'all':
      case 'any': {
        const nodes: PlanNode[] = [];
        for (const member of query.queries) nodes.push(await this.#node(member));
        return { kind: query.kind, nodes };
      }
      case 'not':
        return { kind: 'not', node: await this.#node(query.query) };
      case 'filter':
        return { kind: 'filter', filter: toFilter(query.field, query.value) };
      case 'range':
        return { kind: 'filter', filter: { kind: 'date', from: query.from, to: query.to } };
      case 'phrase':
        return this.#phraseNode(query.text, analyzePhrase(query.text), query);
      case 'prefix':
        return this.#prefixNode(query);
      case 'term':
        return this.#wordNode(query);
    }
  }

  /** A word without letters or digits asks for nothing. */
  async #wordNode(query: Extract<Query, { kind: 'term' }>): Promise<PlanNode> {
    const units = analyzeWord(query.word);
    const nodes: PlanNode[] = [];
    for (const [index, unit] of units.entries()) {
      const isLast = query.isLast && index === units.length - 1;
      nodes.push(...(await this.#unitNodes(unit, { field: query.field, isLast })));
    }
    const [only] = nodes;
    if (only === undefined) return { kind: 'everything' };
    return nodes.length === 1 ? only : { kind: 'all', nodes };
  }

  async #unitNodes(unit: QueryUnit, place: { field: QueryField | null; isLast: boolean }): Promise<PlanNode[]> {
    const [first] = unit.slots;
    if (first === undefined) return [];
    if (unit.slots.length > 1 && !this.#takesParts) {
      return [await this.#phraseNode(unit.surface, unit.slots, place)];
    }
    const nodes: PlanNode[] = [];
    for (const slot of unit.slots) {
      const expansion = await this.#expander.expand(unit.surface, slot, place);
      nodes.push(this.#termLeaf(unit.surface, expansion, place.field));
    }
    return nodes;
  }

  async #prefixNode({ prefix, field }: Extract<Query, { kind: 'prefix' }>): Promise<PlanNode> {
    const slots = analyzePhrase(prefix);
    const [first] = slots;
    if (first === undefined) return { kind: 'everything' };
    if (slots.length > 1) return this.#phraseNode(prefix, withOpenEnd(slots), { field });
    return this.#termLeaf(`${prefix}*`, await this.#expander.exact(`${prefix}*`, first, true), field);
  }

  async #phraseNode(
    surface: string,
    slots: readonly QuerySlot[],
    { field }: { readonly field: QueryField | null },
  ): Promise<PlanNode> {
    const groups: number[] = [];
    for (const slot of slots) {
      groups.push(this.#group(surface, await this.#expander.exact(slot.term, slot, false), field));
    }
    if (groups.length === 0) return { kind: 'everything' };
    return this.#leaf(
      surface,
      groups.length === 1 ? { kind: 'term', group: groups[0] as number } : { kind: 'phrase', groups },
    );
  }

  #termLeaf(surface: string, expansion: Pick<Expansion, 'terms' | 'prefix'>, field: QueryField | null): PlanNode {
    return this.#leaf(surface, { kind: 'term', group: this.#group(surface, expansion, field) });
  }

  #group(word: string, { terms, prefix }: Pick<Expansion, 'terms' | 'prefix'>, field: QueryField | null): number {
    const groupFields: readonly Field[] = field === null ? fields : [field];
    return this.#groups.push({ word, terms, prefix, fields: groupFields }) - 1;
  }

  #leaf(surface: string, leaf: Leaf): PlanNode {
    this.leafWords.push(surface);
    return { kind: 'leaf', leaf: this.#leaves.push(leaf) - 1 };
  }
}

function withOpenEnd(slots: readonly QuerySlot[]): QuerySlot[] {
  return slots.map((slot, index) => (index === slots.length - 1 ? { ...slot, isBeginning: true } : slot));
}

function flatten(node: PlanNode): readonly PlanNode[] {
  return node.kind === 'all' ? node.nodes : [node];
}

interface Relaxable {
  /** Words and phrases that may be missing. */
  readonly optional: readonly Query[];
  /** Conditions and exclusions, which hold in any case. */
  readonly required: readonly Query[];
}

/** What may be left out of a query that asks for several things; null where nothing may. */
function relaxable(query: Query): Relaxable | null {
  const members = query.kind === 'all' ? query.queries : query.kind === 'term' ? [query] : [];
  const optional = members.filter((member) => ['term', 'prefix', 'phrase', 'any'].includes(member.kind));
  const required = members.filter((member) => !optional.includes(member));
  const [only] = optional;
  return optional.length > 1 || (only?.kind === 'term' && hasParts(only.word)) ? { optional, required } : null;
}

/** Whether a word of the query is looked for as several: `self-propelled`, 東京都. */
function hasParts(word: string): boolean {
  return analyzeWord(word).flatMap(({ slots }) => slots).length > 1;
}

/**
 * How many of several words an article must hold to follow those that hold all. Two keep single common words from
 * answering. Asking for half of up to six words measured no better (scifact 0.684 against 0.687 nDCG@10, cisi 0.376
 * against 0.382), a share of a long question's words far worse: most of them say little, and ranking weighs them.
 */
function minimumOf(words: number): number {
  return Math.min(2, Math.max(1, words - 1));
}

const facetOf: Readonly<Record<Exclude<FilterField, 'path'>, FacetName>> = {
  source: 'source',
  author: 'author',
  tag: 'tag',
  language: 'language',
  year: 'year',
};

function toFilter(field: FilterField, value: string) {
  return field === 'path'
    ? ({ kind: 'path', contains: value } as const)
    : ({ kind: 'folded', facet: facetOf[field], value } as const);
}
