import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleId, ArticleOrdinal } from '../../src/domain/ids.ts';
import { limits } from '../../src/domain/limits.ts';
import type { Hit, Results, Snippet } from '../../src/domain/results.ts';
import type { SearchRequest } from '../../src/domain/search-request.ts';
import { highlightArticle, rankArticles, search } from '../../src/search.ts';
import type { Searchable } from '../../src/searchable.ts';
import { corpusOf, type TinyArticle } from '../contract/corpus-files.ts';
import { withEmbedded } from '../contract/open-embedded.ts';

type Articles = Readonly<Record<string, TinyArticle>>;

function requestOf(query: string, asked: Partial<SearchRequest> = {}): SearchRequest {
  const rest = { facets: {}, from: null, to: null, match: 'most', sort: 'relevance', offset: 0, limit: 10 } as const;
  return { query, ...rest, isTyping: false, correctsTypos: true, ...asked };
}

function searchIn(articles: Articles, query: string, asked: Partial<SearchRequest> = {}): Promise<Results> {
  return withEmbedded(corpusOf(articles), (searchable) => search(requestOf(query, asked), searchable));
}

/** The names of the hits' files, without their ending. */
function namesOf(hits: readonly Hit[]): string[] {
  return hits.map(({ article }) => article.path.replace('.md', ''));
}

/** The highlighted stretches of a snippet. */
function marked({ text, highlights }: Pick<Snippet, 'text' | 'highlights'>): string[] {
  return highlights.map(([start, end]) => text.slice(start, end));
}

const izyum: Articles = {
  a: { title: 'Izyum', text: 'The town stands on the river.\n\nTanks left it.', date: '2022-09-10' },
  b: {
    title: 'Harbour',
    text: 'Nothing here.\n\nRockets hit Izyum, and Izyum burned.\n\nThen the people of Izyum rose.',
    date: '2022-09-12',
  },
  c: { title: 'Rockets', text: 'Rockets fell on the harbour.', date: '2022-09-11' },
};

describe('search', () => {
  it('answers with articles, the best first, and their paragraphs that match', async () => {
    const { hits, total, partial, query } = await searchIn(izyum, 'izyum');
    expect(namesOf(hits)).toEqual(['a', 'b']);
    expect(hits[1]?.paragraphs.map(({ text }) => text)).toEqual([
      'Rockets hit Izyum, and Izyum burned.',
      'Then the people of Izyum rose.',
    ]);
    expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? 0);
    expect({ total, partial, query }).toEqual({
      total: { count: 2, allWords: 2, exact: true },
      partial: false,
      query: 'izyum',
    });
  });

  it('shows the first paragraph, without highlights, where only the title matches', async () => {
    const { hits } = await searchIn(izyum, 'title:izyum');
    expect(namesOf(hits)).toEqual(['a']);
    expect(hits[0]?.titleHighlights).toEqual([[0, 5]]);
    expect(hits[0]?.paragraphs.map(({ text, highlights }) => [text, highlights])).toEqual([
      ['The town stands on the river.', []],
    ]);
    expect(hits[0]?.moreParagraphs).toBe(0);
  });

  it('shows every article, the newest first, each with its first paragraph, where nothing is asked', async () => {
    for (const query of ['', '  ', '&', '-&']) {
      const { hits, understood } = await searchIn(izyum, query);
      expect(namesOf(hits)).toEqual(['b', 'c', 'a']);
      expect(hits.map(({ paragraphs }) => paragraphs.map(({ text }) => text))).toEqual([
        ['Rockets hit Izyum, and Izyum burned.'],
        ['Rockets fell on the harbour.'],
        ['The town stands on the river.'],
      ]);
      expect(hits.flatMap(({ paragraphs }) => paragraphs.flatMap(({ highlights }) => highlights))).toEqual([]);
      expect(hits.map(({ moreParagraphs, missing, score }) => [moreParagraphs, missing, score])).toEqual(
        Array(3).fill([0, [], 0]),
      );
      expect(understood.words).toEqual([]);
    }
  });

  it('leads each paragraph to its place on the reader page, and in the original', async () => {
    const url = 'https://example.org/a';
    const files = corpusOf({ 'a b': { text: 'Rockets hit Izyum.' } });
    const named = new Map([...files].map(([path, text]) => [path, text.replace('---\n', `---\nurl: ${url}\n`)]));
    await withEmbedded(named, async (searchable) => {
      const [found] = (await search(requestOf('izyum &'), searchable)).hits;
      expect(found?.paragraphs[0]?.href).toMatch(/^\/articles\/a%20b\.md\?q=izyum\+%26#p-[0-9a-f]{12}$/);
      expect(found?.paragraphs[0]?.source).toBe(`${url}#:~:text=Rockets%20hit%20Izyum`);
      const [shown] = (await search(requestOf(''), searchable)).hits;
      expect(shown?.paragraphs[0]?.href).toMatch(/^\/articles\/a%20b\.md#p-[0-9a-f]{12}$/);
    });
  });

  it('shows at most three paragraphs, which together hold the words, and counts the others', async () => {
    const text = ['gun gun gun', 'gun gun', 'gun', 'tank and quay', 'gun and gun', 'nothing'].join('\n\n');
    const { hits } = await searchIn({ a: { text } }, 'gun tank');
    expect(hits[0]?.paragraphs.map((paragraph) => paragraph.text)).toContain('tank and quay');
    expect(hits[0]?.paragraphs).toHaveLength(limits.paragraphsPerHit);
    expect(hits[0]?.moreParagraphs).toBe(2);
  });

  it('tells of what is wrong with a query, also of what analysis finds too much', async () => {
    const { problems } = await searchIn(izyum, `(izyum "${'東'.repeat(500)}"`);
    expect(problems.map(({ code }) => code)).toEqual(['unclosed-parenthesis', 'long-phrase', 'no-phrase']);
  });

  it('says which build answered, and how long it took', async () => {
    const results = await searchIn(izyum, 'izyum');
    expect(results.build).toMatch(/^\d{8}T\d+Z-[0-9a-f]{4}$/);
    expect(results.tookMs).toBeGreaterThanOrEqual(0);
  });
});

describe('highlights', () => {
  const text = 'They attacked: the white house, a white dog in a house. Izyum’s self-propelled guns. 東京都の都庁。';

  it.each<[query: string, expected: string[], why: string]>([
    ['attacked', ['attacked'], 'the word itself'],
    ['attacking', ['attacked'], 'another form of it'],
    ['propel*', ['propelled'], 'a word that begins like it'],
    ['izyun', ['Izyum'], 'another spelling, without the possessive'],
    ['"white house"', ['white house'], 'a phrase, and not its words elsewhere'],
    ['house dog', ['house', 'dog', 'house'], 'all the words'],
    ['self-propelled', ['self-propelled'], 'a hyphened word as a whole'],
    ['"white dog" house', ['house', 'white dog', 'house'], 'a phrase beside a word'],
    ['東京', ['東京'], 'a word in a run'],
    ['都庁', ['都庁'], 'also where it begins with what ends another'],
    ['body:attacked', ['attacked'], 'a word in a field'],
    ['attacked -quay', ['attacked'], 'and not what is excluded'],
  ])('of %j are %j: %s', async (query, expected) => {
    const { hits } = await searchIn({ a: { title: '—', text } }, query);
    expect(hits[0]?.paragraphs.flatMap(marked)).toEqual(expected);
  });

  it.each<[query: string, expected: string[]]>([
    ['izyum', ['Izyum']],
    ['"izyum burns"', ['Izyum burns']],
    ['title:burn', ['burns']],
    ['body:quay', []],
  ])('of %j in a title are %j', async (query, expected) => {
    const { hits } = await searchIn({ a: { title: 'How Izyum burns', text: 'The quay.' } }, query);
    const [hit] = hits;
    const { title } = hit?.article ?? { title: '' };
    expect(marked({ text: title, highlights: hit?.titleHighlights ?? [] })).toEqual(expected);
  });

  it('are the same where an article is shown whole', async () => {
    await withEmbedded(corpusOf(izyum), async (searchable) => {
      const article = await searchable.store.find('b.md' as ArticleId);
      expect(await highlightArticle('"hit izyum" rose', searchable, article as ArticleOrdinal)).toEqual({
        title: [],
        paragraphs: [[], [[8, 17]], [[25, 29]]],
      });
    });
  });
});

describe('an article with most of the words, shown whole', () => {
  it.each([
    ['rose zeppelin burns', ['burns'], 'a word of the query is nowhere'],
    ['"burns city"', ['city', 'burns'], 'the words of a phrase that is not there'],
    ['"burns city" news', ['city', 'burns'], 'also beside other words'],
    ['"city burns" -zeppelin', ['city burns'], 'an excluded word is not missing'],
    ['the "city burns"', ['city burns'], 'no function word beside others'],
  ])('marks what it holds of %s', async (query, expected) => {
    await withEmbedded(corpusOf({ a: { title: 'News', text: 'The city burns.' } }), async (searchable) => {
      const article = (await searchable.store.find('a.md' as ArticleId)) as ArticleOrdinal;
      const { paragraphs } = await highlightArticle(query, searchable, article);
      const texts = await searchable.store.readParagraphs(article);
      expect(texts.map(({ text }, i) => marked({ text, highlights: paragraphs[i] ?? [] }))).toEqual([expected]);
    });
  });
});

describe('articles with most of the words', () => {
  const rockets: Articles = {
    all: { text: 'rockets hit the harbour' },
    two: { text: 'rockets and a harbour' },
    one: { text: 'rockets' },
    none: { text: 'a quiet day' },
    other: { text: 'a quiet night' },
    third: { text: 'a quiet morning' },
  };

  it('stand in one ranking with those that have all, marked with what is missing', async () => {
    const { hits, total } = await searchIn(rockets, 'rockets hit harbour');
    expect(hits.map(({ article, missing }) => [article.path, missing])).toEqual([
      ['all.md', []],
      ['two.md', ['hit']],
    ]);
    expect(total).toEqual({ count: 2, allWords: 1, exact: true });
  });

  it('need enough of what the words weigh: a rare word is enough, a common one beside it is not', async () => {
    const common = Array.from({ length: 40 }, (_, i): [string, TinyArticle] => [`quay${i}`, { text: 'quay' }]);
    const articles: Articles = {
      ...Object.fromEntries(common),
      rare: { text: 'zeppelin' },
      both: { text: 'quay ark' },
    };
    const { hits, total } = await searchIn(articles, 'quay zeppelin ark');
    expect(namesOf(hits).sort()).toEqual(['both', 'rare']);
    expect(total).toEqual({ count: 2, allWords: 0, exact: true });
  });

  it('come before one with more of the words where theirs say more', async () => {
    const title: Articles = {
      ...Object.fromEntries(
        Array.from({ length: 8 }, (_, i) => [`more${i}`, { text: 'settings, and other settings' }]),
      ),
      named: { title: 'Component templates', text: 'Parts that several indexes share.' },
      other: { title: 'Mappings', text: 'A component of an index, like templates for lists.\n\nThe settings.' },
    };
    const { hits } = await searchIn(title, 'component templates settings');
    expect(hits.slice(0, 2).map(({ article, missing }) => [article.path, missing])).toEqual([
      ['named.md', ['settings']],
      ['other.md', []],
    ]);
  });

  it('hold the parts of a hyphened word apart, which is not all', async () => {
    const articles: Articles = {
      apart: { text: 'a gun propelled by itself, with a self of its own' },
      joined: { text: 'a self-propelled gun' },
      none: { text: 'a quay' },
    };
    const { hits, total } = await searchIn(articles, 'self-propelled gun');
    expect(hits.map(({ article, missing }) => [article.path, missing])).toEqual([
      ['joined.md', []],
      ['apart.md', ['self-propelled']],
    ]);
    expect(total).toEqual({ count: 2, allWords: 1, exact: true });
    expect(namesOf((await searchIn(articles, 'self-propelled', { match: 'all' })).hits)).toEqual(['joined']);
  });

  it('miss no alternative that another one stands for', async () => {
    const { hits } = await searchIn(
      {
        a: { text: 'quay and lane, quay and lane' },
        b: { text: 'quay, lane, harbour' },
        c: { text: 'lane, harbour and more, and still more' },
      },
      '(quay OR pier) (town OR village) lane harbour',
    );
    expect(Object.fromEntries(hits.map(({ article, missing }) => [article.path, missing]))).toEqual({
      'a.md': ['town', 'village', 'harbour'],
      'b.md': ['town', 'village'],
      'c.md': ['quay', 'pier', 'town', 'village'],
    });
  });

  it('never miss a function word beside other words', async () => {
    const { hits, total } = await searchIn(rockets, 'what about the rockets');
    expect(hits.map(({ missing }) => missing)).toEqual([[], [], []]);
    expect(total).toEqual({ count: 3, allWords: 3, exact: true });
  });

  it('are those with a function word where nothing else is asked for', async () => {
    const { hits } = await searchIn({ a: { text: 'to be or not to be' }, b: { text: 'a quay' } }, 'to be or not to be');
    expect(namesOf(hits)).toEqual(['a']);
    expect(hits[0]?.paragraphs.flatMap(marked)).toEqual(['to be or not to be'.split(' ')].flat());
  });

  it('obey conditions and exclusions', async () => {
    const { hits } = await searchIn(
      {
        a: { text: 'quay', source: 'Wire' },
        b: { text: 'quay, mine-laying', source: 'Wire' },
        c: { text: 'quay, laying a mine', source: 'Wire' },
        d: { text: 'quay', source: 'Post' },
      },
      'quay lane -mine-laying source:wire',
    );
    expect(namesOf(hits).sort()).toEqual(['a', 'c']);
  });

  it.each<[query: string, asked: Partial<SearchRequest>, names: string[], why: string]>([
    ['rockets hit harbour', { match: 'all' }, ['all'], 'where all words are asked for'],
    ['rockets +hit harbour', {}, ['all'], 'where the word that they lack is marked'],
    ['rockets +harbour', {}, ['all', 'two'], 'which may be in several'],
    ['rockets AND harbour', {}, ['all', 'two'], 'at AND'],
    ['+zeppelin rockets', {}, [], 'even where no article has it'],
    ['rockets the zeppelin', { match: 'all' }, [], 'nor where all are asked for'],
    ['rockets with harbour', { match: 'all' }, ['all', 'two'], 'of which function words are none'],
  ])('are left out of %j %j: %s', async (query, asked, names) => {
    const { hits, total } = await searchIn(rockets, query, asked);
    expect(namesOf(hits).sort()).toEqual(names);
    expect(hits.flatMap(({ missing }) => missing).filter((word) => word !== 'rockets')).toEqual([]);
    expect(total.count).toBe(names.length);
  });

  it('are not counted where all words are asked for', async () => {
    const { total } = await searchIn(rockets, 'rockets hit harbour', { match: 'all' });
    expect(total).toEqual({ count: 1, allWords: 1, exact: true });
  });
});

describe('a quoted phrase', () => {
  const harbour: Articles = {
    apart: { text: 'The harbour of Odesa, and grain.' },
    turned: { text: 'The grain harbour.' },
    none: { text: 'A quiet day.' },
  };

  it('is asked for in any case where an article has it', async () => {
    const { hits, problems } = await searchIn(harbour, '"grain harbour" odesa');
    expect(hits.map(({ article, missing }) => [article.path, missing])).toEqual([['turned.md', ['odesa']]]);
    expect(problems).toEqual([]);
  });

  it('that no article has is looked for word by word, and a problem says so', async () => {
    const { hits, problems, total } = await searchIn(harbour, '"harbour grain"');
    expect(namesOf(hits).sort()).toEqual(['apart', 'turned']);
    expect(problems.map(({ code }) => code)).toEqual(['no-phrase']);
    expect(total).toEqual({ count: 2, allWords: 2, exact: true });
    expect(hits.flatMap(({ paragraphs }) => paragraphs.flatMap(marked)).sort()).toEqual([
      'grain',
      'grain',
      'harbour',
      'harbour',
    ]);
  });

  it('whose words no article has either finds nothing, and needs no excuse', async () => {
    const { total, problems } = await searchIn(harbour, '"zeppelin landing"');
    expect({ count: total.count, problems }).toEqual({ count: 0, problems: [] });
  });

  it('is looked for word by word as strictly as all words are asked for', async () => {
    const articles: Articles = { ...harbour, one: { text: 'A harbour.' } };
    expect(namesOf((await searchIn(articles, '"harbour grain"', { match: 'all' })).hits).sort()).toEqual([
      'apart',
      'turned',
    ]);
    expect((await searchIn(articles, '"harbour grain"')).total).toEqual({ count: 2, allWords: 2, exact: true });
  });
});

describe('a word that is spelled right, but seldom, beside a very common one', () => {
  it('comes first as typed, then as it is commonly spelled, which is suggested', async () => {
    const common = Array.from({ length: 60 }, (_, i): [string, TinyArticle] => [
      `common${i}`,
      { title: 'Government', text: 'The government met. The government of the day, the government.' },
    ]);
    const typed: Articles = {
      typed: { title: 'News', text: 'A long day, and nothing but rain. The goverment slept.' },
    };
    const { hits, suggestion, total, understood } = await searchIn(
      { ...Object.fromEntries(common), ...typed },
      'goverment',
    );
    expect(namesOf(hits)[0]).toBe('typed');
    expect(total.count).toBe(61);
    expect(suggestion).toBe('government');
    expect(understood.text).toBe('goverment (also: government)');
  });
});

const vocabulary = [
  'quay',
  'lane',
  'harbour',
  'harbours',
  'self',
  'propelled',
  'self-propelled',
  '東京',
  '東京都',
  '京都',
  '6,000',
];
const articleTexts = fc.array(
  fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 6 }).map((all) => all.join(' ')),
  { minLength: 1, maxLength: 14 },
);
const queryParts = fc.oneof(
  fc.constantFrom(...vocabulary, 'har*', 'harbuor', '-lane', 'title:quay', '(quay OR lane)', 'OR'),
  fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 3 }).map((all) => `"${all.join(' ')}"`),
  fc.constant('"6\u00a0000 quay"'),
);
const queries = fc.array(queryParts, { maxLength: 4 }).map((parts) => parts.join(' '));

describe('pages', () => {
  it('put together are one long page: no article is left out, none comes twice', async () => {
    const sorts = fc.constantFrom('relevance', 'newest', 'oldest');
    await fc.assert(
      fc.asyncProperty(
        articleTexts,
        fc.array(queries, { minLength: 4, maxLength: 8 }),
        sorts,
        async (texts, asked, sort) => {
          const articles = texts.map((text, i): [string, TinyArticle] => [
            `a${i}`,
            { title: text.slice(0, 9), text, ...(i % 3 > 0 && { date: `2022-09-1${i % 5}` }) },
          ]);
          await withEmbedded(corpusOf(Object.fromEntries(articles)), async (searchable) => {
            for (const query of asked) await expectPagesToFit(query, sort, searchable);
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  async function expectPagesToFit(query: string, sort: SearchRequest['sort'], searchable: Searchable): Promise<void> {
    const whole = await search(requestOf(query, { sort, limit: 50 }), searchable);
    const paged: Hit[] = [];
    for (let offset = 0; offset < whole.total.count + 3; offset += 3) {
      const page = await search(requestOf(query, { sort, offset, limit: 3 }), searchable);
      expect(page.total).toEqual(whole.total);
      expect(page.facets).toEqual(whole.facets);
      paged.push(...page.hits);
    }
    expect(paged).toEqual(whole.hits);
    expect(new Set(namesOf(paged)).size).toBe(whole.total.count);
    const ranked = await rankArticles(requestOf(query, { sort, limit: 50 }), searchable);
    const read = await Promise.all(ranked.map((article) => searchable.store.readArticle(article)));
    expect(read.map(({ path }) => path.replace('.md', ''))).toEqual(namesOf(whole.hits));
  }
});

describe('facets', () => {
  const articles: Articles = {
    a: { text: 'quay', source: 'Wire', tags: ['war', 'sea'], date: '2022-01-01', authors: ['Ann'] },
    b: { text: 'quay', source: 'Post', tags: ['war'], date: '2021-01-01', language: 'uk' },
    c: { text: 'lane', source: 'Wire', tags: ['law'] },
  };

  it('count the values of what matches, the most frequent first', async () => {
    const { facets } = await searchIn(articles, 'quay');
    expect(facets).toEqual({
      source: [
        { value: 'Post', count: 1, selected: false },
        { value: 'Wire', count: 1, selected: false },
      ],
      author: [{ value: 'Ann', count: 1, selected: false }],
      tag: [
        { value: 'war', count: 2, selected: false },
        { value: 'sea', count: 1, selected: false },
      ],
      language: [
        { value: 'en', count: 1, selected: false },
        { value: 'uk', count: 1, selected: false },
      ],
      year: [
        { value: '2021', count: 1, selected: false },
        { value: '2022', count: 1, selected: false },
      ],
    });
  });

  it('show of the chosen facet what the other values would give, and narrow the others', async () => {
    const { facets, total, hits } = await searchIn(articles, 'quay', { facets: { source: ['Post'] } });
    expect(total.count).toBe(1);
    expect(namesOf(hits)).toEqual(['b']);
    expect(facets.source).toEqual([
      { value: 'Post', count: 1, selected: true },
      { value: 'Wire', count: 1, selected: false },
    ]);
    expect(facets.tag).toEqual([{ value: 'war', count: 1, selected: false }]);
  });

  it('show chosen values that nothing has, so that they can be given up', async () => {
    const { facets, total } = await searchIn(articles, 'quay', { facets: { tag: ['law', '<b>'], year: ['2020'] } });
    expect(total.count).toBe(0);
    expect(facets.tag).toEqual([
      { value: 'law', count: 0, selected: true },
      { value: '<b>', count: 0, selected: true },
    ]);
    expect(facets.year).toEqual([{ value: '2020', count: 0, selected: true }]);
  });

  it('take any value of one facet, and all facets', async () => {
    const any = await searchIn(articles, '', { facets: { source: ['Post', 'Wire'], tag: ['war', 'law'] } });
    expect(namesOf(any.hits)).toEqual(['a', 'b', 'c']);
    expect(namesOf((await searchIn(articles, '', { facets: { source: ['Wire'], tag: ['war'] } })).hits)).toEqual(['a']);
  });

  it('add up over articles with all and with most of the words', async () => {
    const { facets, total } = await searchIn(articles, 'zeppelin');
    expect(total.count).toBe(0);
    const both = await searchIn({ ...articles, d: { text: 'pier' }, e: { text: 'pier' } }, 'quay lane');
    expect(both.total.count).toBe(3);
    expect(facets.source).toEqual([]);
    expect(both.facets.source).toEqual([
      { value: 'Wire', count: 2, selected: false },
      { value: 'Post', count: 1, selected: false },
    ]);
  });

  it('show as many values as are published, and all that are chosen', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `tag${String(i).padStart(2, '0')}`);
    const { facets } = await searchIn(
      { a: { text: 'quay', tags: many.slice(0, 50) }, b: { text: 'quay', tags: many.slice(50) } },
      'quay',
      { facets: { tag: ['tag59'] } },
    );
    expect(facets.tag).toHaveLength(limits.facetValues + 1);
    expect(facets.tag.at(-1)).toEqual({ value: 'tag59', count: 1, selected: true });
  });

  it('restrict by day, both ends included', async () => {
    const asked = { from: '2021-01-01', to: '2021-12-31' };
    expect(namesOf((await searchIn(articles, '', asked)).hits)).toEqual(['b']);
    expect(namesOf((await searchIn(articles, '', { to: '2022-01-01' })).hits)).toEqual(['a', 'b']);
  });
});

describe('what a search understood', () => {
  it('is printed, with what was added beside other forms of the words', async () => {
    const { understood, suggestion } = await searchIn(izyum, 'ROCKET izyun "the town"');
    expect(understood.text).toBe('ROCKET izyun "the town" (also: izyum)');
    expect(understood.words.map(({ word }) => word)).toEqual(['ROCKET', 'izyun', 'the', 'town']);
    expect(suggestion).toBe('ROCKET izyum "the town"');
  });

  it('needs no suggestion where all words are there, or nothing is like them', async () => {
    for (const query of ['izyum', '', 'zzzzzz', '-izyun', 'rockets -izyun']) {
      expect((await searchIn(izyum, query)).suggestion).toBeNull();
    }
  });

  it('leaves misspellings alone where that was asked for', async () => {
    const { total, suggestion, understood } = await searchIn(izyum, 'izyun', { correctsTypos: false });
    expect({ count: total.count, suggestion, text: understood.text }).toEqual({
      count: 0,
      suggestion: null,
      text: 'izyun',
    });
  });

  it('has completions of the word being typed', async () => {
    const { understood, hits } = await searchIn(izyum, 'harbour izy', { isTyping: true });
    expect(understood.text).toBe('harbour izy (also: izyum)');
    expect(namesOf(hits)[0]).toBe('b');
  });
});

describe('a search that ends early', () => {
  it('throws the reason of its signal', async () => {
    await withEmbedded(corpusOf(izyum), async (searchable) => {
      const reason = new Error('the reader left');
      await expect(search(requestOf('izyum'), searchable, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });
  });

  it('reads no texts once it is aborted', async () => {
    await withEmbedded(corpusOf(izyum), async (searchable) => {
      const { engine, store } = searchable;
      const controller = new AbortController();
      const read: string[] = [];
      const watched: Searchable = {
        ...searchable,
        engine: {
          dictionary: engine.dictionary,
          execute: async (request, signal) => {
            const answer = await engine.execute(request, signal);
            controller.abort();
            return answer;
          },
          status: () => engine.status(),
          close: async () => undefined,
        },
        store: {
          find: (id) => store.find(id),
          findPath: (path) => store.findPath(path),
          readArticle: (article) => store.readArticle(article),
          readParagraph: (paragraph) => store.readParagraph(paragraph),
          readPassages: async (article, paragraphs) => {
            read.push(`article ${article}`);
            return store.readPassages(article, paragraphs);
          },
          readOpening: (article, limit) => {
            read.push(`article ${article}`);
            return store.readOpening(article, limit);
          },
          readParagraphs: (article) => store.readParagraphs(article),
          close: async () => undefined,
        },
      };
      await expect(search(requestOf('izyum'), watched, { signal: controller.signal })).rejects.toThrow(/abort/i);
      expect(read).toEqual([]);
    });
  });

  it('answers nothing where time had run out before it began, and says so', async () => {
    await withEmbedded(corpusOf(izyum), async (searchable) => {
      const { engine } = searchable;
      const late: Searchable = {
        ...searchable,
        engine: {
          dictionary: engine.dictionary,
          execute: (request, signal) => engine.execute({ ...request, deadline: performance.now() - 1 }, signal),
          status: () => engine.status(),
          close: async () => undefined,
        },
      };
      const { partial, total, hits } = await search(requestOf('izyum rockets'), late);
      expect({ partial, exact: total.exact, hits: hits.length }).toEqual({ partial: true, exact: false, hits: 0 });
    });
  });

  it('gives the engine the published time', async () => {
    await withEmbedded(corpusOf(izyum), async (searchable) => {
      const { deadlines, watched } = watchDeadlines(searchable);
      const started = performance.now();
      await search(requestOf('"izyum rockets"'), watched);
      // The phrase and its words share one deadline.
      expect(new Set(deadlines).size).toBe(1);
      expect(deadlines).toHaveLength(2);
      expect(deadlines[0]).toBeGreaterThan(started + limits.searchMs - 1);
    });
  });

  it('does not end the ranking of one who has no clock', async () => {
    await withEmbedded(corpusOf(izyum), async (searchable) => {
      const { deadlines, watched } = watchDeadlines(searchable);
      await rankArticles(requestOf('izyum rockets'), watched, { timeMs: Number.POSITIVE_INFINITY });
      expect(new Set(deadlines)).toEqual(new Set([Number.POSITIVE_INFINITY]));
    });
  });

  it('makes no ranking of what was found in time', async () => {
    await withEmbedded(corpusOf(izyum), async (searchable) => {
      await expect(rankArticles(requestOf('izyum rockets'), searchable, { timeMs: -1 })).rejects.toMatchObject({
        code: 'unavailable',
        message: '"izyum rockets" is not answered within -1 ms',
      });
    });
  });
});

/** The same searchable, and the deadlines that its engine is given from now on. */
function watchDeadlines(searchable: Searchable): { readonly deadlines: number[]; readonly watched: Searchable } {
  const deadlines: number[] = [];
  const { engine } = searchable;
  const watched: Searchable = {
    ...searchable,
    engine: {
      dictionary: engine.dictionary,
      execute: (request, signal) => {
        deadlines.push(request.deadline);
        return engine.execute(request, signal);
      },
      status: () => engine.status(),
      close: async () => undefined,
    },
  };
  return { deadlines, watched };
}

describe('search in Vietnamese', () => {
  const village: Articles = {
    pharmacy: { title: 'Hiệu thuốc', text: 'Người bán dược phẩm ở chợ.' },
    bridge: { title: 'Cây cầu', text: 'Cầu mới được xây ở bến sông.' },
    bare: { title: 'Cau cu', text: 'Cau cu duoc xay lai.' },
    cafe: { title: 'Café', text: 'A café beside the harbour.' },
  };

  it('finds all marks for a word that is typed without', async () => {
    const { hits } = await searchIn(village, 'duoc');
    expect(namesOf(hits).sort()).toEqual(['bare', 'bridge', 'pharmacy']);
    expect(hits.flatMap(({ paragraphs }) => paragraphs.flatMap(marked)).sort()).toEqual(['duoc', 'dược', 'được']);
  });

  it.each([
    ['được', 'bridge', 'được'],
    ['dược', 'pharmacy', 'dược'],
    ['ĐƯỢC', 'bridge', 'được'],
    ['cầu', 'bridge', 'Cầu'],
  ])('finds for %j first what is written so', async (query, name, stretch) => {
    const { hits } = await searchIn(village, query);
    expect(namesOf(hits)[0]).toBe(name);
    expect(hits[0]?.paragraphs.flatMap(marked)).toContain(stretch);
    expect(namesOf(hits)).toContain('bare');
  });

  it('finds phrases with marks and without', async () => {
    expect(namesOf((await searchIn(village, '"được xây"')).hits)).toEqual(['bridge', 'bare']);
    expect(namesOf((await searchIn(village, '"duoc pham"')).hits)).toEqual(['pharmacy']);
  });

  it('folds the accents of other languages as before', async () => {
    expect(namesOf((await searchIn(village, 'cafe')).hits)).toEqual(['cafe']);
    expect(namesOf((await searchIn(village, 'café')).hits)).toEqual(['cafe']);
  });
});
