/** What the choices of a corpus' owners come to for a request, and how the answer tells of it. */
import { noChoices, type OwnerChoices, type Recency } from '../domain/owner-choices.ts';
import type { Understood } from '../domain/results.ts';
import type { Sort } from '../domain/search-request.ts';
import type { EngineRequest, SearchEngine } from '../engine/engine.ts';

export interface OwnersRequest extends Required<Pick<EngineRequest, 'pinned'>> {
  readonly recency: Recency | null;
  /** False in another order than that by relevance, for which nothing of it holds. */
  readonly isAsked: boolean;
}

export const noOwners: OwnersRequest = { ...noChoices, recency: null, isAsked: false };

/** `sort`: in which order the engine answers. */
export function ownersRequest(sort: Sort, { pinned, recency }: OwnerChoices): OwnersRequest {
  if (sort !== 'relevance') return noOwners;
  const isFavoured = recency !== null && recency.share > 0;
  return { pinned, recency: isFavoured ? { ...recency, today: today() } : null, isAsked: true };
}

export async function understandOwners(
  { pinned, recency, isAsked }: OwnersRequest,
  engine: SearchEngine,
): Promise<Understood['owners']> {
  if (!isAsked) return null;
  const { weights } = await engine.status();
  if (pinned.length === 0 && weights === 'none' && recency === null) return null;
  const setting = recency === null ? null : { share: recency.share, halfLifeDays: recency.halfLifeDays };
  return { pinned: pinned.length, weights, recency: setting };
}

/** The calendar day in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
