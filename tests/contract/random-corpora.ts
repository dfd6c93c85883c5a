/**
 * Random corpora, for properties. Each corpus is made of a handful of words, so that they
 * meet, repeat and stand side by side; among them are words of many scripts and words that mean something to JavaScript.
 */
import fc from 'fast-check';
import type { CorpusFiles } from './corpus-files.ts';

const vocabulary = [
  'harbour',
  'harbours',
  'Harbouring',
  'ship',
  'ships',
  'shore',
  'izium',
  'izyum',
  'the',
  'constructor',
  '__proto__',
  'toString',
  'Київ',
  'Києва',
  'киев',
  'об’єкт',
  '東京',
  '京都',
  '東京都',
  '한국어',
  '6,000',
  '2022',
  '3.14',
  '#tag',
  'tag',
  '@name',
  'C++',
  '.NET',
  "don't",
  'l’avion',
  'self-propelled',
  'naïve',
  'Straße',
  'Häfen',
  'hafen',
  'laufen',
  'läuft',
  'a',
  '—',
  '&amp;',
  '𠮷野家',
] as const;

/** Words of one corpus. */
export const corpusWords: fc.Arbitrary<readonly string[]> = fc
  .uniqueArray(fc.constantFrom(...vocabulary), { minLength: 2, maxLength: 7 })
  .map((words) => words.sort());

/** Of sources, authors and tags. */
export const names = ['Ada', 'ada', 'Élodie', '__proto__', 'constructor', 'A & B'];
const ids = ['x', 'y', 'constructor', '__proto__', 'a.md', 'b/harbour.jsonl~1'];
export const days = ['2021-12-31', '2022-01-01', '2022-06-15', '1999-02-28'];
export const languages = ['en', 'de', 'uk', 'ja', 'sv'];
const weights = [0.1, 0.5, 1, 2, 10];

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });

function textOf(words: readonly string[], length: { min: number; max: number }): fc.Arbitrary<string> {
  const word = fc.constantFrom(...words);
  const gap = fc.constantFrom(' ', ' ', ' ', ' ', ' ', ' ', ' ', ', ', '. ', '');
  return fc
    .array(fc.tuple(word, gap), { minLength: length.min, maxLength: length.max })
    .map((parts) => parts.flat().join('').trim());
}

interface RandomArticle {
  readonly stated: Readonly<Record<string, unknown>>;
  readonly sections: readonly { readonly heading: string | undefined; readonly paragraphs: readonly string[] }[];
}

function articleOf(words: readonly string[]): fc.Arbitrary<RandomArticle> {
  // Often enough the same text, so that it recurs.
  const paragraph = fc.oneof(
    { weight: 4, arbitrary: textOf(words, { min: 1, max: 9 }) },
    { weight: 1, arbitrary: fc.constant(words.join(' ')) },
  );
  return fc.record({
    stated: fc.record({
      id: fc.option(fc.constantFrom(...ids), { nil: undefined, freq: 1 }),
      title: fc.option(textOf(words, { min: 0, max: 3 }), { nil: undefined, freq: 3 }),
      date: maybe(days),
      authors: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
      source: maybe(names),
      tags: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
      language: maybe(languages),
      weight: fc.option(fc.constantFrom(...weights), { nil: undefined, freq: 1 }),
      search_weight: fc.option(fc.constantFrom(...weights), { nil: undefined, freq: 1 }),
    }),
    sections: fc.array(
      fc.record({
        heading: fc.option(textOf(words, { min: 1, max: 2 }), { nil: undefined }),
        paragraphs: fc.array(paragraph, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
}

const stems = ['a', 'b/harbour', 'b/ship', 'Київ', '__proto__', 'the', 'z'];

/** Some files of all formats with articles of the given words. */
export function corpusFilesOf(
  words: readonly string[],
  size: { min?: number; max: number },
): fc.Arbitrary<CorpusFiles> {
  return fc
    .uniqueArray(corpusFileOf(words), { maxLength: size.max, minLength: size.min ?? 0, selector: ([path]) => path })
    .map((files) => new Map(files));
}

/** A path and what stands in it. */
export function corpusFileOf(words: readonly string[]): fc.Arbitrary<readonly [path: string, text: string]> {
  const stem = fc.constantFrom(...stems);
  const article = articleOf(words);
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(stem, article).map(([name, one]) => [`${name}.md`, toMarkdown(one)] as const) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(stem, fc.array(article, { maxLength: 3 }))
        .map(([name, several]) => [`${name}.jsonl`, several.map(toJsonLine).join('')] as const),
    },
    { weight: 1, arbitrary: fc.tuple(stem, article).map(([name, one]) => [`${name}.txt`, toPlainText(one)] as const) },
  );
}

function toMarkdown({ stated, sections }: RandomArticle): string {
  const front = Object.entries(stated)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  const blocks = sections.flatMap(({ heading, paragraphs }) => [
    ...(heading === undefined ? [] : [`## ${escapeMarkdown(heading)}`]),
    ...paragraphs.map(escapeMarkdown),
  ]);
  return `---\n${front.join('')}---\n\n${blocks.join('\n\n')}\n`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

function toJsonLine({ stated, sections }: RandomArticle): string {
  return `${JSON.stringify({ ...stated, paragraphs: sections.flatMap(({ paragraphs }) => paragraphs) })}\n`;
}

function toPlainText({ stated, sections }: RandomArticle): string {
  return `${stated.title ?? ''}\n\n${sections.flatMap(({ paragraphs }) => paragraphs).join('\n\n')}\n`;
}
