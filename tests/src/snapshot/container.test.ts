import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LedeError } from '../../../src/domain/error.ts';
import { encodeContainer, openContainer } from '../../../src/snapshot/container.ts';

const types = { names: 'u8', units: 'u16', starts: 'u32', days: 'i32', places: 'f64' } as const;

const sections = {
  names: Uint8Array.of(1, 2, 3),
  units: Uint16Array.of(0xffff, 7),
  starts: Uint32Array.of(0, 0xffffffff),
  days: Int32Array.of(-0x80000000, 1),
  places: Float64Array.of(2 ** 40, 0.5),
};

const expected = { kind: 'sample', types };

function encode(): Uint8Array {
  const chunks = encodeContainer({ kind: 'sample', header: { title: 'Ґ “x”', count: 3 }, types, sections });
  return aligned(Buffer.concat(chunks));
}

/** In memory of its own, as a file that was read. */
function aligned(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

function open(bytes: Uint8Array) {
  return openContainer('"sample.bin"', bytes, expected);
}

/** Replaces the directory, with a checksum that fits; the sections stay where they are. */
function withDirectory(bytes: Uint8Array, change: (directory: Directory) => unknown): Uint8Array {
  const view = new DataView(bytes.buffer);
  const length = view.getUint32(12, true);
  const directory = JSON.parse(Buffer.from(bytes.subarray(24, 24 + length)).toString('utf8')) as Directory;
  return withDirectoryText(bytes, JSON.stringify(change(directory)));
}

interface Directory {
  kind: string;
  header: unknown;
  sections: Record<string, unknown>[];
}

/** Behind the whole file, there would be room for any directory; here it has to fit before the sections. */
function withDirectoryText(bytes: Uint8Array, text: string): Uint8Array {
  const directory = Buffer.from(text, 'utf8');
  const changed = new Uint8Array(Math.max(bytes.length, 24 + directory.length));
  changed.set(bytes);
  changed.set(directory, 24);
  const view = new DataView(changed.buffer);
  view.setUint32(12, directory.length, true);
  view.setUint32(16, crc32(directory), true);
  return changed;
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

/** That the bytes are refused in the words of the program, by the file's name. */
function expectRefusal(bytes: Uint8Array, says: RegExp = /./): void {
  const error = thrownBy(() => open(bytes));
  expect(error).toBeInstanceOf(LedeError);
  const { code, message } = error as LedeError;
  expect(code).toBe('incompatible');
  expect(message).toMatch(/^"sample\.bin" .+: run `lede build --full`$|^"sample\.bin" .+; run `lede build --full`$/);
  expect(message).toMatch(says);
}

describe('a container', () => {
  it('gives back what was put in', () => {
    const opened = open(encode());
    expect(opened.sections).toEqual(sections);
    expect(opened.header).toEqual({ title: 'Ґ “x”', count: 3 });
  });

  it('gives back whatever numbers are put in', () => {
    const contents = fc.record({
      names: fc.uint8Array({ maxLength: 40 }),
      units: fc.uint16Array({ maxLength: 40 }),
      starts: fc.uint32Array({ maxLength: 40 }),
      days: fc.int32Array({ maxLength: 40 }),
      places: fc.float64Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(contents, fc.json(), (content, header) => {
        const chunks = encodeContainer({ kind: 'sample', header: JSON.parse(header), types, sections: content });
        const opened = open(aligned(Buffer.concat(chunks)));
        expect(opened.sections).toEqual(content);
        expect(opened.header).toEqual(JSON.parse(header));
      }),
    );
  });

  it('is used in place: its sections share the memory of the file', () => {
    const bytes = encode();
    for (const section of Object.values(open(bytes).sections)) expect(section.buffer).toBe(bytes.buffer);
  });

  it('takes sections that are views into larger memory', () => {
    const units = Uint16Array.of(1, 2, 3, 4).subarray(1, 3);
    const chunks = encodeContainer({ kind: 'sample', header: null, types, sections: { ...sections, units } });
    expect(open(aligned(Buffer.concat(chunks))).sections.units).toEqual(Uint16Array.of(2, 3));
  });

  it('is the same bytes for the same content', () => {
    expect(encode()).toEqual(encode());
  });

  it('opens where it holds more sections than are asked for', () => {
    const opened = openContainer('"sample.bin"', encode(), { kind: 'sample', types: { units: 'u16' } });
    expect(opened.sections).toEqual({ units: sections.units });
  });
});

describe('a damaged container is refused:', () => {
  it('cut off anywhere', () => {
    const whole = encode();
    for (let length = 0; length < whole.length; length += 8) expectRefusal(aligned(whole.subarray(0, length)));
    expectRefusal(aligned(whole.subarray(0, whole.length - 1)), /cut off/);
  });

  it('with any bit of its directory or sections turned', () => {
    const whole = encode();
    const opened = open(whole);
    const places = [...Array(20).keys(), ...Array.from({ length: 60 }, (_, i) => 24 + i)];
    for (const section of Object.values(opened.sections)) {
      for (let i = 0; i < section.byteLength; i++) places.push(section.byteOffset + i);
    }
    for (const place of places) {
      for (const bit of [1, 16, 128]) {
        const turned = whole.slice();
        turned[place] = (turned[place] as number) ^ bit;
        expectRefusal(turned);
      }
    }
  });

  it('no file of ours', () => {
    expectRefusal(new Uint8Array(0), /does not begin/);
    expectRefusal(aligned(Buffer.from('{"kind": "sample", "sections": []}')), /does not begin/);
    // As a transfer in text mode leaves it.
    const text = Buffer.from(Buffer.from(encode()).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    expectRefusal(aligned(text), /does not begin/);
  });

  it('of another version, which is named beside the one that is read', () => {
    const other = encode();
    new DataView(other.buffer).setUint32(8, 7, true);
    expectRefusal(other, /has format 7, this version of Lede reads 1/);
  });

  it('of another kind, or with other sections', () => {
    const bytes = encode();
    const openAs = (kind: string, asked: Record<string, 'u8' | 'u16'>) =>
      thrownBy(() => openContainer('"sample.bin"', bytes, { kind, types: asked }));
    expect(openAs('segment', {})).toMatchObject({
      code: 'incompatible',
      message: expect.stringContaining('kind "sample", expected "segment"'),
    });
    expect(openAs('sample', { absent: 'u8' })).toMatchObject({
      message: expect.stringContaining('"absent" is missing'),
    });
    expect(openAs('sample', { units: 'u8' })).toMatchObject({
      message: expect.stringContaining('"units" holds u16, expected u8'),
    });
    for (const name of ['constructor', '__proto__', 'toString']) {
      const asked = Object.fromEntries([[name, 'u8' as const]]);
      expect(openAs('sample', asked)).toMatchObject({ message: expect.stringContaining(`"${name}" is missing`) });
    }
  });

  it.each<[what: string, text: string]>([
    ['nothing', ''],
    ['no JSON', '{"kind": "sample"'],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[]'],
    ['no sections', '{"kind": "sample", "header": {}}'],
    ['sections that are no list', '{"kind": "sample", "sections": {"length": 1}}'],
    ['sections of nothing', '{"kind": "sample", "sections": [null, 1, "x", []]}'],
    ['sections by prototype', '{"kind": "sample", "__proto__": {"sections": []}}'],
    ['bytes that are no UTF-8', '\ufffd'],
  ])('with a directory of %s', (_, text) => {
    expectRefusal(withDirectoryText(encode(), text));
  });

  it.each<[entry: Record<string, unknown>, says: RegExp]>([
    [{ offset: -8 }, /misplaced/],
    [{ offset: 0 }, /misplaced/],
    [{ offset: 25 }, /misplaced/],
    [{ offset: 1.5 }, /misplaced/],
    [{ offset: null }, /misplaced/],
    [{ offset: '64' }, /misplaced/],
    [{ offset: 2 ** 53 }, /misplaced/],
    [{ offset: 2 ** 40 }, /cut off/],
    [{ length: -2 }, /misplaced/],
    [{ length: 3 }, /misplaced/],
    [{ length: 0.5 }, /misplaced/],
    [{ length: null }, /misplaced/],
    [{ length: 1e300 }, /misplaced/],
    [{ length: 2 ** 52 }, /cut off/],
    [{ length: 2 }, /checksum/],
    [{ length: 0 }, /checksum/],
    [{ crc32: null }, /checksum/],
    [{ crc32: '0' }, /checksum/],
    [{ type: 'f64' }, /holds f64/],
    [{ type: '__proto__' }, /holds __proto__/],
    [{ type: null }, /holds null/],
    [{ name: 'other' }, /missing/],
    [{ name: null }, /missing/],
  ])('with a section that says %j', (entry, says) => {
    const changed = withDirectory(encode(), (directory) => ({
      ...directory,
      sections: directory.sections.map((section) => (section.name === 'units' ? { ...section, ...entry } : section)),
    }));
    expectRefusal(changed, says);
  });

  it('with a section twice, of which the first is damaged', () => {
    const changed = withDirectory(encode(), (directory) => {
      const units = directory.sections.find(({ name }) => name === 'units');
      return { ...directory, sections: [{ ...units, offset: -8 }, ...directory.sections] };
    });
    expectRefusal(changed, /misplaced/);
  });

  it('in memory that is not aligned, which is our own mistake', () => {
    const shifted = new Uint8Array(encode().length + 1).subarray(1);
    expect(thrownBy(() => open(shifted))).toMatchObject({ code: 'internal' });
  });
});
