import { describe, expect, it } from 'vitest';
import { openRandom } from '../../src/evaluation/random.ts';
import { countWords, runsOf, type WordStatistics, wordsOf } from './count-words.ts';
import { drawQueries, misspell } from './draw-queries.ts';
import { classNames, type DrawnQuery, formOf, type QueryClass, toAddress, toSearchRequest } from './query-classes.ts';
import { makeDocuments } from './sample-documents.ts';

const paragraphs = 1500;
const counts = { measured: 15, load: 140 };
const statistics = await count();

describe('countWords', () => {
  it('counts the paragraphs that hold a word, and ranks by that', () => {
    expect(statistics.counted).toBe(paragraphs);
    expect(statistics.ranked.slice(0, 10)).toContain('the');
    expect(statistics.rank(statistics.ranked[3] ?? '')).toBe(3);
    const frequencies = statistics.ranked.map(statistics.frequency);
    expect(frequencies).toEqual(frequencies.toSorted((a, b) => b - a));
    expect(statistics.frequency('absent')).toBe(0);
    expect(statistics.rank('absent')).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ['The cat sat.', ['the', 'cat', 'sat']],
    ["It's utf8, foo_bar and self-propelled", ['and', 'self', 'propelled']],
    ['Київ, Straße', ['київ', 'straße']],
    ['', []],
  ])('takes from %j the words %j', (text, expected) => {
    expect(wordsOf(text)).toEqual(expected);
  });

  it.each([
    ['one two three four', 3, ['one two three', 'two three four']],
    ['one two, three four', 2, ['one two,', 'three four'].slice(1)],
    ['one  two', 2, []],
    ['one', 2, []],
  ])('finds in %j runs of %d words with one space between', (text, length, expected) => {
    expect(runsOf(text, length).map((run) => run.join(' '))).toEqual(expected);
  });
});

describe('drawQueries', () => {
  const drawn = drawQueries(statistics, 1, counts);

  it('draws the same queries for the same seed, and others for another', async () => {
    expect(drawQueries(await count(), 1, counts)).toEqual(drawn);
    expect(drawQueries(statistics, 2, counts)).not.toEqual(drawn);
  });

  it.each(classNames)('draws distinct queries of the class %s, none of which is in the warm-up', (name) => {
    const measured = (drawn.measured[name] ?? []).map((query) => JSON.stringify(query));
    expect(measured.length).toBeGreaterThanOrEqual(5);
    expect(measured.length).toBeLessThanOrEqual(counts.measured);
    expect(new Set(measured).size).toBe(measured.length);
    const warmUp = (drawn.warmUp[name] ?? []).map((query) => JSON.stringify(query));
    expect(warmUp.filter((query) => measured.includes(query))).toEqual([]);
  });

  it('mixes all classes in equal parts for the load', () => {
    const sizes = classNames.map((name) => drawn.load.filter((query) => query.class === name).length);
    expect(sizes).toEqual(classNames.map(() => counts.load / classNames.length));
  });

  it.each<[QueryClass, number]>([
    ['common', 1],
    ['middle', 1],
    ['rare', 1],
    ['three-words', 3],
    ['three-content', 3],
    ['eight-any', 8],
    ['typing', 2],
    ['prefix-1', 0],
    ['misspelled', 1],
    ['phrase', 3],
    ['filtered', 1],
  ])('gives the class %s %d words', (name, length) => {
    expect((drawn.measured[name] ?? []).map(({ words }) => words.length)).toEqual(
      (drawn.measured[name] ?? []).map(() => length),
    );
  });

  it('gives each class words of its frequency', () => {
    const frequencies = (name: QueryClass) =>
      (drawn.measured[name] ?? []).flatMap(({ words }) => words.map(statistics.frequency));
    expect(Math.min(...frequencies('common'))).toBeGreaterThan(Math.max(...frequencies('rare')));
    expect(Math.max(...frequencies('rare'))).toBeLessThanOrEqual(10);
    expect(Math.max(...frequencies('middle'))).toBeLessThanOrEqual(paragraphs * 0.01);
    expect(frequencies('misspelled')).toEqual((drawn.measured.misspelled ?? []).map(() => 0));
  });

  it('takes words that stand in one paragraph, phrases as they stand there', () => {
    const bodies = statistics.sample.map(({ body }) => body.slice(0, -1));
    for (const query of [...(drawn.measured.phrase ?? []), ...(drawn.measured['stop-phrase'] ?? [])]) {
      expect(bodies.some((body) => ` ${body} `.includes(` ${query.words.join(' ')} `))).toBe(true);
    }
    for (const { words } of drawn.measured['eight-any'] ?? []) {
      expect(bodies.some((body) => words.every((word) => body.split(' ').includes(word)))).toBe(true);
    }
  });

  it('gives prefixes of the length that their class says', () => {
    const lengths = (name: QueryClass) => new Set((drawn.measured[name] ?? []).map(({ prefix }) => prefix?.length));
    expect(lengths('prefix-1')).toEqual(new Set([1]));
    expect(lengths('prefix-2')).toEqual(new Set([2]));
    expect(lengths('prefix-3')).toEqual(new Set([3]));
    expect([...lengths('typing')].every((length) => length !== undefined && length >= 2 && length <= 4)).toBe(true);
  });
});

describe('misspell', () => {
  it('makes at most one edit', () => {
    const random = openRandom(1, 'slips');
    for (let slip = 0; slip < 200; slip++) {
      const misspelled = misspell('quarter', random);
      expect(Math.abs(misspelled.length - 7)).toBeLessThanOrEqual(1);
      expect(isOneEdit('quarter', misspelled), misspelled).toBe(true);
    }
  });
});

describe('a drawn query', () => {
  it.each<[Partial<DrawnQuery> & Pick<DrawnQuery, 'class'>, string, string]>([
    [{ class: 'three-words', words: ['of', 'the', 'city'] }, 'of the city', '?q=of+the+city&limit=10'],
    [{ class: 'eight-any', words: ['one', 'two'] }, 'one OR two', '?q=one+OR+two&limit=10'],
    [{ class: 'phrase', words: ['one', 'two'] }, '"one two"', '?q=%22one+two%22&limit=10'],
    [{ class: 'prefix-2', prefix: 'ci' }, 'ci*', '?q=ci*&limit=10'],
    [{ class: 'typing', words: ['the', 'old'], prefix: 'ci' }, 'the old ci', '?q=the+old+ci&limit=10&typing=on'],
    [{ class: 'filtered', words: ['city'], year: '2012' }, 'city', '?q=city&limit=10&year=2012&sort=newest'],
  ])('%j asks for %s', (parts, text, parameters) => {
    const query: DrawnQuery = { words: [], prefix: null, year: null, ...parts };
    const request = toSearchRequest(query);
    expect(request.query).toBe(text);
    expect(request.isTyping).toBe(formOf(query) === 'typing');
    expect(toAddress(query)).toBe(`/api/v1/search${parameters}`);
  });
});

function count(): Promise<WordStatistics> {
  return countWords(makeDocuments(paragraphs), paragraphs, openRandom(1, 'sample'));
}

/** Takes off what both have at the beginning and at the end; what is left is the edit. */
function isOneEdit(from: string, to: string): boolean {
  let start = 0;
  while (start < from.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  const left = from.slice(start, from.length - end);
  const right = to.slice(start, to.length - end);
  const isSwap = left.length === 2 && right === [...left].reverse().join('');
  return isSwap || (left.length <= 1 && right.length <= 1);
}
