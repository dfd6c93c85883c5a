/** Which words of a query are function words: a word can be one in one language and what somebody looks for in another. */
import { isFunctionWord, isTellingWord } from '../analysis/function-words.ts';
import type { Term } from '../domain/ids.ts';

/** What is told of a corpus without articles of a known language. */
const defaultLanguage = 'en';

/** Function words of another language than the main one that make a query one of that language. */
const leastEvidence = 2;

/** Tells the small words of a query from the others. */
export interface SmallWords {
  readonly isFunctionWord: (term: Term) => boolean;
  /** Also a negation, or what else is common and can be what somebody looks for: beside these no word is without weight. */
  readonly isSmall: (term: Term) => boolean;
}

/**
 * Tells function words by the main language of the corpus, and by any other of its languages in which at least two, and at
 * least half, of the query's words are some: German `war` is none in `war crimes`, but it is one in `wann war das`.
 *
 * `languages`: articles by language. `terms`: all words of the query.
 */
export function functionWordsOf(languages: ReadonlyMap<string, number>, terms: readonly Term[]): SmallWords {
  const [main = defaultLanguage] = [...languages]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name]) => name);
  const spoken = [...languages.keys()].filter((language) => {
    const count = terms.filter((term) => isFunctionWord(term, language)).length;
    return count >= leastEvidence && count * 2 >= terms.length;
  });
  const told = new Set([main, ...spoken]);
  const isFunction = (term: Term) => [...told].some((language) => isFunctionWord(term, language));
  const isTelling = (term: Term) => [...told].some((language) => isTellingWord(term, language));
  return { isFunctionWord: isFunction, isSmall: (term) => isFunction(term) || isTelling(term) };
}
