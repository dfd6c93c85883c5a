/** Over-long blocks are cut where a reader would cut them, and nothing is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitParagraphs } from '../../index-build/split-paragraphs.ts';
import type { Block, ParagraphKind } from '../../src/domain/article.ts';
import { limits } from '../../src/domain/limits.ts';

const limit = limits.paragraphLength;

function split(text: string, kind: ParagraphKind = 'text'): string[] {
  return splitParagraphs([{ kind, heading: 'Heading', text }]).map((block) => block.text);
}

describe('splitParagraphs', () => {
  it('passes blocks within the limit on as they are', () => {
    const blocks: Block[] = [
      { kind: 'quote', heading: null, text: 'Short.' },
      { kind: 'text', heading: 'H', text: 'x'.repeat(limit) },
    ];
    expect(splitParagraphs(blocks)).toEqual(blocks);
  });

  it('cuts at sentence ends and gives each piece the kind and heading of its block', () => {
    const sentence = `Some ${'word '.repeat(20)}end. `;
    const pieces = splitParagraphs([{ kind: 'item', heading: 'H', text: sentence.repeat(200).trim() }]);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) {
      expect(piece).toMatchObject({ kind: 'item', heading: 'H' });
      expect(piece.text).toMatch(/^Some .*end\.$/s);
      expect(piece.text.length).toBeLessThanOrEqual(limit);
    }
  });

  it('cuts between words where a sentence is longer than the limit', () => {
    const pieces = split('lorem '.repeat(4000).trim());
    expect(new Set(pieces.join(' ').split(' '))).toEqual(new Set(['lorem']));
  });

  it('cuts Chinese and Japanese at their full stops', () => {
    for (const piece of split('東京都は日本の首都である。'.repeat(2000))) expect(piece).toMatch(/。$/);
  });

  it('cuts code at line ends and keeps its indentation', () => {
    const line = `  return ${'x'.repeat(60)};`;
    for (const piece of split(Array(400).fill(line).join('\n'), 'code')) {
      expect(new Set(piece.split('\n'))).toEqual(new Set([line]));
    }
  });

  it('never cuts inside a surrogate pair', () => {
    const pieces = split(`a${'😀'.repeat(limit)}`);
    expect(pieces.join('')).toBe(`a${'😀'.repeat(limit)}`);
    for (const piece of pieces) expect(piece).not.toMatch(/\p{Surrogate}/u);
  });

  it('keeps every character but white space, and the order', () => {
    const words = fc.array(fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constant('End. Next')), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 60 }), (parts, times) => {
        const text = parts.join(' ').repeat(times * 10);
        const pieces = split(text);
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 50 },
    );
  });

  it('splits a line of ten million characters, with or without spaces', () => {
    expect(split('The river is wide here. '.repeat(420_000))).not.toHaveLength(0);
    expect(split('x'.repeat(10_000_000))).toHaveLength(10_000_000 / limit);
  });
});
