/**
 * Known misspellings with what was meant: read from a file, and how the search takes them. A pair counts only where its
 * correction is a word of the corpus, since no other can be found in it.
 */
import { readFile } from 'node:fs/promises';
import { LedeError } from '../domain/error.ts';
import type { PlannedTerm } from '../domain/plan.ts';
import type { TermDictionary } from '../engine/engine.ts';
import { parseQuery } from '../query/parse-query.ts';
import { type PlannedQuery, planQuery } from '../query/plan-query.ts';
import { printQuery } from '../query/print-query.ts';
import { editDistance } from './edit-distance.ts';
import { keyOf } from './known-items/text-words.ts';

export interface Misspelling {
  readonly misspelling: string;
  readonly correction: string;
  /** Damerau's: insertions, deletions, substitutions and swaps of neighbours. */
  readonly distance: number;
}

/**
 * Reads `misspelling TAB correction [TAB distance]`, a pair a line; a first line that names these columns is passed over,
 * and a distance that is not there is counted. Throws `LedeError`: `not_found`, `invalid` with the line.
 */
export async function readMisspellings(path: string): Promise<Misspelling[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new LedeError('not_found', `cannot read "${path}": expected lines of misspelling, tab, correction`, {
      cause,
    });
  });
  const lines = text.split('\n').map((line, index) => ({ cells: line.trimEnd().split('\t'), number: index + 1 }));
  return lines
    .filter(({ cells, number }) => cells.join('') !== '' && !(number === 1 && cells[0] === 'misspelling'))
    .map(({ cells, number }) => {
      const [misspelling = '', correction = '', stated] = cells;
      const distance = stated === undefined ? editDistance(misspelling, correction) : Number(stated);
      if (misspelling !== '' && correction !== '' && Number.isInteger(distance)) {
        return { misspelling, correction, distance };
      }
      const expected = 'misspelling, correction and perhaps their distance with tabs between';
      throw new LedeError(
        'invalid',
        `"${path}" line ${number}: "${cells.join('\t').slice(0, 80)}", expected ${expected}`,
      );
    });
}

export interface MisspellingOutcome extends Misspelling {
  /**
   * Whether the right word is among the terms that the misspelling is looked for as, of whatever kind. Right is the
   * correction and every word of its stem family; a beginning that the misspelling is taken for has the words that begin so.
   */
  readonly isFound: boolean;
  /** The query that the search suggests instead, or null. */
  readonly suggestion: string | null;
  /** Whether it is the correction itself; a word of its family is not enough. */
  readonly isSuggested: boolean;
  /** Terms of kind `fuzzy` that the misspelling is looked for as, … */
  readonly added: number;
  /** … and those of them that are not right. */
  readonly wrong: number;
}

/** Null where the correction is not one word of the corpus, or the misspelling not one word. */
export async function measureMisspelling(
  pair: Misspelling,
  dictionary: TermDictionary,
): Promise<MisspellingOutcome | null> {
  const meant = await plan(pair.correction, dictionary);
  const typed = await plan(pair.misspelling, dictionary);
  const [meantGroup, ...otherMeant] = meant.plan.groups;
  const { groups } = typed.plan;
  const [group] = groups;
  if (meantGroup === undefined || group === undefined || otherMeant.length > 0) return null;
  // A word that articles hold has what it may be a slip of in a group beside it.
  if (groups.some(({ word }) => word !== group.word)) return null;
  if (!meantGroup.terms.some(({ kind }) => kind === 'exact')) return null;
  const right = new Set(meantGroup.terms.filter(isForm).map(({ term }) => term));
  const terms = groups.flatMap((other) => other.terms);
  const added = terms.filter(({ kind }) => kind === 'fuzzy');
  const beginning = group.prefix?.prefix;
  const suggestion = suggestionOf(typed);
  return {
    ...pair,
    isFound:
      terms.some(({ term }) => right.has(term)) ||
      (beginning !== undefined && [...right].some((term) => term.startsWith(beginning))),
    suggestion,
    isSuggested: suggestion !== null && keyOf(suggestion) === keyOf(pair.correction),
    added: added.length,
    wrong: added.filter(({ term }) => !right.has(term)).length,
  };
}

function plan(word: string, dictionary: TermDictionary): Promise<PlannedQuery> {
  const { query } = parseQuery(word);
  return planQuery(query, dictionary, { isTyping: false, correctsTypos: true, match: 'most' });
}

function isForm({ kind }: PlannedTerm): boolean {
  return kind === 'exact' || kind === 'stem';
}

function suggestionOf({ corrected }: PlannedQuery): string | null {
  return corrected === null ? null : printQuery(corrected);
}

/** All outcomes of one distance. */
export interface MisspellingMeasures {
  readonly distance: number;
  readonly pairs: number;
  /** Shares of the pairs, in [0, 1]. */
  readonly found: number;
  readonly suggested: number;
  /** Share of the added terms of all pairs that are wrong, in [0, 1]; 0 where none was added. */
  readonly wrong: number;
  readonly added: number;
}

/** By ascending distance. */
export function summarizeMisspellings(outcomes: readonly MisspellingOutcome[]): MisspellingMeasures[] {
  const distances = [...new Set(outcomes.map(({ distance }) => distance))].sort((a, b) => a - b);
  return distances.map((distance) => {
    const own = outcomes.filter((outcome) => outcome.distance === distance);
    const added = own.reduce((sum, outcome) => sum + outcome.added, 0);
    const wrong = own.reduce((sum, outcome) => sum + outcome.wrong, 0);
    return {
      distance,
      pairs: own.length,
      found: own.filter(({ isFound }) => isFound).length / own.length,
      suggested: own.filter(({ isSuggested }) => isSuggested).length / own.length,
      wrong: added === 0 ? 0 : wrong / added,
      added,
    };
  });
}
