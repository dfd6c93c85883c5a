/** Slips of the keyboard, for words of known titles. */
import type { Term } from '../../domain/ids.ts';
import { drawBelow, drawOne, type Random } from '../random.ts';

/** How often an edit is drawn anew that gives no misspelling. */
const attempts = 20;

/**
 * The word with one letter dropped, doubled, swapped with the next or replaced, each as likely; never its first one, which
 * people hardly miss. Replacing letters are drawn from `words`, in the word's script, so that frequent ones are frequent.
 * Null where no edit was found that gives another word than the word itself and those of `isWord`.
 */
export function misspell(
  word: string,
  { words, isWord, random }: { words: readonly Term[]; isWord: (word: string) => boolean; random: Random },
): string | null {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const at = 1 + drawBelow(random, word.length - 2);
    const [before, letter, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
    const edited = [
      () => before + next + after,
      () => before + letter + letter + next + after,
      () => before + next + letter + after,
      () => before + drawLetter(letter, words, random) + next + after,
    ][drawBelow(random, 4)]?.();
    if (edited !== undefined && edited !== word && !isWord(edited)) return edited;
  }
  return null;
}

/** A letter in the script of `letter`; the very same where none was found. */
function drawLetter(letter: string, words: readonly Term[], random: Random): string {
  const script = scripts.find((each) => each.test(letter));
  const word = drawOne(random, words) ?? '';
  const drawn = word.charAt(drawBelow(random, word.length));
  return script?.test(drawn) ? drawn : letter;
}

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Devanagari', 'Armenian', 'Georgian'].map(
  (name) => new RegExp(`\\p{Script=${name}}`, 'u'),
);
