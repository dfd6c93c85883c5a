import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import { canonicalQuery } from '../../../src/query/canonical-query.ts';
import { parseQuery } from '../../../src/query/parse-query.ts';

describe('canonicalQuery', () => {
  it.each([
    ['  black \t\n sea  ', 'black sea', 'white space is only where words end'],
    ['source:"A  B"  c', 'source:"A  B"  c', 'in quotation marks it may be part of a value'],
    ['„a  b“', '„a  b“', 'whatever marks they are'],
    ["don't   stop", "don't stop", 'an apostrophe is none'],
    ['a\u00a0 b', 'a\u00a0 b', 'a space that does not break is left alone'],
    ['', '', 'nothing stays nothing'],
    ['   ', '', 'and so does white space'],
  ])('makes of %j %j: %s', (text, expected) => {
    expect(canonicalQuery(text, false)).toBe(expected);
  });

  it('keeps the space that finishes a word while someone types', () => {
    expect(canonicalQuery(' black  sea  ', true)).toBe('black sea ');
    expect(canonicalQuery('black  se', true)).toBe('black se');
  });

  it('leaves a query alone that is cut, since every character decides where', () => {
    const long = `a  ${'b'.repeat(limits.queryLength)}`;
    expect(canonicalQuery(long, false)).toBe(long);
  });

  it('never changes what is asked for', () => {
    const piece = fc.constantFrom(
      ' ',
      '  ',
      '\t',
      '\n',
      '"',
      '“',
      '(',
      ')',
      '-',
      'OR',
      '*',
      'a',
      'sea',
      'source:',
      ':',
      '|',
      '…',
      'Ґ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, isTyping) => {
        const text = pieces.join('');
        const { query } = parseQuery(text);
        const meant = isTyping ? query : withoutLast(query);
        const canonical = parseQuery(canonicalQuery(text, isTyping)).query;
        expect(isTyping ? canonical : withoutLast(canonical)).toEqual(meant);
      }),
      { numRuns: 3000 },
    );
  });
});

/** Which word is the last one matters only while someone types. */
function withoutLast(query: unknown): unknown {
  return JSON.parse(JSON.stringify(query, (key, value: unknown) => (key === 'isLast' ? undefined : value)));
}
