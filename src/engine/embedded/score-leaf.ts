/**
 * Scores one leaf of a plan against a segment: every article and every paragraph that holds it, with its BM25.
 * Plain and exhaustive: each posting of each member is decoded once and added up in arrays over the corpus.
 */
import { type Field, fields } from '../../domain/article.ts';
import type { Leaf, TermGroup } from '../../domain/plan.ts';
import { fieldWeights, idf, saturation } from '../../domain/ranking.ts';
import type { CorpusStatistics } from './corpus-statistics.ts';
import { type FieldOccurrences, findPhrase, type Member } from './find-phrase.ts';
import type { Segment } from './segment.ts';

/** What holds a leaf, ascending, with the leaf's share of the score. */
export interface LeafScores {
  readonly articles: Uint32Array;
  readonly articleScores: Float64Array;
  readonly paragraphs: Uint32Array;
  readonly paragraphScores: Float64Array;
}

export class LeafScorer {
  readonly #segment: Segment;
  readonly #statistics: CorpusStatistics;
  /** Weighted frequencies, all zero between leaves: per article and field, and per paragraph. */
  readonly #articleTf: Readonly<Record<Field, Float64Array>>;
  readonly #paragraphTf: Float64Array;
  readonly #isArticleSeen: Uint8Array;
  #articles: number[] = [];
  #paragraphs: number[] = [];

  constructor(segment: Segment, statistics: CorpusStatistics) {
    this.#segment = segment;
    this.#statistics = statistics;
    const perArticle = () => new Float64Array(statistics.articles);
    this.#articleTf = { title: perArticle(), heading: perArticle(), body: perArticle() };
    this.#paragraphTf = new Float64Array(statistics.paragraphs);
    this.#isArticleSeen = new Uint8Array(statistics.articles);
  }

  /** `isLate` is asked between posting lists; once true, what is left of the leaf is passed over. */
  score(leaf: Leaf, groups: readonly TermGroup[], isLate: () => boolean): LeafScores {
    return leaf.kind === 'term'
      ? this.#scoreGroup(groups[leaf.group] as TermGroup, isLate)
      : this.#scorePhrase(
          leaf.groups.map((group) => groups[group] as TermGroup),
          isLate,
        );
  }

  #scoreGroup(group: TermGroup, isLate: () => boolean): LeafScores {
    this.#addGroup(group, isLate);
    return this.#collect(
      idf(this.#articles.length, this.#statistics.articles),
      idf(this.#paragraphs.length, this.#statistics.paragraphs),
    );
  }

  /** Lucene's PhraseQuery: the places count as frequency, the words' idfs add up. */
  #scorePhrase(groups: readonly TermGroup[], isLate: () => boolean): LeafScores {
    let articleIdf = 0;
    let paragraphIdf = 0;
    for (const group of groups) {
      this.#addGroup(group, isLate);
      articleIdf += idf(this.#articles.length, this.#statistics.articles);
      paragraphIdf += idf(this.#paragraphs.length, this.#statistics.paragraphs);
      this.#clear();
    }
    const slots = groups.map((group) => membersOf(group, this.#segment));
    for (const field of (groups[0] as TermGroup).fields) {
      if (isLate()) break;
      this.#addOccurrences(field, findPhrase(this.#segment, slots, field));
    }
    return this.#collect(articleIdf, paragraphIdf);
  }

  #addGroup(group: TermGroup, isLate: () => boolean): void {
    for (const { term, weight } of membersOf(group, this.#segment)) {
      if (isLate()) return;
      for (const field of group.fields) {
        if (!this.#segment.hasPostings(term, field)) continue;
        const postings = this.#segment.postings(term, field);
        while (postings.advance()) this.#add(field, postings.paragraph, weight * postings.frequency);
      }
    }
  }

  #addOccurrences(field: Field, occurrences: FieldOccurrences): void {
    for (const [paragraph, frequency] of occurrences) this.#add(field, paragraph, frequency);
  }

  #add(field: Field, paragraph: number, frequency: number): void {
    const article = this.#statistics.articleOf[paragraph] as number;
    if (this.#isArticleSeen[article] === 0) {
      this.#isArticleSeen[article] = 1;
      this.#articles.push(article);
    }
    const articleTf = this.#articleTf[field];
    articleTf[article] = (articleTf[article] as number) + frequency;
    if (field === 'title') return;
    const before = this.#paragraphTf[paragraph] as number;
    if (before === 0) this.#paragraphs.push(paragraph);
    this.#paragraphTf[paragraph] = before + frequency;
  }

  #collect(articleIdf: number, paragraphIdf: number): LeafScores {
    const articles = Uint32Array.from(this.#articles).sort();
    const paragraphs = Uint32Array.from(this.#paragraphs).sort();
    const articleScores = new Float64Array(articles.length);
    const paragraphScores = new Float64Array(paragraphs.length);
    const { averageLengths, averageParagraphLength } = this.#statistics;
    for (const field of fields) {
      const tfs = this.#articleTf[field];
      const lengths = this.#statistics.lengths(field);
      const weight = fieldWeights[field] * articleIdf;
      for (let i = 0; i < articles.length; i++) {
        const article = articles[i] as number;
        const tf = tfs[article] as number;
        if (tf === 0) continue;
        const earned = weight * saturation(tf, lengths[article] as number, averageLengths[field]);
        articleScores[i] = (articleScores[i] as number) + earned;
      }
    }
    const { paragraphLengths } = this.#segment.sections;
    for (let i = 0; i < paragraphs.length; i++) {
      const paragraph = paragraphs[i] as number;
      const tf = this.#paragraphTf[paragraph] as number;
      const length = paragraphLengths[paragraph] as number;
      paragraphScores[i] = paragraphIdf * saturation(tf, length, averageParagraphLength);
    }
    this.#clear();
    return { articles, articleScores, paragraphs, paragraphScores };
  }

  #clear(): void {
    for (const article of this.#articles) {
      this.#isArticleSeen[article] = 0;
      for (const field of fields) this.#articleTf[field][article] = 0;
    }
    for (const paragraph of this.#paragraphs) this.#paragraphTf[paragraph] = 0;
    this.#articles = [];
    this.#paragraphs = [];
  }
}

/** The dictionary terms of a group, each once, with its weight. */
function membersOf(group: TermGroup, segment: Segment): Member[] {
  const members: Member[] = [];
  const named = new Set<number>();
  for (const { term, weight } of group.terms) {
    const number = segment.terms.find(term);
    if (number < 0) continue;
    named.add(number);
    members.push({ term: number, weight });
  }
  if (group.prefix === null) return members;
  const [start, end] = segment.terms.prefixRange(group.prefix.prefix);
  for (let term = start; term < end; term++) {
    if (!named.has(term)) members.push({ term, weight: group.prefix.weight });
  }
  return members;
}
