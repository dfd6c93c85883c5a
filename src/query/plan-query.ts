/**
 * Query tree → plan: words are analyzed and expanded, conditions on article data become filters. Words are asked for as
 * far as they weigh; what is marked, quoted, restricted to a field or excluded holds in any case.
 */
import { analyzePhrase, analyzeWord } from '../analysis/analyze-query.ts';
import type { Term } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import type { QueryProblem } from '../domain/problem.ts';
import type { Query } from '../domain/query.ts';
import { defaultRanking, type RankingParameters } from '../domain/ranking.ts';
import type { UnderstoodWord } from '../domain/results.ts';
import type { Match } from '../domain/search-request.ts';
import type { TermDictionary } from '../engine/engine.ts';
import { PlanBuilder } from './plan-builder.ts';
import { QueryExpander } from './query-expander.ts';
import { functionWordsOf } from './query-language.ts';
import { QueryPlanner } from './query-planner.ts';

export interface PlanOptions {
  readonly isTyping: boolean;
  readonly correctsTypos: boolean;
  readonly match: Match;
  readonly ranking?: Pick<RankingParameters, 'enoughShare' | 'functionWordWeight'>;
}

/** A plan, and for each of its leaves the word or phrase as typed. */
export interface WordedPlan {
  readonly plan: Plan;
  readonly leafWords: readonly string[];
}

export interface PlannedQuery extends WordedPlan {
  /** Asks for the words of quoted phrases instead, for where no article has them; null without phrases. */
  readonly loosened: (() => Promise<WordedPlan>) | null;
  readonly words: readonly UnderstoodWord[];
  /** The query with its misspelled words corrected, or null. */
  readonly corrected: Query | null;
  /** What was left out for being too much. */
  readonly problems: readonly QueryProblem[];
}

export async function planQuery(query: Query, dictionary: TermDictionary, options: PlanOptions): Promise<PlannedQuery> {
  const total = await dictionary.size();
  const words = wordsOf(query);
  const expander = new QueryExpander(dictionary, options, words);
  const smallWords = functionWordsOf(total.languages, words);
  const { ranking = defaultRanking } = options;
  const open = async (isLoose: boolean) => {
    const builder = new PlanBuilder(total);
    const planner = new QueryPlanner({
      builder,
      expander,
      smallWords,
      options: { ...options, ranking, isLoose },
      total,
    });
    const plan = await planner.plan(query);
    return { plan, leafWords: builder.leafWords, problems: [...builder.problems.values()] };
  };
  const { plan, leafWords, problems } = await open(false);
  const corrected = await expander.correct(query);
  return {
    plan,
    leafWords,
    loosened: membersOf(query).some(({ kind }) => kind === 'phrase') ? () => open(true) : null,
    words: expander.words(),
    corrected: corrected === query ? null : corrected,
    problems,
  };
}

/** What a query asks for side by side. */
function membersOf(query: Query): readonly Query[] {
  return query.kind === 'all' ? query.queries : [query];
}

/** The words that are looked for, as terms: what is excluded or a condition is no company to them. */
function wordsOf(query: Query): Term[] {
  if (query.kind === 'term') {
    const units = analyzeWord(query.word).filter(({ isSeam }) => !isSeam);
    return units.flatMap(({ slots }) => slots.map(({ term }) => term));
  }
  if (query.kind === 'phrase') return analyzePhrase(query.text).map(({ term }) => term);
  if (query.kind === 'must') return wordsOf(query.query);
  return query.kind === 'all' || query.kind === 'any' ? query.queries.flatMap(wordsOf) : [];
}
