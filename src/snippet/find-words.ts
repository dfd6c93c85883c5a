/**
 * The words of a text as browsers see them: by the rules of Unicode (UAX #29), which `Intl.Segmenter` follows, and for
 * scripts without spaces its dictionaries.
 */

/** UTF-16 units, end excluded. */
export interface Word {
  readonly start: number;
  readonly end: number;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const letter = 'A-Za-zªµºÀ-ÖØ-öø-\u024fЀ-ҁҊ-ԯ';
/** Letters, digits and signs of which the rules below know everything. */
const plainText = new RegExp(
  `^[ -^\\x60-~\\t\\n\\r\u00a0€\u00a1-\u00ac\u00ae-\u00b6\u00b8-\u00bf×÷‐-―‘-”„…${letter}]*$`,
);
/** Whether a colon joins letters depends on the version of the rules; underscores, left out above, have rules of their own. */
const doubtful = new RegExp(`[${letter}]:[${letter}]`);
const plainWord = new RegExp(
  `[${letter}0-9]+(?:(?:(?<=[${letter}])[.'‘’](?=[${letter}])|(?<=[0-9])[.,;'‘’](?=[0-9]))[${letter}0-9]+)*`,
  'g',
);

/**
 * In order. Cost: linear. Plain text, which is most of what is written in Latin and Cyrillic, goes through a regular
 * expression: the segmenter takes 98 µs for 400 characters, this 6 µs.
 */
export function findWords(text: string): Word[] {
  return plainText.test(text) && !doubtful.test(text) ? findPlainWords(text) : findAnyWords(text);
}

/** Only for tests: what `findWords` must agree with. */
export function findAnyWords(text: string): Word[] {
  const words: Word[] = [];
  for (const { index, segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike === true) words.push({ start: index, end: index + segment.length });
  }
  return words;
}

function findPlainWords(text: string): Word[] {
  return Array.from(text.matchAll(plainWord), ({ index, 0: word }) => ({ start: index, end: index + word.length }));
}
