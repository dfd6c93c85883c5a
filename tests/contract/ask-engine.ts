/** Asks any engine about a test's corpus, and names what it answers as the test does. */
import type { ArticleOrdinal } from '../../src/domain/ids.ts';
import { facetNames, type Plan } from '../../src/domain/plan.ts';
import type { EngineAnswer, EngineRequest } from '../../src/engine/engine.ts';
import type { Searchable } from '../../src/searchable.ts';
import { type CorpusFiles, corpusOf, type TinyArticle } from './corpus-files.ts';
import { type PlanTree, planOf } from './plan-of.ts';

/** Runs `work` on the files, searchable. */
export type OpenEngine = <T>(files: CorpusFiles, work: (searchable: Searchable) => Promise<T>) => Promise<T>;

/** A request for every hit, but for the plan. */
export const everything = {
  filters: [],
  sort: 'relevance',
  offset: 0,
  limit: 100,
  facets: facetNames,
  facetLimit: 100,
  facetValues: {},
  deadline: Number.POSITIVE_INFINITY,
} as const satisfies Omit<EngineRequest, 'plan'>;

export function execute(
  { engine }: Searchable,
  tree: PlanTree,
  { neighbours, ...request }: Partial<Omit<EngineRequest, 'plan'>> & Partial<Pick<Plan, 'neighbours'>> = {},
): Promise<EngineAnswer> {
  return engine.execute({ ...everything, ...request, plan: planOf(tree, neighbours) });
}

/** The articles found, best first, by their names in the test. */
export function idsOf(
  open: OpenEngine,
  articles: Readonly<Record<string, TinyArticle>>,
  tree: PlanTree,
): Promise<string[]> {
  return open(corpusOf(articles), async (searchable) => namesOf(searchable, await execute(searchable, tree)));
}

export function namesOf(searchable: Searchable, { hits }: EngineAnswer): Promise<string[]> {
  return Promise.all(hits.map(({ article }) => nameOf(searchable, article)));
}

export async function nameOf({ store }: Searchable, article: ArticleOrdinal): Promise<string> {
  return (await store.readArticle(article)).path.replace(/\.md$/, '');
}

export function countsOf(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).map(([value, count]) => ({ value, count }));
}
