/**
 * Term → stem, per language. Stems are never indexed: a build groups the dictionary into families of words with one
 * stem, and a query word is looked for as its whole family.
 */

import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import type { Term } from '../domain/ids.ts';
import { ownFamilies } from './false-friends.ts';
import { stemEnglish } from './stem-english.ts';

const stemmers: ReadonlyMap<string, (word: string) => string> = new Map([
  ['de', german],
  ['en', stemEnglish],
  ['es', spanish],
  ['fr', french],
  ['it', italian],
  ['nl', dutch],
  ['pt', portuguese],
  ['ru', russian],
  ['sv', swedish],
  ['uk', ukrainian],
]);

/** ISO 639-1 codes of the languages that have a stemmer, ascending. */
export const stemLanguages: readonly string[] = [...stemmers.keys()];

/** The stem of a term in a language, or null where the language has no stemmer or the term is no plain word. */
export function stem(term: Term, language: string): string | null {
  const stemmer = stemmers.get(language);
  if (stemmer === undefined || !isPlainWord(term)) return null;
  const own = ownFamilies.get(language)?.get(term);
  // No stemmer gives a stem that begins so: families of their own never meet others.
  if (own !== undefined) return `=${own}`;
  const found = stemmer(term);
  return found === '' ? null : found;
}

/** Numbers and signs have no endings, and very short words are endings themselves. */
function isPlainWord(term: string): boolean {
  return term.length > 2 && /^[\p{L}\p{M}]+$/u.test(term);
}
