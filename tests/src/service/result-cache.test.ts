import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/answer.ts';
import { ResultCache } from '../../../src/service/result-cache.ts';

function answerOf(bytes: number, partial = false): Answer {
  return { json: new Uint8Array(bytes), tookMs: 1, partial, total: { count: 0, allWords: 0, exact: true }, hits: 0 };
}

describe('the result cache', () => {
  it('gives back the very answer that it was given, by its key', () => {
    const cache = new ResultCache(10_000);
    const answer = answerOf(100);
    cache.put('a', answer);
    expect(cache.get('a')).toBe(answer);
    expect(cache.get('b')).toBeNull();
  });

  it('never holds more bytes than it may, keys included', () => {
    const cache = new ResultCache(10_000);
    for (let i = 0; i < 100; i++) {
      cache.put(`${'k'.repeat(i)}`, answerOf(37 * i));
      expect(cache.bytes).toBeLessThanOrEqual(10_000);
    }
    expect(cache.get('k'.repeat(99))).not.toBeNull();
    expect(cache.get('k')).toBeNull();
  });

  it('lets go of what was used longest ago', () => {
    const cache = new ResultCache(5000);
    for (const key of ['a', 'b', 'c']) cache.put(key, answerOf(1000));
    cache.get('a');
    cache.put('d', answerOf(1000));
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== null)).toEqual(['a', 'c', 'd']);
  });

  it('counts an answer once that replaces another', () => {
    const cache = new ResultCache(5000);
    cache.put('a', answerOf(1000));
    const { bytes } = cache;
    cache.put('a', answerOf(1000));
    expect(cache.bytes).toBe(bytes);
    cache.put('a', answerOf(10));
    expect(cache.bytes).toBe(bytes - 990);
  });

  it('keeps no partial answer: there is more to be found the next time', () => {
    const cache = new ResultCache(10_000);
    cache.put('a', answerOf(10, true));
    expect([cache.get('a'), cache.bytes]).toEqual([null, 0]);
  });

  it('keeps nothing that is larger than all of it, and loses nothing for it', () => {
    const cache = new ResultCache(3000);
    cache.put('a', answerOf(1000));
    cache.put('b', answerOf(3000));
    expect(cache.get('b')).toBeNull();
    expect(cache.get('a')).not.toBeNull();
  });

  it('keeps nothing where it is switched off', () => {
    const cache = new ResultCache(0);
    cache.put('a', answerOf(0));
    expect([cache.get('a'), cache.bytes]).toEqual([null, 0]);
  });

  it('is empty after it was cleared', () => {
    const cache = new ResultCache(10_000);
    cache.put('a', answerOf(10));
    cache.clear();
    expect([cache.get('a'), cache.bytes]).toEqual([null, 0]);
  });
});
