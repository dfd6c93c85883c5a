/** Markdown files become articles without a trace of markup. */
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../index-build/read/read-markdown.ts';

function read(text: string, path = 'news/a-file.md') {
  const { articles, problems } = readMarkdown(text, path);
  const [article] = articles;
  if (article === undefined) throw new Error('expected an article');
  return { article, problems, blocks: article.blocks.map(({ kind, heading, text: words }) => [kind, heading, words]) };
}

describe('readMarkdown', () => {
  it('reads front matter and text', () => {
    const { article, problems } = read('---\ntitle: T\nauthor: Jane Doe\ndate: 2022-09-10\nlang: en\n---\n\nHello.\n');
    expect(article).toMatchObject({
      id: 'news/a-file.md',
      title: 'T',
      authors: ['Jane Doe'],
      date: '2022-09-10',
      language: 'en',
      guessed: [],
      blocks: [{ kind: 'text', heading: null, text: 'Hello.' }],
    });
    expect(problems).toEqual([]);
  });

  it('gives every kind of block its kind and heading', () => {
    const { article, blocks } = read(
      [
        '# Title',
        'One\ntwo.',
        '## Section',
        '- item\n- [link](http://x.org "t") *text*\n\n  second part',
        '1. first\n   > nested quote',
        '> quote\n> on',
        '| a | b |\n|---|---|\n| `c` | d\\|e |\n| f |  |',
        '```js\n  if (a < b) {}\n\n  done\n```',
        '    indented',
        '![a cat](cat.jpg)',
        'Text with ![a dog](dog.jpg) in it.',
      ].join('\n\n'),
    );
    expect(article.title).toBe('Title');
    expect(blocks).toEqual([
      ['text', null, 'One two.'],
      ['item', 'Section', 'item'],
      ['item', 'Section', 'link text'],
      ['item', 'Section', 'second part'],
      ['item', 'Section', 'first'],
      ['quote', 'Section', 'nested quote'],
      ['quote', 'Section', 'quote on'],
      ['row', 'Section', 'a | b'],
      ['row', 'Section', 'c | d|e'],
      ['row', 'Section', 'f'],
      ['code', 'Section', '  if (a < b) {}\n\n  done'],
      ['code', 'Section', 'indented'],
      ['caption', 'Section', 'a cat'],
      ['text', 'Section', 'Text with in it.'],
    ]);
  });

  it.each([
    ['**bold** _it_ ~~gone~~ `<code>`', 'bold it gone <code>', 'marks go, code stays'],
    ['AT&amp;T &mdash; &#169; &lt;b&gt;', 'AT&T — © <b>', 'entities are resolved'],
    ['a\\*b\\*', 'a*b*', 'escapes are resolved'],
    ['<span class="x">in</span>line <kbd>Ctrl</kbd>', 'inline Ctrl', 'inline HTML goes'],
    ['one<br>two  \nthree', 'one two three', 'line breaks are spaces'],
    ['<https://example.org/a> and https://example.org', 'https://example.org/a and https://example.org', 'addresses'],
    ['see <script>alert(1)</script> here', 'see here', 'script in a line goes with its code'],
    ['use the <script> tag', 'use the', 'even where it is not closed'],
    ['a <unknown> b', 'a b', 'unknown tags go'],
    ['a <feature_name> b', 'a <feature_name> b', 'what cannot be a tag stays'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2', 'what is no tag stays'],
    ['Ver&shy;waltung 6&nbsp;000', 'Verwaltung 6\u00A0000', 'invisible characters'],
    ['Text.\n{: .note}', 'Text.', 'attribute lists of site generators go'],
    ['A {% include "x" %}B', 'A B', 'and their tags'],
    ['The `{% if %}` tag', 'The {% if %} tag', 'but not in code'],
    ['An {{domxref("Element")}} here', 'An {{domxref("Element")}} here', 'macro calls are words of the sentence'],
  ])('reads %j as %j: %s', (source, text) => {
    expect(read(source).blocks).toEqual([['text', null, text]]);
  });

  it('leaves out blocks that are only tags or macro calls', () => {
    expect(read('{% include\n a_b=c %}\n\n{{Sidebar("x")}}{{Banner}}\n\nText').blocks).toEqual([
      ['text', null, 'Text'],
    ]);
  });

  it('reads HTML blocks as HTML', () => {
    const { blocks } = read(
      '<figure>\n<img src="x" alt="alt">\n<figcaption>Cap &amp; tion</figcaption>\n</figure>\n\n' +
        '<script>\nvar x = "<p>no</p>";\n\nmore();\n</script>\n\n<details><summary>Sum</summary>\n\nInside *it*\n\n</details>\n\n' +
        '<table>\n<tr><td>a</td><td>b</td></tr>\n\n<tr><td>c</td></tr>\n</table>\n\n<h2>Section</h2>\n\nText\n\n<!-- no -->',
    );
    expect(blocks).toEqual([
      ['caption', null, 'Cap & tion'],
      ['text', null, 'Sum'],
      ['text', null, 'Inside it'],
      ['row', null, 'a | b'],
      ['row', null, 'c'],
      ['text', 'Section', 'Text'],
    ]);
  });

  it.each([
    ['# Main\n\ntext', 'Main', [], 'the first heading of level 1 is the title'],
    ['intro\n\n# Main\n\ntext', 'Main', [], 'wherever it stands'],
    ['## Sub\n\ntext', 'Sub', ['title'], 'else the heading at the top, as a guess'],
    ['text\n\n## Sub\n\nmore', 'A file', ['title'], 'else the file name'],
    ['---\ntitle: Stated\n---\n# Main\n\ntext', 'Stated', [], 'front matter goes before all'],
  ])('takes the title of %j as %j', (source, title, guessed) => {
    expect(read(source).article).toMatchObject({ title, guessed });
  });

  it('does not take the title for a section', () => {
    expect(read('---\ntitle: Same Title\n---\n# Same title\n\ntext').blocks).toEqual([['text', null, 'text']]);
    expect(read('---\ntitle: Stated\n---\n# Other\n\ntext').blocks).toEqual([['text', 'Other', 'text']]);
  });

  it('keeps the words of headings that nothing stands under', () => {
    expect(read('text\n\n## One\n\n### Two\n\nmore\n\n## Last').blocks).toEqual([
      ['text', null, 'text'],
      ['text', null, 'One'],
      ['text', 'Two', 'more'],
      ['text', null, 'Last'],
    ]);
  });

  it('keeps foreign front matter as code and never runs it', () => {
    const { blocks, problems } = read('---js\nprocess.exit(1)\n---\n# T\n\ntext');
    expect(blocks).toEqual([
      ['code', null, 'process.exit(1)'],
      ['text', null, 'text'],
    ]);
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['*a_', 20_000],
    ['[a](', 20_000],
    ['![', 20_000],
    ['<div>\n\n', 10_000],
    ['`a``', 20_000],
  ])('reads %j, %i times over', (mark, times) => {
    expect(read(mark.repeat(times)).blocks.length).toBeGreaterThan(0);
  });

  it.each([
    ['quotes', `${'>'.repeat(10_000)} deep words`],
    ['bullets', `${'- '.repeat(5000)}deep words`],
    ['list items', `${Array.from({ length: 600 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')} deep words`],
    ['elements', `${'<div>'.repeat(50_000)}deep words`],
  ])('keeps the text of %s that are nested too deep, and says so', (_name, source) => {
    const { blocks, problems } = read(source);
    expect(blocks.map(([, , text]) => text).join(' ')).toContain('deep words');
    expect(problems).toMatchObject([
      { severity: 'warning', reason: expect.stringContaining('deeper') },
      ...problems.slice(1),
    ]);
  });
});
