/** Whole pages as newsrooms, blogs and generators publish them: the article without its frame, under its own title. */
import { describe, expect, it } from 'vitest';
import { readHtmlMetadata } from '../../../index-build/read/html-metadata.ts';
import { parsePage } from '../../../index-build/read/parse-html.ts';
import { readHtml } from '../../../index-build/read/read-html.ts';

function read(html: string) {
  const { articles, problems } = readHtml(html, 'pages/a-page.html');
  const [article] = articles;
  if (article === undefined) throw new Error('expected an article');
  return { article, problems, texts: article.blocks.map(({ text }) => text) };
}

const prose = (topic: string) =>
  `<p>The ${topic} was full of people that morning, and nobody, said the harbour master, wanted to leave.</p>` +
  `<p>By noon the rain had come; the ${topic} emptied, and only gulls stayed until the evening ferry.</p>`;

const proseTexts = (topic: string) => [...prose(topic).matchAll(/<p>(.*?)<\/p>/g)].map(([, text]) => text);

const links = (words: string) => words.replace(/\w+/g, '<li><a href="/$&">$&</a></li>');

describe('the frame of a page', () => {
  it.each([
    [
      'a theme of divs',
      `<div class="top-nav"><ul>${links('Home World')}</ul></div>`,
      '<div class="site-footer">©</div>',
    ],
    [
      'a blog',
      `<div id="header-menu">${links('About')}</div>`,
      `<div id="sidebar"><h2>Archive</h2>${links('May June')}</div>`,
    ],
    [
      'share bars',
      '<div class="share-buttons"><a href="#f">Facebook</a></div>',
      '<div class="addthis_toolbox">Tweet</div>',
    ],
    ['a cookie note', '<div id="cookieConsent"><p>We use cookies, as you know, to count you.</p></div>', ''],
    ['comments', '', '<div id="comments"><h3>2 comments</h3><p>I was there too, and it was all as you say.</p></div>'],
    ['a newsletter', '', '<section class="newsletter-signup"><h3>Sign up</h3><p>Every day, at noon.</p></section>'],
    ['related stories', '', `<h3>Related stories</h3><ul>${links('Gulls Ferries Rain')}</ul>`],
    ['lists of links without a name', `<div class="x1"><ul>${links('One Two Three Four')}</ul></div>`, ''],
    [
      'breadcrumbs and pages',
      '<div class="breadcrumbs"><a href="/">Home</a> › News</div>',
      '<div class="pagination">1 2</div>',
    ],
  ])('leaves out %s', (_name, before, after) => {
    const { texts } = read(
      `<html><body><div class="wrap">${before}<div class="story">${prose('pier')}${prose('quay')}</div>${after}</div></body></html>`,
    );
    expect(texts).toEqual([...proseTexts('pier'), ...proseTexts('quay')]);
  });

  it('keeps an element with much of the text, however it is called', () => {
    const { texts } = read(`<body class="menu-open"><div class="sidebar-left widget">${prose('pier')}</div></body>`);
    expect(texts).toEqual(proseTexts('pier'));
  });

  it('keeps a page of links', () => {
    expect(read(`<body><h1>Links</h1><ul>${links('One Two Three')}</ul></body>`).texts).toEqual([
      'One',
      'Two',
      'Three',
    ]);
  });

  it('reads a page that stands in a form', () => {
    expect(read(`<body><form action="/x">${prose('pier')}<input></form></body>`).texts).toEqual(proseTexts('pier'));
  });

  it('leaves out teasers beside an article', () => {
    const teasers = '<article><a href="/x">Other</a></article><article><a href="/y">Another</a></article>';
    expect(read(`<body><article>${prose('pier')}</article>${teasers}</body>`).texts).toEqual(proseTexts('pier'));
  });

  it('takes what stands below front matter for the article', () => {
    const { texts } = read(
      `---\ntitle: T\n---\n${prose('pier')}<h2>See also</h2><ul class="menu">${links('One Two')}</ul>`,
    );
    expect(texts).toEqual([...proseTexts('pier'), 'One', 'Two']);
  });
});

describe('what is hidden', () => {
  it.each([
    '<p style="color:red; display : none">no</p>',
    '<div style="VISIBILITY:hidden"><p>no</p></div>',
    '<p data-nosnippet>no</p>',
    '<p data-pagefind-ignore="all">no</p>',
    '<dialog><p>no</p></dialog>',
    '<div role="dialog"><p>no</p></div>',
    '<p aria-hidden="true">no</p>',
  ])('leaves out %s', (html) => {
    expect(read(`<article>${html}<p>yes</p></article>`).texts).toEqual(['yes']);
  });

  it.each([
    '<div role="tabpanel" hidden><p>tab</p></div>',
    '<div class="tab-pane" style="display:none"><p>tab</p></div>',
    '<p hidden="until-found">tab</p>',
    '<dialog open><p>tab</p></dialog>',
  ])('reads %s', (html) => {
    expect(read(`<article>${html}<p>yes</p></article>`).texts).toEqual(['tab', 'yes']);
  });

  it.each([
    ['<meta name="robots" content="noindex, nofollow">', 'robots: noindex, nofollow'],
    ['<meta name="Googlebot" content="NONE">', 'robots: NONE'],
    ['<meta name="robots" content="index, follow">', undefined],
    ['<meta name="robots" content="max-image-preview:large">', undefined],
  ])('states of %s why it is held back: %j', (html, reason) => {
    const { stated } = readHtmlMetadata(parsePage(html).root, () => false, 'a.html');
    expect(stated.get('heldBack')?.value).toBe(reason);
  });
});

describe('titles', () => {
  it.each([
    ['<title>Tide | The Bay Post</title><meta property="og:site_name" content="The Bay Post"><p>x', 'Tide'],
    ['<title>The Bay Post - Tide</title><meta name="application-name" content="Bay Post"><p>x', 'Tide'],
    ['<title>Tide – Bay Post</title><body><h1>Bay Post</h1><h2>Tide</h2><p>x', 'Tide'],
    ['<title>Tide: high and low</title><p>x', 'Tide: high and low'],
    [
      '<meta property="og:title" content="Bay Post"><meta property="og:site_name" content="Bay Post"><h1>Tide</h1>x',
      'Tide',
    ],
    ['<meta property="og:title" content="Tide &#8211; Bay"><meta property="og:site_name" content="Bay">x', 'Tide'],
    ['<h1>Tide<a class="headerlink" href="#tide" title="Link">¶</a></h1>x', 'Tide'],
    ['<title>Tide</title><main><h1>Section</h1><p>x</p><h1>Tide</h1></main>', 'Tide'],
  ])('takes the title of %s as %s', (html, title) => {
    expect(read(html).article.title).toBe(title);
  });

  it('counts a title once', () => {
    const html = '<meta property="og:title" content="High Tide"><article><h2>High tide</h2><p>x</p></article>';
    expect(read(html).article.blocks).toEqual([{ kind: 'text', heading: null, text: 'x' }]);
  });
});

describe('authors and dates', () => {
  const ld = (json: string) => `<script type="application/ld+json">${json}</script><p>x`;
  it.each([
    [
      ld('/*<![CDATA[*/{"@type":"Article","author":"Ann Pine","datePublished":"2021-05-06"}/*]]>*/'),
      'CDATA in comments',
    ],
    [ld('<!--{"@type":["BlogPosting"],"author":[{"name":["Ann Pine"]}],"datePublished":"2021-05-06"}-->'), 'a comment'],
    [
      ld(
        '{"@graph":[{"@type":"WebPage","datePublished":"2021-05-06"},{"@type":"Article","author":{"@id":"#p"},"headline":"A\nB"},' +
          '{"@id":"#p","@type":"Person","name":"Ann Pine"}]}',
      ),
      'a reference in a graph',
    ],
    [
      ld('{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","author":"Ann Pine","datePublished":"2021-05-06"}}'),
      'an inner node',
    ],
    [
      '<meta name="parsely-author" content="Ann Pine"><meta name="parsely-pub-date" content="2021-05-06T01:00Z">x',
      'Parse.ly',
    ],
    ['<meta name="DC.creator" content="Ann Pine"><meta name="DC.date.issued" content="2021-05-06">x', 'Dublin Core'],
    [
      '<meta name="citation_author" content="Ann Pine"><meta name="citation_publication_date" content="2021/05/06">x',
      'Highwire',
    ],
    [
      '<meta property="article:author" content="https://f.example/ann"><meta name="byl" content="By Ann Pine"><meta name="pubdate" content="20210506">x',
      'no address',
    ],
    [
      '<article><span itemprop="author" itemscope><b itemprop="name">Ann Pine</b></span><time itemprop="datePublished" datetime="2021-05-06">x</time>',
      'microdata',
    ],
    [
      '<article><div class="post-byline">Written by Ann Pine | 7 min</div><span class="entry-date">May 6, 2021</span><p>x',
      'names of elements',
    ],
    [
      '<article><h1>T</h1><p>By <a href="/ann">Ann Pine</a></p><p>Published 6 May 2021</p><p>x',
      'lines below the headline',
    ],
    [
      '<article><a rel="author" href="/ann">Ann Pine</a><time class="dt-published" datetime="2021-05-06">x</time>',
      'links to authors',
    ],
  ])('finds them in %s (%s)', (html) => {
    expect(read(html).article).toMatchObject({ authors: ['Ann Pine'], date: '2021-05-06' });
  });

  it('resolves entities in JSON-LD and takes the shown name for the title', () => {
    const json = '{"@type":"Article","name":"Salt &amp; Sea","headline":"a kind of water"}';
    expect(read(`${ld(json)}<h1>Salt & Sea</h1>`).article.title).toBe('Salt & Sea');
  });
});

describe('blocks', () => {
  const long = (word: string) => `A long sentence about ${word}, which goes on. And a second one.`;
  it.each([
    [`<table><tr><td>${long('nets')}<br><br>${long('oars')}</td></tr></table>`, [long('nets'), long('oars')], 'a cell'],
    [
      `<table><tr><td><p>${long('nets')}</p><p>${long('oars')}</p></td></tr></table>`,
      [long('nets'), long('oars')],
      'paragraphs',
    ],
    ['<table><tr><td>a</td><td>b</td></tr></table>', ['a | b'], 'a table of data'],
    ['ex<wbr>am&shy;ple', ['example'], 'places to break'],
  ])('reads %s as %j (%s)', (html, expected) => {
    expect(read(`<article>${html}</article>`).texts).toEqual(expected);
  });
});

describe('hostile pages', () => {
  it.each([
    ['<div>', 400_000],
    ['<p><font color=1><p><font color=2><p><font color=3>', 60_000],
    ['<a>', 400_000],
  ])('ends at a number of elements for %s, %i times over', (tag, times) => {
    const { problems, texts } = read(`<p>First words.</p>${tag.repeat(times)}`);
    expect(texts).toContain('First words.');
    expect(problems.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('elements in one page'));
  });
});
