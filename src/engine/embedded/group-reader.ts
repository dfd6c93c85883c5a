/**
 * Reads the frequencies of a group over all segments of an index: article by article, and paragraph by paragraph of chosen
 * articles. What they earn is `evaluate-leaf.ts`'s business.
 */
import { fields } from '../../domain/article.ts';
import type { TermGroup } from '../../domain/plan.ts';
import { fieldWeightsOf, lengthNorm, type RankingParameters } from '../../domain/ranking.ts';
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
  type CoverFields,
  type FieldWeights,
  type ParagraphTfs,
  type TermWeight,
} from './read-lists.ts';
import { namedBesideRange, type ResolvedGroup, resolveGroup } from './resolve-group.ts';
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
  readonly covers: CoverFields;
  /** What its odds count: its weight, but never less than nothing. */
  readonly share: number;
}

export class GroupReader {
  /** Weighted frequencies per article; whoever asked for them leaves them zero. */
  readonly tfs: Float64Array;
  /** The most that the best paragraph's odds can be, per article; whoever asked for them leaves them zero. */
  readonly bounds: Float64Array;
  /** How often the group stands in the title, and whether in a heading; whoever asked for them leaves them zero. */
  readonly titles: Uint32Array;
  readonly headings: Uint8Array;
  readonly #index: OpenedIndex;
  readonly #ranking: RankingParameters;
  readonly #odds: Float64Array;
  readonly #onceOdds: number;

  constructor(index: OpenedIndex, arrays: SearchArrays, ranking: RankingParameters) {
    this.#index = index;
    this.#ranking = ranking;
    this.tfs = arrays.articleTfs;
    this.bounds = arrays.articleOdds;
    this.titles = arrays.articleTitles;
    this.headings = arrays.articleHeadings;
    this.#odds = decodeBounds(index.averageParagraphLength);
    this.#onceOdds = 1 / lengthNorm(1, index.averageParagraphLength);
  }

  resolve(group: TermGroup): IndexedGroup {
    const weights = this.#weightsOf(group);
    const parts = this.#index.parts.map((part) => {
      const resolved = resolveGroup(group, part.segment);
      return { part, resolved, ...sourcesOf({ resolved, group }, weights, part.segment) };
    });
    return { group, parts };
  }

  /** The articles that hold the group, with frequencies and bounds of those that are wanted; null = of all. */
  findArticles({ parts }: IndexedGroup, wanted: BitSet | null, clock: Clock): BitSet {
    const articles = emptySet(this.#index.articleNumbers);
    const odds = { odds: this.#odds, onceOdds: this.#onceOdds };
    for (const { part, counted, terms } of parts) {
      const { segment, articleNumbers: numbers } = part;
      const { bounds, headings, tfs, titles } = this;
      const into = { numbers, articles, wanted, tfs, bounds, titles, headings };
      if (counted !== null) addCountedArticles(counted, { odds: this.#odds, ranking: this.#ranking }, into);
      let termWeight: TermWeight = { weights: noWeights, covers: noCover, share: 0, ...odds };
      for (const { term, weights, covers, share } of terms) {
        if (clock.isLateAfter(segment.listBytes(term))) break;
        // Thousands of terms of a prefix share their weights.
        if (termWeight.weights !== weights) termWeight = { weights, covers, share, ...odds };
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
    for (const weighted of terms) {
      if (clock.isLateAfter(segment.listBytes(weighted.term))) break;
      addParagraphs(segment, weighted.term, weighted, into);
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
        this.titles[article] = 0;
        this.headings[article] = 0;
      }
      articles[i] = (articles[i] as number) & (live[i] as number);
    }
  }

  #weightsOf({ fields }: TermGroup): FieldWeights {
    const weights = fieldWeightsOf(this.#ranking);
    const weightOf = (field: keyof FieldWeights) => (fields.includes(field) ? weights[field] : 0);
    return { title: weightOf('title'), heading: weightOf('heading'), body: weightOf('body') };
  }
}

function sourcesOf(
  { resolved, group }: { readonly resolved: ResolvedGroup; readonly group: TermGroup },
  weights: FieldWeights,
  segment: Segment,
): { readonly counted: CountedRange | null; readonly terms: readonly WeightedTerm[] } {
  const { range } = resolved;
  const inTitle = group.fields.includes('title');
  const inHeading = group.fields.includes('heading');
  const terms: WeightedTerm[] = [];
  let counted: CountedRange | null = null;
  if (range !== null) {
    const frequencies = group.fields.length === fields.length ? prefixFrequencies(segment, range) : null;
    if (frequencies !== null) counted = { frequencies, weight: range.weight };
    else {
      const own = {
        weights: times(weights, range.weight),
        covers: { title: inTitle, heading: false },
        share: range.weight,
      };
      for (let term = range.start; term < range.end; term++) terms.push({ term, ...own });
    }
  }
  for (const { term, weight, isInRange } of namedBesideRange(resolved)) {
    terms.push({
      term,
      weights: times(weights, weight),
      covers: { title: inTitle && !isInRange, heading: inHeading },
      share: Math.max(0, weight),
    });
  }
  return { counted, terms };
}

function addCountedArticles(
  { frequencies, weight }: CountedRange,
  { odds, ranking }: { readonly odds: Float64Array; readonly ranking: RankingParameters },
  into: ArticleFrequencies,
): void {
  const { numbers, articles, wanted, tfs, bounds, titles } = into;
  for (let local = 0; local < frequencies.articles.length; local++) {
    const inTitle = frequencies.titles[local] as number;
    const frequency = (frequencies.articles[local] as number) + ranking.titleWeight * inTitle;
    if (frequency === 0) continue;
    const article = numbers === null ? local : (numbers[local] as number);
    addTo(articles, article);
    if (wanted !== null && !has(wanted, article)) continue;
    tfs[article] = (tfs[article] as number) + weight * frequency;
    bounds[article] = (bounds[article] as number) + weight * (odds[frequencies.bounds[local] as number] as number);
    titles[article] = (titles[article] as number) + inTitle;
  }
}

const noCover: CoverFields = { title: false, heading: false };
const noWeights: FieldWeights = { title: 0, heading: 0, body: 0 };

function times({ title, heading, body }: FieldWeights, weight: number): FieldWeights {
  return { title: title * weight, heading: heading * weight, body: body * weight };
}
