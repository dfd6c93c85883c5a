/** Encodings before Unicode: named by the page, or told by the letters. Bytes are written out, as Node writes UTF-8 only. */
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../index-build/read/decode-text.ts';

const hex = (...parts: string[]) => Buffer.from(parts.join('').replace(/ /g, ''), 'hex');
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');

/** “Ферма стоит у воды, и овцы идут домой” in two encodings. */
const samples = [
  [
    'Windows-1251',
    'd4e5f0ece020f1f2eee8f220f320e2eee4fb2c20e820eee2f6fb20e8e4f3f220e4eeeceee9',
    'Ферма стоит у воды, и овцы идут домой',
  ],
  [
    'KOI8-U',
    'e6c5d2cdc120d3d4cfc9d420d520d7cfc4d92c20c920cfd7c3d920c9c4d5d420c4cfcdcfca',
    'Ферма стоит у воды, и овцы идут домой',
  ],
] as const;

describe('decodeText', () => {
  it.each(samples)('tells %s by its letters, with a warning', (encoding, bytes, text) => {
    expect(decodeText(hex(bytes))).toEqual({ text, warnings: [expect.stringContaining(encoding)] });
  });

  it.each([
    ['<meta charset="windows-1251">', samples[0][1], samples[0][2]],
    ["<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>", samples[1][1], samples[1][2]],
    ['<?xml version="1.0" encoding="windows-1251"?>', samples[0][1], samples[0][2]],
  ])('believes %s, without a warning', (head, bytes, text) => {
    expect(decodeText(hex(ascii(head), bytes), 'page')).toEqual({ text: head + text, warnings: [] });
  });

  it('believes the bytes where they are UTF-8, whatever the page says', () => {
    const page = '<meta charset="windows-1251">Ферма';
    expect(decodeText(Buffer.from(page), 'page')).toEqual({ text: page, warnings: [] });
  });

  it('takes a name in a plain text for text', () => {
    const head = '<meta charset="koi8-r"> ';
    expect(decodeText(hex(ascii(head), samples[0][1], '20', samples[0][1]))).toMatchObject({
      text: expect.stringContaining('Ферма'),
      warnings: [expect.stringContaining('Windows-1251')],
    });
  });

  it('knows UTF-16 without a mark, and says so', () => {
    for (const bytes of [
      Buffer.from('Ферма стоит у воды\n', 'utf16le'),
      Buffer.from('Ферма стоит у воды\n', 'utf16le').swap16(),
    ]) {
      expect(decodeText(bytes)).toMatchObject({
        text: 'Ферма стоит у воды\n',
        warnings: [expect.stringContaining('UTF-16')],
      });
    }
  });

  it('reads the Japanese of old mail, which has seven bits a byte', () => {
    expect(decodeText(hex('1b2442', '4d53', '1b2842'))).toMatchObject({ text: '羊' });
  });

  it('keeps form feeds where they part pages', () => {
    expect(decodeText(Buffer.from('a\fb'), 'pages')).toMatchObject({ text: 'a\fb' });
  });
});
