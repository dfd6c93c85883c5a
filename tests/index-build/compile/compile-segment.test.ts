import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArticleTable } from '../../../index-build/compile/article-table.ts';
import { compileSegment } from '../../../index-build/compile/compile-segment.ts';
import type { MergeSource } from '../../../index-build/compile/merge-runs.ts';
import { indexBatch } from '../../../index-build/index-batch.ts';
import { fingerprint } from '../../../src/analysis/analyze.ts';
import { Segment } from '../../../src/engine/embedded/segment.ts';
import { noDay } from '../../../src/engine/embedded/segment-format.ts';

interface Source {
  readonly body: string;
  readonly language: string | null;
}

/** Each article is one paragraph. */
function compile(articles: readonly Source[], batches: readonly (readonly number[])[]): Buffer {
  const table = new ArticleTable();
  const lengths = new Map<number, number>();
  const sources = batches.map((batch): MergeSource => {
    const indexed = indexBatch(
      batch.map((article, id) => ({ id, title: '', heading: '', body: articles[article]?.body ?? '' })),
    );
    batch.forEach((article, id) => {
      lengths.set(article, indexed.lengths.body[id] as number);
    });
    return { run: indexed.run, paragraphs: Int32Array.from(batch) };
  });
  articles.forEach(({ language }, article) => {
    const facets = { source: [], author: [], tag: [], language: language === null ? [] : [language] };
    const texts = { dataBytes: 1, paragraphBytes: [1], paragraphLengths: [lengths.get(article) ?? 0] };
    table.add({ id: `a${article}`, path: 'p', day: noDay, facets, titleLength: 0, headingLength: 0, ...texts });
  });
  return Buffer.concat(compileSegment(sources, table).chunks);
}

function open(bytes: Buffer): Segment {
  return Segment.open('s', new Uint8Array(bytes), fingerprint());
}

/** The members of a family, or null. */
function familyOf(segment: Segment, key: string): string[] | null {
  const family = segment.families.find(key);
  if (family < 0) return null;
  const { familyMembers, familyMemberStarts } = segment.sections;
  const members = familyMembers.subarray(familyMemberStarts[family], familyMemberStarts[family + 1]);
  return Array.from(members, (member) => segment.terms.key(member));
}

describe('compileSegment', () => {
  it('gives the same bytes for the same articles, in whatever batches they came', () => {
    const words = fc.constantFrom('attack', 'attacks', 'gift', 'gifte', '東京', '6,000', '#tag');
    const article = fc.record({
      body: fc.array(words, { maxLength: 6 }).map((all) => all.join(' ')),
      language: fc.constantFrom('en', 'de', 'ja', null),
    });
    const split = fc.array(article, { maxLength: 12 }).chain((articles) =>
      fc.record({
        articles: fc.constant(articles),
        batchOf: fc.array(fc.nat(2), { minLength: articles.length, maxLength: articles.length }),
      }),
    );
    fc.assert(
      fc.property(split, ({ articles, batchOf }) => {
        const numbers = [...articles.keys()];
        const batches = [0, 1, 2].map((batch) => numbers.filter((number) => batchOf[number] === batch));
        expect(compile(articles, batches).equals(compile(articles, [numbers]))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has a family only in the languages whose articles hold the word', () => {
    const articles: Source[] = [
      { body: 'gift gifts', language: 'en' },
      { body: 'gift gifte', language: 'de' },
      { body: 'gifted', language: null },
      { body: 'gifts', language: 'ja' },
    ];
    const segment = open(compile(articles, [[0, 1, 2, 3]]));
    expect(familyOf(segment, 'en:gift')).toEqual(['gift', 'gifts']);
    expect(familyOf(segment, 'de:gift')).toEqual(['gift', 'gifte']);
    expect(segment.header.familyLanguages).toEqual(['de', 'en']);
  });

  it('counts the articles of a term, not its paragraphs, and names the analyzer', () => {
    const segment = open(
      compile(
        [
          { body: 'quay quay', language: 'en' },
          { body: 'quay', language: 'en' },
        ],
        [[0, 1]],
      ),
    );
    expect([...segment.sections.termArticles]).toEqual([2]);
    expect(segment.header).toMatchObject({ analyzer: fingerprint(), articles: 2, paragraphs: 2, terms: 1 });
  });
});
