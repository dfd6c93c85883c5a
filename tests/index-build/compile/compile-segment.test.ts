import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArticleTable } from '../../../index-build/compile/article-table.ts';
import { compileSegment } from '../../../index-build/compile/compile-segment.ts';
import type { MergeSource } from '../../../index-build/compile/merge-runs.ts';
import { runOf } from '../../../index-build/compile/run.ts';
import { indexBatch } from '../../../index-build/index-batch.ts';
import { analyze, fingerprint } from '../../../src/analysis/analyze.ts';
import { stem } from '../../../src/analysis/stem.ts';
import { type Field, fields } from '../../../src/domain/article.ts';
import type { Term } from '../../../src/domain/ids.ts';
import {
  noDay,
  prefixLength,
  prefixTerms,
  type SegmentHeader,
  segmentKind,
  segmentSections,
} from '../../../src/engine/embedded/segment-format.ts';
import { SortedKeys } from '../../../src/engine/embedded/string-table.ts';
import { openContainer } from '../../../src/snapshot/container.ts';
import { readRun } from './read-run.ts';

type Texts = Readonly<Record<Field, string>>;

interface Source {
  readonly paragraphs: readonly Texts[];
  readonly language: string | null;
}

const body = (text: string): Texts => ({ title: '', heading: '', body: text });
const article = (language: string | null, ...bodies: string[]): Source => ({ language, paragraphs: bodies.map(body) });

/** A run of some of the articles, numbered 0, 1, 2… */
function runOfArticles(articles: readonly Source[]) {
  const starts = [0];
  for (const { paragraphs } of articles) starts.push((starts.at(-1) as number) + paragraphs.length);
  const paragraphs = articles.flatMap((one) => one.paragraphs).map((texts, id) => ({ id, ...texts }));
  return indexBatch(paragraphs, starts).run;
}

function tableOf(articles: readonly Source[]): ArticleTable {
  const table = new ArticleTable();
  for (const [number, { language, paragraphs }] of articles.entries()) {
    table.add({
      id: `a${number}`,
      path: 'p',
      day: noDay,
      weight: 0,
      searchWeight: 0,
      facets: { source: [], author: [], tag: [], language: language === null ? [] : [language] },
      titleLength: 0,
      headingLengths: paragraphs.map(() => 0),
      dataBytes: 1,
      paragraphBytes: paragraphs.map(() => 1),
      paragraphLengths: paragraphs.map(() => 1),
      markCounts: paragraphs.map(() => 0),
      marks: [],
    });
  }
  return table;
}

/** The batches hold numbers of articles, ascending. */
function compile(articles: readonly Source[], batches: readonly (readonly number[])[] = [[...articles.keys()]]) {
  const sources = batches.map((batch): MergeSource => {
    const run = runOfArticles(batch.map((number) => articles[number] as Source));
    return { run, articles: Int32Array.from(batch) };
  });
  return bytesOf(sources, articles);
}

function bytesOf(sources: readonly MergeSource[], articles: readonly Source[]): Buffer {
  return Buffer.concat(compileSegment(sources, tableOf(articles)).chunks);
}

function open(bytes: Buffer) {
  const opened = openContainer('s', new Uint8Array(bytes), { kind: segmentKind, types: segmentSections });
  return { header: opened.header as SegmentHeader, sections: opened.sections };
}

type Opened = ReturnType<typeof open>['sections'];

function keysOf(starts: Uint32Array, units: Uint16Array): string[] {
  const keys = new SortedKeys(starts, units);
  return Array.from({ length: keys.size }, (_, key) => keys.key(key));
}

interface Family {
  readonly members: readonly string[];
  readonly articles: readonly number[];
}

function familiesOf(sections: Opened): [string, Family][] {
  const { familyMemberStarts: starts, familyMembers, familyMemberArticles } = sections;
  const terms = keysOf(sections.termStarts, sections.termUnits);
  return keysOf(sections.familyKeyStarts, sections.familyKeyUnits).map((key, family) => {
    const members = Array.from(familyMembers.subarray(starts[family], starts[family + 1]), (term) => terms[term] ?? '');
    const articles = [...familyMemberArticles.subarray(starts[family], starts[family + 1])];
    return [key, { members, articles }];
  });
}

function prefixesOf({ prefixKeyStarts, prefixKeyUnits }: Opened): string[] {
  return keysOf(prefixKeyStarts, prefixKeyUnits);
}

/** Which terms each paragraph of each article holds, by the analyzer alone. */
function termsByParagraph(articles: readonly Source[]) {
  return articles.flatMap(({ language, paragraphs }, number) =>
    paragraphs.map((texts) => {
      const terms = new Set(fields.flatMap((field) => [...analyze(texts[field])].map(({ term }) => term as string)));
      return { article: number, language, terms };
    }),
  );
}

const allTerms = (articles: readonly Source[]) =>
  [...new Set(termsByParagraph(articles).flatMap(({ terms }) => [...terms]))].sort();

function expectedFamilies(articles: readonly Source[]): [string, Family][] {
  const all = termsByParagraph(articles);
  const families = new Map<string, { members: string[]; articles: number[] }>();
  for (const language of ['de', 'en', 'uk']) {
    for (const term of allTerms(articles)) {
      const held = new Set(all.filter((one) => one.language === language && one.terms.has(term)).map((p) => p.article));
      const found = stem(term as Term, language);
      if (held.size === 0 || found === null) continue;
      const family = families.get(`${language}:${found}`) ?? { members: [], articles: [] };
      family.members.push(term);
      family.articles.push(held.size);
      families.set(`${language}:${found}`, family);
    }
  }
  return [...families].sort(([a], [b]) => (a < b ? -1 : 1));
}

function expectedPrefixes(articles: readonly Source[]): string[] {
  const terms = allTerms(articles);
  const lengths = Array.from({ length: prefixLength }, (_, length) => length + 1);
  const prefixes = new Set(terms.flatMap((t) => lengths.filter((n) => n <= t.length).map((n) => t.slice(0, n))));
  return [...prefixes].filter((prefix) => terms.filter((term) => term.startsWith(prefix)).length > prefixTerms).sort();
}

const words = fc.constantFrom('attack', 'attacks', 'Gift', 'gifte', 'gifts', '東京', '6,000', '#tag', 'слова', 'слово');
const text = fc.array(words, { maxLength: 5 }).map((all) => all.join(' '));
const paragraph = fc.record({ title: text, heading: text, body: text });
const source: fc.Arbitrary<Source> = fc.record({
  paragraphs: fc.array(paragraph, { maxLength: 3 }),
  language: fc.constantFrom('en', 'de', 'uk', 'ja', null),
});
const sources = fc.array(source, { maxLength: 10 });
/** Words of few letters, so that many begin alike. */
const similar = fc.string({ unit: fc.constantFrom('a', 'b', '𐐨', '𐐩'), minLength: 1, maxLength: 5, size: 'max' });
const similarSources = fc.array(
  fc.record({
    paragraphs: fc.array(
      fc
        .record({
          title: fc.array(similar, { maxLength: 4 }),
          body: fc.array(similar, { minLength: 5, maxLength: 30, size: 'max' }),
        })
        .map((one): Texts => ({ title: one.title.join(' '), heading: '', body: one.body.join(' ') })),
      { maxLength: 4, size: 'max' },
    ),
    language: fc.constant('en'),
  }),
  { maxLength: 4, size: 'max' },
);

describe('compileSegment', () => {
  it('gives the same bytes for the same articles, in whatever batches they came', () => {
    fc.assert(
      fc.property(sources, fc.array(fc.nat(2), { minLength: 10, maxLength: 10 }), (articles, batchOf) => {
        const numbers = [...articles.keys()];
        const batches = [0, 1, 2].map((batch) => numbers.filter((number) => batchOf[number] === batch));
        expect(compile(articles, batches).equals(compile(articles))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the bytes of what is left where articles of an opened segment are gone and others come', () => {
    fc.assert(
      fc.property(sources, sources, fc.array(fc.nat(9)), (before, added, gone) => {
        const { sections } = open(compile(before));
        const left = before.filter((_, number) => !gone.includes(number));
        let next = 0;
        const kept = Int32Array.from(before, (_, number) => (gone.includes(number) ? -1 : next++));
        const addedNumbers = Int32Array.from(added, (_, number) => left.length + number);
        const all = [...left, ...added];
        const merged = [
          { run: runOfArticles(added), articles: addedNumbers },
          { run: runOf(sections), articles: kept },
        ];
        expect(bytesOf(merged, all).equals(compile(all))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('counts the paragraphs and articles of each term', () => {
    fc.assert(
      fc.property(sources, (articles) => {
        const { sections } = open(compile(articles));
        const all = termsByParagraph(articles);
        const terms = allTerms(articles);
        const holding = (term: string) => all.filter((one) => one.terms.has(term));
        expect(keysOf(sections.termStarts, sections.termUnits)).toEqual(terms);
        expect([...sections.termParagraphs]).toEqual(terms.map((term) => holding(term).length));
        expect([...sections.termArticles]).toEqual(
          terms.map((term) => new Set(holding(term).map((one) => one.article)).size),
        );
        expect(readRun(sections).length).toBeGreaterThanOrEqual(terms.length);
      }),
    );
  });

  it('groups terms into the families of the languages whose articles hold them, and counts each', () => {
    fc.assert(
      fc.property(sources, (articles) => {
        expect(familiesOf(open(compile(articles)).sections)).toEqual(expectedFamilies(articles));
      }),
      { numRuns: 200 },
    );
  });

  it('lists the beginnings that many terms share', () => {
    fc.assert(
      fc.property(similarSources, (articles) => {
        expect(prefixesOf(open(compile(articles)).sections)).toEqual(expectedPrefixes(articles));
      }),
      { numRuns: 50 },
    );
  });

  it('takes a beginning from one term more than the limit on, up to its length, also half a sign', () => {
    const endings = Array.from({ length: prefixTerms + 1 }, (_, i) => String.fromCharCode(0x61 + i));
    const few = endings.slice(1).map((letter) => `xy${letter}`);
    const many = endings.map((letter) => `quays${letter}`);
    const signs = endings.map((letter) => `𐐨${letter}`);
    const { sections } = open(
      compile([article(null, many.join(' '), few.join(' '), 'quaysa xyb'), article(null, signs.join(' '))]),
    );
    expect(prefixesOf(sections)).toEqual(['q', 'qu', 'qua', 'quay', '\ud801', '𐐨']);
  });

  it('has a family only in the languages whose articles hold the word', () => {
    const articles: Source[] = [
      article('en', 'gift gifts', 'gift'),
      article('de', 'gift gifte'),
      article(null, 'gifted'),
      article('ja', 'gifts'),
    ];
    const { header, sections } = open(compile(articles));
    expect(familiesOf(sections)).toEqual([
      ['de:gift', { members: ['gift', 'gifte'], articles: [1, 1] }],
      ['en:gift', { members: ['gift', 'gifts'], articles: [1, 1] }],
    ]);
    expect(header.familyLanguages).toEqual(['de', 'en']);
  });

  it('says in the header what it holds, and what analyzed it', () => {
    const { header } = open(compile([article('en', 'quay quay', 'lane'), article('en', 'quay')]));
    expect(header).toMatchObject({ analyzer: fingerprint(), articles: 2, paragraphs: 3, terms: 2 });
  });
});
