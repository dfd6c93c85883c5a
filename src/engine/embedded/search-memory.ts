/**
 * The arrays that searches add up in. A search runs from its beginning to its end without a pause, so that all snapshots
 * that a thread has open share them: to switch to the next one allocates nothing.
 */
import { type BitSet, emptySet } from './bit-set.ts';
import type { ParagraphTfs } from './read-lists.ts';

/** Of at least as many articles and paragraphs as were asked for. Zero between searches, but for what says otherwise. */
export interface SearchArrays {
  /** What articles earn as a whole, and the most that their best paragraphs can earn. */
  readonly articleScores: Float64Array;
  readonly articleBounds: Float64Array;
  /** Of titles: the idf mass of the leaves that stand there, and how many of its words they cover. */
  readonly titleMasses: Float64Array;
  readonly titleWords: Uint32Array;
  /** The idf mass, as paragraphs have it, of the leaves that stand in any heading. */
  readonly headingMasses: Float64Array;
  /** Of one leaf: weighted frequencies, and the most that the best paragraph's odds can be; … */
  readonly articleTfs: Float64Array;
  readonly articleOdds: Float64Array;
  /** … how often it stands in the title, and whether in a heading. */
  readonly articleTitles: Uint32Array;
  readonly articleHeadings: Uint8Array;
  readonly paragraphScores: Float64Array;
  readonly paragraphTfs: ParagraphTfs;
  /** Not zero between searches: keys to sort by, and lists of articles. */
  readonly boundKeys: Float64Array;
  readonly scoreKeys: Float64Array;
  readonly otherArticles: Uint32Array;
  /** By the place of a leaf: the paragraphs that hold it. */
  readonly holders: BitSet[];
  /** By the place of a leaf: its articles, ascending, with what they hold of it. Not zero between searches. */
  readonly notes: ArticleNotes[];
}

/** The first `length` entries count. */
export interface ArticleNotes {
  length: number;
  readonly articles: Uint32Array;
  readonly tfs: Float64Array;
  readonly bounds: Float64Array;
  readonly titles: Uint32Array;
  readonly headings: Uint8Array;
}

/** Room for what is added before the next arrays are needed. */
const slack = 1 + 1 / 16;

/** Arrays that are this many times too large are given back. */
const waste = 4;

export class SearchMemory {
  #arrays = allocate(0, 0);

  /** The arrays, new ones where those of before are too small or far too large. */
  reserve(articles: number, paragraphs: number): SearchArrays {
    const { articleScores, paragraphScores } = this.#arrays;
    const isEnough = articles <= articleScores.length && paragraphs <= paragraphScores.length;
    const isWaste = articles * waste < articleScores.length || paragraphs * waste < paragraphScores.length;
    if (!isEnough || isWaste) this.#arrays = allocate(Math.ceil(articles * slack), Math.ceil(paragraphs * slack));
    return this.#arrays;
  }
}

/** For a leaf that is scored later. */
export function allocateNotes({ articleScores: { length } }: SearchArrays): ArticleNotes {
  return {
    length: 0,
    articles: new Uint32Array(length),
    tfs: new Float64Array(length),
    bounds: new Float64Array(length),
    titles: new Uint32Array(length),
    headings: new Uint8Array(length),
  };
}

/** For the paragraphs that hold a leaf. */
export function allocateHolders({ paragraphScores }: SearchArrays): BitSet {
  return emptySet(paragraphScores.length);
}

function allocate(articles: number, paragraphs: number): SearchArrays {
  return {
    articleScores: new Float64Array(articles),
    articleBounds: new Float64Array(articles),
    titleMasses: new Float64Array(articles),
    titleWords: new Uint32Array(articles),
    headingMasses: new Float64Array(articles),
    articleTfs: new Float64Array(articles),
    articleTitles: new Uint32Array(articles),
    articleHeadings: new Uint8Array(articles),
    articleOdds: new Float64Array(articles),
    paragraphScores: new Float64Array(paragraphs),
    paragraphTfs: {
      values: new Float64Array(paragraphs),
      found: new Uint32Array(paragraphs),
      length: 0,
      headings: new Map(),
    },
    boundKeys: new Float64Array(articles),
    scoreKeys: new Float64Array(articles),
    otherArticles: new Uint32Array(articles),
    holders: [],
    notes: [],
  };
}
