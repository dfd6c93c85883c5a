/**
 * Chooses the stretch of a paragraph that is shown with a hit, and what is highlighted in it. Text and numbers only:
 * markup is made in views. Cost: linear in the text, but for sorting the matches.
 */
import { limits } from '../domain/limits.ts';
import type { Range } from '../domain/results.ts';
import { isSafeCut, openCutter } from './find-cut.ts';
import { mergeRanges } from './highlight-ranges.ts';
import type { Match } from './open-matcher.ts';

export interface Stretch {
  readonly text: string;
  /** Where it stands in the paragraph: UTF-16 units, end excluded. */
  readonly start: number;
  readonly end: number;
  /** Ranges into `text`: ascending, neither overlapping nor touching. */
  readonly highlights: readonly Range[];
  /** Which ends of the paragraph, white space aside, were left out. */
  readonly truncated: { readonly start: boolean; readonly end: boolean };
}

/** A merged highlight, which is not cut, and the leaves it stands for. */
interface Island {
  readonly start: number;
  readonly end: number;
  readonly leaves: ReadonlySet<number>;
  readonly matches: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the window must hold. */
interface Core extends Span {
  /** A highlight longer than the window: it has to be cut. */
  readonly isClipped: boolean;
}

/**
 * The whole text where it has at most `maxLength` characters, else the window with the most different leaves, then
 * the one in which they stand nearest to each other, then the most matches, then the earliest; its beginning where nothing matches. Cut at sentences or words, within a
 * quarter of the window; never inside a highlight that fits the window, and never inside a character.
 */
export function chooseSnippet(
  text: string,
  matches: readonly Match[],
  { maxLength = limits.snippetLength }: { readonly maxLength?: number } = {},
): Stretch {
  const whole = trimSpan(text, { start: 0, end: text.length });
  const islands = findIslands(text, matches, whole);
  const isShort = whole.end - whole.start <= maxLength;
  const stretch = isShort ? whole : trimSpan(text, cutWindow({ text, whole, islands, maxLength }));
  const { start, end } = stretch;
  return {
    text: text.slice(start, end),
    start,
    end,
    highlights: islands
      .map((island) => clip(island, stretch))
      .filter((range) => range.start < range.end)
      .map((range): Range => [range.start - start, range.end - start]),
    truncated: { start: start > whole.start, end: end < whole.end },
  };
}

function findIslands(text: string, matches: readonly Match[], whole: Span): Island[] {
  const inside = matches
    .map(({ leaf, start, end }) => ({ leaf, ...clip(widen(text, { start, end }), whole) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
  let next = 0;
  return mergeRanges(inside).map(([start, end]) => {
    const first = next;
    while (next < inside.length && (inside[next]?.start ?? end) < end) next++;
    const members = inside.slice(first, next);
    return { start, end, leaves: new Set(members.map(({ leaf }) => leaf)), matches: members.length };
  });
}

/** To whole characters, in case that a match begins or ends inside one. */
function widen(text: string, { start, end }: Span): Span {
  const mostMarks = 8;
  let [from, to] = [start, end];
  while (start - from < mostMarks && !isSafeCut(text, from)) from--;
  while (to - end < mostMarks && !isSafeCut(text, to)) to++;
  return { start: from, end: to };
}

function clip(span: Span, bounds: Span): Span {
  return { start: Math.max(span.start, bounds.start), end: Math.min(span.end, bounds.end) };
}

function trimSpan(text: string, { start, end }: Span): Span {
  const kept = text.slice(start, end).trimEnd();
  return { start: start + kept.length - kept.trimStart().length, end: start + kept.length };
}

interface CutRequest {
  readonly text: string;
  readonly whole: Span;
  readonly islands: readonly Island[];
  readonly maxLength: number;
}

function cutWindow({ text, whole, islands, maxLength }: CutRequest): Span {
  const core = chooseCore(islands, maxLength) ?? { start: whole.start, end: whole.start, isClipped: false };
  const kept = islands.filter((island) => island.end - island.start <= maxLength);
  const isForbidden = (at: number) => islandAround(kept, at) !== null;
  const reach = Math.floor(maxLength / 4);
  const cut = openCutter(text);

  const wanted = idealStart(core, whole, maxLength);
  const ideal = islandAround(kept, wanted)?.end ?? wanted;
  const earliest = Math.max(whole.start, core.end - maxLength);
  const start =
    ideal === whole.start ? ideal : cut('start', { min: earliest, max: core.start, ideal, reach, isForbidden });

  if (start + maxLength >= whole.end) return { start, end: whole.end };
  const latest = islandAround(kept, start + maxLength)?.start ?? start + maxLength;
  const min = core.isClipped ? start + 1 : Math.max(start + 1, core.end);
  return { start, end: cut('end', { min, max: latest, ideal: latest, reach, isForbidden }) };
}

/** A window, with what it is compared by. */
interface RatedCore extends Core {
  readonly leaves: number;
  /** Characters from its beginning to where it has all its leaves. */
  readonly reach: number;
  readonly matches: number;
}

/** Tries each island as the first of a window; both edges move forward only. */
function chooseCore(islands: readonly Island[], maxLength: number): Core | null {
  let best: RatedCore | null = null;
  const nextOfLeaf = openNext(islands);
  const islandsOfLeaf = new Map<number, number>();
  let matches = 0;
  let next = 0;
  for (const [first, island] of islands.entries()) {
    const limit = island.start + maxLength;
    for (let added = islands[next]; added && (next <= first || added.end <= limit); added = islands[++next]) {
      for (const leaf of added.leaves) islandsOfLeaf.set(leaf, (islandsOfLeaf.get(leaf) ?? 0) + 1);
      matches += added.matches;
    }
    const end = islands[next - 1]?.end ?? island.end;
    const core = { start: island.start, end: Math.min(end, limit), isClipped: end > limit };
    const held = Math.max(...Array.from(islandsOfLeaf.keys(), (leaf) => nextOfLeaf(leaf, first)));
    const rated = { ...core, leaves: islandsOfLeaf.size, reach: held - island.start, matches };
    if (best === null || isBetter(rated, best)) best = rated;
    for (const leaf of island.leaves) {
      const left = (islandsOfLeaf.get(leaf) ?? 0) - 1;
      if (left > 0) islandsOfLeaf.set(leaf, left);
      else islandsOfLeaf.delete(leaf);
    }
    matches -= island.matches;
  }
  return best;
}

function isBetter(one: RatedCore, other: RatedCore): boolean {
  if (one.leaves !== other.leaves) return one.leaves > other.leaves;
  // One word alone stands nowhere nearer: its length, or that of what it runs into, says nothing.
  if (one.leaves > 1 && one.reach !== other.reach) return one.reach < other.reach;
  return one.matches > other.matches;
}

/** Where a leaf ends for the first time from an island on, which must not come before the one asked for last. */
function openNext(islands: readonly Island[]): (leaf: number, from: number) => number {
  const places = new Map<number, { readonly islands: number[]; at: number }>();
  for (const [index, { leaves }] of islands.entries()) {
    for (const leaf of leaves) {
      const known = places.get(leaf) ?? { islands: [], at: 0 };
      places.set(leaf, known);
      known.islands.push(index);
    }
  }
  return (leaf, from) => {
    const known = places.get(leaf);
    if (known === undefined) return Number.POSITIVE_INFINITY;
    while ((known.islands[known.at] ?? from) < from) known.at++;
    return islands[known.islands[known.at] ?? -1]?.end ?? Number.POSITIVE_INFINITY;
  };
}

/** Room is shared between both sides, but the text's own beginning and end are good places to begin and end. */
function idealStart(core: Core, whole: Span, maxLength: number): number {
  const isEarly = core.end - whole.start <= maxLength && core.start - whole.start <= maxLength / 2;
  if (isEarly) return whole.start;
  if (whole.end - core.start <= maxLength) return whole.end - maxLength;
  const room = Math.max(0, maxLength - (core.end - core.start));
  return Math.max(whole.start, core.start - Math.floor(room / 2));
}

/** The island that a cut here would tear apart, or null. */
function islandAround(islands: readonly Island[], at: number): Island | null {
  let low = 0;
  let high = islands.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((islands[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  const island = islands[low];
  return island !== undefined && island.start < at ? island : null;
}
