/**
 * The values that articles have in each facet, over all segments of an index: to filter by and to count. Values are
 * numbered in ascending order, so that of equally frequent ones the lower number comes first.
 */
import { foldText } from '../../domain/fold-text.ts';
import { type FacetName, facetNames } from '../../domain/plan.ts';
import { addTo, type BitSet, count, emptySet, fullSet, members, removeFrom } from './bit-set.ts';
import type { IndexPart } from './index-part.ts';
import { mergeNames } from './merge-names.ts';
import type { StoredFacet } from './segment.ts';
import { noDay } from './segment-format.ts';
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
}

interface Articles {
  readonly days: Int32Array;
  /** Null = all. */
  readonly live: BitSet | null;
}

export class FacetColumns {
  readonly #columns: Readonly<Record<FacetName, Column>>;
  readonly #articles: number;
  readonly #live: BitSet;
  readonly #liveCount: number;
  readonly #totals = new Map<FacetName, Uint32Array>();
  readonly #folded = new Map<FacetName, ReadonlyMap<string, readonly number[]>>();

  constructor(parts: readonly IndexPart[], { days, live }: Articles) {
    this.#articles = days.length;
    this.#live = live ?? fullSet(days.length);
    this.#liveCount = count(this.#live);
    const open = (facet: FacetName) => (facet === 'year' ? yearColumn(days) : openColumn(parts, facet, days.length));
    this.#columns = Object.fromEntries(facetNames.map((facet) => [facet, open(facet)])) as Record<FacetName, Column>;
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
    if (size * 2 <= this.#liveCount) return { size, counted: members(articles), areOthers: false };
    const others = this.#live.slice();
    removeFrom(others, articles);
    return { size, counted: members(others), areOthers: true };
  }

  /** Values that the articles have, by falling count, then by value. */
  count(facet: FacetName, articles: PreparedArticles, { limit, always }: CountedValues): FacetCount[] {
    const column = this.#columns[facet];
    const counts = this.#counts(facet, articles);
    const most = articles.size <= limit ? column.size : limit;
    const frequent = mostFrequent(counts, most);
    const keys = new Float64Array(frequent.length);
    for (let i = 0; i < frequent.length; i++) keys[i] = counts[frequent[i] as number] as number;
    const chosen = new Set(topByKey(frequent, keys, most));
    for (const value of always) {
      const number = findName(column, value);
      if (number >= 0 && (counts[number] as number) > 0) chosen.add(number);
    }
    return [...chosen]
      .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
      .map((value) => ({ value: column.name(value), count: counts[value] as number }));
  }

  /** Per value how many of the articles have it. */
  #counts(facet: FacetName, { counted, areOthers }: PreparedArticles): Uint32Array {
    const column = this.#columns[facet];
    return areOthers
      ? addCounts(column, counted, this.#totalsOf(facet).slice(), -1)
      : addCounts(column, counted, new Uint32Array(column.size), 1);
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

function openColumn(parts: readonly IndexPart[], facet: StoredFacet, articles: number): Column {
  const columns = parts.map(({ segment }) => segment.facets[facet]);
  const [only, ...others] = columns;
  if (only !== undefined && others.length === 0) {
    const { names, starts, values } = only;
    return { size: names.size, starts, values, name: (value) => names.name(value) };
  }
  const tables = columns.map(({ names }) => names);
  const merged = mergeNames(tables, { areDistinct: true });
  const name = (value: number) => tables[merged.tables[value] as number]?.name(merged.places[value] as number) ?? '';
  return { size: merged.size, name, ...joinColumns(parts, { facet, articles, numbers: merged.numbers }) };
}

interface Joining {
  readonly facet: StoredFacet;
  readonly articles: number;
  readonly numbers: readonly Uint32Array[];
}

function joinColumns(parts: readonly IndexPart[], { facet, articles, numbers }: Joining) {
  const starts = new Uint32Array(articles + 1);
  for (const { segment, articleNumbers } of parts) {
    const own = segment.facets[facet].starts;
    for (let local = 0; local + 1 < own.length; local++) {
      const article = articleNumbers === null ? local : (articleNumbers[local] as number);
      starts[article + 1] = (own[local + 1] as number) - (own[local] as number);
    }
  }
  for (let article = 0; article < articles; article++) {
    starts[article + 1] = (starts[article + 1] as number) + (starts[article] as number);
  }
  const values = new Uint32Array(starts[articles] as number);
  parts.forEach(({ segment, articleNumbers }, part) => {
    const own = segment.facets[facet];
    for (let local = 0; local + 1 < own.starts.length; local++) {
      let at = starts[articleNumbers === null ? local : (articleNumbers[local] as number)] as number;
      const end = own.starts[local + 1] as number;
      for (let i = own.starts[local] as number; i < end; i++) {
        values[at++] = numbers[part]?.[own.values[i] as number] as number;
      }
    }
  });
  return { starts, values };
}

function yearColumn(days: Int32Array): Column {
  const yearsByDay = new Map<number, string>();
  for (const day of days) if (day !== noDay && !yearsByDay.has(day)) yearsByDay.set(day, yearOf(day));
  const names = [...new Set(yearsByDay.values())].sort();
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numbersByDay = new Map(Array.from(yearsByDay, ([day, year]) => [day, numbers.get(year) as number]));
  const starts = new Uint32Array(days.length + 1);
  const values = new Uint32Array(days.length);
  let next = 0;
  for (let article = 0; article < days.length; article++) {
    const number = numbersByDay.get(days[article] as number);
    if (number !== undefined) values[next++] = number;
    starts[article + 1] = next;
  }
  return { size: names.length, starts, values, name: (value) => names[value] as string };
}

/** Days since 1970-01-01 → `YYYY`. */
function yearOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 4);
}
