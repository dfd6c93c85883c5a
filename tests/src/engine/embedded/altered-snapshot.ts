/** Snapshots as a hostile hand would write them: sections and headers changed, checksums right. */
import { join } from 'node:path';
import fc from 'fast-check';
import { build } from '../../../../index-build/build.ts';
import { type SegmentHeader, segmentKind, segmentSections } from '../../../../src/engine/embedded/segment-format.ts';
import { encodeContainer, openContainer, type Sections } from '../../../../src/snapshot/container.ts';
import { writeFiles } from '../../../contract/corpus-files.ts';
import { harbourCorpus } from './harbour-corpus.ts';

type SectionName = keyof typeof segmentSections;

/** One change of a section. Places are taken modulo its length, -1 is the last. */
export type Edit =
  | { readonly kind: 'set' | 'add' | 'fill'; readonly at: number; readonly value: number; readonly length: number }
  | { readonly kind: 'move'; readonly at: number; readonly from: number; readonly length: number }
  | { readonly kind: 'resize'; readonly by: number };

export interface Alteration {
  readonly section: SectionName;
  readonly edits: readonly Edit[];
}

/** Two segments, of the first of which articles were removed since. Returns the data folder. */
export async function buildHarbours(root: string): Promise<string> {
  const [corpus, data] = [join(root, 'corpus'), join(root, 'data')];
  const options = { corpus, data, keepBuilds: 1, rules: { alwaysTaken: 0, mostGathered: 0, muchChanged: 2 } };
  await writeFiles(corpus, harbourCorpus);
  await build({ ...options, isFull: true });
  await writeFiles(corpus, new Map([['en/walk.md', 'The harbours walk on.\n\nShips and ships of the harbour.\n']]));
  await build({ ...options, isFull: false });
  return data;
}

const lists: readonly SectionName[] = ['articleLists', 'occurrences'];
const names = Object.keys(segmentSections) as SectionName[];

const value = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 7, 127, 128, 131, 255, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, -1, 2 ** 53),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0.5),
  fc.nat({ max: 300 }),
);
const place = fc.nat({ max: 5000 });
const length = fc.integer({ min: 1, max: 12 });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('set', 'add', 'fill'), at: place, value, length }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), at: place, from: place, length }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resize' as const), by: fc.integer({ min: -4, max: 4 }) }) },
);

export const alterationArbitrary: fc.Arbitrary<Alteration> = fc.record({
  section: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...lists) }, fc.constantFrom(...names)),
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
});

/** Changes of posting lists alone, which no check of the structure finds. */
export const listAlterationArbitrary: fc.Arbitrary<Alteration> = fc.record({
  section: fc.constantFrom(...lists),
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
});

/** The same file with changed sections and another header, checksums right. */
export function alter(
  bytes: Uint8Array,
  alterations: readonly Alteration[],
  changeHeader: (header: SegmentHeader) => unknown = (header) => header,
): Uint8Array {
  const { header, sections } = openContainer('x', bytes, { kind: segmentKind, types: segmentSections });
  const altered: Record<string, Section> = {};
  for (const name of names) altered[name] = sections[name].slice();
  for (const { section, edits } of alterations) {
    for (const change of edits) altered[section] = applyEdit(altered[section] as Section, change);
  }
  const chunks = encodeContainer({
    kind: segmentKind,
    header: changeHeader(header as SegmentHeader),
    types: segmentSections,
    sections: altered as typeof sections,
  });
  return new Uint8Array(Buffer.concat(chunks));
}

type Section = Sections<typeof segmentSections>[SectionName];

function applyEdit(section: Section, change: Edit): Section {
  if (change.kind === 'resize') {
    const resized = section.slice(0, section.length + Math.min(0, change.by));
    return change.by <= 0 ? resized : grown(section, change.by);
  }
  if (section.length === 0) return section;
  const at = (change.at + section.length) % section.length;
  if (change.kind === 'move') {
    const from = change.from % section.length;
    section.copyWithin(at, from, from + change.length);
  } else if (change.kind === 'fill') {
    section.fill(change.value, at, at + change.length);
  } else {
    section[at] = change.kind === 'set' ? change.value : (section[at] as number) + change.value;
  }
  return section;
}

/** With zeros behind. */
function grown(section: Section, by: number): Section {
  const { BYTES_PER_ELEMENT: size } = section;
  const bytes = new Uint8Array(section.byteLength + by * size);
  bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength));
  if (section instanceof Uint8Array) return bytes;
  if (section instanceof Uint16Array) return new Uint16Array(bytes.buffer);
  if (section instanceof Uint32Array) return new Uint32Array(bytes.buffer);
  if (section instanceof Int32Array) return new Int32Array(bytes.buffer);
  return new Float64Array(bytes.buffer);
}
