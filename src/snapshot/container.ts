/**
 * The container that every binary file of a snapshot uses: named sections of numbers behind a directory.
 * Sections are used in place, as typed-array views over one buffer; nothing is parsed that grows with the index.
 *
 *     0  magic      8 bytes  "LEDE\r\n\x1a\n" (a transfer as text destroys it)
 *     8  version    u32      containerVersion
 *    12  length     u32      of the directory, in bytes
 *    16  crc32      u32      of the directory
 *    20  reserved   u32      0
 *    24  directory  UTF-8    {"kind", "header": {…}, "sections": [{"name", "type", "offset", "length", "crc32"}]}
 *     …  sections            each at a multiple of 8, zero bytes between; offsets from the start of the file, in bytes
 *
 * All numbers are little-endian. The file ends with its last section.
 */
import { crc32 } from 'node:zlib';
import { LedeError } from '../domain/error.ts';

const containerVersion = 1;

const magic = Uint8Array.of(0x4c, 0x45, 0x44, 0x45, 0x0d, 0x0a, 0x1a, 0x0a);
const directoryStart = 24;
const alignment = 8;

const arrayTypes = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const;

interface SectionArrays {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
}

export type SectionType = keyof SectionArrays;
export type SectionArray<T extends SectionType> = SectionArrays[T];
type AnyArray = SectionArray<SectionType>;

/** Section names with their element types: what a file of one kind must hold. */
export type SectionTypes = Readonly<Record<string, SectionType>>;
export type Sections<S extends SectionTypes> = { readonly [Name in keyof S]: SectionArray<S[Name]> };

interface DirectoryEntry {
  readonly name: string;
  readonly type: SectionType;
  readonly offset: number;
  readonly length: number;
  readonly crc32: number;
}

interface Directory {
  readonly kind: string;
  readonly header: unknown;
  readonly sections: readonly DirectoryEntry[];
}

export interface ContainerContent<S extends SectionTypes> {
  /** Which kind of file it is, e.g. `segment`. */
  readonly kind: string;
  /** Small facts, as JSON. */
  readonly header: unknown;
  readonly types: S;
  readonly sections: Sections<S>;
}

/** The file as chunks to be written one after the other; the sections' own memory is not copied. */
export function encodeContainer<S extends SectionTypes>(content: ContainerContent<S>): Uint8Array[] {
  const parts = Object.entries(content.types).map(([name, type]) => ({
    name,
    type,
    bytes: bytesOf(content.sections[name] as AnyArray),
  }));
  const place = (start: number): DirectoryEntry[] => {
    let offset = start;
    return parts.map(({ name, type, bytes }) => {
      const entry = { name, type, offset, length: bytes.length, crc32: crc32(bytes) };
      offset = align(offset + bytes.length);
      return entry;
    });
  };
  // The offsets stand in the directory before the sections: leave room for the longest that they can become.
  const relative = encodeDirectory(content, place(0));
  const dataStart = align(directoryStart + relative.length + parts.length * 16);
  const directory = encodeDirectory(content, place(dataStart));

  const head = new Uint8Array(dataStart);
  const view = new DataView(head.buffer);
  head.set(magic);
  view.setUint32(8, containerVersion, true);
  view.setUint32(12, directory.length, true);
  view.setUint32(16, crc32(directory), true);
  head.set(directory, directoryStart);
  return [
    head,
    ...parts.flatMap(({ bytes }, index) => (index < parts.length - 1 ? [bytes, padding(bytes.length)] : [bytes])),
  ];
}

/** What a file is expected to hold. */
export interface ExpectedContainer<S extends SectionTypes> {
  readonly kind: string;
  readonly types: S;
  /** Throws for a header of another format, before sections are missed that it never had. */
  readonly checkHeader?: (name: string, header: unknown) => void;
  /** Whether the whole file was compared with a checksum already, so that its sections need not be. */
  readonly isVerified?: boolean;
}

export interface OpenedContainer<S extends SectionTypes> {
  readonly header: unknown;
  readonly sections: Sections<S>;
}

/**
 * Opens a file's bytes. Throws `LedeError` `incompatible` for another version, kind or set of sections, and for bytes
 * that are cut off or differ from their checksum; `name` is the file's name for the message.
 */
export function openContainer<S extends SectionTypes>(
  name: string,
  bytes: Uint8Array,
  expected: ExpectedContainer<S>,
): OpenedContainer<S> {
  if (bytes.byteOffset % alignment !== 0) throw new LedeError('internal', `${name}: the buffer is not aligned`);
  const directory = readDirectory(name, bytes);
  if (directory.kind !== expected.kind) {
    throw damagedFile(name, `it is a file of kind "${String(directory.kind)}", expected "${expected.kind}"`);
  }
  expected.checkHeader?.(name, directory.header);
  const sections: Record<string, AnyArray> = {};
  for (const [sectionName, type] of Object.entries(expected.types)) {
    const entry = directory.sections.find((candidate) => candidate?.name === sectionName);
    if (entry === undefined) throw damagedFile(name, `section "${sectionName}" is missing`);
    const section = { ...entry, type: checkedType(name, entry, type) };
    const array = openSection(name, bytes, section);
    if (expected.isVerified !== true) compareSection(name, bytes, section);
    sections[sectionName] = array;
  }
  return { header: directory.header, sections: sections as Sections<S> };
}

function readDirectory(name: string, bytes: Uint8Array): Directory {
  if (bytes.length < directoryStart || magic.some((byte, index) => bytes[index] !== byte)) {
    throw damagedFile(name, 'it does not begin as a file of Lede');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== containerVersion) {
    throw new LedeError(
      'incompatible',
      `${name} has format ${version}, this version of Lede reads ${containerVersion}: run \`lede build --full\``,
    );
  }
  const directoryEnd = directoryStart + view.getUint32(12, true);
  if (directoryEnd > bytes.length) throw damagedFile(name, 'it is cut off inside its directory');
  const directoryBytes = bytes.subarray(directoryStart, directoryEnd);
  if (crc32(directoryBytes) !== view.getUint32(16, true))
    throw damagedFile(name, 'its directory differs from its checksum');
  try {
    const directory = JSON.parse(Buffer.from(directoryBytes).toString('utf8')) as Directory;
    if (!Array.isArray(directory.sections)) throw new TypeError('"sections" is not a list');
    return directory;
  } catch (cause) {
    throw damagedFile(name, 'its directory is not readable', cause);
  }
}

function checkedType(name: string, entry: DirectoryEntry, expected: SectionType): SectionType {
  if (entry.type !== expected) {
    throw damagedFile(name, `section "${entry.name}" holds ${String(entry.type)}, expected ${expected}`);
  }
  return expected;
}

function openSection(name: string, bytes: Uint8Array, entry: DirectoryEntry): AnyArray {
  const { offset, length } = entry;
  const ArrayType = arrayTypes[entry.type];
  const isPlaced =
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    offset >= directoryStart &&
    length >= 0 &&
    offset % alignment === 0 &&
    length % ArrayType.BYTES_PER_ELEMENT === 0;
  if (!isPlaced) throw damagedFile(name, `section "${entry.name}" is misplaced`);
  if (offset + length > bytes.length) throw damagedFile(name, `it is cut off inside section "${entry.name}"`);
  // Shared memory is read like any other; the type does not say so.
  return new ArrayType(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset, length / ArrayType.BYTES_PER_ELEMENT);
}

function compareSection(name: string, bytes: Uint8Array, { offset, length, ...entry }: DirectoryEntry): void {
  if (crc32(bytes.subarray(offset, offset + length)) !== entry.crc32) {
    throw damagedFile(name, `section "${entry.name}" differs from its checksum`);
  }
}

function encodeDirectory<S extends SectionTypes>(content: ContainerContent<S>, sections: DirectoryEntry[]): Uint8Array {
  return Buffer.from(JSON.stringify({ kind: content.kind, header: content.header, sections } satisfies Directory));
}

function bytesOf(array: AnyArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function align(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function padding(length: number): Uint8Array {
  return new Uint8Array(align(length) - length);
}

/** The error for a file whose content cannot be right; `name` is the file's name, `what` ends no sentence. */
export function damagedFile(name: string, what: string, cause?: unknown): LedeError {
  return new LedeError('incompatible', `${name} is damaged: ${what}; run \`lede build --full\``, { cause });
}
