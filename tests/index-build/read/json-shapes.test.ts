/** JSON and tables in the shapes that exports, interfaces, crawlers and data frames have. */
import { describe, expect, it } from 'vitest';
import { readFile } from '../../../index-build/read/read-file.ts';

function read(path: string, content: unknown) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const { articles, problems } = readFile({ path, bytes: Buffer.from(text) });
  return {
    articles: articles.map(({ title, blocks }) => [title, blocks.map((block) => block.text)]),
    whole: articles,
    problems,
  };
}

const a = { title: 'A', text: 'about kelp' };
const b = { title: 'B', text: 'about moss' };
const both = [
  ['A', ['about kelp']],
  ['B', ['about moss']],
];

describe('articles in JSON', () => {
  it.each<[string, unknown]>([
    ['one below the other', `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`],
    ['one behind the other over many lines', `${JSON.stringify(a, null, 2)}\n${JSON.stringify(b, null, 2)}`],
    ['a list', [a, b]],
    ['beside a status', { status: 'ok', total: 2, results: [a, b] }],
    ['beside a title of the feed', { version: '1.1', title: 'Feed', items: [a, b] }],
    ['deep in an export', { db: [{ meta: {}, data: { posts: [a, b], tags: [{ name: 'x' }] } }] }],
    [
      'as hits of a search engine',
      {
        hits: {
          total: 2,
          hits: [
            { _id: '1', _source: a },
            { _id: '2', _source: b },
          ],
        },
      },
    ],
    ['as edges of a graph', { data: { all: { edges: [{ node: a }, { node: b }] } } }],
    ['under their ids', { x1: a, x2: b }],
    ['as columns', { title: { 0: 'A', 1: 'B' }, text: { 0: 'about kelp', 1: 'about moss' } }],
    [
      'as rows below their columns',
      {
        columns: ['title', 'text'],
        index: [0, 1],
        data: [
          ['A', 'about kelp'],
          ['B', 'about moss'],
        ],
      },
    ],
    [
      'with numbers that only Python knows',
      '[{"title":"A","text":"about kelp","x":NaN},{"title":"B","text":"about moss","x":-Infinity}]',
    ],
  ])('are found %s', (_where, content) => {
    expect(read('a.json', content)).toMatchObject({ articles: both, problems: [] });
  });

  it.each([
    ['[{"title":"A","text":"about kelp"},\n{"title":"X" "text":"y"},\n{"title":"B","text":"about moss"}]', 2],
    ['[{"title":"A","text":"about kelp"},\n{"title":"B","text":"about moss"},\n{"title":"C","te', 3],
    ['{"title":"A","text":"about kelp"}\n{"title":\n{"title":"B","text":"about moss"}\n', 2],
  ])('are read but for the broken one in %j', (text, line) => {
    expect(read('a.json', text)).toMatchObject({ articles: both, problems: [{ line, severity: 'skipped' }] });
  });

  it.each<[object, string[]]>([
    [{ content: 'One.\n\nTwo.' }, ['One.', 'Two.']],
    [{ maintext: 'One.' }, ['One.']],
    [{ articleBody: 'One.' }, ['One.']],
    [{ content_text: 'One.' }, ['One.']],
    [{ text: ['One.', 'Two.'] }, ['One.', 'Two.']],
    [{ content: { rendered: '<p>One &amp; only.</p><p>Two.</p>' } }, ['One & only.', 'Two.']],
    [{ content_html: 'One <b>and</b> only.' }, ['One and only.']],
    [{ text: '<p>One.<p>Two.' }, ['One.', 'Two.']],
    [{ text: 'One <em>and</em> only.\n\nTwo &#8211; 3 < 4.' }, ['One and only.', 'Two – 3 < 4.']],
    [{ text: 'if a < b and c > d' }, ['if a < b and c > d']],
    [{ body_markdown: '# T\n\nOne *and* only.' }, ['One and only.']],
    [{ html: '<!doctype html><html><body><nav>Menu</nav><article><p>One.</p></article></body></html>' }, ['One.']],
    [{ body: [{ _type: 'block', children: [{ text: 'One ' }, { text: 'only.' }] }] }, ['One only.']],
    [
      {
        blocks: [
          { type: 'paragraph', data: { text: 'One.' } },
          { type: 'list', data: { items: ['Two', 'Three'] } },
        ],
      },
      ['One.', 'Two', 'Three'],
    ],
    [{ description: 'Only this.' }, ['Only this.']],
  ])('have their text in %j', (value, texts) => {
    expect(read('a.json', { title: 'T', ...value }).articles).toEqual([['T', texts]]);
  });

  it('have sections with headings', () => {
    const { whole } = read('a.json', {
      title: 'T',
      sections: [
        { heading: 'One', text: 'a\n\nb' },
        { heading: 'Two', paragraphs: ['c'] },
      ],
    });
    expect(whole[0]?.blocks.map(({ heading, text }) => [heading, text])).toEqual([
      ['One', 'a'],
      ['One', 'b'],
      ['Two', 'c'],
    ]);
  });

  it('tell each other which number is the day', () => {
    const rows = ['05/06/2021', '25/06/2021'].map((date) => ({ ...a, date }));
    expect(read('a.json', rows).whole.map(({ date }) => date)).toEqual(['2021-06-05', '2021-06-25']);
  });

  it.each([
    '['.repeat(3_000_000),
    '{"a":'.repeat(500_000),
    `[${'1'.repeat(5_000_000)}]`,
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  ])('are not to be found in what has no end', (text) => {
    expect(read('a.json', text)).toMatchObject({ articles: [], problems: [{ severity: 'skipped' }] });
  });
});

describe('articles in tables', () => {
  it.each([
    ['a.csv', 'title,text\nA,about kelp\nB,"about moss"\n'],
    ['a.csv', 'title;text\nA;about kelp\nB;about moss'],
    ['a.tsv', '\ttitle\ttext\n0\tA\tabout kelp\n1\tB\tabout moss\n'],
    ['a.csv', '\uFEFFTitle,Content\r\nA,about kelp\r\n\r\nB,about moss\r\n'],
  ])('%s: %j', (path, text) => {
    expect(read(path, text)).toMatchObject({ articles: both, problems: [] });
  });

  it('have quotation marks, line ends and missing values in their cells', () => {
    const { whole } = read(
      'n.csv',
      'id,title,author,date,content\n7,"A, B",nan,2021-03-09,"One ""and""\nonly."\n8,C,"[\'Ida Berg\']",,x\n',
    );
    expect(whole).toMatchObject([
      { id: 'n.csv~7', title: 'A, B', authors: [], date: '2021-03-09', blocks: [{ text: 'One "and" only.' }] },
      { id: 'n.csv~8', title: 'C', authors: ['Ida Berg'], date: null },
    ]);
  });

  it('are told to be missing where no column is known', () => {
    expect(read('n.csv', 'x,y\n1,2\n')).toMatchObject({
      articles: [],
      problems: [{ line: 1, reason: expect.stringContaining('x, y') }],
    });
  });
});
