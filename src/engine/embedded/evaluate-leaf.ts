/**
 * Evaluates one leaf of a plan on two levels. First the articles: which hold it, what each earns by BM25, and the most
 * that its best paragraph can earn besides. Then, for the few articles that can still be among the best, their
 * paragraphs. Posting lists have the same two levels, so that the first touches a fraction of an index.
 */
import { type Field, fields } from '../../domain/article.ts';
import type { Leaf, TermGroup } from '../../domain/plan.ts';
import { fieldWeights, idf, lengthNorm } from '../../domain/ranking.ts';
import { addTo, type BitSet, count, emptySet, has, intersectWith } from './bit-set.ts';
import type { Clock } from './clock.ts';
import { findNear } from './find-near.ts';
import { findPhrase } from './find-phrase.ts';
import { type ChosenArticles, GroupReader, type IndexedGroup, type ResolvedPart } from './group-reader.ts';
import type { OpenedIndex } from './opened-index.ts';
import { addTf, type ParagraphTfs } from './read-lists.ts';
import { PhrasePlaces } from './read-places.ts';
import { membersOf } from './resolve-group.ts';
import { saturationOf } from './saturation-bounds.ts';
import { type ArticleNotes, allocateNotes, type SearchArrays } from './search-memory.ts';

/** What leaves earn, added up. All zero between searches. */
export interface ArticleScores {
  readonly articles: Float64Array;
  /** The most that an article's best paragraph can earn. */
  readonly bounds: Float64Array;
}

export interface ParagraphScores {
  /** Per paragraph. All zero between searches. */
  readonly scores: Float64Array;
  /** All zero between leaves. */
  readonly tfs: ParagraphTfs;
}

/** A leaf after its first level. */
export interface LeafMatch {
  readonly articles: BitSet;
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
  /** Those of the reader, all zero between leaves. */
  readonly #tfs: Float64Array;
  readonly #bounds: Float64Array;
  readonly #articleNorms: Float64Array;
  /** `lengthNorm` of a paragraph without words: no paragraph saturates faster. */
  readonly #leastNorm: number;
  readonly #arrays: SearchArrays;
  /** For leaves whose frequencies nobody wants. */
  readonly #noArticle: BitSet;

  constructor(index: OpenedIndex, arrays: SearchArrays) {
    this.#index = index;
    this.#arrays = arrays;
    this.#reader = new GroupReader(index, arrays);
    this.#tfs = this.#reader.tfs;
    this.#bounds = this.#reader.bounds;
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
    const idfs = {
      article: idf(count(articles), this.#index.articles),
      paragraph: scoring === null ? 0 : this.#paragraphIdf(group),
    };
    return {
      articles,
      scoreArticles: this.#scoreNowOrLater(articles, idfs, scoring),
      addParagraphs: (chosen, paragraphs, holders) => {
        for (const part of group.parts) this.#reader.addParagraphs(part, { chosen, tfs: paragraphs.tfs }, clock);
        this.#earn(idfs.paragraph, paragraphs, holders);
      },
    };
  }

  /** Makes everything ready for the next leaf, where one failed in the middle. */
  clear(): void {
    this.#tfs.fill(0);
    this.#bounds.fill(0);
  }

  /** The articles whose frequencies are wanted; null = all. */
  #wantedOf(scoring: Scoring | null): BitSet | null {
    if (scoring === null) return this.#noArticle;
    return scoring.when === 'later' ? scoring.wanted : null;
  }

  #paragraphIdf(group: IndexedGroup): number {
    return idf(this.#reader.countTextParagraphs(group), this.#index.paragraphs);
  }

  /** Leaves the frequencies zero. Returns what scores those articles that turn out to be needed. */
  #scoreNowOrLater(articles: BitSet, idfs: Idfs, scoring: Scoring | null): LeafMatch['scoreArticles'] {
    if (scoring?.when === 'later') {
      const notes = this.#note(articles, scoring);
      return (within, scores) => this.#scoreNoted(notes, idfs, { within, scores });
    }
    if (scoring !== null) this.#score(articles, { idfs, scores: scoring.scores });
    return () => undefined;
  }

  /** Writes the frequencies of the wanted articles down, and leaves them zero. */
  #note(articles: BitSet, { place, wanted }: ScoringLater): ArticleNotes {
    this.#arrays.notes[place] ??= allocateNotes(this.#arrays);
    const notes = this.#arrays.notes[place];
    const tfs = this.#tfs;
    const bounds = this.#bounds;
    let length = 0;
    for (let i = 0; i < articles.length; i++) {
      for (let word = (articles[i] as number) & (wanted[i] as number); word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        notes.articles[length] = article;
        notes.tfs[length] = tfs[article] as number;
        notes.bounds[length++] = bounds[article] as number;
        tfs[article] = 0;
        bounds[article] = 0;
      }
    }
    notes.length = length;
    return notes;
  }

  #scoreNoted(notes: ArticleNotes, idfs: Idfs, { within, scores }: Noted): void {
    for (let i = 0; i < notes.length; i++) {
      const article = notes.articles[i] as number;
      if (!has(within, article)) continue;
      this.#addScore(article, notes.tfs[i] as number, notes.bounds[i] as number, { idfs, scores });
    }
  }

  /** Turns the articles' frequencies into scores and bounds, and leaves the frequencies zero. */
  #score(articles: BitSet, earning: ArticleEarning): void {
    const tfs = this.#tfs;
    const bounds = this.#bounds;
    for (let i = 0; i < articles.length; i++) {
      for (let word = articles[i] as number; word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        this.#addScore(article, tfs[article] as number, bounds[article] as number, earning);
        tfs[article] = 0;
        bounds[article] = 0;
      }
    }
  }

  /** What one article earns, and the most that its best paragraph can. An object of its numbers would tell in the time. */
  #addScore(article: number, tf: number, bound: number, { idfs, scores }: ArticleEarning): void {
    const earned = (idfs.article * tf) / (tf + (this.#articleNorms[article] as number));
    scores.articles[article] = (scores.articles[article] as number) + earned;
    // No paragraph holds the leaf more often than its article does.
    const saturation = Math.min(saturationOf(bound), tf / (tf + this.#leastNorm));
    scores.bounds[article] = (scores.bounds[article] as number) + idfs.paragraph * saturation;
  }

  /** Turns the paragraphs' frequencies into scores, and leaves the frequencies zero. */
  #earn(paragraphIdf: number, { scores, tfs }: ParagraphScores, holders: BitSet): void {
    const { paragraphLengths, paragraphNorms } = this.#index;
    const { values, found } = tfs;
    for (let i = 0; i < tfs.length; i++) {
      const paragraph = found[i] as number;
      const tf = values[paragraph] as number;
      if (tf === 0) continue;
      values[paragraph] = 0;
      const norm = paragraphNorms[paragraphLengths[paragraph] as number] as number;
      scores[paragraph] = (scores[paragraph] as number) + (paragraphIdf * tf) / (tf + norm);
      addTo(holders, paragraph);
    }
    tfs.length = 0;
  }

  /** Like Lucene's PhraseQuery: the places count as frequency, the words' idfs add up. */
  #evaluatePlaces(leaf: PlacesLeaf, all: readonly IndexedGroup[], { scoring, clock }: EvaluationContext): LeafMatch {
    const groups = leaf.groups.map((group) => all[group] as IndexedGroup);
    const idfs = { article: 0, paragraph: 0 };
    const holders = groups.map((group) => {
      const articles = this.#reader.findArticles(group, this.#noArticle, clock);
      idfs.article += idf(count(articles), this.#index.articles);
      if (scoring !== null) idfs.paragraph += this.#paragraphIdf(group);
      return articles;
    });
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
    return {
      articles,
      scoreArticles: this.#scoreNowOrLater(articles, idfs, scoring),
      addParagraphs: (chosen, paragraphs, holders) => {
        this.#addPhraseParagraphs(found, chosen, paragraphs.tfs);
        this.#earn(idfs.paragraph, paragraphs, holders);
      },
    };
  }

  #addPhraseArticles(found: PhrasePlaces, articles: BitSet, wanted: BitSet | null): void {
    const { paragraphLengths, paragraphNorms, paragraphStarts } = this.#index;
    let last = -1;
    let odds = 0;
    for (let i = 0; i < found.length; i++) {
      const article = found.articles[i] as number;
      const field = found.fields[i] as number;
      addTo(articles, article);
      if (wanted !== null && !has(wanted, article)) continue;
      const tf = (weightsByField[field] as number) * (found.frequencies[i] as number);
      this.#tfs[article] = (this.#tfs[article] as number) + tf;
      if (field === titleNumber) continue;
      const paragraph = (paragraphStarts[article] as number) + (found.paragraphs[i] as number);
      const own = tf / (paragraphNorms[paragraphLengths[paragraph] as number] as number);
      odds = paragraph === last ? odds + own : own;
      last = paragraph;
      if (odds > (this.#bounds[article] as number)) this.#bounds[article] = odds;
    }
  }

  #addPhraseParagraphs(found: PhrasePlaces, chosen: ChosenArticles, tfs: ParagraphTfs): void {
    const { paragraphStarts } = this.#index;
    for (let i = 0; i < found.length; i++) {
      const article = found.articles[i] as number;
      const field = found.fields[i] as number;
      if (field === titleNumber || !has(chosen.set, article)) continue;
      const paragraph = (paragraphStarts[article] as number) + (found.paragraphs[i] as number);
      addTf(tfs, paragraph, (weightsByField[field] as number) * (found.frequencies[i] as number));
    }
  }
}

/** The fields in which all groups count. */
function fieldsOfAll(groups: readonly IndexedGroup[]): Field[] {
  return fields.filter((field) => groups.every(({ group }) => group.fields.includes(field)));
}

const weightsByField: readonly number[] = fields.map((field) => fieldWeights[field]);
const titleNumber = fields.indexOf('title');

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

interface ArticleEarning {
  readonly idfs: Idfs;
  readonly scores: ArticleScores;
}
