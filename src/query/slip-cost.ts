/**
 * How unlikely it is that somebody who means one word types another: the channel of a noisy-channel model (Kernighan,
 * Church and Gale 1990). A pure function of two words; how often words are meant is `rank-corrections.ts`'s business.
 *
 * A misspelling is edits between the two words, each with a cost of -ln of its probability, and the cheapest way to make
 * them counts. The probability is that of this very edit at this very place in a word that is misspelled: a dropped
 * letter is one of some eight, an added one is one of some two hundred, hence the difference.
 */
import { isVowel, neighbouringKeys, otherSpellings, sameSounds, vowelPairs } from './letter-kinds.ts';

/**
 * -ln of how often each edit was made where it could be, in 1,820 English misspellings of one edit, rounded to a quarter.
 * Measured: a doubled letter halved 2.4, another one dropped 3.1 to 3.3, neighbours swapped 3.3 to 3.9, a letter doubled
 * 4.6, a vowel for a vowel 4.9, a consonant for one of its sound 5.5, a vowel added 6.0, a neighbouring key 6.7, another
 * letter added 7.3 to 7.5, another letter changed 8.0; at the first letter 2 more, as in other collections (first letters
 * are right in 97 % to 98 %). `respelled` was not measured: it stands for a change within the same sound.
 */
const costs = {
  halved: 2.5,
  dropped: 3.25,
  swapped: 4,
  doubled: 4.5,
  vowelChanged: 4.75,
  soundChanged: 5.5,
  respelled: 5.5,
  vowelAdded: 6,
  neighbourTyped: 6.75,
  added: 7.5,
  changed: 8,
  /** On top, where the first letter is not the one that was meant. */
  first: 2,
};

/** Taken off each edit but one: who makes one slip in a word is likelier to make another. */
const again = 0.5;

/**
 * -ln P(`typed` | `meant`), up to what is common to all words: 0 for equal words, else the sum of the cheapest edits between
 * what is left of the two when what they begin and end with alike is taken off, but for a letter on each side. Takes some
 * microseconds: a misspelling has up to 200 candidates.
 */
export function slipCost(typed: string, meant: string): number {
  const start = Math.max(0, sharedStart(typed, meant) - 1);
  const sharedEnd = Math.max(0, sharedLength(typed, meant, start) - 1);
  const rows = typed.length - start - sharedEnd;
  const columns = meant.length - start - sharedEnd;
  const width = columns + 1;
  const table = new Float64Array((rows + 1) * width);
  for (let row = 0; row <= rows; row++) {
    const i = start + row;
    const respelled = respellingsAt(typed, start, i);
    for (let column = row === 0 ? 1 : 0; column <= columns; column++) {
      const j = start + column;
      const cell = row * width + column;
      const first = i <= 1 && j <= 1 ? costs.first : 0;
      let least = Number.POSITIVE_INFINITY;
      if (column > 0) least = (table[cell - 1] as number) + droppingCost(meant, j - 1) + first;
      if (row > 0) least = Math.min(least, (table[cell - width] as number) + addingCost(typed, i - 1) + first);
      if (row > 0 && column > 0) {
        const before = table[cell - width - 1] as number;
        const isSame = typed.charCodeAt(i - 1) === meant.charCodeAt(j - 1);
        least = Math.min(least, isSame ? before : before + changingCost(typed, i - 1, meant, j - 1) + first);
      }
      if (row > 1 && column > 1 && isSwapped(typed, i, meant, j)) {
        const cost = costs.swapped + (i === 2 && j === 2 ? costs.first : 0) - again;
        least = Math.min(least, (table[cell - 2 * width - 2] as number) + cost);
      }
      for (const { units, spelling } of respelled) {
        if (column < spelling.length || !meant.endsWith(spelling, j)) continue;
        const before = table[cell - units * width - spelling.length] as number;
        least = Math.min(least, before + costs.respelled - again);
      }
      table[cell] = least;
    }
  }
  const sum = table[table.length - 1] as number;
  return sum > 0 ? sum + again : 0;
}

function sharedStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** How much two words end with alike, behind their first `start` units. */
function sharedLength(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}

/** A letter of the word that is meant and was not typed. */
function droppingCost(meant: string, at: number): number {
  return (isDoubled(meant, at) ? costs.halved : costs.dropped) - again;
}

/** A letter that was typed and is not in the word that is meant. */
function addingCost(typed: string, at: number): number {
  if (isDoubled(typed, at)) return costs.doubled - again;
  return (isVowel(typed.charAt(at)) ? costs.vowelAdded : costs.added) - again;
}

function changingCost(typed: string, typedAt: number, meant: string, meantAt: number): number {
  return (changes.get(pairKey(typed.charCodeAt(typedAt), meant.charCodeAt(meantAt))) ?? costs.changed) - again;
}

/** The changes that are not just any, by both letters. */
const changes: ReadonlyMap<number, number> = new Map(
  [
    ...neighbouringKeys.map((pair) => [pair, costs.neighbourTyped] as const),
    ...sameSounds.map((pair) => [pair, costs.soundChanged] as const),
    ...vowelPairs.map((pair) => [pair, costs.vowelChanged] as const),
  ].map(([pair, cost]) => [pairKey(pair.charCodeAt(0), pair.charCodeAt(1)), cost]),
);

function pairKey(typed: number, meant: number): number {
  return typed * 0x10000 + meant;
}

function isSwapped(typed: string, i: number, meant: string, j: number): boolean {
  return (
    typed.charCodeAt(i - 1) === meant.charCodeAt(j - 2) &&
    typed.charCodeAt(i - 2) === meant.charCodeAt(j - 1) &&
    typed.charCodeAt(i - 1) !== typed.charCodeAt(i - 2)
  );
}

function isDoubled(word: string, at: number): boolean {
  const unit = word.charCodeAt(at);
  return word.charCodeAt(at - 1) === unit || word.charCodeAt(at + 1) === unit;
}

interface Respelling {
  /** UTF-16 units of the typed word that end here. */
  readonly units: number;
  readonly spelling: string;
}

const noRespellings: readonly Respelling[] = [];

/** What the letters that end at `end`, behind the first `start`, could have been typed for. */
function respellingsAt(typed: string, start: number, end: number): readonly Respelling[] {
  const one = end > start ? otherSpellings(typed.charAt(end - 1)) : [];
  const two = end > start + 1 ? otherSpellings(typed.slice(end - 2, end)) : [];
  if (one.length + two.length === 0) return noRespellings;
  return [...one.map((spelling) => ({ units: 1, spelling })), ...two.map((spelling) => ({ units: 2, spelling }))];
}
