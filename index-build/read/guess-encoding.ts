/**
 * Which of the encodings before Unicode some bytes are in. chardet ranks them by what letters follow each other; a
 * candidate counts only if every byte means something in it. Windows-1252 is what is left.
 */
import { analyse } from 'chardet';

/** The text, and the name of the encoding that was assumed. */
export interface GuessedText {
  readonly text: string;
  readonly encoding: string;
}

/** Bytes that are looked at, from the first one on that is not ASCII. */
const sampleBytes = 64 * 1024;
/** How sure chardet must be, in percent; below that it is noise. */
const leastConfidence = 10;
/** Below this a guess of Chinese, Japanese or Korean may as well be Thai. */
const sureConfidence = 70;

/** Points of confidence between guesses that say nothing. */
const nearlyAlike = 3;

/** Always finds one: Windows-1252 where nothing else fits. */
export function guessEncoding(bytes: Uint8Array): GuessedText {
  const sample = sampleOf(bytes);
  const candidates = analyse(sample)
    .filter(({ name, confidence }) => confidence >= leastConfidence && !/^(?:UTF|ASCII|mbcs)/i.test(name))
    .map(({ name, confidence }) => ({ label: wider.get(name) ?? name.toLowerCase(), confidence }));
  const fitting = candidates.filter(({ label }) => isMeaningful(sample, label));
  const [first = { label: 'windows-1252', confidence: 0 }] = fitting;
  // The commonest of those that look alike.
  const western = fitting.find(({ label }) => label === 'windows-1252');
  const best = western !== undefined && western.confidence + nearlyAlike >= first.confidence ? western : first;
  const label = best.confidence < sureConfidence ? (rareEncoding(sample, best.label) ?? best.label) : best.label;
  const text = decodeAs(bytes, label) ?? decodeWindows1252(bytes);
  return {
    text,
    encoding: label.replace(/^windows/, 'Windows').replace(/^(?!Windows).*/, (name) => name.toUpperCase()),
  };
}

/** Encodings that have all that the named one has, and are meant where it is named. */
const wider: ReadonlyMap<string, string> = new Map([
  ['ISO-8859-1', 'windows-1252'],
  ['ISO-8859-9', 'windows-1254'],
  ['KOI8-R', 'koi8-u'],
]);

function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = Math.max(
    0,
    bytes.findIndex((byte) => byte >= 0x80),
  );
  // Beginning with a line, so that no character is cut in two.
  const start = first <= sampleBytes / 2 ? 0 : bytes.lastIndexOf(0x0a, first) + 1;
  const end = start + sampleBytes;
  return end >= bytes.length ? bytes.subarray(start) : bytes.subarray(start, bytes.lastIndexOf(0x20, end));
}

function isMeaningful(bytes: Uint8Array, label: string): boolean {
  const text = decodeAs(bytes, label);
  return text !== null && !/[\uFFFD\u0080-\u009F]/.test(text);
}

/**
 * What chardet does not know: Thai, which it takes for Chinese or Korean, and the Cyrillic of MS-DOS, which it takes for
 * Western signs. Nearly all that is not ASCII must be their letters, and much of the text.
 */
function rareEncoding(bytes: Uint8Array, instead: string): string | null {
  if (/^(?:euc-|gb|big5|shift)/.test(instead)) {
    return share(bytes, 'windows-874', /[\u0E01-\u0E5B]/g) > 0.97 ? 'windows-874' : null;
  }
  const beyondAscii = bytes.filter((byte) => byte >= 0x80).length;
  if (beyondAscii * 3 < bytes.length || share(bytes, instead, /\p{L}/gu) > 0.8) return null;
  return share(bytes, 'ibm866', /[\u0410-\u044F]/g) > 0.9 ? 'ibm866' : null;
}

/** How many of the characters beyond ASCII are of a kind, from 0 to 1. */
function share(bytes: Uint8Array, label: string, kind: RegExp): number {
  const text = (decodeAs(bytes, label) ?? '').replace(/\p{ASCII}+/gu, '');
  return text === '' ? 0 : (text.match(kind)?.length ?? 0) / text.length;
}

/** The text that bytes are in a named encoding, with U+FFFD for what means nothing; null for an unknown name. */
export function decodeAs(bytes: Uint8Array, label: string): string | null {
  try {
    const decoder = new TextDecoder(label);
    return decoder.encoding === 'windows-1252' ? decodeWindows1252(bytes) : decoder.decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** By hand: the TextDecoder of some Node versions takes Windows-1252 for Latin-1 and loses its quotation marks. */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\u0080-\u009F]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? '');
}

/** What Windows-1252 has at 0x80 to 0x9F; five places are empty. */
const windows1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'.split('').map((character) => character.replace('\0', ''));
