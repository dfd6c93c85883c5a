/**
 * Last touch on every text that leaves a reader: what is shown and indexed has no invisible characters that split
 * words, no control characters and no surrogates that stand alone. It keeps its look: NFC, not NFKC.
 */
import { replaceSurrogates } from './decode-text.ts';

/**
 * Folds white space to single spaces and trims. A no-break or thin space stays between two digits (`6 000`), where it
 * is part of the number.
 */
export function cleanText(text: string): string {
  return clean(text).replace(foldable, foldSpace).trim();
}

/** For code: indentation and line ends stay, blank lines around it and spaces at line ends go. */
export function cleanCode(text: string): string {
  return clean(text)
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** For titles, names and tags, which stand beside other text: also without the marks that turn its direction. */
export function cleanAttribute(text: string): string {
  return cleanText(text.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, ''));
}

/** The first `length` UTF-16 units, one less where that would cut a character in two. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, isInsidePair(text, length) ? length - 1 : length);
}

/** Whether the place between two UTF-16 units is inside one character. */
export function isInsidePair(text: string, index: number): boolean {
  return isBetween(text.charCodeAt(index - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(index), 0xdc00, 0xdfff);
}

function isBetween(value: number, first: number, last: number): boolean {
  return value >= first && value <= last;
}

function clean(text: string): string {
  return replaceSurrogates(text).normalize('NFC').replace(invisible, '');
}

/** Control characters, soft hyphens, zero-width spaces, word joiners and byte order marks. */
const invisible = /[^\P{Cc}\t\n\v\f\r]|[\u00AD\u200B\u2060\uFEFF]/gu;

/** Every run of white space that is not one plain space. */
const foldable = /[^\S ]\s*| \s+/g;

function foldSpace(space: string, offset: number, text: string): string {
  if (space.includes('\n') && isUnspaced(text, offset - 1) && isUnspaced(text, offset + space.length)) return '';
  const isInNumber =
    /^[\u00A0\u2007\u2009\u202F]$/.test(space) && isDigit(text[offset - 1]) && isDigit(text[offset + 1]);
  return isInNumber ? space : ' ';
}

/** Whether a character is of a script whose lines are joined without a space. */
function isUnspaced(text: string, index: number): boolean {
  return text.charCodeAt(index) >= 0x2e80 && unspaced.test(text.charAt(index));
}

/** Chinese and Japanese, with their punctuation. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF65]/u;

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /\d/.test(character);
}
