import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArticlePath, writeArticlePath } from '../../../src/domain/article-path.ts';

const prefix = '/articles/';

/** What a browser sends for the address. */
function sentFor(id: string): string {
  return new URL(`${prefix}${writeArticlePath(id)}`, 'http://127.0.0.1').href;
}

describe('writeArticlePath', () => {
  it.each<[id: string, path: string, why: string]>([
    ['2022/09/izyum.md', '2022/09/izyum.md', 'slashes stay readable'],
    ['a b&c?d#e%f.md', 'a%20b%26c%3Fd%23e%25f.md', 'what addresses give a meaning is encoded'],
    ['новини/Ізюм.md', '%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D0%86%D0%B7%D1%8E%D0%BC.md', 'so are other scripts'],
    ['../secret', '..%2Fsecret', 'a browser would resolve dots: the slash is encoded'],
    ['a//b', 'a%2F%2Fb', 'and it might drop an empty part'],
    ['/a', '%2Fa', 'also at the beginning'],
    ['a/', 'a%2F', 'and at the end'],
    ['a\\b', 'a%5Cb', 'a backslash is no slash'],
    ['a\ud800b', 'a%EF%BF%BDb', 'half a character has no encoding'],
  ])('writes %j as %j: %s', (id, path) => {
    expect(writeArticlePath(id)).toBe(path);
  });
});

describe('readArticlePath', () => {
  it('reads back every id from the address that a browser makes of it', () => {
    const ids = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc
        .array(fc.constantFrom('a', '.', '..', '', 'ї', '%2F', '?', '\\', ':', '@'), { minLength: 1 })
        .map((all) => all.join('/')),
    );
    fc.assert(
      fc.property(ids, (id) => {
        // Alone, these name the folder or the one above: no address leads to them.
        fc.pre(!/^\.{0,2}$/.test(id));
        expect(readArticlePath(sentFor(id), prefix)).toBe(id);
      }),
    );
  });

  it('leaves the query and the fragment to others', () => {
    expect(readArticlePath('http://127.0.0.1/articles/a.md?q=b#p-c', prefix)).toBe('a.md');
  });

  it.each<[url: string, why: string]>([
    ['http://127.0.0.1/other/a.md', 'another address'],
    ['http://127.0.0.1/articles/%', 'a lone percent sign'],
    ['http://127.0.0.1/articles/%ff', 'bytes that are no UTF-8'],
    ['http://127.0.0.1/articles/../a.md', 'an address that leads elsewhere'],
  ])('reads no id from %s: %s', (url) => {
    expect(readArticlePath(url, prefix)).toBeNull();
  });
});
