/** What site generators and note programs write beside CommonMark: marks go, text stays, code stays as it is. */
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../index-build/read/read-markdown.ts';

function blocks(text: string, path = 'notes/a.md') {
  const [article] = readMarkdown(text, path).articles;
  return (article?.blocks ?? []).map(({ kind, heading, text: words }) => [kind, heading, words]);
}

const texts = (text: string, path?: string) => blocks(text, path).map(([, , words]) => words);

describe('notes', () => {
  it.each([
    ['::: warning Wet paint\nMind the *rail*.\n:::', ['Wet paint', 'Mind the rail.'], 'VitePress'],
    [':::note[Low tide]{open}\n\nWalk out.\n\n:::\nAfter.', ['Low tide', 'Walk out.', 'After.'], 'Starlight'],
    ['::::info\n:::tip\nInner.\n:::\n::::', ['Inner.'], 'Docusaurus, nested'],
    ['::: {.callout-note title="Fog"}\nSlow.\n:::', ['Fog', 'Slow.'], 'Quarto'],
    ['!!! danger "Hot"\n\n    Gloves on.\n\n    - one\n\nAfter.', ['Hot', 'Gloves on.', 'one', 'After.'], 'MkDocs'],
    ['??? note "Folded"\n    Text.', ['Folded', 'Text.'], 'MkDocs, folded'],
    ['=== "Boat"\n\n    Row.\n\n=== "Ship"\n\n    Sail.', ['Boat', 'Row.', 'Ship', 'Sail.'], 'MkDocs, tabs'],
    ['/// note | Tides\nTwice a day.\n///', ['Tides', 'Twice a day.'], 'blocks of pymdownx'],
    ['> [!NOTE]\n> Keep left.', ['Keep left.'], 'GitHub'],
    ['> [!tip]- Short way\n> Over the bridge.', ['Short way', 'Over the bridge.'], 'Obsidian'],
    ['```{warning} Ice\nThin *ice*.\n```', ['Ice', 'Thin ice.'], 'MyST'],
    ['```admonish title="Rope"\nTie it.\n```', ['Rope', 'Tie it.'], 'mdBook'],
    ['<div markdown="1">\n*In* it.\n</div>', ['In it.'], 'Markdown in HTML'],
  ])('reads %j as %j (%s)', (source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  it('keeps marks that are none', () => {
    expect(texts('So!!! Really??? Yes === no.\n\nA ::: B')).toEqual(['So!!! Really??? Yes === no.', 'A ::: B']);
  });
});

describe('footnotes and definitions', () => {
  it.each([
    ['Kept[^a] warm.\n\n[^a]: In *wool*.', ['Kept warm.', 'In wool.'], 'a footnote'],
    [
      'One [^1].\n\n[^1]: First.\n\n    Second.\n\nText.',
      ['One.', 'First.', 'Second.', 'Text.'],
      'one of two paragraphs',
    ],
    ['Sea^[Salt *water*.] is near.', ['Sea is near.', 'Salt water.'], 'one inside the line'],
    ['| a[^2] | b |\n|-|-|\n| c | d |\n\n[^2]: Cell.', ['a | b', 'c | d', 'Cell.'], 'in a table'],
  ])('reads %j as %j (%s)', (source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  it('reads terms and definitions as items', () => {
    expect(blocks('Mast\n: Carries the sail\n: Made of wood\n\nKeel\n\n:   Below.\n\n    Heavy.\n\nText')).toEqual([
      ['item', null, 'Mast'],
      ['item', null, 'Carries the sail'],
      ['item', null, 'Made of wood'],
      ['item', null, 'Keel'],
      ['item', null, 'Below.'],
      ['item', null, 'Heavy.'],
      ['text', null, 'Text'],
    ]);
  });
});

describe('marks inside lines', () => {
  it.each([
    ['==bright **sails**== and ==dull==', 'bright sails and dull'],
    ['a == b and c == d', 'a == b and c == d'],
    ['CO~2~ and 10^3^', 'CO2 and 103'],
    ['~/boat and ~/ship', '~/boat and ~/ship'],
    ['++ctrl+s++ saves; C++ and D++ compile', 'ctrl+s saves; C++ and D++ compile'],
    ['Seen %%by whom?%% here', 'Seen here'],
    ['Seen <!-- by whom? --> here', 'Seen here'],
    ['{++new++}{--old--} rope{>>sure?<<}', 'new rope'],
    ['The cost $a_1 * b_2 * c$ and \\(x_1\\)', 'The cost $a_1 * b_2 * c$ and \\(x_1\\)'],
    ['From $5 to $6, *about*', 'From $5 to $6, about'],
    ['[Text](x.md){.button target=_blank} and ![](a.png){ width="3" }here', 'Text and here'],
    ['A [small]{.smallcaps} word', 'A small word'],
    ['Ends here. ^block-7', 'Ends here.'],
    [':octicons-arrow-right-24:{ .lg } Go', 'Go'],
    ['The :abbr[HTML]{title="Hyper"} page', 'The HTML page'],
    ['`==a== {{ b }} [[c]] [^1] $d$`', '==a== {{ b }} [[c]] [^1] $d$'],
  ])('reads %j as %j', (source, expected) => {
    expect(texts(source)).toEqual([expected]);
  });

  it.each([
    ['## Second {#two .wide}', 'Second'],
    ['## Second { #two data-x="y" }', 'Second'],
    ['## Second [#two]', 'Second'],
    ['## Second <Badge type="tip" text="new" /> {#two}', 'Second'],
    ['Second\n------\n{: .no_toc }', 'Second'],
  ])('takes the heading of %j as %j', (source, heading) => {
    expect(blocks(`# First\n\n${source}\n\nText.`)).toEqual([['text', heading, 'Text.']]);
  });

  it('reads boxes of tasks, and leaves out what stands for a table of contents', () => {
    expect(texts('- [ ] paint\n- [x] sand\n\n[TOC]\n\n[[toc]]\n\n* Contents\n{:toc}\n\n*[kn]: knots\n\nText')).toEqual([
      'paint',
      'sand',
      'Text',
    ]);
  });
});

describe('wiki links', () => {
  it.each([
    ['[[Old Pier|the pier]] and [[Boats/Sloop]]', 'the pier and Sloop'],
    ['[[Pier#Opening hours]] or [[#Prices]]', 'Pier > Opening hours or Prices'],
    ['![[map.png]]Near [[Pier^abc]]', 'Near Pier^abc'],
    ['[[a]](b) is a link', '[a] is a link'],
    ['if [[ -f x ]]; then', 'if [[ -f x ]]; then'],
  ])('reads %j as %j', (source, expected) => {
    expect(texts(source)).toEqual([expected]);
  });

  it('reads them in tables, and the words of pictures', () => {
    expect(texts('| [[Pier\\|P]] |\n|-|\n| x |\n\n![[pier.jpg|The pier at dawn]]')).toEqual([
      'P',
      'x',
      'The pier at dawn',
    ]);
  });
});

describe('tags of site generators', () => {
  it.each([
    ['{{< note >}}\nClosed *today*.\n{{< /note >}}', ['Closed today.'], 'Hugo'],
    ['{{< figure src="a.jpg" caption="The quay" >}}\n\nText', ['The quay', 'Text'], 'what a shortcode shows'],
    [
      'See [here]({{< ref "quay.md" >}}) and [there]({{ "/x" | url }} "T").',
      ['See here and there.'],
      'targets of links',
    ],
    ['{% include a.html\n  b="c" %}\n{% if x %}\nShown.\n{% endif %}', ['Shown.'], 'Liquid'],
    ['By **{{ page.author }}** of {{ site.name }}.', ['By of .'], 'variables'],
    ['{% comment %}\nNo.\n{% endcomment %}\nYes.', ['Yes.'], 'comments'],
    ['Write {% raw %}{{ kept }}{% endraw %}.', ['Write {{ kept }}.'], 'raw text'],
    ['Text.\n{: .lead}\n\n{:.wide #x}\nMore.', ['Text.', 'More.'], 'Kramdown'],
    ['--8<-- "legal.md"\n\nText <% tp.date.now() %>.', ['Text .'], 'snippets, Templater'],
    ['<a href="{{ site.url }}">\nOur {{ site.name }} page\n</a>', ['Our page'], 'in HTML'],
  ])('reads %j as %j (%s)', (source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  it('reads code between tags as code', () => {
    expect(blocks('{% highlight ruby %}\nputs 1\n{% endhighlight %}')).toEqual([['code', null, 'puts 1']]);
    expect(blocks('```\n{{</* tabs */>}}\n```')).toEqual([['code', null, '{{< tabs >}}']]);
  });
});

describe('MDX', () => {
  it('reads the text of components and leaves out their code', () => {
    const source = [
      'import {\n  Tabs,\n} from "x";\nimport "./y.css";\n',
      'export const data = {\n  a: [1],\n\n  b: 2,\n};\n',
      '<Tabs items={["a", "b > c"]}>\n  <Tab title="First">\n    Deep **text**.\n\n    ```js\n    let a = {};\n    ```\n  </Tab>\n</Tabs>\n',
      'Count {props.n} of {"ten"} <b onClick={() => go(1)}>now</b>{/* no */}.\n',
      '{list.map((x) => <li>{x}</li>)}\n',
      '<!-- prettier-ignore -->\n<style>{`\n.a {}\n`}</style>',
    ].join('\n');
    expect(blocks(source, 'a.mdx')).toEqual([
      ['text', null, 'First'],
      ['text', null, 'Deep text.'],
      ['code', null, 'let a = {};'],
      ['text', null, 'Count of ten now.'],
    ]);
  });

  it('takes sentences about imports for sentences', () => {
    expect(texts('import taxes rise\n\nexport is down')).toEqual(['import taxes rise', 'export is down']);
  });
});

describe('HTML in Markdown', () => {
  it('leaves out what is hidden, across paragraphs', () => {
    expect(texts('<div hidden>\n\nNot *this*.\n\n<div>\n\nNor this.\n\n</div>\n\n</div>\n\nThis.')).toEqual(['This.']);
  });

  it('counts a title once', () => {
    expect(blocks('---\ntitle: "The Pier & I"\n---\n## The pier & I\n\nText.')).toEqual([['text', null, 'Text.']]);
  });
});

describe('limits', () => {
  it.each([
    ['[', 200_000],
    ['*a_ ', 100_000],
    ['![', 100_000],
    ['<a ', 200_000],
    ['a\n', 200_000],
  ])('keeps a paragraph of %j, %i times over, as written, and says so', (mark, times) => {
    const { articles, problems } = readMarkdown(`Before.\n\n${mark.repeat(times)}\n\n*After*.`, 'a.md');
    const words = articles[0]?.blocks.map(({ text }) => text) ?? [];
    expect([words[0], words[1]?.slice(0, 1), words.at(-1)]).toEqual(['Before.', mark[0], 'After.']);
    expect(problems).toMatchObject([{ severity: 'warning', reason: expect.stringContaining('marks of Markdown') }]);
  });

  it.each([
    ['{a', 20_000],
    ['<A b={\n', 20_000],
    ['{% a\n', 20_000],
    ['$$a\n', 20_000],
    ['%%a\n', 20_000],
    ['[^a]: b\n', 5000],
    ['a\n: b\n', 5000],
    ['!!! a\n    b\n', 5000],
  ])('reads %j, %i times over', (mark, times) => {
    expect(blocks(mark.repeat(times), 'a.mdx').length).toBeGreaterThan(0);
  });

  it('reads a large file in parts as it reads a small one', () => {
    const part = 'Near [the pier][p] *and*\n\n```\nmore\n\nof it\n```\n\n- one\n\n  two\n\n';
    const times = 20_000;
    const { articles, problems } = readMarkdown(`${part.repeat(times)}[p]: x\n`, 'a.md');
    const found = articles[0]?.blocks.map(({ kind, text }) => `${kind} ${text}`) ?? [];
    expect(new Set(found)).toEqual(new Set(['text Near the pier and', 'code more\n\nof it', 'item one', 'item two']));
    expect([found.length, problems]).toEqual([4 * times, []]);
  });
});
