/**
 * Evaluates one leaf of a plan on two levels. First the articles: which hold it, what each earns by BM25, and the most
 * that its best paragraph can earn besides. Then, for the few articles that can still be among the best, their
 * paragraphs. Posting lists have the same two levels, so that the first touches a fraction of an index.
 */
import type { Leaf, TermGroup } from '../../domain/plan.ts';
import { fieldWeights, idf, lengthNorm } from '../../domain/ranking.ts';
import { addTo, type BitSet, count, emptySet, has } from './bit-set.ts';
import type { Clock } from './clock.ts';
import { findPhrase } from './find-phrase.ts';
import type { IndexPart } from './index-part.ts';
import type { OpenedIndex } from './opened-index.ts';
import { addArticles, addParagraphs, type FieldWeights, type TermWeight } from './read-lists.ts';
import { countTextParagraphs, type Member, membersOf } from './resolve-group.ts';
import { decodeBounds } from './saturation-bounds.ts';

/** What leaves earn, added up. All zero between searches. */
export interface ArticleScores {
  readonly articles: Float64Array;
  /** The most that an article's best paragraph can earn. */
  readonly bounds: Float64Array;
}

export interface ParagraphScores {
  /** Per paragraph. All zero between searches. */
  readonly scores: Float64Array;
  /** Weighted frequencies of one leaf. All zero between leaves. */
  readonly tfs: Float64Array;
}

/** A leaf after its first level. */
export interface LeafMatch {
  readonly articles: BitSet;
  /**
   * Adds what the leaf earns in each paragraph of the articles, and puts the paragraphs that hold it in heading or body
   * into `holders`.
   */
  addParagraphs(chosen: ChosenArticles, scores: ParagraphScores, holders: BitSet): void;
}

export interface ChosenArticles {
  readonly set: BitSet;
  readonly members: Uint32Array;
}

/** A group in one part of the index. */
interface ResolvedPart {
  readonly part: IndexPart;
  readonly members: readonly Member[];
}

export class LeafEvaluator {
  readonly #index: OpenedIndex;
  /** Weighted frequencies per article, all zero between leaves. */
  readonly #tfs: Float64Array;
  /** The most that the best paragraph's saturation can be, per article, all zero between leaves. */
  readonly #bounds: Float64Array;
  readonly #saturations: Float64Array;
  readonly #onceSaturation: number;
  /** `lengthNorm` of a paragraph without words: no paragraph saturates faster. */
  readonly #leastNorm: number;

  constructor(index: OpenedIndex) {
    this.#index = index;
    this.#tfs = new Float64Array(index.articleNumbers);
    this.#bounds = new Float64Array(index.articleNumbers);
    this.#saturations = decodeBounds(index.averageParagraphLength);
    this.#onceSaturation = 1 / (1 + lengthNorm(1, index.averageParagraphLength));
    this.#leastNorm = lengthNorm(0, 1);
  }

  /** Adds what the leaf earns to `scores`; without scores, only finds. Once time has run out, the rest is passed over. */
  evaluate(leaf: Leaf, groups: readonly TermGroup[], context: EvaluationContext): LeafMatch {
    context.clock.isLate();
    if (leaf.kind === 'phrase') {
      return this.#evaluatePhrase(
        leaf.groups.map((group) => groups[group] as TermGroup),
        context,
      );
    }
    const group = groups[leaf.group] as TermGroup;
    const resolved = this.#resolve(group);
    const weights = weightsOf(group);
    const articles = this.#findArticles(resolved, weights, context.clock);
    const idfs = {
      article: idf(count(articles), this.#index.articles),
      paragraph: context.scores === null ? 0 : this.#paragraphIdf(group, resolved),
    };
    this.#collect(articles, idfs, context.scores);
    return {
      articles,
      addParagraphs: (chosen, paragraphs, holders) => {
        for (const { part, members } of resolved) {
          const { segment, articleNumbers: numbers } = part;
          const { paragraphStarts } = this.#index;
          const into = { numbers, wanted: chosen.set, paragraphStarts, tfs: paragraphs.tfs };
          const weighted = new WeightedFields(weights);
          for (const { term, weight } of members) {
            if (context.clock.isLateAfter(segment.listBytes(term))) break;
            addParagraphs(segment, term, weighted.times(weight), into);
          }
        }
        this.#earn(idfs.paragraph, chosen, { paragraphs, holders });
      },
    };
  }

  #resolve(group: TermGroup): ResolvedPart[] {
    return this.#index.parts.map((part) => ({ part, members: membersOf(group, part.segment) }));
  }

  #findArticles(resolved: readonly ResolvedPart[], weights: FieldWeights, clock: Clock): BitSet {
    const articles = emptySet(this.#index.articleNumbers);
    for (const { part, members } of resolved) {
      const { segment, articleNumbers: numbers } = part;
      const into = { numbers, tfs: this.#tfs, articles, bounds: this.#bounds };
      const weighted = new WeightedFields(weights);
      const bounds = { saturations: this.#saturations, onceSaturation: this.#onceSaturation };
      let termWeight: TermWeight = { weights, ...bounds };
      for (const { term, weight } of members) {
        if (clock.isLateAfter(segment.listBytes(term))) break;
        const own = weighted.times(weight);
        if (termWeight.weights !== own) termWeight = { weights: own, ...bounds };
        addArticles(segment, term, termWeight, into);
      }
    }
    this.#leaveOutRemoved(articles);
    return articles;
  }

  #leaveOutRemoved(articles: BitSet): void {
    const { live } = this.#index;
    if (live === null) return;
    for (let i = 0; i < articles.length; i++) {
      const gone = (articles[i] as number) & ~(live[i] as number);
      for (let word = gone; word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        this.#tfs[article] = 0;
        this.#bounds[article] = 0;
      }
      articles[i] = (articles[i] as number) & (live[i] as number);
    }
  }

  #paragraphIdf(group: TermGroup, resolved: readonly ResolvedPart[]): number {
    let holders = 0;
    for (const { part, members } of resolved) {
      holders += countTextParagraphs(group, members, part.segment);
      if (part.removed !== null) holders -= countTextParagraphs(group, membersOf(group, part.removed), part.removed);
    }
    return idf(holders, this.#index.paragraphs);
  }

  /** Turns the articles' frequencies into scores and bounds, and leaves the frequencies zero. */
  #collect(articles: BitSet, idfs: Idfs, scores: ArticleScores | null): void {
    const tfs = this.#tfs;
    const bounds = this.#bounds;
    const { articleNorms } = this.#index;
    const leastNorm = this.#leastNorm;
    for (let i = 0; i < articles.length; i++) {
      for (let word = articles[i] as number; word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        const tf = tfs[article] as number;
        // No paragraph holds the leaf more often than its article does.
        const saturation = Math.min(bounds[article] as number, tf / (tf + leastNorm));
        tfs[article] = 0;
        bounds[article] = 0;
        if (scores === null) continue;
        const earned = (idfs.article * tf) / (tf + (articleNorms[article] as number));
        scores.articles[article] = (scores.articles[article] as number) + earned;
        scores.bounds[article] = (scores.bounds[article] as number) + idfs.paragraph * saturation;
      }
    }
  }

  /** Turns frequencies of the chosen articles' paragraphs into scores, and leaves the frequencies zero. */
  #earn(paragraphIdf: number, chosen: ChosenArticles, { paragraphs, holders }: Earning): void {
    const { paragraphEnds, paragraphLengths, paragraphNorms, paragraphStarts } = this.#index;
    const { scores, tfs } = paragraphs;
    for (const article of chosen.members) {
      const end = paragraphEnds[article] as number;
      for (let paragraph = paragraphStarts[article] as number; paragraph < end; paragraph++) {
        const tf = tfs[paragraph] as number;
        if (tf === 0) continue;
        tfs[paragraph] = 0;
        const norm = paragraphNorms[paragraphLengths[paragraph] as number] as number;
        scores[paragraph] = (scores[paragraph] as number) + (paragraphIdf * tf) / (tf + norm);
        addTo(holders, paragraph);
      }
    }
  }

  /** Lucene's PhraseQuery: the places count as frequency, the words' idfs add up. */
  #evaluatePhrase(groups: readonly TermGroup[], { scores, clock }: EvaluationContext): LeafMatch {
    const idfs = { article: 0, paragraph: 0 };
    const slots = groups.map((group) => {
      const resolved = this.#resolve(group);
      const articles = this.#findArticles(resolved, weightsOf(group), clock);
      idfs.article += idf(count(articles), this.#index.articles);
      if (scores !== null) idfs.paragraph += this.#paragraphIdf(group, resolved);
      this.#collect(articles, idfs, null);
      return { articles, resolved };
    });
    const candidates = slots[0]?.articles.slice() ?? emptySet(this.#index.articleNumbers);
    for (const { articles } of slots)
      for (let i = 0; i < candidates.length; i++) {
        candidates[i] = (candidates[i] as number) & (articles[i] as number);
      }
    const fields = groups[0]?.fields.filter((field) => groups.every((group) => group.fields.includes(field))) ?? [];
    const articles = emptySet(this.#index.articleNumbers);
    const found = this.#index.parts.flatMap((part, index) =>
      findPhrase(
        { part, fields, candidates, clock },
        slots.map(({ resolved }) => resolved[index]?.members ?? []),
      ),
    );
    for (const { article, field, frequency } of found) {
      addTo(articles, article);
      this.#tfs[article] = (this.#tfs[article] as number) + fieldWeights[field] * frequency;
      if (field !== 'title') this.#bounds[article] = 1;
    }
    this.#collect(articles, idfs, scores);
    return {
      articles,
      addParagraphs: (chosen, paragraphs, holders) => {
        const { paragraphStarts } = this.#index;
        for (const place of found) {
          if (place.field === 'title' || !has(chosen.set, place.article)) continue;
          const paragraph = (paragraphStarts[place.article] as number) + place.paragraph;
          const tf = fieldWeights[place.field] * place.frequency;
          paragraphs.tfs[paragraph] = (paragraphs.tfs[paragraph] as number) + tf;
        }
        this.#earn(idfs.paragraph, chosen, { paragraphs, holders });
      },
    };
  }
}

export interface EvaluationContext {
  readonly scores: ArticleScores | null;
  readonly clock: Clock;
}

interface Idfs {
  readonly article: number;
  readonly paragraph: number;
}

interface Earning {
  readonly paragraphs: ParagraphScores;
  readonly holders: BitSet;
}

function weightsOf({ fields }: TermGroup): FieldWeights {
  const weightOf = (field: keyof FieldWeights) => (fields.includes(field) ? fieldWeights[field] : 0);
  return { title: weightOf('title'), heading: weightOf('heading'), body: weightOf('body') };
}

/** A group's field weights times those of its terms, which are few different ones. */
class WeightedFields {
  readonly #weights: FieldWeights;
  #last: FieldWeights;
  #lastWeight = 1;

  constructor(weights: FieldWeights) {
    this.#weights = weights;
    this.#last = weights;
  }

  times(weight: number): FieldWeights {
    if (weight === this.#lastWeight) return this.#last;
    const { title, heading, body } = this.#weights;
    this.#last = { title: title * weight, heading: heading * weight, body: body * weight };
    this.#lastWeight = weight;
    return this.#last;
  }
}
