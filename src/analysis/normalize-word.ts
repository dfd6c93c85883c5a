/**
 * Surface word → term: compatibility forms (NFKC), case and diacritics are folded. What counts as a diacritic
 * depends on the script: Latin and Greek accents fold, й and ї are letters of their own, Indic vowel signs stay.
 */
import type { Term } from '../domain/ids.ts';
import { limits } from '../domain/limits.ts';

// Words without ASCII-only spelling repeat often; folding one costs some microseconds.
const cache = new Map<string, Term>();
const cacheSize = 100_000;

/**
 * Characters of a word that are looked at: enough for any term with its marks. Unicode normalization takes quadratic
 * time for marks that are out of order, so that half a million of them would take minutes.
 */
const longestSurface = 4 * limits.termLength;

/** The term of a word that has no apostrophe, separator or ignorable character to interpret. Empty if nothing is left. */
export function normalizeWord(surface: string): Term {
  const word = surface.length <= longestSurface ? surface : surface.slice(0, longestSurface);
  if (isAscii(word)) return cutTerm(word.toLowerCase());
  const cached = cache.get(word);
  if (cached !== undefined) return cached;
  const own = copyOf(word);
  const term = cutTerm(foldDiacritics(own.normalize('NFKC').toLowerCase()));
  if (cache.size >= cacheSize) cache.clear();
  cache.set(own, term);
  return term;
}

/** Cuts a term to the published length, never inside a character. */
export function cutTerm(term: string): Term {
  if (term.length <= limits.termLength) return term as Term;
  const splitsPair = /[\uD800-\uDBFF]/.test(term.charAt(limits.termLength - 1));
  return term.slice(0, limits.termLength - (splitsPair ? 1 : 0)) as Term;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** A string of its own: a slice that the cache holds would hold the whole text it was cut from. */
function copyOf(slice: string): string {
  return Buffer.from(slice, 'utf16le').toString('utf16le');
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
// Not letters or digits once NFKC took them apart (as in ŉ), and characters that only steer the layout.
const leftovers = /[^\p{L}\p{N}\p{M}]|ʼ/gu;
const foldingBase = /([\p{Script=Latin}\p{Script=Greek}\p{N}])\p{M}+/gu;
/** The stress stands on the bare letter, or on ї and ё, which are taken apart at this point. */
const cyrillicStress = /([\p{Script=Cyrillic}]\u0308?)[\u0300\u0301]/gu;
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
