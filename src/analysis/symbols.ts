/**
 * Symbols that are terms: pictographs with all that is joined to them, money, mathematics, arrows, § and its like. Not
 * punctuation, the signs of ASCII but for the dollar, bullets, boxes and lines: these stand between words and say nothing.
 */

/** Bullets, lines, pieces of brackets, the anchors of headings, and signs that are written like punctuation or units. */
const notTerms = /[!-#%-~¦¨¬¯°´¶¸⁄⁺-⁼₊-₌−∕-∙∣∶∼⋅⋆⎛-⎽⏐─-◿✦✧❖❘-❠❦❧➢-➤⠀-⣿﬩﹢﹤-﹦＋＜-＞｜～￢]/u;
const pictograph = /\p{Extended_Pictographic}/u;
const sign = /[\p{Sc}\p{Sm}§©®™℠℗←-⇿⌀-⏿☀-➾⟰-⟿⤀-⥿⬀-⬑]/u;

/** Whether a character is a symbol, or begins one; of a flag of two letters, either of them. */
export function isSymbol(character: string): boolean {
  if (/\p{Regional_Indicator}/u.test(character)) return true;
  if (notTerms.test(character) || !/[\p{S}§]/u.test(character)) return false;
  return pictograph.test(character) || sign.test(character);
}

/** Says that the word before is a mark of trade: part of its name for lawyers only. */
const tradeSigns = '©®™℠';

/** Whether a symbol directly behind a word stands at the word's own position, so that phrases do not see it. */
export function isTradeSign(symbol: string): boolean {
  return tradeSigns.includes(symbol);
}

const keycap = '\u20e3';
const keycapSequence = /[#*0-9]\ufe0f?\u20e3/y;
/** A flag of two letters or of tags; pictographs joined to one, each with its variant and the colour of its skin. */
const sequence = new RegExp(
  [
    '\\p{Regional_Indicator}{2}',
    '\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}',
    '[^\\p{Regional_Indicator}][\\ufe0e\\ufe0f\\u{1f3fb}-\\u{1f3ff}]*(?:\\u200d\\p{Extended_Pictographic}[\\ufe0e\\ufe0f\\u{1f3fb}-\\u{1f3ff}]*)*',
  ].join('|'),
  'yu',
);
/** Emoji style, text style, and colours of skin: who looks for a thumb means any. */
const variants = /[\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]/gu;

export interface FoundSymbol {
  readonly term: string;
  /** Where it ends in the text, excluded. */
  readonly end: number;
}

/** The symbol that begins at `index`, where `isSymbol` holds; null for half a flag. */
export function readSymbol(text: string, index: number): FoundSymbol | null {
  sequence.lastIndex = index;
  const surface = sequence.exec(text)?.[0];
  if (surface === undefined) return null;
  return { term: foldSymbol(surface), end: index + surface.length };
}

/** The keycap that begins at `index`, as in a list of steps: its digit, or the sign with its cap; null where none does. */
export function readKeycap(text: string, index: number): FoundSymbol | null {
  keycapSequence.lastIndex = index;
  const surface = keycapSequence.exec(text)?.[0];
  if (surface === undefined) return null;
  const key = surface.charAt(0);
  return { term: /\d/.test(key) ? key : key + keycap, end: index + surface.length };
}

function foldSymbol(surface: string): string {
  return surface.replace(variants, '').replace(/[￠-￦]/gu, (wide) => wide.normalize('NFKC'));
}
