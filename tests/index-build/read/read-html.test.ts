/** HTML pages: main content only, data from meta tags and JSON-LD. */
import { describe, expect, it } from 'vitest';
import { readHtml } from '../../../index-build/read/read-html.ts';

function read(html: string, path = 'pages/a-page.html') {
  const { articles, problems } = readHtml(html, path);
  const [article] = articles;
  if (article === undefined) throw new Error('expected an article');
  return { article, problems, blocks: article.blocks.map(({ kind, heading, text }) => [kind, heading, text]) };
}

const texts = (html: string) => read(html).blocks.map(([, , text]) => text);

describe('readHtml', () => {
  it('leaves out what frames the article', () => {
    const html = `<html><head><title>T</title><style>p{}</style></head><body>
      <header>Site name</header><nav>Menu</nav><div role="navigation">More menu</div>
      <p>Text</p><aside>Aside</aside><form>Search <input><button>Go</button></form>
      <script>alert(1)</script><noscript>No script</noscript><template>T</template><svg><text>S</text></svg>
      <iframe>I</iframe><select><option>O</select><p hidden>Hidden</p><p aria-hidden="true">Hidden</p>
      <footer>Footer</footer></body></html>`;
    expect(texts(html)).toEqual(['Text']);
  });

  it.each([
    ['<p>out</p><main><p>in</p></main>', ['in'], 'main'],
    ['<p>out</p><article><p>in</p></article>', ['in'], 'an article'],
    [
      '<article>one<article>nested</article></article><p>out</p><article>two</article>',
      ['one', 'nested', 'two'],
      'all articles',
    ],
    ['<main><p>out</p><article><p>the text itself</p></article></main>', ['the text itself'], 'the article in main'],
    [
      '<main><p>a long text of many words</p><article>teaser</article></main>',
      ['a long text of many words', 'teaser'],
      'main, where its articles are small',
    ],
    ['<nav><article>no</article></nav><div role="main">in</div><p>out</p>', ['in'], 'a part marked as main'],
    [
      '<article><header><h1>T</h1><p>By me</p></header>in<footer>no</footer></article>',
      ['By me', 'in'],
      'headers in articles',
    ],
    ['<blockquote>quote<footer>its author</footer></blockquote>', ['quote', 'its author'], 'footers in quotes'],
    ['<p>only a body', ['only a body'], 'else the body'],
  ])('reads the main content of %j', (html, expected) => {
    expect(texts(html)).toEqual(expected);
  });

  it('gives every kind of block its kind and heading', () => {
    const { article, blocks } = read(`<h1>Title</h1>loose <b>text</b><p>para<p>graph
      <h2>Sec<i>tion</i></h2><ul><li>item <ul><li>nested</li></ul></li><li><p>in p</p></li></ul>
      <dl><dt>term</dt><dd>definition</dd></dl><blockquote><p>quote</p></blockquote>
      <pre>  a &lt; b\n\n  c</pre><figure><img alt="alt"><figcaption>caption</figcaption></figure>
      <table><caption>table</caption><thead><tr><th>a<th>b</thead><tr><td><p>c</p><p>d</p><td></td><td>e<br>f</table>
      <p><img alt="alone"></p><p>with <img alt="not alone"> text</p>`);
    expect(article.title).toBe('Title');
    expect(blocks).toEqual([
      ['text', null, 'loose text'],
      ['text', null, 'para'],
      ['text', null, 'graph'],
      ['item', 'Section', 'item'],
      ['item', 'Section', 'nested'],
      ['item', 'Section', 'in p'],
      ['item', 'Section', 'term'],
      ['item', 'Section', 'definition'],
      ['quote', 'Section', 'quote'],
      ['code', 'Section', '  a < b\n\n  c'],
      ['caption', 'Section', 'caption'],
      ['caption', 'Section', 'table'],
      ['row', 'Section', 'a | b'],
      ['row', 'Section', 'c d | e f'],
      ['caption', 'Section', 'alone'],
      ['text', 'Section', 'with text'],
    ]);
  });

  it.each([
    ['a<br>b', ['a b'], 'a line break is a space'],
    ['a<br><br>b<br> <br/>c', ['a', 'b', 'c'], 'two of them part paragraphs'],
    ['<p>x<span>y</span><b>z</b></p>', ['xyz'], 'inline elements do not part words'],
    ['<div>a<div>b</div>c</div>', ['a', 'b', 'c'], 'blocks do'],
    ['&lt;b&gt; &amp;amp; &nbsp;&eacute; ver&shy;y', ['<b> &amp; é very'], 'entities are resolved once'],
    ['<ruby>東京<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>都', ['東京都'], 'readings beside words are left out'],
    ['<p>{{Sidebar("x")}}</p><p>a {{b}}</p>', ['a {{b}}'], 'blocks of macro calls only are left out'],
    [
      '<table><tr><td><h2>Lay</h2><p>out</p><td><p>table</p></table>',
      ['out', 'table'],
      'tables that lay out pages are no data',
    ],
    ['<table><tr><td>a<table><tr><td>b<td>c</table></table>', ['a', 'b | c'], 'tables around tables neither'],
    ['<!-- comment --><![CDATA[x]]>text', ['text'], 'comments are left out'],
  ])('reads %j: %j', (html, expected) => {
    expect(texts(html)).toEqual(expected);
  });

  it('reads data from meta tags', () => {
    const { article, problems } = read(`<html lang="en-GB"><head><title>T | Site</title>
      <meta property="og:title" content="OG title"><meta name="Author" content="Jane Doe and John Roe">
      <meta property="article:published_time" content="2022-09-10T08:00:00+03:00">
      <meta property="og:site_name" content="The Courier"><link rel="canonical" href="https://example.org/a">
      <meta property="article:tag" content="war"><meta property="article:tag" content="Izium, city">
      <meta name="__proto__" content="x"></head><body><p>Text</body></html>`);
    expect(article).toMatchObject({
      title: 'OG title',
      authors: ['Jane Doe', 'John Roe'],
      date: '2022-09-10',
      source: 'The Courier',
      url: 'https://example.org/a',
      tags: ['war', 'Izium, city'],
      language: 'en',
      guessed: [],
    });
    expect(problems).toEqual([]);
  });

  it('reads data from JSON-LD, alone, in lists and in graphs', () => {
    const node = {
      '@type': 'NewsArticle',
      headline: 'LD title',
      datePublished: '2022-09-10',
      author: [{ name: 'Jane Doe' }, { name: 'John Roe' }],
      publisher: { name: 'The Courier' },
      keywords: 'a,b',
    };
    for (const value of [node, [{ '@type': 'WebSite' }, node], { '@graph': [{ '@type': 'WebPage' }, node] }]) {
      const html = `<script type="application/ld+json">${JSON.stringify(value)}</script><p>Text`;
      expect(read(html).article).toMatchObject({
        title: 'LD title',
        date: '2022-09-10',
        authors: ['Jane Doe', 'John Roe'],
        source: 'The Courier',
        tags: ['a', 'b'],
      });
    }
  });

  it('reports JSON-LD that is broken and goes on', () => {
    const { article, problems } = read('<script type="application/ld+json">{broken</script><p>Text');
    expect(article.blocks).toHaveLength(1);
    expect(problems).toMatchObject([{ severity: 'warning', reason: expect.stringContaining('JSON-LD') }]);
  });

  it.each([
    ['---\ntitle: FM\n---\n<title>P</title><meta property="og:title" content="OG"><h1>H</h1>x', 'FM', []],
    ['<title>P</title><meta property="og:title" content="OG"><main><h1>H</h1>x</main>', 'OG', []],
    ['<title>P</title><main><h1>H</h1>x</main>', 'H', []],
    ['<title>P</title><meta property="og:title" content="OG"><p>x', 'OG', []],
    ['<title>Page | Site</title><p>x', 'Page | Site', []],
    ['<h3>Top</h3><p>x', 'Top', ['title']],
    ['<p>x', 'A page', ['title']],
  ])('takes the title of %j as %j', (html, title, guessed) => {
    expect(read(html).article).toMatchObject({ title, guessed });
  });

  it('reads pages that begin with front matter', () => {
    const { article, blocks } = read('---\ntitle: Subgrid\ntags:\n  - CSS\n---\n<p>Level <code>2</code></p>');
    expect(article).toMatchObject({ title: 'Subgrid', tags: ['CSS'] });
    expect(blocks).toEqual([['text', null, 'Level 2']]);
  });

  it('takes a marked time as the date, and any other in the text as a guess', () => {
    const marked =
      '<p>x <time datetime="2020-01-01">then</time> <time itemprop="datePublished" datetime="2022-09-10T10:00">now</time>';
    expect(read(marked).article).toMatchObject({ date: '2022-09-10' });
    expect(read(marked).article.guessed).not.toContain('date');
    expect(read('<p>x <time datetime="2020-01-01">then</time>').article).toMatchObject({ date: '2020-01-01' });
    expect(read('<p>x <time datetime="2020-01-01">then</time>').article.guessed).toContain('date');
  });

  it('leaves out a relative canonical address and reports one that is no web address', () => {
    expect(read('<link rel="canonical" href="/a"><p>x')).toMatchObject({ article: { url: null }, problems: [] });
    const { article, problems } = read('<link rel="canonical" href="javascript:alert(1)"><p>x');
    expect(article.url).toBeNull();
    expect(problems).toHaveLength(1);
  });

  it('keeps script in titles as text', () => {
    const { article } = read('<title><script>alert(1)</script></title><p>&lt;script&gt;');
    expect(article).toMatchObject({ title: '<script>alert(1)</script>', blocks: [{ text: '<script>' }] });
  });

  it.each([
    ['<div>', 50_000],
    ['<table><tr><td>', 20_000],
    ['<ul><li>', 30_000],
    ['<article>', 30_000],
    ['<main>', 30_000],
    ['<blockquote><b>', 20_000],
  ])('keeps the text below %s nested %i times, flat, and says so', (tag, times) => {
    const { blocks, problems } = read(`<p>top</p>${tag.repeat(times)}deep words`);
    expect(blocks.map(([, , text]) => text).join(' ')).toContain('deep words');
    expect(problems).toMatchObject([{ severity: 'warning', reason: expect.stringContaining('deeper') }]);
  });

  it('says so where a page has no text', () => {
    expect(read('<title>T</title><nav>only</nav>')).toMatchObject({
      article: { title: 'T', blocks: [{ text: 'T' }] },
      problems: [{ reason: expect.stringContaining('no text') }],
    });
  });
});
