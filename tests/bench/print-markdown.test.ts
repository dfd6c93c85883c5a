import { describe, expect, it } from 'vitest';
import { type PreparedArticle, prepareArticle } from '../../index-build/prepare-article.ts';
import { readMarkdown } from '../../index-build/read/read-markdown.ts';
import type { ParagraphKind } from '../../src/domain/article.ts';
import type { ArticleId, ParagraphId } from '../../src/domain/ids.ts';
import { printMarkdown } from './print-markdown.ts';

describe('printMarkdown', () => {
  it.each<[ParagraphKind, string]>([
    ['text', 'plain words'],
    ['text', '# not a heading'],
    ['text', '- not an item, + nor * this'],
    ['text', '1986. A year, not a list'],
    ['text', '12) neither'],
    ['text', '> not a quote <b>not bold</b> & &amp; not an entity'],
    ['text', '*a* _b_ `c` [d](e) ![f](g) ~~h~~ \\i {: .note } {% tag %} {#id}'],
    ['text', '=== and --- and ***'],
    ['text', '---'],
    ['text', '| a | b |'],
    ['item', 'an item with - signs'],
    ['item', '{{OnlyMacro("x")}}'],
    ['quote', 'a quote, > twice'],
    ['code', 'if (a < b) {\n  return "~~~";\n\n}\n~~~~'],
    ['code', '    indented\n\tand tabbed'],
    ['row', 'cell | another'],
    ['row', '{{Macro}}'],
    ['caption', 'What the picture shows'],
  ])('writes a paragraph of kind %s so that it reads back: %j', (kind, text) => {
    expect(readBack(article([{ kind, text }]))).toEqual([text]);
  });

  it('keeps paragraphs of all kinds apart, under their headings', () => {
    const paragraphs = [
      { kind: 'text', text: 'before any heading' },
      { kind: 'item', text: 'one', heading: 'A & <b>' },
      { kind: 'item', text: 'two', heading: 'A & <b>' },
      { kind: 'text', text: 'three', heading: 'A & <b>' },
      { kind: 'quote', text: 'four', heading: 'Another #' },
      { kind: 'quote', text: 'five', heading: 'Another #' },
      { kind: 'code', text: 'six', heading: 'Another #' },
    ] as const;
    const { blocks } = readArticle(article(paragraphs));
    expect(blocks.map(({ heading, text }) => ({ heading, text }))).toEqual(
      paragraphs.map((paragraph) => ({ heading: null, ...paragraph })).map(({ heading, text }) => ({ heading, text })),
    );
  });

  it('keeps what the article says of itself', () => {
    const { title, date, source, authors, tags, language, url } = readArticle(article([{ kind: 'text', text: 'x' }]));
    expect({ title, date, source, authors, tags, language, url }).toEqual({
      title: 'A "title": &amp; more',
      date: '2012-03-04',
      source: 'The Source',
      authors: ['Ana', 'Ben'],
      tags: ['one: two'],
      language: 'en',
      url: 'https://example.org/?a=1&b=2',
    });
  });
});

type SomeParagraph = { readonly kind: ParagraphKind; readonly text: string; readonly heading?: string };

function article(paragraphs: readonly SomeParagraph[]): PreparedArticle {
  return {
    data: {
      id: 'a.md' as ArticleId,
      path: 'a.md',
      title: 'A "title": &amp; more',
      date: '2012-03-04',
      source: 'The Source',
      authors: ['Ana', 'Ben'],
      tags: ['one: two'],
      language: 'en',
      url: 'https://example.org/?a=1&b=2',
      guessed: [],
    },
    paragraphs: paragraphs.map((paragraph, index) => ({
      heading: null,
      id: `a.md#p-${index}` as ParagraphId,
      ...paragraph,
    })),
  };
}

function readArticle(printed: PreparedArticle) {
  const { articles, problems } = readMarkdown(printMarkdown(printed), 'a.md');
  expect(problems).toEqual([]);
  expect(articles).toHaveLength(1);
  return articles[0] as (typeof articles)[number];
}

function readBack(printed: PreparedArticle): string[] {
  return prepareArticle(readArticle(printed)).paragraphs.map(({ text }) => text);
}
