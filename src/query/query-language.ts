/** Which words of a query are function words: a word can be one in one language and what somebody looks for in another. */
import { isFunctionWord } from '../analysis/function-words.ts';
import type { Term } from '../domain/ids.ts';

/** What is told of a corpus without articles of a known language. */
const defaultLanguage = 'en';

/** Function words of another language than the main one that make a query one of that language. */
const leastEvidence = 2;

/**
 * Tells function words by the main language of the corpus, and by any other of its languages in which at least two, and at
 * least half, of the query's words are some: German `war` is none in `war crimes`, but it is one in `wann war das`.
 *
 * `languages`: articles by language. `terms`: all words of the query.
 */
export function functionWordsOf(
  languages: ReadonlyMap<string, number>,
  terms: readonly Term[],
): (term: Term) => boolean {
  const [main = defaultLanguage] = [...languages]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name]) => name);
  const spoken = [...languages.keys()].filter((language) => {
    const count = terms.filter((term) => isFunctionWord(term, language)).length;
    return count >= leastEvidence && count * 2 >= terms.length;
  });
  const told = new Set([main, ...spoken]);
  return (term) => [...told].some((language) => isFunctionWord(term, language));
}
