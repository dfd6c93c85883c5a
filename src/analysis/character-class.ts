/**
 * Sorts characters into the few classes that the analyzer tells apart. A table over the BMP is filled as
 * characters are met, so that scanning costs an array access a character.
 */

export const characterClass = {
  /** White space, punctuation, symbols: ends a word. */
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

function astralClass(point: number): CharacterClass {
  const known = classOfAstral.get(point);
  if (known !== undefined) return known;
  const found = classify(String.fromCodePoint(point));
  classOfAstral.set(point, found);
  return found;
}

const apostrophes = /^['’ʼ＇‛`´]$/u;
const ignorables = /^(?:[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\u0640]|[\uFE00-\uFE0F])$/u;
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC\uFF70]$/u;

function classify(character: string): CharacterClass {
  if (apostrophes.test(character)) return characterClass.apostrophe;
  if (ignorables.test(character)) return characterClass.ignorable;
  if (/^\p{M}$/u.test(character)) return characterClass.mark;
  if (/^\p{N}$/u.test(character)) return characterClass.digit;
  if (unspaced.test(character) && /^[\p{L}\p{N}]$/u.test(character)) return characterClass.unspaced;
  if (/^\p{L}$/u.test(character)) return characterClass.letter;
  return characterClass.separator;
}
