/**
 * The quotation marks of the query language, for the scanner that reads them and the printer that writes them.
 * Single straight quotes and apostrophes are none: they belong to words.
 */

interface QuotePair {
  readonly open: string;
  /** Any of these closes; the first is the one that is printed. */
  readonly close: string;
}

/** In the order in which the printer tries them. */
const quotePairs: readonly QuotePair[] = [
  { open: '"', close: '"' },
  { open: '“', close: '”“' },
  { open: '„', close: '“”' },
  { open: '«', close: '»' },
  { open: '»', close: '«»' },
  { open: '‚', close: '‘' },
  { open: '‹', close: '›' },
  { open: '”', close: '”' },
  { open: '＂', close: '＂' },
];

const pairsByOpen: ReadonlyMap<string, QuotePair> = new Map(quotePairs.map((pair) => [pair.open, pair]));

/** The characters that close a quotation opened with `character`, or null where it opens none. */
export function closersOf(character: string): string | null {
  return pairsByOpen.get(character)?.close ?? null;
}

/**
 * Puts text into the first quotation marks that it does not itself contain, so that it is read back unchanged.
 * Every text the parser took from quotation marks has such a pair; in other texts the marks may be lost.
 */
export function quote(text: string): string {
  const pair = quotePairs.find(({ close }) => !containsAny(text, close));
  return pair === undefined ? `"${text.replaceAll('"', ' ')}"` : `${pair.open}${text}${pair.close.charAt(0)}`;
}

function containsAny(text: string, characters: string): boolean {
  return Array.from(characters).some((character) => text.includes(character));
}
