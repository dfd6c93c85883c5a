/**
 * The step `queries`: draws the queries of all classes from a corpus, with a seed. The same corpus, seed and numbers give
 * the same queries. Every query but those of filters and misspellings is made of words that stand in one paragraph.
 */
import { writeFile } from 'node:fs/promises';
import { drawBelow, drawOne, openRandom, type Random, shuffle } from '../../src/evaluation/random.ts';
import type { QueriesByClass, QuerySet } from './ask-queries.ts';
import { countWords, runsOf, type WordStatistics, wordsOf } from './count-words.ts';
import { type BenchDocument, type DocumentFile, readDocuments } from './documents.ts';
import { byClass, classNames, type DrawnQuery, type QueryClass } from './query-classes.ts';

export interface DrawJob {
  readonly documents: DocumentFile;
  readonly seed: number;
  readonly counts: DrawCounts;
  /** Where the `QuerySet` is written, as JSON. */
  readonly file: string;
}

export interface DrawCounts {
  /** Measured queries of each class; fewer where the corpus has no more distinct ones. */
  readonly measured: number;
  /** Queries of the mixed load, all classes together. */
  readonly load: number;
}

export interface DrawOutcome {
  /** Distinct words of the paragraphs that were counted. */
  readonly words: number;
  /** Measured queries by class. */
  readonly measured: Readonly<Partial<Record<QueryClass, number>>>;
}

export async function drawAndWrite({ documents, seed, counts, file }: DrawJob): Promise<DrawOutcome> {
  const random = openRandom(seed, 'sample');
  const statistics = await countWords(readDocuments(documents), documents.paragraphs, random);
  const queries = drawQueries(statistics, seed, counts);
  await writeFile(file, JSON.stringify(queries));
  return { words: statistics.ranked.length, measured: byClass((name) => queries.measured[name]?.length) };
}

export function drawQueries(statistics: WordStatistics, seed: number, counts: DrawCounts): QuerySet {
  const used = new Set<string>();
  const drawAll = (purpose: string, count: number): QueriesByClass =>
    byClass((name) => drawClass(name, count, { statistics, random: openRandom(seed, `${purpose} ${name}`), used }));
  // Measured ones first: where a class has few distinct queries they go to what is measured, not to the warm-up.
  const measured = drawAll('measured', counts.measured);
  const warmUp = drawAll('warm-up', Math.max(leastWarmUp, Math.ceil(counts.measured / 5)));
  const perClass = Math.ceil(counts.load / classNames.length);
  const fresh = drawAll('load', perClass);
  const load = classNames.flatMap((name) => repeatTo(perClass, [...(fresh[name] ?? []), ...(measured[name] ?? [])]));
  return { measured, warmUp, load: shuffle(openRandom(seed, 'load'), load).slice(0, counts.load) };
}

/** Of each class: what the compiler has not seen a few times is slow whatever it does. */
const leastWarmUp = 20;

interface DrawSource {
  readonly statistics: WordStatistics;
  readonly random: Random;
  /** Queries drawn already, for whatever purpose. */
  readonly used: Set<string>;
}

const attemptsPerQuery = 40;

function drawClass(name: QueryClass, count: number, source: DrawSource): DrawnQuery[] {
  const drawn: DrawnQuery[] = [];
  for (let attempt = 0; attempt < count * attemptsPerQuery && drawn.length < count; attempt++) {
    const parts = drawers[name](source);
    if (parts === null) continue;
    const query: DrawnQuery = { class: name, words: [], prefix: null, year: null, ...parts };
    const key = JSON.stringify(query);
    if (source.used.has(key)) continue;
    source.used.add(key);
    drawn.push(query);
  }
  return drawn;
}

function repeatTo(count: number, queries: readonly DrawnQuery[]): DrawnQuery[] {
  if (queries.length === 0) return [];
  return Array.from({ length: count }, (_, index) => queries[index % queries.length] as DrawnQuery);
}

type Parts = Partial<Pick<DrawnQuery, 'words' | 'prefix' | 'year'>>;

/** Ranks of words by their frequency: the first this many are common, … */
const commonWords = 100;
/** … the first this many say nothing about what a text is about, … */
const stopWords = 150;
/** … and phrases of stop words are made of the first this many. */
const phraseStopWords = 60;

const drawers: Readonly<Record<QueryClass, (source: DrawSource) => Parts | null>> = {
  common: ({ statistics, random }) => oneWord(drawOne(random, statistics.ranked.slice(0, commonWords))),
  middle: (source) => oneWord(drawContentWord(source, (share) => share >= 0.001 && share <= 0.01)),
  rare: (source) => oneWord(drawContentWord(source, (_, frequency) => frequency >= 2 && frequency <= 10)),
  'three-words': (source) => withWords(drawRun(source, 3)),
  'three-content': (source) => withWords(drawContentWords(source, 3)),
  'eight-any': (source) => withWords(drawContentWords(source, 8)),
  typing: drawTyping,
  'prefix-1': (source) => drawPrefix(source, 1),
  'prefix-2': (source) => drawPrefix(source, 2),
  'prefix-3': (source) => drawPrefix(source, 3),
  misspelled: drawMisspelling,
  phrase: (source) => withWords(drawRun(source, 3, (run) => run.some((word) => isContent(word, source.statistics)))),
  'stop-phrase': drawStopPhrase,
  filtered: drawFiltered,
};

function oneWord(word: string | undefined): Parts | null {
  return word === undefined ? null : { words: [word] };
}

function withWords(words: readonly string[] | null): Parts | null {
  return words === null ? null : { words };
}

function drawTyping(source: DrawSource): Parts | null {
  const run = drawRun(source, 3, ([, , last = '']) => last.length >= 3);
  if (run === null) return null;
  const [first = '', second = '', last = ''] = run;
  const longest = Math.min(4, last.length - 1);
  return { words: [first, second], prefix: last.slice(0, 2 + drawBelow(source.random, longest - 1)) };
}

function drawPrefix(source: DrawSource, length: number): Parts | null {
  const word = drawContentWord(source, () => true);
  return word === undefined ? null : { prefix: word.slice(0, length) };
}

function drawStopPhrase(source: DrawSource): Parts | null {
  const length = 2 + drawBelow(source.random, 2);
  return withWords(
    drawRun(source, length, (run) => run.every((word) => source.statistics.rank(word) < phraseStopWords)),
  );
}

/** A word that is neither very rare nor in nearly every paragraph, in the year of a paragraph that holds it. */
function drawFiltered(source: DrawSource): Parts | null {
  const { statistics, random } = source;
  const document = drawDocument(source);
  const share = (word: string) => statistics.frequency(word) / statistics.counted;
  const words = wordsOf(document.body).filter((word) => share(word) >= 0.002 && share(word) <= 0.2);
  const word = drawOne(random, words);
  return word === undefined || document.year === '' ? null : { words: [word], year: document.year };
}

/** One edit from a word of the corpus, and none of its words. */
function drawMisspelling(source: DrawSource): Parts | null {
  const word = drawContentWord(source, (_, frequency) => frequency >= 5);
  if (word === undefined || word.length < 5 || !/^[a-z]+$/.test(word)) return null;
  const misspelled = misspell(word, source.random);
  return source.statistics.frequency(misspelled) > 0 ? null : { words: [misspelled] };
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** A letter left out, put in, replaced, or changed with its neighbour. */
export function misspell(word: string, random: Random): string {
  const at = drawBelow(random, word.length - 1);
  const letter = letters.charAt(drawBelow(random, letters.length));
  const before = word.slice(0, at);
  switch (drawBelow(random, 4)) {
    case 0:
      return before + word.slice(at + 1);
    case 1:
      return before + letter + word.slice(at);
    case 2:
      return before + letter + word.slice(at + 1);
    default:
      return before + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  }
}

function drawContentWord(
  source: DrawSource,
  isWanted: (share: number, frequency: number) => boolean,
): string | undefined {
  const { statistics, random } = source;
  const wanted = wordsOf(drawDocument(source).body).filter((word) => {
    const frequency = statistics.frequency(word);
    return isContent(word, statistics) && isWanted(frequency / statistics.counted, frequency);
  });
  return drawOne(random, wanted);
}

/** Distinct ones of one paragraph. */
function drawContentWords(source: DrawSource, count: number): string[] | null {
  const { statistics, random } = source;
  const all = [...new Set(wordsOf(drawDocument(source).body))].filter((word) => isContent(word, statistics));
  return all.length < count ? null : shuffle(random, all).slice(0, count);
}

function drawRun(
  source: DrawSource,
  length: number,
  isWanted: (run: readonly string[]) => boolean = () => true,
): string[] | null {
  return drawOne(source.random, runsOf(drawDocument(source).body, length).filter(isWanted)) ?? null;
}

function drawDocument({ statistics, random }: DrawSource): BenchDocument {
  const document = drawOne(random, statistics.sample);
  if (document === undefined) throw new Error('the corpus has no paragraph to draw queries from');
  return document;
}

function isContent(word: string, { rank, frequency }: WordStatistics): boolean {
  return word.length >= 4 && rank(word) >= stopWords && frequency(word) >= 2;
}
