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

/** Any of them; null where there are none. */
export function anyOf(queries: readonly Query[]): Query | null {
  const members = queries.flatMap((query) => (query.kind === 'any' ? query.queries : [query]));
  return members.length > 1 ? { kind: 'any', queries: members } : (members[0] ?? null);
}

export function negate(query: Query): Query {
  return query.kind === 'not' ? query.query : { kind: 'not', query };
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
