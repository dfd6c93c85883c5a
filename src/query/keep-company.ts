/**
 * A word in its query: whether another spelling of it keeps the company of the other words as well as it does. Asked only
 * for a word that articles hold and that is very much rarer than a similar one, since lists of articles are read for it.
 */
import type { Term } from '../domain/ids.ts';
import type { TermDictionary, TermStatistics } from '../engine/engine.ts';

/** Words of a query that are looked at: the rarest ones, which say most. */
const mostOthers = 8;

/** A word in fewer articles than this says less by its company than the whole corpus does. */
const priorArticles = 10;

/**
 * For each candidate the ln of how much likelier the other words are beside it than beside the typed word (naive Bayes,
 * with P(other | word) smoothed by P(other) of the corpus); -Infinity where it meets none of them. All 0 where the corpus
 * holds none of the others.
 */
export async function compareCompany(
  typed: { readonly term: Term; readonly articles: number },
  candidates: readonly TermStatistics[],
  { company, dictionary }: { readonly company: readonly Term[]; readonly dictionary: TermDictionary },
): Promise<number[]> {
  const others = (await dictionary.lookup(company))
    .flatMap((other) => other ?? [])
    .sort((a, b) => a.articles - b.articles || (a.term < b.term ? -1 : 1))
    .slice(0, mostOthers);
  if (others.length === 0 || candidates.length === 0) return candidates.map(() => 0);
  const { articles } = await dictionary.size();
  const otherTerms = others.map(({ term }) => term);
  const [own, ...counts] = await dictionary.together([typed.term, ...candidates.map(({ term }) => term)], otherTerms);
  const shares = others.map((other) => other.articles / articles);
  const ownScore = companyScore(own ?? [], typed.articles, shares);
  return candidates.map((candidate, index) => {
    const together = counts[index] ?? [];
    const meetsAny = together.some((count) => count > 0);
    return meetsAny ? companyScore(together, candidate.articles, shares) - ownScore : Number.NEGATIVE_INFINITY;
  });
}

/** ln P(others | a word in so many articles). */
function companyScore(together: readonly number[], articles: number, shares: readonly number[]): number {
  return shares.reduce((sum, share, index) => {
    const count = together[index] ?? 0;
    return sum + Math.log((count + priorArticles * share) / (articles + priorArticles));
  }, 0);
}
