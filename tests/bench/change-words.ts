/**
 * Makes another text of the same shape: a share of the content words becomes new words, so that a corpus can be
 * repeated and its dictionary still grows as a real one does. Only words of Latin letters change.
 */
import { hashText } from '../../src/evaluation/random.ts';

export interface WordChange {
  readonly seed: number;
  /** 1, 2, 3 …: each copy changes other words. */
  readonly copy: number;
  /** Words in lower case that stay: the most frequent ones. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Of the distinct content words. With it 6.3 times as many paragraphs have about 2.6 times as many words, an exponent
 * of 0.5 in Heaps' law, which is what large English collections show.
 */
const changedShare = 0.3;

/** The letters that decide, and that change. Endings stay, so that the forms of a word stay forms of one word. */
const stemLength = 4;

export function changeWords(text: string, change: WordChange): string {
  return text.replace(/[A-Za-z]{4,}/g, (word) => changeWord(word, change));
}

function changeWord(word: string, { seed, copy, kept }: WordChange): string {
  const lower = word.toLowerCase();
  if (kept.has(lower)) return word;
  const stem = lower.slice(0, stemLength);
  const hash = hashText(`${seed}:${copy}:${stem}`);
  if (hash / 4_294_967_296 >= changedShare) return word;
  let changed = '';
  for (let i = 0; i < stemLength; i++) changed += changeLetter(word.charAt(i), hashText(`${hash}:${i}`));
  return changed + word.slice(stemLength);
}

const alphabets = ['aeiou', 'bcdfghjklmnpqrstvwxyz', 'AEIOU', 'BCDFGHJKLMNPQRSTVWXYZ'];

/** A vowel for a vowel, a consonant for a consonant, never the same, in the same case. */
function changeLetter(letter: string, hash: number): string {
  const alphabet = alphabets.find((letters) => letters.includes(letter)) ?? letter;
  const step = alphabet.length > 1 ? 1 + (hash % (alphabet.length - 1)) : 0;
  return alphabet.charAt((alphabet.indexOf(letter) + step) % alphabet.length);
}
