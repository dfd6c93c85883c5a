/**
 * Surface word → term: compatibility forms (NFKC), case and diacritics are folded. What counts as a diacritic
 * depends on the script: Latin and Greek accents fold, й and ї are letters of their own, Indic vowel signs stay.
 */
import type { Term } from '../domain/ids.ts';
import { limits } from '../domain/limits.ts';

// Words without ASCII-only spelling repeat often; folding one costs some microseconds.
const cache = new Map<string, Term>();
const cacheSize = 100_000;

/** The term of a word that has no apostrophe, separator or ignorable character to interpret. Empty if nothing is left. */
export function normalizeWord(surface: string): Term {
  if (isAscii(surface)) return cut(surface.toLowerCase()) as Term;
  const cached = cache.get(surface);
  if (cached !== undefined) return cached;
  const term = cut(foldDiacritics(surface.normalize('NFKC').toLowerCase())) as Term;
  if (cache.size >= cacheSize) cache.clear();
  cache.set(surface, term);
  return term;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};
const foldedLetters = /[ßςøłđðħıŧæœþ]/gu;
// Not letters or digits once NFKC took them apart (as in ½), and characters that only steer the layout.
const leftovers = /[^\p{L}\p{N}\p{M}]/gu;
const foldingBase = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
const cyrillicStress = /([\p{Script=Cyrillic}])[\u0300\u0301]/gu;
const cyrillicLetterWithAcute = /[гк]/u;
const arabicAndHebrewPoints = /[\u0591-\u05C7\u064B-\u0652\u0670]/gu;

function foldDiacritics(lowerCase: string): string {
  return lowerCase
    .replace(leftovers, '')
    .normalize('NFD')
    .replace(foldingBase, '$1')
    .replace(cyrillicStress, (whole, base: string) => (cyrillicLetterWithAcute.test(base) ? whole : base))
    .replace(/е\u0308/gu, 'е')
    .replace(arabicAndHebrewPoints, '')
    .normalize('NFC')
    .replace(foldedLetters, (letter) => letters[letter] as string);
}

function cut(term: string): string {
  if (term.length <= limits.termLength) return term;
  const splitsPair = /[\uD800-\uDBFF]/.test(term.charAt(limits.termLength - 1));
  return term.slice(0, limits.termLength - (splitsPair ? 1 : 0));
}
