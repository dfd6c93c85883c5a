/** YAML front matter: data only, never code, never a reason to lose the text. */
import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../../index-build/read/front-matter.ts';

function split(text: string) {
  const { stated, ...rest } = splitFrontMatter(text, 'a.md');
  const values = Object.fromEntries([...stated].map(([field, { value }]) => [field, value]));
  return { ...rest, values, stated };
}

describe('splitFrontMatter', () => {
  it('parts data from text', () => {
    const { values, body, problems } = split('---\ntitle: A title\ntags: [a, b]\n---\nText\n');
    expect(values).toEqual({ title: 'A title', tags: ['a', 'b'] });
    expect(body.trim()).toBe('Text');
    expect(problems).toEqual([]);
  });

  it('knows the line of each value', () => {
    const { stated } = split('---\n# a comment\ntitle: x\n\ndate: 2022-11-14\n...\nText');
    expect([stated.get('title')?.line, stated.get('date')?.line]).toEqual([3, 5]);
  });

  it.each([
    ['007', '007', 'a number as written'],
    ['2022-11-14', '2022-11-14', 'a date as written'],
    ['yes', 'yes', 'a word as written'],
    ['"AT&amp;T &quot;x&quot; &#8217; &nope;"', 'AT&T "x" ’ &nope;', 'entities resolved'],
    ['"<b>x</b> &lt;i&gt;"', '<b>x</b> <i>', 'tags left alone'],
    ['|\n  two\n  lines', 'two\nlines\n', 'a block of text'],
  ])('reads title: %s', (yaml, value) => {
    expect(split(`---\ntitle: ${yaml}\n---\n`).values.title).toEqual(value);
  });

  it.each(['', '~', 'null', '""'])('takes title: %s as missing', (yaml) => {
    expect(split(`---\ntitle: ${yaml}\n---\n`).values).toEqual({});
  });

  it.each([
    ['No front matter', 'no mark at all'],
    ['---\nA rule and no end', 'never closed'],
    ['text\n---\ntitle: x\n---\n', 'not at the top'],
    ['----\ntitle: x\n----\n', 'another rule'],
  ])('takes %j as text: %s', (text) => {
    expect(split(text)).toMatchObject({ values: {}, body: text, problems: [] });
  });

  it.each([
    ['js', '---js\n{ title: process.exit(1) }\n---\nText'],
    ['javascript', '---javascript\nprocess.exit(1)\n---\nText'],
  ])('never runs or reads front matter in %s: it is text, with a warning', (language, text) => {
    const { values, body, foreign, problems } = split(text);
    expect(values).toEqual({});
    expect(body.trim()).toBe('Text');
    expect(foreign).toBe(`${text.split('\n')[1]}\n`);
    expect(problems).toMatchObject([
      { severity: 'warning', line: 1, reason: expect.stringContaining(`"${language}"`) },
    ]);
  });

  it('refuses an alias bomb and keeps the text', () => {
    const names = 'abcdefghi'.split('');
    const bomb = names.map((name, index) => {
      const items = Array(9).fill(index === 0 ? 'x' : `*${names[index - 1]}`);
      return `${name}: &${name} [${items.join(',')}]`;
    });
    const { values, body, problems } = split(`---\n${bomb.join('\n')}\ntags: *i\n---\nText`);
    expect(values).toEqual({});
    expect(body.trim()).toBe('Text');
    expect(problems).toMatchObject([{ severity: 'warning', line: 1, reason: expect.stringMatching(/alias/) }]);
  });

  it('survives nesting that overflows the parser', () => {
    const { body, problems } = split(`---\ntitle: ${'['.repeat(40_000)}\n---\nText`);
    expect(body.trim()).toBe('Text');
    expect(problems).toHaveLength(1);
  });

  it('reads key by key where the whole is not valid, with the line of the mistake', () => {
    const { values, problems } = split(
      '---\ndate: 2022-09-10\ntitle: Izium: a city returns\ntags:\n  - a\n  - b\nurl: [x\n---\n',
    );
    expect(values).toMatchObject({ date: '2022-09-10', title: 'Izium: a city returns', tags: ['a', 'b'] });
    expect(values).not.toHaveProperty('url');
    expect(problems).toMatchObject([
      { severity: 'warning', line: 3, reason: expect.stringContaining('not valid YAML') },
    ]);
  });

  it('takes the keys of prototypes for what they are: unknown', () => {
    const { values, problems } = split('---\n__proto__: {title: x}\nconstructor: y\ntoString: z\n---\n');
    expect(values).toEqual({ unknownKeys: ['__proto__', 'constructor', 'toString'] });
    expect(problems).toEqual([]);
  });

  it('reads authors that are written as objects', () => {
    expect(split('---\nauthor: {name: Jane}\nauthors: [{name: Jane}, Max]\n---\n').values).toEqual({
      authors: [{ name: 'Jane' }, 'Max'],
    });
  });
});
