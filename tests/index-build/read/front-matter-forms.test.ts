/** Front matter in the forms that generators and their users really write, and texts that only look like it. */
import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../../index-build/read/front-matter.ts';

function split(text: string) {
  const { stated, body, problems } = splitFrontMatter(text, 'a.md');
  return { title: stated.get('title')?.value, date: stated.get('date')?.value, body: body.trim(), problems };
}

describe('splitFrontMatter', () => {
  it.each([
    ['+++\ntitle = "Ferry"\ndate = 2021-03-09\n+++\nText', 'TOML'],
    ["+++\ntitle = 'Ferry'\ndate = 2021-03-09T10:00:00Z\n[menu.main]\nweight = 1\n+++\nText", 'TOML with tables'],
    ['---toml\ntitle = "Ferry"\ndate = 2021-03-09\n---\nText', 'TOML by its name'],
    ['{\n"title": "Ferry",\n"date": "2021-03-09", "a": {"b": "}"}\n}\n\nText', 'JSON'],
    ['---json\n{"title": "Ferry", "date": "2021-03-09"}\n---\nText', 'JSON by its name'],
    [';;;\n{"title": "Ferry", "date": "2021-03-09"}\n;;;\nText', 'JSON between semicolons'],
    ['\n\n---\ntitle: Ferry\ndate: 2021-03-09\n---\nText', 'blank lines in front'],
    ['<!-- by a tool -->\n\n---\ntitle: Ferry\ndate: 2021-03-09\n---\nText', 'a comment in front'],
    ['---\n\ntitle: Ferry\ndate: 2021-03-09\n---\nText', 'a blank line inside'],
    ['---\n  title: Ferry\n  date: 2021-03-09\n---\nText', 'keys that are indented'],
    ['---\ntags:\n\t- sea\ntitle: Ferry\ndate: 2021-03-09\n---\nText', 'tabs'],
    ['Title: Ferry\nDate: 2021-03-09\nCategory: sea\nSlug: ferry\n\nText', 'lines of Pelican'],
    ['title: Ferry\ndate: 2021-03-09\nauthor: Ida Berg\n  Nils Holm\n\nText', 'lines of MultiMarkdown'],
    ['% Ferry\n% Ida Berg; Nils Holm\n% 2021-03-09\n\nText', 'Pandoc'],
  ])('reads %j: %s', (text) => {
    const { title, date, body, problems } = split(text);
    expect({ title, date: String(date).slice(0, 10), body }).toEqual({
      title: 'Ferry',
      date: '2021-03-09',
      body: 'Text',
    });
    expect(problems).toEqual([]);
  });

  it.each([
    ['---\n\nA first statement.\n\n---\n\nThe rest.', 'a rule above the text'],
    ['---\n\nNote: this is a sentence.\n\n---\n\nThe rest.', 'a rule above a sentence with a colon'],
    ['***\n\nText', 'another rule'],
    ['Note: ferries sail on Sundays.\n\nText', 'a sentence with a colon'],
    ['Summary: it was late\nand nobody came.\n\nText', 'a paragraph with a colon'],
    ['{{ macro("title") }}\n\nText', 'a macro'],
    ['{"a": 1}\n\nText', 'JSON without anything that is known'],
    ['% done: 5\nText', 'a percent sign'],
  ])('takes %j as text: %s', (text) => {
    expect(split(text)).toMatchObject({ title: undefined, body: text.trim(), problems: [] });
  });

  it.each([
    ['---\ntitle: "Ferry\ndate: 2021-03-09\n---\nText', 2, 'a quotation mark that is never closed'],
    ["---\ntitle: 'It's Ferry'\ndate: 2021-03-09\n---\nText", 2, 'one inside'],
    ['---\ntitle: @ferry\ndate: 2021-03-09\n---\nText', 2, 'a sign that YAML keeps for itself'],
    ['+++\ntitle = "Ferry\ndate = 2021-03-09\n+++\nText', 2, 'the same in TOML'],
    ['---\ntitle: Ferry\ndate: 2021-03-09\n\nText', 1, 'a block that is never closed'],
  ])('reads what is left of %j and tells the line %d: %s', (text, line) => {
    const { title, date, body, problems } = split(text);
    expect(String(title)).toMatch(/ferry/i);
    expect(String(title)).not.toMatch(/^["']/);
    expect([date, body]).toEqual(['2021-03-09', 'Text']);
    expect(problems).toMatchObject([{ line, severity: 'warning' }]);
  });

  it.each([
    `---\ntitle: ${'{'.repeat(50_000)}\n---\nText`,
    `---\n${'- '.repeat(40_000)}x\n---\nText`,
    `+++\ntitle = ${'['.repeat(50_000)}\n+++\nText`,
    `{"title": ${'['.repeat(50_000)}\n\nText`,
  ])('survives nesting without end', (text) => {
    expect(split(text).body).toMatch(/Text$/);
  });
});
