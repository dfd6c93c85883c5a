/**
 * `lede evaluate FOLDER`: indexes a judged collection in a temporary folder and measures the rankings that users get,
 * through the same search as the pages.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../index-build/build.ts';
import type { ArticleOrdinal } from '../domain/ids.ts';
import { type JudgedQuery, readJudgedCollection } from '../evaluation/judged-collection.ts';
import { averagePrecision, ndcg, recall } from '../evaluation/measures.ts';
import { closeSearchable, openSearchable } from '../open-searchable.ts';
import { rankArticles } from '../search.ts';
import type { Searchable } from '../searchable.ts';

/** Depth of the rankings that are measured. */
const depth = 1000;

export interface Evaluation {
  readonly queries: number;
  readonly documents: number;
  /** Means over the queries. */
  readonly ndcg10: number;
  readonly map: number;
  readonly recall100: number;
  readonly tookMs: number;
}

/** Returns the exit code. */
export async function runEvaluate(
  folder: string,
  options: { readonly isJson: boolean; readonly perQuery: string | null },
): Promise<number> {
  const result = await evaluate(folder, options.perQuery);
  const { queries, documents, ndcg10, map, recall100, tookMs } = result;
  const text =
    `${queries} queries on ${documents} documents: nDCG@10 ${ndcg10.toFixed(4)}, MAP ${map.toFixed(4)}, ` +
    `Recall@100 ${recall100.toFixed(4)} (${(tookMs / 1000).toFixed(1)} s)`;
  process.stdout.write(`${options.isJson ? JSON.stringify(result) : text}\n`);
  return 0;
}

interface QueryOutcome {
  readonly id: string;
  readonly text: string;
  readonly ndcg10: number;
  readonly averagePrecision: number;
  readonly recall100: number;
  /** The first ten documents. */
  readonly ranking: readonly string[];
}

/** With `perQuery` the outcome of each query is written to that file, a JSON object a line. */
export async function evaluate(folder: string, perQuery: string | null): Promise<Evaluation> {
  const startedMs = performance.now();
  const { documentsPath, queries } = await readJudgedCollection(folder);
  const work = await mkdtemp(join(tmpdir(), 'lede-evaluate-'));
  try {
    const corpus = join(work, 'corpus');
    await mkdir(corpus);
    await cp(documentsPath, join(corpus, 'docs.jsonl'));
    const report = await build({ corpus, data: join(work, 'data'), isFull: true, keepBuilds: 1 });
    const searchable = await openSearchable(join(work, 'data'));
    const outcomes: QueryOutcome[] = [];
    const measured = { searchable, known: new Map<ArticleOrdinal, string>() };
    for (const query of queries) outcomes.push(await measure(query, measured));
    await closeSearchable(searchable);
    if (perQuery !== null) {
      await writeFile(perQuery, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
    }
    return {
      queries: queries.length,
      documents: report.articles.total,
      ndcg10: mean(outcomes.map((outcome) => outcome.ndcg10)),
      map: mean(outcomes.map((outcome) => outcome.averagePrecision)),
      recall100: mean(outcomes.map((outcome) => outcome.recall100)),
      tookMs: Math.round(performance.now() - startedMs),
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The collection that is searched, with the document ids that were read already. */
interface Measured {
  readonly searchable: Searchable;
  readonly known: Map<ArticleOrdinal, string>;
}

async function measure({ id, text, judgments }: JudgedQuery, measured: Measured): Promise<QueryOutcome> {
  const ranking = await rank(text, measured);
  return {
    id,
    text,
    ndcg10: ndcg(ranking, judgments, 10),
    averagePrecision: averagePrecision(ranking, judgments),
    recall100: recall(ranking, judgments, 100),
    ranking: ranking.slice(0, 10),
  };
}

async function rank(query: string, { searchable, known }: Measured): Promise<string[]> {
  const request = {
    query,
    facets: {},
    from: null,
    to: null,
    match: 'most',
    sort: 'relevance',
    offset: 0,
    limit: depth,
  } as const;
  const articles = await rankArticles({ ...request, isTyping: false, correctsTypos: true }, searchable);
  const ids: string[] = [];
  for (const article of articles) {
    const id = known.get(article) ?? (await searchable.store.readArticle(article)).id;
    known.set(article, id);
    ids.push(id);
  }
  return ids;
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
