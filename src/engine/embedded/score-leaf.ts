/**
 * Scores one leaf of a plan against a segment: every article and every paragraph that holds it, with its BM25.
 * Plain and exhaustive: each posting of each member is decoded once and added up in arrays over the corpus.
 */
import type { Field } from '../../domain/article.ts';
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
  /** Weighted frequencies, all zero between leaves. */
  readonly #articleTf: Float64Array;
  readonly #paragraphTf: Float64Array;
  #articles: number[] = [];
  #paragraphs: number[] = [];

  constructor(segment: Segment, statistics: CorpusStatistics) {
    this.#segment = segment;
    this.#statistics = statistics;
    this.#articleTf = new Float64Array(statistics.articles);
    this.#paragraphTf = new Float64Array(statistics.paragraphs);
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
    const weighted = fieldWeights[field] * frequency;
    const article = this.#statistics.articleOf[paragraph] as number;
    const articleTf = this.#articleTf[article] as number;
    if (articleTf === 0) this.#articles.push(article);
    this.#articleTf[article] = articleTf + weighted;
    if (field === 'title') return;
    const paragraphTf = this.#paragraphTf[paragraph] as number;
    if (paragraphTf === 0) this.#paragraphs.push(paragraph);
    this.#paragraphTf[paragraph] = paragraphTf + weighted;
  }

  #collect(articleIdf: number, paragraphIdf: number): LeafScores {
    const articles = Uint32Array.from(this.#articles).sort();
    const paragraphs = Uint32Array.from(this.#paragraphs).sort();
    const { articleLengths, averageArticleLength, averageParagraphLength } = this.#statistics;
    const articleScores = Float64Array.from(articles, (article) => {
      const tf = this.#articleTf[article] as number;
      return articleIdf * saturation(tf, articleLengths[article] as number, averageArticleLength);
    });
    const { paragraphLengths } = this.#segment.sections;
    const paragraphScores = Float64Array.from(paragraphs, (paragraph) => {
      const tf = this.#paragraphTf[paragraph] as number;
      return paragraphIdf * saturation(tf, paragraphLengths[paragraph] as number, averageParagraphLength);
    });
    this.#clear();
    return { articles, articleScores, paragraphs, paragraphScores };
  }

  #clear(): void {
    for (const article of this.#articles) this.#articleTf[article] = 0;
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
