import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLiveTerms } from '../../index-build/count-live-terms.ts';
import { segmentOf } from '../src/engine/embedded/tiny-segment.ts';

const word = fc.constantFrom('a', 'ab', 'abc', 'b', 'ba', 'quay', 'quays', 'ship', 'z', 'київ', '1', '2', '22');
const article = fc.record({ words: fc.array(word, { minLength: 1, maxLength: 6 }), isRemoved: fc.boolean() });
const segments = fc.array(fc.array(article, { maxLength: 6 }), { maxLength: 4 });

describe('countLiveTerms', () => {
  it('counts each word that an article which was not removed holds once', () => {
    fc.assert(
      fc.property(segments, (drawn) => {
        const counted = drawn.map((articles) => {
          const removed = articles.filter(({ isRemoved }) => isRemoved);
          return {
            segment: segmentOf(articles.map(({ words }) => ({ paragraphs: [words.join(' ')] }))),
            removed:
              removed.length === 0 ? null : segmentOf(removed.map(({ words }) => ({ paragraphs: [words.join(' ')] }))),
          };
        });
        const live = drawn.flat().filter(({ isRemoved }) => !isRemoved);
        expect(countLiveTerms(counted)).toBe(new Set(live.flatMap(({ words }) => words)).size);
      }),
    );
  });

  it('is 0 for no segments', () => {
    expect(countLiveTerms([])).toBe(0);
  });
});
