/**
 * Query text → lexemes: parentheses, operators, and operands (words, phrases, filters) ready to be put together.
 * First half of parsing; `parse-query.ts` is the second. Knows nothing of languages or of the dictionary.
 */
import { analyze } from '../analysis/analyze.ts';
import { limits } from '../domain/limits.ts';
import type { FilterField, Query, QueryField } from '../domain/query.ts';
import { allOf } from './combine-query.ts';
import { isUnfinishedDate, parseDays } from './query-dates.ts';
import { type DateField, fieldNamed, type NamedField, similarField } from './query-fields.ts';
import type { QueryProblems } from './query-problems.ts';
import { closersOf } from './query-quotes.ts';
import { isShouted } from './shouted-query.ts';

/** Each with its range in the text, end excluded. */
export type Lexeme = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'open'; readonly field: QueryField | null }
  | { readonly kind: 'close' }
  | { readonly kind: 'or' | 'and' | 'not' | 'must' }
  /** Null where what stood here is ignored. */
  | { readonly kind: 'operand'; readonly query: Query | null }
);

export interface ScanOptions {
  /** `YYYY-MM-DD`, or null where it is not known. */
  readonly today: string | null;
  /** False where the text was cut, so that its last word is not the one being typed. */
  readonly isWhole: boolean;
}

const operators: ReadonlyMap<string, 'or' | 'and' | 'not'> = new Map([
  ['OR', 'or'],
  ['AND', 'and'],
  ['NOT', 'not'],
]);

/** These two look like commas and brackets inside words, so they open a quotation only where a word could begin. */
const quotesAtWordStart = '‚‹';

/** Whether the text, standing behind `source:`, is read as this very value without quotation marks. */
export function isBareWord(text: string): boolean {
  return text !== '' && closersOf(text.charAt(0)) === null && endOfRun(text, 0) === text.length && !text.endsWith('*');
}

export function scanQuery(text: string, problems: QueryProblems, options: ScanOptions): Lexeme[] {
  return new QueryScanner(text, problems, options).scan();
}

interface Value {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Where a word begins, and whether it is the one still being typed. */
interface Place {
  readonly start: number;
  readonly isLast: boolean;
}

class QueryScanner {
  readonly #text: string;
  readonly #problems: QueryProblems;
  readonly #options: ScanOptions;
  readonly #isShouted: boolean;
  readonly #lexemes: Lexeme[] = [];
  #at = 0;
  #words = 0;
  #filters = 0;

  constructor(text: string, problems: QueryProblems, options: ScanOptions) {
    this.#text = text;
    this.#problems = problems;
    this.#options = options;
    this.#isShouted = isShouted(text);
  }

  scan(): Lexeme[] {
    while (this.#at < this.#text.length) this.#scanNext();
    // Control characters separate words as white space does, but alone they are no empty query.
    if (Array.from(this.#text).every(isSpace) && this.#text.trim() !== '') this.#reportNoLetters(0);
    return this.#lexemes;
  }

  #scanNext(): void {
    const start = this.#at;
    const character = this.#text.charAt(start);
    if (isSpace(character)) this.#at++;
    else if (character === '(') this.#push({ kind: 'open', field: null, start, end: ++this.#at });
    else if (character === ')') this.#push({ kind: 'close', start, end: ++this.#at });
    else if (character === '|') this.#scanBars();
    else if (closersOf(character) !== null) this.#scanPhrase();
    else if (character === '-') this.#scanHyphens();
    else if (character === '+' && this.#isMark(start)) this.#push({ kind: 'must', start, end: ++this.#at });
    else this.#scanWord();
  }

  #scanBars(): void {
    const start = this.#at;
    while (this.#text.charAt(this.#at) === '|') this.#at++;
    this.#push({ kind: 'or', start, end: this.#at });
  }

  #scanPhrase(): void {
    const start = this.#at;
    const phrase = this.#readQuoted();
    if (phrase !== null) this.#pushOperand(start, this.#phrase(phrase, null, start));
  }

  /** Whether a plus stands directly before what it demands; several belong to the word. */
  #isMark(start: number): boolean {
    const next = this.#text.charAt(start + 1);
    return next === '(' || closersOf(next) !== null || (endOfRun(this.#text, start + 1) > start + 1 && next !== '+');
  }

  /** One hyphen directly before something excludes it; several belong to the word, as in `--verbose`. */
  #scanHyphens(): void {
    const start = this.#at;
    let end = start;
    while (this.#text.charAt(end) === '-') end++;
    const next = this.#text.charAt(end);
    const isBeforeNothing = next === '' || isSpace(next) || next === ')' || next === '|';
    if (isBeforeNothing || (end > start + 1 && endOfRun(this.#text, end) === end)) {
      this.#at = end;
      this.#problems.add('lone-hyphen', 'A hyphen with nothing directly behind it was ignored.', [start, end]);
    } else if (end === start + 1) {
      this.#at = end;
      if (!this.#isJoint(start) && !isHyphenName(this.#text)) this.#push({ kind: 'not', start, end });
    } else {
      this.#scanWord();
    }
  }

  /** Whether a hyphen joins what stands on both sides of it: `"0"-prefixed`. */
  #isJoint(at: number): boolean {
    const before = this.#text.charAt(at - 1);
    return before !== '' && !isSpace(before) && !'(|+'.includes(before);
  }

  #scanWord(): void {
    const start = this.#at;
    const run = this.#readRun();
    const operator = operators.get(run);
    if (operator !== undefined && !this.#isShouted) {
      this.#push({ kind: operator, start, end: this.#at });
      return;
    }
    if (operator !== undefined) {
      // In small letters it is a word wherever it is printed.
      this.#pushOperand(start, this.#word(run.toLowerCase(), null, this.#placeFrom(start)));
      return;
    }
    const name = /^(\p{L}[\p{L}\p{M}\p{N}_-]*):/u.exec(run)?.[1];
    if (name === undefined) {
      this.#pushOperand(start, this.#word(run, null, this.#placeFrom(start)));
      return;
    }
    const field = fieldNamed(name);
    this.#at = start + name.length + 1;
    if (field !== null) this.#scanField(field, start);
    else this.#scanUnknownField(name, start);
  }

  #scanField(field: NamedField, start: number): void {
    if (field.kind === 'text' && this.#text.charAt(this.#at) === '(') {
      this.#push({ kind: 'open', field: field.name, start, end: ++this.#at });
      return;
    }
    const value = this.#readValue();
    this.#pushOperand(start, value === null ? this.#emptyField(field.name, start) : this.#fielded(field, value, start));
  }

  /** Nobody writes a field we do not have on purpose: it is a word before a colon. */
  #scanUnknownField(name: string, start: number): void {
    const value = this.#readValue();
    const meant = value === null ? null : similarField(name);
    if (meant !== null) {
      const message = `There is no field “${name}”: it was taken as a word. Did you mean “${meant}:”?`;
      this.#problems.add('unknown-field', message, [start, start + name.length + 1]);
    }
    this.#pushOperand(start, this.#asWords(name, value, start));
  }

  #emptyField(name: string, start: number): null {
    const message = `“${name}:” was ignored: it needs a value directly behind it, in quotation marks if it has spaces.`;
    this.#problems.add('empty-field', message, [start, this.#at]);
    return null;
  }

  #fielded(field: NamedField, value: Value, start: number): Query | null {
    switch (field.kind) {
      case 'text':
        return value.isQuoted
          ? this.#phrase(value.text, field.name, start)
          : this.#word(value.text, field.name, this.#placeFrom(start));
      case 'filter':
        return this.#filter(field.name, value, start);
      case 'date':
        return this.#range(field.name, value, start);
    }
  }

  #filter(field: FilterField, value: Value, start: number): Query | null {
    const text = value.isQuoted ? value.text : withoutStars(value.text);
    if (text !== value.text) {
      this.#problems.add('misplaced-star', `“${field}:” takes whole values: the star was ignored.`, [start, this.#at]);
    }
    if (text === '') return this.#emptyField(field, start);
    if (field === 'year' && !/^\d{4}$/.test(text)) return this.#invalidDate(field, value, start);
    return this.#takeFilter(start) ? { kind: 'filter', field, value: text } : null;
  }

  #range(field: DateField, value: Value, start: number): Query | null {
    const days = parseDays(field, value.text, this.#options.today);
    if (days === null) return this.#invalidDate(field, value, start);
    if (days.isSwapped) {
      this.#problems.add('reversed-dates', 'The dates stood in the wrong order and were swapped.', [start, this.#at]);
    }
    return this.#takeFilter(start) ? { kind: 'range', from: days.from, to: days.to } : null;
  }

  /** A date that is still being typed is left alone: as a word it would empty the results with every key. */
  #invalidDate(name: DateField | 'year', value: Value, start: number): Query | null {
    const expected = name === 'year' ? 'a year like 2022' : 'a date like 2022, 2022-09, 2022-09-13, today or yesterday';
    const isUnfinished = name === 'year' ? /^\d{1,3}$/.test(value.text) : isUnfinishedDate(value.text);
    if (isUnfinished && this.#isAtEnd()) {
      this.#problems.add('unfinished-date', `“${name}:” is ignored until it has ${expected}.`, [start, this.#at]);
      return null;
    }
    const message = `“${value.text}” is not ${expected}: it was taken as words.`;
    this.#problems.add('invalid-date', message, [start, this.#at]);
    return this.#asWords(this.#text.slice(start, this.#text.indexOf(':', start)), value, start);
  }

  /** `foo:bar` as the words foo and bar, but one word where the parts are no plain words, as in `https://lede.org`. */
  #asWords(name: string, value: Value | null, start: number): Query | null {
    if (value === null) return this.#word(`${name}:`, null, this.#placeFrom(start));
    if (value.isQuoted) {
      const word = this.#word(isPlainWord(name) ? name : `${name}:`, null, { start, isLast: false });
      return allOf([word, this.#phrase(value.text, null, start)].filter((query) => query !== null));
    }
    const stem = this.#cutWord(withoutStars(`${name}:${value.text}`), start);
    const stars = value.text.endsWith('*') ? '*' : '';
    const parts = stem.split(':');
    if (!parts.every(isPlainWord)) return this.#word(stem + stars, null, this.#placeFrom(start));
    const words = parts.map((part, index) => {
      const isFinal = index === parts.length - 1;
      return this.#word(isFinal ? part + stars : part, null, { start, isLast: isFinal && this.#isAtEnd() });
    });
    return allOf(words.filter((query) => query !== null));
  }

  #word(run: string, field: QueryField | null, { start, isLast }: Place): Query | null {
    const word = this.#cutWord(withoutStars(run), start);
    const isFindable = holdsWords(word);
    const isPrefix = run.endsWith('*') && isFindable;
    if (word.includes('*') || (run.endsWith('*') && !isPrefix)) {
      const message = 'A star completes words at their end only, as in “elect*”: elsewhere it was ignored.';
      this.#problems.add('misplaced-star', message, [start, this.#at]);
    }
    if (!isFindable && word !== '') this.#reportNoLetters(start);
    if (!isFindable || this.#takeWords(1, start) === 0) return null;
    return isPrefix ? { kind: 'prefix', prefix: word, field } : { kind: 'term', word, field, isLast };
  }

  #phrase(text: string, field: QueryField | null, start: number): Query | null {
    if (text === '') {
      this.#problems.add('empty-phrase', 'Quotation marks with nothing between them were ignored.', [start, this.#at]);
      return null;
    }
    if (text.includes('*')) {
      const message = 'Between quotation marks words are looked for as they stand: the star was ignored.';
      this.#problems.add('misplaced-star', message, [start, this.#at]);
    }
    const words = text.split(' ');
    const taken = this.#takeWords(words.length, start);
    if (taken === 0) return null;
    const kept = words.slice(0, taken).join(' ');
    if (holdsWords(kept)) return { kind: 'phrase', text: kept, field };
    this.#reportNoLetters(start);
    return null;
  }

  #reportNoLetters(start: number): void {
    const message = 'Punctuation alone cannot be looked for: it was left out.';
    this.#problems.add('no-letters', message, [start, this.#at]);
  }

  #cutWord(word: string, start: number): string {
    if (word.length <= limits.wordLength) return word;
    const message = `A word was cut after ${limits.wordLength} characters.`;
    this.#problems.add('long-word', message, [start, this.#at]);
    return withoutStars(cutText(word, limits.wordLength));
  }

  /** How many of the next `count` words may still be looked for. */
  #takeWords(count: number, start: number): number {
    const taken = Math.min(count, limits.queryWords - this.#words);
    this.#words += taken;
    if (taken < count) {
      const message = `Only the first ${limits.queryWords} words are looked for; the rest was left out.`;
      this.#problems.add('too-many-words', message, [start, this.#text.length]);
    }
    return taken;
  }

  #takeFilter(start: number): boolean {
    if (this.#filters < limits.filters) {
      this.#filters++;
      return true;
    }
    const message = `Only the first ${limits.filters} conditions count; the rest was left out.`;
    this.#problems.add('too-many-filters', message, [start, this.#text.length]);
    return false;
  }

  /** What stands behind a field's colon; null where nothing does. */
  #readValue(): Value | null {
    while (closersOf(this.#text.charAt(this.#at)) !== null) {
      const text = this.#readQuoted();
      if (text !== null) return { text, isQuoted: true };
    }
    const text = this.#readRun();
    return text === '' ? null : { text, isQuoted: false };
  }

  /** The text between quotation marks, its white space tidied; null, and only the mark passed, where none close it. */
  #readQuoted(): string | null {
    const start = this.#at;
    const open = this.#text.charAt(start);
    const end = findAny(this.#text, closersOf(open) ?? '', start + 1);
    const isArrow = open === '»' && isSpaceOrEnd(this.#text.charAt(start + 1));
    if (end !== null && !isArrow) {
      this.#at = end + 1;
      return this.#text
        .slice(start + 1, end)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim();
    }
    this.#at = start + 1;
    if (!isArrow) {
      const message = 'A quotation mark is not closed: what follows it was taken as words.';
      this.#problems.add('unclosed-quote', message, [start, start + 1]);
    }
    return null;
  }

  #readRun(): string {
    const start = this.#at;
    this.#at = endOfRun(this.#text, start);
    return this.#text.slice(start, this.#at);
  }

  #placeFrom(start: number): Place {
    return { start, isLast: this.#isAtEnd() };
  }

  #isAtEnd(): boolean {
    return this.#options.isWhole && this.#at === this.#text.length;
  }

  #pushOperand(start: number, query: Query | null): void {
    this.#push({ kind: 'operand', query, start, end: this.#at });
  }

  #push(lexeme: Lexeme): void {
    this.#lexemes.push(lexeme);
  }
}

/** Whether a query is one name that begins with a hyphen and has more of them: `-webkit-mask`. Nobody excludes that alone. */
export function isHyphenName(text: string): boolean {
  return /^\s*-[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+\s*$/u.test(text);
}

/** Cuts text to at most `length` UTF-16 units, never inside a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(length));
  return text.slice(0, isPair ? length - 1 : length);
}

/** Where the run of word characters that begins at `start` ends. */
function endOfRun(text: string, start: number): number {
  let end = start;
  while (end < text.length && !endsRun(text.charAt(end))) end++;
  return end;
}

function endsRun(character: string): boolean {
  if ('()|'.includes(character) || isSpace(character)) return true;
  return closersOf(character) !== null && !quotesAtWordStart.includes(character);
}

function isSpace(character: string): boolean {
  return /[\s\p{Cc}]/u.test(character);
}

function isSpaceOrEnd(character: string): boolean {
  return character === '' || isSpace(character);
}

function findAny(text: string, characters: string, from: number): number | null {
  for (let at = from; at < text.length; at++) if (characters.includes(text.charAt(at))) return at;
  return null;
}

/** Whether the analyzer finds something to look for; in punctuation alone it does not. */
function holdsWords(text: string): boolean {
  return analyze(text).length > 0;
}

/** Would be read as this very word wherever it stands. */
function isPlainWord(text: string): boolean {
  return /^[\p{L}\p{N}#@.]/u.test(text) && !text.endsWith('*') && !operators.has(text);
}

function withoutStars(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '*') end--;
  return text.slice(0, end);
}
