/**
 * A judged collection measured: its documents are indexed aside, its queries are asked of the search that users get, and
 * the rankings are compared with the judgments. What would spoil the figures without a word is an error.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildReport } from '../domain/build-report.ts';
import { LedeError } from '../domain/error.ts';
import type { ArticleId, ArticleOrdinal } from '../domain/ids.ts';
import type { FileProblem } from '../domain/problem.ts';
import type { ArticleStore } from '../engine/engine.ts';
import { type Comparison, compareRuns } from '../evaluation/compare-runs.ts';
import { type Half, isInHalf } from '../evaluation/half.ts';
import { type JudgedCollection, type JudgedQuery, readJudgedCollection } from '../evaluation/judged-collection.ts';
import { averagePrecision, mean, ndcg, recall, reciprocalRank, success } from '../evaluation/measures.ts';
import { type DocumentPart, splitDocuments } from '../evaluation/split-documents.ts';
import { countText } from './count-text.ts';
import { withIndex, withWorkFolder } from './index-aside.ts';
import { openRankers, type Rank, type Ranker } from './open-ranker.ts';
import { printableText } from './printable-text.ts';

/** Depth of the rankings that are measured. */
const depth = 1000;

export interface JudgedOptions {
  readonly half: Half | null;
  /** The default ranking first; another one behind it is compared with it. */
  readonly rankers: readonly [Ranker, ...Ranker[]];
  /** Of the comparison. */
  readonly seed: number;
}

export interface JudgedEvaluation {
  readonly documents: number;
  /** Queries that no relevant document is judged for: they are not measured. */
  readonly unjudged: number;
  /** Documents that were read, but not as written, the first of them with its reason; null where there is none. */
  readonly warning: string | null;
  /** One outcome per measured query, in file order. */
  readonly outcomes: readonly QueryOutcome[];
  /** Means of the default ranking. */
  readonly means: JudgedMeasures;
  /** The other ranking beside the default one, where there is one. */
  readonly comparisons: readonly Comparison[];
}

/** In [0, 1] each. */
export interface JudgedMeasures {
  readonly ndcg10: number;
  readonly reciprocalRank: number;
  readonly success1: number;
  readonly averagePrecision: number;
  readonly recall100: number;
}

/** By what names the measures are known. */
export const measureNames: Readonly<Record<keyof JudgedMeasures, string>> = {
  ndcg10: 'nDCG@10',
  reciprocalRank: 'MRR',
  success1: 'success@1',
  averagePrecision: 'MAP',
  recall100: 'Recall@100',
};

export interface QueryOutcome extends JudgedMeasures {
  readonly id: string;
  readonly text: string;
  /** The first ten documents. */
  readonly ranking: readonly string[];
}

/**
 * Throws `LedeError`: as `readJudgedCollection` and `splitDocuments` do, and `invalid` for documents that cannot be
 * read, for a collection without any, for judgments of documents that are not there, and where no query is measured.
 */
export async function evaluateJudged(
  folder: string,
  { half = null, rankers = openRankers(null), seed = 1 }: Partial<JudgedOptions> = {},
): Promise<JudgedEvaluation> {
  const collection = await readJudgedCollection(folder);
  const queries = collection.queries.filter(({ number }) => isInHalf(number, half));
  if (queries.length === 0) {
    throw new LedeError(
      'invalid',
      `no query of "${folder}" ${half === null ? '' : `(${half} ones) `}has a relevant document: see queries.jsonl and qrels.tsv`,
    );
  }
  return withWorkFolder(async (work) => {
    const corpus = join(work, 'corpus');
    await mkdir(corpus);
    const parts = await splitDocuments(collection.documentsPath, corpus);
    const check = (report: BuildReport) => checkDocuments(report, collection.documentsPath, parts);
    return withIndex({ corpus, data: join(work, 'data'), check }, async (searchable, report) => {
      await checkJudgments(collection, searchable.store);
      const runs: QueryOutcome[][] = [];
      const names = new DocumentNames(searchable.store);
      for (const ranker of rankers) runs.push(await measureAll(queries, ranker(searchable), names));
      const [outcomes = [], ...others] = runs;
      return {
        documents: report.articles.total,
        unjudged: collection.unjudged,
        warning: firstWarning(report, collection.documentsPath, parts),
        outcomes,
        means: meansOf(outcomes),
        comparisons: others.flatMap((other) => compareRuns(outcomes.map(byName), other.map(byName), seed)),
      };
    });
  });
}

/** A collection that lacks documents measures another ranking than the one that is meant. */
function checkDocuments({ articles, problems }: BuildReport, path: string, parts: readonly DocumentPart[]): void {
  const skipped = problems.filter(({ severity }) => severity === 'skipped');
  if (skipped.length > 0) {
    const told = skipped.slice(0, problemsTold).map((problem) => describeProblem(problem, path, parts));
    const more = skipped.length > told.length ? `; and ${skipped.length - told.length} more` : '';
    const count = countText(skipped.length, 'document');
    throw new LedeError('invalid', `${count} could not be read: ${told.join('; ')}${more}: mend or remove the lines`);
  }
  if (articles.total === 0)
    throw new LedeError('invalid', `no document in "${path}": expected {"id", "title", "text"} a line`);
}

const problemsTold = 3;

function firstWarning({ problems }: BuildReport, path: string, parts: readonly DocumentPart[]): string | null {
  const [first] = problems;
  if (first === undefined) return null;
  return `${countText(problems.length, 'warning')} about documents, the first: ${describeProblem(first, path, parts)}`;
}

/** With the line of the documents themselves, not of the part that was read. */
function describeProblem(problem: FileProblem, documents: string, parts: readonly DocumentPart[]): string {
  const firstLine = parts.find(({ name }) => name === problem.path)?.firstLine ?? 1;
  const place = problem.line === null ? `from line ${firstLine} on` : `line ${firstLine + problem.line - 1}`;
  return printableText(`"${documents}" ${place}: ${problem.reason}`);
}

/** A relevant document that cannot be found lowers every measure, whatever the ranking. */
async function checkJudgments({ documentsPath, queries }: JudgedCollection, store: ArticleStore): Promise<void> {
  const judged = new Set(queries.flatMap(({ judgments }) => [...judgments.keys()]));
  const missing: string[] = [];
  for (const id of judged) if ((await store.find(id as ArticleId)) === null) missing.push(id);
  if (missing.length === 0) return;
  const isMissing = new Set(missing);
  const judgments = queries.flatMap(({ judgments: own }) => [...own.keys()]).filter((id) => isMissing.has(id)).length;
  const named = missing.slice(0, problemsTold).map((id) => `"${printableText(id)}"`);
  const more = missing.length > named.length ? ', …' : '';
  throw new LedeError(
    'invalid',
    `${countText(judgments, 'judgment')} in qrels.tsv of ${countText(missing.length, 'document')} that "${documentsPath}" lacks ` +
      `(${named.join(', ')}${more}): add the documents, or remove the judgments`,
  );
}

/** The ids of documents, each read once. */
class DocumentNames {
  readonly #store: ArticleStore;
  readonly #known = new Map<ArticleOrdinal, string>();

  constructor(store: ArticleStore) {
    this.#store = store;
  }

  async list(articles: readonly ArticleOrdinal[]): Promise<string[]> {
    const ids: string[] = [];
    for (const article of articles) {
      const id = this.#known.get(article) ?? (await this.#store.readArticle(article)).id;
      this.#known.set(article, id);
      ids.push(id);
    }
    return ids;
  }
}

async function measureAll(queries: readonly JudgedQuery[], rank: Rank, names: DocumentNames): Promise<QueryOutcome[]> {
  const outcomes: QueryOutcome[] = [];
  for (const { id, text, judgments } of queries) {
    const ranking = await names.list(await rank(text, depth));
    outcomes.push({
      id,
      text,
      ndcg10: ndcg(ranking, judgments, 10),
      reciprocalRank: reciprocalRank(ranking, judgments),
      success1: success(ranking, judgments, 1),
      averagePrecision: averagePrecision(ranking, judgments),
      recall100: recall(ranking, judgments, 100),
      ranking: ranking.slice(0, 10),
    });
  }
  return outcomes;
}

const measureKeys = Object.keys(measureNames) as (keyof JudgedMeasures)[];

function meansOf(outcomes: readonly QueryOutcome[]): JudgedMeasures {
  const entries = measureKeys.map((key) => [key, mean(outcomes.map((outcome) => outcome[key]))]);
  return Object.fromEntries(entries) as unknown as JudgedMeasures;
}

function byName(outcome: QueryOutcome): Record<string, number> {
  return Object.fromEntries(measureKeys.map((key) => [measureNames[key], outcome[key]]));
}
