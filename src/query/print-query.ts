/**
 * Tree → query language: what the search understood, for people to read and for links to carry. The inverse of
 * `parse-query.ts`: a parsed tree, printed and parsed, is the same tree (but for `isLast`, and as long as the
 * text stays within `limits.queryLength`). Everything prints as the empty text.
 */
import type { FilterField, Query, QueryField } from '../domain/query.ts';
import { printDays } from './query-dates.ts';
import { quote } from './query-quotes.ts';
import { isBareWord, isHyphenName } from './scan-query.ts';
import { isShouted } from './shouted-query.ts';

export function printQuery(query: Query): string {
  const text = print(query, inWords);
  // Alone, a name with hyphens is looked for also where it begins with one.
  if (isHyphenName(text)) return `NOT ${text.slice(1)}`;
  return isShouted(text) ? print(query, inSigns) : text;
}

/** How operators are written. */
interface Notation {
  readonly or: string;
  /** Excludes what begins with a hyphen. */
  readonly not: (text: string) => string;
}

const inWords: Notation = { or: ' OR ', not: (text) => `NOT ${text}` };
/** Where all words are in capitals, OR and NOT would be words as well. */
const inSigns: Notation = { or: ' | ', not: (text) => `-(${text})` };

function print(query: Query, notation: Notation): string {
  switch (query.kind) {
    case 'term':
      return printField(query.field) + query.word;
    case 'prefix':
      return `${printField(query.field)}${query.prefix}*`;
    case 'phrase':
      return printField(query.field) + quote(query.text);
    case 'filter':
      return printFilter(query.field, query.value);
    case 'range':
      return `date:${printDays(query)}`;
    case 'not':
      return printNot(query.query, notation);
    case 'must':
      return printMust(query.query, notation);
    case 'any':
      return query.queries.map((member) => inParentheses(member, member.kind === 'all', notation)).join(notation.or);
    case 'all':
      return printAll(query.queries, notation);
    case 'everything':
      return '';
  }
}

/** Parentheses around an `any` are not needed, but not every reader knows how tightly OR binds. */
function printAll(queries: readonly Query[], notation: Notation): string {
  const members = queries.filter((member) => member.kind !== 'everything');
  const [first] = members;
  if (first !== undefined && members.length === 1) return print(first, notation);
  return members.map((member) => inParentheses(member, member.kind === 'any', notation)).join(' ');
}

function printNot(query: Query, notation: Notation): string {
  const isGroup = query.kind === 'all' || query.kind === 'any' || query.kind === 'not';
  const text = inParentheses(query, isGroup, notation);
  return text.startsWith('-') ? notation.not(text) : `-${text}`;
}

function printMust(query: Query, notation: Notation): string {
  const text = inParentheses(query, query.kind === 'any', notation);
  return text.startsWith('+') ? `+(${text})` : `+${text}`;
}

function inParentheses(query: Query, isNeeded: boolean, notation: Notation): string {
  const text = print(query, notation);
  return isNeeded ? `(${text})` : text;
}

function printField(field: QueryField | null): string {
  return field === null ? '' : `${field}:`;
}

function printFilter(field: FilterField, value: string): string {
  return `${field}:${isBareWord(value) ? value : quote(value)}`;
}
