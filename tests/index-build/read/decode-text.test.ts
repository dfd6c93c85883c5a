/** Bytes become text, whatever they were written with. */
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../index-build/read/decode-text.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

function utf16be(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
}

describe('decodeText', () => {
  it.each([
    ['UTF-8', bytes('Ізюм — Łódź'), 'Ізюм — Łódź'],
    ['UTF-8 with a byte order mark', bytes([0xef, 0xbb, 0xbf], 'Ізюм'), 'Ізюм'],
    ['UTF-16 LE', Buffer.from('\uFEFFІзюм', 'utf16le'), 'Ізюм'],
    ['UTF-16 BE', utf16be('Ізюм'), 'Ізюм'],
    ['an empty file', bytes(''), ''],
    ['Windows and old Mac line ends', bytes('a\r\nb\rc\n'), 'a\nb\nc\n'],
    ['form feeds, which part pages', bytes('a\fb'), 'a\nb'],
    ['control characters, which it drops', bytes('a\u0001\u001b[1mb\u007f\tc'), 'a[1mb\tc'],
    ['U+FFFD that stands in the source', bytes('a\uFFFDb'), 'a\uFFFDb'],
  ])('reads %s', (_name, source, text) => {
    expect(decodeText(source)).toEqual({ text, warnings: [] });
  });

  it('reads other bytes as Windows-1252, with a warning', () => {
    const decoded = decodeText(bytes('caf', [0xe9], ' ', [0x93], 'quoted', [0x94]));
    expect(decoded).toMatchObject({ text: 'café “quoted”', warnings: [expect.stringContaining('Windows-1252')] });
  });

  it('knows all places of Windows-1252, and drops the empty ones', () => {
    const decoded = decodeText(bytes([0x80, 0x81, 0x85, 0x8d, 0x92, 0x9f, 0xa0, 0xff]));
    expect(decoded).toMatchObject({ text: '€…’Ÿ\u00A0ÿ' });
  });

  it('keeps a damaged UTF-8 text UTF-8, with a warning', () => {
    const decoded = decodeText(bytes('Ізюм звільнено', [0xd0], ' сьогодні'));
    expect(decoded).toMatchObject({
      text: 'Ізюм звільнено\uFFFD сьогодні',
      warnings: [expect.stringContaining('UTF-8')],
    });
  });

  it('refuses a file with NUL bytes near its beginning as binary', () => {
    expect(decodeText(bytes('PK', [3, 4, 0, 0]))).toEqual({ text: null, reason: expect.stringContaining('binary') });
  });

  it('removes NUL bytes further on, with a warning', () => {
    const decoded = decodeText(bytes('a'.repeat(9000), [0], 'b'));
    expect(decoded).toEqual({ text: `${'a'.repeat(9000)}b`, warnings: [expect.stringContaining('NUL')] });
  });

  it('replaces surrogates that stand alone', () => {
    expect(decodeText(Buffer.from('\uFEFFa\uD800b\uDC00', 'utf16le'))).toMatchObject({ text: 'a\uFFFDb\uFFFD' });
  });
});
