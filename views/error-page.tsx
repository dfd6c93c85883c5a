/** What a visitor sees when something went wrong: a page, a fragment in place of results, and what a problem means. */
import { type Frame, Layout } from './layout.tsx';
import { QuickSearch } from './search-page.tsx';

export interface ErrorData {
  readonly status: number;
  /** A few words, always the same for this problem. */
  readonly title: string;
  /** What happened this time, in one sentence. */
  readonly detail: string;
  /** Finds the request in the log. */
  readonly requestId: string;
  /** Seconds after which asking again is worth it; null where it is not. */
  readonly retrySeconds: number | null;
}

export function ErrorPage({ frame, error }: { frame: Frame; error: ErrorData }) {
  return (
    <Layout
      frame={frame}
      title={error.title}
      kind="error"
      isUnlisted
      {...(error.retrySeconds !== null && { refreshSeconds: error.retrySeconds })}
      masthead={<QuickSearch query="" />}
    >
      <main id="main" class="notice" tabindex={-1}>
        <p class="error-code">{error.status}</p>
        <h1>{error.title}</h1>
        <p>{error.detail}</p>
        {error.retrySeconds !== null && <p>This page asks again by itself.</p>}
        <p>
          <a href="/">Go to the start page</a> or <a href="/help">read how to search</a>.
        </p>
        <p class="fine">Request {error.requestId}</p>
      </main>
    </Layout>
  );
}

/** Takes the place of the results. */
export function ErrorFragment({ error }: { error: ErrorData }) {
  return (
    <div class="advice" role="alert">
      <h1 id="count">{error.title}</h1>
      <p>{error.detail}</p>
      <p class="fine">Request {error.requestId}</p>
    </div>
  );
}

export interface ProblemKindData {
  readonly name: string;
  readonly status: number;
  readonly title: string;
  readonly explanation: string;
}

/** Explains a problem that the JSON interface names. */
export function ProblemKindPage({ frame, problem }: { frame: Frame; problem: ProblemKindData }) {
  return (
    <Layout frame={frame} title={problem.title} kind="error" masthead={<QuickSearch query="" />}>
      <main id="main" class="notice" tabindex={-1}>
        <p class="error-code">{problem.status}</p>
        <h1>{problem.title}</h1>
        <p>{problem.explanation}</p>
        <p class="fine">
          Programs find this problem as <code>/problems/{problem.name}</code> in the <code>type</code> of an answer.
        </p>
      </main>
    </Layout>
  );
}
