import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../index-build/compile/run.ts';
import { type IndexedParagraph, indexBatch } from '../../index-build/index-batch.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import { type Field, fields } from '../../src/domain/article.ts';
import { PositionsCursor, PostingsCursor } from '../../src/engine/embedded/postings.ts';
import { SortedKeys } from '../../src/engine/embedded/string-table.ts';

type Texts = Readonly<Record<Field, string>>;

function index(texts: readonly Texts[]) {
  return indexBatch(texts.map((text, id): IndexedParagraph => ({ id, ...text })));
}

/** `term field paragraph: positions` for each posting, in the order of the run. */
function linesOf({ termStarts, termUnits, lists }: Run): string[] {
  const terms = new SortedKeys(termStarts, termUnits);
  const lines: string[] = [];
  for (let term = 0; term < terms.size; term++) {
    for (const field of fields) {
      const { postings, postingsStarts, positions, positionsStarts } = lists[field];
      const cursor = new PostingsCursor(postings, postingsStarts[term] as number, postingsStarts[term + 1] as number);
      const reader = new PositionsCursor(positions, positionsStarts[term] as number);
      while (cursor.advance()) {
        const places: number[] = [];
        reader.read(cursor.frequency, places);
        lines.push(`${terms.key(term)} ${field} ${cursor.paragraph}: ${places}`);
      }
    }
  }
  return lines;
}

/** The same by the analyzer alone. */
function expectedLines(texts: readonly Texts[]): string[] {
  const places = new Map<string, number[]>();
  for (const field of fields) {
    for (const [paragraph, text] of texts.entries()) {
      for (const { term, position } of analyze(text[field])) {
        const key = JSON.stringify([term, fields.indexOf(field), paragraph]);
        places.set(key, [...(places.get(key) ?? []), position]);
      }
    }
  }
  return [...places]
    .map(([key, found]) => ({ key: JSON.parse(key) as [string, number, number], found }))
    .sort(({ key: [a, f, p] }, { key: [b, g, q] }) => (a === b ? f - g || p - q : a < b ? -1 : 1))
    .map(({ key: [term, field, paragraph], found }) => `${term} ${fields[field]} ${paragraph}: ${found}`);
}

describe('indexBatch', () => {
  it('makes posting lists of each field, terms ascending, paragraphs by their numbers', () => {
    const { run, lengths } = index([
      { title: 'The quay', heading: '', body: 'Quay by quay.' },
      { title: '', heading: 'Lanes', body: 'A lane, a quay' },
    ]);
    expect(linesOf(run)).toEqual([
      'a body 1: 0,2',
      'by body 0: 1',
      'lane body 1: 1',
      'lanes heading 1: 0',
      'quay title 0: 1',
      'quay body 0: 0,2',
      'quay body 1: 3',
      'the title 0: 0',
    ]);
    expect(lengths).toEqual({
      title: Uint32Array.of(2, 0),
      heading: Uint32Array.of(0, 1),
      body: Uint32Array.of(3, 4),
    });
  });

  it('counts a length in positions: a tag and its word are one', () => {
    const { run, lengths } = index([{ title: '', heading: '', body: '#war' }]);
    expect(linesOf(run)).toEqual(['#war body 0: 0', 'war body 0: 0']);
    expect(lengths.body).toEqual(Uint32Array.of(1));
  });

  it('makes an empty run of nothing, and of texts without words', () => {
    expect(linesOf(index([]).run)).toEqual([]);
    expect(linesOf(index([{ title: '', heading: '—', body: '…' }]).run)).toEqual([]);
  });

  it('takes the names of object members for words like others', () => {
    const body = 'constructor toString __proto__ hasOwnProperty valueOf 0 1 length';
    expect(linesOf(index([{ title: body, heading: body, body }]).run)).toHaveLength(3 * 8);
  });

  it('loses no word and no place, whatever the texts', () => {
    const words = fc.constantFrom(
      'quay',
      'Quay’s',
      'lane',
      '#tag',
      'tag',
      '東京都',
      '6,000',
      'C++',
      'constructor',
      '—',
      'é',
    );
    const text = fc.array(words, { maxLength: 8 }).map((all) => all.join(' '));
    const texts = fc.array(fc.record({ title: text, heading: text, body: text }), { maxLength: 8 });
    fc.assert(
      fc.property(texts, (all) => {
        const { run, lengths } = index(all);
        expect(linesOf(run)).toEqual(expectedLines(all));
        for (const field of fields) {
          const positions = all.map((one) => (analyze(one[field]).at(-1)?.position ?? -1) + 1);
          expect([...lengths[field]]).toEqual(positions);
        }
      }),
    );
  });
});
