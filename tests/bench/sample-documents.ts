/** A small made-up corpus for tests of the bench: sentences drawn from a vocabulary in which a few words are frequent. */

import { drawBelow, drawOne, openRandom } from '../../src/evaluation/random.ts';
import type { BenchDocument } from './documents.ts';

const functionWords = ['the', 'of', 'and', 'to', 'in', 'a', 'was', 'on', 'for', 'that'];
const syllables = ['ba', 'del', 'gor', 'ki', 'lum', 'mer', 'no', 'par', 'sil', 'ta', 'vor', 'zen'];

/** Paragraphs of 30 words; every third one is a function word. */
export async function* makeDocuments(count: number): AsyncGenerator<BenchDocument> {
  const random = openRandom(7, 'documents');
  for (let id = 0; id < count; id++) {
    const words = Array.from({ length: 30 }, (_, index) =>
      index % 3 === 0 ? (drawOne(random, functionWords) ?? '') : makeWord(random),
    );
    yield { id, title: `Title ${id}`, body: `${words.join(' ')}.`, year: String(2010 + (id % 5)), day: 14_000 + id };
  }
}

/** Squaring makes the first words of the vocabulary frequent and the last ones rare, as in a language. */
function makeWord(random: () => number): string {
  let number = Math.floor(random() ** 3 * 1728);
  let word = '';
  for (let part = 0; part < 3; part++) {
    word += syllables[number % syllables.length];
    number = Math.floor(number / syllables.length);
  }
  return drawBelow(random, 4) === 0 ? `${word}s` : word;
}
