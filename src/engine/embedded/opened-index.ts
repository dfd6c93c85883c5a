/**
 * All segments of a snapshot as one index. Articles are numbered in path order over all segments, removed ones included,
 * so that ties break as they would in a single segment; paragraphs segment by segment. Counts, average lengths and
 * norms are those of the articles that are left: exactly what a segment of them alone would have.
 */
import { LedeError } from '../../domain/error.ts';
import { defaultRanking, fieldWeightsOf, lengthNorm, type RankingParameters } from '../../domain/ranking.ts';
import { ArticleFactors } from './article-factors.ts';
import { type ArticleOrder, findRuns, orderArticles } from './article-order.ts';
import { addTo, type BitSet, count, emptySet, fullSet, has, removeFrom } from './bit-set.ts';
import { FacetColumns } from './facet-columns.ts';
import type { ArticleRun, IndexPart } from './index-part.ts';
import type { OpenedSegment } from './open-snapshot.ts';
import { findRecurringParagraphs, noRecurringMarks, type RecurringMarks } from './recurring-marks.ts';

interface IndexOptions {
  readonly ranking?: RankingParameters | undefined;
  /** What recurs in all segments together; nothing by default. */
  readonly recurring?: RecurringMarks;
}

/** Numbers of segments fit into a byte. */
const mostSegments = 256;

export class OpenedIndex {
  readonly parts: readonly IndexPart[];
  /** By which engines on the index rank. */
  readonly ranking: RankingParameters;
  /** All articles, in the order of their numbers. */
  readonly runs: readonly ArticleRun[];
  /** Numbers in use, those of removed articles and paragraphs included. */
  readonly articleNumbers: number;
  readonly paragraphNumbers: number;
  /** Articles and paragraphs that are left. */
  readonly articles: number;
  readonly paragraphs: number;
  /** The articles that are left; null = all. */
  readonly live: BitSet | null;
  /** For each article its paragraphs: [start, end). */
  readonly paragraphStarts: Uint32Array;
  readonly paragraphEnds: Uint32Array;
  /** Words of a body, on average. */
  readonly averageParagraphLength: number;
  /** Words in each paragraph's body. */
  readonly paragraphLengths: Uint16Array;
  /** For each article days since 1970-01-01, or `noDay`. */
  readonly days: Int32Array;
  /** For each article its part, and its number there. */
  readonly #partOf: Uint8Array;
  readonly #localOf: Uint32Array | null;
  readonly #lengths: Lengths;
  readonly #recurring: RecurringMarks;
  // Made when first asked for: a thread that leaves searches to others needs none of them.
  #articleNorms: Float64Array | null = null;
  #paragraphNorms: Float64Array | null = null;
  #titleLengths: Uint32Array | null = null;
  #headingLengths: Uint16Array | null = null;
  #recurringParagraphs: BitSet | null = null;
  #facets: FacetColumns | null = null;
  #factors: ArticleFactors | null = null;

  /** Throws `LedeError` `unsupported` for more segments than an index can have; builds merge long before. */
  constructor(
    segments: readonly OpenedSegment[],
    { ranking = defaultRanking, recurring = noRecurringMarks }: IndexOptions = {},
  ) {
    this.ranking = ranking;
    this.#recurring = recurring;
    if (segments.length > mostSegments) {
      throw new LedeError(
        'unsupported',
        `${segments.length} segments, expected ${mostSegments} at most: run \`lede build --full\``,
      );
    }
    const order = orderArticles(segments);
    this.articleNumbers = order.size;
    this.#partOf = order.partOf;
    this.#localOf = order.localOf;
    this.parts = toParts(segments, order.numbers);
    this.runs = findRuns(order);
    this.paragraphNumbers = sum(segments, ({ segment }) => segment.header.paragraphs);
    this.live = findLive(segments, this.parts, order.size);
    this.articles = this.live === null ? order.size : count(this.live);
    this.paragraphs = this.paragraphNumbers - sum(segments, ({ removed }) => removed?.segment.header.paragraphs ?? 0);
    const only = this.parts.length === 1 ? this.parts[0] : undefined;
    if (only === undefined) {
      this.paragraphStarts = new Uint32Array(order.size);
      this.paragraphEnds = new Uint32Array(order.size);
      this.paragraphLengths = new Uint16Array(this.paragraphNumbers);
      this.days = new Int32Array(order.size);
      this.#copyColumns();
    } else {
      const { articleDays, articleStarts, paragraphLengths } = only.segment.sections;
      this.paragraphStarts = articleStarts.subarray(0, order.size);
      this.paragraphEnds = articleStarts.subarray(1);
      this.paragraphLengths = paragraphLengths;
      this.days = articleDays;
    }
    this.#lengths = addLengths(segments);
    this.averageParagraphLength = average(this.#lengths.body, this.paragraphs);
  }

  /** For each article what stands beside tf in the saturation: `lengthNorm` of its length, the fields weighted. */
  get articleNorms(): Float64Array {
    this.#articleNorms ??= this.#computeArticleNorms(average(this.#weighted(this.#lengths), this.articles));
    return this.#articleNorms;
  }

  /** The same for paragraphs, by their length in words. */
  get paragraphNorms(): Float64Array {
    this.#paragraphNorms ??= this.#computeParagraphNorms(this.averageParagraphLength);
    return this.#paragraphNorms;
  }

  /** For each article the words of its title. */
  get titleLengths(): Uint32Array {
    this.#titleLengths ??= this.#joinTitleLengths();
    return this.#titleLengths;
  }

  /** For each paragraph the words of the heading that stands with it. */
  get headingLengths(): Uint16Array {
    this.#headingLengths ??= this.#joinHeadingLengths();
    return this.#headingLengths;
  }

  /** The paragraphs that recur across articles. */
  get recurringParagraphs(): BitSet {
    this.#recurringParagraphs ??= findRecurringParagraphs(this.parts, this.paragraphNumbers, this.#recurring);
    return this.#recurringParagraphs;
  }

  get facets(): FacetColumns {
    this.#facets ??= new FacetColumns(this);
    return this.#facets;
  }

  /** What scores are multiplied by. */
  get factors(): ArticleFactors {
    this.#factors ??= new ArticleFactors(this);
    return this.#factors;
  }

  /** The part that an article stands in, and its number there. */
  locate(article: number): { readonly part: IndexPart; readonly local: number } {
    const part = this.parts[this.#partOf[article] as number] as IndexPart;
    return { part, local: this.#localOf === null ? article : (this.#localOf[article] as number) };
  }

  /** The part that a paragraph stands in. */
  partOfParagraph(paragraph: number): IndexPart {
    return this.parts.findLast(({ firstParagraph }) => firstParagraph <= paragraph) as IndexPart;
  }

  /** Whether a paragraph recurs across articles: see `src/domain/recurrence.ts`. */
  isRecurring(paragraph: number): boolean {
    return has(this.recurringParagraphs, paragraph);
  }

  /** Whether there is an article of this number. */
  has(article: number): boolean {
    return Number.isInteger(article) && article >= 0 && article < this.articleNumbers;
  }

  /** Number of the article with this id, or -1. */
  findArticle(id: string): number {
    for (const { segment, articleNumbers } of this.parts) {
      const local = segment.findArticle(id);
      if (local < 0) continue;
      const article = articleNumbers === null ? local : (articleNumbers[local] as number);
      if (this.live === null || has(this.live, article)) return article;
    }
    return -1;
  }

  /** Number of the first article that is left of the file with this path, or -1. */
  findPath(path: string): number {
    for (const { segment, articleNumbers } of this.parts) {
      const { paths } = segment;
      for (let local = segment.findPath(path); local < paths.size && paths.name(local) === path; local++) {
        const article = articleNumbers === null ? local : (articleNumbers[local] as number);
        if (this.live === null || has(this.live, article)) return article;
      }
    }
    return -1;
  }

  #copyColumns(): void {
    for (const { segment, firstParagraph } of this.parts) {
      this.paragraphLengths.set(segment.sections.paragraphLengths, firstParagraph);
    }
    let article = 0;
    for (const { part, first, count } of this.runs) {
      const { segment, firstParagraph } = this.parts[part] as IndexPart;
      const { articleDays, articleStarts } = segment.sections;
      this.days.set(articleDays.subarray(first, first + count), article);
      for (let i = 0; i < count; i++) {
        this.paragraphStarts[article + i] = firstParagraph + (articleStarts[first + i] as number);
        this.paragraphEnds[article + i] = firstParagraph + (articleStarts[first + i + 1] as number);
      }
      article += count;
    }
  }

  #joinTitleLengths(): Uint32Array {
    const [only, ...others] = this.parts;
    if (only !== undefined && others.length === 0) return only.segment.sections.articleTitleLengths;
    const lengths = new Uint32Array(this.articleNumbers);
    let article = 0;
    for (const { part, first, count } of this.runs) {
      const { articleTitleLengths } = (this.parts[part] as IndexPart).segment.sections;
      lengths.set(articleTitleLengths.subarray(first, first + count), article);
      article += count;
    }
    return lengths;
  }

  #joinHeadingLengths(): Uint16Array {
    const [only, ...others] = this.parts;
    if (only !== undefined && others.length === 0) return only.segment.sections.paragraphHeadingLengths;
    const lengths = new Uint16Array(this.paragraphNumbers);
    for (const { segment, firstParagraph } of this.parts) {
      lengths.set(segment.sections.paragraphHeadingLengths, firstParagraph);
    }
    return lengths;
  }

  #weighted({ title, heading, body }: Lengths): number {
    const weights = fieldWeightsOf(this.ranking);
    return weights.title * title + weights.heading * heading + weights.body * body;
  }

  #computeArticleNorms(averageLength: number): Float64Array {
    const norms = new Float64Array(this.articleNumbers);
    for (const { segment, articleNumbers } of this.parts) {
      const { articleBodyLengths, articleHeadingLengths, articleTitleLengths } = segment.sections;
      for (let local = 0; local < articleBodyLengths.length; local++) {
        const length = this.#weighted({
          title: articleTitleLengths[local] as number,
          heading: articleHeadingLengths[local] as number,
          body: articleBodyLengths[local] as number,
        });
        norms[articleNumbers === null ? local : (articleNumbers[local] as number)] = lengthNorm(length, averageLength);
      }
    }
    return norms;
  }

  #computeParagraphNorms(averageLength: number): Float64Array {
    const longest = this.parts.reduce((most, { segment }) => Math.max(most, segment.longestParagraph), 0);
    return Float64Array.from({ length: longest + 1 }, (_, length) => lengthNorm(length, averageLength));
  }
}

type Lengths = Readonly<Record<'title' | 'heading' | 'body', number>>;

function toParts(segments: readonly OpenedSegment[], numbers: ArticleOrder['numbers']): IndexPart[] {
  let firstParagraph = 0;
  return segments.map(({ name, segment, removed }, index) => {
    const part = {
      name,
      segment,
      articleNumbers: numbers[index] ?? null,
      firstParagraph,
      removed: removed?.segment ?? null,
    };
    firstParagraph += segment.header.paragraphs;
    return part;
  });
}

function findLive(segments: readonly OpenedSegment[], parts: readonly IndexPart[], size: number): BitSet | null {
  if (segments.every(({ removed }) => removed === null)) return null;
  const gone = emptySet(size);
  segments.forEach(({ removed }, index) => {
    const numbers = parts[index]?.articleNumbers ?? null;
    for (const local of removed?.articles ?? []) addTo(gone, numbers === null ? local : (numbers[local] as number));
  });
  const live = fullSet(size);
  removeFrom(live, gone);
  return live;
}

function sum(segments: readonly OpenedSegment[], of: (segment: OpenedSegment) => number): number {
  return segments.reduce((total, segment) => total + of(segment), 0);
}

/** Words per field of what is left. */
function addLengths(segments: readonly OpenedSegment[]): Lengths {
  const total = (field: keyof Lengths) =>
    sum(
      segments,
      ({ segment, removed }) => segment.header.lengths[field] - (removed?.segment.header.lengths[field] ?? 0),
    );
  return { title: total('title'), heading: total('heading'), body: total('body') };
}

function average(total: number, count: number): number {
  return total > 0 && count > 0 ? total / count : 1;
}
