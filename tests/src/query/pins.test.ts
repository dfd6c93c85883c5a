import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import { parsePins, pinKey } from '../../../src/query/pins.ts';

describe('the key of a query', () => {
  it.each([
    ['Ferry  Times', 'ferry times', 'case and white space'],
    ['cafe', 'Café', 'accents'],
    ['ferry, times!', 'ferry times', 'punctuation'],
    ['"ferry times"', 'ferry times', 'quotation marks'],
    ['source:BBC  ferry', 'source:BBC ferry', 'white space between conditions'],
  ])('%s equals that of %s: %s makes no difference', (one, other) => {
    expect(pinKey(one)).toBe(pinKey(other));
    expect(pinKey(one)).not.toBeNull();
  });

  it.each([
    ['ferry times', 'times ferry', 'order'],
    ['ferry', 'ferries', 'inflection'],
    ['ferry -times', 'ferry times', 'exclusion'],
    ['ferry OR times', 'ferry times', 'alternatives'],
    ['title:ferry', 'ferry', 'a field'],
    ['ferr*', 'ferr', 'a beginning'],
    ['+ferry', 'ferry', 'a demand'],
  ])('%s differs from that of %s by %s', (one, other) => {
    expect(pinKey(one)).not.toBe(pinKey(other));
  });

  it.each(['', '  ', '…', '()'])('is null for "%s", which has no word', (query) => {
    expect(pinKey(query)).toBeNull();
  });
});

describe('the file of pinned articles', () => {
  const pinsOf = (text: string) => Object.fromEntries(parsePins(text).pins);

  it('has an article per line, several for a query in their order, and comments', () => {
    const text = '\uFEFF# ours\r\nferry times = b.md\r\n\r\nFerry Times = news/a.md\nquay=c.md\n';
    expect(parsePins(text).problems).toEqual([]);
    expect(pinsOf(text)).toEqual({
      'words ferry times': [
        { line: 2, article: 'b.md' },
        { line: 4, article: 'news/a.md' },
      ],
      'words quay': [{ line: 5, article: 'c.md' }],
    });
  });

  it('parts at an equals sign between spaces before any other', () => {
    expect(pinsOf('a=b = c.md')).toEqual({ [pinKey('a=b') as string]: [{ line: 1, article: 'c.md' }] });
    expect(pinsOf('ferry = a=b.md')).toEqual({ 'words ferry': [{ line: 1, article: 'a=b.md' }] });
  });

  it.each([
    ['ferry', 'found "ferry", expected query = article'],
    ['= a.md', 'found "= a.md", expected query = article'],
    ['ferry =', 'found "ferry =", expected query = article'],
    ['!!! = a.md', 'found the query "!!!", expected one with a word'],
  ])('tells of the line "%s" and reads on', (line, reason) => {
    const { pins, problems } = parsePins(`# ours\n${line}\nquay = c.md`);
    expect(problems).toEqual([{ line: 2, reason }]);
    expect([...pins.keys()]).toEqual(['words quay']);
  });

  it('tells of a line that says the same again', () => {
    const { problems } = parsePins('quay = c.md\nQuay = c.md');
    expect(problems).toEqual([{ line: 2, reason: '"c.md" is pinned to this query already' }]);
  });

  it('has limits, and tells when they are reached', () => {
    const many = Array.from({ length: limits.pinsPerQuery + 1 }, (_, i) => `quay = ${i}.md`).join('\n');
    expect(pinsOf(many)['words quay']).toHaveLength(limits.pinsPerQuery);
    expect(parsePins(many).problems).toEqual([
      { line: limits.pinsPerQuery + 1, reason: `a query has ${limits.pinsPerQuery} articles at most` },
    ]);
    const long = '\n'.repeat(limits.pinLines);
    expect(parsePins(`${long}quay = c.md`)).toMatchObject({
      problems: [{ line: limits.pinLines + 1, reason: `only the first ${limits.pinLines} lines are read` }],
    });
  });
});
