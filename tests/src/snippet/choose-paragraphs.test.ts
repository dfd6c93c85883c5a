import { describe, expect, it } from 'vitest';
import { chooseParagraphs, type ReadCandidate, shortlistParagraphs } from '../../../src/snippet/choose-paragraphs.ts';

const match = (paragraph: number, score: number, ...leaves: number[]) => ({
  paragraph,
  score,
  leaves,
  isRecurring: false,
});
const recurring = (paragraph: number, score: number, ...leaves: number[]) => ({
  ...match(paragraph, score, ...leaves),
  isRecurring: true,
});

describe('shortlistParagraphs', () => {
  it.each([
    ['nothing of nothing', [], 3, []],
    ['the best first, whatever the order', [match(0, 1, 0), match(1, 3, 0), match(2, 2, 0)], 2, [1, 2]],
    ['the earlier of equals', [match(5, 1, 0), match(2, 1, 0)], 1, [2]],
    ['a worse one that adds a word', [match(0, 9, 0, 1), match(1, 8, 0, 1), match(2, 1, 2)], 2, [0, 2]],
    ['the one that adds most words', [match(0, 9, 0), match(1, 8, 1), match(2, 1, 1, 2)], 2, [0, 2]],
    ['the better of those that add as many', [match(0, 9, 0), match(1, 1, 1), match(2, 2, 2)], 2, [0, 2]],
    ['the next best when none adds any', [match(0, 9, 0, 1), match(1, 1, 1), match(2, 2, 0)], 3, [0, 2, 1]],
    ['no more than asked for', [match(0, 9, 0), match(1, 1, 1)], 0, []],
    ['what recurs behind all others', [recurring(0, 9, 0, 1), match(1, 1, 0), match(2, 2, 0)], 3, [2, 1, 0]],
    ['what recurs alone', [recurring(0, 1, 0), recurring(1, 2, 0)], 2, [1, 0]],
  ])('chooses %s', (_, matches, limit, expected) => {
    expect(shortlistParagraphs(matches, limit).map(({ paragraph }) => paragraph)).toEqual(expected);
  });

  it('leaves its input as it is', () => {
    const matches = Object.freeze([match(0, 1, 0), match(1, 2, 0)]);
    expect(shortlistParagraphs(matches, 2)).toEqual([match(1, 2, 0), match(0, 1, 0)]);
  });
});

/** Texts in reading order with their scores; the words that are looked for are `barge`, `pier` and `storm`. */
function choose(texts: readonly (readonly [text: string, score: number, also?: 'recurring' | 'caption'])[], limit = 3) {
  const candidates = texts.map(([text, score, also], paragraph): ReadCandidate => {
    const matches = ['barge', 'pier', 'storm']
      .flatMap((word, leaf) =>
        Array.from(text.toLowerCase().matchAll(new RegExp(word, 'g')), ({ index }) => ({
          leaf,
          start: index,
          end: index + word.length,
        })),
      )
      .sort((a, b) => a.start - b.start);
    const leaves = [...new Set(matches.map(({ leaf }) => leaf))].sort();
    const kind = also === 'caption' ? 'caption' : 'text';
    return { paragraph, score, leaves, isRecurring: also === 'recurring', kind, text, findMatches: () => matches };
  });
  return chooseParagraphs(candidates, { title: 'Loss in the harbour', limit }).map(({ text }) => text);
}

const filler = 'The wind came from the north and the sea was grey that day. '.repeat(8);

describe('chooseParagraphs', () => {
  it('prefers a sentence to a heading, a caption and a name that score more', () => {
    const sentence = 'The barge broke loose and hit the pier at noon.';
    expect(
      choose(
        [
          ['Barge and pier', 3],
          [sentence, 1],
        ],
        1,
      ),
    ).toEqual([sentence]);
    expect(
      choose(
        [
          ['A barge at the pier in calm weather.', 3, 'caption'],
          [sentence, 1],
        ],
        1,
      ),
    ).toEqual([sentence]);
    expect(
      choose([
        ['Lost barge.', 2],
        [sentence, 1],
      ]),
    ).toEqual([sentence, 'Lost barge.']);
  });

  it('shows a fragment that holds words which no sentence has', () => {
    const sentence = 'The barge broke loose at noon and drifted.';
    expect(
      choose(
        [
          [sentence, 2],
          ['The barge came home in the end.', 1],
          ['Storm', 1],
        ],
        2,
      ),
    ).toEqual([sentence, 'Storm']);
  });

  it.each([
    ['a credit', 'Photo: The barge at the pier / Ada Vale'],
    ['a link', 'Read more: The barge, the pier and the storm'],
    ['what says no more than the title', 'Loss in the Harbour!'],
  ])('leaves %s out while anything else is there', (_, text) => {
    const sentence = 'The barge was lost.';
    expect(
      choose([
        [text, 9],
        [sentence, 1],
      ]),
    ).toEqual([sentence]);
    expect(choose([[text, 9]])).toEqual([text]);
  });

  it('leaves what recurs across articles out while anything else is there', () => {
    const promotion = 'Tell us what you know of the barge, the pier or the storm.';
    expect(
      choose([
        [promotion, 9, 'recurring'],
        ['The barge was lost.', 1],
      ]),
    ).toEqual(['The barge was lost.']);
    expect(choose([[promotion, 9, 'recurring']])).toEqual([promotion]);
  });

  it('prefers words that stand together to words that stand far apart', () => {
    const apart = `The barge lay there. ${filler}The pier was far away.`;
    const together = 'When the barge hit the pier, the lamps went out.';
    expect(
      choose(
        [
          [apart, 1.2],
          [together, 1],
        ],
        1,
      ),
    ).toEqual([together]);
  });

  it('shows no text twice: of equal ones the better, of which one holds the other the longer', () => {
    expect(
      choose([
        ['The barge was lost at sea.', 1],
        ['the barge  was lost at sea', 2],
      ]),
    ).toEqual(['The barge was lost at sea.']);
    const long = 'The barge was lost at sea, and the pier with it.';
    expect(
      choose([
        ['The barge was lost at sea.', 5],
        [long, 1],
      ]),
    ).toEqual([long]);
    expect(
      choose([
        ['Pier', 5],
        ['The piers of the harbour have all been closed.', 1],
      ]),
    ).toEqual(['Pier', 'The piers of the harbour have all been closed.']);
  });

  it('chooses the earlier of equals, and nothing of nothing', () => {
    expect(
      choose(
        [
          ['One barge was lost at sea.', 1],
          ['Another barge was lost at sea.', 1],
        ],
        1,
      ),
    ).toEqual(['One barge was lost at sea.']);
    expect(choose([])).toEqual([]);
  });
});
