/**
 * Evaluates one leaf of a plan against a segment: which articles and paragraphs hold it, and what each earns by BM25.
 *
 * The hot loops of a search, hence long and plain. A leaf is evaluated whole, term by term into arrays over the corpus
 * (an array access a posting), then read off in order. Sets are bits, so that matching, counting and facets
 * afterwards cost next to nothing.
 */
import type { Field } from '../../domain/article.ts';
import type { Leaf, TermGroup } from '../../domain/plan.ts';
import { fieldWeights, idf } from '../../domain/ranking.ts';
import { addTo, type BitSet, count, emptySet } from './bit-set.ts';
import type { CorpusStatistics } from './corpus-statistics.ts';
import { findPhrase, type Member } from './find-phrase.ts';
import type { Segment } from './segment.ts';

/** What holds a leaf. */
export interface LeafMatch {
  readonly articles: BitSet;
  /** In heading or body; the title belongs to the article alone. */
  readonly paragraphs: BitSet;
}

interface Idfs {
  readonly article: number;
  readonly paragraph: number;
}

/** Scores over the corpus that leaves are added to. All zero between searches. */
export interface Scores {
  readonly articles: Float64Array;
  readonly paragraphs: Float64Array;
}

export class LeafEvaluator {
  readonly #segment: Segment;
  readonly #statistics: CorpusStatistics;
  /** Weighted frequencies, all zero between leaves. */
  readonly #articleTf: Float64Array;
  readonly #paragraphTf: Float64Array;

  constructor(segment: Segment, statistics: CorpusStatistics) {
    this.#segment = segment;
    this.#statistics = statistics;
    this.#articleTf = new Float64Array(statistics.articles);
    this.#paragraphTf = new Float64Array(statistics.paragraphs);
  }

  /**
   * Adds what the leaf earns to `scores`; without scores, only finds. `isLate` is asked between posting lists; once true,
   * what is left of the leaf is passed over.
   */
  evaluate(leaf: Leaf, groups: readonly TermGroup[], scores: Scores | null, isLate: () => boolean): LeafMatch {
    if (leaf.kind === 'term') {
      const match = this.#accumulate(groups[leaf.group] as TermGroup, isLate);
      this.#collect(match, scores, null);
      return match;
    }
    return this.#evaluatePhrase(
      leaf.groups.map((group) => groups[group] as TermGroup),
      scores,
      isLate,
    );
  }

  /** Lucene's PhraseQuery: the places count as frequency, the words' idfs add up. */
  #evaluatePhrase(groups: readonly TermGroup[], scores: Scores | null, isLate: () => boolean): LeafMatch {
    const idfs = { article: 0, paragraph: 0 };
    const slots = groups.map((group) => membersOf(group, this.#segment));
    for (const group of groups) {
      const own = this.#collect(this.#accumulate(group, isLate), null, null);
      idfs.article += own.article;
      idfs.paragraph += own.paragraph;
    }
    const match = this.#emptyMatch();
    const common = groups[0]?.fields.filter((field) => groups.every((group) => group.fields.includes(field))) ?? [];
    for (const field of common) {
      if (isLate()) break;
      for (const [paragraph, frequency] of findPhrase(this.#segment, slots, field)) {
        this.#add(match, field, paragraph, fieldWeights[field] * frequency);
      }
    }
    this.#collect(match, scores, idfs);
    return match;
  }

  #emptyMatch(): LeafMatch {
    const { articles, paragraphs } = this.#statistics;
    return { articles: emptySet(articles), paragraphs: emptySet(paragraphs) };
  }

  #add(match: LeafMatch, field: Field, paragraph: number, weighted: number): void {
    if (field === 'title') {
      const article = this.#statistics.articleOf[paragraph] as number;
      this.#articleTf[article] = (this.#articleTf[article] as number) + weighted;
      addTo(match.articles, article);
    } else {
      this.#paragraphTf[paragraph] = (this.#paragraphTf[paragraph] as number) + weighted;
      addTo(match.paragraphs, paragraph);
    }
  }

  /** Frequencies of all members, added up per paragraph, and per article for titles; see `#collect` for the rest. */
  #accumulate(group: TermGroup, isLate: () => boolean): LeafMatch {
    const match = this.#emptyMatch();
    for (const { term, weight } of membersOf(group, this.#segment)) {
      if (isLate()) break;
      for (const field of group.fields) this.#accumulateList(match, field, term, weight * fieldWeights[field]);
    }
    return match;
  }

  #accumulateList(match: LeafMatch, field: Field, term: number, weight: number): void {
    const { bytes, start, end } = this.#segment.list(term, field);
    const { articleOf } = this.#statistics;
    const isTitle = field === 'title';
    const tfs = isTitle ? this.#articleTf : this.#paragraphTf;
    const bits = isTitle ? match.articles : match.paragraphs;
    let paragraph = -1;
    let at = start;
    // The encoding of `postings.ts`, read in place: a cursor object costs twice as much.
    while (at < end) {
      let head = bytes[at++] as number;
      if (head >= 0x80) {
        head &= 0x7f;
        for (let shift = 7; ; shift += 7) {
          const byte = bytes[at++] as number;
          head += (byte & 0x7f) << shift;
          if (byte < 0x80) break;
        }
      }
      paragraph += 1 + (head >>> 1);
      let frequency = 1;
      if ((head & 1) === 0) {
        frequency = bytes[at++] as number;
        if (frequency >= 0x80) {
          frequency &= 0x7f;
          for (let shift = 7; ; shift += 7) {
            const byte = bytes[at++] as number;
            frequency += (byte & 0x7f) << shift;
            if (byte < 0x80) break;
          }
        }
      }
      const place = isTitle ? (articleOf[paragraph] as number) : paragraph;
      tfs[place] = (tfs[place] as number) + weight * frequency;
      bits[place >>> 5] = (bits[place >>> 5] as number) | (1 << (place & 31));
    }
  }

  /**
   * Passes paragraphs on to their articles, turns frequencies into scores, and leaves the frequencies zero. The idfs follow
   * from how many were found, unless given.
   */
  #collect(match: LeafMatch, scores: Scores | null, given: Idfs | null): Idfs {
    const { articleOf, paragraphNorms } = this.#statistics;
    const { paragraphLengths } = this.#segment.sections;
    const { articles, paragraphs } = match;
    const articleTf = this.#articleTf;
    const paragraphTf = this.#paragraphTf;
    const paragraphIdf = given?.paragraph ?? idf(count(paragraphs), this.#statistics.paragraphs);
    for (let i = 0; i < paragraphs.length; i++) {
      for (let word = paragraphs[i] as number; word !== 0; word &= word - 1) {
        const paragraph = i * 32 + (31 - Math.clz32(word & -word));
        const tf = paragraphTf[paragraph] as number;
        paragraphTf[paragraph] = 0;
        const article = articleOf[paragraph] as number;
        articleTf[article] = (articleTf[article] as number) + tf;
        articles[article >>> 5] = (articles[article >>> 5] as number) | (1 << (article & 31));
        if (scores === null) continue;
        const norm = paragraphNorms[paragraphLengths[paragraph] as number] as number;
        const earned = (paragraphIdf * tf) / (tf + norm);
        scores.paragraphs[paragraph] = (scores.paragraphs[paragraph] as number) + earned;
      }
    }
    const articleIdf = given?.article ?? idf(count(articles), this.#statistics.articles);
    this.#collectArticles(articles, articleIdf, scores);
    return { article: articleIdf, paragraph: paragraphIdf };
  }

  #collectArticles(articles: BitSet, articleIdf: number, scores: Scores | null): void {
    const { articleNorms } = this.#statistics;
    const articleTf = this.#articleTf;
    for (let i = 0; i < articles.length; i++) {
      for (let word = articles[i] as number; word !== 0; word &= word - 1) {
        const article = i * 32 + (31 - Math.clz32(word & -word));
        const tf = articleTf[article] as number;
        articleTf[article] = 0;
        if (scores === null) continue;
        const earned = (articleIdf * tf) / (tf + (articleNorms[article] as number));
        scores.articles[article] = (scores.articles[article] as number) + earned;
      }
    }
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
