import { describe, expect, it } from 'vitest';
import type { ParagraphKind } from '../../src/domain/article.ts';
import type { ArticleId, ParagraphId } from '../../src/domain/ids.ts';
import {
  ArticlePage,
  type ArticlePageData,
  cutCells,
  groupParagraphs,
  type HighlightedParagraph,
} from '../../views/article-page.tsx';
import { parseElements } from './parsed-page.ts';
import { frame } from './sample-data.ts';

function paragraph(kind: ParagraphKind, text: string, heading: string | null = null): HighlightedParagraph {
  return { id: `odd#id.md#p-${text}` as ParagraphId, kind, heading, text, highlights: [] };
}

function renderArticle(paragraphs: readonly HighlightedParagraph[], changes: Partial<ArticlePageData> = {}) {
  const data: ArticlePageData = {
    article: {
      id: 'odd#id.md' as ArticleId,
      path: 'odd#id.md',
      title: 'A title',
      date: '2022-09-13',
      authors: ['Ana', 'Jörg'],
      source: 'Courier',
      url: null,
      tags: ['one', 'two'],
      language: 'uk',
      guessed: ['date', 'language'],
    },
    titleHighlights: [],
    paragraphs,
    query: 'x',
    resultsHref: '/?q=x',
    facetHref: (facet, value) => `/?${facet}=${value}`,
    canonical: 'https://search.example.org/articles/odd',
    ...changes,
  };
  return parseElements(`<!DOCTYPE html>${<ArticlePage frame={frame} data={data} />}`);
}

describe('the paragraphs of an article', () => {
  it('make lists and tables where they belong together', () => {
    const groups = groupParagraphs([
      paragraph('text', 'a'),
      paragraph('item', 'b'),
      paragraph('item', 'c'),
      paragraph('row', 'd'),
      paragraph('row', 'e'),
      paragraph('text', 'f'),
      paragraph('text', 'g'),
      paragraph('item', 'h'),
    ]);
    expect(groups.map(({ kind, paragraphs }) => `${kind} ${paragraphs.map(({ text }) => text).join('')}`)).toEqual([
      'text a',
      'item bc',
      'row de',
      'text f',
      'text g',
      'item h',
    ]);
  });

  it('begin a section where the heading changes', () => {
    const groups = groupParagraphs([
      paragraph('item', 'a'),
      paragraph('item', 'b', 'One'),
      paragraph('item', 'c', 'One'),
      paragraph('item', 'd', 'Two'),
      paragraph('item', 'e'),
    ]);
    expect(groups.map(({ heading, paragraphs }) => [heading, paragraphs.map(({ text }) => text).join('')])).toEqual([
      [null, 'a'],
      ['One', 'bc'],
      ['Two', 'd'],
      [null, 'e'],
    ]);
  });

  it.each<[ParagraphKind, string]>([
    ['text', 'p'],
    ['item', 'li'],
    ['quote', 'blockquote'],
    ['row', 'tr'],
    ['code', 'div'],
    ['caption', 'figure'],
  ])('of kind %s stand in <%s>, with an address and a link to it', (kind, element) => {
    const page = renderArticle([paragraph(kind, 'text')]);
    const target = page.find(({ attributes }) => attributes.id === 'p-text');
    expect(target?.name).toBe(element);
    expect(target?.text).toBe('text¶');
    expect(page.find(({ attributes }) => attributes.class === 'pilcrow')?.attributes.href).toBe('#p-text');
  });

  it('of tables fall into cells, with their highlights', () => {
    const row = {
      ...paragraph('row', 'Bridge | 1,366 m | open'),
      highlights: [
        [0, 6],
        [9, 14],
        [17, 23],
      ] as const,
    };
    expect(cutCells(row)).toEqual([
      { text: 'Bridge', ranges: [[0, 6]] },
      { text: '1,366 m', ranges: [[0, 5]] },
      { text: 'open', ranges: [[0, 4]] },
    ]);
    const cells = renderArticle([row]).filter(({ name }) => name === 'td');
    expect(cells.map(({ text }) => text)).toEqual(['Bridge', '1,366 m', 'open¶']);
  });

  it('of tables stand in a region that takes the focus, each with a name of its own', () => {
    const page = renderArticle([paragraph('row', 'a'), paragraph('text', 'b'), paragraph('row', 'c')]);
    const regions = page.filter(({ name }) => name === 'section');
    expect(regions.map(({ attributes, text }) => [attributes['aria-label'], attributes.tabindex, text])).toEqual([
      ['Table 1', '0', 'a¶'],
      ['Table 2', '0', 'c¶'],
    ]);
  });

  it('keep the lines of code', () => {
    const page = renderArticle([paragraph('code', 'if x:\n    y()\n')]);
    expect(page.find(({ name }) => name === 'pre')?.text).toBe('if x:\n    y()\n');
  });
});

describe('the reader page', () => {
  it('shows what the article says of itself', () => {
    const page = renderArticle([]);
    const story = page.find(({ name }) => name === 'article');
    expect(story?.attributes.lang).toBe('uk');
    expect(story?.text).toBe('Courier13 September 2022A titleBy Ana, Jörg');
    expect(page.find(({ name }) => name === 'dl')?.text).toMatch(/LanguageUkrainian.*Guesseddate, language/);
    expect(page.find(({ attributes }) => attributes.rel === 'canonical')?.attributes.href).toBe(
      'https://search.example.org/articles/odd',
    );
  });

  it('leads to the first paragraph that matches, and back', () => {
    const page = renderArticle([
      paragraph('text', 'a'),
      { ...paragraph('text', 'b'), highlights: [[0, 1]] },
      { ...paragraph('text', 'c'), highlights: [[0, 1]] },
    ]);
    const jump = page.find(({ text, name }) => name === 'a' && text.includes('match'));
    expect([jump?.text, jump?.attributes.href]).toEqual(['2 paragraphs match ↓', '#p-b']);
    expect(page.find(({ attributes }) => attributes.id === 'back')?.attributes.href).toBe('/?q=x');
  });

  it.each([
    ['https://courier.example/a', ['https://courier.example/a']],
    ['javascript:alert(1)', []],
  ])('links to the original at %s: %j', (url, expected) => {
    const article = { ...articleOf(), url };
    const links = renderArticle([], { article }).filter(({ attributes }) => attributes.rel === 'external noopener');
    expect(links.map(({ attributes }) => attributes.href)).toEqual(expected);
  });
});

function articleOf(): ArticlePageData['article'] {
  return {
    id: 'a' as ArticleId,
    path: 'a',
    title: '',
    date: null,
    authors: [],
    source: null,
    url: null,
    tags: [],
    language: null,
    guessed: [],
  };
}
