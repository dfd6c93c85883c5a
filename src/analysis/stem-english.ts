/**
 * English word → stem. Joins a word's inflections and its closest derivations, and keeps apart what has gone its own way:
 * Porter's algorithm (Program 14, 1980), whose measure this one keeps, cuts every Latin suffix and so makes one family of
 * general, generation and generic, of organ and organization, of intern and international.
 *
 * Three steps: the inflection is taken off, the spelling is levelled, then derivations are undone one by one. A derivation
 * leads to the word it is made of (-ment, -ness, -ly, -able), or to one form of its kind (generator, generative, generation
 * to generat), and never from one kind to another.
 */
import {
  irregularForms,
  nounsInIc,
  verbsInAnce,
  verbsInAtion,
  verbsInE,
  wholeWords,
  wordsInE,
} from './english-words.ts';

/** The stem of a term of letters; itself where it has any but a to z. Never empty. */
export function stemEnglish(term: string): string {
  if (!/^[a-z]+$/.test(term)) return term;
  let word = level(withoutInflection(term));
  while (!whole.has(word)) {
    const shorter = withoutDerivation(word);
    if (shorter === null) break;
    word = level(shorter);
  }
  return word;
}

const eVerbs: ReadonlySet<string> = new Set(verbsInE);
const eWords: ReadonlySet<string> = new Set([...verbsInE, ...wordsInE]);
/** As written, and levelled as they are met among derivations. */
const whole: ReadonlySet<string> = new Set([...eWords, ...wholeWords.flatMap((word) => [word, level(word)])]);

function withoutInflection(term: string): string {
  const word = irregularForms.get(term) ?? term;
  if (whole.has(word)) return word;
  const singular = withoutPlural(word);
  return whole.has(singular) ? singular : withoutVerbEnding(singular);
}

/** Nouns in -ss, -us and -is have no plural ending: pass, virus, crisis; `level` brings their plurals to the same stem. */
function withoutPlural(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  return /(?:ss|sh|ch|x|zz)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** Takes off -ed and -ing, and gives a stem that lost an e or doubled its consonant its own spelling again. */
function withoutVerbEnding(word: string): string {
  if (word.endsWith('eed')) return /(?:gr|fr|ant|er|cr)eed$/.test(word) ? word.slice(0, -1) : word;
  if (word.endsWith('ied')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  const stem = /^(.+)(?:ed|ing)$/.exec(word)?.[1];
  if (stem === undefined || stem.length < 2 || !hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem) || eVerbs.has(`${stem}e`)) return `${stem}e`;
  const single = withSingleEnd(stem);
  if (single !== stem) return single;
  return measure(stem) === 1 && isShort(stem) ? `${stem}e` : stem;
}

/** `programm` → `program`; ll, ss and zz belong to many words. */
function withSingleEnd(word: string): string {
  return /([bcdfgkmnprtv])\1$/.test(word) ? word.slice(0, -1) : word;
}

/** One spelling for what endings change: city and citi(es), believe and believ(ing), control and controll(ed), crisis and cris(es). */
function level(word: string): string {
  let levelled = /[aeopy]sis$|risis$/.test(word) && word.length > 5 ? word.slice(0, -2) : word;
  if (levelled.endsWith('e') && !eWords.has(levelled)) {
    const stem = levelled.slice(0, -1);
    const size = measure(stem);
    if (size > 1 || (size === 1 && !isShort(stem))) levelled = stem;
  }
  if (levelled.endsWith('y') && hasVowel(levelled.slice(0, -1))) levelled = `${levelled.slice(0, -1)}i`;
  return levelled.endsWith('ll') && measure(levelled) > 1 ? levelled.slice(0, -1) : levelled;
}

interface Derivation {
  readonly suffix: string;
  readonly becomes: string;
  /** How long what stands before the suffix must be, as `measure` counts. */
  readonly least: number;
}

/** In levelled spelling. */
const derivations: readonly Derivation[] = longestFirst([
  // To one form of their kind.
  ['ization', 'iz', 1],
  ['fication', 'fi', 1],
  ['ation', 'at', 1],
  ['ator', 'at', 1],
  ['atori', 'at', 1],
  ['ativ', 'at', 1],
  ['ional', 'ion', 1],
  ['mental', 'ment', 1],
  ['ical', 'ic', 1],
  ['iciti', 'ic', 1],
  ['aliti', 'al', 1],
  ['aliz', 'al', 1],
  ['iviti', 'iv', 1],
  ['abiliti', 'abl', 0],
  ['ibiliti', 'ibl', 1],
  ['ositi', 'ous', 1],
  ['xiti', 'x', 1],
  ['ariti', 'ar', 1],
  ['uriti', 'ur', 1],
  ['ersiti', 'ers', 1],
  ['nsiti', 'ns', 0],
  ['iditi', 'id', 1],
  ['anc', 'ant', 2],
  ['enc', 'ent', 2],
  ['anci', 'ant', 2],
  ['enci', 'ent', 2],
  // To the verb.
  ['ival', 'iv', 1],
  ['ieval', 'iev', 1],
  ['oval', 'ov', 1],
  ['posal', 'pos', 1],
  ['fusal', 'fus', 1],
  ['versal', 'vers', 1],
  ['wal', 'w', 1],
  ['eduction', 'educ', 0],
  ['oduction', 'oduc', 0],
  ['nduction', 'nduc', 0],
  ['ment', '', 2],
  ['icabl', 'icat', 1],
  ['abl', '', 2],
  // To the noun or adjective.
  ['tural', 'tur', 0],
  ['cedural', 'cedur', 0],
  ['ness', '', 1],
  ['fulli', 'ful', 1],
  ['ful', '', 1],
  ['ic', '', 1],
  ['alli', 'al', 1],
  ['bli', 'bl', 1],
  ['ili', 'i', 1],
]);

function longestFirst(rules: readonly (readonly [string, string, number])[]): readonly Derivation[] {
  return rules
    .map(([suffix, becomes, least]) => ({ suffix, becomes, least }))
    .sort((a, b) => b.suffix.length - a.suffix.length);
}

/** Nouns of the doer and of the deed, and adverbs: what stands before decides. */
const openDerivations = [
  { pattern: /^(.*[st])ion$/, least: 2 },
  { pattern: /^(.*t)or$/, least: 2 },
  { pattern: /^(.*[^ei])er$/, least: 2 },
  { pattern: /^(.*[cdeghkmnrst])li$/, least: 1 },
];

const ationVerbs: ReadonlySet<string> = new Set(verbsInAtion);
const icNouns: ReadonlySet<string> = new Set(nounsInIc);
const anceVerbs: ReadonlySet<string> = new Set(verbsInAnce);

/** The word that this one is made of, or null. */
function withoutDerivation(word: string): string | null {
  for (const { suffix, becomes, least } of derivations) {
    if (!word.endsWith(suffix)) continue;
    const stem = word.slice(0, -suffix.length);
    if (becomes === 'at' && ationVerbs.has(stem)) return stem;
    if ((suffix === 'anc' || suffix === 'enc') && anceVerbs.has(withSingleEnd(stem))) return withSingleEnd(stem);
    if (suffix === 'ic' && !icNouns.has(stem)) continue;
    if (measure(stem) >= least) return stem + becomes;
  }
  for (const { pattern, least } of openDerivations) {
    const stem = pattern.exec(word)?.[1];
    if (stem !== undefined && measure(stem) >= least) return withSingleEnd(stem);
  }
  return null;
}

/** Porter's measure: how often a vowel is followed by a consonant. A y behind a consonant is a vowel. */
function measure(word: string): number {
  let count = 0;
  let wasVowel = false;
  for (let i = 0; i < word.length; i++) {
    const isNowVowel = isVowel(word, i);
    if (wasVowel && !isNowVowel) count++;
    wasVowel = isNowVowel;
  }
  return count;
}

function isVowel(word: string, index: number): boolean {
  const letter = word.charAt(index);
  if (letter === 'y') return index > 0 && !isVowel(word, index - 1);
  return 'aeiou'.includes(letter);
}

function hasVowel(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (isVowel(word, i)) return true;
  return false;
}

/** Ends in consonant, vowel, consonant, as hop(e) does: an e behind it is spoken. */
function isShort(word: string): boolean {
  const end = word.length - 1;
  return end >= 2 && !isVowel(word, end) && isVowel(word, end - 1) && !isVowel(word, end - 2) && !/[wxy]$/.test(word);
}
