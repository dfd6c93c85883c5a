/** Collects what there is to tell about a query; each thing is told once, where it first occurs. */
import type { QueryProblem } from '../domain/problem.ts';

export class QueryProblems {
  readonly #problems = new Map<string, QueryProblem>();

  add(code: string, message: string, range: readonly [start: number, end: number]): void {
    const key = `${code} ${message}`;
    if (!this.#problems.has(key)) this.#problems.set(key, { code, message, range });
  }

  /** In the order of the query text. */
  list(): QueryProblem[] {
    return [...this.#problems.values()].sort((a, b) => (a.range?.[0] ?? 0) - (b.range?.[0] ?? 0));
  }
}
