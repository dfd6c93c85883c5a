/** Asks queries one after the other and takes the times. The same loop for Lede, over HTTP, and for peers. */
import { type ClassMeasure, summarize } from './measures.ts';
import { byClass, type DrawnQuery, type QueryClass } from './query-classes.ts';

/** Answers a query and tells how many hits it has. */
export type Ask = (query: DrawnQuery) => number | Promise<number>;

export type QueriesByClass = Readonly<Partial<Record<QueryClass, readonly DrawnQuery[]>>>;
export type MeasuresByClass = Readonly<Partial<Record<QueryClass, ClassMeasure>>>;

export interface QuerySet {
  /** Asked before anything is measured; none of them is measured. */
  readonly warmUp: QueriesByClass;
  /** Distinct within a class. */
  readonly measured: QueriesByClass;
  /** All classes in equal parts, in random order. */
  readonly load: readonly DrawnQuery[];
}

export interface AskOptions {
  /** After this long in one class its remaining queries are left out. */
  readonly classBudgetMs: number;
  /** Told as soon as a class is measured. */
  readonly onClass?: (name: QueryClass, measure: ClassMeasure) => void;
}

/** Warms up, then measures class by class. */
export async function askQueries(ask: Ask, queries: QuerySet, options: AskOptions): Promise<MeasuresByClass> {
  const measures: Partial<Record<QueryClass, ClassMeasure>> = {};
  for (const warmUp of Object.values(queries.warmUp)) await askClass(ask, warmUp, options.classBudgetMs / 4);
  for (const [name, drawn] of Object.entries(queries.measured) as [QueryClass, readonly DrawnQuery[]][]) {
    if (drawn.length === 0) continue;
    const measure = await askClass(ask, drawn, options.classBudgetMs);
    measures[name] = measure;
    options.onClass?.(name, measure);
  }
  return byClass((name) => measures[name]);
}

async function askClass(ask: Ask, queries: readonly DrawnQuery[], budgetMs: number): Promise<ClassMeasure> {
  const ms: number[] = [];
  let answered = 0;
  const startedMs = performance.now();
  let lastMs = startedMs;
  for (const query of queries) {
    const askedMs = performance.now();
    const hits = await ask(query);
    lastMs = performance.now();
    ms.push(lastMs - askedMs);
    if (hits > 0) answered++;
    if (lastMs - startedMs > budgetMs) break;
  }
  return summarize({ ms, answered, passedMs: lastMs - startedMs });
}
