/** Articles for tests of pages: enough for three pages of results, and one with every kind of paragraph. */
import type { FakeArticle } from './fake-service.ts';

const outlets = ['Eastern Courier', 'Harbour Gazette', 'The Long View'];
const authors = ['Ana Petrova', 'Jörg Müller', 'Maya Cole', 'Олена Бондар'];
const tags = ['liberation', 'bridges', 'energy', 'archives', 'railways', 'harvest'];

const longRead: FakeArticle = {
  id: '2022/11/across-the-river.md',
  path: '2022/11/across-the-river.md',
  title: 'Across the river: the city without its bridge',
  date: '2022-11-14',
  source: 'Eastern Courier',
  authors: ['Ana Petrova', 'Jörg Müller'],
  tags: ['liberation', 'bridges'],
  url: 'https://courier.example/2022/11/across-the-river',
  paragraphs: [
    {
      text: 'The main road bridge lies in the water, its middle spans folded into the current like a broken ruler. On the bank above, people wait for a boat that comes twice a day.',
    },
    {
      text: 'Engineers count seven bridges that were destroyed in the last days of the withdrawal. The one over the narrows is the only bridge that they hope to open before the frost.',
    },
    {
      heading: 'What is needed first',
      text: 'A list hangs at the door of the town hall, written by hand and corrected every morning:',
    },
    { heading: 'What is needed first', kind: 'item', text: 'diesel for the pumps of the waterworks' },
    { heading: 'What is needed first', kind: 'item', text: 'planks and steel cable for a footbridge' },
    { heading: 'What is needed first', kind: 'item', text: 'telephone sets, of any age, that still ring' },
    {
      heading: 'What is needed first',
      kind: 'quote',
      text: 'Nobody here asks when the bridge will be rebuilt; they ask who has a boat.',
    },
    {
      heading: 'The river in numbers',
      kind: 'row',
      text: 'Crossing | Length | Destroyed | Reconstruction | Responsible',
    },
    {
      heading: 'The river in numbers',
      kind: 'row',
      text: 'Main bridge | 1,366 metres | November | temporarily impossible | Hydroengineering',
    },
    {
      heading: 'The river in numbers',
      kind: 'row',
      text: 'Footbridge | 212 metres | September | provisional | Waterworks',
    },
    {
      heading: 'The river in numbers',
      kind: 'code',
      text: 'level = gauge.read("pier 3")\nif level > 4.2:\n    warn("no boats today")',
    },
    {
      heading: 'The river in numbers',
      kind: 'caption',
      text: 'The eastern pier of the bridge, seen from the landing stage. Picture made for this sample.',
    },
    {
      text: 'At dusk the last boat leaves. The people who missed it turn up their collars and walk back into a town where, street by street, the lamps come on.',
    },
  ],
};

const shortStory = (index: number): FakeArticle => ({
  id: `2022/${String((index % 9) + 1).padStart(2, '0')}/report-${index}.md`,
  title: `Report ${index}: ${['Trains return', 'A bridge over the narrows', 'Lights in the archive', 'Harvest under guard'][index % 4]}`,
  date: `2022-${String((index % 9) + 1).padStart(2, '0')}-${String((index % 27) + 1).padStart(2, '0')}`,
  source: outlets[index % 3] ?? null,
  authors: [authors[index % 4] ?? ''],
  tags: [tags[index % 6] ?? '', tags[(index + 2) % 6] ?? ''],
  language: index % 8 === 7 ? 'de' : 'en',
  url: index % 2 === 0 ? `https://outlet.example/${index}` : null,
  paragraphs: [
    `On day ${index} the first train rolled slowly over the mended bridge, and people along the embankment counted its carriages aloud until the last of them had crossed.`,
    'In the evening the station hall was lit for the first time in eight months; the clock, nobody knew why, still showed the right time.',
    'The bridge guard wrote the number of the train into his book and underlined it twice.',
    'Whoever needs a bridge, an old saying goes, should be kind to the ferryman.',
    'A bridge is never finished, the foreman said, it is only opened.',
  ],
});

export const sampleArticles: readonly FakeArticle[] = [
  longRead,
  ...Array.from({ length: 24 }, (_, index) => shortStory(index)),
  {
    id: 'note.txt',
    path: 'note.txt',
    title: 'Нотатка про Ізюм',
    date: '2022-09-10',
    source: 'The Long View',
    authors: ['Олена Бондар'],
    tags: ['liberation'],
    language: 'uk',
    guessed: ['date', 'language'],
    paragraphs: ['Місто Ізюм зустріло ранок без світла, але з новинами.'],
  },
];
