/** Plain text: what the first lines say, and what they do not say. */
import { describe, expect, it } from 'vitest';
import { readPlainText } from '../../../index-build/read/read-plain-text.ts';

function read(text: string) {
  const [article] = readPlainText(text, 'notes/a-note.txt').articles;
  if (article === undefined) throw new Error('expected an article');
  const { title, authors, date, guessed } = article;
  return { title, authors, date, guessed, texts: article.blocks.map((block) => block.text) };
}

describe('readPlainText', () => {
  it('takes title, author and date from the top, as guesses', () => {
    expect(read('The bridge\n\nBy Jane Doe\n10 September 2022\n\nFirst\nparagraph.\n\n \nSecond.\n')).toEqual({
      title: 'The bridge',
      authors: ['Jane Doe'],
      date: '2022-09-10',
      guessed: ['title', 'date', 'authors'],
      texts: ['First paragraph.', 'Second.'],
    });
  });

  it.each([
    ['By Jane Doe and John Roe', ['Jane Doe', 'John Roe'], null],
    ['By Jane Doe, 10 September 2022', ['Jane Doe'], '2022-09-10'],
    ['By JANE DOE | Kharkiv', ['JANE DOE', 'Kharkiv'], null],
    ['by no one in particular', [], null],
    ['Von Anna van der Groß', ['Anna van der Groß'], null],
    ['Par Éloïse d’Arc', ['Éloïse d’Arc'], null],
    ['Автор: Олена Коваль', ['Олена Коваль'], null],
    ['By the time the train came, it was dark', [], null],
    ['Saturday, 10 September 2022', [], '2022-09-10'],
    ['Published: 10.09.2022', [], '2022-09-10'],
    ['Kharkiv — 10 September 2022', [], '2022-09-10'],
    ['On 10 September 2022 the town was free again.', [], null],
  ])('reads the second line %j', (line, authors, date) => {
    const article = read(`Title\n${line}\n\nText.`);
    expect([article.authors, article.date]).toEqual([authors, date]);
    expect(article.texts).toEqual(authors.length > 0 || date !== null ? ['Text.'] : [line, 'Text.']);
  });

  it('looks for author and date near the top only', () => {
    const article = read('Title\n\nText.\n\nBy Jane Doe\n\n2022-09-10');
    expect(article).toMatchObject({ authors: [], date: null, texts: ['Text.', 'By Jane Doe', '2022-09-10'] });
  });

  it('takes the first sentence of a long first line as title and keeps the line', () => {
    const line = 'A paragraph that begins at once and goes on for quite a while. '.repeat(5).trim();
    const { title, texts } = read(`${line}\n\nSecond.`);
    expect(title).toBe('A paragraph that begins at once and goes on for quite a while');
    expect(texts).toEqual([line, 'Second.']);
  });

  it.each([
    ['', 'A note', ['A note']],
    ['\n\n', 'A note', ['A note']],
    ['Only a title', 'Only a title', ['Only a title']],
    ['Title\nText right below.', 'Title', ['Text right below.']],
  ])('reads %j', (text, title, texts) => {
    expect(read(text)).toMatchObject({ title, texts });
  });

  it('reads a line of ten million characters', () => {
    expect(read('word '.repeat(2_000_000)).texts[0]).toHaveLength(9_999_999);
  });
});
