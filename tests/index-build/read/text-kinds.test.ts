/** Plain text as newspapers, archives, scanners and standards write it. */
import { describe, expect, it } from 'vitest';
import { readPlainText } from '../../../index-build/read/read-plain-text.ts';

function read(text: string, path = 'n/0042.txt') {
  const [article] = readPlainText(text, path).articles;
  if (article === undefined) throw new Error('expected an article');
  const { title, authors, date } = article;
  return { title, authors, date, texts: article.blocks.map((block) => block.text), blocks: article.blocks };
}

describe('the head of a text', () => {
  it.each(
    [
      ['https://harbour.example/7\n2021-03-09T09:00:00+0100\nFerry sails\nText of it.', 'address, day, title'],
      ['9 March 2021\n\nFerry sails\nBy Ida Berg\n\nText of it.', 'day, title, byline'],
      ['By Ida Berg\nTuesday, March 9, 2021 at 10:15 a.m.\n\nFerry sails\n\nText of it.', 'byline, day, title'],
      ['Ferry sails\n\nIDA BERG\nStaff Writer\nPublished 09.03.2021\n\nText of it.', 'a name above a role'],
      [
        'Ferry sails\n\nIda Berg, Senior Reporter\nUpdated: 9 March 2021, 10:15 GMT\n\nText of it.',
        'a name with a role',
      ],
      ['Title: Ferry sails\nAuthor: Ida Berg\nDate: 09/03/2021 (Tuesday), that is 2021-03-09\n\nText of it.', 'labels'],
      [
        'From: ida@harbour.example (Ida Berg)\nSubject: Ferry sails\nDate: Tue, 9 Mar 2021 10:00:00 GMT\n\nText of it.',
        'a mail',
      ],
      ['Ferry\nsails\n\nBy Ida Berg\n9 March 2021\n\nText of it.', 'one word a line is a title and text'],
    ].slice(0, 7),
  )('%j: %s', (text) => {
    const { title, date, texts } = read(text);
    expect({ title, date, last: texts.at(-1) }).toEqual({
      title: 'Ferry sails',
      date: '2021-03-09',
      last: 'Text of it.',
    });
  });

  it('joins a headline of two lines, also above a byline', () => {
    expect(read('The ferry sails\nagain at last\n\nBy Ida Berg and Nils Holm\n\nText.')).toMatchObject({
      title: 'The ferry sails again at last',
      authors: ['Ida Berg', 'Nils Holm'],
      texts: ['Text.'],
    });
  });

  it.each([
    ['date 2021-03-09 The ferry sailed.', '2021-03-09', 'The ferry sailed.'],
    ['Published: 9 March 2021 – The ferry sailed.', '2021-03-09', 'The ferry sailed.'],
    ['2021-03-09 10:15 The ferry sailed.', '2021-03-09', 'The ferry sailed.'],
    [
      'HARBOUR, March 9, 2021 (Agency) - The ferry sailed.',
      '2021-03-09',
      'HARBOUR, March 9, 2021 (Agency) - The ferry sailed.',
    ],
    ['On March 9, 2021 the ferry sailed.', null, 'On March 9, 2021 the ferry sailed.'],
  ])('reads the day that is glued to %j', (line, date, text) => {
    expect(read(`Ferry\n\n${line}\n\nMore.`)).toMatchObject({ title: 'Ferry', date, texts: [text, 'More.'] });
  });

  it('takes captions for what they are, and the byline behind them', () => {
    const { authors, blocks } = read(
      'Ferry sails\n\n(The ferry on Monday.)\n\nPhoto: Eva Dahl / Agency\n\nBy Ida Berg\n\nText.',
    );
    expect(authors).toEqual(['Ida Berg']);
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['caption', 'The ferry on Monday.'],
      ['caption', 'Photo: Eva Dahl / Agency'],
      ['text', 'Text.'],
    ]);
  });

  it.each([
    ['n/ferry-sails-again.txt', 'Ferry sails again'],
    ['n/0042.txt', 'The ferry sailed at noon'],
  ])('finds a title for a text that begins at once: %s', (path, title) => {
    const start =
      'The ferry sailed at noon. Nobody on the quay had thought so, since the wind had\nblown for days and the harbour was shut until the evening before, when the\npilots met. They said that it was safe, and\nso it was.';
    expect(read(`${start}\n\nMore.`, path)).toMatchObject({ title, texts: [start.replace(/\n/g, ' '), 'More.'] });
  });
});

describe('the paragraphs of a text', () => {
  it.each([
    ['The gov-\nernment met.', 'The government met.', 'a divided word'],
    ['A well-\nknown man.', 'A well-known man.', 'a compound that English writes so'],
    [
      'The sea-\nwall broke. The sea-wall is old.',
      'The sea-wall broke. The sea-wall is old.',
      'as the text writes it elsewhere',
    ],
    ['A light-\nhouse, the lighthouse.', 'A lighthouse, the lighthouse.', 'the same'],
    ['In Anglo-\nSaxon times.', 'In Anglo-Saxon times.', 'a name'],
    ['From 1939-\n45 on.', 'From 1939-45 on.', 'years'],
    ['Die Hafen¬\nmauer.', 'Die Hafenmauer.', 'the sign that scanners write'],
    ['It came—\nlate.', 'It came—late.', 'a dash'],
    ['新しい橋が昨\n日開通した。', '新しい橋が昨日開通した。', 'Japanese'],
    ['새 다리가\n열렸다.', '새 다리가 열렸다.', 'Korean has spaces'],
    ['สะพานใหม่\nเปิดแล้ว', 'สะพานใหม่เปิดแล้ว', 'Thai'],
  ])('%j is joined: %j, %s', (text, joined) => {
    expect(read(`Title\n\n${text}\n`).texts).toEqual([joined]);
  });

  it('are lines where these are long and end sentences', () => {
    const lines = ['north', 'south', 'east'].map(
      (side) =>
        `The ${side} quay was closed on Monday morning, since the works on the wall there had not ended, as the port said late on Sunday.`,
    );
    expect(read(`Quays\n${lines.join('\n')}\n`).texts).toEqual(lines);
    expect(read(`Quays\n\n${lines.join('\n')}\n`).texts).toEqual(lines);
  });

  it('are lines where many short ones of all lengths end sentences', () => {
    const lines = [
      '“Is it open?” she asked.',
      '“No.”',
      '“When will it be open again, do they say?”',
      '“Nobody knows.”',
      'She went home.',
    ];
    expect(read(`Quays\n\n${lines.join('\n')}\n`).texts).toEqual(lines);
  });

  it('are joined where lines are wrapped', () => {
    const lines = [
      'The north quay was closed on Monday, since the works on',
      'the wall had not ended. The port said so late on Sunday,',
      'when most had gone home.',
    ];
    expect(read(`Quays\n\n${lines.join('\n')}\n`).texts).toEqual([lines.join(' ')]);
  });

  it('begin where a line is indented, or an item is marked', () => {
    expect(
      read('Quays\n\n  It was late. The port\nwas shut.\n  Then it opened.\n\n- one\n  more\n- two\n\n* * *\n\nEnd.')
        .texts,
    ).toEqual(['It was late. The port was shut.', 'Then it opened.', 'one more', 'two', 'End.']);
  });
});

describe('the frames of pages', () => {
  it('of RFCs go, and the title is what stands below the columns', () => {
    const text = [
      'Harbour Working Group                                          I. Berg',
      'Request for Comments: 9990                                Quay Ltd',
      '                                                          March 2021',
      '',
      '            Signals of Ferries',
      '',
      '   A ferry sends a signal that is cut',
      '',
      'Berg                     Informational                    [Page 1]',
      '\f',
      'RFC 9990                Signals of Ferries               March 2021',
      '',
      '   by the page.',
      '',
    ].join('\n');
    expect(read(text)).toMatchObject({ title: 'Signals of Ferries', authors: ['I. Berg'] });
    expect(read(text).texts.at(-1)).toBe('A ferry sends a signal that is cut by the page.');
  });

  it.each([
    [
      'Report\n\nThe port did\fPORT 2020   page 2\n\nwell.\fPORT 2020   page 3\n\nNext.\fPORT 2020   page 4\n\nEnd.',
      'form feeds',
    ],
    [
      'Report\n\nThe port did\n\n- 1 -\n\nPORT REPORT\n\nwell.\n\n- 2 -\n\nPORT REPORT\n\nNext.\n\n- 3 -\n\nPORT REPORT\n\nEnd.',
      'numbers',
    ],
  ])('of scans go: %j, %s', (text) => {
    expect(read(text).texts).toEqual(['The port did well.', 'Next.', 'End.']);
  });

  it('leaves numbers alone that count no pages', () => {
    expect(read('List\n\n1914\n\nText.\n\n7\n\nMore.').texts).toEqual(['1914', 'Text.', '7', 'More.']);
  });

  it('of Project Gutenberg go, and their labels are stated', () => {
    const text =
      'The Project Gutenberg eBook of The Quay\n\nTitle: The Quay\n  or, A Harbour\n\nAuthor: Ida Berg\n\nLanguage: English\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE QUAY ***\n\nThe Quay\n\nIt was late.\n\n*** END OF THE PROJECT GUTENBERG EBOOK THE QUAY ***\n\nLicence.';
    expect(read(text)).toMatchObject({ title: 'The Quay or, A Harbour', authors: ['Ida Berg'] });
    expect(read(text).texts.at(-1)).toBe('It was late.');
  });
});

describe('hostile text', () => {
  it.each([
    ['blank lines', '\n'.repeat(3_000_000)],
    ['spaces', ' '.repeat(3_000_000)],
    ['hyphens at line ends', 'ab-\n'.repeat(200_000)],
    ['numbers in lines of their own', Array.from({ length: 200_000 }, (_, i) => `${i}\n\n`).join('')],
    ['form feeds', '\f'.repeat(500_000)],
    ['labels', 'Title: x\n'.repeat(200_000)],
    ['brackets', '['.repeat(3_000_000)],
    ['one endless paragraph of short lines', 'a b\n'.repeat(500_000)],
  ])('is read in a moment: %s', (_name, text) => {
    expect(readPlainText(text, 'a.txt').articles).toHaveLength(1);
  });
});
