/**
 * Reads the frequencies of a group over all segments of an index: article by article, and paragraph by paragraph of chosen
 * articles. What they earn is `evaluate-leaf.ts`'s business.
 */
import type { TermGroup } from '../../domain/plan.ts';
import { fieldWeights, lengthNorm } from '../../domain/ranking.ts';
import { addTo, type BitSet, emptySet, has } from './bit-set.ts';
import type { Clock } from './clock.ts';
import type { IndexPart } from './index-part.ts';
import type { OpenedIndex } from './opened-index.ts';
import { manyMark, type PrefixFrequencies, prefixFrequencies } from './prefix-frequencies.ts';
import {
  type ArticleFrequencies,
  addArticles,
  addParagraphs,
  addTf,
  type FieldWeights,
  type ParagraphTfs,
  type TermWeight,
} from './read-lists.ts';
import { countTextParagraphs, namedBesideRange, type ResolvedGroup, resolveGroup } from './resolve-group.ts';
import { decodeBounds } from './saturation-bounds.ts';
import type { SearchArrays } from './search-memory.ts';
import type { Segment } from './segment.ts';

export interface ChosenArticles {
  readonly set: BitSet;
  readonly members: Uint32Array;
}

/** A group of a plan in an index. */
export interface IndexedGroup {
  readonly group: TermGroup;
  readonly parts: readonly ResolvedPart[];
}

/** A group in one part of the index, and what its frequencies are added up from. */
export interface ResolvedPart {
  readonly part: IndexPart;
  readonly resolved: ResolvedGroup;
  readonly counted: CountedRange | null;
  readonly terms: readonly WeightedTerm[];
}

/** Terms of a prefix, counted together. */
interface CountedRange {
  readonly frequencies: PrefixFrequencies;
  readonly weight: number;
}

interface WeightedTerm {
  readonly term: number;
  readonly weights: FieldWeights;
  /** What its odds count: its weight, but never less than nothing. */
  readonly share: number;
}

export class GroupReader {
  /** Weighted frequencies per article; whoever asked for them leaves them zero. */
  readonly tfs: Float64Array;
  /** The most that the best paragraph's odds can be, per article; whoever asked for them leaves them zero. */
  readonly bounds: Float64Array;
  readonly #index: OpenedIndex;
  readonly #odds: Float64Array;
  readonly #onceOdds: number;

  constructor(index: OpenedIndex, { articleTfs, articleOdds }: SearchArrays) {
    this.#index = index;
    this.tfs = articleTfs;
    this.bounds = articleOdds;
    this.#odds = decodeBounds(index.averageParagraphLength);
    this.#onceOdds = 1 / lengthNorm(1, index.averageParagraphLength);
  }

  resolve(group: TermGroup): IndexedGroup {
    const weights = weightsOf(group);
    const parts = this.#index.parts.map((part) => {
      const resolved = resolveGroup(group, part.segment);
      return { part, resolved, ...sourcesOf(resolved, weights, part.segment) };
    });
    return { group, parts };
  }

  /** The articles that hold the group, with frequencies and bounds of those that are wanted; null = of all. */
  findArticles({ parts }: IndexedGroup, wanted: BitSet | null, clock: Clock): BitSet {
    const articles = emptySet(this.#index.articleNumbers);
    const odds = { odds: this.#odds, onceOdds: this.#onceOdds };
    for (const { part, counted, terms } of parts) {
      const { segment, articleNumbers: numbers } = part;
      const into = { numbers, articles, wanted, tfs: this.tfs, bounds: this.bounds };
      if (counted !== null) addCountedArticles(counted, this.#odds, into);
      let termWeight: TermWeight = { weights: noWeights, share: 0, ...odds };
      for (const { term, weights, share } of terms) {
        if (clock.isLateAfter(segment.listBytes(term))) break;
        // Thousands of terms of a prefix share their weights.
        if (termWeight.weights !== weights) termWeight = { weights, share, ...odds };
        addArticles(segment, term, termWeight, into);
      }
    }
    this.#leaveOutRemoved(articles);
    return articles;
  }

  /** Adds the group's frequencies in each paragraph of the chosen articles. */
  addParagraphs(
    { part, counted, terms }: ResolvedPart,
    { chosen, tfs }: { readonly chosen: ChosenArticles; readonly tfs: ParagraphTfs },
    clock: Clock,
  ): void {
    const { segment, articleNumbers: numbers, firstParagraph } = part;
    const { paragraphEnds, paragraphStarts } = this.#index;
    if (counted !== null) {
      const { frequencies, weight } = counted;
      for (const article of chosen.members) {
        if (numbers !== null && this.#index.locate(article).part !== part) continue;
        const end = paragraphEnds[article] as number;
        for (let paragraph = paragraphStarts[article] as number; paragraph < end; paragraph++) {
          let frequency = frequencies.paragraphs[paragraph - firstParagraph] as number;
          if (frequency === manyMark) frequency = frequencies.many.get(paragraph - firstParagraph) as number;
          if (frequency > 0) addTf(tfs, paragraph, weight * frequency);
        }
      }
    }
    const into = { numbers, wanted: chosen.set, paragraphStarts, tfs };
    for (const { term, weights } of terms) {
      if (clock.isLateAfter(segment.listBytes(term))) break;
      addParagraphs(segment, term, weights, into);
    }
  }

  #leaveOutRemoved(articles: BitSet): void {
    const { live } = this.#index;
    if (live === null) return;
    for (let i = 0; i < articles.length; i++) {
      const gone = (articles[i] as number) & ~(live[i] as number);
      for (let word = gone; word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        this.tfs[article] = 0;
        this.bounds[article] = 0;
      }
      articles[i] = (articles[i] as number) & (live[i] as number);
    }
  }

  /** How many paragraphs hold the group in heading or body. */
  countTextParagraphs({ group, parts }: IndexedGroup): number {
    let holders = 0;
    for (const { part, resolved: own } of parts) {
      const { removed, segment } = part;
      holders += countTextParagraphs(group, own, segment);
      if (removed !== null) holders -= countTextParagraphs(group, resolveGroup(group, removed), removed);
    }
    // What a damaged file says to be removed may be more than there is.
    return Math.max(0, holders);
  }
}

/** About how much there is to read of a group, in bytes. */
export function costOf({ parts }: IndexedGroup): number {
  let bytes = 0;
  for (const { part, counted, terms } of parts) {
    if (counted !== null) bytes += part.segment.header.articles;
    for (const { term } of terms) bytes += part.segment.listBytes(term);
  }
  return bytes;
}

function weightsOf({ fields }: TermGroup): FieldWeights {
  const weightOf = (field: keyof FieldWeights) => (fields.includes(field) ? fieldWeights[field] : 0);
  return { title: weightOf('title'), heading: weightOf('heading'), body: weightOf('body') };
}

function sourcesOf(
  resolved: ResolvedGroup,
  weights: FieldWeights,
  segment: Segment,
): { readonly counted: CountedRange | null; readonly terms: readonly WeightedTerm[] } {
  const { range } = resolved;
  const terms: WeightedTerm[] = [];
  let counted: CountedRange | null = null;
  if (range !== null) {
    const isWhole = weights.title > 0 && weights.heading > 0 && weights.body > 0;
    const frequencies = isWhole ? prefixFrequencies(segment, range) : null;
    if (frequencies !== null) counted = { frequencies, weight: range.weight };
    else {
      const own = { weights: times(weights, range.weight), share: range.weight };
      for (let term = range.start; term < range.end; term++) terms.push({ term, ...own });
    }
  }
  for (const { term, weight } of namedBesideRange(resolved)) {
    terms.push({ term, weights: times(weights, weight), share: Math.max(0, weight) });
  }
  return { counted, terms };
}

function addCountedArticles({ frequencies, weight }: CountedRange, odds: Float64Array, into: ArticleFrequencies): void {
  const { numbers, articles, wanted, tfs, bounds } = into;
  for (let local = 0; local < frequencies.articles.length; local++) {
    const frequency = frequencies.articles[local] as number;
    if (frequency === 0) continue;
    const article = numbers === null ? local : (numbers[local] as number);
    addTo(articles, article);
    if (wanted !== null && !has(wanted, article)) continue;
    tfs[article] = (tfs[article] as number) + weight * frequency;
    bounds[article] = (bounds[article] as number) + weight * (odds[frequencies.bounds[local] as number] as number);
  }
}

const noWeights: FieldWeights = { title: 0, heading: 0, body: 0 };

function times({ title, heading, body }: FieldWeights, weight: number): FieldWeights {
  return { title: title * weight, heading: heading * weight, body: body * weight };
}
