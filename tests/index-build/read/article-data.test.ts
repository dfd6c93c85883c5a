/** What sources state, checked and normalized; hostile values included. */
import { describe, expect, it } from 'vitest';
import { assembleArticle } from '../../../index-build/read/article-data.ts';
import { splitAuthors } from '../../../index-build/read/author-names.ts';
import { pickStatedData } from '../../../index-build/read/stated-data.ts';
import type { Block } from '../../../src/domain/article.ts';
import { limits } from '../../../src/domain/limits.ts';

const block: Block = { kind: 'text', heading: null, text: 'Text.' };

function assemble(values: object, blocks: readonly Block[] = [block]) {
  const stated = pickStatedData(Object.entries(values).map(([key, value], index) => [key, { value, line: index + 2 }]));
  return assembleArticle({
    path: 'news/2022-izium_retaken.md',
    line: null,
    fallbackId: 'fallback',
    stated,
    guessed: {},
    blocks,
  });
}

describe('assembleArticle', () => {
  it('takes what is stated', () => {
    const { article, problems } = assemble({
      id: 'a1',
      title: ' The  title ',
      date: '2022-09-10',
      authors: ['Jane Doe', 'John Roe'],
      source: 'The Courier',
      url: 'https://example.org/a',
      tags: ['war', 'Izium'],
      language: 'en-GB',
    });
    expect(problems).toEqual([]);
    expect(article).toEqual({
      id: 'a1',
      path: 'news/2022-izium_retaken.md',
      title: 'The title',
      date: '2022-09-10',
      authors: ['Jane Doe', 'John Roe'],
      source: 'The Courier',
      url: 'https://example.org/a',
      tags: ['war', 'Izium'],
      language: 'en',
      guessed: [],
      blocks: [block],
      publication: expect.objectContaining({ heldBack: null, untilMs: null }),
    });
  });

  it.each([
    ['published', 'date', '2022-09-10', '2022-09-10'],
    ['pubDate', 'date', '2022-09-10', '2022-09-10'],
    ['author', 'authors', 'Jane Doe', ['Jane Doe']],
    ['publisher', 'source', 'The Courier', 'The Courier'],
    ['outlet', 'source', { name: 'The Courier' }, 'The Courier'],
    ['link', 'url', 'http://example.org', 'http://example.org/'],
    ['canonical', 'url', 'http://example.org/x', 'http://example.org/x'],
    ['keywords', 'tags', 'a, b;c', ['a', 'b', 'c']],
    ['Categories', 'tags', ['a', 'a', ' '], ['a']],
    ['lang', 'language', 'ukr', 'uk'],
  ] as const)('knows the key %s for %s', (key, field, value, expected) => {
    expect(assemble({ [key]: value }).article[field]).toEqual(expected);
  });

  it('lets a field’s own name go before its other names', () => {
    expect(assemble({ keywords: 'b', tags: 'a', categories: 'c' }).article.tags).toEqual(['a']);
  });

  it.each([
    ['date', '2022-11', null],
    ['date', 'soon', null],
    ['url', 'javascript:alert(1)', null],
    ['url', 'ftp://example.org/', null],
    ['url', `https://example.org/${'x'.repeat(3000)}`, null],
    ['language', 'English', null],
    ['language', 'xx', null],
    ['tags', { a: 1 }, []],
    ['authors', true, []],
    ['source', ['a'], null],
    ['id', ['a'], 'fallback'],
    ['id', 'a\u0000b', 'fallback'],
    ['id', '\uD800', 'fallback'],
    ['id', '..', 'fallback'],
    ['id', 'x'.repeat(201), 'fallback'],
  ] as const)('leaves out %s: %j, and says where', (field, value, expected) => {
    const { article, problems } = assemble({ [field]: value });
    expect(article[field]).toEqual(expected);
    expect(problems).toEqual([
      {
        path: 'news/2022-izium_retaken.md',
        line: 2,
        severity: 'warning',
        reason: expect.stringMatching(`^${field}: `),
      },
    ]);
  });

  it.each(['../x', '__proto__', 'constructor', '<script>', 'a/b c%#?'])(
    'takes %j as an id, a tag and a title',
    (text) => {
      const { article, problems } = assemble({ id: text, tags: [text], title: text });
      expect(article).toMatchObject({ id: text, tags: [text], title: text });
      expect(problems).toEqual([]);
    },
  );

  it('takes a number as an id and a day that YAML made a date', () => {
    const { article } = assemble({ id: 42, date: new Date('2022-09-10T00:00:00Z') });
    expect(article).toMatchObject({ id: '42', date: '2022-09-10' });
  });

  it('strips control and direction characters from what stands beside other text', () => {
    const { article } = assemble({ title: 'a\u202Eb\u0000c\nd', source: '\u2066x', tags: ['t\u0007'] });
    expect(article).toMatchObject({ title: 'abc d', source: 'x', tags: ['t'] });
  });

  it('cuts what is too long or too much, and says so', () => {
    const long = 'x'.repeat(limits.attributeLength + 1);
    const many = Array.from({ length: limits.attributeValues + 1 }, (_, index) => `tag ${index}`);
    const { article, problems } = assemble({ title: long, tags: many });
    expect(article.title).toHaveLength(limits.attributeLength);
    expect(article.tags).toHaveLength(limits.attributeValues);
    expect(problems).toHaveLength(2);
  });

  it('makes a title of the file name where there is none, and marks it as guessed', () => {
    expect(assemble({ title: ' ' }).article).toMatchObject({ title: '2022 izium retaken', guessed: ['title'] });
  });

  it('gives an article without text its title as text, and warns', () => {
    const { article, problems } = assemble({ title: 'Only this' }, []);
    expect(article.blocks).toEqual([{ kind: 'text', heading: null, text: 'Only this' }]);
    expect(problems).toMatchObject([{ severity: 'warning', reason: expect.stringContaining('no text') }]);
  });
});

describe('splitAuthors', () => {
  it.each([
    ['Jane Doe', ['Jane Doe']],
    ['By Jane Doe', ['Jane Doe']],
    ['Jane Doe and John Roe', ['Jane Doe', 'John Roe']],
    ['Jane Doe & John Roe', ['Jane Doe', 'John Roe']],
    ['Jane Doe, John Roe and Max Poe', ['Jane Doe', 'John Roe', 'Max Poe']],
    ['Perlis, A. J.; Samelson,K.', ['Perlis, A. J.', 'Samelson,K.']],
    ['Perlis, A. J.', ['Perlis, A. J.']],
    ['Anna Groß und Per Öst', ['Anna Groß', 'Per Öst']],
    ['Олена Коваль та Іван Гнат', ['Олена Коваль', 'Іван Гнат']],
    ['Andy Anderson', ['Andy Anderson']],
    ['', []],
  ])('%j → %j', (text, names) => {
    expect(splitAuthors(text)).toEqual(names);
  });
});
