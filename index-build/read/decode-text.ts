/**
 * Bytes → text, for every format. Part of step 2 of an article's journey. The text that comes out is well-formed
 * UTF-16 with `\n` as its only line end, and holds no control characters but tabs and line ends.
 */

/** The text, or null and the reason why there is none. */
export type DecodedText =
  | { readonly text: string; readonly warnings: readonly string[] }
  | { readonly text: null; readonly reason: string };

/** Where a file that is not text is recognized by its NUL bytes. */
const binaryProbeBytes = 8192;

/**
 * UTF-8 with or without byte order mark, UTF-16 with one, otherwise Windows-1252 with a warning. A file with NUL bytes
 * near its beginning and no UTF-16 mark is refused as binary.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const utf16 = utf16Mark(bytes);
  if (utf16 !== null) return clean(new TextDecoder(utf16).decode(bytes), []);
  if (bytes.subarray(0, binaryProbeBytes).includes(0)) {
    return { text: null, reason: 'holds NUL bytes: binary, or UTF-16 without byte order mark; expected text in UTF-8' };
  }
  return decodeEightBit(bytes);
}

function utf16Mark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function decodeEightBit(bytes: Uint8Array): DecodedText {
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  if (!utf8.includes(replacement) || isValidUtf8(bytes)) return clean(utf8, []);
  if (isMostlyUtf8(utf8)) {
    return clean(utf8, ['some bytes are not valid UTF-8 and were replaced: save the file as UTF-8']);
  }
  return clean(decodeWindows1252(bytes), [
    'not valid UTF-8: read as Windows-1252; save the file as UTF-8 where letters look wrong',
  ]);
}

const replacement = '\uFFFD';

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** One damaged byte must not turn every other letter of a Ukrainian article into two wrong ones. */
function isMostlyUtf8(text: string): boolean {
  let damaged = 0;
  let intact = 0;
  for (const [character] of text.matchAll(/[^\p{ASCII}]/gu)) {
    if (character === replacement) damaged += 1;
    else intact += 1;
  }
  return intact > damaged;
}

/** By hand: the TextDecoder of some Node versions takes Windows-1252 for Latin-1 and loses its quotation marks. */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\u0080-\u009F]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? '');
}

/** What Windows-1252 has at 0x80 to 0x9F; five places are empty. */
const windows1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'.split('').map((character) => character.replace('\0', ''));

function clean(decoded: string, warnings: readonly string[]): DecodedText {
  const text = replaceSurrogates(decoded)
    .replace(/\r\n?|[\f\v\u0085]/g, '\n')
    .replace(controls, '');
  if (!decoded.includes('\0')) return { text, warnings };
  return { text, warnings: [...warnings, 'holds NUL characters, which were removed'] };
}

/** Control characters but tab and line end. */
const controls = /[^\P{Cc}\t\n]/gu;

/** Puts U+FFFD in the place of surrogates that stand alone. */
export function replaceSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, replacement);
}
