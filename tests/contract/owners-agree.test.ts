/** What owners add to a score, computed twice: by the embedded engine's index, and article by article. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleId } from '../../src/domain/ids.ts';
import type { Recency } from '../../src/domain/owner-choices.ts';
import { parseQuery } from '../../src/query/parse-query.ts';
import { planQuery } from '../../src/query/plan-query.ts';
import { readArticles } from './corpus-files.ts';
import { withEmbedded } from './open-embedded.ts';
import { factorOf, weightUse } from './oracle-owners.ts';

const statement = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 10, max: 1000 }).map((weight) => `weight: ${weight / 100}\n`),
  fc.integer({ min: 1, max: 40 }).map((weight) => `weight: ${weight}\n`),
  fc.integer({ min: 1, max: 10 }).map((weight) => `search_weight: ${weight}\nweight: 7\n`),
);
const date = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 28 }).map((day) => `date: 2020-02-${String(day).padStart(2, '0')}\n`),
);
const recency: fc.Arbitrary<Recency | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    share: fc.constantFrom(0.1, 0.5, 1),
    halfLifeDays: fc.integer({ min: 1, max: 30 }),
    today: fc.constantFrom('2020-01-01', '2020-02-10', '2020-03-01'),
  }),
);

describe('an embedded engine', () => {
  it('multiplies scores by what owners add', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(statement, date), { minLength: 1, maxLength: 40 }),
        recency,
        async (data, favour) => {
          const files = new Map(
            data.map(([weight, day], i) => [
              `a${i}.md`,
              `---\ntitle: Ferry\nlanguage: en\n${weight}${day}---\nThe quay.\n`,
            ]),
          );
          const articles = readArticles(files).map((article) => article.data);
          await withEmbedded(files, async ({ engine, store }) => {
            const options = { isTyping: false, correctsTypos: false, match: 'most' } as const;
            const { plan } = await planQuery(parseQuery('ferry').query, engine.dictionary, options);
            const rest = { filters: [], sort: 'relevance', facets: [], facetLimit: 1, facetValues: {} } as const;
            const request = { plan, ...rest, offset: 0, limit: 50, deadline: Number.POSITIVE_INFINITY };
            const { hits } = await engine.execute({ ...request, recency: favour });
            expect(hits).toHaveLength(articles.length);
            expect((await engine.status()).weights).toBe(weightUse(articles));
            // All articles are alike: what differs is what owners add.
            const base = (hits[0]?.score ?? 0) / (await factor(hits[0]?.article as number));
            for (const { article, score } of hits) expect(score / base).toBeCloseTo(await factor(article), 9);

            async function factor(ordinal: number): Promise<number> {
              const { id } = await store.readArticle(ordinal as never);
              const own = articles.find((article) => article.id === (id as ArticleId));
              return own === undefined ? Number.NaN : factorOf(own, articles, favour);
            }
          });
        },
      ),
      { numRuns: 25 },
    ));
});
