/**
 * Text → tokens; the same code when building and when searching, for every language. Only surface forms are
 * made (folded, not stemmed): stems, names and misspellings are found at query time from the dictionary.
 *
 * Scripts without spaces become overlapping pairs of characters, the last character of a run alone; so every word
 * inside a run is findable, however a segmenter would cut the run: a word of n characters is n - 1 consecutive pairs,
 * a single character is whatever begins with it.
 */
import type { Term } from '../domain/ids.ts';
import {
  classAt,
  clusterEnd,
  everyApostrophe,
  everyNonLetter,
  characterClass as is,
  unitsAt,
} from './character-class.ts';
import { cutTerm, normalizeWord } from './normalize-word.ts';
import { isTradeSign, readKeycap, readSymbol } from './symbols.ts';
import type { Token } from './token.ts';
import { isVietnamese, markedSyllable } from './vietnamese.ts';

/** Changes whenever the same text would give other tokens, or a term another stem; a snapshot with another one is refused. */
export function fingerprint(): string {
  return `words-3 unicode-${process.versions.unicode ?? 'none'}`;
}

/** Called for each token in order of position. `start` and `end` as in `Token`. */
export type EmitToken = (term: Term, start: number, end: number, position: number) => void;

/** All tokens of a text, ascending by position. Linear in its length. */
export function analyze(text: string): Token[] {
  return collect(text, isVietnamese(text));
}

/** The tokens of a query, which is too short to tell its language: each word that can be Vietnamese is taken as such. */
export function analyzeTyped(text: string): Token[] {
  return collect(text, true);
}

/** Like `analyze` without making objects. Returns the number of positions: the length of the text in words. */
export function scan(text: string, emit: EmitToken): number {
  return scanAll({ text, emit, keepsMarks: isVietnamese(text), position: 0 });
}

function collect(text: string, keepsMarks: boolean): Token[] {
  const tokens: Token[] = [];
  const emit: EmitToken = (term, start, end, position) => tokens.push({ term, start, end, position });
  scanAll({ text, emit, keepsMarks, position: 0 });
  return tokens;
}

function scanAll(scanner: Scanner): number {
  const { text } = scanner;
  let index = 0;
  while (index < text.length) index = scanAt(scanner, index);
  return scanner.position;
}

interface Scanner {
  readonly text: string;
  readonly emit: EmitToken;
  /** Whether Vietnamese syllables are emitted with their marks as well. */
  readonly keepsMarks: boolean;
  position: number;
}

/** Reads what stands at `index`, emits its tokens, and returns where to go on. */
function scanAt(scanner: Scanner, index: number): number {
  const { text } = scanner;
  switch (classAt(text, index)) {
    case is.letter:
      return scanSymbolWord(scanner, index) ?? scanWord(scanner, index);
    case is.digit:
      return scanKeycap(scanner, index) ?? scanNumber(scanner, index) ?? scanWord(scanner, index);
    case is.unspaced:
      return scanUnspacedRun(scanner, index);
    case is.symbol:
      return scanSymbol(scanner, index);
    case is.separator:
      return scanKeycap(scanner, index) ?? scanMarkedWord(scanner, index) ?? index + unitsAt(text, index);
    default:
      return index + unitsAt(text, index);
  }
}

/** `§`, `€`, 👍🏽: one term with all that belongs to it. */
function scanSymbol(scanner: Scanner, index: number): number {
  const { text } = scanner;
  const found = readSymbol(text, index);
  if (found === null) return index + unitsAt(text, index);
  if (scanner.position > 0 && isTradeSign(found.term) && endsWord(text, index)) {
    scanner.emit(cutTerm(found.term), index, found.end, scanner.position - 1);
  } else {
    emitWord(scanner, found.term, index, found.end);
  }
  return found.end;
}

/** Whether a word of a script with spaces ends directly before `index`. */
function endsWord(text: string, index: number): boolean {
  return index > 0 && (isWordCharacter(text, index - 1) || classAt(text, index - 1) === is.mark);
}

function scanKeycap(scanner: Scanner, index: number): number | null {
  const found = readKeycap(scanner.text, index);
  if (found === null) return null;
  emitWord(scanner, found.term, index, found.end);
  return found.end;
}

/** `C++`, `C#`: one letter with its signs is a word of its own. */
function scanSymbolWord(scanner: Scanner, index: number): number | null {
  const { text } = scanner;
  const second = text.charCodeAt(index + 1);
  if (second !== 0x2b && second !== 0x23) return null;
  const end = second === 0x23 ? index + 2 : index + 3;
  if (second === 0x2b && text.charCodeAt(index + 2) !== 0x2b) return null;
  if (isWordCharacter(text, end)) return null;
  emitWord(scanner, normalizeWord(text.charAt(index)) + text.slice(index + 1, end), index, end);
  return end;
}

/** `#tag`, `@name`, `.NET`: found with the sign and without it. */
function scanMarkedWord(scanner: Scanner, index: number): number | null {
  const { text } = scanner;
  const sign = text.charAt(index);
  if (sign !== '#' && sign !== '@' && sign !== '.') return null;
  if (!isWordCharacter(text, index + 1) || (index > 0 && !opensWord(text, index - 1, sign))) return null;
  if (sign === '.' && !/[A-Za-z]/.test(text.charAt(index + 1))) return null;
  const positionBefore = scanner.position;
  const emitted: { term: Term; end: number }[] = [];
  const end = scanAt(
    { text, position: 0, keepsMarks: false, emit: (term, _, tokenEnd) => emitted.push({ term, end: tokenEnd }) },
    index + 1,
  );
  const only = emitted[0];
  if (emitted.length !== 1 || only === undefined) return null;
  scanner.emit(cutTerm(sign + only.term), index, only.end, positionBefore);
  scanner.emit(only.term, index + 1, only.end, positionBefore);
  scanner.position = positionBefore + 1;
  return end;
}

/** Whether a marked word may begin behind the character at `index`; a dot in `a.b` or an @ in an address must not. */
function opensWord(text: string, index: number, sign: string): boolean {
  if (sign === '.') return /[\s("'“‘«[]/u.test(text.charAt(index));
  const before = classAt(text, index);
  return (before === is.separator || before === is.symbol) && !/[/&=.\-_]/.test(text.charAt(index));
}

/** A letter of a script with spaces: in `C#は` the word ends, and `#東京` is found as any run. */
function isWordCharacter(text: string, index: number): boolean {
  if (index >= text.length) return false;
  const found = classAt(text, index);
  return found === is.letter || found === is.digit;
}

const separatedNumber = /\d+(?:[.,'’\u00A0\u2007\u2009\u202F]\d+)+/y;
const thousands = /^\d{1,3}([.,'’\u00A0\u2007\u2009\u202F])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/;

/** `6,000` and `6.000` are 6000, `3,14` is 3.14; dates and versions are read part by part. */
function scanNumber(scanner: Scanner, index: number): number | null {
  const { text } = scanner;
  separatedNumber.lastIndex = index;
  const surface = separatedNumber.exec(text)?.[0];
  if (surface === undefined) return null;
  const end = index + surface.length;
  const number = normalizeNumber(surface);
  if (number !== null) {
    emitWord(scanner, number, index, end);
    return end;
  }
  for (const part of surface.matchAll(/\d+/g)) {
    emitWord(scanner, part[0], index + part.index, index + part.index + part[0].length);
  }
  return end;
}

function normalizeNumber(surface: string): string | null {
  const grouped = thousands.exec(surface);
  if (grouped !== null) {
    const separator = grouped[1] as string;
    return surface.replaceAll(separator, '').replace(',', '.');
  }
  return /^\d+[.,]\d+$/.test(surface) ? surface.replace(',', '.') : null;
}

function scanWord(scanner: Scanner, start: number): number {
  const { text } = scanner;
  let end = start;
  let isPlain = true;
  while (end < text.length) {
    const found = classAt(text, end);
    if (found === is.apostrophe) {
      if (!isInsideWord(text, end)) break;
      isPlain = false;
    } else if (found === is.ignorable) {
      isPlain = false;
    } else if (found !== is.letter && found !== is.digit && found !== is.mark) {
      break;
    }
    end += unitsAt(text, end);
  }
  if (!isPlain) {
    emitSpelledWord(scanner, start, end);
    return end;
  }
  const surface = text.slice(start, end);
  const syllable = scanner.keepsMarks ? markedSyllable(surface) : null;
  if (syllable !== null) scanner.emit(syllable, start, end, scanner.position);
  emitWord(scanner, normalizeWord(surface), start, end);
  return end;
}

function isInsideWord(text: string, apostrophe: number): boolean {
  const next = apostrophe + 1;
  return next < text.length && classAt(text, next) === is.letter;
}

const clitic = /^(.+)'(?:s|re|ll|ve|d|m)$/iu;
const elision =
  /^(l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|un|dell|all|nell|sull|dall|quest|sant|gl)'(..+)$/iu;

/**
 * A word with apostrophes or ignorable characters inside. English endings (’s, ’ll) are not part of the word,
 * an article or pronoun before it (l’avion, dell’arte) is a word of its own, any other apostrophe is a letter's
 * (об’єкт, O’Brien, don’t) and is left out.
 */
function emitSpelledWord(scanner: Scanner, start: number, end: number): void {
  const surface = scanner.text.slice(start, end);
  const apostrophe = surface.replace(everyApostrophe, "'");
  const first = apostrophe.indexOf("'");
  const withoutClitic = clitic.exec(apostrophe)?.[1];
  if (withoutClitic !== undefined) {
    emitLetters(scanner, start, start + withoutClitic.length);
    return;
  }
  if (elision.test(apostrophe)) {
    emitLetters(scanner, start, start + first);
    emitLetters(scanner, start + first + 1, end);
    return;
  }
  emitLetters(scanner, start, end);
}

function emitLetters(scanner: Scanner, start: number, end: number): void {
  emitWord(scanner, normalizeWord(scanner.text.slice(start, end).replace(everyNonLetter, '')), start, end);
}

function emitWord(scanner: Scanner, term: string, start: number, end: number): void {
  if (term === '') return;
  scanner.emit(cutTerm(term), start, end, scanner.position);
  scanner.position++;
}

function scanUnspacedRun(scanner: Scanner, start: number): number {
  const { text } = scanner;
  let clusterStart = start;
  let cluster = '';
  let index = start;
  while (index < text.length && classAt(text, index) === is.unspaced) {
    const end = clusterEnd(text, index);
    const surface = text.slice(index, end);
    const next = normalizeWord(surface.length === 1 ? surface : surface.replace(everyNonLetter, ''));
    if (cluster !== '') emitWord(scanner, cluster + next, clusterStart, end);
    cluster = next;
    clusterStart = index;
    index = end;
  }
  emitWord(scanner, cluster, clusterStart, index);
  return index;
}
