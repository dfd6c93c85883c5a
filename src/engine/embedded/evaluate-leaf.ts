/**
 * Evaluates one leaf of a plan on two levels. First the articles: which hold it, what each earns by BM25, and the most
 * that its best paragraph can earn besides. Then, for the few articles that can still be among the best, their
 * paragraphs. Posting lists have the same two levels, so that the first touches a fraction of an index.
 */
import { type Field, fields } from '../../domain/article.ts';
import type { Leaf, TermGroup } from '../../domain/plan.ts';
import { fieldWeightsOf, idf, lengthNorm, type RankingParameters } from '../../domain/ranking.ts';
import { addTo, type BitSet, emptySet, has, intersectWith } from './bit-set.ts';
import type { Clock } from './clock.ts';
import { findNear } from './find-near.ts';
import { findPhrase } from './find-phrase.ts';
import { type ChosenArticles, GroupReader, type IndexedGroup, type ResolvedPart } from './group-reader.ts';
import type { OpenedIndex } from './opened-index.ts';
import { addHeading, addTf, type ParagraphTfs } from './read-lists.ts';
import { PhrasePlaces } from './read-places.ts';
import { membersOf } from './resolve-group.ts';
import { saturationOf } from './saturation-bounds.ts';
import { type ArticleNotes, allocateNotes, type SearchArrays } from './search-memory.ts';

/** What leaves earn, added up. All zero between searches. */
export interface ArticleScores {
  readonly articles: Float64Array;
  /** The most that an article's best paragraph can earn for the leaves. */
  readonly bounds: Float64Array;
  /** The idf mass of the leaves in the article's title, and how many of the title's words they cover. */
  readonly titleMasses: Float64Array;
  readonly titleWords: Uint32Array;
  /** The idf mass, as paragraphs have it, of the leaves in any of the article's headings. */
  readonly headingMasses: Float64Array;
}

export interface ParagraphScores {
  /** Per paragraph. All zero between searches. */
  readonly scores: Float64Array;
  /** All zero between leaves. */
  readonly tfs: ParagraphTfs;
  /** By paragraph with a heading that holds a leaf. Empty between searches. */
  readonly headings: Map<number, HeadingHits>;
}

/** What leaves stand in a heading. */
export interface HeadingHits {
  /** Their idf mass, as paragraphs have it. */
  mass: number;
  /** How many of its words they cover. */
  words: number;
}

/** A leaf after its first level. */
export interface LeafMatch {
  readonly articles: BitSet;
  /** What the leaf's idf counts on either level, its weight included: its share of the query's mass. */
  readonly masses: Idfs;
  /** Adds what the leaf earns to those of its articles that are `within`; nothing where that was done at once. */
  scoreArticles(within: BitSet, scores: ArticleScores): void;
  /**
   * Adds what the leaf earns in each paragraph of the articles, and puts the paragraphs that hold it in heading or body
   * into `holders`.
   */
  addParagraphs(chosen: ChosenArticles, scores: ParagraphScores, holders: BitSet): void;
}

type PlacesLeaf = Exclude<Leaf, { kind: 'term' }>;

export class LeafEvaluator {
  readonly #index: OpenedIndex;
  readonly #reader: GroupReader;
  readonly #fieldWeights: readonly number[];
  readonly #articleNorms: Float64Array;
  /** `lengthNorm` of a paragraph without words: no paragraph saturates faster. */
  readonly #leastNorm: number;
  readonly #arrays: SearchArrays;
  /** For leaves whose frequencies nobody wants. */
  readonly #noArticle: BitSet;

  constructor(index: OpenedIndex, arrays: SearchArrays, ranking: RankingParameters) {
    this.#index = index;
    this.#arrays = arrays;
    this.#reader = new GroupReader(index, arrays, ranking);
    const weights = fieldWeightsOf(ranking);
    this.#fieldWeights = fields.map((field) => weights[field]);
    this.#articleNorms = index.articleNorms;
    this.#noArticle = emptySet(index.articleNumbers);
    this.#leastNorm = lengthNorm(0, 1);
  }

  /** A group of a plan, for `evaluate`. */
  resolve(group: TermGroup): IndexedGroup {
    return this.#reader.resolve(group);
  }

  /** Finds the leaf, and scores it as the context says. Once time has run out, the rest is passed over. */
  evaluate(leaf: Leaf, groups: readonly IndexedGroup[], { scoring, clock }: EvaluationContext): LeafMatch {
    clock.isLate();
    if (leaf.kind !== 'term') return this.#evaluatePlaces(leaf, groups, { scoring, clock });
    const group = groups[leaf.group] as IndexedGroup;
    const articles = this.#reader.findArticles(group, this.#wantedOf(scoring), clock);
    const idfs = this.#idfsOf(group.group);
    const earning = { idfs, words: 1 };
    return {
      articles,
      masses: idfs,
      scoreArticles: this.#scoreNowOrLater(articles, earning, scoring),
      addParagraphs: (chosen, paragraphs, holders) => {
        for (const part of group.parts) this.#reader.addParagraphs(part, { chosen, tfs: paragraphs.tfs }, clock);
        this.#earn(earning, paragraphs, holders);
      },
    };
  }

  /** Makes everything ready for the next leaf, where one failed in the middle. */
  clear(): void {
    const { bounds, headings, tfs, titles } = this.#reader;
    tfs.fill(0);
    bounds.fill(0);
    titles.fill(0);
    headings.fill(0);
  }

  /** The articles whose frequencies are wanted; null = all. */
  #wantedOf(scoring: Scoring | null): BitSet | null {
    if (scoring === null) return this.#noArticle;
    return scoring.when === 'later' ? scoring.wanted : null;
  }

  #idfsOf({ df, weight }: TermGroup): Idfs {
    return {
      article: weight * idf(df.articles, this.#index.articles),
      paragraph: weight * idf(df.paragraphs, this.#index.paragraphs),
    };
  }

  /** Leaves the frequencies zero. Returns what scores those articles that turn out to be needed. */
  #scoreNowOrLater(articles: BitSet, leaf: LeafEarning, scoring: Scoring | null): LeafMatch['scoreArticles'] {
    if (scoring?.when === 'later') {
      const notes = this.#note(articles, scoring);
      return (within, scores) => this.#scoreNoted(notes, leaf, { within, scores });
    }
    if (scoring !== null) this.#score(articles, leaf, scoring.scores);
    return () => undefined;
  }

  /** Writes the frequencies of the wanted articles down, and leaves them zero. */
  #note(articles: BitSet, { place, wanted }: ScoringLater): ArticleNotes {
    this.#arrays.notes[place] ??= allocateNotes(this.#arrays);
    const notes = this.#arrays.notes[place];
    const { bounds, headings, tfs, titles } = this.#reader;
    let length = 0;
    for (let i = 0; i < articles.length; i++) {
      for (let word = (articles[i] as number) & (wanted[i] as number); word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        notes.articles[length] = article;
        notes.tfs[length] = tfs[article] as number;
        notes.titles[length] = titles[article] as number;
        notes.headings[length] = headings[article] as number;
        notes.bounds[length++] = bounds[article] as number;
        tfs[article] = 0;
        bounds[article] = 0;
        titles[article] = 0;
        headings[article] = 0;
      }
    }
    notes.length = length;
    return notes;
  }

  #scoreNoted(notes: ArticleNotes, leaf: LeafEarning, { within, scores }: Noted): void {
    for (let i = 0; i < notes.length; i++) {
      const article = notes.articles[i] as number;
      if (!has(within, article)) continue;
      this.#addScore(article, notes.tfs[i] as number, notes.bounds[i] as number, { idfs: leaf.idfs, scores });
      const inTitle = notes.titles[i] as number;
      if (inTitle > 0) addTitle(article, inTitle, leaf, scores);
      if (notes.headings[i] === 1) addHeadingMass(article, leaf, scores);
    }
  }

  /** Turns the articles' frequencies into scores and bounds, and leaves the frequencies zero. */
  #score(articles: BitSet, leaf: LeafEarning, scores: ArticleScores): void {
    const { bounds, headings, tfs, titles } = this.#reader;
    const earning = { idfs: leaf.idfs, scores };
    for (let i = 0; i < articles.length; i++) {
      for (let word = articles[i] as number; word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        this.#addScore(article, tfs[article] as number, bounds[article] as number, earning);
        tfs[article] = 0;
        bounds[article] = 0;
        const inTitle = titles[article] as number;
        if (inTitle > 0) {
          addTitle(article, inTitle, leaf, scores);
          titles[article] = 0;
        }
        if (headings[article] === 1) {
          addHeadingMass(article, leaf, scores);
          headings[article] = 0;
        }
      }
    }
  }

  /** Adds what one article earns, and the most that its best paragraph can. Parameters: an object per article is measurable. */
  #addScore(article: number, tf: number, bound: number, { idfs, scores }: ArticleEarning): void {
    // An article may hold the leaf in a heading only, where it counts nothing beside what else holds it.
    if (tf === 0) return;
    const earned = (idfs.article * tf) / (tf + (this.#articleNorms[article] as number));
    scores.articles[article] = (scores.articles[article] as number) + earned;
    // No paragraph holds the leaf more often than its article does.
    const saturation = Math.min(saturationOf(bound), tf / (tf + this.#leastNorm));
    scores.bounds[article] = (scores.bounds[article] as number) + idfs.paragraph * saturation;
  }

  /** Turns the paragraphs' frequencies into scores, and leaves the frequencies zero. */
  #earn({ idfs, words }: LeafEarning, { scores, tfs, headings }: ParagraphScores, holders: BitSet): void {
    const { paragraphLengths, paragraphNorms, ranking, recurringParagraphs } = this.#index;
    const { values, found } = tfs;
    for (let i = 0; i < tfs.length; i++) {
      const paragraph = found[i] as number;
      const tf = values[paragraph] as number;
      if (tf === 0) continue;
      values[paragraph] = 0;
      const norm = paragraphNorms[paragraphLengths[paragraph] as number] as number;
      const isLowered = has(recurringParagraphs, paragraph) && !tfs.headings.has(paragraph);
      const share = isLowered ? ranking.recurringShare : 1;
      scores[paragraph] = (scores[paragraph] as number) + (share * idfs.paragraph * tf) / (tf + norm);
      addTo(holders, paragraph);
    }
    tfs.length = 0;
    for (const [paragraph, frequency] of tfs.headings) {
      const hits = headings.get(paragraph) ?? { mass: 0, words: 0 };
      headings.set(paragraph, hits);
      hits.mass += idfs.paragraph;
      hits.words += words * frequency;
    }
    tfs.headings.clear();
  }

  /** Like Lucene's PhraseQuery: the places count as frequency, the words' idfs add up. */
  #evaluatePlaces(leaf: PlacesLeaf, all: readonly IndexedGroup[], { scoring, clock }: EvaluationContext): LeafMatch {
    const groups = leaf.groups.map((group) => all[group] as IndexedGroup);
    const idfs = { article: 0, paragraph: 0 };
    for (const { group } of groups) {
      const { article, paragraph } = this.#idfsOf(group);
      idfs.article += article;
      idfs.paragraph += paragraph;
    }
    const holders = groups.map((group) => this.#reader.findArticles(group, this.#noArticle, clock));
    const candidates = holders[0]?.slice() ?? emptySet(this.#index.articleNumbers);
    for (const others of holders.slice(1)) intersectWith(candidates, others);
    const shared = fieldsOfAll(groups);
    const articles = emptySet(this.#index.articleNumbers);
    const found = new PhrasePlaces();
    this.#index.parts.forEach((part, index) => {
      const members = groups.map(({ parts }) => membersOf((parts[index] as ResolvedPart).resolved));
      const search = { part, fields: shared, candidates, clock };
      if (leaf.kind === 'phrase') findPhrase(search, members, found);
      else findNear({ ...search, distance: leaf.distance }, members, found);
    });
    this.#addPhraseArticles(found, articles, this.#wantedOf(scoring));
    const earning = { idfs, words: groups.length };
    return {
      articles,
      masses: idfs,
      scoreArticles: this.#scoreNowOrLater(articles, earning, scoring),
      addParagraphs: (chosen, paragraphs, holders) => {
        this.#addPhraseParagraphs(found, chosen, paragraphs.tfs);
        this.#earn(earning, paragraphs, holders);
      },
    };
  }

  #addPhraseArticles(found: PhrasePlaces, articles: BitSet, wanted: BitSet | null): void {
    const { paragraphLengths, paragraphNorms, paragraphStarts } = this.#index;
    const { bounds, headings, tfs, titles } = this.#reader;
    let last = -1;
    let odds = 0;
    for (let i = 0; i < found.length; i++) {
      const article = found.articles[i] as number;
      const field = found.fields[i] as number;
      addTo(articles, article);
      if (wanted !== null && !has(wanted, article)) continue;
      const tf = (this.#fieldWeights[field] as number) * (found.frequencies[i] as number);
      tfs[article] = (tfs[article] as number) + tf;
      if (field === titleNumber) {
        titles[article] = (titles[article] as number) + (found.counts[i] as number);
        continue;
      }
      if (field === headingNumber) headings[article] = 1;
      const paragraph = (paragraphStarts[article] as number) + (found.paragraphs[i] as number);
      const own = tf / (paragraphNorms[paragraphLengths[paragraph] as number] as number);
      odds = paragraph === last ? odds + own : own;
      last = paragraph;
      if (odds > (bounds[article] as number)) bounds[article] = odds;
    }
  }

  #addPhraseParagraphs(found: PhrasePlaces, chosen: ChosenArticles, tfs: ParagraphTfs): void {
    const { paragraphStarts } = this.#index;
    for (let i = 0; i < found.length; i++) {
      const article = found.articles[i] as number;
      const field = found.fields[i] as number;
      if (field === titleNumber || !has(chosen.set, article)) continue;
      const paragraph = (paragraphStarts[article] as number) + (found.paragraphs[i] as number);
      addTf(tfs, paragraph, (this.#fieldWeights[field] as number) * (found.frequencies[i] as number));
      if (field === headingNumber) addHeading(tfs, paragraph, found.counts[i] as number);
    }
  }
}

/** The fields in which all groups count. */
function fieldsOfAll(groups: readonly IndexedGroup[]): Field[] {
  return fields.filter((field) => groups.every(({ group }) => group.fields.includes(field)));
}

function addTitle(article: number, frequency: number, { idfs, words }: LeafEarning, scores: ArticleScores): void {
  scores.titleMasses[article] = (scores.titleMasses[article] as number) + idfs.article;
  scores.titleWords[article] = (scores.titleWords[article] as number) + words * frequency;
}

function addHeadingMass(article: number, { idfs }: LeafEarning, { headingMasses }: ArticleScores): void {
  headingMasses[article] = (headingMasses[article] as number) + idfs.paragraph;
}

const titleNumber = fields.indexOf('title');
const headingNumber = fields.indexOf('heading');

export interface EvaluationContext {
  /** Null for a leaf that does not score. */
  readonly scoring: Scoring | null;
  readonly clock: Clock;
}

/** Later is better where few of a leaf's articles will be needed; `place` is the leaf's among those, from 0. */
export type Scoring = { readonly when: 'now'; readonly scores: ArticleScores } | ScoringLater;

interface ScoringLater {
  readonly when: 'later';
  readonly place: number;
  /** The articles that may still be needed. */
  readonly wanted: BitSet;
}

interface Noted {
  readonly within: BitSet;
  readonly scores: ArticleScores;
}

interface Idfs {
  readonly article: number;
  readonly paragraph: number;
}

interface LeafEarning {
  readonly idfs: Idfs;
  /** How many words of a title or heading an occurrence covers. */
  readonly words: number;
}

interface ArticleEarning {
  readonly idfs: Idfs;
  readonly scores: ArticleScores;
}
