/**
 * Sorts characters into the few classes that the analyzer tells apart. A table over the BMP is filled as
 * characters are met, so that scanning costs an array access a character.
 */

import { isSymbol } from './symbols.ts';

export const characterClass = {
  /** White space and punctuation: ends a word. */
  separator: 1,
  letter: 2,
  digit: 3,
  /** A combining mark: belongs to the character before it. */
  mark: 4,
  /** Soft hyphen, zero-width characters, directional marks: inside a word as if they were not there. */
  ignorable: 5,
  apostrophe: 6,
  /** A letter of a script that writes no spaces between words, or glues endings to them. */
  unspaced: 7,
  /** A pictograph, § or €: a term of its own. */
  symbol: 8,
} as const;

export type CharacterClass = (typeof characterClass)[keyof typeof characterClass];

const classOfUnit = new Uint8Array(0x10000);
const classOfAstral = new Map<number, CharacterClass>();

/** The class of the character at `index`, which must be inside the text. */
export function classAt(text: string, index: number): CharacterClass {
  const unit = text.charCodeAt(index);
  if (unit >= 0xd800 && unit <= 0xdbff) {
    const point = text.codePointAt(index) as number;
    if (point > 0xffff) return astralClass(point);
  }
  const known = classOfUnit[unit] as number;
  if (known !== 0) return known as CharacterClass;
  const found = classify(String.fromCharCode(unit));
  classOfUnit[unit] = found;
  return found;
}

/** UTF-16 units of the character at `index`: 1 or 2. */
export function unitsAt(text: string, index: number): 1 | 2 {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff && (text.codePointAt(index) as number) > 0xffff ? 2 : 1;
}

/**
 * Where the character at `index` ends with all that belongs to it: combining marks, ignorable characters, the voicing
 * mark of a half-width katakana, the vowel and final consonant of a Korean syllable that is written letter by letter.
 */
export function clusterEnd(text: string, index: number): number {
  let end = index + unitsAt(text, index);
  while (end < text.length) {
    const found = classAt(text, end);
    const isPart = found === characterClass.mark || found === characterClass.ignorable;
    if (!isPart && !isContinuingLetter(text.charCodeAt(end))) break;
    end += unitsAt(text, end);
  }
  return end;
}

function isContinuingLetter(unit: number): boolean {
  const isVoicingMark = unit === 0xff9e || unit === 0xff9f;
  const isVowelOrFinal = (unit >= 0x1160 && unit <= 0x11ff) || (unit >= 0xd7b0 && unit <= 0xd7fb);
  return isVoicingMark || isVowelOrFinal;
}

function astralClass(point: number): CharacterClass {
  const known = classOfAstral.get(point);
  if (known !== undefined) return known;
  const found = classify(String.fromCodePoint(point));
  classOfAstral.set(point, found);
  return found;
}

/** What is typed for an apostrophe, with the letters of its shape: ʻokina, ayin, hamza, the Hebrew geresh. */
const apostrophes = "'’‘ʼ＇‛`´ʻʾʿ׳";
/** With the Arabic tatweel, which only stretches a word. */
const ignorables = '\\p{Default_Ignorable_Code_Point}\\u0640';

export const everyApostrophe = new RegExp(`[${apostrophes}]`, 'gu');
/** What may stand inside a word and is no part of its term. */
export const everyNonLetter = new RegExp(`[${apostrophes}${ignorables}]`, 'gu');

const apostrophe = new RegExp(`^[${apostrophes}]$`, 'u');
const ignorable = new RegExp(`^[${ignorables}]$`, 'u');
const unspaced =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

function classify(character: string): CharacterClass {
  if (apostrophe.test(character)) return characterClass.apostrophe;
  if (ignorable.test(character)) return characterClass.ignorable;
  if (/^\p{M}$/u.test(character)) return characterClass.mark;
  // The Chinese zero 〇 is a letter-like number.
  if (unspaced.test(character) && /^[\p{L}\p{Nl}]$/u.test(character)) return characterClass.unspaced;
  // As a digit the ½ of 1½ would make it 112.
  if (/^[¼-¾⅐-⅞↉]$/u.test(character)) return characterClass.separator;
  if (/^\p{N}$/u.test(character)) return characterClass.digit;
  if (/^\p{L}$/u.test(character)) return characterClass.letter;
  return isSymbol(character) ? characterClass.symbol : characterClass.separator;
}
