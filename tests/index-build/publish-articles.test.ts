/** Which articles are public at a moment, and where their pages are. */
import { describe, expect, it } from 'vitest';
import { build } from '../../index-build/build.ts';
import { publishArticles } from '../../index-build/publish-articles.ts';
import { readFile } from '../../index-build/read/read-file.ts';
import { defaultReadingOptions, type ReadingOptions } from '../../index-build/reading-options.ts';
import { type CorpusFiles, withTemporaryFolder, writeFiles } from '../contract/corpus-files.ts';

const nowMs = Date.parse('2021-03-09T12:00:00Z');

function publish(data: string, options: Partial<ReadingOptions> = {}, path = 'n/ferry.md') {
  const { articles } = readFile({ path, bytes: Buffer.from(`---\ntitle: Ferry\n${data}\n---\nText.`) });
  return publishArticles(articles, { ...defaultReadingOptions, ...options, nowMs });
}

describe('publishArticles', () => {
  it.each([
    ['draft: true', 'draft: true'],
    ['date: 2021-03-10', 'its date is yet to come'],
    ['date: 2021-03-09T13:00:00Z', 'its date is yet to come'],
    ['date: 2021-03-01\npublishDate: 2021-04-01', 'its date is yet to come'],
    ['expiryDate: 2021-03-09', 'its expiry date is over'],
  ])('leaves out %s', (data, reason) => {
    expect(publish(data)).toMatchObject({ articles: [], notes: { heldBack: [{ name: reason, count: 1 }] } });
  });

  it.each([
    ['draft: true', { includesDrafts: true }],
    ['expiryDate: 2021-03-09', { includesDrafts: true }],
    ['date: 2021-03-10', { includesFuture: true }],
    ['date: 2021-03-09', {}],
    ['date: 2021-03-20\npublishDate: 2021-03-01', {}],
    ['date: soon', {}],
  ])('takes %s with %j', (data, options) => {
    expect(publish(data, options).articles).toHaveLength(1);
  });

  it('takes what lies among drafts for one', () => {
    expect(publish('layout: x', {}, '_drafts/ferry.md').articles).toEqual([]);
  });

  it('knows when a file has other articles', () => {
    expect(publish('date: 2021-03-10').notes.dueMs).toBe(Date.parse('2021-03-10'));
    expect(publish('expiryDate: 2021-04-01').notes.dueMs).toBe(Date.parse('2021-04-01'));
    expect(publish('date: 2021-03-01').notes.dueMs).toBeUndefined();
  });

  it.each([
    ['n/ferry.md', 'folder', 'a: b', '/n/ferry/'],
    ['n/ferry.md', 'plain', 'a: b', '/n/ferry'],
    ['n/ferry.md', 'html', 'a: b', '/n/ferry.html'],
    ['n/ferry.md', 'keep', 'a: b', '/n/ferry.md'],
    ['n/index.md', 'folder', 'a: b', '/n/'],
    ['n/_index.md', 'html', 'a: b', '/n/'],
    ['README.md', 'folder', 'a: b', '/'],
    ['n/ferry.html', 'folder', 'a: b', '/n/ferry.html'],
    ['n/a b.md', 'folder', 'a: b', '/n/a%20b/'],
    ['sea/_posts/2021-03-01-ferry.md', 'jekyll', 'a: b', '/sea/2021/03/01/ferry.html'],
    ['n/ferry.md', '/:year/:month/:title/', 'date: 2021-03-01', '/2021/03/ferry/'],
    ['n/ferry.md', 'folder', 'slug: the-ferry', '/n/the-ferry/'],
    ['n/ferry/index.md', 'folder', 'slug: the-ferry', '/n/the-ferry/'],
    ['n/ferry.md', 'folder', 'slug: /boats', '/boats'],
    ['n/ferry.md', 'folder', 'permalink: /boats/', '/boats/'],
    ['n/ferry.md', 'folder', 'url: /boats/', '/boats/'],
    ['n/ferry.md', 'folder', 'permalink: "/{{ x }}/"', '/n/ferry/'],
  ])('finds the page of %s by %s, %s: %s', (path, paths, data, address) => {
    const { articles } = publish(data, { site: { url: 'https://harbour.example', paths } }, path);
    expect(articles[0]?.url).toBe(`https://harbour.example${address}`);
  });

  it('lets an address in the file win, and gives none to one article of many', () => {
    const site = { url: 'https://harbour.example', paths: 'folder' };
    expect(publish('url: https://other.example/1', { site }).articles[0]?.url).toBe('https://other.example/1');
    const { articles } = readFile({ path: 'a.json', bytes: Buffer.from('[{"title":"A","text":"x"}]') });
    expect(publishArticles(articles, { ...defaultReadingOptions, site, nowMs }).articles[0]?.url).toBeNull();
  });
});

describe('a build', () => {
  const files: CorpusFiles = new Map([
    ['a.md', '---\ntitle: A\ndate: 2021-03-10\nmood: calm\n---\nText.'],
    ['b.md', '---\ntitle: B\ndraft: true\nmood: glad\n---\nText.'],
    ['c.md', '---\ntitle: C\nexpiryDate: 2021-03-12\nlayout: x\n---\nText.'],
    ['.gitignore', 'd.md\n'],
    ['d.md', 'Text.'],
  ]);

  it('says what it left out, which keys it knew nothing of, and takes in what becomes public', async () => {
    await withTemporaryFolder(async (folder) => {
      const options = { corpus: `${folder}/corpus`, data: `${folder}/data`, keepBuilds: 2, isFull: false, workers: 0 };
      await writeFiles(options.corpus, files);
      const at = (day: string, more = {}) => build({ ...options, now: () => Date.parse(day), ...more });
      const first = await at('2021-03-09');
      expect(first).toMatchObject({
        articles: { total: 1 },
        files: { found: 3, read: 1, skipped: 2 },
        leftOut: [
          { reason: 'd.md in .gitignore', count: 1, example: 'd.md' },
          { reason: 'draft: true', count: 1, example: 'b.md' },
          { reason: 'its date is yet to come', count: 1, example: 'a.md' },
        ],
        unknownKeys: [
          { key: 'mood', articles: 2 },
          { key: 'layout', articles: 1 },
        ],
        nextChangeAt: '2021-03-10T00:00:00.000Z',
      });
      const second = await at('2021-03-10');
      expect(second).toMatchObject({ articles: { total: 2, added: 1 }, nextChangeAt: '2021-03-12T00:00:00.000Z' });
      expect(await at('2021-03-11')).toMatchObject({ outcome: 'unchanged', unknownKeys: first.unknownKeys });
      expect(await at('2021-03-12')).toMatchObject({ articles: { total: 1, removed: 1 }, nextChangeAt: null });
      const reading = { ...defaultReadingOptions, includesDrafts: true };
      expect(await at('2021-03-12', { reading })).toMatchObject({ outcome: 'published', articles: { total: 3 } });
    });
  });
});
