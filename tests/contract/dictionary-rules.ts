/** What every engine's dictionary and store answer. */
import { expect, it } from 'vitest';
import type { ArticleId, ArticleOrdinal, ParagraphOrdinal, Term } from '../../src/domain/ids.ts';
import type { OpenEngine } from './ask-engine.ts';
import { corpusOf } from './corpus-files.ts';

export function dictionaryRules(open: OpenEngine): void {
  const files = corpusOf({
    a: { language: 'en', title: 'Harbours', text: 'harbour walls\n\nharbour' },
    b: { language: 'en', text: '## Harbouring\n\nharbour wall' },
    c: { language: 'de', text: 'Häfen hafen gehen geht\n\ngehen' },
    d: { language: 'ja', text: '東京' },
  });

  it('knows in how many paragraphs and articles each term is', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      const found = await dictionary.lookup(['harbour', 'ferry', 'gehen', 'harbours', 'harbouring'] as Term[]);
      expect(found).toEqual([
        { term: 'harbour', paragraphs: 3, articles: 2 },
        null,
        { term: 'gehen', paragraphs: 2, articles: 1 },
        // A title stands with the first paragraph of its article.
        { term: 'harbours', paragraphs: 1, articles: 1 },
        { term: 'harbouring', paragraphs: 1, articles: 1 },
      ]);
    });
  });

  it('names the languages of the articles that have a stemmer', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      expect(await dictionary.languages()).toEqual(['de', 'en']);
    });
  });

  it('gathers the terms of a stem in articles of its language, in dictionary order', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      const families = await dictionary.families([
        { language: 'en', stem: 'harbour' },
        { language: 'de', stem: 'harbour' },
        { language: 'en', stem: 'wall' },
        { language: 'de', stem: 'haf' },
        { language: 'xx', stem: 'wall' },
        { language: 'en', stem: 'constructor' },
      ]);
      expect(families.map((family) => family.map(({ term }) => term))).toEqual([
        ['harbour', 'harbouring', 'harbours'],
        [],
        ['wall', 'walls'],
        ['hafen'],
        [],
        [],
      ]);
      expect(families[0]?.[0]).toEqual({ term: 'harbour', paragraphs: 3, articles: 2 });
    });
  });

  it('completes a beginning, the most frequent first, and adds up what is held of all', async () => {
    await open(files, async ({ engine: { dictionary } }) => {
      const { terms, sums } = await dictionary.completions('har' as Term, 2);
      expect(terms.map(({ term }) => term)).toEqual(['harbour', 'harbouring']);
      const all = (await dictionary.completions('har' as Term, 10)).terms;
      expect(all).toHaveLength(3);
      expect(sums).toEqual({
        articles: all.reduce((sum, { articles }) => sum + articles, 0),
        paragraphs: all.reduce((sum, { paragraphs }) => sum + paragraphs, 0),
      });
      const nothing = { terms: [], sums: { articles: 0, paragraphs: 0 } };
      expect(await dictionary.completions('zz' as Term, 2)).toEqual(nothing);
    });
  });

  it.each<[string, number, readonly (readonly [string, number])[]]>([
    ['wall', 1, [['walls', 1]]],
    ['wal', 1, [['wall', 1]]],
    ['awll', 1, [['wall', 1]]],
    ['xall', 1, [['wall', 1]]],
    [
      'harbuor',
      2,
      [
        ['harbour', 1],
        ['harbours', 2],
      ],
    ],
    ['geht', 2, [['gehen', 2]]],
    ['ferry', 2, []],
  ])(
    'knows what is similar to "%s" within %i edits, nearest first, and not the word itself',
    async (term, edits, expected) => {
      await open(files, async ({ engine: { dictionary } }) => {
        const found = await dictionary.similar(term as Term, { maxEdits: edits, leastArticles: 1, limit: 10 });
        expect(found.map((other) => [other.term, other.edits])).toEqual(expected);
      });
    },
  );

  it('gives at most so many similar terms, equally near ones by frequency', async () => {
    const cats = corpusOf({ a: { text: 'cat cap\n\ncap\n\ncar car car' } });
    await open(cats, async ({ engine: { dictionary } }) => {
      const similar = async (limit: number) =>
        (await dictionary.similar('cab' as Term, { maxEdits: 1, leastArticles: 1, limit })).map(({ term }) => term);
      expect(await similar(10)).toEqual(['cap', 'car', 'cat']);
      expect(await similar(2)).toEqual(['cap', 'car']);
    });
  });

  it('leaves out similar terms in fewer articles than asked for', async () => {
    const cats = corpusOf(
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id, i) => [id, { text: i < 4 ? 'cap car' : 'car cat' }])),
    );
    await open(cats, async ({ engine: { dictionary } }) => {
      const similar = async (leastArticles: number) =>
        (await dictionary.similar('cab' as Term, { maxEdits: 1, leastArticles, limit: 9 })).map(({ term }) => term);
      expect(await similar(1)).toEqual(['car', 'cap', 'cat']);
      expect(await similar(4)).toEqual(['car', 'cap']);
      expect(await similar(5)).toEqual(['car']);
      expect(await similar(6)).toEqual([]);
    });
  });

  it('counts articles and paragraphs, and the articles that hold two terms, in whichever field', async () => {
    const voyages = corpusOf({
      a: { title: 'Ferry', text: 'harbour\n\nwall' },
      b: { title: 'Other', text: '## Harbour\n\nferry ferry' },
      c: { title: 'Third', text: 'ferry' },
    });
    await open(voyages, async ({ engine: { dictionary } }) => {
      const [ferry, harbour, wall, nowhere] = ['ferry', 'harbour', 'wall', 'nowhere'] as Term[] as [
        Term,
        Term,
        Term,
        Term,
      ];
      expect(await dictionary.size()).toEqual({ articles: 3, paragraphs: 4, languages: new Map([['en', 3]]) });
      expect(await dictionary.together([ferry, wall, nowhere], [harbour, ferry, nowhere])).toEqual([
        [2, 3, 0],
        [1, 1, 0],
        [0, 0, 0],
      ]);
      expect(await dictionary.together([ferry], [])).toEqual([[]]);
      expect(await dictionary.together([], [ferry])).toEqual([]);
    });
  });
}

export function storeRules(open: OpenEngine): void {
  const files = corpusOf({
    a: { id: 'first', title: 'One', date: '2022-03-04', text: 'alpha\n\nbeta' },
    b: { id: '__proto__', title: 'Two & <b>', text: '## Part\n\ngamma' },
  });

  it('finds articles by id', async () => {
    await open(files, async ({ store }) => {
      const ids = ['first', '__proto__', 'constructor', 'b.md'] as ArticleId[];
      expect(await Promise.all(ids.map((id) => store.find(id)))).toEqual([0, 1, null, null]);
    });
  });

  it('finds articles by the paths of their files, and only these', async () => {
    await open(files, async ({ store }) => {
      expect(await Promise.all(['a.md', 'a', 'a.md/', '', 'z.md'].map((path) => store.findPath(path)))).toEqual([
        0,
        null,
        null,
        null,
        null,
      ]);
    });
  });

  it('finds the first article of a file that holds several', async () => {
    const lines = ['x', 'y'].map((id) => `${JSON.stringify({ id, title: 'T', text: 'alpha' })}\n`);
    const several = new Map([
      ['a.jsonl', lines.join('')],
      ['b.txt', 'One\n\nalpha'],
    ]);
    await open(several, async ({ store }) => {
      expect(await store.findPath('a.jsonl')).toBe(await store.find('x' as ArticleId));
      expect(await store.findPath('b.txt')).toBe(2);
    });
  });

  it('opens an article with the first paragraphs that do not recur, and with its first where all do', async () => {
    const one = Object.entries({ a: 'oak', b: 'elm', c: 'ash', d: 'fir' }).map(
      ([name, own]) => [name, { text: `read more\n\n${own}\n\nread more\n\n${own} ${own}` }] as const,
    );
    const recurring = corpusOf({ ...Object.fromEntries(one), e: { text: 'read more' } });
    await open(recurring, async ({ store }) => {
      const read = async (article: number, limit: number) =>
        (await store.readOpening(article as ArticleOrdinal, limit)).paragraphs.map(({ text }) => text);
      expect(await read(1, 1)).toEqual(['elm']);
      expect(await read(1, 9)).toEqual(['elm', 'elm elm']);
      expect(await read(4, 2)).toEqual(['read more']);
      expect((await store.readOpening(0 as ArticleOrdinal, 1)).data.path).toBe('a.md');
      await expect(store.readOpening(5 as ArticleOrdinal, 1)).rejects.toMatchObject({ code: 'internal' });
    });
  });

  it('reads what an article says about itself', async () => {
    await open(files, async ({ store }) => {
      expect(await store.readArticle(0 as ArticleOrdinal)).toMatchObject({
        id: 'first',
        path: 'a.md',
        title: 'One',
        date: '2022-03-04',
      });
      expect(await store.readArticle(1 as ArticleOrdinal)).toMatchObject({ id: '__proto__', title: 'Two & <b>' });
    });
  });

  it('reads paragraphs one by one, and all of an article in reading order', async () => {
    await open(files, async ({ store }) => {
      const one = (await store.readParagraphs(0 as ArticleOrdinal)).map(({ text }) => text);
      const two = await store.readParagraphs(1 as ArticleOrdinal);
      expect(one).toEqual(['alpha', 'beta']);
      expect(two).toMatchObject([{ heading: 'Part', kind: 'text', text: 'gamma' }]);
      expect(await store.readParagraph(1 as ParagraphOrdinal)).toMatchObject({ heading: null, text: 'beta' });
      expect(await store.readParagraph(2 as ParagraphOrdinal)).toEqual(two[0]);
    });
  });

  it('reads an article with some of its paragraphs, in the order asked for, or with its first', async () => {
    await open(files, async ({ store }) => {
      const read = async (article: number, paragraphs: readonly number[]) => {
        const passages = await store.readPassages(article as ArticleOrdinal, paragraphs as ParagraphOrdinal[]);
        return [passages.data.title, ...passages.paragraphs.map(({ text }) => text)];
      };
      expect(await read(0, [1, 0])).toEqual(['One', 'beta', 'alpha']);
      expect(await read(0, [1])).toEqual(['One', 'beta']);
      expect(await read(0, [])).toEqual(['One', 'alpha']);
      expect(await read(1, [2])).toEqual(['Two & <b>', 'gamma']);
    });
  });

  it('throws for a number that no article or paragraph has', async () => {
    await open(files, async ({ store }) => {
      const internal = { name: 'LedeError', code: 'internal' };
      await expect(store.readArticle(2 as ArticleOrdinal)).rejects.toMatchObject(internal);
      await expect(store.readParagraphs(2 as ArticleOrdinal)).rejects.toMatchObject(internal);
      await expect(store.readPassages(2 as ArticleOrdinal, [])).rejects.toMatchObject(internal);
      await expect(store.readParagraph(3 as ParagraphOrdinal)).rejects.toMatchObject(internal);
      await expect(store.readParagraph(-1 as ParagraphOrdinal)).rejects.toMatchObject(internal);
    });
  });
}
