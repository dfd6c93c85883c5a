/**
 * The values that articles have in each facet, over all segments of an index: to filter by and to count. Values are
 * numbered in ascending order, so that of equally frequent ones the lower number comes first.
 */
import { foldText } from '../../domain/fold-text.ts';
import { type FacetName, facetNames } from '../../domain/plan.ts';
import { addTo, type BitSet, count, countCommon, emptySet, fullSet, members, removeFrom } from './bit-set.ts';
import type { ArticleRun, IndexPart } from './index-part.ts';
import { mergeNames } from './merge-names.ts';
import { topByKey } from './top-articles.ts';

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

export interface CountedValues {
  /** How many values at most, the most frequent ones; all where there are no more articles than that. */
  readonly limit: number;
  /** These as well, where any article has them. */
  readonly always: readonly string[];
}

/** A set of articles, ready to be counted in several facets. */
export interface PreparedArticles {
  readonly set: BitSet;
  readonly size: number;
  /** The articles, or all others that are left. */
  readonly counted: Uint32Array;
  readonly areOthers: boolean;
}

/** Article → numbers of values: those of article a lie in [starts[a], starts[a + 1]). */
interface Column {
  readonly size: number;
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
  readonly name: (value: number) => string;
  /** Per value, of the articles that were counted last. */
  readonly counts: Uint32Array;
}

/** What columns need of an index. */
interface IndexedArticles {
  /** How many numbers articles have. */
  readonly articleNumbers: number;
  /** Those that are left; null = all. */
  readonly live: BitSet | null;
  readonly parts: readonly IndexPart[];
  readonly runs: readonly ArticleRun[];
}

export class FacetColumns {
  readonly #columns: Readonly<Record<FacetName, Column>>;
  readonly #articles: number;
  readonly #live: BitSet;
  readonly #liveCount: number;
  readonly #totals = new Map<FacetName, Uint32Array>();
  readonly #sets = new Map<FacetName, readonly BitSet[]>();
  readonly #folded = new Map<FacetName, ReadonlyMap<string, readonly number[]>>();

  constructor({ articleNumbers, live, parts, runs }: IndexedArticles) {
    this.#articles = articleNumbers;
    this.#live = live ?? fullSet(articleNumbers);
    this.#liveCount = count(this.#live);
    const open = (facet: FacetName) => [facet, openColumn(parts, facet, runs)];
    this.#columns = Object.fromEntries(facetNames.map(open)) as Record<FacetName, Column>;
  }

  /** Articles that have one of the values. */
  match(facet: FacetName, values: readonly string[]): BitSet {
    const column = this.#columns[facet];
    return this.#select(
      column,
      values.map((value) => findName(column, value)),
    );
  }

  /** Articles with a value that is equal when case and diacritics are folded. */
  matchFolded(facet: FacetName, value: string): BitSet {
    const folded = this.#folded.get(facet) ?? foldNames(this.#columns[facet]);
    this.#folded.set(facet, folded);
    return this.#select(this.#columns[facet], folded.get(foldText(value)) ?? []);
  }

  /** How many articles have the value. */
  total(facet: FacetName, value: string): number {
    return this.#totalsOf(facet)[findName(this.#columns[facet], value)] ?? 0;
  }

  /** What `count` takes of a set of articles; of one that holds most of them the others are counted and taken off. */
  prepare(articles: BitSet): PreparedArticles {
    const size = count(articles);
    if (size * 2 <= this.#liveCount) return { set: articles, size, counted: members(articles), areOthers: false };
    const others = this.#live.slice();
    removeFrom(others, articles);
    return { set: articles, size, counted: members(others), areOthers: true };
  }

  /** Values that the articles have, by falling count, then by value. */
  count(facet: FacetName, articles: PreparedArticles, { limit, always }: CountedValues): FacetCount[] {
    const column = this.#columns[facet];
    const { counts } = column;
    const most = articles.size <= limit ? column.size : limit;
    const frequent = this.#countFrequent(facet, articles, most);
    const keys = new Float64Array(frequent.length);
    for (let i = 0; i < frequent.length; i++) keys[i] = counts[frequent[i] as number] as number;
    const best = topByKey(frequent, keys, most);
    const missing = always
      .map((value) => findName(column, value))
      .filter((number) => (counts[number] ?? 0) > 0 && !best.includes(number));
    const found = [...best, ...new Set(missing)];
    if (missing.length > 0) found.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
    return found.map((value) => ({ value: column.name(value), count: counts[value] as number }));
  }

  /** Counts into the column. Ascending values among which the `limit` most frequent ones are. */
  #countFrequent(facet: FacetName, { set, counted, areOthers }: PreparedArticles, limit: number): Uint32Array {
    const column = this.#columns[facet];
    if (column.size * set.length < counted.length * wordsPerArticle) {
      const sets = this.#setsOf(facet);
      for (let value = 0; value < column.size; value++) column.counts[value] = countCommon(set, sets[value] as BitSet);
      return mostFrequent(column.counts, limit);
    }
    if (areOthers) column.counts.set(this.#totalsOf(facet));
    else column.counts.fill(0);
    if (!areOthers && counted.length * fewShare < column.size) return addFew(column, counted);
    addCounts(column, counted, column.counts, areOthers ? -1 : 1);
    return mostFrequent(column.counts, limit);
  }

  /** The articles of each value, gathered when first asked for. */
  #setsOf(facet: FacetName): readonly BitSet[] {
    const column = this.#columns[facet];
    const sets = this.#sets.get(facet) ?? gatherSets(column, this.#articles);
    this.#sets.set(facet, sets);
    return sets;
  }

  /** Of all articles, counted when first asked for. */
  #totalsOf(facet: FacetName): Uint32Array {
    const column = this.#columns[facet];
    const totals = this.#totals.get(facet) ?? addCounts(column, members(this.#live), new Uint32Array(column.size), 1);
    this.#totals.set(facet, totals);
    return totals;
  }

  #select({ size, starts, values }: Column, wanted: readonly number[]): BitSet {
    const set = emptySet(this.#articles);
    const isWanted = new Uint8Array(size);
    for (const value of wanted) if (value >= 0) isWanted[value] = 1;
    for (let article = 0; article < this.#articles; article++) {
      const end = starts[article + 1] as number;
      for (let i = starts[article] as number; i < end; i++) {
        if (isWanted[values[i] as number] === 1) addTo(set, article);
      }
    }
    return set;
  }
}

/**
 * Words of sets that are compared in the time in which one article's values are looked up. A facet of few values is
 * counted by sets if that is quicker; their number times their size is bounded by it, too.
 */
const wordsPerArticle = 1;

function gatherSets({ size, starts, values }: Column, articles: number): BitSet[] {
  const sets = Array.from({ length: size }, () => emptySet(articles));
  for (let article = 0; article < articles; article++) {
    const end = starts[article + 1] as number;
    for (let i = starts[article] as number; i < end; i++) addTo(sets[values[i] as number] as BitSet, article);
  }
  return sets;
}

/** Where there are this many times as many values as articles, the values that occur are collected one by one. */
const fewShare = 4;

/** Adds up what few articles have, and gives the values that occur, ascending. */
function addFew({ starts, values, counts }: Column, articles: Uint32Array): Uint32Array {
  const found: number[] = [];
  for (const article of articles) {
    const end = starts[article + 1] as number;
    for (let at = starts[article] as number; at < end; at++) {
      const value = values[at] as number;
      const before = counts[value] as number;
      if (before === 0) found.push(value);
      counts[value] = before + 1;
    }
  }
  return Uint32Array.from(found).sort();
}

function addCounts({ starts, values }: Column, articles: Uint32Array, counts: Uint32Array, step: number): Uint32Array {
  for (let i = 0; i < articles.length; i++) {
    const article = articles[i] as number;
    const end = starts[article + 1] as number;
    for (let at = starts[article] as number; at < end; at++) {
      const value = values[at] as number;
      counts[value] = (counts[value] as number) + step;
    }
  }
  return counts;
}

/** Ascending values among which the `limit` most frequent ones are; few more of a great many. */
function mostFrequent(counts: Uint32Array, limit: number): Uint32Array {
  // Values by the length of their counts as binary numbers.
  const byLength = new Uint32Array(33);
  for (let value = 0; value < counts.length; value++) {
    const length = 32 - Math.clz32(counts[value] as number);
    byLength[length] = (byLength[length] as number) + 1;
  }
  let least = 32;
  let found = byLength[32] as number;
  while (least > 1 && found < limit) found += byLength[--least] as number;
  const frequent = new Uint32Array(found);
  let next = 0;
  for (let value = 0; value < counts.length; value++) {
    if (32 - Math.clz32(counts[value] as number) >= least) frequent[next++] = value;
  }
  return frequent;
}

/** The number of a value, or -1. */
function findName({ size, name }: Column, value: string): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (name(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low < size && name(low) === value ? low : -1;
}

function foldNames({ size, name }: Column): Map<string, number[]> {
  const folded = new Map<string, number[]>();
  for (let value = 0; value < size; value++) {
    const key = foldText(name(value));
    const known = folded.get(key);
    if (known === undefined) folded.set(key, [value]);
    else known.push(value);
  }
  return folded;
}

function openColumn(parts: readonly IndexPart[], facet: FacetName, runs: readonly ArticleRun[]): Column {
  const columns = parts.map(({ segment }) => (facet === 'year' ? segment.years : segment.facets[facet]));
  const [only, ...others] = columns;
  if (only !== undefined && others.length === 0) {
    const { names, starts, values } = only;
    return toColumn(names.size, { starts, values }, (value) => names.name(value));
  }
  const tables = columns.map(({ names }) => names);
  const merged = mergeNames(tables, { areDistinct: true });
  const name = (value: number) => tables[merged.tables[value] as number]?.name(merged.places[value] as number) ?? '';
  const joining = columns.map((column, part) => ({
    ...column,
    // As many values as before keep their numbers.
    valueNumbers: tables[part]?.size === merged.size ? null : (merged.numbers[part] as Uint32Array),
  }));
  return toColumn(merged.size, joinColumns(joining, runs), name);
}

/** Names that were decoded once stay: the most frequent values are shown over and over. */
function toColumn(
  size: number,
  { starts, values }: Pick<Column, 'starts' | 'values'>,
  decode: (value: number) => string,
): Column {
  const names = new Array<string | undefined>(size);
  const name = (value: number) => {
    names[value] ??= decode(value);
    return names[value];
  };
  return { size, starts, values, name, counts: new Uint32Array(size) };
}

/** A part's column, and what the numbers of its values become; null = the same. */
interface JoiningColumn extends Pick<Column, 'starts' | 'values'> {
  readonly valueNumbers: Uint32Array | null;
}

function joinColumns(
  columns: readonly JoiningColumn[],
  runs: readonly ArticleRun[],
): Pick<Column, 'starts' | 'values'> {
  const starts = new Uint32Array(1 + runs.reduce((sum, { count }) => sum + count, 0));
  const values = new Uint32Array(columns.reduce((sum, column) => sum + column.values.length, 0));
  let article = 0;
  let next = 0;
  for (const { part, first, count } of runs) {
    const { starts: own, values: ownValues, valueNumbers } = columns[part] as JoiningColumn;
    const shift = next - (own[first] as number);
    const taken = ownValues.subarray(own[first], own[first + count]);
    if (valueNumbers === null) values.set(taken, next);
    else for (let i = 0; i < taken.length; i++) values[next + i] = valueNumbers[taken[i] as number] as number;
    for (let i = 1; i <= count; i++) starts[article + i] = (own[first + i] as number) + shift;
    article += count;
    next += taken.length;
  }
  return { starts, values };
}
