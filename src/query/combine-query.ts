/**
 * Puts query trees together in their simplest form: no `all` in an `all`, no `any` in an `any`, none with fewer than
 * two members, no double negation. The parser makes such trees only; its printer relies on it.
 */
import type { Query } from '../domain/query.ts';

/** All of them; null where there are none. */
export function allOf(queries: readonly Query[]): Query | null {
  const members = queries.flatMap((query) => (query.kind === 'all' ? query.queries : [query]));
  return members.length > 1 ? { kind: 'all', queries: members } : (members[0] ?? null);
}

/** Any of them; null where there are none. Alternatives cannot be asked for in any case. */
export function anyOf(queries: readonly Query[]): Query | null {
  const [only] = queries;
  if (only !== undefined && queries.length === 1) return only;
  const members = queries.map(unmarked).flatMap((query) => (query.kind === 'any' ? query.queries : [query]));
  return members.length > 1 ? { kind: 'any', queries: members } : (members[0] ?? null);
}

export function negate(query: Query): Query {
  const inner = unmarked(query);
  return inner.kind === 'not' ? inner.query : { kind: 'not', query: inner };
}

/** Asked for in any case. Conditions and exclusions are so anyway. */
export function demand(query: Query): Query {
  const isMissable =
    query.kind === 'term' || query.kind === 'prefix' || query.kind === 'phrase' || query.kind === 'any';
  if (query.kind === 'all') return { ...query, queries: query.queries.map(demand) };
  return isMissable ? { kind: 'must', query } : query;
}

function unmarked(query: Query): Query {
  if (query.kind === 'all') return { ...query, queries: query.queries.map(unmarked) };
  return query.kind === 'must' ? query.query : query;
}

/** Makes a whole query: nothing asks for everything, and mere exclusions exclude from everything. */
export function completeQuery(query: Query | null): Query {
  const everything: Query = { kind: 'everything' };
  if (query === null) return everything;
  if (!isExclusion(query)) return query;
  return { kind: 'all', queries: [everything, ...(query.kind === 'all' ? query.queries : [query])] };
}

function isExclusion(query: Query): boolean {
  if (query.kind === 'not') return true;
  return (query.kind === 'all' || query.kind === 'any') && query.queries.every(isExclusion);
}
