/** Engine and oracle agree on paragraphs that recur across articles: which they are, and what they earn. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleOrdinal } from '../../src/domain/ids.ts';
import type { SearchRequest } from '../../src/domain/search-request.ts';
import { parseQuery } from '../../src/query/parse-query.ts';
import { planQuery } from '../../src/query/plan-query.ts';
import { search } from '../../src/search.ts';
import type { Searchable } from '../../src/searchable.ts';
import { corpusOf, readArticles } from './corpus-files.ts';
import { withEmbedded } from './open-embedded.ts';
import { openOracle } from './oracle-engine.ts';

const promotion =
  'The gazette brings you barge and pier news each morning: sign below, and five stories reach you before the ferry leaves.';

const piece = fc.oneof(
  fc.constantFrom(
    'Barge and pier.',
    promotion,
    `${promotion} The mill burned.`,
    `## Pier\n\n${promotion}`,
    '## Pier\n\nRead more.',
    'The barge at the pier.',
  ),
  fc.nat({ max: 90 }).map((number) => `Barge ${number} left the pier with mill ${number + 1}.`),
);
const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('\n\n'));
const title = fc.constantFrom('—', 'Barge', 'The old pier');
const corpora = fc.array(fc.record({ text, title }), { minLength: 5, maxLength: 9 });
const queries = fc.constantFrom(
  'barge',
  'barge pier',
  '"barge and pier"',
  'read more',
  'pier news each morning',
  'pier',
  'pie',
  'mill barge NEAR pier',
  'heading:pier barge',
  '',
);

describe('paragraphs that recur across articles', { timeout: 60_000 }, () => {
  it('earn and are shown as the oracle says', async () => {
    let recurring = 0;
    await fc.assert(
      fc.asyncProperty(corpora, queries, fc.boolean(), async (articles, query, isTyping) => {
        const files = corpusOf(Object.fromEntries(articles.map((article, i) => [`a${i}`, article])));
        const rest = { facets: {}, from: null, to: null, sort: 'relevance', offset: 0, limit: 20 } as const;
        const request: SearchRequest = { query, ...rest, isTyping, correctsTypos: true, match: 'most' };
        await withEmbedded(files, async (searchable) => {
          const oracle = openOracle(readArticles(files));
          expect(await shownBy(searchable, request)).toEqual(await shownBy(oracle, request));
          expect(await foundBy(searchable, request)).toEqual(await foundBy(oracle, request));
          for (const article of articles.keys()) {
            const opening = await searchable.store.readOpening(article as ArticleOrdinal, 2);
            expect(opening).toEqual(await oracle.store.readOpening(article as ArticleOrdinal, 2));
            const [first] = await searchable.store.readParagraphs(article as ArticleOrdinal);
            if (first?.id !== opening.paragraphs[0]?.id) recurring++;
          }
        });
      }),
      { numRuns: 100 },
    );
    expect(recurring).toBeGreaterThan(0);
  });
});

async function shownBy(searchable: Searchable, request: SearchRequest) {
  const { hits, total } = await search(request, searchable);
  const shown = hits.map(({ article, score, paragraphs, moreParagraphs }) => ({
    path: article.path,
    // The oracle adds in another order.
    score: score.toFixed(3),
    texts: paragraphs.map(({ heading, text: own }) => [heading, own]),
    moreParagraphs,
  }));
  return { total, hits: shown.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Scores of articles and of all their paragraphs that match. */
async function foundBy({ engine }: Searchable, request: SearchRequest) {
  const { plan } = await planQuery(
    parseQuery(request.query, { today: '2031-05-03' }).query,
    engine.dictionary,
    request,
  );
  const common = { filters: [], sort: 'relevance', offset: 0, limit: 20, facets: [], facetLimit: 0 } as const;
  const { hits } = await engine.execute({ ...common, facetValues: {}, deadline: Number.POSITIVE_INFINITY, plan });
  const found = hits.map(({ article, score, paragraphs }) => ({
    article,
    score: score.toFixed(6),
    paragraphs: paragraphs
      .map(({ paragraph, score: own, isRecurring }) => ({ paragraph, score: own.toFixed(6), isRecurring }))
      .sort((a, b) => a.paragraph - b.paragraph),
  }));
  return found.sort((a, b) => a.article - b.article);
}
