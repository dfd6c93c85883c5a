/** Query texts that ask for the same in one spelling, so that what one of them was answered holds for all. */
import { limits } from '../domain/limits.ts';
import { closersOf } from './query-quotes.ts';

/**
 * Without superfluous white space, where it means nothing: a space behind the last word says that it is finished while
 * someone types, inside quotation marks it may belong to a value, and of a long query it decides what is cut off.
 */
export function canonicalQuery(text: string, isTyping: boolean): string {
  if (text.length > limits.queryLength || hasQuotes(text)) return text;
  const collapsed = text.replace(/[ \t\r\n]+/g, ' ').replace(/^ /, '');
  return isTyping ? collapsed : collapsed.replace(/ $/, '');
}

function hasQuotes(text: string): boolean {
  return Array.from(text).some((character) => closersOf(character) !== null);
}
