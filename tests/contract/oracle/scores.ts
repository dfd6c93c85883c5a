/** What articles and paragraphs earn: the formula of `src/domain/ranking.ts`, term by term. */
import { type Leaf, type Plan, scoringLeaves } from '../../../src/domain/plan.ts';
import { b, defaultRanking, fieldWeightsOf, idf, k1, type RankingParameters } from '../../../src/domain/ranking.ts';
import { areNeighboursIn, frequencyIn, groupsOf, sum, wordsNamedIn } from './leaves.ts';
import type { IndexedText } from './texts.ts';

type Level = 'article' | 'paragraph';

export class OracleScores {
  readonly #texts: readonly IndexedText[];
  readonly #totals: Readonly<Record<Level, number>>;
  readonly #recurring: readonly boolean[];
  readonly #parameters: RankingParameters;
  readonly #averages: Readonly<Record<Level, number>>;

  /** `totals`: how many articles and paragraphs there are; `recurring`: for each paragraph, whether it recurs. */
  constructor(
    texts: readonly IndexedText[],
    totals: Readonly<Record<Level, number>>,
    recurring: readonly boolean[],
    parameters: RankingParameters = defaultRanking,
  ) {
    this.#texts = texts;
    this.#totals = totals;
    this.#recurring = recurring;
    this.#parameters = parameters;
    const bodies = texts.filter(({ field }) => field === 'body');
    this.#averages = {
      article: average(this.#length(texts), totals.article),
      paragraph: average(wordsIn(bodies), totals.paragraph),
    };
  }

  /** Of an article with these paragraphs. */
  article(article: number, paragraphs: readonly number[], plan: Plan): number {
    const texts = this.#texts.filter((text) => text.article === article);
    const { paragraphShare, titleCover } = this.#parameters;
    const best = Math.max(0, ...paragraphs.map((paragraph) => this.paragraph(paragraph, plan)));
    const cover = this.#cover(texts, { field: 'title', level: 'article' }, plan);
    return (
      this.#bm25(texts, this.#length(texts), { level: 'article', plan }) +
      titleCover * this.#mass(plan, 'article') * cover +
      paragraphShare * best
    );
  }

  paragraph(paragraph: number, plan: Plan): number {
    const texts = this.#texts.filter((text) => text.paragraph === paragraph);
    const { headingCover, wordOrder } = this.#parameters;
    const mass = this.#mass(plan, 'paragraph');
    const length = wordsIn(texts.filter(({ field }) => field === 'body'));
    const cover = this.#cover(texts, { field: 'heading', level: 'paragraph' }, plan);
    return (
      this.#bm25(texts, length, { level: 'paragraph', plan }) +
      headingCover * mass * cover +
      wordOrder * mass * this.#order(texts, plan)
    );
  }

  #bm25(texts: readonly IndexedText[], length: number, { level, plan }: { level: Level; plan: Plan }): number {
    const weights = fieldWeightsOf(this.#parameters);
    const norm = k1 * (1 - b + (b * length) / this.#averages[level]);
    const earned = leavesThatScore(plan).map((number) => {
      const leaf = plan.leaves[number];
      if (leaf === undefined) return 0;
      const tf = sum(texts.map((text) => weights[text.field] * frequencyIn(text, leaf, plan)));
      const share = level === 'paragraph' ? this.#shareOf(texts, leaf, plan) : 1;
      return (share * this.#massOf(number, plan, level) * tf) / (tf + norm);
    });
    return sum(earned);
  }

  /** What a leaf earns in a paragraph with these texts, beside what it earns in another: less for a body that recurs. */
  #shareOf(texts: readonly IndexedText[], leaf: Leaf, plan: Plan): number {
    const inHeading = texts.some((text) => text.field === 'heading' && wordsNamedIn(text, leaf, plan) > 0);
    return this.#isRecurring(texts[0]) && !inHeading ? this.#parameters.recurringShare : 1;
  }

  #isRecurring(text: IndexedText | undefined): boolean {
    return typeof text?.paragraph === 'number' && this.#recurring[text.paragraph] === true;
  }

  /** Of the title, or the heading, that is among the texts. */
  #cover(texts: readonly IndexedText[], of: { field: IndexedText['field']; level: Level }, plan: Plan): number {
    const text = texts.find(({ field }) => field === of.field);
    const mass = this.#mass(plan, of.level);
    if (text === undefined || text.words.length === 0 || mass === 0) return 0;
    const named = leavesThatScore(plan).map((number) => {
      const leaf = plan.leaves[number];
      const words = leaf === undefined ? 0 : wordsNamedIn(text, leaf, plan);
      return { words, mass: words === 0 ? 0 : this.#massOf(number, plan, of.level) };
    });
    const ofQuery = Math.min(1, sum(named.map((leaf) => leaf.mass)) / mass);
    const ofText = Math.min(1, sum(named.map((leaf) => leaf.words)) / text.words.length);
    if (ofQuery + ofText === 0) return 0;
    return ((2 * ofQuery * ofText) / (ofQuery + ofText)) ** 3;
  }

  /** Of the paragraph's texts and its article's title, the one with most pairs counts; a body that recurs does not. */
  #order(texts: readonly IndexedText[], plan: Plan): number {
    const pairs = plan.neighbours.length;
    if (pairs === 0) return 0;
    const titles = this.#texts.filter(({ article, field }) => field === 'title' && article === texts[0]?.article);
    const own = texts.filter((text) => text.field !== 'body' || !this.#isRecurring(text));
    const held = [...own, ...titles].map(
      (text) => plan.neighbours.filter((pair) => areNeighboursIn(text, pair, plan)).length,
    );
    const most = Math.max(0, ...held);
    return ((most / pairs) ** 2 * most) / (most + 1);
  }

  #mass(plan: Plan, level: Level): number {
    return sum(leavesThatScore(plan).map((leaf) => this.#massOf(leaf, plan, level)));
  }

  #massOf(number: number, plan: Plan, level: Level): number {
    const leaf = plan.leaves[number];
    if (leaf === undefined) return 0;
    const df = level === 'article' ? 'articles' : 'paragraphs';
    return sum(groupsOf(leaf, plan).map((group) => group.weight * idf(group.df[df], this.#totals[level])));
  }

  #length(texts: readonly IndexedText[]): number {
    const weights = fieldWeightsOf(this.#parameters);
    return sum(texts.map(({ field, words }) => weights[field] * words.length));
  }
}

/** Each once, however often the tree names it. */
export function leavesThatScore({ root }: Plan): number[] {
  return [...new Set(scoringLeaves(root))].sort((a, b) => a - b);
}

function wordsIn(texts: readonly IndexedText[]): number {
  return sum(texts.map(({ words }) => words.length));
}

/** 1 where there is nothing at all, so that nothing is divided by zero. */
function average(total: number, count: number): number {
  return total === 0 ? 1 : total / count;
}
