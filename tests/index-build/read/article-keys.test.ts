/** Data under the keys that generators and scrapers write. */
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../index-build/read/read-json.ts';
import { readMarkdown } from '../../../index-build/read/read-markdown.ts';

function read(frontMatter: string, path = 'a.md') {
  const { articles, problems } = readMarkdown(`---\n${frontMatter}\n---\nText of it.\n`, path);
  const [article] = articles;
  if (article === undefined) throw new Error('expected an article');
  return { article, problems, texts: article.blocks.map(({ text }) => text) };
}

describe('the day of an article', () => {
  it.each([
    ['date: 2021-03-09 08:00:00 +0200', '2021-03-09', 'Jekyll'],
    ['publishDate: 2021-03-09', '2021-03-09', 'Hugo'],
    ['date_published: 2021-03-09T10:00:00Z', '2021-03-09', 'JSON Feed'],
    ['publish_date: "2021-03-09 00:00:00"', '2021-03-09', 'newspaper3k'],
    ['datePublished: 2021-03-09', '2021-03-09', 'schema.org'],
    ['created: 2021-03-09', '2021-03-09', 'Obsidian'],
    ['lastmod: 2021-03-09', '2021-03-09', 'where nothing better is'],
    ['lastmod: 2022-01-01\ndate: 2021-03-09', '2021-03-09', 'the better key first'],
    ['published: true\ncreated: 2021-03-09', '2021-03-09', 'a switch is no day'],
    ['date: soon\ncreated: 2021-03-09', '2021-03-09', 'a value that makes sense before one that does not'],
    ['date: 1615276800', '2021-03-09', 'seconds since 1970'],
    ['date: 1615276800000', '2021-03-09', 'milliseconds'],
    ['date: 23/11/2021', '2021-11-23', 'day first, as there is no month 23'],
    ['date: 11/23/2021', '2021-11-23', 'month first'],
    ['date: Tue, 09 Mar 2021 10:00:00 GMT', '2021-03-09', 'feeds'],
    ['date: 9. listopadu 2021', '2021-11-09', 'Czech'],
    ['date: 2021년 3월 9일', '2021-03-09', 'Korean'],
  ])('%s → %s: %s', (frontMatter, date) => {
    expect(read(frontMatter)).toMatchObject({ article: { date }, problems: [] });
  });

  it('is not guessed where numbers may mean two days', () => {
    const { article, problems } = read('date: 03/04/2021');
    expect(article.date).toBeNull();
    expect(problems).toMatchObject([{ line: 2, reason: expect.stringContaining('two days') }]);
  });

  it.each([
    ['_posts/2021-03-09-ferry-sails.md', '2021-03-09', 'Ferry sails'],
    ['news/2021/03/09/ferry-sails.md', '2021-03-09', 'Ferry sails'],
    ['news/2021/03/09-ferry.md', '2021-03-09', '09 ferry'],
    ['2021-03-09-ferry/index.md', '2021-03-09', 'Ferry'],
    ['20210309 ferry sails.md', '2021-03-09', 'Ferry sails'],
    ['2021-03-09.md', '2021-03-09', '2021 03 09'],
    ['reports/8821034.md', null, '8821034'],
    ['news/2021-13-45-ferry.md', null, '2021 13 45 ferry'],
  ])('%s → %s, a guess, and the title %j without it', (path, date, title) => {
    expect(read('layout: post', path).article).toMatchObject({ date, title });
  });
});

describe('the day in an address', () => {
  it.each<[string, string | null, string]>([
    ['path: 2021/03/09/ferry', '2021-03-09', 'Zola'],
    ['permalink: /2021/03/09/ferry/', '2021-03-09', 'Jekyll'],
    ['url: https://harbour.example/2021/03/09/ferry', '2021-03-09', 'a newspaper'],
    ['url: https://harbour.example/a/8821034/ferry', null, 'a number'],
  ])('%s → %s, a guess: %s', (data, date) => {
    expect(read(data).article.date).toBe(date);
  });

  it('gives way to one that is stated', () => {
    expect(read('path: 2021/03/09/ferry\ndate: 2021-03-01').article).toMatchObject({
      date: '2021-03-01',
      guessed: ['title'],
    });
  });
});

describe('what else is stated', () => {
  it('searches a description in front and other titles behind, but no addresses', () => {
    const { texts } = read('title: T\ndescription: What it is about.\naliases: [Another title, /old/path/]');
    expect(texts).toEqual(['What it is about.', 'Text of it.', 'Another title']);
  });

  it.each(['Text of it.', 'Text of…', 'T'])('leaves out a description that says nothing new: %j', (description) => {
    expect(read(`title: T\ndescription: "${description}"`).texts).toEqual(['Text of it.']);
  });

  it('reads what Zola keeps in tables', () => {
    const { articles } = readMarkdown(
      '+++\ntitle = "T"\n[taxonomies]\ntags = ["sea"]\n[extra]\nauthor = "Ida Berg"\n+++\nText.',
      'a.md',
    );
    expect(articles).toMatchObject([{ tags: ['sea'], authors: ['Ida Berg'] }]);
  });

  it('takes the next source where the first gives an address for a name', () => {
    const value = {
      title: 'T',
      text: 'x',
      author: 'https://social.example/ida',
      byline: 'Ida Berg',
      source: 'https://www.harbour.example/1',
    };
    expect(readJson(JSON.stringify(value), 'a.json').articles).toMatchObject([
      { authors: ['Ida Berg'], source: 'harbour.example', url: 'https://www.harbour.example/1' },
    ]);
  });

  it('lists keys that mean nothing', () => {
    expect(read('title: T\nlayout: post\nmood: calm').article.publication?.unknownKeys).toEqual(['layout', 'mood']);
  });

  it.each([
    'draft: true',
    'published: false',
    'search: false',
    'noindex: true',
    'status: draft',
    'robots: noindex, follow',
    'publish: false',
    'unlisted: true',
    'pagefind: false',
  ])('knows that %s is not for everyone', (frontMatter) => {
    expect(read(`title: T\n${frontMatter}`).article.publication?.heldBack).toBe(frontMatter);
  });

  it.each(['draft: false', 'published: 2021-03-09', 'status: published', 'robots: index'])(
    'but %s is',
    (frontMatter) => {
      expect(read(`title: T\n${frontMatter}`).article.publication?.heldBack ?? null).toBeNull();
    },
  );
});
