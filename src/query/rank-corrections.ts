/**
 * Which dictionary words a typed word was meant for: a choice among candidates by a noisy-channel model. A pure function;
 * `correct-word.ts` finds the candidates.
 *
 *     P(meant | typed) ∝ P(meant) · P(typed | meant),   as scores:   ln articles(meant) − slipCost(typed, meant)
 *
 * P(meant) is the share of articles that hold the word, P(typed | meant) the cost of the cheapest edits. What else the
 * typed word may be has a score of the same kind: a form of a word that the corpus has, the beginning of a longer one, or
 * itself. Scores depend on ratios of counts alone, so that they mean the same in a corpus of any size.
 */
import type { TermStatistics } from '../engine/engine.ts';
import { slipCost } from './slip-cost.ts';

/** What the dictionary says of the typed word itself. */
export interface TypedWord {
  readonly term: string;
  /** That hold it; 0 where it is missing. */
  readonly articles: number;
  /** Whether the dictionary has other words of its stem, so that it may be a form of theirs that no article holds. */
  readonly hasRelatives: boolean;
  /** Articles with the most frequent word that begins with it; 0 = none does. */
  readonly completionArticles: number;
}

export interface RankedCorrection extends TermStatistics {
  /** ln(articles) less the cost of the edits. */
  readonly score: number;
  /** ln of how much likelier it is than that nothing is misspelled; negative where it is less likely. */
  readonly margin: number;
  /** Its share among everything that the typed word may be for, in (0, 1]. */
  readonly probability: number;
}

export interface RankedCorrections {
  /** The likely ones, the likeliest first. */
  readonly corrections: readonly RankedCorrection[];
  /** Whether the first of them is likelier than that nothing is misspelled. */
  readonly isSlip: boolean;
}

/**
 * Candidates that are less likely than the best by a factor of e^5 = 150 are left out, and all behind the fifth. Of 2,644
 * English misspellings the right word then is found for 95.8 % with one edit and 82.2 % with two; with a factor of 33 and
 * four candidates for about 1 % less, and of the added terms 12 % and 29 % are wrong instead of 17 % and 35 %.
 */
const closeScores = 5;
const mostCorrections = 5;

/**
 * Taken off each count, as Kneser and Ney do: half of the words of a corpus are in one article, and many of these are slips
 * themselves. n1 / (n1 + 2 n2) is 0.67 on 99,000 words of news.
 */
const discount = 0.75;

/**
 * The score of a form that no article holds, of a word that some do. It does not depend on how frequent the word is: what is
 * in no article is rare whatever its relatives are. Of 589 rare words with relatives, taken out of the dictionary, 154
 * were corrected instead of 263, and 10 of 2,127 right suggestions were lost.
 */
const formScore = -5;

/** ln of how seldom people leave a word at its beginning. */
const beginningCost = 5.5;

/** Chooses among words of the dictionary. Costs a table of letters for each candidate. */
export function rankCorrections(typed: TypedWord, candidates: readonly TermStatistics[]): RankedCorrections {
  const scored = candidates
    .map((candidate) => ({
      candidate,
      score: Math.log(candidate.articles - discount) - slipCost(typed.term, candidate.term),
    }))
    .sort((a, b) => b.score - a.score || (a.candidate.term < b.candidate.term ? -1 : 1));
  const rival = rivalScore(typed);
  const best = Math.max(rival, scored[0]?.score ?? rival);
  const least = typed.articles > 0 ? Math.max(rival, best - closeScores) : best - closeScores;
  const kept = scored.filter(({ score }) => score >= least).slice(0, mostCorrections);
  const total = kept.reduce((sum, { score }) => sum + Math.exp(score - best), Math.exp(rival - best));
  const corrections = kept.map(({ candidate: { term, articles, paragraphs }, score }) => ({
    term,
    articles,
    paragraphs,
    score,
    margin: score - rival,
    probability: Math.exp(score - best) / total,
  }));
  return { corrections, isSlip: (corrections[0]?.margin ?? Number.NEGATIVE_INFINITY) >= 0 };
}

/** The score of the likeliest reading without a slip. */
function rivalScore({ term, articles, hasRelatives, completionArticles }: TypedWord): number {
  if (articles > 0) return Math.log(articles) + presentScore(term);
  const form = hasRelatives ? formScore : Number.NEGATIVE_INFINITY;
  return Math.max(form, Math.log(completionArticles) - beginningCost);
}

/**
 * Texts hold slips as queries do, so that a word's own articles count less than the candidate's slips; but short names and
 * abbreviations are a letter apart by nature, so that theirs count more. Of 5,000 different words of 19,113 news articles
 * 147 are taken for slips then, about half of which are some.
 */
function presentScore(term: string): number {
  return -1 + Math.max(0, 7 - term.length);
}
