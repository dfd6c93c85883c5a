/** What the routes are given: the app's dependencies, and what middleware leaves for a request. */
import type { Logger } from 'pino';
import type { Frame } from '../../views/layout.tsx';
import type { Answer } from '../domain/answer.ts';
import type { ArticleOrdinal } from '../domain/ids.ts';
import type { Range } from '../domain/results.ts';
import type { SearchRequest } from '../domain/search-request.ts';
import type { ServiceStatus } from '../domain/service-status.ts';
import type { Searchable } from '../searchable.ts';

/** Where the query's words stand in an article: one entry of `paragraphs` per paragraph, in reading order. */
export interface ArticleHighlights {
  readonly title: readonly Range[];
  readonly paragraphs: readonly (readonly Range[])[];
}

export interface AppDependencies {
  /** Runs `work` on the snapshot that answers now and keeps it open meanwhile. Throws `unavailable` while there is none. */
  readonly use: <T>(work: (snapshot: Searchable) => Promise<T>) => Promise<T>;
  readonly search: (request: SearchRequest, searchable: Searchable, signal?: AbortSignal) => Promise<Answer>;
  /** Another text whenever answers may be others though snapshot and request are the same. */
  readonly edition: (searchable: Searchable) => Promise<string>;
  readonly highlightArticle: (
    query: string,
    searchable: Searchable,
    article: ArticleOrdinal,
  ) => Promise<ArticleHighlights>;
  readonly status: () => ServiceStatus;
  /** Starts a build, or queues one behind the one that runs; null where this process builds nothing. */
  readonly requestRebuild: (() => void) | null;
  /** Null: the administration routes do not exist. */
  readonly adminToken: string | null;
  /** Where the outside world finds the service, e.g. `https://search.example.org`; null where nobody said. */
  readonly publicUrl: string | null;
  /** Host names a request may ask for, without port; IPv6 in brackets. */
  readonly allowedHosts: readonly string[];
  readonly logger: Logger;
  /** True from the moment the process was asked to end. */
  readonly isDraining: () => boolean;
}

/** Hono's type parameter of every app and handler here. */
export interface Environment {
  Variables: {
    requestId: string;
    logger: Logger;
    /** What pages show of the service around them, at this moment. */
    frame: () => Frame;
  };
}
