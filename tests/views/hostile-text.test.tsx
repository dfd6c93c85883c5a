/** Whatever stands in an article, a query or an address, it stays text: pages keep their elements and attributes. */
import { describe, expect, it } from 'vitest';
import type { ArticleId, ParagraphId } from '../../src/domain/ids.ts';
import { ArticlePage } from '../../views/article-page.tsx';
import { ErrorFragment, ErrorPage } from '../../views/error-page.tsx';
import { HelpPage } from '../../views/help-page.tsx';
import { SearchFragment, SearchPage } from '../../views/search-page.tsx';
import { outlineOf, parseElements } from './parsed-page.ts';
import { frame, hit, results, searchPageData, searchRequest } from './sample-data.ts';

const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></textarea></style><script>alert(1)</script>',
  '<hx-partial hx-target="body">x</hx-partial>',
  '<!-- --><![CDATA[ ]]>',
  '&lt;script&gt;&amp;&#0;',
  '{{x}} <%= x %> #{x}',
  '\ud800 lone \udfff',
  '\u202eright to left\u2066',
  'NUL \0 and \u0007',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'javascript:alert(1)',
  'https://"><script>alert(1)</script>',
];

function renderEverything(text: string): readonly string[] {
  const article = {
    id: text as ArticleId,
    path: text,
    title: text,
    date: text,
    authors: [text, text],
    source: text,
    url: `https://${text}`,
    tags: [text],
    language: text,
  };
  const facet = [{ value: text, count: 1, selected: true }];
  const search = searchPageData({
    request: searchRequest({ query: text, facets: { source: [text], tag: [text] }, from: text, to: text }),
    notices: [text],
    results: results({
      query: text,
      understood: { text: `${text} understood`, words: [], owners: null },
      problems: [{ code: text, message: text, range: null }],
      suggestion: text,
      hits: [
        hit({
          article,
          titleHighlights: [[0, 1]],
          paragraphs: [
            {
              id: `${text}#p-1` as ParagraphId,
              kind: 'text',
              heading: text,
              headingHighlights: [[0, 1]],
              text,
              highlights: [[0, 1]],
              truncated: { start: true, end: true },
              href: text,
              source: `https://${text}`,
            },
          ],
          missing: [text],
        }),
      ],
      facets: { source: facet, author: facet, tag: facet, language: facet, year: facet },
    }),
    links: { search: () => '/', article: () => '/' },
  });
  const paragraphs = (['text', 'item', 'quote', 'row', 'code', 'caption'] as const).map((kind, index) => ({
    id: `${text}#p-${index}` as ParagraphId,
    kind,
    heading: `${text} ${index}`,
    text,
    highlights: [[0, 1]] as const,
  }));
  const data = {
    article: { ...article, guessed: [] },
    titleHighlights: [],
    paragraphs,
    query: text,
    resultsHref: '/',
    facetHref: () => '/',
    canonical: null,
  };
  const error = { status: 500, title: text, detail: text, requestId: text, retrySeconds: null };
  const help = { searchHref: () => '/', origin: text, canonical: null };
  return [
    `<!DOCTYPE html>${<SearchPage frame={frame} search={search} />}`,
    `${<SearchFragment search={search} />}`,
    `<!DOCTYPE html>${<ArticlePage frame={frame} data={data} />}`,
    `<!DOCTYPE html>${<ErrorPage frame={frame} error={error} />}`,
    `${<ErrorFragment error={error} />}`,
    `<!DOCTYPE html>${<HelpPage frame={frame} help={help} />}`,
  ];
}

describe('hostile text in every field', () => {
  const calm = renderEverything('calm').map(outlineOf);

  it.each(hostileTexts)('%j changes no element and no attribute', (text) => {
    expect(renderEverything(text).map(outlineOf)).toEqual(calm);
  });

  it.each(hostileTexts)('%j is no address to run code from', (text) => {
    const addresses = renderEverything(text)
      .flatMap(parseElements)
      .flatMap(({ attributes }) => [attributes.href, attributes.src, attributes.action, attributes['hx-get']])
      .filter((address) => address !== undefined);
    const strange = addresses.filter((address) => !/^(?:\/(?!\/)|#|https?:\/\/)/.test(address));
    expect(strange).toEqual([]);
  });

  it('shows the text as it is', () => {
    const [page = ''] = renderEverything('<b>"&\'');
    expect(parseElements(page).find(({ attributes }) => attributes.class === 'hit-title')?.text).toBe('<b>"&\'');
    expect(parseElements(page).find(({ attributes }) => attributes.id === 'q')?.attributes.value).toBe('<b>"&\'');
  });
});
