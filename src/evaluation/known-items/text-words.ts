/** The words of a text as queries are drawn from them. */
import { scan } from '../../analysis/analyze.ts';
import { classAt, characterClass as is } from '../../analysis/character-class.ts';
import type { Term } from '../../domain/ids.ts';

export interface TextWord {
  readonly term: Term;
  /** Where it stands in the text: UTF-16 units, end excluded. */
  readonly start: number;
  readonly end: number;
}

/** One word per position, in order: of `#tag` the bare one. */
export function wordsOf(text: string): TextWord[] {
  const words: TextWord[] = [];
  scan(text, (term, start, end, position) => {
    words[position] = { term, start, end };
  });
  return words;
}

/** What two texts have in common that a search cannot tell apart: their terms, with spaces between. */
export function keyOf(text: string): string {
  return wordsOf(text)
    .map(({ term }) => term)
    .join(' ');
}

/** The parts of a text between white space that hold a word. */
export function piecesOf(text: string): string[] {
  return text.split(/\s+/u).filter((piece) => keyOf(piece) !== '');
}

/** Whether a word is made of letters alone, each one UTF-16 unit, of a script that parts words by spaces. */
export function isSpelled(word: string): boolean {
  if (word === '' || !/^\p{L}+$/u.test(word)) return false;
  for (let i = 0; i < word.length; i++) if (classAt(word, i) !== is.letter) return false;
  return [...word].length === word.length;
}
