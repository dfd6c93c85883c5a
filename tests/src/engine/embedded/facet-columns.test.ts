import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FacetName } from '../../../../src/domain/plan.ts';
import { addTo, emptySet } from '../../../../src/engine/embedded/bit-set.ts';
import { FacetColumns } from '../../../../src/engine/embedded/facet-columns.ts';
import type { OpenedSegment } from '../../../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import { noDay } from '../../../../src/engine/embedded/segment-format.ts';
import { segmentOf } from './tiny-segment.ts';

const tag = fc.nat(40).map((number) => `t${number}`);
const source = fc.record({
  language: fc.constantFrom('de', 'en', 'uk'),
  tags: fc.uniqueArray(tag, { maxLength: 4 }),
  day: fc.constantFrom(noDay, 0, 400, 800),
  segment: fc.nat(2),
  isRemoved: fc.boolean(),
});
const question = fc.record({
  articles: fc.uniqueArray(fc.nat(40)),
  facet: fc.constantFrom('tag', 'year', 'language', 'source'),
  limit: fc.constantFrom(0, 1, 2, 5, 100),
  always: fc.array(tag, { maxLength: 4 }),
});

type Source = (typeof source extends fc.Arbitrary<infer T> ? T : never) & {
  readonly id: string;
  readonly paragraphs: readonly string[];
};

function open(sources: readonly Source[]): OpenedIndex {
  const segments = [0, 1, 2].map((number): OpenedSegment => {
    const own = sources.filter(({ segment }) => segment === number);
    const articles = own.flatMap(({ isRemoved }, place) => (isRemoved ? [place] : []));
    const removed = { articles, segment: segmentOf(own.filter(({ isRemoved }) => isRemoved)) };
    const texts = null as unknown as OpenedSegment['texts'];
    return { name: `s${number}`, segment: segmentOf(own), removed: articles.length === 0 ? null : removed, texts };
  });
  return new OpenedIndex(segments);
}

function valuesOf({ day, language, tags }: Source, facet: FacetName): readonly string[] {
  if (facet === 'tag') return tags;
  if (facet === 'language') return [language];
  return facet === 'year' && day !== noDay ? [new Date(day * 86_400_000).toISOString().slice(0, 4)] : [];
}

describe('FacetColumns', () => {
  it('counts what one counts by hand, whatever was counted before', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(source, { maxLength: 40 }),
        fc.array(question, { maxLength: 12 }),
        (described, questions) => {
          const sources = described.map((one, number) => ({
            ...one,
            id: `x${String(number).padStart(2, '0')}`,
            paragraphs: ['w'],
          }));
          const index = open(sources);
          const columns = new FacetColumns(index);
          for (const { articles, facet, limit, always } of questions) {
            const set = emptySet(index.articleNumbers);
            const chosen = articles.filter((article) => sources[article]?.isRemoved === false);
            for (const article of chosen) addTo(set, article);
            const counts = new Map<string, number>();
            for (const article of chosen) {
              for (const value of valuesOf(sources[article] as Source, facet)) {
                counts.set(value, (counts.get(value) ?? 0) + 1);
              }
            }
            const sorted = [...counts].sort(([a, held], [b, other]) => other - held || (a < b ? -1 : 1));
            const isAll = chosen.length <= limit;
            const shown = sorted.filter(([value], place) => isAll || place < limit || always.includes(value));
            expect(columns.count(facet, columns.prepare(set), { limit, always })).toEqual(
              shown.map(([value, count]) => ({ value, count })),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
