import { describe, expect, it } from 'vitest';
import { decodeAnswer, encodeAnswer, extendAnswer } from '../../../src/domain/answer.ts';
import type { BuildId } from '../../../src/domain/ids.ts';
import type { Results } from '../../../src/domain/results.ts';

const results: Results = {
  query: 'Ґ <b>"&\u2028 \ud800 😀 __proto__',
  understood: { text: 'x', words: [], owners: null },
  problems: [],
  total: { count: 3, allWords: 2, exact: false },
  tookMs: 1.25,
  build: 'build-1' as BuildId,
  partial: true,
  hits: [],
  facets: { source: [], author: [], tag: [], language: [], year: [] },
  suggestion: null,
};

describe('an answer', () => {
  it('gives back the results it was made of, whatever characters are in them', () => {
    expect(decodeAnswer(encodeAnswer(results))).toEqual(results);
  });

  it('says of itself what need not be decoded', () => {
    const { tookMs, partial, total, hits } = encodeAnswer(results);
    expect({ tookMs, partial, total, hits }).toEqual({ tookMs: 1.25, partial: true, total: results.total, hits: 0 });
  });

  it('has memory of its own, so that it can be handed to another thread', () => {
    const { json } = encodeAnswer(results);
    expect(json.byteLength).toBe(json.buffer.byteLength);
  });

  it('is extended at its end', () => {
    const extended = extendAnswer(encodeAnswer(results), { next: '/x?q=Ґ', more: null });
    expect(new TextDecoder().decode(extended)).toBe(JSON.stringify({ ...results, next: '/x?q=Ґ', more: null }));
  });
});
