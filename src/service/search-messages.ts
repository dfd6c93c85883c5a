/** What the service and its search threads say to each other. */
import type { Answer } from '../domain/answer.ts';
import type { ErrorCode } from '../domain/error.ts';
import type { ArticleOrdinal } from '../domain/ids.ts';
import type { OwnerChoices } from '../domain/owner-choices.ts';
import type { Range } from '../domain/results.ts';
import type { SearchRequest } from '../domain/search-request.ts';
import type { LoadedSnapshot } from '../open-searchable.ts';

/** What a thread is asked to do. */
export type SearchTask =
  | { readonly kind: 'search'; readonly request: SearchRequest; readonly choices: OwnerChoices }
  | { readonly kind: 'highlight'; readonly query: string; readonly article: ArticleOrdinal };

/** What comes of it. */
export interface TaskResults {
  readonly search: Answer;
  readonly highlight: { readonly title: readonly Range[]; readonly paragraphs: readonly (readonly Range[])[] };
}

/** Snapshots are named by numbers: a build that is published a second time is another one. */
export type ToThread =
  | { readonly kind: 'open'; readonly snapshot: number; readonly loaded: LoadedSnapshot }
  | { readonly kind: 'close'; readonly snapshot: number }
  | { readonly kind: 'run'; readonly job: number; readonly snapshot: number; readonly task: SearchTask };

export type FromThread =
  | { readonly kind: 'opened'; readonly snapshot: number }
  | { readonly kind: 'done'; readonly job: number; readonly result: TaskResults[SearchTask['kind']] }
  | { readonly kind: 'failed'; readonly job: number; readonly failure: Failure };

/** An error, as data. */
export interface Failure {
  /** Null for an error that nobody foresaw. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly stack: string | null;
}

/** What a thread is started with. */
export interface ThreadData {
  /** One number: the job that nobody waits for any more. */
  readonly cancelled: Int32Array;
}
