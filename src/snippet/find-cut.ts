/**
 * Where a text may be cut: at sentences best, else at spaces, else at words of scripts without spaces, else wherever
 * no character is torn apart. Knows nothing of queries. All positions are UTF-16 units.
 */

/** Which end of a stretch the cut is. A stretch begins with a word and ends with a word or its punctuation. */
export type Side = 'start' | 'end';

export interface CutPlace {
  /** The first and the last position that will do. */
  readonly min: number;
  readonly max: number;
  /** The nearest cut of the best kind is taken. */
  readonly ideal: number;
  /** How far from `ideal` a sentence or word is worth going. */
  readonly reach: number;
  readonly isForbidden: (at: number) => boolean;
}

export interface Sentences {
  readonly starts: ReadonlySet<number>;
  /** Behind the closing punctuation. */
  readonly ends: ReadonlySet<number>;
}

const words = new Intl.Segmenter('und', { granularity: 'word' });

/** Context for the word segmenter on either side, so that words at the edge are seen whole. */
const wordContext = 40;

/** Opens cutting for one text. Cost: one pass over it. */
export function openCutter(text: string): (side: Side, place: CutPlace) => number {
  const sentences = findSentences(text);
  return (side, place) => {
    const isAllowed = (at: number) => isSafeCut(text, at) && !place.isForbidden(at);
    const atSentences = side === 'start' ? sentences.starts : sentences.ends;
    const near = {
      ...place,
      min: Math.max(place.min, place.ideal - place.reach),
      max: Math.min(place.max, place.ideal + place.reach),
    };
    // To begin with the sentence of the first match is worth any amount of text in front of it.
    const forSentence = side === 'start' ? { ...near, max: place.max } : near;
    return (
      nearest(forSentence, (at) => atSentences.has(at) && isAllowed(at)) ??
      nearest(near, (at) => isAtSpace(text, side, at) && isAllowed(at)) ??
      nearest(near, wordCuts(text, side, near), isAllowed) ??
      nearest(place, isAllowed) ??
      nearest(place, (at) => !isInsidePair(text, at) && !place.isForbidden(at)) ??
      place.ideal
    );
  };
}

/** A sentence ends with `.`, `!`, `?` and their kin, closing quotes included, and what follows is not lower case. */
function findSentences(text: string): Sentences {
  const starts = new Set([text.length - text.trimStart().length]);
  const ends = new Set<number>();
  for (const { index, 0: mark } of text.matchAll(/[.!?…。！？｡؟।]/g)) {
    const end = passWhile(text, index + 1, /["'”’»›)\]」』）】]/);
    const start = passWhile(text, end, /\s/);
    const isApart = start > end || /[。！？｡]/.test(mark);
    if (!isApart || start === text.length || isInitial(text, index) || /[\p{Ll}.!?…。！？｡]/u.test(text.charAt(start)))
      continue;
    starts.add(start);
    ends.add(end);
  }
  return { starts, ends };
}

function passWhile(text: string, from: number, characters: RegExp): number {
  let at = from;
  while (at < text.length && characters.test(text.charAt(at))) at++;
  return at;
}

/** The dot of an initial, as in “J. K. Rowling”, ends nothing. */
function isInitial(text: string, dot: number): boolean {
  return text[dot] === '.' && /\p{Lu}/u.test(text.charAt(dot - 1)) && !/\p{L}/u.test(text.charAt(dot - 2));
}

/** Whether a cut tears no surrogate pair, no combined character and no joined emoji apart. */
export function isSafeCut(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  if (isInsidePair(text, at)) return false;
  const next = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return !/^[\p{M}\p{Emoji_Modifier}\u200d]/u.test(next) && text.charAt(at - 1) !== '\u200d';
}

function isInsidePair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}

function isAtSpace(text: string, side: Side, at: number): boolean {
  const [outside, inside] = side === 'start' ? [at - 1, at] : [at, at - 1];
  return /\s/.test(text.charAt(outside)) && /\S/.test(text.charAt(inside));
}

/** Word boundaries as Unicode and its dictionaries see them, for scripts that do not write spaces. */
function wordCuts(text: string, side: Side, place: CutPlace): (at: number) => boolean {
  const from = Math.max(0, place.min - wordContext);
  const to = Math.min(text.length, place.max + wordContext);
  const cuts = new Set<number>();
  for (const { index, segment, isWordLike } of words.segment(text.slice(from, to))) {
    const at = from + index + (side === 'start' ? 0 : segment.length);
    if (isWordLike === true && at > from && at < to) cuts.add(at);
  }
  return (at) => cuts.has(at);
}

function nearest(place: CutPlace, ...conditions: readonly ((at: number) => boolean)[]): number | null {
  const { min, max, ideal } = place;
  const isCut = (at: number) => min <= at && at <= max && conditions.every((condition) => condition(at));
  for (let distance = 0; distance <= Math.max(ideal - min, max - ideal); distance++) {
    if (isCut(ideal - distance)) return ideal - distance;
    if (isCut(ideal + distance)) return ideal + distance;
  }
  return null;
}
