/** One opened snapshot as the journeys of a query see it: a request takes it once and uses it to its end. */
import type { BuildId } from './domain/ids.ts';
import type { ArticleStore, SearchEngine } from './engine/engine.ts';

export interface Searchable {
  readonly build: BuildId;
  readonly engine: SearchEngine;
  readonly store: ArticleStore;
}
