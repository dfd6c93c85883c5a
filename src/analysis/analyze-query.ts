/**
 * Query text → what to look for in the dictionary. The same tokens as in a text, put together again where one word of
 * the query became several: `self-propelled` and 北京 are looked for as neighbours.
 */
import type { Term } from '../domain/ids.ts';
import { analyze, analyzeTyped } from './analyze.ts';
import { characterClass, classAt, clusterEnd } from './character-class.ts';
import type { Token } from './token.ts';

/** One place of a word or phrase. */
export interface QuerySlot {
  readonly term: Term;
  /** Whether any term that begins with it will do: a single character of a script without spaces. */
  readonly isBeginning: boolean;
  /** What to look for where the dictionary lacks the term: the word without its sign, for `#tag`; without its marks, for `được`. */
  readonly fallback: Term | null;
}

/** What is looked for as one: slots at consecutive positions, usually one. */
export interface QueryUnit {
  /** As it stands in the query. */
  readonly surface: string;
  readonly slots: readonly QuerySlot[];
  /** Whether it is a word of a script without spaces, whose slots are pairs of characters. */
  readonly isUnspaced: boolean;
  /** Whether it is a pair of characters of two such words: no word, but it tells that they are neighbours. */
  readonly isSeam: boolean;
}

/** A word of the query as units: one, unless it holds symbols or runs of scripts without spaces; none for punctuation alone. */
export function analyzeWord(word: string): QueryUnit[] {
  const units: QueryUnit[] = [];
  for (const stretch of stretches(word, analyzeTyped(word))) {
    const { tokens } = stretch;
    if (stretch.isUnspaced) units.push(...cutRun(word, tokens));
    else
      units.push({
        surface: surfaceOf(word, tokens),
        slots: slotsOf(withoutElided(word, tokens)),
        isUnspaced: false,
        isSeam: false,
      });
  }
  return units;
}

/** A quoted phrase as slots at consecutive positions. */
export function analyzePhrase(text: string): QuerySlot[] {
  const all = stretches(text, analyzeTyped(text));
  return all.flatMap(({ tokens, isUnspaced }, index) => {
    if (!isUnspaced) return slotsOf(tokens);
    const isLast = index === all.length - 1;
    return runSlots(isLast && tokens.length > 1 ? tokens.slice(0, -1) : tokens, tokens.at(-1));
  });
}

interface StretchOfTokens {
  readonly tokens: readonly Token[];
  readonly isUnspaced: boolean;
}

/**
 * Cuts tokens where runs of scripts without spaces begin and end, and around each symbol: `€5` is found in `5 €` as well.
 * Marks of trade are left out beside the word that they stand at.
 */
function stretches(text: string, tokens: readonly Token[]): StretchOfTokens[] {
  const found: { tokens: Token[]; isUnspaced: boolean; isSymbol: boolean; end: number }[] = [];
  for (const token of tokens) {
    const first = classAt(text, token.start);
    const isUnspaced = first === characterClass.unspaced;
    const isSymbol = first === characterClass.symbol;
    const last = found.at(-1);
    if (isSymbol && last?.tokens.at(-1)?.position === token.position) continue;
    const isNewRun = isUnspaced && last !== undefined && token.start >= last.end;
    if (last === undefined || last.isSymbol || isSymbol || last.isUnspaced !== isUnspaced || isNewRun) {
      found.push({ tokens: [token], isUnspaced, isSymbol, end: token.end });
    } else {
      last.tokens.push(token);
      last.end = token.end;
    }
  }
  return found;
}

/** Leaves out the article of `l’avion`: who types it looks for planes, also where none of them is `l’avion`. */
function withoutElided(text: string, tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token, index) => {
    const isLetters = classAt(text, token.start) === characterClass.letter;
    const isJoined = tokens[index + 1]?.start === token.end + 1;
    return !(isLetters && isJoined && classAt(text, token.end) === characterClass.apostrophe);
  });
}

function surfaceOf(text: string, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start, tokens.at(-1)?.end);
}

function slotsOf(tokens: readonly Token[]): QuerySlot[] {
  const slots: QuerySlot[] = [];
  let position = -1;
  for (const { term, position: at } of tokens) {
    const last = slots.at(-1);
    if (at === position && last !== undefined) slots[slots.length - 1] = { ...last, fallback: term };
    else slots.push({ term, isBeginning: false, fallback: null });
    position = at;
  }
  return slots;
}

function runSlots(tokens: readonly Token[], tail: Token | undefined): QuerySlot[] {
  return tokens.map((token) => ({ term: token.term, isBeginning: token === tail, fallback: null }));
}

const words = new Intl.Segmenter('ja', { granularity: 'word' });

/**
 * A run's words, each as the pairs inside it, and between them the pairs that they share, in the order of the text; the last
 * token of a run is its last character alone.
 */
function cutRun(text: string, tokens: readonly Token[]): QueryUnit[] {
  const start = tokens[0]?.start ?? 0;
  const run = text.slice(start, tokens.at(-1)?.end);
  const units: QueryUnit[] = [];
  for (const { segment, index } of words.segment(run)) {
    const from = start + index;
    const inside = tokens.filter((token) => token.start >= from && token.start < from + segment.length);
    const pairs = inside.filter((token) => token.end <= from + segment.length && token !== tokens.at(-1));
    const first = inside[0];
    if (first === undefined) continue;
    const slots = pairs.length > 0 ? runSlots(pairs, undefined) : [beginning(text, first)];
    units.push({ surface: segment, slots, isUnspaced: true, isSeam: false });
    const seam = inside.find((token) => token.end > from + segment.length && token !== tokens.at(-1));
    if (seam !== undefined) {
      const surface = text.slice(seam.start, seam.end);
      units.push({ surface, slots: runSlots([seam], undefined), isUnspaced: true, isSeam: true });
    }
  }
  return units;
}

/** A single character, which stands at the beginning of a pair wherever it stands. */
function beginning(text: string, token: Token): QuerySlot {
  const [first] = analyze(text.slice(token.start, clusterEnd(text, token.start)));
  return { term: first?.term ?? token.term, isBeginning: true, fallback: null };
}
