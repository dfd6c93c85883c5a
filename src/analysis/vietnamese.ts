/**
 * Vietnamese words with their marks: được and dược are two words, and both are typed duoc. In a Vietnamese text a syllable
 * with marks is indexed as it is written beside its bare form, so that who types marks finds that word first, who types
 * none finds all of them, and other languages are folded as ever. A text is Vietnamese by its letters alone: the same text
 * gives the same terms when it is indexed and when it is shown.
 */
import type { Term } from '../domain/ids.ts';
import { normalizeWord } from './normalize-word.ts';

/** Letters that only Vietnamese has: with a horn, a hook, or a tone upon another mark. Looked for in every text. */
const ownLetter = /[ơưƠƯẢảẤ-ẶẺẻẾ-ỈỎỏỐ-ỢỦủỨ-ựỶỷ]|\u031b|\u0309/;
const everyWord = /[\p{L}\p{M}]+/gu;
/** One word of so many has a letter of its own; in prose it is every third, in foreign text with a name one of thirty. */
const wordsPerOwn = 8;

/** Whether a text is written in Vietnamese, so far as its letters tell. Most others cost one look. */
export function isVietnamese(text: string): boolean {
  if (!ownLetter.test(text)) return false;
  const words = text.match(everyWord) ?? [];
  const own = words.filter((word) => ownLetter.test(word)).length;
  return own * wordsPerOwn >= words.length;
}

/** On vowels a circumflex, breve or horn, then a grave, acute, tilde, hook or dot. */
const marked = /^(?:[aeiouy][\u0302\u0306\u031b]?[\u0300\u0301\u0303\u0309\u0323]?|[bcdđghklmnpqrstvx])+$/;
const syllable = /^[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$/;
const marks = /[\u0300-\u036f]/g;
/** hoà and hòa are one word: the tone moves to the first of two open vowels. */
const lateTone = /(?<!q)([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])$/;
const longestSyllable = 24;

/** A syllable with its marks as a term; null for a word without any, and for what is no syllable of Vietnamese. */
export function markedSyllable(surface: string): Term | null {
  if (surface.length > longestSyllable || /^[ -~]*$/.test(surface)) return null;
  const lower = surface.normalize('NFKC').toLowerCase();
  const letters = toneLast(lower.normalize('NFD'));
  const bare = letters.replace(marks, '').replaceAll('đ', 'd');
  if (bare === letters || !marked.test(letters) || !syllable.test(bare)) return null;
  return letters.replace(lateTone, '$1$3$2').normalize('NFC') as Term;
}

/** The bare form of a term that is a syllable with marks; null for any other term. */
export function bareSyllable(term: Term): Term | null {
  return markedSyllable(term) === null ? null : normalizeWord(term);
}

/** NFD has a dot below before what stands above. */
function toneLast(letters: string): string {
  return letters.replace(/(\u0323)([\u0302\u0306])/g, '$2$1');
}
