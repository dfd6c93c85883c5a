/**
 * The language of running text by its commonest small words, which tell it better than letter sequences do. Used by
 * `detect-language.ts` alone.
 */
import { commonFunctionWords } from '../src/analysis/function-words.ts';

/** Words that tell a language although they are no function words of it: many titles of manuals begin so. */
const telling: Readonly<Record<string, readonly string[]>> = { en: ['using'] };

const wordSets = Array.from(commonFunctionWords, ([language, words]) => ({
  language,
  words: new Set([...words, ...(telling[language] ?? [])]),
}));

/** The languages whose small words are known here. */
export const functionWordLanguages: ReadonlySet<string> = new Set(commonFunctionWords.keys());

/** Per language, which share of the words (in lower case) are its small words, 0 to 1. Languages without any are left out. */
export function functionWordShares(words: readonly string[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const set of wordSets) {
    const count = words.filter((word) => set.words.has(word)).length;
    if (count > 0) shares.set(set.language, count / words.length);
  }
  return shares;
}
