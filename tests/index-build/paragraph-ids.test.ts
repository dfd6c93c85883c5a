/** Paragraph ids stay when other paragraphs change, and tell paragraphs apart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraphIds } from '../../index-build/paragraph-ids.ts';
import type { ArticleId } from '../../src/domain/ids.ts';

const article = 'news/a.md' as ArticleId;

describe('paragraphIds', () => {
  it('makes an id of the article and twelve hex digits', () => {
    expect(paragraphIds(article, ['One.'])[0]).toMatch(/^news\/a\.md#p-[0-9a-f]{12}$/);
  });

  it('numbers the repeats of a text inside one article', () => {
    const [first, , second, third] = paragraphIds(article, ['Same.', 'Other.', 'Same.', 'Same.']);
    expect([second, third]).toEqual([`${first}-2`, `${first}-3`]);
  });

  it('keeps the ids of unchanged paragraphs when others are added, changed or removed', () => {
    const [a, b] = paragraphIds(article, ['A.', 'B.']);
    expect(paragraphIds(article, ['New.', 'B.', 'A.'])).toEqual([expect.any(String), b, a]);
  });

  it.each([
    ['White  space\n', 'white space', 'white space and case'],
    ['ﬁne', 'fine', 'compatibility forms'],
    ['e\u0301', 'é', 'composed letters'],
  ])('gives %j and %j one id: %s', (one, other) => {
    expect(paragraphIds(article, [one])).toEqual(paragraphIds(article, [other]));
  });

  it.each(['__proto__', '../x', 'constructor', 'a#p-0'])('takes %j as an article id', (id) => {
    expect(paragraphIds(id as ArticleId, ['x', 'x'])[1]).toMatch(/-2$/);
    expect(paragraphIds(id as ArticleId, ['x'])[0]).toContain(`${id}#p-`);
  });

  it('never gives two paragraphs of an article the same id', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (texts) => {
        expect(new Set(paragraphIds(article, texts)).size).toBe(texts.length);
      }),
    );
  });
});
