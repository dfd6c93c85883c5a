/**
 * Bytes → text, for every format. Part of step 2 of an article's journey. The text that comes out is well-formed
 * UTF-16 with `\n` as its only line end, and holds no control characters but tabs, line ends and, in plain text, the
 * form feeds that part pages.
 */
import { decodeAs, guessEncoding } from './guess-encoding.ts';

/** The text, or null and the reason why there is none. */
export type DecodedText =
  | { readonly text: string; readonly warnings: readonly string[] }
  | { readonly text: null; readonly reason: string };

/** `page`: HTML or XML, which may name its encoding. `pages`: plain text, whose form feeds stay. `data`: all others. */
export type TextKind = 'page' | 'pages' | 'data';

/** Where a file that is not text is recognized by its NUL bytes. */
const binaryProbeBytes = 8192;

/**
 * A byte order mark decides, then whether the bytes are UTF-8, then what a page says of itself, then what the bytes look
 * like; whatever is assumed is a warning. A file with NUL bytes near its beginning that is no UTF-16 is refused as binary.
 */
export function decodeText(bytes: Uint8Array, kind: TextKind = 'data'): DecodedText {
  const utf16 = utf16Mark(bytes);
  if (utf16 !== null) return clean(new TextDecoder(utf16).decode(bytes), [], kind);
  const probe = bytes.subarray(0, binaryProbeBytes);
  if (!probe.includes(0)) return decodeEightBit(bytes, kind);
  const unmarked = unmarkedUtf16(probe);
  if (unmarked === null) return { text: null, reason: 'holds NUL bytes: binary; expected text in UTF-8' };
  return clean(new TextDecoder(unmarked).decode(bytes), [assumed(unmarked.toUpperCase())], kind);
}

function utf16Mark(bytes: Uint8Array): Utf16 | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

type Utf16 = 'utf-16le' | 'utf-16be';

/** UTF-16 without a mark: its spaces and line ends have a NUL beside them, always on the same side. */
function unmarkedUtf16(probe: Uint8Array): Utf16 | null {
  const nul = [0, 0];
  let spaces = 0;
  for (let index = 0; index + 1 < probe.length; index += 2) {
    const [first = 0, second = 0] = [probe[index], probe[index + 1]];
    if (first === 0) nul[0] = (nul[0] as number) + 1;
    if (second === 0) nul[1] = (nul[1] as number) + 1;
    if ((first === 0 && isSpace(second)) || (second === 0 && isSpace(first))) spaces += 1;
  }
  const [first = 0, second = 0] = nul;
  if (probe.length < 8 || spaces * 100 < probe.length || Math.min(first, second) > 0) return null;
  return first === 0 ? 'utf-16le' : 'utf-16be';
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a;
}

function decodeEightBit(bytes: Uint8Array, kind: TextKind): DecodedText {
  const label = kind === 'page' ? statedEncoding(bytes) : null;
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  // Japanese mail of seven bits a byte passes for UTF-8, but for the marks that switch its alphabets.
  if (japaneseSwitch.test(utf8)) return clean(decodeAs(bytes, 'iso-2022-jp') ?? utf8, [], kind);
  if (!utf8.includes(replacement) || isValidUtf8(bytes)) return clean(utf8, [], kind);
  const stated = label === null || label === 'utf-8' ? null : decodeStated(bytes, label, kind);
  if (stated !== null) return stated;
  if (isMostlyUtf8(utf8)) {
    return clean(utf8, ['some bytes are not valid UTF-8 and were replaced: save the file as UTF-8'], kind);
  }
  return decodeUnknown(bytes, kind);
}

/** Bytes at the beginning of a page in which it may name its encoding. */
const labelBytes = 4096;

/** The encoding that an XML declaration or a meta element names, in lower case; null where none does. */
function statedEncoding(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, labelBytes)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(start);
  const meta = /<meta\s[^>]*charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start);
  return (declared ?? meta)?.[1]?.toLowerCase() ?? null;
}

/** Null where no such encoding is known. */
function decodeStated(bytes: Uint8Array, label: string, kind: TextKind): DecodedText | null {
  const text = decodeAs(bytes, label);
  if (text === null) return null;
  const isDamaged = text.includes(replacement);
  return clean(
    text,
    isDamaged ? [`some bytes are not valid ${label}, which the page names, and were replaced`] : [],
    kind,
  );
}

function decodeUnknown(bytes: Uint8Array, kind: TextKind): DecodedText {
  const { text, encoding } = guessEncoding(bytes);
  return clean(text, [assumed(encoding)], kind);
}

function assumed(encoding: string): string {
  return `not valid UTF-8: read as ${encoding}; save the file as UTF-8 where letters look wrong`;
}

const japaneseSwitch = /\p{Cc}\$[@B]/u;

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

function clean(decoded: string, warnings: readonly string[], kind: TextKind): DecodedText {
  const lines =
    kind === 'pages' ? decoded.replace(/\r\n?|[\v\u0085]/g, '\n') : decoded.replace(/\r\n?|[\f\v\u0085]/g, '\n');
  const text = replaceSurrogates(lines).replace(controls, '');
  if (!decoded.includes('\0')) return { text, warnings };
  return { text, warnings: [...warnings, 'holds NUL characters, which were removed'] };
}

/** Control characters but tab, line end and form feed. */
const controls = /[^\P{Cc}\t\n\f]/gu;

/** Puts U+FFFD in the place of surrogates that stand alone. */
export function replaceSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, replacement);
}
