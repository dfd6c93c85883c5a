import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../index-build/compile/run.ts';
import { type IndexedParagraph, indexBatch } from '../../index-build/index-batch.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import { type Field, fields } from '../../src/domain/article.ts';
import { type Occurrence, readRun, sorted, writeRun } from './compile/read-run.ts';

type Texts = Readonly<Record<Field, string>>;

/** Articles of paragraphs. */
function index(...articles: readonly (readonly Texts[])[]) {
  const paragraphs = articles.flat().map((text, id): IndexedParagraph => ({ id, ...text }));
  const starts = [0];
  for (const article of articles) starts.push((starts.at(-1) as number) + article.length);
  return indexBatch(paragraphs, starts);
}

/** `term article/paragraph field: positions` for each record, in the order of the run. */
function linesOf(run: Run): string[] {
  return readRun(run).map(
    ({ term, article, paragraph, field, positions }) => `${term} ${article}/${paragraph} ${field}: ${positions}`,
  );
}

/** In words: positions count them. */
function lengthOfText(text: string): number {
  return (analyze(text).at(-1)?.position ?? -1) + 1;
}

/** What a run holds, by the analyzer alone. */
function expectedRun(articles: readonly (readonly Texts[])[]): Run {
  const places = new Map<string, Occurrence & { readonly positions: number[] }>();
  for (const [article, texts] of articles.entries()) {
    for (const [paragraph, text] of texts.entries()) {
      for (const field of fields) {
        for (const { term, position } of analyze(text[field])) {
          const key = JSON.stringify([term, article, paragraph, field]);
          const place = places.get(key);
          if (place === undefined) places.set(key, { term, article, paragraph, field, positions: [position] });
          else place.positions.push(position);
        }
      }
    }
  }
  const lengthOf = (article: number, paragraph: number) => lengthOfText(articles[article]?.[paragraph]?.body ?? '');
  return writeRun(sorted([...places.values()]), lengthOf);
}

describe('indexBatch', () => {
  it('makes a posting list of each term, of articles, paragraphs and fields', () => {
    const { run, lengths } = index(
      [
        { title: 'The quay', heading: '', body: 'Quay by quay.' },
        { title: '', heading: 'Lanes', body: 'A lane, a quay' },
      ],
      [{ title: 'Lane', heading: 'A quay', body: '' }],
    );
    expect(linesOf(run)).toEqual([
      'a 0/1 body: 0,2',
      'a 1/0 heading: 0',
      'by 0/0 body: 1',
      'lane 0/1 body: 1',
      'lane 1/0 title: 0',
      'lanes 0/1 heading: 0',
      'quay 0/0 title: 1',
      'quay 0/0 body: 0,2',
      'quay 0/1 body: 3',
      'quay 1/0 heading: 1',
      'the 0/0 title: 0',
    ]);
    expect(lengths).toEqual({
      title: Uint32Array.of(2, 0, 1),
      heading: Uint32Array.of(0, 1, 2),
      body: Uint32Array.of(3, 4, 0),
    });
  });

  it('counts the paragraphs of each term, with titles and without', () => {
    const { run } = index(
      [
        { title: 'quay', heading: 'quay', body: 'quay quay' },
        { title: '', heading: '', body: 'quay lane' },
      ],
      [{ title: 'lane quay', heading: '', body: '' }],
    );
    // lane, quay
    expect([...run.termParagraphs]).toEqual([2, 3]);
  });

  it('counts a length in positions: a tag and its word are one', () => {
    const { run, lengths } = index([{ title: '', heading: '', body: '#war' }]);
    expect(linesOf(run)).toEqual(['#war 0/0 body: 0', 'war 0/0 body: 0']);
    expect(lengths.body).toEqual(Uint32Array.of(1));
  });

  it('makes an empty run of nothing, of articles without paragraphs, and of texts without words', () => {
    expect(linesOf(index().run)).toEqual([]);
    expect(linesOf(index([], []).run)).toEqual([]);
    expect(linesOf(index([{ title: '', heading: '—', body: '…' }]).run)).toEqual([]);
  });

  it('gives arrays that own their memory, so that threads can pass them on', () => {
    const { run } = index([{ title: 'a', heading: 'b', body: 'c d e f' }], [{ title: 'a', heading: 'b', body: 'c' }]);
    for (const array of Object.values(run)) expect(array.byteLength).toBe(array.buffer.byteLength);
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
    const texts = fc.array(fc.record({ title: text, heading: text, body: text }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), (articles) => {
        const { run, lengths } = index(...articles);
        expect(run).toEqual(expectedRun(articles));
        for (const field of fields) {
          const positions = articles.flat().map((one) => lengthOfText(one[field]));
          expect([...lengths[field]]).toEqual(positions);
        }
      }),
    );
  });
});
