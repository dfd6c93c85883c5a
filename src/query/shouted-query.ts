/** Queries in capitals: a headline or a question, in which AND, OR and NOT are words like others. */
import { closersOf } from './query-quotes.ts';

/** In fewer words, all of them in capitals, are often names: `NATO AND EU`. */
const leastWords = 6;

/** Whether a query has six or more words, all of them in capitals; numbers count as words. */
export function isShouted(text: string): boolean {
  const words = Array.from(text, (character) => (closersOf(character) === null ? character : ' '))
    .join('')
    .split(/[\s\p{Cc}()|]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.length >= leastWords && words.every((word) => /^[^\p{Ll}\p{Lo}]*$/u.test(word)) && /\p{Lu}/u.test(text);
}
